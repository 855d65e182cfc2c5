"""Finds out which ports of this computer are free, and who has the others."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

HOST = "127.0.0.1"
TRIES = 100
LISTENING = "0A"  # in /proc/net/tcp


def is_free(port: int) -> bool:
    """Return whether we may listen here: nobody answers, and the system lets us have it."""
    with socket.socket() as caller:
        caller.settimeout(0.5)
        if caller.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def next_free(port: int) -> int:
    """Return the first free port from this one on; raises OSError when a hundred are taken."""
    for candidate in range(port, min(port + TRIES, 65536)):
        if is_free(candidate):
            return candidate
    raise OSError(f"no free port from {port} on")


def holder(port: int) -> str:
    """Return who listens on a port, like `pid 4120, node`, or nothing when the system does not tell us."""
    if sys.platform != "linux":
        return ""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and sockets & _open_sockets(process):
            return f"pid {process.name}, {(process / 'comm').read_text().strip()}"
    return ""


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            fields = line.split()
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes


def _open_sockets(process: Path) -> set[str]:
    try:
        return {str(link.readlink()) for link in (process / "fd").iterdir()}
    except OSError:
        return set()
