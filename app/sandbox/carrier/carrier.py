"""All parts of one carrier, put together, started and stopped."""

from __future__ import annotations

from threading import Event

from app.sandbox.carrier.book import Book
from app.sandbox.carrier.crew import Crew
from app.sandbox.carrier.desk import Desk
from app.sandbox.carrier.faults import Faults
from app.sandbox.carrier.inbound import Inbound, InboundParts
from app.sandbox.carrier.postman import Postman
from app.sandbox.carrier.reporter import Reporter
from app.sandbox.carrier.senders import Senders
from app.sandbox.carrier.settings import CarrierSettings
from app.sandbox.carrier.store import Store
from app.sandbox.carrier.timeline import Timeline
from app.sandbox.carrier.trouble import Trouble


class Carrier:
    """One carrier with its book; nothing moves before `start`."""

    def __init__(self, settings: CarrierSettings) -> None:
        self.settings = settings
        self.ending = Event()
        self.store = Store(settings.book_path)
        self.book = Book(self.store)
        self.senders = Senders(self.store, settings)
        self.faults = Faults()
        self.trouble = Trouble(self.faults, self.ending)
        self._webhook_crew = Crew("carrier-webhook", settings.webhook_threads)
        self._callback_crew = Crew("carrier-callback", settings.callback_threads)
        postman = Postman(settings)
        reporter = Reporter(self.book, postman, self._callback_crew, settings.account_sid)
        self.timeline = Timeline(self.book, self.senders, reporter, settings)
        self.desk = Desk(self.book, self.senders, self.faults, self.timeline, settings)
        self.inbound = Inbound(
            InboundParts(
                settings, self.book, self.senders, self.faults, self.desk, postman, self._webhook_crew
            )
        )

    def start(self) -> None:
        """Go on with what the book holds."""
        self.timeline.start()
        self.inbound.resume()

    def stop(self) -> None:
        """End every thread and close the book."""
        self.ending.set()
        self.timeline.stop()
        self._webhook_crew.stop()
        self._callback_crew.stop()
        self.store.close()
