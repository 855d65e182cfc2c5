"""The three buttons that break things, each saying in one line what to watch."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from app.sandbox.run_files import running_pids
from app.web.carrier_line import CarrierLine

TIMES_OUT = "The carrier will take the next text and not answer. Its book is read, and the text is sent once."
TWICE = "Your next text will arrive twice at once. It counts once."
KILLED = "{name} was killed. Another starts; what it held goes out once."
NO_WORKER = "No worker runs here that could be killed."


def workers(data: Path) -> dict[str, int]:
    """The workers that run for this data folder, by name."""
    return {name: pid for name, pid in running_pids(data).items() if name.startswith("worker-")}


class Breaks:
    """Breaks what it is told to, for the demo's number only."""

    def __init__(
        self, line: CarrierLine, number: str, data: Path, kill: Callable[[int, int], None] = os.kill
    ) -> None:
        self._line, self._number, self._data, self._kill = line, number, data, kill

    def do(self, what: str) -> str:
        """One line that says what was broken; raises ValueError for an unknown button, or CarrierAway."""
        match what:
            case "kill_worker":
                return self._kill_worker()
            case "carrier_times_out":
                self._fault("timeout")
                return TIMES_OUT
            case "text_twice":
                self._fault("text_twice")
                return TWICE
        raise ValueError("`what` is kill_worker, carrier_times_out or text_twice")

    def mend(self) -> None:
        """Let the carrier behave again; raises CarrierAway."""
        self._line.post("/sandbox/faults", {"kind": "clear"})

    def _fault(self, kind: str) -> None:
        self._line.post("/sandbox/faults", {"kind": kind, "number": self._number})

    def _kill_worker(self) -> str:
        for name, pid in workers(self._data).items():
            try:
                self._kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return KILLED.format(name=name)
        return NO_WORKER
