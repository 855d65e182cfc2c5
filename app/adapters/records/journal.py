"""The journal in Redis: read back, opened, in order."""

from __future__ import annotations

from typing import Any

import msgspec
import redis

from app.adapters.records.keys import Keys
from app.ports import RecordError, Seals

CHUNK = 500


class Row(msgspec.Struct, frozen=True):
    """One row of the journal, opened."""

    id: str  # its place in the stream
    participant: str
    seq: int
    kind: str
    at: int
    by: str
    release: int
    milliseconds: float
    data: dict[str, Any]


class Journal:
    """Reads rows; writing is part of the commit and of nothing else."""

    def __init__(self, connection: redis.Redis, keys: Keys, seals: Seals) -> None:
        self._redis, self._keys, self._seals = connection, keys, seals

    def rows(self, participant: str, after: str = "", most: int = 2000) -> list[Row]:
        """Rows of one participant after a place in the stream, oldest first; raises RecordError."""
        try:
            key = self._key(participant)
            return self._scan(participant, key, after, most) if key else []
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error

    def _key(self, participant: str) -> bytes:
        wrapped = self._redis.hget(self._keys.participant(participant), "key")
        return self._seals.unwrap(participant, wrapped) if isinstance(wrapped, bytes) else b""

    def _start(self, participant: str, after: str) -> str:
        if after:
            return f"({after}"
        since = self._redis.hget(self._keys.participant(participant), "since")
        return f"{int(since) - 1000}-0" if since else "-"

    def _scan(self, participant: str, key: bytes, after: str, most: int) -> list[Row]:
        found: list[Row] = []
        start = self._start(participant, after)
        while len(found) < most:
            chunk: Any = self._redis.xrange(self._keys.journal, min=start, max="+", count=CHUNK)
            found += [
                self._open(place, row, key) for place, row in chunk if row[b"p"].decode() == participant
            ]
            if len(chunk) < CHUNK:
                break
            start = f"({chunk[-1][0].decode()}"
        return found

    def _open(self, place: bytes, row: dict[bytes, bytes], key: bytes) -> Row:
        who, seq = row[b"p"].decode(), int(row[b"n"])
        plain = self._seals.open(key, row[b"s"], f"row/{who}/{seq}")
        return Row(
            id=place.decode(),
            participant=who,
            seq=seq,
            kind=row[b"k"].decode(),
            at=int(row[b"at"]),
            by=row[b"by"].decode(),
            release=int(row[b"rel"]),
            milliseconds=float(row[b"ms"]),
            data=msgspec.json.decode(plain),
        )
