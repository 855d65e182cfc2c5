"""Reads a text as an answer of the kind that was asked for."""

from __future__ import annotations

import msgspec

from app.core.reading.choice import choice
from app.core.reading.clock_time import clock_time
from app.core.reading.done import done_later_skip
from app.core.reading.model import Expect, Risk, Value
from app.core.reading.normalize import Plain
from app.core.reading.numbers import number
from app.core.reading.own_words import quotable, says_nothing
from app.core.reading.scale import scale
from app.core.reading.text_kind import kind_without_question
from app.core.reading.words import AnswerBook
from app.core.reading.yes_no import yes_no


class Answer(msgspec.Struct, frozen=True):
    """What a text says to what was asked; `value` None when it says nothing that fits."""

    value: Value = None
    asked: bool = False
    free: bool = False  # own words: any text would have done
    none: bool = False
    quotable: bool = False
    instead: bool = False  # it corrects an earlier answer


def read_answer(raw: str, text: Plain, risk: Risk, expect: Expect, locale: str, book: AnswerBook) -> Answer:
    """The answer in a text, understood or not."""
    if expect.kind == "text":
        return own_words(raw, text, risk, book)
    return Answer(value=value_of(raw, text, expect, locale, book), asked=True)


def value_of(raw: str, text: Plain, expect: Expect, locale: str, book: AnswerBook) -> Value:
    """The value of a text as an answer of one kind, or None when it is not understood."""
    match expect.kind:
        case "yes_no":
            return yes_no(text, book)
        case "scale":
            return scale(raw, expect.low, expect.high, locale)
        case "number":
            return number(raw, locale)
        case "choice":
            return choice(raw, expect)
        case "done":
            return done_later_skip(text, book)
        case "time":
            return clock_time(raw, locale)
        case _:
            return None  # moments, durations and days are not read yet: unclear


def own_words(raw: str, text: Plain, risk: Risk, book: AnswerBook) -> Answer:
    """An answer in own words; small talk alone answers nothing."""
    if says_nothing(text, book) and text.words:
        return Answer(value=raw.strip(), asked=True, free=True, none=True)
    if kind_without_question(text, raw, book) != "unprompted":
        return Answer(asked=True)
    can_be_quoted = quotable(raw, text, risk, book)
    return Answer(value=raw.strip(), asked=True, free=True, quotable=can_be_quoted)
