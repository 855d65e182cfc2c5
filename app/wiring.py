"""The only place that builds adapters from settings."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.adapters.bells import Bells
from app.adapters.records.journal import Journal
from app.adapters.records.keys import Keys
from app.adapters.records.marks import Marks
from app.adapters.records.outbox import Outbox
from app.adapters.records.participants import Participants
from app.adapters.records.releases import Releases
from app.adapters.records.scripts import Scripts
from app.adapters.vault import Vault
from app.adapters.zones import zones
from app.content.words import load_words
from app.core.draws import StudyKey
from app.core.reading.reader import Reader
from app.core.shared import Sender
from app.deliver import Deliverer
from app.handle import Spine
from app.ports import Gateway
from app.reconcile import Reconciler
from app.recovery import Recovery
from app.settings import Settings
from app.settling import Settler
from app.snapshots import Snapshots

WEB_TIMEOUT = 0.4  # seconds: a webhook must say within a second that Redis is away
WORKER_TIMEOUT = 5.0
CALL_TIMEOUT = 8.0  # seconds for one call of the carrier
BLOCKING_TIMEOUT = 600.0  # RQ's own connection waits for jobs


def connect(url: str, timeout: float) -> redis.Redis:
    """A connection that never tries a command twice by itself."""
    return redis.Redis.from_url(
        url,
        socket_timeout=timeout,
        socket_connect_timeout=min(timeout, 2.0),
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )


class Parts:
    """Everything one process needs, built when it is first asked for.

    Tests hand in their own connection, gateway, chance and clock.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: float = WORKER_TIMEOUT,
        connection: redis.Redis | None = None,
        gateway: Gateway | None = None,
        new_id: Callable[[], str] | None = None,
        seconds: Callable[[], float] = time.monotonic,
        prefix: str = "cairn:",
    ) -> None:
        self.settings = settings
        self.keys = Keys(prefix)
        self._timeout, self._given, self._gateway = timeout, connection, gateway
        self._new_id = new_id or (lambda: "p_" + secrets.token_hex(8))
        self._seconds = seconds

    @cached_property
    def connection(self) -> redis.Redis:
        """The record of care."""
        return self._given if self._given is not None else connect(self.settings.redis_url, self._timeout)

    @cached_property
    def queue_connection(self) -> redis.Redis:
        """RQ's connection; workers block on it."""
        if self._given is not None:
            return self._given
        return connect(self.settings.redis_url, self._timeout)

    @cached_property
    def vault(self) -> Vault:
        """Seals and opens."""
        return Vault(self.settings.keys)

    @cached_property
    def scripts(self) -> Scripts:
        """The Lua scripts."""
        return Scripts(self.connection)

    @cached_property
    def participants(self) -> Participants:
        """Loads and commits participants."""
        return Participants(self.connection, self.keys, self.vault, self.scripts)

    @cached_property
    def outbox(self) -> Outbox:
        """Our texts."""
        return Outbox(self.connection, self.keys, self.vault, self.scripts)

    @cached_property
    def journal(self) -> Journal:
        """The journal."""
        return Journal(self.connection, self.keys, self.vault)

    @cached_property
    def releases(self) -> Releases:
        """Releases of programs."""
        return Releases(self.connection, self.keys)

    @cached_property
    def marks(self) -> Marks:
        """Small facts of the deployment."""
        return Marks(self.connection, self.keys)

    @cached_property
    def reader(self) -> Reader:
        """Reads replies."""
        return Reader(load_words())

    @cached_property
    def bells(self) -> Bells:
        """Calls workers."""
        return Bells(self.queue_connection, self.keys.prefix)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Our own numbers by the id of their sender."""
        return {sender.id: sender.number for sender in self.settings.senders}

    @cached_property
    def senders(self) -> dict[str, Sender]:
        """Our senders as the core knows them: without their numbers."""
        return {s.id: Sender(s.id, s.program, s.stop) for s in self.settings.senders}

    @cached_property
    def snapshots(self) -> Snapshots:
        """The shared snapshot of each program."""
        key = self.settings.study_key
        study_key = StudyKey(hashlib.sha256(key).hexdigest()[:8], key)
        return Snapshots(self.releases, self.reader, study_key, self.senders, self._seconds)

    @cached_property
    def spine(self) -> Spine:
        """Handles signals."""
        return Spine(
            self.participants,
            self.snapshots,
            self.bells.ring_for,
            self._seconds,
            self._new_id,
            code_version(),
        )

    @cached_property
    def gateway(self) -> Gateway:
        """The carrier."""
        if self._gateway is not None:
            return self._gateway
        from app.wiring_carrier import carrier_gateway

        return carrier_gateway(self.settings, CALL_TIMEOUT)

    @cached_property
    def deliverer(self) -> Deliverer:
        """The one way out."""
        return Deliverer(self.outbox, self.spine, self.snapshots, self.gateway, self.numbers)

    @cached_property
    def settler(self) -> Settler:
        """Settles what dead workers left."""
        return Settler(self.outbox, self.deliverer, self.gateway, self.numbers)

    @cached_property
    def reconciler(self) -> Reconciler:
        """Reads the carrier's book."""
        return Reconciler(
            self.gateway, self.spine, self.outbox, self.deliverer, self.marks, self.numbers, zones
        )

    @cached_property
    def recovery(self) -> Recovery:
        """Opens the gate after Redis was started."""
        return Recovery(self.marks, self.reconciler, self.participants, self.spine)

    def set_rates(self) -> None:
        """Let every worker know how fast each sender may send."""
        for sender in self.settings.senders:
            self.marks.set_rate(sender.id, sender.rate)


def code_version() -> str:
    """The version of the program that decides, as the journal names it."""
    try:
        return version("cairn")
    except PackageNotFoundError:
        return "0"
