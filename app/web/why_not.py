"""Why a decision took one option and not the others: rules tried, options, chance."""

from __future__ import annotations

from typing import Any

import msgspec

from app.web.words import reason_words

NOTHING = "nothing"


class Option(msgspec.Struct, frozen=True):
    """One option of a decision, with its probability."""

    name: str
    chance: float
    taken: bool


class WhyNot(msgspec.Struct, frozen=True):
    """Why a decision took this and not the others."""

    rules: tuple[str, ...]
    options: tuple[Option, ...]
    notes: tuple[str, ...]


def why_not(data: dict[str, Any]) -> WhyNot:
    """Why the decision of this row took what it took."""
    rules = tuple(
        f"{tried['rule']}: {'fits' if tried.get('fits') else 'does not fit'} ({tried.get('when', '')})"
        for tried in data.get("rule_trace", [])
    )
    taken = data.get("taken", NOTHING)
    options = tuple(Option(name, float(p), name == taken) for name, p in data.get("options", {}).items())
    return WhyNot(rules, options, tuple(_notes(data)))


def _notes(data: dict[str, Any]) -> list[str]:
    notes = [str(data["because_staff"])] if data.get("because_staff") else []
    notes += [f"not available: {reason_words(reason)}" for reason in data.get("reasons", [])]
    if data.get("left_out"):
        notes.append(f"left out, not right at this time: {', '.join(data['left_out'])}")
    for drawn in data.get("draws", []):
        notes.append(f"drawn u {drawn['u']:.4f}, key {drawn['key']}, occurrence {data.get('occurrence', '')}")
    return notes
