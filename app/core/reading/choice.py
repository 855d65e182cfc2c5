"""Reads which of the offered options a text names: by key, letter, place, label, or a slip of one."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.reading.model import Expect, Option
from app.core.reading.normalize import plain, word_set
from app.core.reading.number_words import ENGLISH, SPANISH, numbered

JOINING = word_set("and & + y plus also e with")
AROUND = word_set(
    "reply answer option number letter choice choose pick ill i id im its it is the a an one ones please pls "
    "thanks take want go with for would like num to me say select ok okay yes yeah think that this let lets "
    "opcion numero letra la el lo las los quiero prefiero por favor gracias si"
)
REFUSING = word_set(
    "not no dont nor neither none nope nah without except but isnt never ni sin ninguno ninguna nada"
)
NONE = word_set("none neither ninguno ninguna nada")
OF_THEM = word_set("of them these those above all de ellos ellas estos estas esos esas")
ALSO_WORDS = word_set("a i e y o")
BESIDE_A_LETTER = word_set(
    "please pls thanks ok okay yes and plus the is its it option letter reply choice answer "
    "por favor gracias opcion letra si"
)
ORDINALS = {
    **numbered("first second third fourth fifth sixth seventh eighth", range(8)),
    **numbered("1st 2nd 3rd 4th 5th 6th 7th 8th", range(8)),
    **numbered("primero segundo tercero cuarto quinto", range(5)),
    **numbered("primera segunda tercera cuarta quinta", range(5)),
}
LAST = frozenset({"last", "ultimo", "ultima"})
NUMBERS = {**SPANISH, **ENGLISH}
ONES = frozenset({"one", "un", "una", "uno"})
LONGEST = 40
FEW = 3


def choice(text: str, expect: Expect) -> str | tuple[str, ...] | None:
    """The key that a text names, the keys in the order offered where several are allowed, or None."""
    words = plain(text).words
    if not words or len(words) > LONGEST:
        return None
    whole = by_name(words, expect.options)
    named = frozenset({whole}) if whole else named_in(words, expect.options)
    keys = tuple(option.key for option in expect.options if option.key in named)
    if expect.several:
        return keys or None
    return keys[0] if len(keys) == 1 else None


def by_name(words: tuple[str, ...], options: Iterable[Option]) -> str | None:
    """The key of the option whose key or label the words are."""
    for option in options:
        if plain(option.key).words == words:
            return option.key
    return next((option.key for option in options if plain(option.label).words == words), None)


def named_in(words: tuple[str, ...], options: tuple[Option, ...]) -> frozenset[str]:
    """The keys that words name, none when any word is left that says something else."""
    keys, rest = sorted_out(words, options)
    if keys:
        return frozenset() if REFUSING & set(rest) or len(rest) > FEW else keys
    part = by_part(rest, options)
    return frozenset({part}) if part else frozenset()


def sorted_out(words: tuple[str, ...], options: tuple[Option, ...]) -> tuple[frozenset[str], list[str]]:
    """The keys that words name, and the words left that say something else."""
    keys: set[str] = set()
    rest: list[str] = []
    at = 0
    while at < len(words):
        key, width = name_at(words, at, options)
        if key:
            keys.add(key)
        elif words[at] not in JOINING and words[at] not in AROUND:
            rest.append(words[at])
        at += width or 1
    return frozenset(keys), rest


def name_at(words: tuple[str, ...], at: int, options: tuple[Option, ...]) -> tuple[str, int]:
    """The option named at a word and how many words name it; ("", 0) when none is."""
    named = [(option.key, width) for option in options if (width := label_width(words, at, option))]
    if named:
        return max(named, key=lambda pair: pair[1])
    place = place_of(words, at, options)
    return (options[place].key, 1) if place is not None and place < len(options) else ("", 0)


def label_width(words: tuple[str, ...], at: int, option: Option) -> int:
    """How many words from a place are the option's label or key, 0 when none."""
    names = (plain(option.label).words, plain(option.key).words)
    alone = len(words) == 1
    return max(
        (
            len(name)
            for name in names
            if name and words[at : at + len(name)] == name and (alone or sure(name))
        ),
        default=0,
    )


def sure(name: tuple[str, ...]) -> bool:
    """Whether a name is more than a word that fills sentences ("a", "I")."""
    return len(name) > 1 or name[0] not in AROUND or len(name[0]) > 2


def place_of(words: tuple[str, ...], at: int, options: tuple[Option, ...]) -> int | None:
    """The place among the options that a word gives: "B", "2", "second", "last"; None when it gives none."""
    word = words[at]
    if word in LAST:
        return len(options) - 1
    if word in ORDINALS:
        return ORDINALS[word]
    numeric = any(option.key.isdigit() for option in options)
    if (word in NUMBERS and word not in ("one", "un", "una", "uno")) or (
        word in ("one", "uno") and points(words, at)
    ):
        return by_number(str(NUMBERS[word]), options, numeric)
    if word.isdigit() and len(word) < 3:
        return by_number(word, options, numeric)
    if len(word) == 1 and "a" <= word <= "z" and (word not in ALSO_WORDS or is_letter(words)):
        return ord(word) - ord("a")
    return None


def is_letter(words: tuple[str, ...]) -> bool:
    """Whether "a" or "i" among these words is a letter and not a word: "a please", "a and c", no "a spider"."""
    return all(len(word) == 1 or word.isdigit() or word in BESIDE_A_LETTER for word in words)


def points(words: tuple[str, ...], at: int) -> bool:
    """Whether "one" is the number and not "the red one"."""
    return len(words) == 1 or (
        at > 0 and words[at - 1] in ("option", "number", "opcion", "numero", "choice", "reply")
    )


def by_number(digits: str, options: tuple[Option, ...], numeric: bool) -> int | None:
    """The place of the option with that number as key, or as place where keys are no numbers."""
    if numeric:
        return next((place for place, option in enumerate(options) if option.key == digits), None)
    return int(digits) - 1 if int(digits) > 0 else None


def by_part(rest: list[str], options: tuple[Option, ...]) -> str | None:
    """The one option whose label holds these words, slips allowed; None when none or several do."""
    said = [word for word in rest if word not in AROUND]
    refused = REFUSING & set(said)
    if not said or refused - NONE:
        return None
    if refused:
        said = [word for word in said if word not in OF_THEM]
    labels = [(option.key, plain(option.label).words) for option in options]
    fitting = [key for key, label in labels if refused <= set(label) and holds(label, said)]
    return fitting[0] if len(fitting) == 1 else None


def holds(label: tuple[str, ...], said: list[str]) -> bool:
    """Whether each word said is in a label, or is a slip of one of its longer words."""
    return all(any(alike(word, part) for part in label) for word in said)


def alike(word: str, part: str) -> bool:
    """Whether two words are the same but for a small slip, or one letter more or less."""
    if word == part:
        return True
    if min(len(word), len(part)) < 4 or abs(len(word) - len(part)) > 1 or len(part) > 32:
        return False
    if sorted(word) == sorted(part):
        return word[0] == part[0]
    head = next(
        (i for i, (a, b) in enumerate(zip(word, part, strict=False)) if a != b), min(len(word), len(part))
    )
    return (
        word[head + 1 :] == part[head:]
        or word[head:] == part[head + 1 :]
        or word[head + 1 :] == part[head + 1 :]
    )
