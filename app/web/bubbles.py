"""Rows of the journal as a phone shows them: their texts, ours, and a line for each that was not sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from app.web.deliveries import NOT_SENT, Delivery
from app.web.turns import Card
from app.web.words import reason_words

TITLES = {"nothing": "nothing offered", "staff": "a person of the team", "silent": "no answer came"}


class Bubble(msgspec.Struct, frozen=True):
    """One thing on the phone, with the card that explains it."""

    id: str
    side: str  # theirs, ours, or line
    card: str
    at: int
    clock: str
    day: str
    iso: str
    text: str
    fate: str = ""
    words: str = ""
    quiet: bool = False  # only shown where there is no room for the cards


def bubbles(found: Sequence[Card]) -> list[Bubble]:
    """Everything on the phone, in order."""
    return [bubble for card in found for bubble in _of_card(card)]


def _of_card(card: Card) -> list[Bubble]:
    made = [_theirs(card)] if card.kind == "heard" else []
    for text in card.texts:
        made.append(_ours(card, text.message, text.body, text.delivery))
    made += [_kept_back(card, row) for row in card.rows if row["kind"] == "withheld" and not _named(row)]
    return made or [_quiet(card)]


def _named(row: Mapping[str, object]) -> bool:
    data = row["data"]
    return isinstance(data, dict) and bool(data.get("message"))


def _theirs(card: Card) -> Bubble:
    return _bubble(card, card.id, "theirs", card.quote)


def _ours(card: Card, message: str, body: str, delivery: Delivery) -> Bubble:
    if delivery.fate in NOT_SENT:
        words = f"not sent {card.clock}: {reason_words(delivery.reason)}"
        return _bubble(card, message, "line", body, delivery.fate, words)
    return _bubble(card, message, "ours", body, delivery.fate, delivery.words)


def _kept_back(card: Card, row: Mapping[str, object]) -> Bubble:
    data = row["data"]
    reason = str(data.get("reason", "")) if isinstance(data, dict) else ""
    return _bubble(
        card, f"{card.id}-{row['seq']}", "line", "", "withheld", f"not sent: {reason_words(reason)}"
    )


def _quiet(card: Card) -> Bubble:
    words = f"{card.clock} {TITLES.get(card.kind, card.title.lower())}"
    return msgspec.structs.replace(_bubble(card, f"q-{card.id}", "line", "", "nothing", words), quiet=True)


def _bubble(card: Card, id_: str, side: str, text: str, fate: str = "", words: str = "") -> Bubble:
    return Bubble(id_, side, card.id, card.at, card.clock, card.day, card.iso, text, fate, words)
