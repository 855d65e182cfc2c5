"""What was asked, and what a text was read as."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

AskKind: TypeAlias = Literal[
    "text", "yes_no", "scale", "number", "choice", "time", "moment", "duration", "days", "done"
]
Tier: TypeAlias = Literal["none", "check", "passive", "active", "imminent"]
RiskKind: TypeAlias = Literal[
    "", "suicide", "self_harm", "violence_to", "violence_by", "abuse", "medical", "eating", "psychosis"
]
About: TypeAlias = Literal["", "self", "other", "unclear"]
TextKind: TypeAlias = Literal[
    "answer", "command", "unprompted", "small_talk", "correction", "reaction", "auto_reply", "media", "empty"
]
Value: TypeAlias = str | int | float | tuple[str, ...] | None


class Option(msgspec.Struct, frozen=True):
    """One option of a choice: the key that rules use, the label that participants see."""

    key: str
    label: str


class Expect(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an open question expects."""

    kind: AskKind
    low: int = 0
    high: int = 10
    options: tuple[Option, ...] = ()
    several: bool = False


class Risk(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a text says about danger; `row` and `words` say why."""

    tier: Tier = "none"
    kind: RiskKind = ""
    about: About = ""
    row: str = ""
    words: str = ""
    language: str = ""  # of the table whose row matched: the answer can be in it


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a text was read as.

    `command` is the whole text read as a word for us (`stop`, `start`, `help`, `skip`, `later`, `menu`, …).
    `opt_out` says that it asks us to stop, by word or by meaning; risk and opt-out are independent.
    `value` is None when what was asked was not understood, or nothing was asked.
    Values: `yes` `no` `unsure`; numbers; the key of a choice (a tuple where several are allowed); the text itself;
    `HH:MM`; local `YYYY-MM-DDTHH:MM`; seconds; `("mon", …)`; `done` `later` `skip`.
    """

    kind: TextKind
    command: str | None = None
    opt_out: bool = False
    risk: Risk = Risk()
    understood: bool = False
    value: Value = None
    none: bool = False  # an answer that says "nothing": never quoted back
    quotable: bool = False  # own words that may be quoted back
    why: str = ""  # one line for an operator; holds no words of the participant beyond the matched ones
