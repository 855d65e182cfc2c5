"""The Lua scripts: each runs in one step in Redis, and may be run twice without harm."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Any

import redis
from redis.exceptions import NoScriptError

from app.ports import RecordError

NAMES = (
    "load",
    "commit",
    "claim_wakes",
    "claim_texts",
    "load_text",
    "calling",
    "settle",
    "expired",
    "settle_wake",
    "park",
    "give_up",
    "page_waiting",
)


class Scripts:
    """Runs a script by name, by its hash."""

    def __init__(self, connection: redis.Redis) -> None:
        folder = resources.files(__package__) / "scripts"
        self._source = {name: (folder / f"{name}.lua").read_text() for name in NAMES}
        self._hash: dict[str, str] = {}
        self._connection = connection

    def run(self, name: str, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """What the script returns; raises RecordError when Redis is away or full."""
        try:
            return self._run(name, keys, args)
        except redis.RedisError as error:
            raise RecordError(f"Redis: {type(error).__name__}") from error

    def run_many(self, name: str, calls: Sequence[tuple[Sequence[str], Sequence[Any]]]) -> list[Any]:
        """What the script returns for each call, in one round trip; raises RecordError."""
        if not calls:
            return []
        try:
            self._ensure(name)
            with self._connection.pipeline(transaction=False) as pipeline:
                for keys, args in calls:
                    pipeline.evalsha(self._hash[name], len(keys), *keys, *args)
                return pipeline.execute()
        except NoScriptError:
            self._hash.pop(name)
            return self.run_many(name, calls)
        except redis.RedisError as error:
            raise RecordError(f"Redis: {type(error).__name__}") from error

    def _run(self, name: str, keys: Sequence[str], args: Sequence[Any]) -> Any:
        self._ensure(name)
        try:
            return self._connection.evalsha(self._hash[name], len(keys), *keys, *args)
        except NoScriptError:
            self._hash.pop(name)
            self._ensure(name)
            return self._connection.evalsha(self._hash[name], len(keys), *keys, *args)

    def _ensure(self, name: str) -> None:
        if name not in self._hash:
            self._hash[name] = str(self._connection.script_load(self._source[name]))
