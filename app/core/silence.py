"""Silence at an open question: reminders that belong to it, and where it leads in the end."""

from __future__ import annotations

from app.core import conversation
from app.core.limits import cap_reasons
from app.core.release import END, Event, Silence
from app.core.state import OpenAsk
from app.core.timing import open_for_texts
from app.core.turn import Turn


def steps_of_silence(turn: Turn, ask: OpenAsk) -> tuple[Silence, ...]:
    """What happens while an open question stays unanswered, in order; nothing when the question is gone."""
    found = turn.release.interventions.get(conversation.running(turn))
    for event in found.events if found else ():
        if event.id == ask.name and event.ask is not None:
            return event.ask.silence
    return ()


def take_step(turn: Turn, ask: OpenAsk) -> None:
    """Take the next step of silence at an open question."""
    event = conversation.event_of(turn, ask.name)
    if event is None or event.ask is None:
        return
    step = event.ask.silence[ask.step] if ask.step < len(event.ask.silence) else Silence(after=0)
    ask.step += 1
    may_speak = _may_speak_unprompted(turn)
    turn.record(
        "silent",
        intervention=conversation.running(turn),
        event=event.id,
        step=ask.step,
        ends=step.ends,
        spoke=may_speak,
    )
    if not step.ends:
        _remind(turn, event, step, may_speak)
        return
    turn.state.asks.remove(ask)
    turn.state.unanswered_in_a_row += 1
    if step.go == END or not may_speak:
        conversation.close(turn, "silence")
    else:
        conversation.follow(turn, step, "scheduled", f"{conversation.running(turn)}/{event.id}/silence")


def _remind(turn: Turn, event: Event, step: Silence, may_speak: bool) -> None:
    """One that would fall into quiet hours is dropped, not moved."""
    body = conversation.rendered(turn, step.say) if step.say and may_speak else ""
    if body:
        turn.send(body, "scheduled", f"{conversation.running(turn)}/{event.id}/reminder", asks=False)


def _may_speak_unprompted(turn: Turn) -> bool:
    state = turn.state
    if state.holds or state.paused_until > turn.now:
        return False
    if not open_for_texts(turn.now, turn.newest.hours, state.zones):
        return False
    return not cap_reasons(state, turn.newest.limits, turn.now)
