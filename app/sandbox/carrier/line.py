"""Cutting the connection on which a request came."""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from threading import Event
from time import monotonic

from flask import request

GLANCE = 0.05


class HungUp(Exception):
    """The connection is to be closed without an answer."""


def hang_up() -> None:
    """Close the request's connection, so that what is answered afterwards reaches nobody."""
    with suppress(OSError):
        _line().shutdown(socket.SHUT_RDWR)


def wait_for_caller_to_leave(ending: Event, seconds: float) -> None:
    """Return when the caller has closed its side, the time is over or the carrier ends."""
    deadline = monotonic() + seconds
    while monotonic() < deadline and not ending.is_set():
        readable, _, _ = select.select([_line()], [], [], GLANCE)
        if readable and _has_left():
            return


def _has_left() -> bool:
    try:
        return not _line().recv(1, socket.MSG_PEEK)
    except OSError:
        return True


def _line() -> socket.socket:
    line: socket.socket = request.environ["werkzeug.socket"]
    return line
