"""An outgoing message's life at the carrier: which status comes next, and when."""

from __future__ import annotations

import msgspec

from app.core.segments import segments as counted
from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.settings import Delays

EXPIRED = 30036


def advance(entry: Entry, now: float, delays: Delays) -> Entry:
    """Return the message one status further on, or failed when its validity ended in the queue."""
    match entry.status:
        case "accepted" | "queued" if entry.expires is not None and now >= entry.expires:
            return _ended(entry, now, "failed", EXPIRED)
        case "accepted":
            segments = max(1, counted(entry.body).segments)
            return msgspec.structs.replace(_moved(entry, now, "queued", delays.queued), segments=segments)
        case "queued":
            return _moved(entry, now, "sending", delays.sending)
        case "sending" if entry.ending == "failed":
            return _ended(entry, now, "failed", entry.ending_code)
        case "sending":
            return msgspec.structs.replace(_moved(entry, now, "sent", delays.sent), sent=now)
        case _:
            return _ended(entry, now, entry.ending, entry.ending_code)


def first_step_at(now: float, wait: float, expires: float) -> float:
    """Return when a message that waits this long in the queue first moves."""
    return min(now + wait, expires)


def _moved(entry: Entry, now: float, status: str, wait: float) -> Entry:
    return msgspec.structs.replace(entry, status=status, updated=now, next_at=now + wait)


def _ended(entry: Entry, now: float, status: str, code: int | None) -> Entry:
    return msgspec.structs.replace(entry, status=status, updated=now, next_at=None, error_code=code)
