"""Instants as people read them: on the clock of the participant."""

from __future__ import annotations

from app.core.timing import DAY, HOUR, MINUTE, SECOND, local


def clock_text(instant: int, zone: str) -> str:
    """The clock time, as 09:12."""
    return local(instant, zone).strftime("%H:%M")


def day_text(instant: int, zone: str) -> str:
    """The day, as Tue 24 Nov."""
    moment = local(instant, zone)
    return f"{moment:%a} {moment.day} {moment:%b}"


def moment_text(instant: int, zone: str) -> str:
    """Day of the week and clock time, as Tue 09:12."""
    return local(instant, zone).strftime("%a %H:%M")


def iso_text(instant: int, zone: str) -> str:
    """Date, time and offset, for machines."""
    return local(instant, zone).isoformat(timespec="seconds")


def place(zone: str) -> str:
    """The zone in words, as Chicago."""
    return zone.rpartition("/")[2].replace("_", " ")


def span_text(milliseconds: int) -> str:
    """How long something takes, in days, hours and minutes, as 22 h 40 min."""
    if milliseconds < MINUTE:
        return f"{round(milliseconds / SECOND)} s"
    days, rest = divmod(milliseconds, DAY)
    hours, rest = divmod(rest, HOUR)
    parts = [(days, "d"), (hours, "h"), (rest // MINUTE, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def after_text(milliseconds: int) -> str:
    """How long after something: fractions of a second as .04, then 1.3 s, then minutes."""
    hundredths = round(max(0, milliseconds) / 10)
    if hundredths < 100:
        return f".{hundredths:02d}"
    if milliseconds < MINUTE:
        return f"{milliseconds / SECOND:.1f} s"
    return span_text(milliseconds)
