"""The one decision: a state and a signal in, the next state and what follows out."""

from __future__ import annotations

from typing import assert_never

from app.core import crisis, decisions, hearing, reports, waking
from app.core.effects import Effect
from app.core.release import Release
from app.core.shared import Shared
from app.core.signals import DeliveryReported, ReplyReceived, Signal, StaffActed, TimeCame
from app.core.state import Hold, State
from app.core.turn import Turn


def decide(
    state: State, signal: Signal, release: Release, shared: Shared, now: int
) -> tuple[State, list[Effect]]:
    """The next state, and the effects of the signal, in order.

    `release` is the one that the participant is pinned to; `now` is care time in UTC milliseconds. The given
    state is never changed. A wake-up that the state does not know of changes nothing and has no effects.
    """
    if isinstance(signal, TimeCame) and signal.due != state.wake:
        return state, []
    if isinstance(signal, TimeCame):
        now = max(now, signal.due)  # it came, whatever a clock that stepped back says
    turn = Turn(state, signal, release, shared, now)
    _plan(turn)
    match signal:
        case ReplyReceived():
            hearing.hear(turn, signal)
        case TimeCame():
            pass
        case DeliveryReported():
            reports.report(turn, signal)
        case StaffActed():
            _staff(turn, signal)
        case _:
            assert_never(signal)
    waking.run_due(turn)
    _plan(turn)
    at, why = waking.next_wake(turn)
    turn.wake_at(at, why)
    return turn.state, turn.effects


def newcomer(
    participant: str, program: Release, *, sender: str, zones: tuple[str, ...], language: str, now: int
) -> State:
    """The state of somebody who has never texted before."""
    candidates = list(zones) or [program.default_zone]
    return State(
        participant=participant,
        program=program.program,
        release=program.number,
        last_now=now,
        language=language if language in program.languages else program.languages[0],
        zones=candidates,
        zone_history=[(candidates[0], now)],
        sender=sender,
    )


def _plan(turn: Turn) -> None:
    if turn.state.in_care():
        decisions.plan_points(turn)


def _staff(turn: Turn, signal: StaffActed) -> None:
    match signal.action:
        case "hold":
            if not any(hold.kind == "staff" for hold in turn.state.holds):
                turn.state.holds.append(Hold("staff", turn.now, case=signal.id))
            turn.drop_outgoing("staff_hold", keep=("risk", "confirmation"))
            turn.record("hold", hold="staff", case=signal.id, by=signal.by)
        case "clear_hold":
            for hold in list(turn.state.holds):
                crisis.clear(turn, hold, signal.by or "staff")
        case _:
            assert_never(signal.action)
