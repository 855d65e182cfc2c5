"""Releases in Redis: immutable once published, numbered from 1, recalled by a mark beside them."""

from __future__ import annotations

import msgspec
import redis

from app.adapters.records.keys import Keys
from app.core.release import Release
from app.ports import RecordError

CACHE_MOST = 64


class Releases:
    """Publishes and reads releases; what was read once is kept, since it never changes."""

    def __init__(self, connection: redis.Redis, keys: Keys) -> None:
        self._redis, self._keys = connection, keys
        self._cache: dict[tuple[str, int], Release] = {}

    def publish(self, release: Release) -> Release:
        """The release under its new number, or the newest one when nothing changed since."""
        newest = self.newest(release.program)
        if newest is not None and newest.checksum == release.checksum:
            return newest
        number = int(self._redis.hincrby(self._keys.releases, f"{release.program}:last", 1))
        numbered = msgspec.structs.replace(release, number=number)
        with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.set(self._keys.release(release.program, number), msgspec.json.encode(numbered))
            pipeline.hset(self._keys.releases, release.program, str(number))
            pipeline.execute()
        return numbered

    def recall(self, program: str, number: int) -> None:
        """Call a release back: nobody starts on it, and its unsent texts are withheld."""
        self._redis.sadd(self._keys.recalled(program), number)
        if self.newest_number(program) == number:
            earlier = [n for n in range(number - 1, 0, -1) if n not in self.recalled(program)]
            if earlier:
                self._redis.hset(self._keys.releases, program, str(earlier[0]))

    def newest_number(self, program: str) -> int:
        """The number of the newest release, 0 when there is none."""
        found = self._redis.hget(self._keys.releases, program)
        return int(found) if found else 0

    def last_number(self, program: str) -> int:
        """The highest number that was ever given, 0 when there is none."""
        found = self._redis.hget(self._keys.releases, f"{program}:last")
        return int(found) if found else 0

    def newest(self, program: str) -> Release | None:
        """The newest release, or None when the program was never published."""
        number = self.newest_number(program)
        return self.get(program, number) if number else None

    def get(self, program: str, number: int) -> Release | None:
        """One release, or None; raises RecordError."""
        cached = self._cache.get((program, number))
        if cached is not None:
            return cached
        try:
            kept = self._redis.get(self._keys.release(program, number))
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        if not isinstance(kept, bytes):
            return None
        release = msgspec.json.decode(kept, type=Release)
        if len(self._cache) >= CACHE_MOST:
            self._cache.pop(next(iter(self._cache)))
        self._cache[program, number] = release
        return release

    def recalled(self, program: str) -> frozenset[int]:
        """Numbers of the releases that were called back."""
        return frozenset(int(number) for number in self._redis.smembers(self._keys.recalled(program)))

    def current(self, program: str) -> tuple[Release | None, frozenset[int]]:
        """The newest release and the recalled numbers, in one round trip; raises RecordError."""
        try:
            with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.hget(self._keys.releases, program)
                pipeline.smembers(self._keys.recalled(program))
                number, recalled = pipeline.execute()
            release = self.get(program, int(number)) if number else None
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return release, frozenset(int(n) for n in recalled)
