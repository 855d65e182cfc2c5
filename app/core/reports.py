"""What became of our texts: the record follows, and what a lost question had opened is closed."""

from __future__ import annotations

from app.core import assessments, conversation
from app.core.signals import DeliveryReported
from app.core.state import Reach
from app.core.turn import Turn

LOST = ("undelivered", "failed", "withheld", "unclear")


def report(turn: Turn, signal: DeliveryReported) -> None:
    """Record a delivery report and act on it."""
    follow(turn, signal)
    if signal.status in LOST:
        _lost(turn, signal)


def follow(turn: Turn, signal: DeliveryReported) -> None:
    """Let the record follow what became of a text."""
    state = turn.state
    state.outgoing = [entry for entry in state.outgoing if entry.id != signal.message]
    turn.record(
        "delivery",
        message=signal.message,
        status=signal.status,
        reason=signal.reason,
        code=signal.code,
        sid=signal.sid,
        maybe_twice=signal.maybe_twice,
    )
    _note_reach(turn, signal)


def _note_reach(turn: Turn, signal: DeliveryReported) -> None:
    reach = turn.state.reach
    if signal.status == "delivered" and reach.status != "ok":
        turn.state.reach = Reach()
    elif signal.reach == "never" or (signal.reach == "later" and reach.status != "never"):
        turn.state.reach = Reach(signal.reach, turn.now, signal.code)
    elif signal.reach == "alarm":
        turn.alert("carrier_filters_us", "page", f"code {signal.code}")


def _lost(turn: Turn, signal: DeliveryReported) -> None:
    if signal.cls == "risk":
        turn.alert("risk_answer_not_delivered", "page", f"{signal.status} {signal.reason}".strip())
    if signal.reason == "stale":
        return  # the commit that took it back has closed what it had opened
    for ask in [ask for ask in turn.state.asks if ask.message == signal.message]:
        if ask.of == "event":
            conversation.close(turn, f"question {signal.status}")
        elif ask.of == "item":
            turn.state.asks.remove(ask)
            assessments.missing(turn, ask.name, ask.decision, signal.reason or signal.status)
