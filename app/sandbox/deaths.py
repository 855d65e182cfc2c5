"""Says in one line why a child ended, from the end of its log."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

FULL = 1_000_000  # bytes left below which the disk counts as full
LOG_KEPT = 5_000_000  # bytes after which a log starts anew, with one old one kept
REDIS_PREFIX = re.compile(r"^\d+:\w \d+ \w+ \d+ [\d:.]+ [.*#-] ")


def open_log(path: Path) -> int:
    """Make room for a log when it has grown too long; return the length it goes on from, in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    length = path.stat().st_size if path.exists() else 0
    if length <= LOG_KEPT:
        return length
    path.replace(path.with_suffix(".old.log"))
    return 0


def free_bytes(path: Path) -> int:
    """Return how much room the disk has that holds this path."""
    return shutil.disk_usage(path).free


def why_it_died(log: Path, begins: int, free: Callable[[Path], int] = free_bytes) -> str:
    """Return the reason in words: a full disk, or the last line logged after `begins` bytes."""
    if free(log.parent) < FULL:
        return f"disk full on {_mount(log)}"
    lines = [line.strip() for line in _text_after(log, begins).splitlines() if line.strip()]
    return REDIS_PREFIX.sub("", lines[-1]).rstrip(".")[:200] if lines else "it said nothing"


def _text_after(log: Path, begins: int) -> str:
    try:
        with log.open("rb") as file:
            file.seek(begins)
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def _mount(path: Path) -> Path:
    return next(parent for parent in path.resolve().parents if parent.is_mount())
