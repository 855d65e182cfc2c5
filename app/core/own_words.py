"""Own words of a participant, and how they are quoted back."""

from __future__ import annotations

import re

import msgspec

LONGEST_QUOTE = 60

_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
        **dict.fromkeys("\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e", None),
    }
)
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
    plain = " ".join(_CONTROL.sub(" ", words.translate(_LOOK_ALIKES)).split()).replace('"', "'")
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
