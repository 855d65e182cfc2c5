"""How many segments a text takes, counted as carriers bill it."""

from __future__ import annotations

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")


def count_segments(body: str) -> int:
    """Return how many segments the text takes; an empty text takes one."""
    letters = set(body)
    if letters <= BASIC | EXTENDED:
        return _parts(_septets(body), single=160, joined=153)
    return _parts(len(body.encode("utf-16-be")) // 2, single=70, joined=67)


def _septets(body: str) -> int:
    return sum(2 if letter in EXTENDED else 1 for letter in body)


def _parts(length: int, single: int, joined: int) -> int:
    if length <= single:
        return 1
    return -(-length // joined)
