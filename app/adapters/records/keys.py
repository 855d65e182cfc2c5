"""Every Redis key, built in one place; a cell of its own is another prefix or another Redis."""

from __future__ import annotations

import zlib

SHARDS = 16
PREFIX = "cairn:"


class Keys:
    """The keys under one prefix."""

    def __init__(self, prefix: str = PREFIX) -> None:
        self.prefix = prefix
        self.journal = f"{prefix}journal"
        self.alerts = f"{prefix}alerts"
        self.gate = f"{prefix}gate"
        self.holding = f"{prefix}holding"  # scopes whose outgoing texts stand still: all, sender:ID
        self.leases = f"{prefix}leases"  # of texts: id -> machine ms at which the lease ends
        self.care_offset = f"{prefix}care:offset"
        self.counts = f"{prefix}counts"
        self.parked = f"{prefix}parked"
        self.rates = f"{prefix}rates"
        self.heartbeats = f"{prefix}heartbeats"
        self.marks = f"{prefix}marks"  # how far the carrier's book has been read
        self.releases = f"{prefix}releases"  # program -> newest number

    def participant(self, participant: str) -> str:
        """The hash of one participant."""
        return f"{self.prefix}p:{participant}"

    def address(self, digest: str) -> str:
        """The participant behind a keyed hash of a number."""
        return f"{self.prefix}address:{digest}"

    def seen(self, signal: str) -> str:
        """That a signal was committed."""
        return f"{self.prefix}seen:{signal}"

    def text(self, message: str) -> str:
        """The hash of one text of ours."""
        return f"{self.prefix}m:{message}"

    def by_sid(self, sid: str) -> str:
        """Our text behind a carrier's id."""
        return f"{self.prefix}sid:{sid}"

    def outbox(self, cls: str) -> str:
        """Texts of a class that wait."""
        return f"{self.prefix}outbox:{cls}"

    def unsent(self, participant: str) -> str:
        """Texts to a participant that have not left."""
        return f"{self.prefix}unsent:{participant}"

    def release(self, program: str, number: int) -> str:
        """One release of a program."""
        return f"{self.prefix}release:{program}:{number}"

    def recalled(self, program: str) -> str:
        """Numbers of the releases that were called back."""
        return f"{self.prefix}recalled:{program}"

    def wake(self, shard: int) -> str:
        """Participants of a shard by their next wake-up time."""
        return f"{self.prefix}wake:{shard}"

    def wake_leases(self, shard: int) -> str:
        """Participants of a shard that somebody is waking up."""
        return f"{self.prefix}wake-leases:{shard}"

    @staticmethod
    def shard(participant: str) -> int:
        """The shard of a participant, the same for ever."""
        return zlib.crc32(participant.encode()) % SHARDS
