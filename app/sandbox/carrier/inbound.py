"""A text that a phone wrote: stored, posted to the webhook, its answer acted on."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

import msgspec

from app.sandbox.carrier.book import Book
from app.sandbox.carrier.crew import Crew
from app.sandbox.carrier.desk import Desk
from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.faults import Faults
from app.sandbox.carrier.keywords import ANSWERS, Keyword, read_keyword
from app.sandbox.carrier.order import Order
from app.sandbox.carrier.postman import Outcome, Postman
from app.sandbox.carrier.senders import Senders
from app.sandbox.carrier.settings import CarrierSettings
from app.sandbox.carrier.twiml import Reply, read_replies
from app.sandbox.carrier.webhooks import text_form


class InboundParts(msgspec.Struct, frozen=True):
    """What inbound texts pass through."""

    settings: CarrierSettings
    book: Book
    senders: Senders
    faults: Faults
    desk: Desk
    postman: Postman
    crew: Crew


class Inbound:
    """Takes texts from phones."""

    def __init__(self, parts: InboundParts) -> None:
        self._parts = parts

    def receive(self, text: Entry, copies: int) -> tuple[Entry, list[Future[None]]]:
        """Store the text and post it in the background; return it with the posts under way."""
        numbers = (text.sender, text.recipient)
        if self._parts.faults.take("silent_webhook", numbers):
            text, copies = msgspec.structs.replace(text, webhook="silent"), 0
        elif self._parts.faults.take("text_twice", numbers):
            copies = max(2, copies)
        kept, is_new = self._parts.book.add(self._read(text))
        if is_new and kept.opt_out is not None:
            self._confirm(kept)
        return kept, [self._parts.crew.submit(partial(self._post, kept)) for _ in range(copies)]

    def resume(self) -> None:
        """Post what an earlier run stored and did not come to post."""
        for entry in self._parts.book.waiting():
            self._parts.crew.submit(partial(self._post, entry))

    def _read(self, text: Entry) -> Entry:
        keyword = read_keyword(text.body)
        if keyword is None or not self._parts.senders.of(text.recipient).answers_stop:
            return text
        self._note_choice(keyword, text)
        return msgspec.structs.replace(text, opt_out=keyword)

    def _note_choice(self, keyword: Keyword, text: Entry) -> None:
        match keyword:
            case "STOP":
                self._parts.senders.opt_out(text.recipient, text.sender or "")
            case "START":
                self._parts.senders.opt_in(text.recipient, text.sender or "")
            case "HELP":
                pass

    def _confirm(self, text: Entry) -> None:
        answer = Reply(next(words for keyword, words in ANSWERS.items() if keyword == text.opt_out))
        self._parts.desk.take(_order(answer, text))

    def _post(self, text: Entry) -> None:
        url = self._parts.senders.of(text.recipient).sms_url
        outcome = self._parts.postman.post(url, text_form(text, self._parts.settings.account_sid))
        if outcome.was_answered:
            self._send_replies(text, outcome)
        webhook = "answered" if outcome.was_answered else "failed"
        self._parts.book.note_webhook(text.sid, webhook, outcome.tries, outcome.answer)

    def _send_replies(self, text: Entry, outcome: Outcome) -> None:
        for reply in read_replies(outcome.body):
            try:
                self._parts.desk.accept(_order(reply, text))
            except Refusal:
                # Twilio drops a reply it would refuse, and tells nobody but its own console.
                continue


def _order(reply: Reply, text: Entry) -> Order:
    return Order(
        recipient=reply.recipient or text.sender or "",
        sender=reply.sender or text.recipient,
        body=reply.body,
        callback_url=reply.callback_url,
        direction="outbound-reply",
    )
