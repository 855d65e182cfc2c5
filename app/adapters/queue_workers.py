"""Which workers RQ's registry holds, and whether they are alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import redis
from rq import Queue, Worker
from rq.serializers import JSONSerializer

SILENT_SECONDS = 30  # a worker without work says so every ten seconds


def live_workers(connection: redis.Redis, queues: Sequence[str], now: int) -> dict[str, int]:
    """How many workers of each queue are alive at `now` (UTC milliseconds); raises redis.RedisError."""
    return {name: sum(_is_alive(worker, now) for worker in _workers(connection, name)) for name in queues}


def _workers(connection: redis.Redis, name: str) -> list[Worker]:
    queue = Queue(name, connection=connection, serializer=JSONSerializer)
    return list(Worker.all(queue=queue, serializer=JSONSerializer))


def _is_alive(worker: Worker, now: int) -> bool:
    """One in the middle of a job is silent until it ends; its key in Redis ends with it."""
    if str(worker.get_state()) == "busy":
        return True
    seen = worker.last_heartbeat
    return seen is not None and now / 1000 - _instant(seen) < SILENT_SECONDS


def _instant(moment: datetime) -> float:
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
