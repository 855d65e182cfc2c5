"""The words that a carrier answers itself, and what it says."""

from __future__ import annotations

from typing import Literal, TypeAlias

Keyword: TypeAlias = Literal["STOP", "START", "HELP"]

WORDS: dict[str, Keyword] = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"), "STOP"),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "START"),
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}
ANSWERS: dict[Keyword, str] = {
    "STOP": "You will get no more texts from this number. Text START to get them again.",
    "START": "You will get texts from this number again. Text HELP for help, STOP to end.",
    "HELP": "Text STOP to end. Message and data rates may apply.",
}


def read_keyword(body: str) -> Keyword | None:
    """Return the keyword when the whole text is one, else None."""
    return WORDS.get(body.strip().upper())
