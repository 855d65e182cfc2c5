"""STOP, START and HELP: the participant's own switch, before and above everything but danger."""

from __future__ import annotations

from typing import Literal

from app.core import assessments, conversation, crisis, enrolment
from app.core.state import Stopped
from app.core.turn import Turn


def stop(turn: Turn, how: Literal["word", "meaning", "carrier"], confirm: bool) -> None:
    """Opt out at once; one confirmation, none when they had stopped already or the carrier confirms."""
    state = turn.state
    already = state.stopped is not None
    conversation.close(turn, "stopped")
    for pending in state.pending:
        assessments.missing(turn, pending.item, pending.decision, "stopped")
    for ask in state.asks:
        if ask.of == "item":
            assessments.missing(turn, ask.name, ask.decision, "stopped")
    state.asks, state.pending, state.snoozed, state.happened = [], [], [], []
    state.paused_until = 0
    turn.drop_outgoing("opted_out", keep=("risk", "confirmation"))
    if already:
        return
    state.stopped = Stopped(turn.now, how)
    turn.record("opted_out", how=how, scope="all", censors=True)
    if state.holds:
        turn.alert("opted_out_while_held", "page", "texts cannot reach them: call")
    if confirm:
        turn.say_built_in("stopped", "confirmation")


def start(turn: Turn, carrier_answered: bool) -> None:
    """Opt in again, or begin; START never clears a hold."""
    state = turn.state
    was_stopped = state.stopped is not None
    state.stopped = None
    if was_stopped:
        turn.record("opted_in", how="carrier" if carrier_answered else "word")
        for planned in state.points.values():
            planned.next_at = 0
    if crisis.held(turn) is not None:
        crisis.say_held(turn)
    elif "care" not in state.consent:
        enrolment.offer(turn)
    elif not carrier_answered:
        turn.say_built_in("started" if was_stopped else "nothing_to_start", "confirmation")


def help_(turn: Turn, carrier_answered: bool) -> None:
    """Say what this is, whom to ask, where help is, and how to stop."""
    if not carrier_answered:
        turn.say_built_in("help", "confirmation")
