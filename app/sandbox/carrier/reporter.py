"""Posts a message's status callbacks."""

from __future__ import annotations

from functools import partial

from app.sandbox.carrier.book import Book
from app.sandbox.carrier.crew import Crew
from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.postman import Postman
from app.sandbox.carrier.webhooks import callback_form


class Reporter:
    """Tells whoever sent a message what became of it."""

    def __init__(self, book: Book, postman: Postman, crew: Crew, account_sid: str) -> None:
        self._book = book
        self._postman = postman
        self._crew = crew
        self._account_sid = account_sid

    def report(self, entry: Entry) -> None:
        """Post the callback of the status the message has just reached, in the background."""
        for _ in range(_copies(entry)):
            self._crew.submit(partial(self._post, entry))

    def report_now(self, entry: Entry) -> None:
        """Post it, and return when it was answered or given up."""
        for _ in range(_copies(entry)):
            self._post(entry)

    def _post(self, entry: Entry) -> None:
        outcome = self._postman.post(entry.callback_url or "", callback_form(entry, self._account_sid))
        self._book.note_callback(entry.sid, entry.status, outcome.tries, outcome.answer)


def _copies(entry: Entry) -> int:
    if entry.callback_url is None:
        return 0
    return {"usual": 1, "lost": 0, "twice": 2}[entry.reports]
