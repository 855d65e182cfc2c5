"""Tells what kind of text came: a phone's reaction, an auto-reply, small talk, a correction, or words."""

from __future__ import annotations

import re

from app.core.reading.model import TextKind
from app.core.reading.normalize import Plain, fold, plain
from app.core.reading.phrases import PhraseBook
from app.core.reading.words import AnswerBook

QUOTES = '"“”„«»″'
PICTURE = "\ufffc"
LONGEST_OPENING = 60
_QUOTE = re.compile(f"[{QUOTES}]")
_CORRECTED = re.compile(
    r"\s*(?:\*\s*|(?:sorry|oops|no)?,?\s*i meant?\s+|(?:perd[oó]n,?\s+)?quise decir\s+)", re.I
)


def said(text: str, book: AnswerBook) -> tuple[str, bool]:
    """The person's own words, and whether a phone's reaction that quotes us was cut out of them."""
    quotes = list(_QUOTE.finditer(text[: LONGEST_OPENING + 1]))
    if not quotes or quotes[0].start() > LONGEST_OPENING:
        return text, False
    last = max(text.rfind(quote) for quote in QUOTES)
    opening = text[: quotes[0].start()]
    if last == quotes[0].start() or not is_reaction(opening, book):
        return text, False
    return text[last + 1 :], True


def is_reaction(opening: str, book: AnswerBook) -> bool:
    """Whether the words before a quotation are a phone telling of a reaction."""
    words = " ".join(plain(opening).words)
    if not words:
        return False
    signed = words in ("to", "a") and any(not mark.isascii() for mark in plain(opening).marks)
    return signed or any(words == verb or words.startswith(verb + " ") for verb in book.reactions)


def corrected(text: str) -> str:
    """What a text puts in place of an earlier answer ("I meant 3", "*4"), or "" when it is no correction."""
    found = _CORRECTED.match(text[:80])
    return text[found.end() :] if found else ""


def kind_without_question(text: Plain, raw: str, book: AnswerBook) -> TextKind:
    """The kind of a text by itself: media, empty, auto_reply, small_talk or unprompted."""
    if not text.words and not text.marks:
        return "media" if PICTURE in raw else "empty"
    if PICTURE in raw and not text.words:
        return "media"
    if book.auto_reply.finds(text):
        return "auto_reply"
    if all_made_of(text, book.small_talk) and "?" not in text.marks:
        return "small_talk"
    return "unprompted"


def all_made_of(text: Plain, book: PhraseBook) -> bool:
    """Whether nothing but phrases of the book is in the text."""
    at = 0
    furthest: dict[int, int] = {}
    for match in book.find(text):
        furthest[match.start] = max(furthest.get(match.start, 0), match.end)
    while at < len(text.words):
        if at not in furthest:
            return False
        at = furthest[at]
    return True


def has_link(text: str) -> bool:
    """Whether a text holds something that a phone would turn into a link."""
    return bool(re.search(r"https?:|www\.|\w\.(?:com|net|org|io|co|ly|me|info|es|mx)\b|\w@\w", fold(text)))
