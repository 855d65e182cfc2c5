"""A worker process: RQ's simple worker on exactly one queue, which is the only arrangement that loses no job."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys

from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from app.adapters.bells import QUEUES
from app.settings import Settings
from app.wiring import BLOCKING_TIMEOUT, connect
from workers import jobs

WORKER_TTL = 25  # seconds until a silent worker counts as dead
MAINTENANCE = 20  # seconds between two looks for jobs that dead workers left


def serve(settings: Settings, queue: str, name: str) -> int:
    """Work until told to stop."""
    here = jobs.parts()
    here.set_rates()
    _warm_up(here)
    connection = connect(settings.redis_url, BLOCKING_TIMEOUT)
    worker = SimpleWorker(
        [Queue(queue, connection=connection, serializer=JSONSerializer)],
        name=f"{name or queue}-{os.getpid()}-{secrets.token_hex(2)}",
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE,
        default_result_ttl=0,
    )
    worker.work(logging_level="WARNING", with_scheduler=False)
    return 0


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
