"""The ways in which the carrier can be told to misbehave."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal[
    "timeout",  # a create call is stored and never answered
    "reset_before",  # the connection closes before anything is stored
    "reset_after",  # stored, then the connection closes without an answer
    "server_error",  # 500, or 503 when `code` says so
    "too_many",  # 429
    "refuse",  # 400 with `code`
    "fail",  # accepted, then ends undelivered (or failed, by `status`) with `code`
    "stuck",  # stays queued for `seconds`
    "slow",  # the answer takes `seconds`
    "callback_lost",  # none of the message's status callbacks is posted
    "callback_twice",  # each is posted twice
    "callback_early",  # the first ones are posted before the create call is answered
    "text_twice",  # the next inbound text is posted twice at once, with one sid
    "silent_webhook",  # the next inbound text is stored and never posted
]


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One misbehavior, and how often it is still to happen."""

    kind: Kind
    times: int | None = 1  # None goes on until the faults are cleared
    number: str | None = None  # only messages from or to this number
    seconds: float | None = None
    code: int | None = None
    status: Literal["undelivered", "failed"] = "undelivered"
    stored: bool = False  # server_error: whether the message was accepted all the same
    on: Literal["create", "read"] = "create"  # which REST calls the refusals and delays meet


class Faults:
    """The faults still to happen; kept in memory only, so a restarted carrier behaves."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let this happen too."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._faults.clear()

    def all(self) -> list[Fault]:
        """Return what is still to happen."""
        with self._lock:
            return list(self._faults)

    def take(self, kind: Kind, numbers: Iterable[str | None] = (), on: str = "create") -> Fault | None:
        """Use up one time of the first fault that fits and return it, None when none does."""
        among = set(numbers)
        with self._lock:
            for place, fault in enumerate(self._faults):
                if fault.kind == kind and fault.on == on and fault.number in {None, *among}:
                    self._use(place, fault)
                    return fault
        return None

    def _use(self, place: int, fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times <= 1:
            del self._faults[place]
            return
        self._faults[place] = msgspec.structs.replace(fault, times=fault.times - 1)
