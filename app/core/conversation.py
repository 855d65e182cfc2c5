"""Interventions as they are lived: from event to event, by reply, none, unclear and silence."""

from __future__ import annotations

from app.core import draws, happenings, speaking, tailoring
from app.core.effects import MessageClass
from app.core.release import END, Event, Intervention, Part, Text
from app.core.render import RenderFault
from app.core.state import MAX_USED, Conversation, OpenAsk, Pending, Snoozed
from app.core.timing import MINUTE, SECOND
from app.core.turn import REPLY_EXEMPT, Turn

MOST_EVENTS_A_TURN = 6  # content is checked for loops; this holds whatever content says
WAITS_AFTER = 10 * MINUTE  # an open question that nobody answered for so long does not stand in the way


def start(turn: Turn, intervention: str, how: str, decision: str = "", cls: MessageClass = "reply") -> bool:
    """Begin an intervention; returns whether its first text was wanted. A fault in it ends it in silence."""
    found = turn.release.interventions.get(intervention)
    if found is None:
        turn.alert("content_fault", detail=f"no intervention {intervention}")
        return False
    state = turn.state
    state.conversation = Conversation(
        intervention=found.id,
        event=found.events[0].id,
        started=turn.now,
        ends=turn.now + turn.newest.limits.conversation_ends_after * SECOND,
        how="offered" if how == "offered" else "asked_for",
        decision=decision,
    )
    state.used[found.id] = turn.now
    for oldest in sorted(state.used, key=lambda name: state.used[name])[:-MAX_USED]:
        del state.used[oldest]
    state.conversation.because = _draw_because(turn, decision)
    turn.record("started", intervention=found.id, how=how, decision=decision, release=turn.release.number)
    enter(turn, found.events[0].id, cls)
    return True


def enter(turn: Turn, event: str, cls: MessageClass, before: str = "", source: str = "") -> None:
    """Go to an event, and on until one asks, waits or ends; `before` is said first, joined when it fits."""
    pieces = [(before, source)] if before else []
    for _ in range(MOST_EVENTS_A_TURN):
        if event == END:
            speaking.say_pieces(turn, pieces, cls)
            finish(turn)
            return
        found = event_of(turn, event)
        if found is None:
            return
        conversation = turn.state.conversation
        assert conversation is not None
        conversation.event = found.id
        said = _render(turn, found)
        if said is None:
            return
        pieces.append((said, f"{conversation.intervention}/{found.id}"))
        if found.ask is not None:
            _open_ask(turn, found, speaking.say_pieces(turn, pieces, cls, asks=True))
            return
        if found.wait:
            speaking.say_pieces(turn, pieces, cls)
            conversation.resume_at = turn.now + found.wait * SECOND
            return
        event = found.go
    turn.alert("content_fault", detail=f"more than {MOST_EVENTS_A_TURN} events without a question")
    close(turn, "content_fault")


def ask_again(turn: Turn) -> None:
    """Say the open question of the running intervention once more, when there is one."""
    ask = next((ask for ask in turn.state.asks if ask.of == "event"), None)
    event = event_of(turn, ask.name) if ask else None
    if ask is None or event is None:
        return
    body = _render(turn, event)
    if body:
        ask.message = turn.send(body, "reply", f"{running(turn)}/{event.id}", ask.decision, asks=True)


def put_off(turn: Turn, seconds: int) -> None:
    """End the conversation for now, and offer the same intervention again later."""
    conversation = turn.state.conversation
    assert conversation is not None
    turn.state.snoozed = [s for s in turn.state.snoozed if s.intervention != conversation.intervention]
    turn.state.snoozed.append(
        Snoozed(conversation.intervention, turn.now + seconds * SECOND, conversation.decision)
    )
    close(turn, "snoozed")


def resume(turn: Turn) -> None:
    """Go on after a pause between two events."""
    conversation = turn.state.conversation
    assert conversation is not None
    conversation.resume_at = 0
    event = event_of(turn, conversation.event)
    if event is not None:
        enter(turn, event.go, "reply" if _just_heard(turn) else "scheduled")


def follow(turn: Turn, part: Part, cls: MessageClass, source: str) -> None:
    """Do what a branch says: keep, forget, speak, snooze, start another, or go on."""
    _keep_and_forget(turn, part)
    said = rendered(turn, part.say) if part.say else ""
    if said is None:
        return
    if part.snooze:
        if said:
            turn.send(said, cls, source)
        put_off(turn, part.snooze)
    elif part.start:
        if said:
            turn.send(said, cls, source)
        decision = turn.state.conversation.decision if turn.state.conversation else ""
        finish(turn)
        start(turn, part.start, "asked_for", decision, cls)
    else:
        enter(turn, part.go, cls, before=said, source=source)


def finish(turn: Turn) -> None:
    """End the intervention after its last event."""
    conversation = turn.state.conversation
    if conversation is None:
        return
    found = turn.release.interventions.get(conversation.intervention)
    turn.state.finished_n += 1
    turn.record("finished", intervention=conversation.intervention, decision=conversation.decision)
    if found and found.assess and conversation.how == "asked_for":
        due = turn.now + found.assess.after * SECOND
        turn.state.pending.append(
            Pending(found.assess.item, due, due + 3600 * SECOND, conversation.decision, found.id)
        )
    _leave(turn)
    happenings.happened(turn, f"finished:{conversation.intervention}")


def close(turn: Turn, reason: str) -> None:
    """End the intervention before its last event, quietly."""
    if turn.state.conversation is not None:
        turn.record(
            "closed", intervention=running(turn), reason=reason, decision=turn.state.conversation.decision
        )
    _leave(turn)


def _leave(turn: Turn) -> None:
    conversation = turn.state.conversation
    if conversation is None:
        return
    for name in conversation.forget:
        tailoring.forget(turn.state, name)
    turn.state.asks = [ask for ask in turn.state.asks if ask.of != "event"]
    turn.state.conversation = None


def _draw_because(turn: Turn, decision: str) -> str:
    own_goal = turn.state.value("own_goal")
    options = turn.release.because_line
    if own_goal is None or not own_goal.quotable or not options:
        return "plain"
    occurrence = turn.state.counters.get("because_line", 0) + 1
    turn.state.counters["because_line"] = occurrence
    key, who = turn.shared.study_key, turn.state.participant
    drawn = draws.draw(key, who, "because_line", occurrence, "because_line", options)
    turn.record("drawn", decision=decision, occurrence=occurrence, draws=[drawn])
    return drawn.taken


def _render(turn: Turn, event: Event) -> str | None:
    conversation = turn.state.conversation
    assert conversation is not None
    found = turn.release.interventions[conversation.intervention]
    because = found.because if conversation.because == "full" and found.because else found.because_plain
    line = rendered(turn, because) if because else ""
    if line is None:
        return None
    return rendered(turn, event.say, because_line=line)


def rendered(turn: Turn, text: Text | None, **also: str) -> str | None:
    """The rendered text; None after a fault, which alerts and closes the conversation."""
    if text is None:
        return ""
    try:
        return speaking.rendered(turn, text, **also)
    except RenderFault as fault:
        fail(turn, fault)
        return None


def fail(turn: Turn, fault: RenderFault) -> None:
    """Content that cannot be rendered or judged: an alert, and a safe silence."""
    conversation = turn.state.conversation
    where = f"{conversation.intervention}/{conversation.event}" if conversation else "hub"
    turn.alert("content_fault", detail=f"{where}: {fault}")
    close(turn, "content_fault")


def _open_ask(turn: Turn, event: Event, message: str) -> None:
    decision = turn.state.conversation.decision if turn.state.conversation else ""
    turn.state.asks.append(OpenAsk("event", event.id, message, turn.now, decision))


def _keep_and_forget(turn: Turn, part: Part) -> None:
    if part.keep:
        saved = tailoring.find_saved(turn.state, part.keep)
        if saved is not None and saved.quotable:
            tailoring.keep_moment(turn.state, saved)
    if part.forget:
        tailoring.forget(turn.state, part.forget)


def only_waits(turn: Turn) -> bool:
    """Whether an intervention is open whose question has waited for a while without an answer."""
    asked = [ask.at for ask in turn.state.asks if ask.of == "event"]
    return turn.state.conversation is not None and bool(asked) and turn.now - max(asked) >= WAITS_AFTER


def _just_heard(turn: Turn) -> bool:
    """Whether they texted so shortly before that going on still answers them."""
    recent = turn.state.recent
    return bool(recent) and turn.now - recent[-1].at <= REPLY_EXEMPT


def event_of(turn: Turn, name: str) -> Event | None:
    """The event of the running intervention; None, with an alert and a safe silence, when it is gone."""
    conversation = turn.state.conversation
    found: Intervention | None = turn.release.interventions.get(running(turn)) if conversation else None
    for event in found.events if found else ():
        if event.id == name:
            return event
    turn.alert("content_fault", detail=f"no event {name} in {running(turn)}")
    close(turn, "content_fault")
    return None


def running(turn: Turn) -> str:
    return turn.state.conversation.intervention if turn.state.conversation else ""
