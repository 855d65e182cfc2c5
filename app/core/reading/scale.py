"""Reads a number on a scale; what lies outside it, or is counted in something else, is not understood."""

from __future__ import annotations

from app.core.reading.normalize import word_set
from app.core.reading.numbers import Counted, Mention, count, plain_number

OVER = frozenset({"/", "of", "over", "de", "sobre", "out"})
BETWEEN = frozenset({"-", "–", "—", "to", "or", "and", "a", "o", "y", "ou", "/"})
UNITS = word_set(
    "hour hours hr hrs minute minutes min mins day days week weeks month months year years am pm time times "
    "h m s x mile miles km kg lb lbs pounds people dollars percent % oclock hora horas minutos dias veces"
)
BECAUSE = word_set(", . ! ; : ( because bc cuz but cause since for porque pero")
FEW = 8


def scale(text: str, low: int, high: int, locale: str) -> int | float | None:
    """The number on the scale, the middle of two ("6-7" is 6.5), or None when none is clear."""
    counted = count(text, locale)
    value = pick(counted, high)
    return plain_number(value) if value is not None and low <= value <= high else None


def pick(counted: Counted, high: int) -> float | None:
    """The one value that the numbers of a text come to, or None."""
    numbers = counted.numbers
    if not numbers:
        return None
    first = numbers[0]
    top = out_of(counted, first)
    if top is not None:
        return first.value if top.value == high and len(numbers) == 2 else None
    if len(numbers) == 2 and between(counted, first, numbers[1]):
        return (first.value + numbers[1].value) / 2
    if len(numbers) > 1 and not leads(counted, first) and len({number.value for number in numbers}) > 1:
        return None
    if counted.after(first.end) in UNITS or (len(counted.tokens) > FEW and not leads(counted, first)):
        return None
    return first.value


def out_of(counted: Counted, first: Mention) -> Mention | None:
    """The top of the scale that a text names after the number ("7/10", "7 out of 10"), or None."""
    at = first.end
    while counted.after(at) in OVER:
        at += 1
    if at == first.end:
        return None
    return next((number for number in counted.numbers if number.start == at), None)


def between(counted: Counted, first: Mention, second: Mention) -> bool:
    """Whether two neighbours are given as a range: "6-7", "6 or 7", "between 6 and 7"."""
    joined = second.start - first.end == 1 and counted.after(first.end) in BETWEEN
    dashed = second.start == first.end and second.value < 0
    return joined and not dashed and 0 < abs(second.value - first.value) <= 2


def leads(counted: Counted, first: Mention) -> bool:
    """Whether a text opens with the number and then says why."""
    return first.start == 0 and counted.after(first.end) in BECAUSE
