"""The whole, started as a newcomer starts it, on data and ports of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.sandbox.lock import running_environment
from app.sandbox.ports import next_free
from app.sandbox.run_files import running_pids
from app.settings import Settings
from app.wiring import Parts
from tests.whole.counting import write_counting

ROOT = Path(__file__).parent.parent.parent
OURS = "+13125550100"


def until(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """What the condition says once it holds; fails when it does not within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never came true")


class Deployment:
    """A running demo, and the phones that text with it."""

    def __init__(self, data: Path, content: Path, program: str) -> None:
        self.data = data
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")},
            "CAIRN_DATA": str(data),
            "CAIRN_CONTENT": str(content),
            "CAIRN_NO_BROWSER": "1",
            "CAIRN_PORT": str(next_free(18_790)),
            "CAIRN_SENDERS": f"{OURS}={program};stop=cairn;rate=500",
        }
        self.start()

    def start(self) -> None:
        """Start it, and wait until everything is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "up"],
            env=self._environ,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.environment = until(self._announced)
        parts = Parts(Settings.from_environment({**self._environ, **self.environment}))
        assert parts.releases.newest(parts.settings.senders[0].program), "the program was refused"

    def _announced(self) -> dict[str, str]:
        if self.process.poll() is not None:
            raise AssertionError(self.process.communicate()[0])
        found = running_environment(self.data)
        return found if "CAIRN_CARRIER_URL" in found else {}

    def stop(self) -> str:
        """Ctrl-C; returns what it printed."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=30)[0]

    def kill(self, name: str) -> None:
        """Kill -9 one of its processes."""
        os.kill(until(lambda: running_pids(self.data).get(name)), signal.SIGKILL)

    def freeze(self, name: str) -> Callable[[], None]:
        """Let a process hang; returns what lets it go on."""
        pid = running_pids(self.data)[name]
        os.kill(pid, signal.SIGSTOP)
        return lambda: os.kill(pid, signal.SIGCONT)

    def text(self, number: str, body: str, **more: Any) -> str:
        """A phone writes to us; returns the carrier's id of the text."""
        return str(self._post("/sandbox/texts", {"from": number, "to": OURS, "body": body, **more})["sid"])

    def fault(self, kind: str, **more: Any) -> None:
        """Let the carrier misbehave."""
        self._post("/sandbox/faults", {"kind": kind, **more})

    def texts(self, number: str) -> list[dict[str, Any]]:
        """The carrier's book of one phone."""
        query = urllib.parse.urlencode({"number": number})
        with urllib.request.urlopen(f"{self._carrier}/sandbox/texts?{query}", timeout=20) as answer:
            return list(json.load(answer)["texts"])

    def answers(self, number: str) -> list[str]:
        """What we wrote to a phone."""
        return [text["body"] for text in self.texts(number) if text["direction"] == "out"]

    def wait_for_answers(self, number: str, count: int, seconds: float = 60) -> list[str]:
        """At least so many answers."""
        until(lambda: len(self.answers(number)) >= count, seconds)
        return self.answers(number)

    def enroll(self, number: str) -> None:
        """START and AGREE, until the first question has come."""
        self.text(number, "START")
        self.wait_for_answers(number, 1)
        self.text(number, "AGREE")
        self.wait_for_answers(number, 3)

    @property
    def _carrier(self) -> str:
        return self.environment["CAIRN_CARRIER_URL"]

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._carrier + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return dict(json.load(answer))


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A deployment of the counting program."""
    folder = tmp_path_factory.mktemp("counting")
    write_counting(folder / "content")
    deployment = Deployment(folder / "data", folder / "content", "counting")
    yield deployment
    if deployment.process.poll() is None:
        deployment.stop()
