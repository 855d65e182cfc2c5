"""Participants in Redis: load what a decision needs, commit what it decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import redis

from app.adapters.records.decoded import text as decoded
from app.adapters.records.keys import Keys
from app.adapters.records.scripts import Scripts
from app.core.effects import Alert, Effect, Record, Send
from app.core.state import State, decode, encode
from app.ports import RecordError, Seals, Unreadable

SEEN_SECONDS = 30 * 86_400
ROW_SCHEMA = "1"


class Loaded(msgspec.Struct):
    """One participant as read, with the time of that moment."""

    id: str
    revision: int
    state: State | None
    key: bytes  # empty when there is no key yet
    number: str
    machine_now: int
    care_now: int
    seen: bool
    unsent: tuple[str, ...]


class Committed(msgspec.Struct):
    """What one decision wants written."""

    loaded: Loaded
    signal: str
    state: State
    effects: Sequence[Effect]
    code: str  # the version of the program that decided
    milliseconds: float  # how long deciding took
    number: str = ""  # of a newcomer


class Participants:
    """Loads and commits participants; everything personal is sealed on the way."""

    def __init__(self, connection: redis.Redis, keys: Keys, seals: Seals, scripts: Scripts) -> None:
        self._redis, self._keys, self._seals, self._scripts = connection, keys, seals, scripts

    def load(self, participant: str, signal: str = "") -> Loaded:
        """The participant; `state` is None when nothing is kept under the id. Raises Unreadable."""
        return self._loaded(
            self._scripts.run("load", [self._keys.participant(participant)], self._args(signal))
        )

    def load_many(self, wanted: Sequence[tuple[str, str]]) -> list[Loaded | None]:
        """Participants by (id, signal), in one round trip; None for one that cannot be opened."""
        calls = [([self._keys.participant(who)], self._args(signal)) for who, signal in wanted]
        return [self._loaded_or_none(answer) for answer in self._scripts.run_many("load", calls)]

    def load_by_number(self, number: str, signal: str, new_id: Callable[[], str]) -> Loaded:
        """The participant behind a number; a number nobody has gets the id that `new_id` gives."""
        digests = self._seals.addresses(number)
        for digest in digests:
            answer = self._scripts.run("load", [self._keys.address(digest)], self._args(signal, "address"))
            if answer[2] or int(answer[3]):  # seen: they were somebody else then, and are nobody now
                return self._loaded(answer)
        return self.load(self._take_address(digests[0], new_id()), signal)

    def find(self, number: str) -> str:
        """The id of the participant behind a number, empty when nobody has it; raises RecordError."""
        try:
            found = self._redis.mget([self._keys.address(digest) for digest in self._seals.addresses(number)])
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return next((decoded(who) for who in found if who), "")

    def commit(self, decision: Committed) -> str:
        """`done`, `seen` or `changed`; raises RecordError."""
        keys, args = self._commit_call(decision)
        return decoded(self._scripts.run("commit", keys, args))

    def commit_many(self, decisions: Sequence[Committed]) -> list[str]:
        """The same for many, in one round trip."""
        calls = [self._commit_call(decision) for decision in decisions]
        return [decoded(answer) for answer in self._scripts.run_many("commit", calls)]

    def forget_address(self, number: str) -> None:
        """Free a number: whoever texts from it next is somebody new."""
        try:
            self._redis.delete(*[self._keys.address(digest) for digest in self._seals.addresses(number)])
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error

    def note_fault(self, participant: str, why: str, most: int) -> int:
        """Count one more failed decision in a row; at `most` they are taken out of what is due, visibly.

        Their texts are still answered, and the first commit takes them back in.
        """
        args = [self._keys.prefix, participant, most, why]
        return int(self._scripts.run("park", self._wake_keys(participant), args))

    def settle_wake(self, loaded: Loaded, due: int) -> None:
        """The state is the truth: make the index say what the state says after a wake-up it did not know."""
        args = [loaded.id, loaded.revision, due or ""]
        self._scripts.run("settle_wake", self._wake_keys(loaded.id), args)

    def unpark(self, participant: str) -> bool:
        """Put a parked participant back among what is due; whether they were parked.

        Raises RecordError, and Unreadable while the record still cannot be opened: then they stay parked.
        """
        loaded = self.load(participant)
        try:
            if not self._redis.hdel(self._keys.parked, participant):
                return False
            self._redis.hdel(self._keys.participant(participant), "faults")
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        self.settle_wake(loaded, loaded.state.wake if loaded.state else 0)
        return True

    def page(self, participant: str, kind: str, detail: str) -> None:
        """Page a person about a participant who cannot be decided about; raises RecordError."""
        try:
            seconds, micros = self._redis.time()
            at = int(seconds) * 1000 + int(micros) // 1000
            fields: dict[Any, Any] = {"p": participant, "kind": kind, "severity": "page", "detail": detail}
            self._redis.xadd(self._keys.alerts, fields | {"at": at}, maxlen=10_000, approximate=True)
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error

    def claim_wakes(self, shard: int, care_now: int, lease_ms: int, most: int) -> list[tuple[str, int]]:
        """Participants of a shard whose time came, with the time, leased to the caller."""
        keys = [self._keys.wake(shard), self._keys.wake_leases(shard)]
        found = self._scripts.run("claim_wakes", keys, [care_now, lease_ms, most])
        pairs = zip(found[::2], found[1::2], strict=True)
        return [(decoded(who), int(float(due))) for who, due in pairs]

    def _take_address(self, digest: str, participant: str) -> str:
        try:
            taken = self._redis.set(self._keys.address(digest), participant, nx=True, get=True)
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return decoded(taken) if isinstance(taken, bytes | str) else participant

    def _args(self, signal: str, by: str = "participant") -> list[Any]:
        return [self._keys.prefix, signal, by]

    def _wake_keys(self, participant: str) -> list[str]:
        shard = self._keys.shard(participant)
        keys = self._keys
        return [keys.participant(participant), keys.wake(shard), keys.wake_leases(shard)]

    def _loaded_or_none(self, answer: list[Any]) -> Loaded | None:
        try:
            return self._loaded(answer)
        except Unreadable:
            return None

    def _loaded(self, answer: list[Any]) -> Loaded:
        try:
            return self._opened(answer)
        except Exception as error:  # whatever is wrong with what is kept: it cannot be read
            raise Unreadable(decoded(answer[2])) from error

    def _opened(self, answer: list[Any]) -> Loaded:
        machine, offset, who, seen, revision, sealed, wrapped, number, unsent = answer
        participant = decoded(who)
        key = self._seals.unwrap(participant, wrapped) if wrapped else b""
        state = decode(self._seals.open(key, sealed, f"state/{participant}")) if sealed else None
        return Loaded(
            id=participant,
            revision=int(revision),
            state=state,
            key=key,
            number=self._seals.open(key, number, f"number/{participant}").decode() if number else "",
            machine_now=int(machine),
            care_now=int(machine) + int(offset),
            seen=bool(int(seen)),
            unsent=tuple(decoded(text) for text in unsent),
        )

    def _commit_call(self, decision: Committed) -> tuple[list[str], list[Any]]:
        loaded, state = decision.loaded, decision.state
        key, wrapped, number = self._key_for(decision)
        rows = [effect for effect in decision.effects if isinstance(effect, Record)]
        texts = [effect for effect in decision.effects if isinstance(effect, Send)]
        alerts = [effect for effect in decision.effects if isinstance(effect, Alert)]
        args: list[Any] = [
            self._keys.prefix,
            loaded.id,
            decision.signal,
            loaded.revision,
            self._seals.seal(key, encode(state), f"state/{loaded.id}"),
            state.wake or "",
            SEEN_SECONDS,
            len(rows),
        ]
        for row in rows:
            fields = self._row(decision, row, key)
            args += [len(fields), *fields]
        args.append(len(texts))
        for text in texts:
            sealed = self._seals.seal(key, msgspec.json.encode(text), f"text/{text.message}")
            args += [text.message, text.cls, text.sender, text.segments, sealed]
        args.append(len(alerts))
        for alert in alerts:
            args += [alert.kind, alert.severity, alert.detail]
        args += [wrapped, number]
        return [*self._wake_keys(loaded.id), self._keys.journal], args

    def _key_for(self, decision: Committed) -> tuple[bytes, bytes, bytes]:
        loaded = decision.loaded
        if loaded.key:
            return loaded.key, b"", b""
        key, wrapped = self._seals.new_key(loaded.id)
        return key, wrapped, self._seals.seal(key, decision.number.encode(), f"number/{loaded.id}")

    def _row(self, decision: Committed, row: Record, key: bytes) -> list[Any]:
        who = decision.loaded.id
        sealed = self._seals.seal(key, msgspec.json.encode(row.data), f"row/{who}/{row.seq}")
        head = {
            "v": ROW_SCHEMA,
            "p": who,
            "n": row.seq,
            "k": row.kind,
            "at": decision.state.last_now,
            "by": decision.signal,
            "rel": decision.state.release,
            "code": decision.code,
            "ms": f"{decision.milliseconds:.1f}",
            "s": sealed,
        }
        return [part for pair in head.items() for part in pair]
