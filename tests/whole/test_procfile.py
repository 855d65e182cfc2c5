"""The three processes of the Procfile, as a host runs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from app.adapters.bells import QUEUES, Bells
from app.adapters.queue_workers import live_workers
from app.sandbox.redis_server import RedisServer
from tests.whole.conftest import ROOT, until

pytestmark = pytest.mark.whole


def test_one_worker_line_serves_every_queue_and_ends_whole(tmp_path: Path):
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert lines == {"web": "cairn web", "worker": "cairn worker", "clock": "cairn clock"}
    with RedisServer(tmp_path) as server:
        environ = {**os.environ, "REDIS_URL": server.url, "CAIRN_DATA": str(tmp_path), **keys()}
        worker = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], env=environ, cwd=ROOT)
        until(lambda: counts(server.url) == dict.fromkeys(QUEUES, 1))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
        assert until(lambda: counts(server.url) == dict.fromkeys(QUEUES, 0))


def test_a_worker_outlives_a_redis_that_dies_and_serves_the_next_one(tmp_path: Path):
    with RedisServer(tmp_path) as server:
        environ = {**os.environ, "REDIS_URL": server.url, "CAIRN_DATA": str(tmp_path), **keys()}
        command = [sys.executable, "-m", "app.cli", "worker", "--queue", "replies"]
        worker = subprocess.Popen(command, env=environ, cwd=ROOT, stderr=subprocess.DEVNULL)
        until(lambda: counts(server.url)["replies"] == 1)
        os.kill(server.pid, signal.SIGKILL)
        server.start()
        assert worker.poll() is None
        until(lambda: counts(server.url)["replies"] == 1)
        Bells(redis.Redis.from_url(server.url), "cairn:").ring("replies")
        until(lambda: redis.Redis.from_url(server.url).exists("cairn:bell:replies") == 0)
        assert worker.poll() is None
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0


def keys() -> dict[str, str]:
    key = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    return {
        "CAIRN_KEYS": key,
        "CAIRN_STUDY_KEY": key,
        "CAIRN_SENDERS": "+13125550100=counting",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token",
    }


def counts(url: str) -> dict[str, int]:
    with redis.Redis.from_url(url) as connection:
        return live_workers(connection, QUEUES, round(time.time() * 1000))
