"""Finds the numbers in a text, in digits and in English and Spanish words."""

from __future__ import annotations

import re

import msgspec

from app.core.reading.normalize import fold
from app.core.reading.number_words import ENGLISH, FRACTIONS, HUNDRED, JOINERS, POINTS, SPANISH, THOUSAND

LONGEST = 15
_TOKEN = re.compile(r"(?<![^\W_])-?\d[\d,.]*\d|(?<![^\W_])-?\d|(?<![^\W_])\.\d+|\d+|[^\W\d_]+|[^\w\s]")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"-?\d*[.,]?\d+")


class Mention(msgspec.Struct, frozen=True):
    """One number in a text, and the tokens it takes up."""

    value: float
    start: int
    end: int


class Counted(msgspec.Struct, frozen=True):
    """A text as tokens, with the numbers in it."""

    tokens: tuple[str, ...]
    numbers: tuple[Mention, ...]

    def before(self, at: int) -> str:
        """The token before a place, "" at the start."""
        return self.tokens[at - 1] if at > 0 else ""

    def after(self, at: int) -> str:
        """The token at a place, "" at the end."""
        return self.tokens[at] if at < len(self.tokens) else ""


def count(text: str, locale: str) -> Counted:
    """The tokens and numbers of a text; Spanish number words count in Spanish."""
    tokens = tuple(_TOKEN.findall(fold(text).replace("'", "")))
    words = SPANISH if locale.startswith("es") else ENGLISH
    mentions, at = [], 0
    while at < len(tokens):
        found = mention(tokens, at, words)
        if found:
            mentions.append(found)
        at = found.end if found else at + 1
    return Counted(tokens, tuple(mentions))


def mention(tokens: tuple[str, ...], at: int, words: dict[str, int]) -> Mention | None:
    """The number that starts at a token, with what follows it ("point five", "and a half"), or None."""
    whole = digits(tokens[at])
    end = at + 1
    if whole is None:
        whole, end = in_words(tokens, at, words)
    if whole is None:
        return lone_fraction(tokens, at, words)
    part, end = fraction(tokens, end, words)
    return Mention(whole + part, at, end)


def digits(token: str) -> float | None:
    """The value of a token in digits, or None; longer than anyone means is None."""
    if not token[-1].isdigit() or len(token) > LONGEST:
        return None
    if _GROUPED.fullmatch(token):
        return float(token.replace(",", ""))
    return float(token.replace(",", ".")) if _DECIMAL.fullmatch(token) else None


def in_words(tokens: tuple[str, ...], at: int, words: dict[str, int]) -> tuple[float | None, int]:
    """The number in words that starts at a token and where it ends; (None, at) when there is none."""
    if tokens[at] not in words:
        return None, at
    total, current, last, end = 0, 0, 0, at
    while end < len(tokens):
        step = end + 1 if end > at and tokens[end] in JOINERS else end
        value = words.get(tokens[step]) if step < len(tokens) else None
        joined = current if value is None else put_together(current, last, value, end == at)
        if value is None or joined is None:
            break
        total, current = (total + joined, 0) if value == THOUSAND else (total, joined)
        last, end = value, step + 1
    return float(total + current), end


def put_together(current: int, last: int, value: int, first: bool) -> int | None:
    """What a number word makes of the number before it, or None when it starts another number."""
    if first:
        return value
    if value in (HUNDRED, THOUSAND) and 0 < current < value:
        return current * value
    if last >= HUNDRED or (20 <= last < HUNDRED and value < 10) or last == 0 or (last == 10 and value < 10):
        return current + value if value < max(last, 10) or last == 0 else None
    if current < 10 <= value < HUNDRED:
        return current * HUNDRED + value
    return None


def fraction(tokens: tuple[str, ...], at: int, words: dict[str, int]) -> tuple[float, int]:
    """The part after a whole number and where it ends: "point five", "and a half"; 0 when there is none."""
    rest = tokens[at : at + 3]
    if len(rest) > 1 and rest[0] in POINTS:
        decimals = rest[1] if rest[1].isdigit() else str(words.get(rest[1], ""))
        return (float("0." + decimals[:LONGEST]), at + 2) if decimals else (0.0, at)
    for length in (3, 2):
        if tuple(rest[:length]) in FRACTIONS:
            return FRACTIONS[tuple(rest[:length])], at + length
    return 0.0, at


def lone_fraction(tokens: tuple[str, ...], at: int, words: dict[str, int]) -> Mention | None:
    """A number below one by itself: "a half", "point 77"; None when there is none."""
    if tokens[at] in POINTS and at + 1 < len(tokens) and tokens[at] != "con":
        part, end = fraction(tokens, at, words)
        return Mention(part, at, end) if end > at else None
    if tokens[at : at + 2] == ("a", "half"):
        return Mention(0.5, at, at + 2)
    if tokens[at : at + 2] == ("a", "quarter"):
        return Mention(0.25, at, at + 2)
    return None


def plain_number(value: float) -> int | float:
    """The value without a needless decimal part."""
    return int(value) if value == int(value) else value


def number(text: str, locale: str) -> int | float | None:
    """The one number that a text holds, or None when it holds none or several."""
    values = {found.value for found in count(text, locale).numbers}
    return plain_number(values.pop()) if len(values) == 1 else None
