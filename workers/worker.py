"""A worker process: RQ's simple worker on exactly one queue, which is the only arrangement that loses no job."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import subprocess
import sys
import time
from types import FrameType

import redis
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from app.adapters.bells import QUEUES
from app.ports import RecordError
from app.settings import Settings
from app.wiring import BLOCKING_TIMEOUT, connect
from workers import jobs

log = logging.getLogger("cairn.worker")

TRY_AGAIN = 1.0  # seconds between two looks for a Redis that is away
WORKER_TTL = 25  # seconds until a silent worker counts as dead
MAINTENANCE = 20  # seconds between two looks for jobs that dead workers left


class PatientWorker(SimpleWorker):  # type: ignore[misc]
    """RQ's simple worker: looks for a lost Redis every two seconds, and knows that it was told to stop."""

    max_connection_wait_time = 2.0
    told_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the job at hand."""
        self.told_to_stop = True
        super().request_stop(signum, frame)


def serve(settings: Settings, queue: str, name: str) -> int:
    """Work until told to stop; Redis may come and go meanwhile."""
    here = jobs.parts()
    _warm_up(here)
    while True:
        try:
            here.set_rates()
            worker = _worker(settings, queue, name)
            worker.work(logging_level="WARNING", with_scheduler=False)
            if worker.told_to_stop:
                return 0
        except StopRequested:
            return 0
        except (redis.RedisError, RecordError) as error:
            log.warning("Redis is away (%s); trying again", type(error).__name__)
        try:
            time.sleep(TRY_AGAIN)
        except StopRequested:  # the signal handler of the worker that has just ended
            return 0


def _worker(settings: Settings, queue: str, name: str) -> PatientWorker:
    connection = connect(settings.redis_url, BLOCKING_TIMEOUT)
    return PatientWorker(
        [Queue(queue, connection=connection, serializer=JSONSerializer)],
        name=f"{name or queue}-{os.getpid()}-{secrets.token_hex(2)}",
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE,
        default_result_ttl=0,
    )


def serve_all() -> int:
    """One process for each queue, ended together."""
    cairn = [sys.executable, "-m", "app.cli", "worker", "--queue"]
    children = [subprocess.Popen([*cairn, queue]) for queue in QUEUES]  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        os.wait()  # one that ends, ends them all: what runs us starts us again
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()
    return 1


def _warm_up(here: object) -> None:
    """Import and compile before the first text waits."""
    for part in ("reader", "deliverer"):
        getattr(here, part)
