"""Reads whether a text asks us to stop texting, by its meaning."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.reading.normalize import Plain
from app.core.reading.phrases import outside
from app.core.reading.words import OptOutBook


def asks_to_stop(text: Plain, books: Iterable[OptOutBook]) -> str:
    """The words that ask us to stop, or "" when none do."""
    return next((words for book in books if (words := stopping_words(text, book))), "")


def stopping_words(text: Plain, book: OptOutBook) -> str:
    """The words of one language that ask us to stop, or ""."""
    if book.whole.whole(text):
        return " ".join(text.words)
    found = book.phrases.find(text)
    if not found:
        return ""
    kept = outside(found, book.apart.find(text))
    return " ".join(text.words[kept[0].start : kept[0].end]) if kept else ""
