"""Caps on what leaves, and the guard that keeps two machines from talking for ever."""

from __future__ import annotations

import hashlib

from app.core.release import Limits
from app.core.state import MAX_SENT, Guard, State
from app.core.timing import HOUR, MINUTE, SECOND, day_start

MAX_RISK_ANSWERS_PER_HOUR = 20


def unprompted_today(state: State, now: int, besides: int = 0) -> int:
    """Unprompted texts of this local day, without `besides` of them."""
    start = day_start(now, state.zone())
    return sum(1 for at, unprompted, _ in state.sent if unprompted and at >= start) - besides


def unprompted_this_week(state: State, now: int, besides: int = 0) -> int:
    """Unprompted texts of this local day and the six before it, without `besides` of them."""
    start = day_start(now, state.zone(), days_back=6)
    return sum(1 for at, unprompted, _ in state.sent if unprompted and at >= start) - besides


def cap_reasons(state: State, limits: Limits, now: int, besides: int = 0) -> list[str]:
    """The caps that one more unprompted text would break: cap_day, cap_week."""
    reasons = []
    start = day_start(now, state.zone())
    everything = sum(1 for at, _, _ in state.sent if at >= start) - besides
    today = unprompted_today(state, now, besides)
    if today >= limits.unprompted_per_day or everything >= limits.all_per_day:
        reasons.append("cap_day")
    if unprompted_this_week(state, now, besides) >= limits.unprompted_per_week:
        reasons.append("cap_week")
    return reasons


def note_sent(state: State, now: int, unprompted: bool, asks: bool) -> None:
    """Mark a text as sent; of too many marks the oldest answer's goes first, so that no answer hides a cap."""
    state.sent.append((now // SECOND * SECOND, unprompted, asks))
    if len(state.sent) > MAX_SENT:
        answers = (place for place, (_, alone, _) in enumerate(state.sent) if not alone)
        del state.sent[next(answers, 0)]


def asks_left(state: State, limits: Limits, now: int) -> int:
    """How many questions may still be asked today."""
    start = day_start(now, state.zone())
    return limits.asks_per_day - sum(1 for at, _, asked in state.sent if asked and at >= start)


def note_text(guard: Guard, text: str, now: int) -> None:
    """Count a text of theirs in the guard, by a short digest and never by its words."""
    digest = hashlib.sha256(text.strip().lower().encode()).hexdigest()[:8]
    if guard.digest != digest or now - guard.same_since >= 10 * MINUTE:
        guard.digest, guard.same_since, guard.same = digest, now, 0
    guard.same += 1
    if now - guard.since >= HOUR:
        guard.since, guard.replies = now, 0


def too_much(guard: Guard, limits: Limits) -> str:
    """Why nothing more is answered for now: `replies_per_hour`, `same_reply`, or empty."""
    if limits.replies_per_hour and guard.replies >= limits.replies_per_hour:
        return "replies_per_hour"
    if limits.same_reply_per_10_minutes and guard.same > limits.same_reply_per_10_minutes:
        return "same_reply"
    return ""
