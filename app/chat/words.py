"""How a chat looks: each line with the day and the time, wrapped to 80 columns."""

from __future__ import annotations

import textwrap

from app.core.timing import local

WIDTH = 80
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def stamp(instant: int, zone: str) -> str:
    """The local day of the week and time: `Mon 10:30`."""
    moment = local(instant, zone)
    return f"{DAYS[moment.weekday()]} {moment:%H:%M}"


def date_of(instant: int, zone: str) -> str:
    """The local date: `Mon 2 Mar 2026`."""
    moment = local(instant, zone)
    return f"{DAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def prompt(instant: int, zone: str) -> str:
    """What stands before a line that is typed."""
    return f"{stamp(instant, zone)}  (you) "


def text_line(instant: int, zone: str, body: str) -> str:
    """A text as it came, with a hanging indent."""
    return _hanging(f"{stamp(instant, zone)}  ", body, "")


def note_line(instant: int, zone: str, note: str) -> str:
    """A line of our own, that nobody receives."""
    return _hanging(f"{stamp(instant, zone)}  ", f". {note}", "  ")


def _hanging(before: str, body: str, further: str) -> str:
    indent = " " * len(before)
    lines: list[str] = []
    for paragraph in body.split("\n"):
        lines += textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=indent if lines else before,
            subsequent_indent=indent + further,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)
