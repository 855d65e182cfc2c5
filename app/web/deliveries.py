"""What became of each text of ours, from the rows of the journal alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from app.adapters.records.journal import Row
from app.web.local_time import after_text
from app.web.words import reason_words

Fate: TypeAlias = Literal["outbox", "carrier", "delivered", "failed", "withheld", "stale", "unclear"]

FATES: dict[str, Fate] = {
    "accepted": "carrier",
    "sent": "carrier",
    "delivered": "delivered",
    "undelivered": "failed",
    "failed": "failed",
    "withheld": "withheld",
    "unclear": "unclear",
}
RANK: tuple[Fate, ...] = ("outbox", "carrier", "unclear", "withheld", "stale", "failed", "delivered")
NOT_SENT: tuple[Fate, ...] = ("withheld", "stale")
STEP_WORDS: dict[Fate, str] = {
    "outbox": "outbox",
    "carrier": "at the carrier",
    "delivered": "delivered",
    "failed": "failed",
    "withheld": "withheld",
    "stale": "dropped as stale",
    "unclear": "unclear",
}


class Step(msgspec.Struct, frozen=True):
    """One step of a text's way, with how long after the decision it came."""

    fate: str
    words: str
    after: str


class Delivery(msgspec.Struct, frozen=True):
    """What became of one text so far."""

    message: str
    fate: Fate
    words: str
    steps: tuple[Step, ...]
    maybe_twice: bool = False
    reason: str = ""


def machine_time(row: Row) -> int:
    """When a row was written, in machine milliseconds: its place in the stream says so."""
    return int(row.id.partition("-")[0])


def deliveries(rows: Iterable[Row]) -> dict[str, Delivery]:
    """What became of each text, by the id of its message."""
    found: dict[str, Delivery] = {}
    began: dict[str, int] = {}
    for row in rows:
        message = str(row.data.get("message", ""))
        if row.kind == "said" and message:
            began[message] = machine_time(row)
            found[message] = _waiting(message)
        elif row.kind in ("delivery", "withheld") and message in found:
            found[message] = _moved(found[message], row, machine_time(row) - began[message])
    return found


def _waiting(message: str) -> Delivery:
    steps = (Step("decided", "decided", ".00"), Step("outbox", "outbox", ".00"))
    return Delivery(message, "outbox", "waiting in the outbox", steps)


def _moved(before: Delivery, row: Row, after: int) -> Delivery:
    fate = _fate(row)
    twice = before.maybe_twice or bool(row.data.get("maybe_twice"))
    if any(step.fate == fate for step in before.steps):
        return msgspec.structs.replace(before, maybe_twice=twice)
    steps = _in_order((*before.steps, Step(fate, STEP_WORDS[fate], after_text(after))))
    if RANK.index(fate) < RANK.index(before.fate):
        return msgspec.structs.replace(before, steps=steps, maybe_twice=twice)
    reason = str(row.data.get("reason", ""))
    return Delivery(before.message, fate, _words(fate, row, twice), steps, twice, reason)


def _in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps in the order of a text's life: a report may come before the one of an earlier step."""
    ranks = {fate: rank for rank, fate in enumerate(("decided", *RANK))}
    return tuple(sorted(steps, key=lambda step: ranks[step.fate]))


def _fate(row: Row) -> Fate:
    if row.kind == "withheld":
        return "stale" if row.data.get("reason") == "stale" else "withheld"
    fate = FATES.get(str(row.data.get("status", "")), "unclear")
    return "stale" if fate == "withheld" and row.data.get("reason") == "stale" else fate


def _words(fate: Fate, row: Row, twice: bool) -> str:
    reason = reason_words(str(row.data.get("reason", "")))
    code = f" ({row.data['code']})" if row.data.get("code") else ""
    also = ", maybe twice" if twice else ""
    match fate:
        case "failed" | "withheld":
            return f"{fate}: {reason or 'no reason was given'}{code}"
        case "stale":
            return f"not sent: {reason}"
        case "unclear":
            return f"unclear: {reason or 'nobody knows whether it left'}"
        case _:
            return STEP_WORDS[fate] + also
