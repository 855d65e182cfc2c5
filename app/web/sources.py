"""The content file that a text came from, with the line it stands at."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

NAME = re.compile(r"[a-z0-9_-]{1,80}")
LARGEST_FILE = 200_000


class Source(msgspec.Struct, frozen=True):
    """A file as it stands on the disk now; `line` counts from 1, 0 when no line is known."""

    path: str
    text: str = ""
    line: int = 0


def find_source(program: Path, source: str) -> Source | None:
    """The file behind the source of a text such as `three-good-things/notice`; None when there is none."""
    head, *rest = source.split("/")
    if not all(NAME.fullmatch(part) for part in (head, *rest)):
        return None
    match head, rest:
        case "builtin", [name]:
            return Source(f"built in: {name}. Content cannot change this text.")
        case "items", [item, *_]:
            return _read(program, f"items/{item}.yaml", r"^say:")
        case (("consent" | "hub" | "program"), [part, *_]):
            return _read(program, "program.yaml", _program_line(head, part))
        case intervention, [event, *_]:
            return _read(
                program, f"interventions/{intervention}.yaml", rf"^\s*- event:\s*{re.escape(event)}\s*(#.*)?$"
            )
    return None


def _program_line(head: str, part: str) -> str:
    return rf"^\s*- id:\s*{re.escape(part)}\s*(#.*)?$" if head == "program" else rf"^{head}:"


def _read(program: Path, name: str, mark: str) -> Source | None:
    path = program / name
    if not path.resolve().is_relative_to(program.resolve()):
        return None
    try:
        text = path.read_text(encoding="utf-8")[:LARGEST_FILE]
    except (OSError, UnicodeDecodeError):
        return None
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines, 1) if re.match(mark, line)), 0)
    return Source(f"{program.name}/{name}", text, at)
