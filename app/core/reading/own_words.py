"""Reads an answer in own words: whether it says "nothing", and whether it may be quoted back."""

from __future__ import annotations

import unicodedata

from app.core.reading.model import Risk
from app.core.reading.normalize import Plain
from app.core.reading.text_kind import all_made_of, has_link
from app.core.reading.words import AnswerBook

LONGEST_QUOTE = 80


def says_nothing(text: Plain, book: AnswerBook) -> bool:
    """Whether an answer in words says that there is none: "nothing", "idk"."""
    return not any(mark.isalnum() for mark in text.marks) and all_made_of(text, book.nothing)


def quotable(raw: str, text: Plain, risk: Risk, book: AnswerBook) -> bool:
    """Whether own words may be quoted back: short, harmless, no link, no question to us."""
    words = raw.strip()
    return (
        bool(text.words)
        and len(words) <= LONGEST_QUOTE
        and risk.tier == "none"
        and "?" not in words
        and not says_nothing(text, book)
        and not book.insults.finds(text)
        and not has_link(words)
        and all(unicodedata.category(sign)[0] != "C" for sign in words)
    )
