"""What the word tables hold, as people write them."""

from __future__ import annotations

import msgspec

from app.core.reading.model import About, RiskKind, Tier


class RiskRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a risk table: phrases that say the same thing."""

    row: str
    tier: Tier
    kind: RiskKind
    phrases: tuple[str, ...] = ()
    about: About = ""  # set when the phrase itself says whose; else the words before it tell
    fixed: bool = False  # the phrase holds its own negation or past: neither lowers it
    whole: tuple[str, ...] = ()  # phrases that count only as the whole text


class RiskTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's risk table."""

    language: str
    rows: tuple[RiskRow, ...]
    groups: dict[str, tuple[str, ...]] = {}
    fuzzy: tuple[str, ...] = ()  # words whose misspellings count too
    apart: tuple[str, ...] = ()  # idioms, titles, other senses: what lies wholly inside one is no risk
    negations: tuple[str, ...] = ()
    not_negations: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    present: tuple[str, ...] = ()  # takes the past away again: "again", "still"
    soon: tuple[str, ...] = ()  # raises active to imminent
    self: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class OptOutTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's ways to ask us to stop, in a sentence or as a whole message."""

    phrases: tuple[str, ...]
    whole: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = {}


class CommandRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One command: its words, and who says that they count."""

    command: str
    words: tuple[str, ...]
    source: str
    language: str = ""


class CommandTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All commands, and the polite words that may stand round one."""

    commands: tuple[CommandRow, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class AnswerTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The everyday words of answers, all languages together."""

    yes_clear: tuple[str, ...]
    yes: tuple[str, ...]
    no_clear: tuple[str, ...]
    no: tuple[str, ...]
    unsure: tuple[str, ...]
    neither: tuple[str, ...]
    done: tuple[str, ...]
    later: tuple[str, ...]
    skip: tuple[str, ...]
    nothing: tuple[str, ...]
    small_talk: tuple[str, ...]
    auto_reply: tuple[str, ...]
    reactions: tuple[str, ...]
    insults: tuple[str, ...]
    fillers: tuple[str, ...]
    yes_signs: str = ""
    no_signs: str = ""
    unsure_signs: str = ""
    groups: dict[str, tuple[str, ...]] = {}
