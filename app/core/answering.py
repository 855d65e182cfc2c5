"""Answers to the open question of an intervention: understood, unclear, or left out."""

from __future__ import annotations

from app.core import conversation, happenings, speaking, tailoring
from app.core.branching import branch_for
from app.core.reading.model import Expect, Reading
from app.core.release import END, Branch, Event, Part
from app.core.render import RenderFault
from app.core.state import OpenAsk
from app.core.turn import Turn


def expect(turn: Turn, ask: OpenAsk) -> Expect | None:
    """What the open question of the running intervention expects; None when it is gone."""
    event = conversation.event_of(turn, ask.name)
    return event.ask.expect if event and event.ask else None


def answer(turn: Turn, ask: OpenAsk, reading: Reading) -> None:
    """Take an answer that was understood: keep it, and follow the first branch that fits."""
    event = conversation.event_of(turn, ask.name)
    if event is None or event.ask is None:
        return
    _take(turn, ask, event, reading)
    turn.state.asks.remove(ask)
    try:
        branch = branch_for(event.ask.answered, reading, tailoring.values(turn.state, turn.release, turn.now))
    except RenderFault as fault:
        conversation.fail(turn, fault)
        return
    turn.record(
        "branched",
        intervention=conversation.running(turn),
        event=event.id,
        to=branch.go,
        branch=_index(event, branch),
    )
    conversation.follow(turn, branch, "reply", f"{conversation.running(turn)}/{event.id}/answered")


def not_understood(turn: Turn, ask: OpenAsk) -> None:
    """Ask once more, as often as the content says; then go on gracefully."""
    event = conversation.event_of(turn, ask.name)
    if event is None or event.ask is None:
        return
    unclear = event.ask.unclear
    ask.tries += 1
    source = f"{conversation.running(turn)}/{event.id}/unclear"
    if ask.tries <= unclear.times:
        body = conversation.rendered(turn, unclear.say, hint=speaking.hint(event.ask.expect))
        if body:
            turn.send(body, "reply", source, decision=ask.decision)
        return
    turn.state.asks.remove(ask)
    turn.record("given_up", intervention=conversation.running(turn), event=event.id, to=unclear.go)
    conversation.follow(turn, Part(say=unclear.gives_up, go=unclear.go), "reply", source)


def skip(turn: Turn, ask: OpenAsk) -> None:
    """Leave a question out, as they asked to."""
    event = conversation.event_of(turn, ask.name)
    if event is None or event.ask is None:
        return
    turn.state.asks.remove(ask)
    turn.record("skipped", intervention=conversation.running(turn), event=event.id, to=event.ask.skip)
    if event.ask.skip == END:
        turn.say_built_in("skipped", "reply")
        conversation.finish(turn)
    else:
        conversation.enter(turn, event.ask.skip, "reply")


def _take(turn: Turn, ask: OpenAsk, event: Event, reading: Reading) -> None:
    assert event.ask is not None
    own = "/own" if event.ask.expect.kind == "text" else ""
    saved = tailoring.saved_from(reading, turn.now, f"{conversation.running(turn)}/{event.id}{own}")
    name = event.ask.save or event.ask.item
    if name:
        tailoring.save(turn.state, turn.release, name, saved)
        if event.forget_at_end and turn.state.conversation is not None:
            turn.state.conversation.forget.append(name)
    turn.state.answered_n += 1
    turn.record(
        "answered",
        intervention=conversation.running(turn),
        event=event.id,
        goal=event.goal,
        variable=name,
        value=reading.value,
        decision=ask.decision,
        message=ask.message,
        took_ms=turn.now - ask.at,
    )
    if name:
        happenings.happened(turn, f"answered:{name}")


def _index(event: Event, branch: Branch) -> int:
    assert event.ask is not None
    return next((n for n, other in enumerate(event.ask.answered) if other is branch), -1)
