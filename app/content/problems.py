"""What is wrong in a file: where it stands, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

WIDEST = 110
Severity: TypeAlias = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True):
    """One mistake, with what to do about it. Lines and columns count from 1; `excerpt` is the line itself."""

    name: str
    severity: Severity
    file: str
    line: int
    column: int
    length: int
    message: str
    fix: str = ""
    excerpt: str = ""

    def printed(self) -> str:
        """Return the problem as the terminal shows it: place and name, the line, carets, what to do."""
        words = f"   {self.message} {self.fix}".rstrip()
        place = f"{self.file}:{self.line}:{self.column}  {self.name}"
        if not self.excerpt:
            return f"{place}\n{words}"
        start = max(0, self.column - 60) if len(self.excerpt) > WIDEST else 0
        shown = self.excerpt[start : start + WIDEST]
        marks = " " * (self.column - 1 - start) + "^" * max(1, min(self.length, WIDEST))
        return f"{place}\n{self.line:>5} | {shown}\n      | {marks}\n{words}"


class Place(msgspec.Struct, frozen=True):
    """Where something stands in a file; lines and columns count from 1."""

    line: int = 1
    column: int = 1
    length: int = 1


class Findings:
    """The problems found so far in one file."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []

    def error(self, name: str, place: Place, message: str, fix: str = "") -> None:
        """Note a mistake that keeps the file from being used."""
        self._note("error", name, place, message, fix)

    def warning(self, name: str, place: Place, message: str, fix: str = "") -> None:
        """Note something that works and should still be looked at."""
        self._note("warning", name, place, message, fix)

    def line(self, number: int) -> str:
        """Return the line with that number, or nothing when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def _note(self, severity: Severity, name: str, place: Place, message: str, fix: str) -> None:
        excerpt = self.line(place.line).replace("\t", " ")
        length = max(1, min(place.length, len(excerpt) - place.column + 1))
        problem = Problem(name, severity, self.file, place.line, place.column, length, message, fix, excerpt)
        if problem not in self.problems:
            self.problems.append(problem)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems as one reads: by file, line and column."""
    return tuple(sorted(problems, key=lambda found: (found.file, found.line, found.column, found.name)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that keep content from being used."""
    return tuple(found for found in problems if found.severity == "error")


def printed(problems: Iterable[Problem]) -> str:
    """Return all problems as the terminal shows them, an empty line between two."""
    return "\n\n".join(problem.printed() for problem in problems)
