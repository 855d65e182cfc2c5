"""Reads a yes or a no; where the two are mixed it reads neither, so that none is taken for the other."""

from __future__ import annotations

from app.core.reading.normalize import Plain
from app.core.reading.phrases import Match
from app.core.reading.words import AnswerBook

LONG = 12  # in a longer text only what it opens with counts
LEAD = 6  # up to so many words, the answer may stand anywhere
NUMBERED = {("1",): "yes", ("2",): "no"}
ACKNOWLEDGED = frozenset({"ok", "okay", "k", "kk", "okie", "alright", "oh", "true", "right", "cool", "fine"})


def yes_no(text: Plain, book: AnswerBook) -> str | None:
    """`yes`, `no`, `unsure`, or None when the text is no such answer."""
    if not text.words:
        return by_signs(text, book)
    if text.words in NUMBERED:
        return NUMBERED[text.words]
    found = [match for match in longest(book.polarity.find(text)) if match.row != "neither"]
    if not found or is_question(text, found):
        return None
    if any(match.row == "unsure" for match in found):
        return "unsure" if opens(found[0], text, book) or len(text.words) <= LEAD else None
    return decided(found, text, book)


def by_signs(text: Plain, book: AnswerBook) -> str | None:
    """The answer that emoji alone give, when they agree."""
    values = {book.signs[mark] for mark in text.marks if mark in book.signs}
    return values.pop() if len(values) == 1 else None


def decided(found: list[Match], text: Plain, book: AnswerBook) -> str | None:
    """Yes or no where the text says only one of them, or opens with a clear one."""
    clear = {value(match) for match in found if match.row.endswith("_clear")}
    if len(clear) > 1:
        return None
    if found[0].row.endswith("_clear") and opens(found[0], text, book):
        return value(found[0])
    if len(found) > 1 and text.words[found[0].start] in ACKNOWLEDGED:
        found = found[1:]
    values = {value(match) for match in found}
    near = len(text.words) <= LEAD or (len(text.words) <= LONG and opens(found[0], text, book))
    return values.pop() if len(values) == 1 and near else None


def value(match: Match) -> str:
    """What one phrase says."""
    return match.row.removesuffix("_clear")


def opens(match: Match, text: Plain, book: AnswerBook) -> bool:
    """Whether nothing but fillers stands before a phrase."""
    return all(word in book.fillers or word in ACKNOWLEDGED for word in text.words[: match.start])


def is_question(text: Plain, found: list[Match]) -> bool:
    """Whether a text asks instead of answering: "y?", "no?"."""
    return "?" in text.marks and all(match.end - match.start == 1 for match in found)


def longest(found: list[Match]) -> list[Match]:
    """The phrases from left to right, the longest first where some overlap."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
