"""Plays the faults that a REST call can meet."""

from __future__ import annotations

from threading import Event

from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.faults import Fault, Faults
from app.sandbox.carrier.line import HungUp, wait_for_caller_to_leave

LONGEST_SILENCE = 60.0
USUAL_SLOWNESS = 2.0


class Trouble:
    """Stands before and behind each REST call."""

    def __init__(self, faults: Faults, ending: Event) -> None:
        self._faults = faults
        self._ending = ending

    def before_create(self, numbers: tuple[str | None, ...]) -> Fault | None:
        """Fail when told to; return the server error that is to come after storing, if any."""
        self._refuse("create", numbers)
        error = self._faults.take("server_error", numbers)
        if error is not None and not error.stored:
            raise _server_error(error)
        return error

    def after_create(self, entry: Entry, error: Fault | None) -> None:
        """Fail or dawdle when told to, with the message in the book."""
        numbers = (entry.sender, entry.recipient)
        if error is not None:
            raise _server_error(error)
        self._dawdle("create", numbers)
        if timeout := self._faults.take("timeout", numbers):
            wait_for_caller_to_leave(self._ending, _seconds(timeout, LONGEST_SILENCE))
            raise HungUp
        if self._faults.take("reset_after", numbers):
            raise HungUp

    def before_read(self, numbers: tuple[str | None, ...]) -> None:
        """Fail or dawdle when told to."""
        self._refuse("read", numbers)
        if error := self._faults.take("server_error", numbers, on="read"):
            raise _server_error(error)
        self._dawdle("read", numbers)

    def _refuse(self, on: str, numbers: tuple[str | None, ...]) -> None:
        if self._faults.take("reset_before", numbers, on):
            raise HungUp
        if self._faults.take("too_many", numbers, on):
            raise Refusal(20429, 429)
        if refusal := self._faults.take("refuse", numbers, on):
            raise Refusal(refusal.code or 21211)

    def _dawdle(self, on: str, numbers: tuple[str | None, ...]) -> None:
        if slow := self._faults.take("slow", numbers, on):
            self._ending.wait(_seconds(slow, USUAL_SLOWNESS))


def _server_error(fault: Fault) -> Refusal:
    return Refusal(20503, 503) if fault.code == 503 else Refusal(20500, 500)


def _seconds(fault: Fault, usual: float) -> float:
    return usual if fault.seconds is None else fault.seconds
