"""Hears that the demo shall stop: from the keyboard, from a signal, or because who started it is gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopping:
    """Whether to stop. Signals only set this, so that no child is lost between its start and its entry."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        # Started by make, we end with make: who kills it means us, and would find us holding the data.
        self._parent = os.getppid() if "MAKELEVEL" in environ else None
        self._heard = False
        self._may_break_off = False

    def __call__(self) -> bool:
        return self._heard or (self._parent is not None and os.getppid() != self._parent)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals for the time of the block, and give them back."""
        before = {number: signal.signal(number, self._hear) for number in SIGNALS if not _is_nohup(number)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """Let a signal break off the block, which starts no child and may take long."""
        self._may_break_off = True
        try:
            yield
        except KeyboardInterrupt:
            return
        finally:
            self._may_break_off = False

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._heard = True
        if self._may_break_off:
            raise KeyboardInterrupt


def _is_nohup(number: signal.Signals) -> bool:
    return number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN
