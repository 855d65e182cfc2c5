"""Small facts of the deployment in Redis: how far a book was read, who is alive, what stands still."""

from __future__ import annotations

import re

import redis

from app.adapters.records.decoded import text as decoded
from app.adapters.records.keys import Keys
from app.ports import RecordError


class Marks:
    """Reads and writes marks, heartbeats, the care clock, the gate and outgoing holds."""

    def __init__(self, connection: redis.Redis, keys: Keys) -> None:
        self._redis, self._keys = connection, keys

    def machine_now(self) -> int:
        """Redis time in milliseconds; raises RecordError."""
        try:
            seconds, micros = self._redis.time()
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return int(seconds) * 1000 + int(micros) // 1000

    def care_offset(self) -> int:
        """Milliseconds by which care time is ahead of machine time."""
        return int(self._redis.get(self._keys.care_offset) or 0)

    def care_now(self) -> int:
        """Care time in milliseconds."""
        return self.machine_now() + self.care_offset()

    def move_care(self, forward_ms: int) -> int:
        """Move care time forward; returns the new offset. Raises ValueError for a way back."""
        if forward_ms < 0:
            raise ValueError("care time only moves forward")
        return int(self._redis.incrby(self._keys.care_offset, forward_ms))

    def get(self, name: str, default: int) -> int:
        """A mark, or the default."""
        found = self._redis.hget(self._keys.marks, name)
        return int(found) if found else default

    def set(self, name: str, value: int) -> None:
        """Set a mark."""
        self._redis.hset(self._keys.marks, name, str(value))

    def beat(self, who: str) -> None:
        """Say that a process is alive."""
        self._redis.hset(self._keys.heartbeats, who, str(self.machine_now()))

    def beats(self) -> dict[str, int]:
        """When each process was last alive, in machine milliseconds."""
        found = self._redis.hgetall(self._keys.heartbeats)
        return {decoded(name): int(at) for name, at in found.items()}

    def run_id(self) -> str:
        """What names this start of Redis; empty where the server does not say."""
        try:
            info = self._redis.execute_command("INFO", "server")  # type: ignore[no-untyped-call]
        except redis.ResponseError:
            return ""
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        if isinstance(info, dict):
            return str(info.get("run_id", ""))
        text = info.decode() if isinstance(info, bytes) else str(info)
        found = re.search(r"run_id:(\w+)", text)
        return found.group(1) if found else ""

    def gate(self) -> str:
        """The start of Redis for which the carrier's book has been read."""
        found = self._redis.get(self._keys.gate)
        return found.decode() if isinstance(found, bytes) else ""

    def open_gate(self, run_id: str) -> None:
        """Let texts leave again."""
        self._redis.set(self._keys.gate, run_id)

    def hold(self, scope: str) -> None:
        """Let all outgoing texts of a scope stand still: `all`, or `sender:ID`."""
        self._redis.sadd(self._keys.holding, scope)

    def release(self, scope: str) -> None:
        """Let them leave again."""
        self._redis.srem(self._keys.holding, scope)

    def holding(self) -> list[str]:
        """The scopes that stand still."""
        return sorted(decoded(scope) for scope in self._redis.smembers(self._keys.holding))

    def set_rate(self, sender: str, segments_a_second: float) -> None:
        """How many segments a second may leave from a sender; 0 is no limit."""
        self._redis.hset(self._keys.rates, sender, str(segments_a_second))

    def counts(self) -> dict[str, int]:
        """How many texts came to each end of their life, and what was counted beside."""
        found = self._redis.hgetall(self._keys.counts)
        return {decoded(name): int(count) for name, count in found.items()}

    def parked(self) -> dict[str, str]:
        """Participants who were taken out of what is due, with the fault."""
        found = self._redis.hgetall(self._keys.parked)
        return {decoded(name): decoded(why) for name, why in found.items()}
