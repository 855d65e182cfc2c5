"""What the spine needs from the outside, and what the outside answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeAlias

import msgspec


class Accepted(msgspec.Struct, frozen=True):
    """The carrier took the text under this id."""

    sid: str


class Refused(msgspec.Struct, frozen=True):
    """The carrier surely did not take it; `code` says why."""

    code: int


class NotReached(msgspec.Struct, frozen=True):
    """The carrier surely did not take it, and may later: a failed connect, or too many at once."""

    code: int = 0


class Unsure(msgspec.Struct, frozen=True):
    """Nobody knows whether the carrier took it."""

    why: str


Outcome: TypeAlias = Accepted | Refused | NotReached | Unsure


class InBook(msgspec.Struct, frozen=True):
    """One text in the carrier's book."""

    sid: str
    sender: str  # our own number
    number: str  # theirs
    body: str
    at: int  # when the carrier had it, UTC milliseconds; 0 when it does not say
    status: str
    media: int = 0


class Gateway(Protocol):
    """The carrier: one call to send, and its book to read."""

    def send(self, message: str, sender: str, number: str, body: str, valid_seconds: int) -> Outcome:
        """What became of the call. Never raises for what the carrier or the network does."""
        ...

    def sent(self, sender: str, since: int, number: str = "") -> Iterable[InBook]:
        """Texts that went out from our number since an instant; raises GatewayError."""
        ...

    def received(self, sender: str, since: int) -> Iterable[InBook]:
        """Texts that came to our number since an instant; raises GatewayError."""
        ...


class GatewayError(Exception):
    """The carrier's book could not be read."""


class Unreadable(Exception):
    """What is kept of one participant cannot be opened: a key is missing, or it is damaged."""

    def __init__(self, participant: str) -> None:
        super().__init__(participant)
        self.participant = participant


class RecordError(Exception):
    """Redis cannot be reached, or is full."""


class Seals(Protocol):
    """Seals and opens what belongs to one participant."""

    def addresses(self, number: str) -> list[str]:
        """Keyed hashes of a number, newest first."""
        ...

    def new_key(self, participant: str) -> tuple[bytes, bytes]:
        """A new key, itself and wrapped."""
        ...

    def unwrap(self, participant: str, wrapped: bytes) -> bytes:
        """A participant's key."""
        ...

    def seal(self, key: bytes, plain: bytes, what: str) -> bytes:
        """Sealed bytes."""
        ...

    def open(self, key: bytes, sealed: bytes, what: str) -> bytes:
        """What was sealed."""
        ...
