"""Commands that read lines: one JSON object in, one out, in the same order."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click


def _lines(answer: Callable[[str], str]) -> None:
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(answer(line) + "\n")


@click.command()
def read() -> None:
    """Read replies: {"text", "expect", "locale", "now"} a line."""
    from app.content.words import load_words
    from app.core.reading.reader import Reader
    from app.reading_lines import read_line

    reader = Reader(load_words())
    _lines(lambda line: read_line(line, reader))


@click.command()
def segments() -> None:
    """Count segments as the carrier does: {"text"} a line."""
    from app.reading_lines import segments_line

    _lines(segments_line)


@click.command()
def zones() -> None:
    """Candidate time zones of numbers: {"text"} a line."""
    from app.reading_lines import zones_line

    _lines(zones_line)


COMMANDS = (read, segments, zones)
