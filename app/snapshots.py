"""The shared snapshot that decisions are made with, read again when it is older than half a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.adapters.records.releases import Releases
from app.core.draws import StudyKey
from app.core.reading.reader import Reader
from app.core.release import Release
from app.core.shared import Sender, Shared

FRESH_SECONDS = 0.5


class NoRelease(Exception):
    """A program has never been published."""


class Snapshots:
    """Makes the snapshot of a program; `seconds` is a steady clock."""

    def __init__(
        self,
        releases: Releases,
        reader: Reader,
        study_key: StudyKey,
        senders: Mapping[str, Sender],
        seconds: Callable[[], float],
    ) -> None:
        self._releases, self._reader, self._study_key = releases, reader, study_key
        self._senders, self._seconds = dict(senders), seconds
        self._kept: dict[str, tuple[float, Shared]] = {}

    def program_of(self, sender: str) -> str:
        """The program that a sender belongs to; the first one's for a sender nobody knows."""
        found = self._senders.get(sender) or next(iter(self._senders.values()))
        return found.program

    def of(self, program: str) -> Shared:
        """The snapshot of a program; raises NoRelease when it was never published, RecordError without Redis."""
        now = self._seconds()
        kept = self._kept.get(program)
        if kept is not None and now - kept[0] < FRESH_SECONDS:
            return kept[1]
        newest, recalled = self._releases.current(program)
        if newest is None:
            raise NoRelease(f"{program} has no release; run: cairn publish {program}")
        shared = Shared(newest, self._reader, self._study_key, self._senders, recalled=recalled)
        self._kept[program] = (now, shared)
        return shared

    def forget(self) -> None:
        """Read every snapshot again when it is next asked for."""
        self._kept.clear()

    def pinned(self, program: str, number: int, shared: Shared) -> Release:
        """The release somebody is pinned to, or the newest when it is not kept any more."""
        if number == shared.newest.number:
            return shared.newest
        return self._releases.get(program, number) or shared.newest
