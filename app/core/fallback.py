"""When deciding itself fails: the built-in lanes still answer, the conversation ends in a safe silence."""

from __future__ import annotations

from app.core import hearing, reports
from app.core.effects import Effect
from app.core.shared import Shared
from app.core.signals import DeliveryReported, ReplyReceived, Signal
from app.core.state import State
from app.core.timing import HOUR
from app.core.turn import Turn


def decide_without_content(
    state: State, signal: Signal, shared: Shared, now: int, fault: str
) -> tuple[State, list[Effect]]:
    """The next state after a fault: danger, STOP, START and HELP are answered as ever, nothing of content is.

    The participant wakes up again in an hour, so that care goes on once the fault is mended.
    """
    turn = Turn(state, signal, shared.newest, shared, now)
    turn.state.conversation = None
    turn.state.asks = [ask for ask in turn.state.asks if ask.of == "consent"]
    turn.alert("fault", "page", fault)
    match signal:
        case ReplyReceived():
            hearing.hear_urgent(turn, signal)
        case DeliveryReported():
            reports.follow(turn, signal)
        case _:
            pass
    at = turn.now + HOUR if turn.state.in_care() else None
    turn.wake_at(at, "after a fault")
    return turn.state, turn.effects
