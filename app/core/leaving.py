"""The last-moment check: whether a text that was decided may still leave, compared with the state as it is now."""

from __future__ import annotations

from typing import Literal, TypeAlias

from app.core.effects import Send
from app.core.limits import cap_reasons
from app.core.shared import Shared
from app.core.state import State
from app.core.timing import open_for_texts

LeaveReason: TypeAlias = Literal[
    "",
    "stale",
    "recalled",
    "opted_out",
    "no_consent",
    "expired",
    "risk_hold",
    "staff_hold",
    "paused",
    "unreachable",
    "outside_hours",
    "cap_day",
    "cap_week",
]
"""Why a text is withheld; the closed list. Empty: it may leave."""

URGENT = ("risk", "confirmation")


def may_leave(state: State, text: Send, shared: Shared, now: int) -> LeaveReason:
    """Why the text must not leave now, or empty when it may. Risk and confirmation know no hours, caps or token."""
    if text.cls in URGENT:
        return ""
    return _wanted(state, text, shared) or _allowed(state, text, now) or _in_time(state, text, shared, now)


def _wanted(state: State, text: Send, shared: Shared) -> LeaveReason:
    if state.stopped is not None:
        return "opted_out"
    if not any(entry.id == text.message for entry in state.outgoing):
        return "stale"
    return "recalled" if text.release in shared.recalled else ""


def _allowed(state: State, text: Send, now: int) -> LeaveReason:
    if "care" not in state.consent:
        return "no_consent"
    for hold in state.holds:
        return "risk_hold" if hold.kind == "risk" else "staff_hold"
    if text.unprompted and state.paused_until > now:
        return "paused"
    return "unreachable" if state.reach.status == "never" else ""


def _in_time(state: State, text: Send, shared: Shared, now: int) -> LeaveReason:
    if now > text.valid_until:
        return "expired"
    newest = shared.newest
    if now > text.exempt_until and not open_for_texts(now, newest.hours, state.zones):
        return "outside_hours"
    if text.unprompted and (broken := cap_reasons(state, newest.limits, now, besides=1)):
        return "cap_day" if broken[0] == "cap_day" else "cap_week"
    return ""
