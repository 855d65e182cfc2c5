"""Rows of the journal that pages have read, kept so that each look reads only what is new."""

from __future__ import annotations

from threading import Lock

from app.adapters.records.journal import Journal, Row

MOST_PARTICIPANTS = 50
CHUNK = 2000


class Transcripts:
    """The rows of the participants that were looked at last; rows never change once written."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = Lock()
        self._rows: dict[str, list[Row]] = {}

    def rows(self, participant: str) -> list[Row]:
        """All rows of one participant up to now, oldest first; raises RecordError."""
        if not participant:
            return []
        with self._lock:
            kept = self._rows.pop(participant, [])
            self._rows[participant] = kept
            if len(self._rows) > MOST_PARTICIPANTS:
                self._rows.pop(next(iter(self._rows)))
            self._catch_up(participant, kept)
            return list(kept)

    def _catch_up(self, participant: str, kept: list[Row]) -> None:
        while True:
            new = self._journal.rows(participant, kept[-1].id if kept else "", CHUNK)
            kept += new
            if len(new) < CHUNK:
                return
