"""Turns what people type into plain words: the first step of every reading."""

from __future__ import annotations

import re
import unicodedata

import msgspec

LETTER_LOOKALIKES = dict(zip("асеіорхуѕԁһАВЕКМНОРСТХ", "aceiopxysdhabekmhopctx", strict=True))
APOSTROPHES = "'’‘ʼ`´′＇"
LONGEST_UNFOLDED = 4
SENTENCE_ENDS = frozenset(".!?;…¡¿\n\r\v\f\u2028\u2029。！？")
CLAUSE_ENDS = frozenset(',:()[]"“”«»—–，、')
_PIECES = re.compile(r"[^\W_]+|[^\w\s]|[\n\r\v\f\u2028\u2029]")
_INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_DISGUISED = re.compile(r"[^\W\d_][*@$!|0134578]|[@$][^\W\d_]|\b[^\W\d_](?:[\s.*_-][^\W\d_]\b){3}")
_SPELLED_OUT = re.compile(r"\b[^\W\d_](?:[\s.*_-][^\W\d_]\b){3,200}")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"})
_LEET_MARKS = str.maketrans({"@": "a", "$": "s", "!": "i", "|": "l", "*": None})
_MARKED_WORD = re.compile(r"[@$]?[^\W_]+(?:[@$!|*]+[^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
_RUN_OF_TWO = re.compile(r"(.)\1+")
_RUN_OF_THREE = re.compile(r"(.)\1{2,}")


class Folding(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = folded
        return folded


def fold_character(character: str) -> str:
    """The plain lower-case form of one character: no accent, no width, "" for what cannot be seen."""
    if character in APOSTROPHES:
        return "'"
    if character in LETTER_LOOKALIKES:
        return LETTER_LOOKALIKES[character]
    digit = unicodedata.digit(character, None)
    if digit is not None and unicodedata.category(character) == "Nd":
        return str(digit)
    parts = unicodedata.normalize("NFKD", character).casefold()
    if len(parts) > LONGEST_UNFOLDED:  # one ligature of a whole blessing must not make a text 18 times longer
        return character
    return "".join(part for part in parts if is_seen(part))


def is_seen(character: str) -> bool:
    """Whether a character shows by itself: no accent, joiner, variation mark or skin tone."""
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return False
    return unicodedata.category(character) not in ("Mn", "Me", "Cf", "Cs")


_FOLDING = Folding()


def fold(text: str) -> str:
    """The text in plain lower-case characters, with straight apostrophes."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


class Plain(msgspec.Struct, frozen=True):
    """A text as words: `sentences` and `clauses` number the one that each word stands in."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    marks: tuple[str, ...]  # punctuation and emoji, in order


def plain(text: str) -> Plain:
    """The words of a text, with apostrophes dropped inside words ("don't" is `dont`)."""
    return split_words(_INNER_APOSTROPHE.sub("", fold(text)))


def split_words(folded: str) -> Plain:
    """The words of a folded text."""
    words: list[str] = []
    sentences: list[int] = []
    clauses: list[int] = []
    marks: list[str] = []
    sentence = clause = 0
    for piece in _PIECES.findall(folded):
        if piece[0].isalnum():
            words.append(piece)
            sentences.append(sentence)
            clauses.append(clause)
            continue
        marks.append(piece)
        sentence += piece in SENTENCE_ENDS
        clause += piece in SENTENCE_ENDS or piece in CLAUSE_ENDS
    return Plain(tuple(words), tuple(sentences), tuple(clauses), tuple(marks))


def undisguised(text: str) -> Plain | None:
    """The words behind "k1ll", "su!cide" and "d i e", or None when nothing looks disguised."""
    folded = _INNER_APOSTROPHE.sub("", fold(text))
    if not _DISGUISED.search(folded):
        return None
    joined = _SPELLED_OUT.sub(lambda found: re.sub(r"[\W_]", "", found.group()), folded)
    bare = _MARKED_WORD.sub(lambda found: found.group().translate(_LEET_MARKS), joined)
    return split_words(_WORD.sub(lambda found: without_digits(found.group()), bare))


def without_digits(word: str) -> str:
    """A word of letters and digits mixed, with the digits as the letters they look like."""
    return word if word.isdigit() or word.isalpha() else word.translate(_LEET)


def word_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


def unstretched(word: str) -> tuple[str, ...]:
    """The shorter spellings of a stretched word: "nooo" gives `no`; none when it is not."""
    if not _RUN_OF_TWO.search(word):
        return ()
    long_runs = (
        _RUN_OF_THREE.sub(r"\1", word),
        _RUN_OF_THREE.sub(r"\1\1", word),
        _RUN_OF_TWO.sub(r"\1", word),
    )
    return tuple(form for form in long_runs if form != word)
