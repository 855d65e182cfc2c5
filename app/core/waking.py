"""What lies ahead of a participant: everything that has its time, done when it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from app.core import assessments, availability, conversation, decisions, silence
from app.core.effects import Send
from app.core.state import Due, OpenAsk, Snoozed
from app.core.timing import SECOND
from app.core.turn import Turn

MOST_AT_ONCE = 40


class Ahead(msgspec.Struct, frozen=True):
    """One thing that has its time."""

    at: int
    why: str
    do: Callable[[], None]


def run_due(turn: Turn) -> None:
    """Do everything whose time has come, earliest first."""
    for _ in range(MOST_AT_ONCE):
        first = _first(turn)
        if first is None or first.at > turn.now:
            return
        first.do()


def next_wake(turn: Turn) -> tuple[int | None, str]:
    """When to wake up next, and what for; None when nothing lies ahead."""
    first = _first(turn)
    if first is None:
        return None, ""
    return max(first.at, turn.now + 1), first.why


def agenda(turn: Turn) -> list[Ahead]:
    """Everything that lies ahead, earliest first."""
    return sorted(_all(turn), key=lambda ahead: ahead.at)


def _first(turn: Turn) -> Ahead | None:
    return min(_all(turn), key=lambda ahead: ahead.at, default=None)


def _all(turn: Turn) -> Iterator[Ahead]:
    if not turn.state.in_care():
        return
    yield from _points(turn)
    yield from _assessments(turn)
    yield from _conversation(turn)
    if not turn.state.holds:
        yield from _questions(turn)
        yield from (
            Ahead(s.at, f"snoozed {s.intervention}", partial(_wake_up, turn, s)) for s in turn.state.snoozed
        )


def _points(turn: Turn) -> Iterator[Ahead]:
    for due in turn.state.happened:
        yield Ahead(due.at, f"decision {due.point}", partial(_happened, turn, due))
    for point in turn.release.decision_points:
        planned = turn.state.points.get(point.id)
        if point.at and planned is not None and planned.next_at:
            yield Ahead(planned.next_at, f"decision {point.id}", partial(decisions.occur, turn, point))


def _assessments(turn: Turn) -> Iterator[Ahead]:
    for pending in turn.state.pending:
        yield Ahead(pending.due, f"assessment {pending.item}", partial(assessments.due, turn, pending))
    for ask in turn.state.asks:
        if ask.of == "item":
            yield Ahead(ask.expires, f"no answer to {ask.name}", partial(assessments.expire, turn, ask))


def _conversation(turn: Turn) -> Iterator[Ahead]:
    current = turn.state.conversation
    if current is None:
        return
    yield Ahead(current.ends, f"{current.intervention} ends", partial(conversation.close, turn, "ran_out"))
    if current.resume_at and not turn.state.holds:
        yield Ahead(current.resume_at, f"{current.intervention} goes on", partial(conversation.resume, turn))


def _questions(turn: Turn) -> Iterator[Ahead]:
    for ask in turn.state.asks:
        if ask.of == "menu":
            yield Ahead(ask.expires, "menu closes", partial(turn.state.asks.remove, ask))
        elif ask.of == "event":
            yield from _silence(turn, ask)


def _silence(turn: Turn, ask: OpenAsk) -> Iterator[Ahead]:
    steps = silence.steps_of_silence(turn, ask)
    if ask.step < len(steps):
        step = steps[ask.step]
        why = "no answer" if step.ends else "reminder"
        at = ask.at + step.after * SECOND
        yield Ahead(at, f"{why} {ask.name}", partial(silence.take_step, turn, ask))


def _happened(turn: Turn, due: Due) -> None:
    turn.state.happened.remove(due)
    point = next((point for point in turn.release.decision_points if point.id == due.point), None)
    if point is None:
        return
    if turn.prompted and conversation.only_waits(turn):
        conversation.close(turn, "interrupted")  # they answered something else: that comes first
    decisions.decide_point(turn, point, due.at, prompted=turn.prompted)
    if turn.prompted and not any(isinstance(effect, Send) for effect in turn.effects):
        turn.say_built_in("noted", "reply")  # what they told us is never met with silence


def _wake_up(turn: Turn, snoozed: Snoozed) -> None:
    """Offer again what was put off, when it is right to; else it is dropped, with the reasons."""
    turn.state.snoozed.remove(snoozed)
    reasons = availability.reasons(turn, prompted=False)
    if reasons:
        turn.record("snooze_dropped", intervention=snoozed.intervention, reasons=reasons)
    else:
        conversation.start(turn, snoozed.intervention, "offered", snoozed.decision, "scheduled")
