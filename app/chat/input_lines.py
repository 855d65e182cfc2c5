"""Where lines come from: a script, or a person at a terminal with line editing."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TextIO


def typed(lines: TextIO, out: TextIO, prompt: Callable[[], str]) -> Iterator[str]:
    """The lines until the end of input; a person at a terminal is shown the prompt before each."""
    if not lines.isatty():
        yield from lines
        return
    with suppress(ImportError):
        importlib.import_module("readline")  # being imported is what gives `input` its line editing
    while True:
        try:
            yield _asked(lines, out, prompt())
        except EOFError:
            print(file=out)
            return


def _asked(lines: TextIO, out: TextIO, prompt: str) -> str:
    if lines is sys.stdin and out is sys.stdout:
        return input(prompt)
    print(prompt, end="", file=out, flush=True)
    line = lines.readline()
    if not line:
        raise EOFError
    return line
