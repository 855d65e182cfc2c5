"""Rows of a journal, written by hand."""

from __future__ import annotations

import itertools
from typing import Any

from app.adapters.records.journal import Row

BEGAN = 1_790_000_000_000  # a Monday, 09:13 in Chicago
CHICAGO = "America/Chicago"
FIRST = "SM" + "1" * 32


class Rows:
    """Rows in order, of one participant."""

    def __init__(self) -> None:
        self.all: list[Row] = []
        self._seq = itertools.count(1)

    def add(self, kind: str, signal: str = FIRST, later: int = 0, **data: Any) -> Rows:
        """Add a row, `later` ms after the first."""
        seq = next(self._seq)
        row = Row(
            id=f"{BEGAN + later}-{seq}",
            participant="p_1",
            seq=seq,
            kind=kind,
            at=BEGAN + later,
            by=signal,
            release=1,
            milliseconds=3.0,
            data=data,
        )
        self.all.append(row)
        return self

    def said(self, message: str = "m_1", by: str = FIRST, later: int = 0, **data: Any) -> Rows:
        """Add a text of ours."""
        usual = {"cls": "reply", "body": "Thanks.", "source": "walk/pick", "segments": 1, "encoding": "GSM-7"}
        return self.add("said", by, later, message=message, **{**usual, **data})

    def delivery(self, status: str, message: str = "m_1", later: int = 0, **data: Any) -> Rows:
        """Add what became of a text of ours."""
        return self.add("delivery", f"{message}:{status}", later, message=message, status=status, **data)
