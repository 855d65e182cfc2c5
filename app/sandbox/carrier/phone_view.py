"""How the scripts' API shows a text and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from app.sandbox.carrier.entry import Entry, Step


def text_view(entry: Entry, steps: list[Step]) -> dict[str, Any]:
    """Return a text for scripts; `callbacks` has one item a status, also when none was posted."""
    is_inbound = entry.direction == "inbound"
    return {
        "seq": entry.seq,
        "sid": entry.sid,
        "direction": "in" if is_inbound else "out",
        "from": entry.sender,
        "to": entry.recipient,
        "body": entry.body,
        "media": msgspec.to_builtins(entry.media),
        "at": _instant(entry.created),
        "status": entry.status,
        "error_code": entry.error_code,
        "segments": entry.segments,
        "callbacks": [] if is_inbound else [_step_view(step) for step in steps],
        "webhook": webhook_view(entry) if is_inbound else None,
    }


def webhook_view(entry: Entry) -> dict[str, Any]:
    """Return how posting an inbound text went: waiting, answered, failed or silent."""
    return {"status": entry.webhook, "tries": entry.webhook_tries, "answer": entry.webhook_answer}


def _step_view(step: Step) -> dict[str, Any]:
    return {"status": step.status, "at": _instant(step.at), "tries": step.tries, "answer": step.answer}


def _instant(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
