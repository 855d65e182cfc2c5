"""One JSON line in, one out: the bodies of `cairn read`, `cairn segments` and `cairn zones`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from app.adapters.zones import zones
from app.core.reading.model import Expect
from app.core.reading.reader import Reader
from app.core.segments import segments

WITHOUT_TIME = 0


class Line(msgspec.Struct, frozen=True):
    """One line that came in; fields that a command does not need are ignored."""

    text: str = ""
    expect: dict[str, Any] | None = None
    locale: str = "en"
    now: str | int | None = None


def read_line(line: str, reader: Reader) -> str:
    """The reading of one line as JSON; raises msgspec.ValidationError when it is not one."""
    asked = msgspec.json.decode(line, type=Line)
    expect = None if asked.expect is None else msgspec.convert(asked.expect, Expect)
    reading = reader.read(asked.text, expect, asked.locale, local_time(asked.now))
    return as_json(
        {
            "text_kind": reading.kind,
            "command": reading.command,
            "opt_out": reading.opt_out,
            "risk": reading.risk.tier,
            "kind": reading.risk.kind,
            "about": reading.risk.about,
            "row": reading.risk.row,
            "words": reading.risk.words,
            "understood": reading.understood,
            "value": reading.value,
            "none": reading.none,
            "quotable": reading.quotable,
            "why": reading.why,
        }
    )


def segments_line(line: str) -> str:
    """What one line's text costs, as JSON."""
    return as_json(segments(msgspec.json.decode(line, type=Line).text))


def zones_line(line: str) -> str:
    """The zones of one line's phone number, as JSON."""
    return as_json({"value": zones(msgspec.json.decode(line, type=Line).text)})


def local_time(now: str | int | None) -> datetime | int:
    """The time a line gives, as the reader takes it."""
    return datetime.fromisoformat(now) if isinstance(now, str) else now or WITHOUT_TIME


def as_json(value: object) -> str:
    """A value as one line of JSON in ASCII, so that no odd line end in a text breaks the line."""
    return json.dumps(msgspec.to_builtins(value))
