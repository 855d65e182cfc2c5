"""Reads a whole text as a command, never a word in a sentence."""

from __future__ import annotations

from app.core.reading.normalize import Plain, split_words, unstretched
from app.core.reading.words import CommandBook

LONGEST = 8
LEGAL = frozenset({"stop", "start", "help"})


def command(text: Plain, book: CommandBook) -> str | None:
    """The command that the whole text is, or None."""
    if not text.words or len(text.words) > LONGEST:
        return None
    return bare(text.words, book) or bare(joined_letters(text.words), book)


def bare(words: tuple[str, ...], book: CommandBook) -> str | None:
    """The command of words, once the polite words round it are taken off."""
    found = known(words, book)
    if found:
        return found
    for polite in book.before:
        if len(polite) < len(words) and words[: len(polite)] == polite:
            return bare(words[len(polite) :], book)
    for polite in book.after:
        if len(polite) < len(words) and words[-len(polite) :] == polite:
            return bare(words[: -len(polite)], book)
    return None


def known(words: tuple[str, ...], book: CommandBook) -> str | None:
    """The command that these very words are, stretched or said more than once or not."""
    if words in book.commands:
        return book.commands[words]
    if len(set(words)) == 1 and len(words) > 1:
        return known(words[:1], book)
    if len(words) == 1:
        return next(
            (book.commands[(form,)] for form in unstretched(words[0]) if (form,) in book.commands), None
        )
    return None


def joined_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """Spelled out words in one piece: "S T O P" is `stop`."""
    return split_words("".join(words)).words if all(len(word) == 1 for word in words) else ()
