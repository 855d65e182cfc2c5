"""What a chat is about: a program by its id or folder, or one intervention's file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.content.load import Loaded, load_intervention, load_program
from app.core.release import Release

CONTENT = Path("content")
BEGIN = "BEGINTHISONE"  # a word that nobody types: it starts the one intervention as if asked for


class Opened(msgspec.Struct, frozen=True):
    """What was found under a name; `alone` is the intervention when it is one intervention's file."""

    loaded: Loaded
    alone: str = ""


def opened(program: str) -> Opened | None:
    """What stands under an id or a path; None when there is nothing."""
    path = Path(program)
    if path.name == "program.yaml":
        path = path.parent
    if path.suffix in (".yaml", ".yml"):
        return Opened(load_intervention(path), path.stem) if path.is_file() else None
    for folder in (path, CONTENT / program):
        if (folder / "program.yaml").is_file():
            return Opened(load_program(folder))
    return None


def with_a_word_for(release: Release, intervention: str) -> Release:
    """The release with a word that starts the intervention, and nothing that starts it by itself."""
    return msgspec.structs.replace(release, keywords={BEGIN: intervention}, decision_points=())
