"""What `cairn up` prints: progress, addresses, and one line for each thing that happens."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TextIO

from app.sandbox.demo_children import Addresses, sample_text
from app.sandbox.processes import shown
from app.settings import Settings

WIDTH = 38


class Screen:
    """The terminal, which may be closed under us at any time."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lock = Lock()

    def say(self, line: str) -> None:
        """Print a line; a terminal that is gone is no reason to leave people unanswered."""
        with self._lock:
            try:
                print(line, file=self._out, flush=True)
            except (OSError, ValueError):
                return

    def happened(self, line: str) -> None:
        """Print a line with the time of day in front."""
        self.say(f"{datetime.now().astimezone():%H:%M:%S} {line}")

    def step(self, number: int, lines: Iterable[str]) -> None:
        """Print one of the four steps, which may take several lines."""
        first, *others = [*lines] or [""]
        self.say(f"[{number}/4] {first}")
        for line in others:
            self.say(f"      {line}")

    def ready(self, names: Iterable[str], seconds: float) -> None:
        """Print the last step: who runs, and how long it took."""
        self.step(4, [f"{' '.join(_counted(names)):<{WIDTH}} ready in {seconds:.1f} s"])

    def addresses(self, settings: Settings, addresses: Addresses, ticket: str) -> None:
        """Print where everything is that a newcomer may want."""
        program = settings.senders[0].program
        text = sample_text(settings.content, program)
        rows = [
            ("Text with it", addresses.web),
            ("Watch the queue", f"{addresses.web}/rq?ticket={ticket}   signs you in, works once"),
            ("Change a text", f"{shown(text)}   save = live" if text else shown(settings.content)),
            ("In the terminal", f"{_command()} chat {program}"),
            ("Carrier's book", f"{addresses.carrier}/sandbox/texts"),
        ]
        self.say("")
        for name, value in rows:
            self.say(f"  {name:<17} {value}")
        self.say(f"  No text leaves this computer. Data {shown(settings.data)}/  Ctrl-C stops everything.\n")

    def stopped(self, names: Iterable[str]) -> None:
        """Print who was stopped, and that nothing is lost."""
        told = " ".join(_kind(name) for name in names)
        self.say(f"stopped: {told}. Your conversation is kept; make demo goes on.")


def _kind(name: str) -> str:
    return name.partition("-")[0]


def _counted(names: Iterable[str]) -> list[str]:
    counts = Counter(_kind(name) for name in names)
    return [kind if count == 1 else f"{kind} x{count}" for kind, count in counts.items()]


def _command() -> str:
    installed = Path(sys.executable).with_name("cairn")
    return shown(installed) if installed.exists() else "cairn"
