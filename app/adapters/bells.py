"""Calls a worker through RQ; a bell that is lost costs one tick of the clock."""

from __future__ import annotations

from collections.abc import Sequence

import redis
from rq import Queue, Retry
from rq.serializers import JSONSerializer

REPLIES, SCHEDULED = "replies", "scheduled"
QUEUES = (REPLIES, SCHEDULED)
CLASSES = {REPLIES: ("risk", "confirmation", "reply"), SCHEDULED: ("scheduled",)}
BELL_MS = 1_500  # a bell that nobody answered may be rung again after this
JOB_SECONDS = 60
FAILED_SECONDS = 7 * 86_400


class Bells:
    """Rings for texts that wait, and hands out batches of participants to wake."""

    def __init__(self, connection: redis.Redis, prefix: str) -> None:
        self._redis, self._prefix = connection, prefix
        self._queues = {
            name: Queue(name, connection=connection, serializer=JSONSerializer, default_timeout=JOB_SECONDS)
            for name in QUEUES
        }

    def ring_for(self, classes: set[str]) -> None:
        """Call the workers of these classes of texts. Never raises: the clock looks anyway."""
        for name, served in CLASSES.items():
            if classes & set(served):
                self.ring(name)

    def ring(self, queue: str) -> None:
        """Call the worker of a queue, unless it has been called and did not come yet. Never raises."""
        try:
            if self._redis.set(self._bell(queue), "1", nx=True, px=BELL_MS):
                self._enqueue(queue, "workers.jobs.deliver", [queue], f"deliver {queue}")
        except redis.RedisError:
            return

    def answer(self, queue: str) -> None:
        """Take the bell away: to be done before anything is claimed, so that a later ring is heard."""
        self._redis.delete(self._bell(queue))

    def wake(self, batch: Sequence[tuple[str, int]]) -> None:
        """Hand a batch of (participant, due) to the worker of scheduled work; raises redis.RedisError."""
        pairs = [[who, due] for who, due in batch]
        self._enqueue(SCHEDULED, "workers.jobs.wake", [pairs], f"wake {len(pairs)}")

    def waiting(self, queue: str) -> int:
        """How many jobs wait in a queue."""
        return int(self._queues[queue].count)

    def _enqueue(self, queue: str, job: str, args: list[object], description: str) -> None:
        self._queues[queue].enqueue_call(
            job,
            args=args,
            result_ttl=0,
            failure_ttl=FAILED_SECONDS,
            timeout=JOB_SECONDS,
            retry=Retry(max=3),
            description=description,
        )

    def _bell(self, queue: str) -> str:
        return f"{self._prefix}bell:{queue}"
