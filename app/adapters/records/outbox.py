"""Our texts in Redis, from waiting to final."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import redis

from app.adapters.records.decoded import text as decoded
from app.adapters.records.keys import Keys
from app.adapters.records.scripts import Scripts
from app.core.effects import Send
from app.core.state import State, decode
from app.ports import RecordError, Seals, Unreadable

ANY = ""
UNCLAIMED = "waiting,claimed"
KEEP_LEASE = -1


class Leaving(msgspec.Struct):
    """A text that is about to leave, and its participant at this moment."""

    message: str
    life: str
    participant: str
    cls: str
    text: Send
    tries: int
    again: bool
    called_at: int
    looked: int
    sid: str
    reason: str  # of its end
    code: int  # the carrier's, 0 when there is none
    revision: int
    state: State
    number: str
    machine_now: int
    care_now: int


class Moved(msgspec.Struct, frozen=True):
    """What became of a move: `moved`, `kept` where it was, `second_sid`, or `gone`."""

    answer: str
    participant: str
    cls: str
    again: bool


class Outbox:
    """Claims texts, and moves them on."""

    def __init__(self, connection: redis.Redis, keys: Keys, seals: Seals, scripts: Scripts) -> None:
        self._redis, self._keys, self._seals, self._scripts = connection, keys, seals, scripts

    def claim(
        self, classes: Sequence[str], most: int, lease_ms: int, default_rate: float, older_ms: int = 0
    ) -> list[str] | None:
        """Ids of texts now leased to the caller; None while the carrier's book has to be read first."""
        args = [self._keys.prefix, lease_ms, most, default_rate, older_ms, *classes]
        found = [decoded(value) for value in self._scripts.run("claim_texts", [], args)]
        return None if found == ["closed"] else found

    def load(self, message: str) -> Leaving | None:
        """The text and its participant, or None when either is gone; raises Unreadable."""
        answer = self._scripts.run("load_text", [self._keys.text(message)], [self._keys.prefix])
        try:
            return self._opened(message, answer)
        except Exception as error:  # whatever is wrong with what is kept: it cannot be read
            raise Unreadable(decoded(answer[3])) from error

    def _opened(self, message: str, answer: list[Any]) -> Leaving | None:
        machine, offset, life, who, cls, _, sealed, tries, again, called, looked, sid = answer[:12]
        reason, code, revision, state, wrapped, number = answer[12:]
        if not (life and state and wrapped):
            return None
        participant = decoded(who)
        key = self._seals.unwrap(participant, wrapped)
        return Leaving(
            message=message,
            life=decoded(life),
            participant=participant,
            cls=decoded(cls),
            text=msgspec.json.decode(self._seals.open(key, sealed, f"text/{message}"), type=Send),
            tries=int(tries),
            again=int(again) == 1,
            called_at=int(called),
            looked=int(looked),
            sid=decoded(sid),
            reason=decoded(reason),
            code=int(code),
            revision=int(revision),
            state=decode(self._seals.open(key, state, f"state/{participant}")),
            number=self._seals.open(key, number, f"number/{participant}").decode(),
            machine_now=int(machine),
            care_now=int(machine) + int(offset),
        )

    def calling(self, text: Leaving, lease_ms: int) -> str:
        """`ok` when the carrier may be called now; `changed` or `lost` when it may not."""
        keys = [self._keys.text(text.message), self._keys.participant(text.participant)]
        args = [self._keys.prefix, text.message, text.participant, text.revision, lease_ms]
        return decoded(self._scripts.run("calling", keys, args))

    def settle(
        self,
        message: str,
        life: str,
        sid: str = "",
        only_from: str = ANY,
        follow_ms: int = 0,
        reason: str = "",
        code: int = 0,
    ) -> Moved:
        """Move a text to a later life; `follow_ms` is how long its participant's record may take to follow."""
        return self._settle(message, life, sid, 0, only_from, follow_ms, 0, reason, code)

    def put_back(self, message: str, wait_ms: int, only_from: str) -> Moved:
        """Let a text that surely did not leave wait again."""
        return self._settle(message, "waiting", "", wait_ms, only_from, 0, once_more=0)

    def once_more(self, message: str) -> Moved:
        """Let a text wait again although it may have left; it is counted as maybe twice."""
        return self._settle(message, "waiting", "", 0, "calling", 0, once_more=1)

    def give_up(self, message: str, most: int) -> int:
        """Count one more time that a text could not be opened; at `most` its life ends, and a person is paged."""
        return int(
            self._scripts.run("give_up", [self._keys.text(message)], [self._keys.prefix, message, most])
        )

    def page_for_waiting_risk(self, older_ms: int) -> int:
        """Page a person for each answer to danger that has waited for so long, once; how many were new."""
        return int(self._scripts.run("page_waiting", [], [self._keys.prefix, older_ms]))

    def followed(self, message: str) -> None:
        """The participant's record has followed: nothing is left to do for this text."""
        self._redis.zrem(self._keys.leases, message)

    def lease(self, message: str, lease_ms: int) -> None:
        """Come back to a text after so many milliseconds."""
        self._redis.zadd(self._keys.leases, {message: self._machine_now() + lease_ms})

    def look_again(self, message: str, lease_ms: int) -> int:
        """Count one look at the carrier's book, and come back later; returns how many looks there were."""
        self.lease(message, lease_ms)
        return int(self._redis.hincrby(self._keys.text(message), "looked", 1))

    def expired(self, lease_ms: int, most: int = 100) -> list[tuple[str, str]]:
        """Texts whose lease ended, with their life, leased anew to the caller."""
        found = self._scripts.run("expired", [], [self._keys.prefix, lease_ms, most])
        return [(decoded(a), decoded(b)) for a, b in zip(found[::2], found[1::2], strict=True)]

    def waiting(self, classes: Sequence[str]) -> int:
        """How many texts of these classes wait."""
        return sum(int(self._redis.zcard(self._keys.outbox(cls))) for cls in classes)

    def by_sid(self, sid: str) -> str:
        """Our id of a text behind the carrier's, or empty."""
        try:
            found = self._redis.get(self._keys.by_sid(sid))
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return decoded(found) if isinstance(found, bytes | str) else ""

    def unsettled(self, classes: Sequence[str]) -> list[str]:
        """Every text that is waiting, claimed or in a call."""
        waiting = [text for cls in classes for text in self._redis.zrange(self._keys.outbox(cls), 0, -1)]
        leased = self._redis.zrange(self._keys.leases, 0, -1)
        return list(dict.fromkeys(decoded(text) for text in [*leased, *waiting]))

    def _machine_now(self) -> int:
        seconds, micros = self._redis.time()
        return int(seconds) * 1000 + int(micros) // 1000

    def _settle(
        self,
        message: str,
        life: str,
        sid: str,
        wait_ms: int,
        only_from: str,
        follow_ms: int,
        once_more: int,
        reason: str = "",
        code: int = 0,
    ) -> Moved:
        args = [self._keys.prefix, message, life, sid, wait_ms, only_from, follow_ms, once_more, reason, code]
        answer, who, cls, again = self._scripts.run("settle", [self._keys.text(message)], args)
        return Moved(decoded(answer), decoded(who), decoded(cls), int(again) == 1)
