"""How the Redis server itself is set and how it fares."""

from __future__ import annotations

from typing import Any

import msgspec
import redis

from app.ports import RecordError


class ServerFacts(msgspec.Struct, frozen=True):
    """What the server says of itself; empty or None where it does not say."""

    version: str = ""
    appends: bool | None = None  # whether every write goes to a file
    fsync: str = ""
    writes: bool = True  # whether the last write to the file went well
    policy: str = ""
    used: int = 0  # bytes
    most: int = 0  # bytes, 0 without a limit


def server_facts(connection: redis.Redis) -> ServerFacts:
    """The facts; a server that may not be asked leaves them empty. Raises RecordError when Redis is away."""
    try:
        found = {**_asked(connection, "server"), **_asked(connection, "persistence")}
        found |= _asked(connection, "memory")
        return ServerFacts(
            version=str(found.get("redis_version", "")),
            appends=bool(int(found["aof_enabled"])) if "aof_enabled" in found else None,
            fsync=_fsync(connection),
            writes=found.get("aof_last_write_status", "ok") == "ok",
            policy=str(found.get("maxmemory_policy", "")),
            used=int(found.get("used_memory", 0)),
            most=int(found.get("maxmemory", 0)),
        )
    except redis.RedisError as error:
        raise RecordError(type(error).__name__) from error


def _asked(connection: redis.Redis, section: str) -> dict[str, Any]:
    try:
        return dict(connection.info(section))
    except redis.ResponseError:
        return {}


def _fsync(connection: redis.Redis) -> str:
    """A hosted server may not let us ask."""
    try:
        return str(connection.config_get("appendfsync").get("appendfsync", ""))
    except redis.ResponseError:
        return ""
