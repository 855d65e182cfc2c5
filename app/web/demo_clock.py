"""Moves the demo's care time forward, living through everything that is due on the way."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from app.core.timing import DAY, HOUR, next_on_days
from app.handle import wake_signal

if TYPE_CHECKING:
    from app.adapters.records.participants import Loaded
    from app.wiring import Parts

MOST_STEPS = 60
MOST_SECONDS = 8.0  # a request that takes longer would look broken
WAIT_FOR_TEXTS = 1.5  # seconds: what is decided leaves before the clock goes on
ROUND = 0.02
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SPANS = {"+1h": HOUR, "+1d": DAY}


class Moved(msgspec.Struct, frozen=True):
    """How far the clock went, and what happened on the way."""

    moved_ms: int
    woke: int
    reached: bool


class DemoClock:
    """One participant's way through time; `pause` waits so many seconds."""

    def __init__(
        self,
        parts: Parts,
        zone: Callable[[Loaded], str],
        seconds: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._parts, self._zone, self._seconds, self._pause = parts, zone, seconds, pause

    def move(self, who: str, to: str) -> Moved:
        """Move to `next`, by `+1h` or `+1d`, or to the next `HH:MM`. Raises ValueError for anything else."""
        loaded = self._parts.participants.load(who)
        target = self._target(loaded, to)
        began, woke, until = loaded.care_now, 0, self._seconds() + MOST_SECONDS
        while (due := _due_by(loaded, target)) and woke < MOST_STEPS and self._seconds() < until:
            self._go(loaded, due)
            self._parts.spine.handle(who, wake_signal(who, due))
            woke += 1
            loaded = self._when_texts_left(who)
        reached = not _due_by(loaded, target)
        if reached:
            self._go(loaded, target)
        return Moved(max(target if reached else loaded.care_now, began) - began, woke, reached)

    def _target(self, loaded: Loaded, to: str) -> int:
        if to == "next":
            return max(loaded.care_now, loaded.state.wake if loaded.state else 0)
        if to in SPANS:
            return loaded.care_now + SPANS[to]
        if CLOCK_TIME.fullmatch(to):
            return next_on_days(loaded.care_now, to, self._zone(loaded))
        raise ValueError("`to` is next, +1h, +1d or a clock time such as 22:30")

    def _go(self, loaded: Loaded, at: int) -> None:
        if at > loaded.care_now:
            self._parts.marks.move_care(at - loaded.care_now)

    def _when_texts_left(self, who: str) -> Loaded:
        """The participant once the texts of the last step have left, or after a short while."""
        until = self._seconds() + WAIT_FOR_TEXTS
        loaded = self._parts.participants.load(who)
        while loaded.unsent and self._seconds() < until:
            self._pause(ROUND)
            loaded = self._parts.participants.load(who)
        return loaded


def _due_by(loaded: Loaded, target: int) -> int:
    """The next wake-up time, when it comes by then; else 0."""
    wake = loaded.state.wake if loaded.state else 0
    return wake if wake and wake <= target else 0
