"""When the workers are dead, the web process itself sends risk, STOP and HELP answers; when the clock is, more."""

from __future__ import annotations

import logging
import threading

import redis

from app.ports import GatewayError, RecordError
from app.upkeep import upkeep
from app.wiring import Parts

log = logging.getLogger("cairn.urgent")

CLASSES = ("risk", "confirmation")
UNCLAIMED_MS = 10_000
CLOCK_SILENT_MS = 10_000
LOOK_EVERY = 1.0  # seconds


class Urgent:
    """Looks every second for urgent texts that nobody claimed."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def look(self) -> int:
        """Send what has waited too long; how many texts there were. Raises RecordError."""
        self._stand_in()
        if not self._parts.outbox.waiting(CLASSES):
            return 0
        return self._parts.deliverer.run(CLASSES, seconds=10, older_ms=UNCLAIMED_MS)

    def _stand_in(self) -> None:
        """No clock, then nobody else opens the gate or takes up what dead workers held."""
        marks = self._parts.marks
        if marks.machine_now() - marks.beats().get("clock", 0) <= CLOCK_SILENT_MS:
            return
        try:
            upkeep(self._parts)
        except GatewayError as error:  # then what waits is tried all the same
            log.warning("the carrier's book cannot be read: %s", error)

    def run(self, stop: threading.Event | None = None) -> None:
        """Look until told to stop."""
        stop = stop or threading.Event()
        while not stop.wait(LOOK_EVERY):
            try:
                if sent := self.look():
                    log.warning("%s urgent texts had no worker; the web process sent them", sent)
            except (RecordError, redis.RedisError):
                continue
            except Exception as fault:  # this thread must outlive any fault
                log.error("fault while sending urgent texts: %s", type(fault).__name__)
