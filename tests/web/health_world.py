"""A deployment in which everything runs, and what /health says of it."""

from __future__ import annotations

from typing import Any

import redis
from flask import Flask
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from app.settings import Settings
from app.settings_kinds import Sender
from app.web.health import health_blueprint
from app.wiring import Parts
from tests.small_program import small_release

NUMBER = "+15550100100"


def settings(**changes: Any) -> Settings:
    """Settings with which nothing is wrong."""
    program = small_release().program
    usual: dict[str, Any] = {
        "senders": (Sender(id="s_1", number=NUMBER, program=program),),
        "keys": (b"k" * 32,),
        "study_key": b"s" * 32,
        "on_call": "the night nurse",
    }
    return Settings(**{**usual, **changes})


class Deployment:
    """A deployment in which everything runs."""

    def __init__(self, connection: redis.Redis, **changes: Any) -> None:
        self.parts = Parts(settings(**changes), connection=connection)
        self.parts.releases.publish(small_release())
        self.parts.marks.open_gate(self.parts.marks.run_id())
        self.parts.marks.beat("clock")
        self.workers = {name: self._worker(name) for name in ("replies", "scheduled")}

    def _worker(self, name: str) -> SimpleWorker:
        queue = Queue(name, connection=self.parts.connection, serializer=JSONSerializer)
        worker = SimpleWorker([queue], name=name, connection=self.parts.connection, serializer=JSONSerializer)
        worker.register_birth()
        return worker

    def health(self) -> tuple[int, dict[str, Any], dict[str, str]]:
        """The HTTP status, the whole answer, and the words by their code."""
        app = Flask("health")
        app.register_blueprint(health_blueprint(self.parts))
        answer = app.test_client().get("/health")
        assert answer.json is not None
        words = {one["code"]: one["words"] for one in answer.json["problems"]}
        return answer.status_code, answer.json, words

    def silent(self, seconds: int) -> int:
        """An instant so many seconds ago."""
        return self.parts.marks.machine_now() - seconds * 1000

    def text(self, cls: str, seconds: int) -> None:
        """A text of a class that has waited so long."""
        self.parts.connection.zadd(self.parts.keys.outbox(cls), {"m_1": self.silent(seconds)})

    def alert(self, kind: str, severity: str, hours: int = 0) -> None:
        """An alert that was raised so long ago."""
        at = self.silent(hours * 3600)
        fields = {"p": "p_1", "kind": kind, "severity": severity, "detail": "", "at": at}
        self.parts.connection.xadd(self.parts.keys.alerts, fields)
