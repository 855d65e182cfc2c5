"""What `cairn check` prints of a program, for people and as one JSON object."""

from __future__ import annotations

from typing import Any

import msgspec

from app.content.load import Counts, Loaded
from app.content.problems import Problem, errors

SCHEMA = "cairn.check/1"
_PLACE_WIDTH = 34


def check_lines(loaded: Loaded) -> str:
    """Return the summary of a check: one line a problem, what is proven, and whether it can be published."""
    lines = [f"{loaded.name}   {_counted(loaded.counts)}"]
    lines += [_line(problem) for problem in loaded.problems]
    lines += [f"  {'proven' if number == 0 else '':<8} {said}" for number, said in enumerate(loaded.proven)]
    return "\n".join([*lines, verdict(loaded)])


def verdict(loaded: Loaded) -> str:
    """Return how many mistakes there are and whether the program can be published."""
    wrong = len(errors(loaded.problems))
    warned = len(loaded.problems) - wrong
    counted = f"{_number(wrong, 'error')}, {_number(warned, 'warning')}."
    return f"{counted} Not publishable." if wrong or loaded.release is None else f"{counted} Publishable."


def check_json(loaded: Loaded) -> dict[str, Any]:
    """Return a check as plain data with its schema."""
    wrong = errors(loaded.problems)
    return {
        "schema": SCHEMA,
        "program": loaded.name,
        "counts": msgspec.to_builtins(loaded.counts),
        "checksum": loaded.release.checksum if loaded.release is not None else "",
        "errors": [msgspec.to_builtins(problem) for problem in wrong],
        "warnings": [msgspec.to_builtins(problem) for problem in loaded.problems if problem not in wrong],
        "proven": list(loaded.proven),
    }


def _line(problem: Problem) -> str:
    place = f"{problem.file.removeprefix('interventions/')}:{problem.line}:{problem.column}"
    return f"  {problem.severity:<8} {place:<{_PLACE_WIDTH}} {problem.name:<20} {problem.message}"


def _counted(counts: Counts) -> str:
    parts = [
        _number(counts.interventions, "intervention"),
        _number(counts.events, "event"),
        _number(counts.languages, "language"),
    ]
    return ", ".join(parts)


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
