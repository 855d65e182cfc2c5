"""The clock: what is due is handed out, what lies waiting is rung for, what was left behind is taken up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import redis

from app.adapters.bells import CLASSES, SCHEDULED
from app.adapters.records.keys import SHARDS
from app.handle import where
from app.ports import GatewayError, RecordError
from app.upkeep import ask_soon, upkeep
from app.wiring import Parts

log = logging.getLogger("cairn.clock")

TICK = 0.25  # seconds
WAKE_LEASE = 10_000  # ms
BATCH = 200
MOST_JOBS = 200  # batches that may wait for the worker of scheduled work; their leases bring the others back
GAP = 5_000  # ms between two ticks that mean that something was away


class Clock:
    """One of any number of clocks."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._last_tick = 0

    def tick(self) -> None:
        """One look at the time; raises RecordError or redis.RedisError while Redis is away."""
        parts = self._parts
        now = parts.marks.machine_now()
        if now - self._last_tick > GAP:
            ask_soon(parts.marks)
        self._last_tick = now
        parts.marks.beat("clock")
        if parts.recovery.needed():
            return
        self._hand_out_due(parts.marks.care_now())
        for queue, classes in CLASSES.items():
            if parts.outbox.waiting(classes):
                parts.bells.ring(queue)

    def _hand_out_due(self, care_now: int) -> None:
        if self._parts.bells.waiting(SCHEDULED) >= MOST_JOBS:
            return
        for shard in range(SHARDS):
            due = self._parts.participants.claim_wakes(shard, care_now, WAKE_LEASE, BATCH)
            if due:
                self._parts.bells.wake(due)


def run(parts: Parts, stop: threading.Event) -> None:
    """Tick until told to stop; the carrier is asked in a thread of its own, so that it never holds up the time."""
    clock = Clock(parts)
    helper = threading.Thread(target=_repeat, args=(lambda: upkeep(parts), stop, 0.5), daemon=True)
    helper.start()
    _repeat(clock.tick, stop, TICK)
    helper.join(timeout=10)


def _repeat(step: Callable[[], object], stop: threading.Event, every: float) -> None:
    away = ""
    while not stop.is_set():
        try:
            step()
            away = ""
        except (RecordError, redis.RedisError, GatewayError) as error:
            if away != type(error).__name__:
                away = type(error).__name__
                log.warning("%s; trying again", error if isinstance(error, RecordError) else away)
        except Exception as fault:  # the clock never stops for one fault
            log.error("fault in the clock: %s", where(fault))
        stop.wait(every)
