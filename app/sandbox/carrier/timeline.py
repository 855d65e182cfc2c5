"""The thread that moves outgoing messages through their life."""

from __future__ import annotations

import logging
import sqlite3
from threading import Event, Thread

import msgspec

from app.sandbox.carrier.book import Book
from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.life import advance
from app.sandbox.carrier.reporter import Reporter
from app.sandbox.carrier.senders import Senders
from app.sandbox.carrier.settings import CarrierSettings

logger = logging.getLogger(__name__)


class Timeline:
    """Sleeps until the next message is due, and moves it."""

    def __init__(self, book: Book, senders: Senders, reporter: Reporter, settings: CarrierSettings) -> None:
        self._book = book
        self._senders = senders
        self._reporter = reporter
        self._settings = settings
        self._bell = Event()
        self._ending = Event()
        self._thread = Thread(target=self._run, name="carrier-timeline", daemon=True)

    def start(self) -> None:
        """Begin, also with what an earlier run left in the queue."""
        self._thread.start()

    def nudge(self) -> None:
        """Look again: something was added, or the clock was moved."""
        self._bell.set()

    def stop(self) -> None:
        """End the thread."""
        self._ending.set()
        self._bell.set()
        if self._thread.is_alive():
            self._thread.join()

    def hasten(self, entry: Entry) -> None:
        """Take a message that the book holds still as far as sent, posting its callbacks before returning."""
        while entry.next_at is not None and entry.status != "sent":
            further = self._advanced(entry)
            self._book.move(msgspec.structs.replace(further, next_at=None), entry.status)
            self._reporter.report_now(further)
            entry = further
        self._book.move(entry, entry.status)
        self.nudge()

    def _run(self) -> None:
        while True:
            self._bell.clear()
            if self._ending.is_set():
                return
            self._bell.wait(self._work())

    def _advanced(self, entry: Entry) -> Entry:
        further = advance(entry, self._settings.clock(), self._settings.delays)
        if further.sender is None and further.status == "queued":
            return msgspec.structs.replace(further, sender=self._senders.all()[0].number)
        return further

    def _work(self) -> float | None:
        try:
            self._step()
            return self._pause()
        except sqlite3.Error as error:
            logger.error("the carrier's book cannot be written: %s", type(error).__name__)
            return 1.0

    def _step(self) -> None:
        for entry in self._book.due(self._settings.clock()):
            further = self._advanced(entry)
            if self._book.move(further, entry.status):
                self._reporter.report(further)

    def _pause(self) -> float | None:
        due = self._book.next_due()
        return None if due is None else max(0.0, due - self._settings.clock())
