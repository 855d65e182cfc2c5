"""A whole demo in one process: the page, the webhooks, the sandbox carrier, a worker and a clock."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

import redis
from flask import Flask
from werkzeug.serving import ThreadedWSGIServer

from app.adapters.records.keys import SHARDS
from app.core.draws import StudyKey, draw
from app.core.release import Release
from app.sandbox.carrier.server import QuietHandler, run_carrier
from app.sandbox.carrier.settings import CarrierSettings, Delays
from app.settings import Settings
from app.settings_kinds import Sender
from app.web.demo import demo_blueprint
from app.web.sms import sms_blueprint
from app.wiring import Parts
from tests.morning import begin_on_monday

ACCOUNT, TOKEN, OURS = "AC" + "0a" * 16, "a token of the tests", "+13125550100"
STUDY_KEY = b"s" * 32
FAST = Delays(accepted=0.005, queued=0.005, sending=0.005, sent=0.01)
CLASSES = ("risk", "confirmation", "reply", "scheduled")
Found = TypeVar("Found")


def until(find: Callable[[], Found], seconds: float = 20.0) -> Found:
    """Return the first thing found that counts as true; fail when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := find():
            return found
        Event().wait(0.02)
    raise AssertionError("it did not come about in time")


def offered_on_the_first_evening(release: Release) -> Iterator[str]:
    """Ids of participants to whom chance offers three good things at once, so that a test does not wait for it."""
    key = StudyKey(hashlib.sha256(STUDY_KEY).hexdigest()[:8], STUDY_KEY)
    point = next(point for point in release.decision_points if point.id == "evening")
    options = point.rules[-1].choose
    for number in itertools.count(1):
        name = f"p_{number:04x}"
        if draw(key, name, point.id, 1, "option", options).taken == "three-good-things":
            yield name


class DemoWorld:
    """Everything the page talks to; `working` is the switch of the worker and the clock."""

    def __init__(self, connection: redis.Redis, folder: Path, content: Path, release: Release) -> None:
        self.app = Flask("app.web.app")
        self._server = ThreadedWSGIServer("127.0.0.1", 0, self.app, QuietHandler)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self.carrier = run_carrier(
            CarrierSettings(
                book_path=folder / "book.db",
                webhook_url=f"{self.url}/sms",
                account_sid=ACCOUNT,
                auth_token=TOKEN,
                numbers=(OURS,),
                delays=FAST,
                list_lag=0.0,
            )
        )
        self.data = folder / "data"
        self._ids = offered_on_the_first_evening(release)
        settings = self._settings(release.program, content)
        self.parts = Parts(settings, connection=connection, new_id=lambda: next(self._ids))
        self.parts.releases.publish(release)
        self.parts.marks.open_gate(self.parts.marks.run_id())
        self.parts.set_rates()
        begin_on_monday(self.parts.marks)
        self.app.register_blueprint(sms_blueprint(self.parts))
        self.app.register_blueprint(demo_blueprint(self.parts))
        self.working = Event()
        self.working.set()
        self._ended = Event()
        self._busy = Event()
        self._threads = [
            Thread(target=self._server.serve_forever, args=(0.02,), daemon=True),
            Thread(target=self._work, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def bodies(self) -> list[str]:
        """What the carrier's book holds, both ways, oldest first."""
        return [entry.body for entry in self.carrier.carrier.book.texts(None, 0, 500)]

    def answers(self) -> list[str]:
        """What we sent."""
        texts = self.carrier.carrier.book.texts(None, 0, 500)
        return [entry.body for entry in texts if entry.direction == "outbound-api"]

    def is_idle(self) -> bool:
        """Whether the worker has stopped where it was told to."""
        return not self._busy.is_set()

    def close(self) -> None:
        """End everything."""
        self._ended.set()
        self.working.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join()
        self._server.server_close()
        self.parts.deliverer.close()
        self.carrier.stop()

    def _settings(self, program: str, content: Path) -> Settings:
        given: dict[str, Any] = {
            "senders": (Sender(id="s1", number=OURS, program=program, rate=0),),
            "keys": (b"k" * 32,),
            "study_key": STUDY_KEY,
            "public_url": self.url,
            "carrier_url": self.carrier.base_url,
            "account_sid": ACCOUNT,
            "auth_token": TOKEN,
            "session_secret": "secret",
            "data": self.data,
            "content": content,
        }
        return Settings(**given)

    def _work(self) -> None:
        while not self._ended.is_set():
            self._busy.clear()
            self.working.wait()
            self._busy.set()
            self._wake()
            self.parts.deliverer.run(CLASSES, seconds=1)
            self._ended.wait(0.02)

    def _wake(self) -> None:
        care_now = self.parts.marks.care_now()
        for shard in range(SHARDS):
            due = self.parts.participants.claim_wakes(shard, care_now, 10_000, 100)
            if due:
                self.parts.spine.wake_many(due)
