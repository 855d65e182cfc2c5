"""Counts the segments that a text costs, exactly as the carrier does, and swaps look-alikes that cost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

import msgspec

Encoding = Literal["GSM-7", "UCS-2"]
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
GSM = BASIC | EXTENSION
SEGMENT_BITS = 1120
HEADER_BITS = 48
TOLL_FREE_HEADER_BITS = 56
BITS: dict[Encoding, int] = {"GSM-7": 7, "UCS-2": 16}
LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
            " ",
        ),
        **dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("•·‧∙", "-"),
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
        "…": "...",
        "‹": "<",
        "›": ">",
        "⁄": "/",
        "ﬁ": "fi",
        "ﬂ": "fl",
    }
)


class Segments(msgspec.Struct, frozen=True):
    """What a text costs: `characters` as the carrier counts them, `costly` those that cost more than one."""

    encoding: Encoding
    segments: int
    characters: int
    costly: tuple[str, ...] = ()


def segments(text: str, toll_free: bool = False) -> Segments:
    """The encoding and number of segments of a text; a toll-free part has less room."""
    encoding: Encoding = "GSM-7" if GSM.issuperset(text) else "UCS-2"
    sizes = list(gsm_sizes(text) if encoding == "GSM-7" else ucs_sizes(text))
    room = SEGMENT_BITS - (TOLL_FREE_HEADER_BITS if toll_free else HEADER_BITS)
    return Segments(
        encoding=encoding,
        segments=parts(sizes, SEGMENT_BITS // BITS[encoding], room // BITS[encoding]),
        characters=sum(sizes),
        costly=tuple(dict.fromkeys(sign for sign in text if costs(sign, encoding))),
    )


def parts(sizes: list[int], single: int, room: int) -> int:
    """How many segments pieces need that may not be split; an empty text takes one."""
    if sum(sizes) <= single:
        return 1
    number, used = 1, 0
    for size in sizes:
        if used + size > room:
            number, used = number + 1, 0
        used += size
    return number


def gsm_sizes(text: str) -> Iterator[int]:
    """The septets of each character."""
    return (2 if sign in EXTENSION else 1 for sign in text)


def ucs_sizes(text: str) -> Iterator[int]:
    """The 16-bit units of each piece that the carrier keeps whole: a pair, or a letter with one mark."""
    signs = list(text)
    at = 0
    while at < len(signs):
        end = at + 1
        while end < len(signs) and extends(signs[end]) and not ends_line(signs[at]):
            end += 1
        units = [2 if sign > "\uffff" else 1 for sign in signs[at:end]]
        yield from [sum(units)] if sum(units) == 2 else units
        at = end


def extends(sign: str) -> bool:
    """Whether a character joins the one before it into one cluster."""
    return (
        unicodedata.category(sign) in ("Mn", "Me", "Mc")
        or sign == "\u200d"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


def ends_line(sign: str) -> bool:
    """Whether nothing joins onto a character."""
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")


def costs(sign: str, encoding: Encoding) -> bool:
    """Whether a character makes a text dearer: it takes two, or takes the whole text out of GSM-7."""
    return sign in EXTENSION if encoding == "GSM-7" else sign not in GSM


def smart_encode(text: str) -> str:
    """The text with curly quotes, dashes, ellipses and odd spaces as the plain characters they look like."""
    return re.sub(r"\r\n?", "\n", text.translate(LOOK_ALIKES))
