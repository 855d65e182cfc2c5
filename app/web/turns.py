"""Rows of the journal as turn cards: heard, read as, decided, said, delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from app.adapters.records.journal import Row
from app.web.card_lines import Line, card_lines, planned_at
from app.web.deliveries import NOT_SENT, Delivery, deliveries
from app.web.local_time import clock_text, day_text, iso_text
from app.web.why_not import NOTHING, WhyNot, why_not


class Text(msgspec.Struct, frozen=True):
    """One text of ours on a card."""

    message: str
    body: str
    source: str
    delivery: Delivery


class Card(msgspec.Struct, frozen=True):
    """Everything that one signal led to."""

    id: str
    turn: int
    at: int
    clock: str
    day: str
    iso: str
    kind: str  # heard, nothing, offered, asked, silent, staff, withheld, time
    title: str
    quote: str
    lines: tuple[Line, ...]
    why_not: tuple[WhyNot, ...]
    texts: tuple[Text, ...]
    source: str
    rows: tuple[dict[str, Any], ...]


def cards(rows: Sequence[Row], zone: str, titles: Mapping[str, str]) -> list[Card]:
    """Cards in the order of their first rows; delivery reports belong to the card of their text.

    `titles` are the names of interventions that people know.
    """
    fates = deliveries(rows)
    groups = _groups(rows)
    return [
        _card(place, signal, group, fates, zone, titles)
        for place, (signal, group) in enumerate(groups.items(), 1)
    ]


def _groups(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the signal whose card shows them."""
    card_of: dict[str, str] = {}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        message, colon, _ = row.by.partition(":")
        signal = card_of.get(message, row.by) if colon else row.by
        if row.kind == "said":
            card_of[str(row.data["message"])] = signal
        groups.setdefault(signal, []).append(row)
    return groups


def _card(
    place: int,
    signal: str,
    group: list[Row],
    fates: Mapping[str, Delivery],
    zone: str,
    titles: Mapping[str, str],
) -> Card:
    own = [row for row in group if ":" not in row.by] or group
    texts = _texts(own, fates)
    kind = _kind(own, texts)
    return Card(
        id=signal,
        turn=place,
        at=own[0].at,
        clock=clock_text(planned_at(own) or own[0].at, zone),
        day=day_text(own[0].at, zone),
        iso=iso_text(own[0].at, zone),
        kind=kind,
        title=_title(kind, own, titles),
        quote=_quote(own),
        lines=tuple(card_lines(own, group, zone)),
        why_not=tuple(why_not(row.data) for row in own if row.kind == "decision"),
        texts=texts,
        source=_source(own, texts),
        rows=tuple(_raw(row) for row in group),
    )


def _texts(own: list[Row], fates: Mapping[str, Delivery]) -> tuple[Text, ...]:
    said = [row.data for row in own if row.kind == "said"]
    return tuple(
        Text(data["message"], data.get("body", ""), data.get("source", ""), fates[data["message"]])
        for data in said
    )


def _kind(own: list[Row], texts: tuple[Text, ...]) -> str:
    kinds = {row.kind for row in own}
    if "heard" in kinds:
        return "heard"
    if texts and all(text.delivery.fate in NOT_SENT for text in texts):
        return "withheld"
    if any(row.kind == "decision" and row.data.get("taken", NOTHING) == NOTHING for row in own) and not texts:
        return "nothing"
    if "decision" in kinds:
        return "offered"
    if "silent" in kinds:
        return "silent"
    if kinds & {"hold", "hold_cleared"}:
        return "staff"
    return "asked" if any(text.source.startswith("items/") for text in texts) else "time"


def _title(kind: str, own: list[Row], titles: Mapping[str, str]) -> str:
    about = titles.get(_about(own), _about(own))
    match kind:
        case "heard":
            return "You wrote"
        case "nothing":
            return "Nothing offered"
        case "withheld":
            return f"Withheld {about}".strip()
        case "offered":
            return f"Offered {about}".strip()
        case "silent":
            return "No answer came"
        case "asked":
            return "A short question"
        case "staff":
            return "A person of the team"
        case _:
            return "The time came"


def _about(own: list[Row]) -> str:
    """The intervention or decision point that a card is about."""
    for row in own:
        if row.kind == "decision" and row.data.get("taken", NOTHING) != NOTHING:
            return str(row.data["taken"])
    found = (row.data.get("intervention") or row.data.get("item") or "" for row in own)
    return next((str(name) for name in found if name), "")


def _quote(own: list[Row]) -> str:
    heard = next((row.data for row in own if row.kind == "heard"), None)
    if heard is None:
        return ""
    return str(heard.get("text", "")) or (
        "(a picture or recording)" if heard.get("media") else "(an empty text)"
    )


def _source(own: list[Row], texts: tuple[Text, ...]) -> str:
    if texts:
        return texts[0].source
    points = [str(row.data["point"]) for row in own if row.kind == "decision"]
    return f"program/{points[0]}" if points else ""


def _raw(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(row)
    plain.pop("participant")
    return plain
