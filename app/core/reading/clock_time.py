"""Reads a time of day; a bare hour stays what it says ("7" is 07:00) unless a part of the day is named."""

from __future__ import annotations

from app.core.reading.normalize import fold, word_set
from app.core.reading.numbers import Counted, count

MORNING = word_set("am a morning manana madrugada")
EVENING = word_set("pm p afternoon evening night tonight noche tarde nite")
NAMED = {"noon": 12, "midday": 12, "mediodia": 12, "midnight": 0, "medianoche": 0, "lunchtime": 12}
NAMED_PARTS = {"midmorning": 10, "midafternoon": 14}
PAST = frozenset({"past", "after", "pasadas"})
TO = frozenset({"to", "till", "til", "before", "para", "menos"})
QUARTERS = {"half": 30, "media": 30, "quarter": 15, "cuarto": 15}
FEW = 12


def clock_time(text: str, locale: str) -> str | None:
    """The time as `HH:MM`, or None when the text names none or several."""
    spaced = fold(text).replace("p.m", "pm").replace("a.m", "am").replace("p m", "pm").replace("a m", "am")
    spaced = spaced.replace("three quarters", "45").replace("a quarter", "quarter")
    counted = count(split_units(spaced), locale)
    if not counted.tokens or len(counted.tokens) > FEW:
        return None
    minutes = named_minutes(counted) if not counted.numbers else counted_minutes(counted)
    if minutes is None:
        return None
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def split_units(text: str) -> str:
    """The text with letters set apart from digits: "7pm" is "7 pm", "7h01" is "7 : 01"."""
    apart = []
    for before, sign in zip(" " + text, text, strict=False):
        apart.append(
            " " if before.isdigit() != sign.isdigit() and (before.isalpha() or sign.isalpha()) else ""
        )
        apart.append(sign)
    return "".join(apart).replace(" h ", " : ").replace(".", " : " if ". " not in text else " . ")


def named_minutes(counted: Counted) -> int | None:
    """Minutes after midnight of a time that has a name: noon, midnight."""
    hours = {**NAMED, **NAMED_PARTS}
    found = {hours[token] for token in counted.tokens if token in hours}
    return found.pop() * 60 if len(found) == 1 else None


def counted_minutes(counted: Counted) -> int | None:
    """Minutes after midnight of a time given in numbers, or None."""
    moved = moved_minutes(counted)
    if moved is not None:
        hour, minute = moved
    else:
        values = [int(number.value) for number in counted.numbers if number.value == int(number.value)]
        if len(values) != len(counted.numbers) or len(values) > 3:
            return None
        hour, minute = values[0], values[1] if len(values) > 1 else 0
    if len(counted.numbers) == 1 and 100 <= hour <= 2359:
        hour, minute = divmod(hour, 100)
    if not (0 <= hour <= 24 and -60 < minute < 60):
        return None
    return on_the_day(hour, counted) * 60 + minute


def moved_minutes(counted: Counted) -> tuple[int, int] | None:
    """Hour and minutes of "quarter to 8", "10 past 9", "ocho y media"; None otherwise."""
    tokens, numbers = counted.tokens, counted.numbers
    hour = numbers[-1].value if tokens[-1] not in QUARTERS else numbers[0].value
    sign = -1 if TO & set(tokens) else 1
    named = [QUARTERS[token] for token in tokens if token in QUARTERS]
    if named and hour == int(hour) and len(numbers) == 1:
        return int(hour), sign * named[0]
    if hour != int(hour) and len(numbers) == 1:
        return int(hour), round(60 * (hour - int(hour)))
    if len(numbers) == 2 and (PAST | TO) & set(tokens[numbers[0].end : numbers[1].start]):
        return int(numbers[1].value), sign * int(numbers[0].value)
    return None


def on_the_day(hour: int, counted: Counted) -> int:
    """The hour of 24 that a text means by an hour and a part of the day."""
    said = set(counted.tokens)
    if EVENING & said and 1 <= hour < 12:
        return hour + 12
    if "midnight" in said and hour == 12:
        return 0
    if MORNING - {"a"} & said and hour == 12:
        return 0
    return hour
