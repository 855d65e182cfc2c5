"""Whether it is right to intervene at a decision point, settled before any draw, with all reasons that fail."""

from __future__ import annotations

from app.core.limits import asks_left, cap_reasons
from app.core.timing import open_for_texts
from app.core.turn import Turn

REASONS = (
    "no_consent",
    "stopped",
    "paused",
    "risk_hold",
    "staff_hold",
    "in_conversation",
    "outside_hours",
    "cap_day",
    "cap_week",
    "burden",
    "unreachable",
    "zone_unknown",
    "content_fault",
    "late",
    "missed",
)
"""The closed list, in the order in which a row names them."""


def reasons(turn: Turn, prompted: bool) -> list[str]:
    """Every reason why nothing may be offered now, in the order of `REASONS`; empty when available.

    `prompted` says that the point follows at once from a text of theirs: then hours and caps on unprompted
    texts do not count.
    """
    found = set(_standing(turn))
    if turn.state.conversation is not None:
        found.add("in_conversation")
    if not prompted:
        found |= set(_unprompted(turn))
    return [reason for reason in REASONS if reason in found]


def _standing(turn: Turn) -> list[str]:
    state = turn.state
    found = [f"{hold.kind}_hold" for hold in state.holds]
    if "care" not in state.consent:
        found.append("no_consent")
    if state.stopped is not None:
        found.append("stopped")
    if state.paused_until > turn.now:
        found.append("paused")
    if state.reach.status == "never":
        found.append("unreachable")
    if not state.zones:
        found.append("zone_unknown")
    return found


def _unprompted(turn: Turn) -> list[str]:
    state, limits = turn.state, turn.newest.limits
    found = cap_reasons(state, limits, turn.now)
    if state.zones and not open_for_texts(turn.now, turn.newest.hours, state.zones):
        found.append("outside_hours")
    if asks_left(state, limits, turn.now) <= limits.reserve_for_proximal:
        found.append("burden")
    return found
