"""Local days, clock times and the two DST nights.

Chicago: 2026-03-08 skips 02:00 to 03:00, 2026-11-01 repeats 01:00 to 02:00.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.core.release import Hours
from app.core.timing import (
    DAY,
    HOUR,
    clock,
    closing,
    day_start,
    days_between,
    local,
    next_on_days,
    on_day,
    open_for_texts,
    opening,
)
from tests.core.person import at

CHICAGO = "America/Chicago"


@pytest.mark.parametrize(
    ("day", "clock_time", "shown", "offset"),
    [
        (date(2026, 3, 7), "02:30", "02:30", -6),
        (date(2026, 3, 8), "02:30", "03:30", -5),  # skipped: read with the offset before the change
        (date(2026, 3, 8), "03:00", "03:00", -5),
        (date(2026, 11, 1), "01:30", "01:30", -5),  # comes twice: the first
        (date(2026, 11, 1), "02:00", "02:00", -6),
    ],
)
def test_each_clock_time_of_a_dst_night_has_one_instant(day, clock_time, shown, offset):
    found = local(on_day(day, clock_time, CHICAGO), CHICAGO)
    assert found.strftime("%H:%M") == shown
    assert found.utcoffset().total_seconds() == offset * 3600


def test_seven_in_the_evening_stays_seven_across_the_change():
    first = next_on_days(at("2026-03-07 18:00"), "19:00", CHICAGO)
    second = next_on_days(first, "19:00", CHICAGO)
    assert local(second, CHICAGO).strftime("%Y-%m-%d %H:%M") == "2026-03-08 19:00"
    assert second - first == 23 * HOUR


@pytest.mark.parametrize(
    ("after", "clock_time", "days", "not_on", "found"),
    [
        ("2026-03-02 10:30", "19:00", (), "", "2026-03-02 19:00"),
        ("2026-03-02 19:00", "19:00", (), "", "2026-03-03 19:00"),
        ("2026-03-02 10:30", "09:00", (), "", "2026-03-03 09:00"),
        ("2026-03-02 10:30", "19:00", ("sat",), "", "2026-03-07 19:00"),
        ("2026-03-02 10:30", "21:30", (), "2026-03-02", "2026-03-03 21:30"),  # moved, but not twice a day
    ],
)
def test_the_next_time_on_the_days_asked_for(after, clock_time, days, not_on, found):
    assert next_on_days(at(after), clock_time, CHICAGO, days, not_on) == at(found)


@pytest.mark.parametrize(
    ("moment", "zones", "is_open"),
    [
        ("2026-03-02 08:59", (CHICAGO,), False),
        ("2026-03-02 09:00", (CHICAGO,), True),
        ("2026-03-02 20:59", (CHICAGO,), True),
        ("2026-03-02 21:00", (CHICAGO,), False),
        ("2026-03-02 09:30", (CHICAGO, "America/Los_Angeles"), False),  # every candidate zone must be open
        ("2026-03-02 11:30", (CHICAGO, "America/Los_Angeles"), True),
        ("2026-03-02 20:30", (CHICAGO, "America/New_York"), False),
    ],
)
def test_texts_leave_only_when_every_candidate_zone_is_open(moment, zones, is_open):
    assert open_for_texts(at(moment), Hours(), zones) is is_open


def test_opening_waits_for_the_last_zone():
    assert opening(at("2026-03-02 22:00"), Hours(), (CHICAGO,)) == at("2026-03-03 09:00")
    assert opening(at("2026-03-02 22:00"), Hours(), (CHICAGO, "America/Denver")) == at("2026-03-03 10:00")


def test_closing_is_the_first_end_in_any_zone():
    assert closing(at("2026-03-02 12:00"), Hours(), (CHICAGO, "America/New_York")) == at("2026-03-02 20:00")
    assert closing(at("2026-03-02 22:00"), Hours(), (CHICAGO,)) == at("2026-03-03 21:00")


def test_a_local_day_may_have_23_or_25_hours():
    assert (
        day_start(at("2026-03-09 12:00"), CHICAGO) - day_start(at("2026-03-08 12:00"), CHICAGO) == 23 * HOUR
    )
    assert (
        day_start(at("2026-11-02 12:00"), CHICAGO) - day_start(at("2026-11-01 12:00"), CHICAGO) == 25 * HOUR
    )
    assert days_between("2026-03-07", at("2026-03-07 12:00") + 2 * DAY, CHICAGO) == 2


@pytest.mark.parametrize("text", ["24:00", "7", "aa:bb", "12:60", "-1:00"])
def test_what_is_no_clock_time_is_an_error(text):
    with pytest.raises(ValueError):  # noqa: PT011
        clock(text)
