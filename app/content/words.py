"""Loads the word tables that stand beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec
from ruamel.yaml import YAML

from app.core.reading.tables import AnswerTable, CommandTable, OptOutTable, RiskTable
from app.core.reading.words import Words, compile_words

LANGUAGES = ("en", "es")
Table = TypeVar("Table", bound=msgspec.Struct)


@cache
def load_words() -> Words:
    """The compiled tables, read once; raises when a table has a mistake."""
    return compile_words(
        [read_table(f"risk.{language}", RiskTable) for language in LANGUAGES],
        [read_table(f"opt_out.{language}", OptOutTable) for language in LANGUAGES],
        read_table("commands", CommandTable),
        read_table("answers", AnswerTable),
    )


def read_table(name: str, kind: type[Table]) -> Table:
    """One table by its file's name; raises msgspec.ValidationError naming the line's place."""
    text = files("app.content").joinpath("words", f"{name}.yaml").read_text(encoding="utf-8")
    return msgspec.convert(YAML(typ="safe", pure=True).load(text), kind)
