"""What the watcher of the content folder said last: fine, or what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Note(msgspec.Struct, frozen=True):
    """One mistake in a content file."""

    name: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    message: str = ""
    fix: str = ""
    severity: str = "error"


class ContentNote(msgspec.Struct, frozen=True):
    """The last check of the content; `at` is machine milliseconds."""

    at: int = 0
    release: int = 0
    file: str = ""
    problems: tuple[Note, ...] = ()


def content_note(data: Path) -> ContentNote | None:
    """The last check, or None when the watcher has not said anything that can be read."""
    try:
        return msgspec.json.decode((data / "run" / "content.json").read_bytes(), type=ContentNote)
    except (OSError, msgspec.MsgspecError):
        return None
