"""Starts a process that ends with the one that wanted it: as a script, it becomes the command given to it.

`python -I -S tether.py RUN_FILE PARENT_PID COMMAND ...`; the run file is written before the command begins,
so no child is ever unknown. It imports nothing of ours and keeps its process id.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def start_mark(pid: int) -> str:
    """Return when this process began, as the system words it, or nothing when there is none.

    A number is given to another process one day; number and beginning together are not.
    """
    if sys.platform == "linux":
        return _linux_start(pid)
    shown = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603
    return shown.stdout.strip()


def _linux_start(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _write_run_file(path: str) -> None:
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        json.dump({"pid": os.getpid(), "mark": start_mark(os.getpid())}, file)
    os.replace(f"{path}.new", path)


def _end_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("started by a process that is gone")


def main(arguments: list[str]) -> None:
    """Become the command; exit with 127 and one line when it cannot be started."""
    run_file, parent, *command = arguments
    _end_with_parent(int(parent))
    _write_run_file(run_file)
    try:
        os.execvp(command[0], command)  # noqa: S606
    except OSError as error:
        print(f"{command[0]} cannot be started: {error.strerror}", file=sys.stderr)  # noqa: T201
        sys.exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
