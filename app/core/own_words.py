"""Own words of a participant, and how they are quoted back."""

from __future__ import annotations

import re

import msgspec

from app.core.segments import smart_encode

LONGEST_QUOTE = 60

_UNSEEN = dict.fromkeys(
    map(ord, "\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
)  # they turn the order of letters
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class RenderFault(Exception):
    """A text or condition that cannot be used. The message names names, never a participant's values."""


class OwnWords(msgspec.Struct, frozen=True):
    """Own words of a participant: a text shows them only through `| quote`, and only when quotable."""

    text: str
    quotable: bool

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __str__(self) -> str:
        raise RenderFault("own words stand in a text without | quote")

    def __repr__(self) -> str:
        return "OwnWords(...)"


def quoted(words: str) -> str:
    """Return words as they are quoted back: plain marks, at most 60 characters, in straight double quotes."""
    plain = " ".join(_CONTROL.sub(" ", smart_encode(words.translate(_UNSEEN))).split()).replace('"', "'")
    return f'"{_trimmed(plain)}"'


def tidied(text: str) -> str:
    """Return the text with single spaces, no empty lines and no spaces at the ends of lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _trimmed(words: str) -> str:
    if len(words) <= LONGEST_QUOTE:
        return words
    room = LONGEST_QUOTE - len("...")
    whole, space, _ = words[: room + 1].rpartition(" ")
    return (whole if space else words[:room]).rstrip(" ,;:.-") + "..."
