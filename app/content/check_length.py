"""What a text costs at worst: its segments with everything filled in, and the letters that make it dearer."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from jinja2 import nodes

from app.content.check_words import Said
from app.content.known_names import LONGEST_QUOTE, Known
from app.content.problems import Place
from app.content.templates import variants
from app.core.own_words import tidied
from app.core.segments import segments

WARN_ABOVE = 2
REFUSE_ABOVE = 4
DEAR_QUOTE = LONGEST_QUOTE[:-1] + "\u6f22"
CURLY = "\u201c\u201d\u201e\u2018\u2019\u201a\u2026\u2013\u2014\u00a0"


class Cost(msgspec.Struct, frozen=True):
    """Segments at worst: with plain letters in quoted words, and with others such as emoji in them."""

    plain: int = 1
    dearest: int = 1


def check_length(said: Said, tree: nodes.Template, known: Mapping[str, Known], because: str) -> Cost:
    """Note a text that gets too long or too dear, and return what it costs at worst."""

    def value(name: str, _filters: tuple[str, ...]) -> str:
        return because if name == "because_line" else known[name].longest if name in known else ""

    ending = said.ending
    texts = [tidied(text + ending) for text in variants(tree.body, value)]
    most = max((segments(text).segments for text in texts), default=1)
    plain = max((segments(_plain(text)).segments for text in texts), default=1)
    _note_letters(said, most, plain)
    if most > WARN_ABOVE:
        _note_length(said, most, max(len(text) for text in texts))
    dear = (text.replace(LONGEST_QUOTE, DEAR_QUOTE) for text in texts)
    return Cost(most, max((segments(text).segments for text in dear), default=1))


def longest_form(tree: nodes.Template, known: Mapping[str, Known]) -> str:
    """Return the longest text that a template can become."""
    found = variants(tree.body, lambda name, _: known[name].longest if name in known else "")
    return max((tidied(text) for text in found), key=len, default="")


def _note_length(said: Said, most: int, longest: int) -> None:
    message = f"This text takes up to {most} segments ({longest} characters with everything filled in)."
    note = said.findings.error if most > REFUSE_ABOVE else said.findings.warning
    note("too-long", _begin(said), message, "Two segments are about 300 characters: say less, or split it.")


def _note_letters(said: Said, most: int, plain: int) -> None:
    text = said.written.text
    curly = next((letter for letter in text if letter in CURLY), "")
    if curly:
        place = _letter(curly, said)
        message = "This mark makes the whole text cost more." if most > plain else "This mark is not plain."
        said.findings.warning("curly-quotes", place, message, "Use plain \" ' - and three dots.")
    dear = next((letter for letter in text + said.ending if letter not in CURLY and costs_more(letter)), "")
    if dear and (said.language == "en" or not dear.isalpha()):
        dearer = (
            f"{most} instead of {plain} segments" if most > plain else "70 letters a segment instead of 160"
        )
        message = f"{dear} makes the whole text UCS-2: {dearer}."
        said.findings.warning("costs-segment", _letter(dear, said), message, "Leave it out.")


def costs_more(letter: str) -> bool:
    """Return whether one letter makes a whole text UCS-2."""
    return segments(letter).encoding == "UCS-2"


def _plain(text: str) -> str:
    return "".join("x" if costs_more(letter) else letter for letter in text)


def _letter(letter: str, said: Said) -> Place:
    first = said.written.place.line
    for number in range(first, max(said.written.last_line, first) + 1):
        at = said.findings.line(number).find(letter)
        if at >= 0:
            return Place(number, at + 1, 1)
    return said.written.place


def _begin(said: Said) -> Place:
    words = re.findall(r"\S+", said.written.text)
    if not said.written.block or not words:
        return said.written.place
    line = said.written.place.line + 1
    shown = said.findings.line(line)
    return Place(line, len(shown) - len(shown.lstrip()) + 1, len(shown.strip()))
