"""What is typed in a chat: a text of theirs, or a command that begins with a colon."""

from __future__ import annotations

import difflib
import re
from typing import TypeAlias

import msgspec

from app.core.timing import DAY, HOUR, MINUTE, SECOND

COMMANDS = {
    ":wait 4h": "move the clock on; also 20 s, 30 min, 2 d",
    ":at 19:00": "move the clock to the next 19:00",
    ":next": "move the clock to whatever comes next",
    ":why": "explain what happened last",
    ":state": "show where this participant stands",
    ":picture": "send a picture without words",
    ":clear": "clear a hold, as a person of the team would",
    ":help": "show these lines",
    ":quit": "end; so does the end of input",
}
NAMES = tuple(usage.split()[0] for usage in COMMANDS)

_DURATION = re.compile(r"(\d{1,5})\s*([a-z]+)")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_UNITS = {
    SECOND: ("s", "sec", "second", "seconds"),
    MINUTE: ("m", "min", "minute", "minutes"),
    HOUR: ("h", "hour", "hours"),
    DAY: ("d", "day", "days"),
}
_LENGTH = {name: length for length, names in _UNITS.items() for name in names}


class Said(msgspec.Struct, frozen=True):
    """A text of theirs."""

    text: str


class Wait(msgspec.Struct, frozen=True):
    """Move the clock on by so many milliseconds."""

    milliseconds: int


class At(msgspec.Struct, frozen=True):
    """Move the clock to the next time that it shows this, as HH:MM."""

    clock: str


class Plain(msgspec.Struct, frozen=True):
    """A command that stands alone: next, why, state, picture, clear, help or quit."""

    name: str


class Wrong(msgspec.Struct, frozen=True):
    """A command that there is not, or one that misses something; `words` say what to type."""

    words: str


Step: TypeAlias = Said | Wait | At | Plain | Wrong


def step_of(line: str) -> Step | None:
    """What one line asks for; None for an empty one."""
    line = line.strip()
    if not line:
        return None
    if not line.startswith(":"):
        return Said(line)
    name, _, rest = line.partition(" ")
    return _command(name.lower(), rest.strip().lower())


def _command(name: str, rest: str) -> Step:
    match name:
        case ":wait":
            length = milliseconds(rest)
            return Wait(length) if length else Wrong("How long? Type :wait 4h, :wait 30 min or :wait 2 d.")
        case ":at":
            clock = _clock(rest)
            return At(clock) if clock else Wrong("When? Type :at 19:00.")
    if name not in NAMES:
        return Wrong(_unknown(name))
    return Wrong(f"{name} stands alone.") if rest else Plain(name[1:])


def milliseconds(text: str) -> int:
    """The length of a duration such as `4h`, `30 min` or `1 d 2 h`; 0 when it is none."""
    parts = _DURATION.findall(text)
    left = _DURATION.sub("", text).strip()
    if left or any(unit not in _LENGTH for _, unit in parts):
        return 0
    return sum(int(count) * _LENGTH[unit] for count, unit in parts)


def _clock(text: str) -> str:
    found = _CLOCK.fullmatch(text)
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, NAMES, n=1)
    meant = f"Did you mean {near[0]}?" if near else ":help shows what there is."
    return f"There is no {name}. {meant}"
