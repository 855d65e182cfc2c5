"""The files that say which processes run for a data folder: the next start finds what a killed one left."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.sandbox.tether import start_mark


class RunFile(msgspec.Struct, frozen=True):
    """A process: its number and when it began."""

    pid: int
    mark: str


def run_file_path(data: Path, name: str) -> Path:
    """Return where the child of this name is written down."""
    return data / "run" / f"{name}.pid"


def running_pid(path: Path) -> int | None:
    """Return the process that this file names, when it still runs and its number was not given away since."""
    try:
        written = msgspec.json.decode(path.read_bytes(), type=RunFile)
    except (OSError, msgspec.MsgspecError):
        return None
    return written.pid if written.mark and start_mark(written.pid) == written.mark else None


def running_pids(data: Path) -> dict[str, int]:
    """Return the children that run for this data folder, whoever started them, by name."""
    found = {path.stem: running_pid(path) for path in sorted((data / "run").glob("*.pid"))}
    return {name: pid for name, pid in found.items() if pid is not None}


def forget(data: Path, name: str) -> None:
    """Remove what is written down about this child."""
    run_file_path(data, name).unlink(missing_ok=True)
