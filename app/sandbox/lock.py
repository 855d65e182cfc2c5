"""One `cairn up` at a time for a data folder, and where the one that runs is found."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from app.sandbox.demo_keys import demo_keys

WAIT = 1.0  # seconds for one that is about to begin its end
WAIT_FOR_STOPPING = 15.0  # seconds for one that is stopping its children


class AlreadyUp(Exception):
    """Another `cairn up` serves this data folder; the text says where, in one line."""


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """The `cairn up` that holds the folder: its process, its address, and what its children were told."""

    pid: int
    address: str = ""
    stopping: bool = False
    environment: dict[str, str] = {}


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the folder while the block runs; raises AlreadyUp. A killed holder holds nothing."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data / "run").mkdir(exist_ok=True)
    descriptor = os.open(_lock_path(data), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(descriptor, data)
        announce(data, Running(pid=os.getpid()))
        yield
    finally:
        os.close(descriptor)


def announce(data: Path, running: Running) -> None:
    """Write down what is known about the holder, for the next one and for commands in other terminals."""
    draft = _running_path(data).with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(running))
    draft.replace(_running_path(data))


def running_environment(data: Path) -> dict[str, str]:
    """Return the settings by which other commands reach the demo that runs here; empty when none does."""
    running = _running(data)
    if running is None or not _is_held(data):
        return {}
    return demo_keys(data).environment() | running.environment


def _wait_for(descriptor: int, data: Path) -> None:
    began = time.monotonic()
    while not _take(descriptor):
        running = _running(data)
        stopping = running is not None and running.stopping
        if time.monotonic() - began > (WAIT_FOR_STOPPING if stopping else WAIT):
            raise AlreadyUp(_already_up(data, running))
        time.sleep(0.05)


def _already_up(data: Path, running: Running | None) -> str:
    if running is None:
        return f"Another cairn up uses {data}. Stop it, or set CAIRN_DATA to another folder."
    where = f" at {running.address}" if running.address else ""
    return f"Cairn runs already{where} (data {data}). Use that one, or stop it: kill {running.pid}"


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_held(data: Path) -> bool:
    try:
        descriptor = os.open(_lock_path(data), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def _running(data: Path) -> Running | None:
    try:
        return msgspec.json.decode(_running_path(data).read_bytes(), type=Running)
    except (OSError, msgspec.MsgspecError):
        return None


def _lock_path(data: Path) -> Path:
    return data / "run" / "up.lock"


def _running_path(data: Path) -> Path:
    return data / "run" / "up.json"
