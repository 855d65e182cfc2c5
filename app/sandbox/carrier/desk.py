"""Where messages are handed in: checked, written into the book, and set on their way."""

from __future__ import annotations

import msgspec

from app.core.segments import segments as counted
from app.sandbox.carrier.book import Book
from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.faults import Faults
from app.sandbox.carrier.life import first_step_at
from app.sandbox.carrier.order import Order
from app.sandbox.carrier.rules import check_order
from app.sandbox.carrier.senders import Senders
from app.sandbox.carrier.settings import CarrierSettings
from app.sandbox.carrier.timeline import Timeline

USUAL_FAILURE = 30008
USUAL_STUCK_SECONDS = 30.0


class Desk:
    """Takes orders."""

    def __init__(
        self, book: Book, senders: Senders, faults: Faults, timeline: Timeline, settings: CarrierSettings
    ) -> None:
        self._book = book
        self._senders = senders
        self._faults = faults
        self._timeline = timeline
        self._settings = settings

    def accept(self, order: Order) -> Entry:
        """Write the order down and return the message as first accepted; raises Refusal."""
        check_order(order, self._senders)
        return self.take(order)

    def take(self, order: Order) -> Entry:
        """Write down an order that needs no check, and return the message."""
        entry = self._spoiled(self._draft(order))
        if self._faults.take("callback_early", (entry.sender, entry.recipient)):
            # Held still in the book, so that the timeline does not move it as well.
            kept, _ = self._book.add(msgspec.structs.replace(entry, next_at=None))
            self._timeline.hasten(entry)
            return kept
        kept, _ = self._book.add(entry)
        self._timeline.nudge()
        return kept

    def _draft(self, order: Order) -> Entry:
        now = self._settings.clock()
        has_sender = order.sender is not None
        delays = self._settings.delays
        return Entry(
            sid=self._settings.new_sid("MM" if order.media else "SM"),
            direction=order.direction,
            sender=order.sender,
            recipient=order.recipient,
            body=order.body,
            status="queued" if has_sender else "accepted",
            created=now,
            updated=now,
            # Twilio says 0 until the service has chosen a sender.
            segments=max(1, counted(order.body).segments) if has_sender else 0,
            media=order.media,
            service=order.service,
            callback_url=order.callback_url,
            expires=now + order.validity,
            next_at=now + (delays.queued if has_sender else delays.accepted),
        )

    def _spoiled(self, entry: Entry) -> Entry:
        return self._with_stuck(self._with_reports(self._with_ending(entry)))

    def _with_ending(self, entry: Entry) -> Entry:
        fault = self._faults.take("fail", (entry.sender, entry.recipient))
        if fault is None:
            return entry
        return msgspec.structs.replace(entry, ending=fault.status, ending_code=fault.code or USUAL_FAILURE)

    def _with_reports(self, entry: Entry) -> Entry:
        numbers = (entry.sender, entry.recipient)
        if self._faults.take("callback_lost", numbers):
            return msgspec.structs.replace(entry, reports="lost")
        if self._faults.take("callback_twice", numbers):
            return msgspec.structs.replace(entry, reports="twice")
        return entry

    def _with_stuck(self, entry: Entry) -> Entry:
        fault = self._faults.take("stuck", (entry.sender, entry.recipient))
        if fault is None or entry.expires is None:
            return entry
        wait = USUAL_STUCK_SECONDS if fault.seconds is None else fault.seconds
        return msgspec.structs.replace(entry, next_at=first_step_at(entry.created, wait, entry.expires))
