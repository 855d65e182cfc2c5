"""The deployments that benchmarks measure: as the demo starts them, and process by process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from app.publishing import publish  # noqa: E402
from app.sandbox import tether  # noqa: E402
from app.sandbox.demo_children import Addresses, child_environment, demo_children  # noqa: E402
from app.sandbox.ports import next_free  # noqa: E402
from app.sandbox.processes import Child  # noqa: E402
from app.sandbox.redis_server import find_server, redis_child, redis_url  # noqa: E402
from app.sandbox.run_files import run_file_path  # noqa: E402
from app.sandbox.sessions import kill_sessions, members  # noqa: E402
from app.settings import Settings  # noqa: E402
from app.wiring import Parts  # noqa: E402
from benchmarks.book import Book  # noqa: E402
from tests.whole.conftest import OURS, Deployment, until  # noqa: E402
from tests.whole.counting import write_counting  # noqa: E402

FIRST_PORT = 21_000  # out of the way of a demo and of the tests
READY_SECONDS = 60

Shape = Callable[[Path], None]  # changes the counting program's folder before it is published


class Measured(Deployment):
    """The demo of the counting program, under its own supervisor."""

    def __init__(self, data: Path, content: Path, program: str = "counting") -> None:
        self.data = data
        self._environ = _environ(data, content, program)
        self.start()

    @cached_property
    def parts(self) -> Parts:
        """What a process of this deployment works with."""
        return Parts(Settings.from_environment({**self._environ, **self.environment}))

    @property
    def book(self) -> Book:
        """The carrier's book, read beside the carrier."""
        return Book(self.data / "carrier.sqlite3")


class ByHand(Measured):
    """The same processes, without the demo's supervisor: what is killed stays away until it is brought back.

    What ends by itself is started again after a second, as any service manager does, and is counted.
    """

    ended: Counter[str]

    def start(self) -> None:
        """Start every process, and wait until each serves."""
        settings = Settings.from_environment(self._environ)
        redis_port = next_free(FIRST_PORT + 3_000)
        addresses = Addresses(
            web_port=settings.port,
            carrier_port=next_free(FIRST_PORT + 2_000),
            redis=redis_url(redis_port),
        )
        self._children: dict[str, Child] = {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._away: set[str] = set()
        self._stopped = threading.Event()
        self.ended = Counter()
        self.begin(redis_child(settings.data, redis_port, find_server()))
        self.environment = child_environment(self._environ, settings, addresses)
        publish(self.parts.releases, settings.content / settings.senders[0].program)
        for child in demo_children(self.environment, addresses):
            self._launch(child)
        for child in self._children.values():
            _wait_until_ready(child)
        until(lambda: not self.parts.recovery.needed(), READY_SECONDS)
        self._tending = threading.Thread(target=self._tend, daemon=True)
        self._tending.start()

    def begin(self, child: Child) -> None:
        """Start one process, and wait until it serves."""
        self._launch(child)
        _wait_until_ready(child)

    def bring_back(self, name: str) -> None:
        """Start a process that was killed."""
        self._launch(self._children[name])
        self._away.discard(name)

    def take_away(self, name: str) -> None:
        """Kill -9 a process and all it started."""
        self._away.add(name)
        process = self._processes[name]
        kill_sessions([process.pid])
        process.wait()

    def hang(self, name: str) -> None:
        """Let a process and all it started stand still."""
        self._signal(name, signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """Let them go on."""
        self._signal(name, signal.SIGCONT)

    def stop(self) -> str:
        """Kill everything, Redis last."""
        self._stopped.set()
        self._tending.join()
        for name in reversed(list(self._processes)):
            self.take_away(name)
        return ""

    def _tend(self) -> None:
        while not self._stopped.wait(1.0):
            for name, process in list(self._processes.items()):
                if name not in self._away and process.poll() is not None:
                    self.ended[name] += 1
                    self._launch(self._children[name])

    def _signal(self, name: str, number: signal.Signals) -> None:
        for pid in members([self._processes[name].pid]):
            os.kill(pid, number)

    def _launch(self, child: Child) -> None:
        self._children[child.name] = child
        log = self.data / "log" / f"{child.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        run_file = run_file_path(self.data, child.name)
        run_file.parent.mkdir(parents=True, exist_ok=True)
        # The tether ends the process with us, should we be killed.
        launch = (sys.executable, "-I", "-S", tether.__file__, str(run_file), str(os.getpid()))
        with log.open("ab") as out:
            self._processes[child.name] = subprocess.Popen(
                (*launch, *child.argv),
                cwd=ROOT,
                env=child.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )


@contextmanager
def supervised(shape: Shape | None = None) -> Iterator[Measured]:
    """A demo of the counting program for the time of the block; nothing of it is left afterwards."""
    with _folder(shape) as folder:
        yield from _running(lambda: Measured(folder / "data", folder / "content"))


@contextmanager
def by_hand(shape: Shape | None = None) -> Iterator[ByHand]:
    """The same without a supervisor."""
    with _folder(shape) as folder:
        yield from _running(lambda: ByHand(folder / "data", folder / "content"))


def _running(start: Callable[[], Measured]) -> Iterator[Measured]:
    deployment = start()
    try:
        yield deployment
    finally:
        deployment.stop()


@contextmanager
def _folder(shape: Shape | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cairn-benchmark-"))
    try:
        program = write_counting(folder / "content")
        if shape is not None:
            shape(program)
        yield folder
    finally:
        if os.environ.get("KEEP"):
            print(f"kept {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _environ(data: Path, content: Path, program: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")}
    return kept | {
        "CAIRN_DATA": str(data),
        "CAIRN_CONTENT": str(content),
        "CAIRN_NO_BROWSER": "1",
        "CAIRN_PORT": str(next_free(FIRST_PORT)),
        "CAIRN_SENDERS": f"{OURS}={program};stop=cairn;rate=500",
    }


def _wait_until_ready(child: Child) -> None:
    if child.ready is not None:
        until(child.ready, READY_SECONDS)
