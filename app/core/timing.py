"""Instants, local days and clock times, and when texts may leave.

Instants are UTC milliseconds. A clock time that a DST night skips is read with the offset before the change,
and one that comes twice means the first (RFC 5545, section 3.3.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, rrule

from app.core.release import Hours

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=700)
def zone_info(name: str) -> ZoneInfo:
    """The zone of an IANA name; raises ZoneInfoNotFoundError."""
    return ZoneInfo(name)


def local(instant: int, zone: str) -> datetime:
    """The local date and time of an instant."""
    return datetime.fromtimestamp(instant / 1000, tz=UTC).astimezone(zone_info(zone))


def instant(moment: datetime) -> int:
    """The instant of an aware date and time."""
    return round(moment.timestamp() * 1000)


def clock(text: str) -> tuple[int, int]:
    """Hour and minute of `HH:MM`; raises ValueError."""
    hour, minute = (int(part) for part in text.split(":"))
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        raise ValueError(f"{text} is no clock time")
    return hour, minute


def on_day(day: date, at: str, zone: str) -> int:
    """The instant at which the clock shows `at` on that local day."""
    hour, minute = clock(at)
    return instant(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_info(zone)))


def next_on_days(after: int, at: str, zone: str, days: Sequence[str] = (), not_on_or_before: str = "") -> int:
    """The first instant later than `after` at which the clock shows `at` on one of the days of the week.

    `not_on_or_before` is an ISO date: with it no day up to and including that one counts, so that a point
    whose time is moved does not come twice on one local day.
    """
    day = local(after, zone).date()
    if not_on_or_before:
        day = max(day, date.fromisoformat(not_on_or_before) + timedelta(days=1))
    wanted = [WEEKDAYS.index(name) for name in days]
    for moment in rrule(DAILY, dtstart=datetime.combine(day, time.min), byweekday=wanted or None):
        found = on_day(moment.date(), at, zone)
        if found > after:
            return found
    raise ValueError("the calendar ends")


def local_day(instant_: int, zone: str) -> str:
    """The local date as YYYY-MM-DD."""
    return local(instant_, zone).date().isoformat()


def day_start(instant_: int, zone: str, days_back: int = 0) -> int:
    """The instant at which the local day, or one some days earlier, began."""
    return on_day(local(instant_, zone).date() - timedelta(days=days_back), "00:00", zone)


def days_between(first: str, instant_: int, zone: str) -> int:
    """Local days from an ISO date to the local date of an instant."""
    return (local(instant_, zone).date() - date.fromisoformat(first)).days


def open_for_texts(instant_: int, hours: Hours, zones: Sequence[str]) -> bool:
    """Whether unprompted texts may leave, in every candidate zone."""
    return all(hours.opens <= local(instant_, zone).strftime("%H:%M") < hours.closes for zone in zones)


def opening(instant_: int, hours: Hours, zones: Sequence[str]) -> int:
    """The first instant later than `instant_` from which some candidate zone opens last of all."""
    return max(next_on_days(instant_, hours.opens, zone) for zone in zones)


def closing(instant_: int, hours: Hours, zones: Sequence[str]) -> int:
    """The first instant from `instant_` on at which the hours end in some candidate zone."""
    return min(_next_close(instant_, hours, zone) for zone in zones)


def _next_close(instant_: int, hours: Hours, zone: str) -> int:
    day = local(instant_, zone).date()
    today = on_day(day, hours.closes, zone)
    return today if today > instant_ else on_day(day + timedelta(days=1), hours.closes, zone)
