"""The SQLite file under the carrier's book: one connection, one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL,
    sender TEXT,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    created REAL NOT NULL,
    updated REAL NOT NULL,
    segments INTEGER NOT NULL,
    sent REAL,
    error_code INTEGER,
    media TEXT NOT NULL,
    service TEXT,
    callback_url TEXT,
    reports TEXT NOT NULL,
    expires REAL,
    next_at REAL,
    ending TEXT NOT NULL,
    ending_code INTEGER,
    opt_out TEXT,
    webhook TEXT,
    webhook_tries INTEGER NOT NULL,
    webhook_answer INTEGER
);
CREATE INDEX IF NOT EXISTS messages_next ON messages (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS messages_sender ON messages (sender);
CREATE INDEX IF NOT EXISTS messages_recipient ON messages (recipient);
CREATE TABLE IF NOT EXISTS steps (
    sid TEXT NOT NULL,
    status TEXT NOT NULL,
    at REAL NOT NULL,
    tries INTEGER NOT NULL,
    answer INTEGER,
    PRIMARY KEY (sid, status)
);
CREATE TABLE IF NOT EXISTS senders (
    number TEXT PRIMARY KEY,
    sms_url TEXT,
    answers_stop INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS opt_outs (
    sender TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (sender, number)
);
"""


class StoreClosed(Exception):
    """The book was closed while somebody was still writing."""


class Store:
    """A SQLite file that many threads of one process share."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        self._open = True
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        # Each commit reaches the operating system, so kill -9 of this process loses nothing.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(SCHEMA)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all writes inside one transaction."""
        with self._lock:
            self.write("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.write("ROLLBACK")
                raise
            self.write("COMMIT")

    def write(self, statement: str, values: Mapping[str, Any] | None = None) -> int:
        """Run one statement and return how many rows it changed; raises StoreClosed after the end."""
        return self._execute(statement, values)[1]

    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of one query; raises StoreClosed after the end."""
        return self._execute(statement, values)[0]

    def close(self) -> None:
        """Close the file; later calls raise StoreClosed."""
        with self._lock:
            self._open = False
            self._connection.close()

    def _execute(self, statement: str, values: Mapping[str, Any] | None) -> tuple[list[dict[str, Any]], int]:
        with self._lock:
            if not self._open:
                raise StoreClosed
            cursor = self._connection.execute(statement, values or {})
            return [dict(row) for row in cursor.fetchall()], cursor.rowcount
