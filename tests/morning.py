"""Lets care begin on a Monday morning, whenever the tests run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.adapters.records.marks import Marks

CHICAGO = ZoneInfo("America/Chicago")


def monday_morning(after: int) -> int:
    """The first Monday 10:30 in Chicago from an instant on, UTC milliseconds."""
    moment = datetime.fromtimestamp(after / 1000, UTC).astimezone(CHICAGO)
    found = moment.replace(hour=10, minute=30, second=0, microsecond=0)
    while found < moment or found.weekday() != 0:
        found = (found + timedelta(days=1)).replace(hour=10, minute=30)
    return int(found.timestamp() * 1000)


def begin_on_monday(marks: Marks) -> None:
    """Move care time forward to Monday morning."""
    now = marks.care_now()
    marks.move_care(monday_morning(now) - now)
