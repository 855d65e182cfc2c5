"""Compiles the phrases of a table into one graph of words.

A phrase is words with these signs:
`(a|b c)` one of; `[a|b]` perhaps; `{group}` one of a named group; `word*` a beginning;
`..` up to two words between, `...` up to four, never across a sentence;
`#` any digits; `##` a number in digits of ten or more; `^` and `$` the start and the end of a clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.reading.normalize import plain

ANY_NUMBER = "#"
TEN_OR_MORE = "##"
GAPS = {"..": 2, "...": 4}
OPENING, CLOSING = "([{", ")]}"
Groups = Mapping[str, Sequence[str]]


class PhraseError(ValueError):
    """A phrase of a table that cannot be read."""


class Node:
    """A place between words: where each next word leads, and the rows that are complete here."""

    __slots__ = ("at_end", "at_start", "gaps", "next", "rows")

    def __init__(self) -> None:
        self.next: dict[str, list[Node]] = {}
        self.gaps: list[tuple[int, Node]] = []
        self.at_start: list[Node] = []
        self.at_end: list[Node] = []
        self.rows: list[str] = []


class Graph:
    """All phrases of a table as one graph, and what each word stands for in it."""

    def __init__(self, groups: Groups) -> None:
        self.root = Node()
        self.symbols: dict[str, tuple[str, ...]] = {}
        self.beginnings: dict[str, tuple[str, ...]] = {}
        self._groups = {name: [spelled(member) for member in members] for name, members in groups.items()}
        for name in self._groups:
            for word in self._words(name):
                self._learn(word, "{" + name + "}")

    def add(self, row: str, phrase: str) -> None:
        """Takes in one phrase of a row; raises PhraseError when it cannot be read."""
        ends = self._weave([self.root], phrase)
        elements = parted(phrase, " ")
        if self.root in ends or elements[0] in GAPS or elements[-1] in GAPS:
            raise PhraseError(f"row {row}: a phrase must start and end with a word: {phrase}")
        for end in ends:
            if row not in end.rows:
                end.rows.append(row)

    def _weave(self, starts: list[Node], phrase: str) -> list[Node]:
        for element in parted(phrase, " "):
            starts = self._element(starts, element, phrase)
        return starts

    def _element(self, starts: list[Node], element: str, phrase: str) -> list[Node]:
        match element[0]:
            case "(":
                return self._choice(starts, parted(element[1:-1], "|"))
            case "[":
                return starts + self._choice(starts, parted(element[1:-1], "|"))
            case "{":
                return self._group(starts, element[1:-1], phrase)
            case "^" | "$" | ".":
                return self._sign(starts, element)
            case _ if set(element) & set(OPENING + CLOSING):
                raise PhraseError(f"a space is missing at a bracket: {phrase}")
            case _:
                return self._words_in_turn(starts, spelled(element).split())

    def _choice(self, starts: list[Node], parts: list[str]) -> list[Node]:
        singles = [spelled(part) for part in parts if is_word(part)]
        ends = [self._joined(starts, singles)] if singles else []
        for part in parts:
            if not is_word(part):
                ends += self._weave(starts, part)
        return ends

    def _joined(self, starts: list[Node], words: Sequence[str]) -> Node:
        end = Node()
        for word in words:
            self._learn(word, word)
            for start in starts:
                start.next.setdefault(word, []).append(end)
        return end

    def _group(self, starts: list[Node], name: str, phrase: str) -> list[Node]:
        if name not in self._groups:
            raise PhraseError(f"no group is called {name}: {phrase}")
        end = Node()
        for start in starts:
            start.next.setdefault("{" + name + "}", []).append(end)
        longer = [member for member in self._groups[name] if " " in member]
        return [end, *(last for words in longer for last in self._words_in_turn(starts, words.split()))]

    def _sign(self, starts: list[Node], sign: str) -> list[Node]:
        end = Node()
        for start in starts:
            match sign:
                case "^":
                    start.at_start.append(end)
                case "$":
                    start.at_end.append(end)
                case _:
                    start.gaps.append((GAPS[sign], end))
        return [end]

    def _words_in_turn(self, starts: list[Node], words: list[str]) -> list[Node]:
        for word in words:
            starts = [self._joined(starts, [word])]
        return starts

    def _words(self, name: str) -> list[str]:
        return [member for member in self._groups[name] if " " not in member]

    def _learn(self, word: str, symbol: str) -> None:
        table, key = (self.beginnings, word[:-1]) if word.endswith("*") else (self.symbols, word)
        if symbol not in table.get(key, ()):
            table[key] = (*table.get(key, ()), symbol)


def parted(text: str, separator: str) -> list[str]:
    """The parts of a phrase between separators that stand outside every bracket; empty parts are left out."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in OPENING) - (sign in CLOSING)
        if sign == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    if depth:
        raise PhraseError(f"a bracket is open: {text}")
    return [part.strip() for part in parts if part.strip()]


def is_word(part: str) -> bool:
    """Whether a part of a choice is one plain word."""
    return not set(part.strip()) & set(" ^${}.[]()") and len(spelled(part).split()) == 1


def spelled(words: str) -> str:
    """Words of a table as the reader sees them, keeping a closing star."""
    if words.strip() in (ANY_NUMBER, TEN_OR_MORE):
        return words.strip()
    return " ".join(" ".join(plain(word).words) + "*" * word.endswith("*") for word in words.split())
