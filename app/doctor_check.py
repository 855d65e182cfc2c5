"""One line of `cairn doctor`."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

State: TypeAlias = Literal["ok", "warn", "fail"]


class Check(msgspec.Struct, frozen=True):
    """What was looked at, how it is, in words, and what to do; `away` when a needed thing is not there."""

    name: str
    state: State
    words: str
    fix: str = ""
    away: bool = False


def ok(name: str, words: str) -> Check:
    """A tick."""
    return Check(name, "ok", words)


def warn(name: str, words: str, fix: str) -> Check:
    """Something that works, and could be better."""
    return Check(name, "warn", words, fix)


def fail(name: str, words: str, fix: str, away: bool = False) -> Check:
    """Something that is wrong, with what to do."""
    return Check(name, "fail", words, fix, away)
