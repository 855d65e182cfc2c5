"""The private Redis keeps what it acknowledged, whichever server runs it and however it ends."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from app.sandbox.ports import holder, is_free, next_free
from app.sandbox.processes import ChildFailed
from app.sandbox.redis_server import RedisServer, answers, find_server, wheel_server
from app.sandbox.sessions import members

ON_PATH = find_server()
IN_WHEEL = wheel_server() or ON_PATH


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as server:
        yield server


def write(server: RedisServer, name: str) -> None:
    with redis.Redis.from_url(server.url) as client:
        client.set(name, "kept")


def read(server: RedisServer, name: str) -> bytes | None:
    with redis.Redis.from_url(server.url) as client:
        value = client.get(name)
    assert value is None or isinstance(value, bytes)
    return value


def test_it_is_set_to_lose_nothing(server: RedisServer) -> None:
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        found = client.config_get("*")
    assert isinstance(found, dict)
    wanted = {
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "save": "",
        "hash-max-listpack-value": "256",
        "bind": "127.0.0.1",
    }
    assert {name: found[name] for name in wanted} == wanted


def test_what_was_written_is_there_after_a_stop(server: RedisServer) -> None:
    write(server, "turn")
    server.stop()
    assert not answers(server.url)
    server.start()
    assert read(server, "turn") == b"kept"


def test_what_was_written_is_there_after_a_kill(server: RedisServer) -> None:
    write(server, "turn")
    os.kill(server.pid, signal.SIGKILL)
    server.start()
    assert read(server, "turn") == b"kept"


@pytest.mark.parametrize(("first", "second"), [(ON_PATH, IN_WHEEL), (IN_WHEEL, ON_PATH)])
def test_the_other_server_reads_what_one_wrote(first: Path, second: Path, tmp_path: Path) -> None:
    with RedisServer(tmp_path, first) as server:
        write(server, "turn")
        with redis.Redis.from_url(server.url) as client:
            client.bgrewriteaof()
    with RedisServer(tmp_path, second) as server:
        assert read(server, "turn") == b"kept"


def test_a_server_that_a_killed_start_left_is_stopped_before_another_opens_its_files(
    server: RedisServer, tmp_path: Path
) -> None:
    write(server, "turn")
    with RedisServer(tmp_path) as second:
        assert members([server.pid]) == []
        assert read(second, "turn") == b"kept"


def test_two_folders_have_two_servers(server: RedisServer, tmp_path: Path) -> None:
    write(server, "turn")
    with RedisServer(tmp_path / "other folder") as other:
        assert other.port != server.port
        assert read(other, "turn") is None


def test_nothing_stays_behind_after_a_stop(tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        pid = server.pid
        assert not is_free(server.port)
    assert members([pid]) == []
    assert is_free(server.port)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_who_holds_a_port_is_named(server: RedisServer) -> None:
    assert holder(server.port).startswith(f"pid {server.pid}, ")
    assert holder(next_free(server.port)) == ""


def test_files_that_it_cannot_read_are_one_line(tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        write(server, "turn")
    for file in (tmp_path / "redis" / "appendonlydir").glob("*.aof"):
        file.write_bytes(b"not a command at all\r\n" * 3)
    with pytest.raises(ChildFailed, match=r"^redis died at once \(.*redis\.log\): .*[^.]\.$") as caught:
        RedisServer(tmp_path).start()
    assert "\n" not in str(caught.value)


def a_redis_server_of(version: str, folder: Path) -> str:
    script = folder / "redis-server"
    script.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=00000000:0'\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(folder)


@pytest.mark.skipif(wheel_server() is None, reason="no wheel for this kind of computer")
@pytest.mark.parametrize(("version", "taken"), [("5.0.7", False), ("6.2.14", False), ("7.0.15", True)])
def test_a_server_on_the_path_is_taken_unless_it_is_too_old(
    version: str, taken: bool, tmp_path: Path
) -> None:
    path = a_redis_server_of(version, tmp_path)
    assert (find_server(path).parent == tmp_path) is taken


def test_nobody_answers_where_nobody_listens() -> None:
    assert not answers(f"redis://127.0.0.1:{next_free(17000)}/0")


def test_the_next_free_port_steps_over_one_that_is_taken(server: RedisServer) -> None:
    assert next_free(server.port) > server.port
