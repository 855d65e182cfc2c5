"""What an operator watches in Redis: how long texts wait, and what alerted a person."""

from __future__ import annotations

from typing import Any

import msgspec
import redis

from app.adapters.records.keys import Keys
from app.ports import RecordError


class Waiting(msgspec.Struct, frozen=True):
    """Texts of one class that could leave now, and since when the oldest could (machine ms, 0 for none)."""

    count: int
    since: int


class Alerted(msgspec.Struct, frozen=True):
    """One alert: who, what, how bad, and when (machine ms)."""

    participant: str
    kind: str
    severity: str
    at: int


class Watching:
    """Reads, and changes nothing."""

    def __init__(self, connection: redis.Redis, keys: Keys) -> None:
        self._redis, self._keys = connection, keys

    def waiting(self, cls: str, now: int) -> Waiting:
        """What waits in a class of texts; raises RecordError."""
        key = self._keys.outbox(cls)
        try:
            oldest = self._redis.zrange(key, 0, 0, withscores=True)
            count = int(self._redis.zcount(key, "-inf", now))
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return Waiting(count, int(oldest[0][1]) if oldest and count else 0)

    def alerts(self, most: int) -> list[Alerted]:
        """The latest alerts, newest first; raises RecordError."""
        try:
            found: list[Any] = self._redis.xrevrange(self._keys.alerts, count=most) or []
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return [_alerted(fields) for _, fields in found]

    def some_participant(self) -> str:
        """The id of anybody who is kept, or empty; raises RecordError."""
        prefix = self._keys.participant("")
        try:
            found = next(self._redis.scan_iter(match=f"{prefix}*", count=1000), None)
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return found.decode().removeprefix(prefix) if found else ""


def _alerted(fields: dict[bytes, bytes]) -> Alerted:
    return Alerted(
        participant=fields[b"p"].decode(),
        kind=fields[b"kind"].decode(),
        severity=fields[b"severity"].decode(),
        at=int(fields[b"at"]),
    )
