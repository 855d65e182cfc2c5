"""Proximal assessments: a short question at a fixed lag after a decision point, asked whatever was chosen."""

from __future__ import annotations

from app.core import draws, happenings, speaking, tailoring
from app.core.limits import cap_reasons
from app.core.reading.model import Reading
from app.core.release import DecisionPoint
from app.core.render import RenderFault
from app.core.state import OpenAsk, Pending
from app.core.timing import SECOND, open_for_texts, opening
from app.core.turn import Turn

QUIET_FOR = 600 * SECOND  # ms without a text of theirs after which a question may come in between
TIRED_AFTER = 4  # questions in a row without an answer: then none of these is asked, whatever was chosen


def plan(turn: Turn, point: DecisionPoint, decision: str, occurrence: int) -> None:
    """Draw whether this decision is assessed, by a draw of its own, and plan the question."""
    proximal = point.proximal
    if proximal is None:
        return
    key, who = turn.shared.study_key, turn.state.participant
    chances = {"ask": proximal.chance, "do_not_ask": 1 - proximal.chance}
    drawn = draws.draw(key, who, point.id, occurrence, "assessment", chances)
    due = turn.now + proximal.after * SECOND
    turn.record("assessment_planned", decision=decision, item=proximal.item, due=due, draws=[drawn])
    if drawn.taken == "ask":
        turn.state.pending.append(
            Pending(proximal.item, due, due + proximal.within * SECOND, decision, point.id)
        )


def due(turn: Turn, pending: Pending) -> None:
    """Ask when it may be asked; wait inside its window while not; else it is missing, with a reason."""
    reason = _why_not(turn)
    if reason and turn.now < pending.expires:
        pending.due = min(_next_chance(turn, reason), pending.expires)
        return
    turn.state.pending.remove(pending)
    if reason or turn.now >= pending.expires:
        missing(turn, pending.item, pending.decision, reason or "late")
        return
    _ask(turn, pending)


def answer(turn: Turn, ask: OpenAsk, reading: Reading) -> None:
    """Keep the answer to an assessment, tied to its decision."""
    turn.state.asks.remove(ask)
    saved = tailoring.saved_from(reading, turn.now, f"items/{ask.name}")
    tailoring.save(turn.state, turn.release, ask.name, saved)
    turn.state.answered_n += 1
    turn.record(
        "assessed",
        decision=ask.decision,
        item=ask.name,
        value=reading.value,
        message=ask.message,
        took_ms=turn.now - ask.at,
    )
    happenings.happened(turn, f"answered:{ask.name}")
    if not any(due.at <= turn.now for due in turn.state.happened):
        turn.say_built_in("noted", "reply")


def not_understood(turn: Turn, ask: OpenAsk) -> None:
    """Ask once more, then leave it open in silence until it expires."""
    ask.tries += 1
    item = turn.release.items.get(ask.name)
    if ask.tries == 1 and item is not None:
        turn.send(_wording(turn, ask.name), "reply", f"items/{ask.name}/again", ask.decision, asks=True)


def missing(turn: Turn, item: str, decision: str, reason: str) -> None:
    """A missing assessment is data: a row with its reason."""
    turn.record("assessment_missing", decision=decision, item=item, reason=reason)


def expire(turn: Turn, ask: OpenAsk) -> None:
    """Nobody answered in time."""
    turn.state.asks.remove(ask)
    turn.state.unanswered_in_a_row += 1
    missing(turn, ask.name, ask.decision, "silence")


def _ask(turn: Turn, pending: Pending) -> None:
    try:
        body = _wording(turn, pending.item)
    except (KeyError, RenderFault) as fault:
        turn.alert("content_fault", detail=f"item {pending.item}: {fault}")
        missing(turn, pending.item, pending.decision, "content_fault")
        return
    message = turn.send(body, "scheduled", f"items/{pending.item}", pending.decision, asks=True)
    turn.state.asks.append(
        OpenAsk("item", pending.item, message, turn.now, pending.decision, expires=_expires(turn, pending))
    )


def _next_chance(turn: Turn, reason: str) -> int:
    """The first instant at which the reason may be gone; what only a person ends is looked at every ten minutes."""
    match reason:
        case "in_conversation":
            return max(turn.state.recent[-1].at + QUIET_FOR, turn.now + SECOND)
        case "outside_hours":
            return opening(turn.now, turn.newest.hours, turn.state.zones)
        case _:
            return turn.now + QUIET_FOR


def _expires(turn: Turn, pending: Pending) -> int:
    return max(pending.expires, turn.now + 3600 * SECOND)


def _wording(turn: Turn, item: str) -> str:
    return speaking.rendered(turn, turn.release.items[item].say)


def _in_the_middle(turn: Turn) -> bool:
    """Whether they are texting right now. An offer that merely waits for an answer does not stand in the way:
    else only who was offered something would go unmeasured."""
    recent = turn.state.recent
    return turn.state.conversation is not None and bool(recent) and turn.now - recent[-1].at < QUIET_FOR


def _why_not(turn: Turn) -> str:
    state, limits = turn.state, turn.newest.limits
    if state.holds:
        return f"{state.holds[0].kind}_hold"
    if state.paused_until > turn.now:
        return "paused"
    if state.unanswered_in_a_row >= TIRED_AFTER:
        return "burden"
    if not open_for_texts(turn.now, turn.newest.hours, state.zones):
        return "outside_hours"
    if _in_the_middle(turn):
        return "in_conversation"
    return next(iter(cap_reasons(state, limits, turn.now)), "")
