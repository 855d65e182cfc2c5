"""What an `is` means: a range of numbers, options of a choice, or an answer that says nothing."""

from __future__ import annotations

import re

import msgspec

from app.content.source import Scalar
from app.content.whole import Asked

_RANGE = re.compile(r"(-?\d{1,9}(?:\.\d{1,4})?)(?: to (-?\d{1,9}(?:\.\d{1,4})?))?")
FIXED_ANSWERS: dict[str, tuple[str, ...]] = {
    "yes_no": ("yes", "no", "unsure"),
    "done": ("done", "later", "skip"),
}


class Meaning(msgspec.Struct, frozen=True):
    """One entry of `is` understood: a range, a value, or none."""

    low: float | None = None
    high: float | None = None
    value: str = ""
    none: bool = False


def answers(asked: Asked) -> tuple[str, ...]:
    """Return the answers that a question can have, when they can be named one by one."""
    if asked.kind == "choice":
        return tuple(choice.key.text for choice in asked.choices)
    return FIXED_ANSWERS.get(asked.kind, ())


def meaning(test: Scalar, asked: Asked) -> Meaning | None:
    """Return what one entry of `is` means for this question; None when it is no answer to it."""
    text = " ".join(test.text.split())
    if text in answers(asked):
        return Meaning(value=text)
    if text == "none":
        return Meaning(none=True)
    found = _RANGE.fullmatch(text)
    if found is None or asked.kind not in ("scale", "number"):
        return None
    low = float(found[1])
    high = float(found[2]) if found[2] else low
    return Meaning(low=low, high=high) if low <= high else None
