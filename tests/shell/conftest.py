"""The shell's world: one small program on a faked or a real Redis, with a carrier that only takes notes."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator

import fakeredis
import pytest
import redis

from app.core.release import Release
from app.ports import Accepted, InBook, Outcome
from app.settings import Settings
from app.settings_kinds import Sender
from app.wiring import Parts
from tests.morning import begin_on_monday
from tests.small_program import small_release

OURS, THEIRS = "+13125550100", "+13125550199"


class NoteCarrier:
    """A carrier that writes down what it is asked to send; `next` says how the coming calls end."""

    def __init__(self) -> None:
        self.book: list[InBook] = []
        self.inbox: list[InBook] = []
        self.next: list[Outcome] = []
        self.keeps_unsure = True
        self._numbers = itertools.count(1)

    def send(self, message: str, sender: str, number: str, body: str, valid_seconds: int) -> Outcome:
        outcome = self.next.pop(0) if self.next else Accepted("")
        if isinstance(outcome, Accepted):
            return Accepted(self.take(sender, number, body))
        return outcome

    def take(self, sender: str, number: str, body: str) -> str:
        sid = f"SM{next(self._numbers):032x}"
        self.book.append(InBook(sid, sender, number, body, 0, "queued"))
        return sid

    def sent(self, sender: str, since: int, number: str = "") -> list[InBook]:
        return [entry for entry in reversed(self.book) if not number or entry.number == number]

    def received(self, sender: str, since: int) -> list[InBook]:
        return list(reversed(self.inbox))

    def bodies(self) -> list[str]:
        return [entry.body for entry in self.book]


class World:
    """One deployment, and a phone that texts with it."""

    def __init__(self, connection: redis.Redis, release: Release) -> None:
        self.carrier = NoteCarrier()
        sender = Sender(id="s1", number=OURS, program=release.program, rate=0)
        settings = Settings(
            senders=(sender,),
            keys=(b"k" * 32,),
            study_key=b"s" * 32,
            public_url="http://127.0.0.1:1",
            account_sid="AC" + "0" * 32,
            auth_token="token",
            session_secret="secret",
            dashboard_password="password",
        )
        ids = (f"p_{number:04x}" for number in itertools.count(1))
        self.parts = Parts(
            settings,
            connection=connection,
            gateway=self.carrier,
            new_id=lambda: next(ids),
            seconds=lambda: 0.0,
        )
        self.parts.releases.publish(release)
        self.parts.marks.open_gate(self.parts.marks.run_id())
        self.parts.set_rates()
        begin_on_monday(self.parts.marks)
        self._texts = itertools.count(1)

    def text(self, body: str, sid: str = "", number: str = THEIRS) -> str:
        """A text comes in; returns what became of it."""
        from app.core.signals import ReplyReceived

        sid = sid or f"SM{next(self._texts):032d}"
        signal = ReplyReceived(id=sid, text=body, at=0, sender="s1", zones=("America/Chicago",))
        return self.parts.spine.hear(number, signal)

    def deliver(self) -> int:
        """Everything that waits goes out."""
        deliverer = self.parts.deliverer
        return deliverer.run(("risk", "confirmation", "reply")) + deliverer.run(("scheduled",))

    def enroll(self) -> str:
        """START, AGREE; returns the participant's id."""
        self.text("START")
        self.deliver()
        self.text("AGREE")
        self.deliver()
        return self.participant

    @property
    def participant(self) -> str:
        return self.parts.participants.load_by_number(THEIRS, "", lambda: "p_none").id

    def state(self):  # type: ignore[no-untyped-def]
        return self.parts.participants.load(self.participant).state

    def rows(self, kind: str = "") -> list[dict[str, object]]:
        found = self.parts.journal.rows(self.participant)
        return [{"kind": row.kind, "seq": row.seq, **row.data} for row in found if kind in ("", row.kind)]

    def pass_time(self, milliseconds: int) -> None:
        """Care time moves on, and everybody who is due wakes up."""
        self.parts.marks.move_care(milliseconds)
        self.wake()

    def wake(self) -> None:
        from app.adapters.records.keys import SHARDS

        for shard in range(SHARDS):
            due = self.parts.participants.claim_wakes(shard, self.parts.marks.care_now(), 10_000, 100)
            if due:
                self.parts.spine.wake_many(due)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def real_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis server of these tests' own: redis-server, or the one that the wheel brings."""
    from app.sandbox.redis_server import RedisServer

    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture(params=["fakeredis", "real"])
def connection(request: pytest.FixtureRequest) -> Iterator[redis.Redis]:
    """Redis, once faked and once real; empty at the start."""
    if request.param == "fakeredis":
        yield fakeredis.FakeStrictRedis()
        return
    client = redis.Redis.from_url(request.getfixturevalue("real_redis"))
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def real_connection(real_redis: str) -> Iterator[redis.Redis]:
    """The real Redis alone, for what the fake does not have."""
    client = redis.Redis.from_url(real_redis)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def real_world(real_connection: redis.Redis) -> Iterator[World]:
    """A deployment with the small program on the real Redis."""
    here = World(real_connection, small_release())
    yield here
    here.parts.deliverer.close()


@pytest.fixture
def world(connection: redis.Redis) -> Iterator[World]:
    """A deployment with the small program."""
    here = World(connection, small_release())
    yield here
    here.parts.deliverer.close()
