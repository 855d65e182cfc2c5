"""All word tables, compiled once and shared by every reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from app.core.reading.normalize import plain
from app.core.reading.phrase_language import Groups
from app.core.reading.phrases import PhraseBook
from app.core.reading.tables import AnswerTable, CommandTable, OptOutTable, RiskRow, RiskTable


class RiskBook(msgspec.Struct, frozen=True):
    """One language's risk table, compiled."""

    language: str
    rows: Mapping[str, RiskRow]
    phrases: PhraseBook
    whole: PhraseBook
    apart: PhraseBook
    negations: PhraseBook
    not_negations: PhraseBook
    past: PhraseBook
    present: PhraseBook
    soon: PhraseBook
    self: frozenset[str]
    other: frozenset[str]


class OptOutBook(msgspec.Struct, frozen=True):
    """One language's ways to ask us to stop, compiled."""

    phrases: PhraseBook
    whole: PhraseBook
    apart: PhraseBook


class CommandBook(msgspec.Struct, frozen=True):
    """The commands by their words, and the polite words round them, longest first."""

    commands: Mapping[tuple[str, ...], str]
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


class AnswerBook(msgspec.Struct, frozen=True):
    """The everyday words of answers, compiled."""

    polarity: PhraseBook  # rows: yes_clear, yes, no_clear, no, unsure, neither
    done: PhraseBook  # rows: done, later, skip
    nothing: PhraseBook
    small_talk: PhraseBook
    auto_reply: PhraseBook
    insults: PhraseBook
    reactions: tuple[str, ...]
    fillers: frozenset[str]
    signs: Mapping[str, str]


class Words(msgspec.Struct, frozen=True):
    """Everything that reading needs to know of words."""

    risk: tuple[RiskBook, ...]
    opt_out: tuple[OptOutBook, ...]
    commands: CommandBook
    answers: AnswerBook


def compile_words(
    risk: Iterable[RiskTable], opt_out: Iterable[OptOutTable], commands: CommandTable, answers: AnswerTable
) -> Words:
    """The compiled tables; raises PhraseError when a phrase cannot be read."""
    return Words(
        tuple(risk_book(table) for table in risk),
        tuple(opt_out_book(table) for table in opt_out),
        command_book(commands),
        answer_book(answers),
    )


def book(phrases: Iterable[str], groups: Groups, name: str) -> PhraseBook:
    """A book whose phrases all belong to one row."""
    return PhraseBook(((name, phrase) for phrase in phrases), groups)


def risk_book(table: RiskTable) -> RiskBook:
    """One risk table, compiled."""
    rows = [(row.row, phrase) for row in table.rows for phrase in row.phrases]
    whole = [(row.row, phrase) for row in table.rows for phrase in row.whole]
    return RiskBook(
        language=table.language,
        rows={row.row: row for row in table.rows},
        phrases=PhraseBook(rows, table.groups, table.fuzzy),
        whole=PhraseBook(whole, table.groups, table.fuzzy),
        apart=PhraseBook((("apart", phrase) for phrase in table.apart), table.groups, table.fuzzy),
        negations=book(table.negations, {}, "negation"),
        not_negations=book(table.not_negations, {}, "not negation"),
        past=book(table.past, {}, "past"),
        present=book(table.present, {}, "present"),
        soon=book(table.soon, {}, "soon"),
        self=frozenset(table.self),
        other=frozenset(table.other),
    )


def opt_out_book(table: OptOutTable) -> OptOutBook:
    """One opt-out table, compiled."""
    return OptOutBook(
        phrases=book(table.phrases, table.groups, "phrase"),
        whole=book(table.whole, table.groups, "whole"),
        apart=book(table.apart, table.groups, "apart"),
    )


def command_book(table: CommandTable) -> CommandBook:
    """The commands, compiled."""
    commands = {plain(words).words: row.command for row in table.commands for words in row.words}
    return CommandBook(commands, longest_first(table.before), longest_first(table.after))


def longest_first(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as words, longest first."""
    return tuple(sorted((plain(phrase).words for phrase in phrases), key=len, reverse=True))


def answer_book(table: AnswerTable) -> AnswerBook:
    """The words of answers, compiled."""
    polarity = ("yes_clear", "yes", "no_clear", "no", "unsure", "neither")
    kinds = ("done", "later", "skip")
    signs = (("yes", table.yes_signs), ("no", table.no_signs), ("unsure", table.unsure_signs))
    return AnswerBook(
        polarity=PhraseBook(rows_of(table, polarity), table.groups),
        done=PhraseBook(rows_of(table, kinds), table.groups),
        nothing=book(table.nothing, table.groups, "nothing"),
        small_talk=book(table.small_talk, table.groups, "small talk"),
        auto_reply=book(table.auto_reply, table.groups, "auto reply"),
        insults=book(table.insults, table.groups, "insult"),
        reactions=table.reactions,
        fillers=frozenset(table.fillers),
        signs={sign: value for value, line in signs for sign in line.split()},
    )


def rows_of(table: AnswerTable, names: Iterable[str]) -> list[tuple[str, str]]:
    """The phrases of the named fields, each with its field's name as row."""
    return [(name, phrase) for name in names for phrase in getattr(table, name)]
