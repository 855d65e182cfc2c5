"""The carrier's book: every message in and out, with all that became of it."""

from __future__ import annotations

from typing import Any

import msgspec

from app.sandbox.carrier.entry import Entry, Media, Step
from app.sandbox.carrier.store import Store

INSERT = """
INSERT INTO messages (sid, direction, sender, recipient, body, status, created, updated, segments, sent,
    error_code, media, service, callback_url, reports, expires, next_at, ending, ending_code, opt_out,
    webhook, webhook_tries, webhook_answer)
VALUES (:sid, :direction, :sender, :recipient, :body, :status, :created, :updated, :segments, :sent,
    :error_code, :media, :service, :callback_url, :reports, :expires, :next_at, :ending, :ending_code,
    :opt_out, :webhook, :webhook_tries, :webhook_answer)
ON CONFLICT (sid) DO NOTHING
"""
MOVE = """
UPDATE messages SET status = :status, updated = :updated, sent = :sent, sender = :sender,
    segments = :segments, error_code = :error_code, next_at = :next_at
WHERE sid = :sid AND status = :was
"""
TEXTS = """
SELECT * FROM messages
WHERE seq > :after AND (:number IS NULL OR sender = :number OR recipient = :number)
ORDER BY seq LIMIT :limit
"""
STEPS = """
SELECT * FROM steps WHERE sid IN (SELECT value FROM json_each(:sids)) ORDER BY at, rowid
"""


class Book:
    """Messages and their steps; safe to use from many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, entry: Entry) -> tuple[Entry, bool]:
        """Return the message as the book holds it, and whether it was written just now."""
        with self._store.together():
            is_new = self._store.write(INSERT, _values(entry)) == 1
            if is_new:
                self._note(Step(entry.sid, entry.status, entry.created))
            return self.fetch(entry.sid), is_new

    def fetch(self, sid: str) -> Entry:
        """Return the message with this sid; raises KeyError when there is none."""
        rows = self._store.rows("SELECT * FROM messages WHERE sid = :sid", {"sid": sid})
        if not rows:
            raise KeyError(sid)
        return read_entry(rows[0])

    def texts(self, number: str | None, after: int, limit: int) -> list[Entry]:
        """Return messages from or to the number with a higher seq, oldest first."""
        rows = self._store.rows(TEXTS, {"number": number, "after": after, "limit": limit})
        return [read_entry(row) for row in rows]

    def due(self, now: float) -> list[Entry]:
        """Return outgoing messages whose next step is due, the longest due first."""
        query = "SELECT * FROM messages WHERE next_at <= :now ORDER BY next_at, seq LIMIT 200"
        return [read_entry(row) for row in self._store.rows(query, {"now": now})]

    def next_due(self) -> float | None:
        """Return when the next step of any message is due, None when there is none."""
        rows = self._store.rows("SELECT min(next_at) AS at FROM messages WHERE next_at IS NOT NULL")
        at: float | None = rows[0]["at"]
        return at

    def move(self, entry: Entry, was: str) -> bool:
        """Write the entry's new status if it still is in the one it was in; say whether it did."""
        with self._store.together():
            moved = self._store.write(MOVE, {**_values(entry), "was": was}) == 1
            if moved:
                self._note(Step(entry.sid, entry.status, entry.updated))
        return moved

    def steps(self, sids: list[str]) -> dict[str, list[Step]]:
        """Return the steps of these messages, oldest first."""
        found: dict[str, list[Step]] = {sid: [] for sid in sids}
        for row in self._store.rows(STEPS, {"sids": msgspec.json.encode(sids).decode()}):
            step = msgspec.convert(row, Step)
            found[step.sid].append(step)
        return found

    def note_callback(self, sid: str, status: str, tries: int, answer: int | None) -> None:
        """Note how posting the callback of one step went."""
        self._store.write(
            "UPDATE steps SET tries = tries + :tries, answer = :answer WHERE sid = :sid AND status = :status",
            {"sid": sid, "status": status, "tries": tries, "answer": answer},
        )

    def note_webhook(self, sid: str, webhook: str, tries: int, answer: int | None) -> None:
        """Note how posting an inbound text went; one that was ever answered stays answered."""
        self._store.write(
            "UPDATE messages SET webhook_tries = webhook_tries + :tries,"
            " webhook_answer = CASE webhook WHEN 'answered' THEN webhook_answer ELSE :answer END,"
            " webhook = CASE webhook WHEN 'answered' THEN 'answered' ELSE :webhook END WHERE sid = :sid",
            {"sid": sid, "webhook": webhook, "tries": tries, "answer": answer},
        )

    def waiting(self) -> list[Entry]:
        """Return inbound texts that the last run wrote down and had not finished posting."""
        query = "SELECT * FROM messages WHERE webhook = 'waiting' ORDER BY seq"
        return [read_entry(row) for row in self._store.rows(query)]

    def forget(self, number: str) -> int:
        """Delete every message from or to the number and its opt-outs; return how many messages."""
        whose = {"number": number}
        with self._store.together():
            self._store.write(
                "DELETE FROM steps WHERE sid IN"
                " (SELECT sid FROM messages WHERE sender = :number OR recipient = :number)",
                whose,
            )
            self._store.write("DELETE FROM opt_outs WHERE number = :number", whose)
            return self._store.write(
                "DELETE FROM messages WHERE sender = :number OR recipient = :number", whose
            )

    def _note(self, step: Step) -> None:
        self._store.write(
            "INSERT OR IGNORE INTO steps (sid, status, at, tries, answer)"
            " VALUES (:sid, :status, :at, :tries, :answer)",
            msgspec.structs.asdict(step),
        )


def read_entry(row: dict[str, Any]) -> Entry:
    """Return the message that one row of the book holds."""
    media = msgspec.json.decode(row["media"], type=tuple[Media, ...])
    return Entry(**{**row, "media": media})


def _values(entry: Entry) -> dict[str, Any]:
    return {**msgspec.structs.asdict(entry), "media": msgspec.json.encode(entry.media).decode()}
