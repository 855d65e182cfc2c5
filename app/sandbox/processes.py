"""Starts the processes of a demo, brings back those that die, and stops them all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from app.sandbox import tether
from app.sandbox.deaths import open_log, why_it_died
from app.sandbox.run_files import forget, run_file_path, running_pids
from app.sandbox.sessions import PATIENCE, end_sessions, kill_sessions

ROUND = 0.05  # seconds between two looks
SHORT_LIFE = 10.0  # seconds: who dies younger waits longer before the next try
LONGEST_WAIT = 5.0
READY_WITHIN = 30.0


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """A process to keep alive. `ready` answers quickly whether it serves; without one it is ready at once."""

    name: str
    argv: tuple[str, ...]
    env: dict[str, str]
    ready: Callable[[], bool] | None = None


class ChildFailed(Exception):
    """A child did not start; the text says why, in one line."""


class _Life:
    """One child over all its lives."""

    def __init__(self, child: Child, data: Path) -> None:
        self.child = child
        self.log = data / "log" / f"{child.name}.log"
        self.run_file = run_file_path(data, child.name)
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ready = False
        self.log_begins = 0
        self.born = 0.0
        self.died: float | None = None
        self.again_at = 0.0
        self.wait = 0.0

    def begin(self) -> None:
        self.log_begins = open_log(self.log)
        self.run_file.parent.mkdir(parents=True, exist_ok=True)
        launch = (sys.executable, "-I", "-S", tether.__file__, str(self.run_file), str(os.getpid()))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                (*launch, *self.child.argv),
                env=self.child.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.born = time.monotonic()
        self.is_ready = False

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def look_ready(self) -> bool:
        """Return whether it serves, which it does once its command has begun and its own check says so."""
        if not self.is_ready and self.process is not None and self.run_file.exists():
            self.is_ready = self.child.ready is None or self.child.ready()
        return self.is_ready

    def why(self) -> str:
        return f"({shown(self.log)}): {why_it_died(self.log, self.log_begins)}."


class Supervisor:
    """Keeps the children of one data folder alive. The thread that starts them must live as long as they."""

    def __init__(
        self, data: Path, tell: Callable[[str], None], asked_to_stop: Callable[[], bool] = lambda: False
    ) -> None:
        self._data = data
        self._tell = tell
        self._asked_to_stop = asked_to_stop
        self._batches: list[list[_Life]] = []

    def take_over(self, patience: float = PATIENCE) -> list[str]:
        """Stop what a killed start left for this data folder; return the names of what still ran."""
        left = running_pids(self._data)
        end_sessions(left.values(), patience)
        for path in (self._data / "run").glob("*.pid"):
            path.unlink(missing_ok=True)
        return list(left)

    def start(self, children: Sequence[Child], within: float = READY_WITHIN) -> None:
        """Start these children and return when all are ready, or when asked to stop; raises ChildFailed."""
        batch = [_Life(child, self._data) for child in children]
        self._batches.append(batch)
        for life in batch:
            forget(self._data, life.child.name)
            life.begin()
        deadline = time.monotonic() + within
        while not self._asked_to_stop() and not all(life.look_ready() for life in batch):
            _refuse_the_dead(batch)
            if time.monotonic() > deadline:
                late = next(life for life in batch if not life.is_ready)
                raise ChildFailed(f"{late.child.name} was not ready in {within:.0f} s ({shown(late.log)}).")
            time.sleep(ROUND)
        _refuse_the_dead(batch)

    def watch(self) -> None:
        """Look at each child once: notice who died, bring back whose wait is over, tell who serves again."""
        for life in self._lives():
            if life.has_ended():
                self._bury(life)
            if life.process is None and time.monotonic() >= life.again_at:
                life.begin()
            if life.died is not None and life.process is not None and life.look_ready():
                self._tell(f"{life.child.name} restarted {time.monotonic() - life.died:.1f} s")
                life.died = None

    def stop(self, patience: float = PATIENCE) -> list[str]:
        """Stop all children, those started last first; return their names in that order."""
        stopped = []
        for batch in reversed(self._batches):
            running = [life for life in batch if life.process is not None]
            end_sessions([life.process.pid for life in running if life.process], patience)
            for life in reversed(batch):
                _reap(life)
                forget(self._data, life.child.name)
                stopped.append(life.child.name)
        self._batches.clear()
        return stopped

    def pids(self) -> dict[str, int]:
        """Return the process ids of the children that run now, by name."""
        return {life.child.name: life.process.pid for life in self._lives() if life.process is not None}

    def _lives(self) -> list[_Life]:
        return [life for batch in self._batches for life in batch]

    def _bury(self, life: _Life) -> None:
        assert life.process is not None
        now = time.monotonic()
        kill_sessions([life.process.pid])
        if now - life.born >= SHORT_LIFE:
            life.wait = 0.0
        elif life.wait and life.process.returncode >= 0:
            self._tell(f"{life.child.name} died again {life.why()}")
        life.again_at = now + life.wait
        life.wait = min(max(2 * life.wait, 0.25), LONGEST_WAIT)
        life.died = life.died or now
        life.process = None
        forget(self._data, life.child.name)


def shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _refuse_the_dead(batch: list[_Life]) -> None:
    for life in batch:
        if life.has_ended():
            raise ChildFailed(f"{life.child.name} died at once {life.why()}")


def _reap(life: _Life) -> None:
    if life.process is not None:
        try:
            life.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return
        life.process = None
