"""Finds the phrases of a table in a text, in time linear in its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

import msgspec

from app.core.reading.normalize import Plain, unstretched
from app.core.reading.phrase_language import ANY_NUMBER, TEN_OR_MORE, Graph, Groups, Node
from app.core.reading.spelling import Spelling

Symbols = list[tuple[str, ...]]


class Match(msgspec.Struct, frozen=True):
    """One phrase found: its row, and the half-open span of words."""

    row: str
    start: int
    end: int


class PhraseBook:
    """All phrases of a table, compiled; `rows` are pairs of a row's name and a phrase."""

    def __init__(self, rows: Iterable[tuple[str, str]], groups: Groups, fuzzy: Iterable[str] = ()) -> None:
        self._graph = Graph(groups)
        for row, phrase in rows:
            self._graph.add(row, phrase)
        self._beginnings = tuple(self._graph.beginnings)
        self._spelling = Spelling(fuzzy)

    def symbols(self, word: str) -> tuple[str, ...]:
        """What a word stands for in this book: itself, its groups, the beginnings it has."""
        known = self._graph.symbols
        found = known.get(word) or known.get(self._spelling.corrected(word), ())
        if not found:
            found = next((known[form] for form in unstretched(word) if form in known), ())
        if word.isdigit():
            large = (TEN_OR_MORE,) if len(word.lstrip("0")) > 1 else ()
            return (*found, ANY_NUMBER, *large)
        if word.startswith(self._beginnings):
            begun = (
                s for start, names in self._graph.beginnings.items() if word.startswith(start) for s in names
            )
            return (*found, *begun)
        return found

    def find(self, text: Plain) -> list[Match]:
        """Every phrase found in the text, each span of a row once, by start."""
        symbols = [self.symbols(word) for word in text.words]
        return [
            match for start, here in enumerate(symbols) if here for match in self._from(start, symbols, text)
        ]

    def finds(self, text: Plain) -> bool:
        """Whether any phrase is in the text."""
        return bool(self.find(text))

    def whole(self, text: Plain) -> str:
        """The row of a phrase that is the whole text, or "" when none is."""
        symbols = [self.symbols(word) for word in text.words]
        if not symbols or not all(symbols):
            return ""
        return next((match.row for match in self._from(0, symbols, text) if match.end == len(symbols)), "")

    def _from(self, start: int, symbols: Symbols, text: Plain) -> Iterator[Match]:
        ways, seen, found = [(self._graph.root, start)], set(), set()
        while ways:
            way = node, at = ways.pop()
            if way in seen:
                continue
            seen.add(way)
            for row in node.rows:
                if (row, at) not in found:
                    found.add((row, at))
                    yield Match(row, start, at)
            ways += onward(node, at, symbols, text)


def onward(node: Node, at: int, symbols: Symbols, text: Plain) -> Iterator[tuple[Node, int]]:
    """The places that can follow a place, over a word, an edge of a clause, or a gap."""
    here = symbols[at] if at < len(symbols) else ()
    for symbol in here:
        for beyond in node.next.get(symbol, ()):
            yield beyond, at + 1
    if node.at_start and at < len(symbols) and (at == 0 or text.clauses[at] != text.clauses[at - 1]):
        yield from ((beyond, at) for beyond in node.at_start)
    if node.at_end and (at == len(symbols) or text.clauses[at] != text.clauses[at - 1]):
        yield from ((beyond, at) for beyond in node.at_end)
    for width, beyond in node.gaps:
        for to in range(at, min(at + width + 1, len(symbols))):
            if text.sentences[to] != text.sentences[at - 1]:
                break
            yield from ((last, to + 1) for symbol in symbols[to] for last in beyond.next.get(symbol, ()))


def outside(found: Iterable[Match], masks: Iterable[Match]) -> list[Match]:
    """The matches that no mask covers wholly."""
    by_start = sorted(masks, key=lambda mask: mask.start)
    starts = [mask.start for mask in by_start]
    reach = list(accumulate((mask.end for mask in by_start), max))
    return [match for match in found if not covered(match, starts, reach)]


def covered(match: Match, starts: list[int], reach: list[int]) -> bool:
    """Whether a mask that starts no later ends no earlier; `reach` is the furthest end so far."""
    at = bisect_right(starts, match.start)
    return at > 0 and reach[at - 1] >= match.end
