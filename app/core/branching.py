"""Which way an answer leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.reading.model import Reading
from app.core.release import END, Branch
from app.core.render import evaluate


def branch_for(branches: Sequence[Branch], reading: Reading, known: Mapping[str, object]) -> Branch:
    """The first branch that fits; checked content always has one, and an end stands in for none."""
    for branch in branches:
        if _fits(branch, reading, known):
            return branch
    return Branch(go=END)


def _fits(branch: Branch, reading: Reading, known: Mapping[str, object]) -> bool:
    if branch.none and not reading.none:
        return False
    if branch.values and not _among(reading, branch.values):
        return False
    if (branch.low is not None or branch.high is not None) and not _within(reading, branch):
        return False
    return not branch.when or evaluate(branch.when, known)


def _among(reading: Reading, wanted: Sequence[str]) -> bool:
    given = reading.value if isinstance(reading.value, tuple) else (reading.value,)
    return any(str(value) in wanted for value in given)


def _within(reading: Reading, branch: Branch) -> bool:
    if not isinstance(reading.value, int | float):
        return False
    low = branch.low if branch.low is not None else float("-inf")
    high = branch.high if branch.high is not None else float("inf")
    return low <= _whole(reading.value, low, high) <= high


def _whole(value: float, low: float, high: float) -> float:
    """A half between two whole-number ranges ("6-7" read as 6.5) belongs to the lower one."""
    return float(int(value)) if value != int(value) and low == int(low) and high == int(high) else value
