"""A chat from a script, for tests: what was printed, and the code it ended with."""

from __future__ import annotations

import io
from pathlib import Path

from app.chat.session import run_chat
from tests.small_program import write_small_program

MONDAY = "2026-03-02T10:30"


def talk(program: Path | str, script: str, begin: str = MONDAY, seed: str = "a seed") -> tuple[int, str]:
    """Return the exit code and everything that was printed."""
    out = io.StringIO()
    code = run_chat(str(program), begin, seed, io.StringIO(script), out)
    return code, out.getvalue()


def small(folder: Path) -> Path:
    """Return the folder of the small program, written below the given one."""
    return write_small_program(folder / "small-steps")
