"""Ends processes together with everything they started: each child of ours leads a session of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PATIENCE = 5.0  # seconds between asking and killing
GRACE = 2.0  # seconds until killed processes are gone


def members(leaders: Iterable[int]) -> list[int]:
    """Return the living processes of the sessions that these processes lead, or led."""
    wanted = frozenset(leader for leader in leaders if leader > 1)  # 0 and 1 are the system's own
    if not wanted:
        return []
    table = _linux_table() if sys.platform == "linux" else _ps_table()
    return [pid for pid, session, state in table if session in wanted and state not in "ZX"]


def end_sessions(leaders: Iterable[int], patience: float = PATIENCE) -> None:
    """Ask all to end, wake those that stand still, and kill what is left after `patience` seconds."""
    wanted = frozenset(leaders)
    _signal_all(wanted, signal.SIGTERM)
    _signal_all(wanted, signal.SIGCONT)
    if not _gone(wanted, patience):
        kill_sessions(wanted)


def kill_sessions(leaders: Iterable[int]) -> None:
    """Kill all members at once, and those that they start meanwhile."""
    wanted = frozenset(leaders)
    deadline = time.monotonic() + GRACE
    while members(wanted) and time.monotonic() < deadline:
        _signal_all(wanted, signal.SIGKILL)
        time.sleep(0.01)


def _gone(leaders: frozenset[int], patience: float) -> bool:
    deadline = time.monotonic() + patience
    while members(leaders):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _signal_all(leaders: frozenset[int], number: signal.Signals) -> None:
    for pid in members(leaders):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _linux_table() -> Iterator[tuple[int, int, str]]:
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        yield int(entry.name), int(fields[3]), fields[0]


def _ps_table() -> Iterator[tuple[int, int, str]]:
    """Elsewhere ps shows no session, but the group, which is the same for all that do not leave it."""
    shown = subprocess.run(["/bin/ps", "-axo", "pid=,pgid=,stat="], capture_output=True, text=True)
    for line in shown.stdout.splitlines():
        pid, group, state = line.split()[:3]
        yield int(pid), int(group), state[0]
