"""The carrier's book, read from its file: also while the carrier is away."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import msgspec

MESSAGE = re.compile(r"[?&]m=(m_[0-9a-f]{20})")


class Written(msgspec.Struct, frozen=True):
    """One text in the carrier's book; `message` is our own id of it, empty for texts of theirs."""

    sid: str
    direction: str
    phone: str
    body: str
    created: float
    message: str
    status: str
    webhook: str


class Book:
    """Reads a carrier's file; the carrier may write at the same time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def texts(self) -> list[Written]:
        """Every text, oldest first."""
        connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=10)
        try:
            rows = connection.execute(
                "SELECT sid, direction, sender, recipient, body, created, callback_url, status, webhook"
                " FROM messages ORDER BY seq"
            ).fetchall()
        finally:
            connection.close()
        return [_written(*row) for row in rows]

    def heard(self) -> list[Written]:
        """Texts that phones wrote."""
        return [text for text in self.texts() if text.direction == "inbound"]

    def said(self) -> list[Written]:
        """Texts that we sent."""
        return [text for text in self.texts() if text.direction != "inbound"]

    def said_to(self, phone: str) -> list[Written]:
        """Texts that we sent to one phone."""
        return [text for text in self.said() if text.phone == phone]


def _written(
    sid: str,
    direction: str,
    sender: str | None,
    recipient: str,
    body: str,
    created: float,
    callback_url: str | None,
    status: str,
    webhook: str | None,
) -> Written:
    found = MESSAGE.search(callback_url or "")
    phone = (sender or "") if direction == "inbound" else recipient
    return Written(sid, direction, phone, body, created, found[1] if found else "", status, webhook or "")
