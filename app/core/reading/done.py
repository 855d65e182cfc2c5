"""Reads whether a small task was done, comes later, or is skipped."""

from __future__ import annotations

from app.core.reading.normalize import Plain
from app.core.reading.words import AnswerBook
from app.core.reading.yes_no import longest, opens, yes_no

BY_ANSWER = {"yes": "done", "no": "skip"}
LONG = 8


def done_later_skip(text: Plain, book: AnswerBook) -> str | None:
    """`done`, `later`, `skip`, or None when the text says none of them, or several."""
    found = longest(book.done.find(text))
    rows = {match.row for match in found}
    if len(rows) == 1 and len(text.words) <= LONG and opens(found[0], text, book):
        return rows.pop()
    if not text.words:
        return BY_ANSWER.get(yes_no(text, book) or "")
    return None
