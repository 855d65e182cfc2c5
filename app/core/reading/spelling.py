"""Puts right the usual slips in a few words that matter: a letter missing, doubled in, or swapped."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 6


class Spelling:
    """Corrects slips towards the words it was given."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST)
        self._slips = {slip: word for word in sorted(self._words) for slip in slips_of(word)}
        self._lengths = frozenset(length + 1 for length in map(len, self._words))

    def corrected(self, word: str) -> str:
        """The word that was meant, or the word itself."""
        if word in self._words or len(word) < SHORTEST - 1:
            return word
        if word in self._slips:
            return self._slips[word]
        if len(word) in self._lengths:
            return next((cut for cut in one_letter_less(word) if cut in self._words), word)
        return word


def slips_of(word: str) -> list[str]:
    """The word with one letter left out or two neighbours swapped."""
    swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)]
    return one_letter_less(word)[1:] + [slip for slip in swapped if slip != word]


def one_letter_less(word: str) -> list[str]:
    """The word with each of its letters left out in turn."""
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
