"""Reads the carrier's book: what came to us and was never heard, and what left while our record was lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from app.adapters.records.marks import Marks
from app.adapters.records.outbox import Leaving, Outbox
from app.channels import addresses, bare
from app.core.signals import ReplyReceived
from app.deliver import Deliverer
from app.handle import Crowded, Spine, Undecided
from app.ports import Gateway, InBook, Unreadable
from app.snapshots import NoRelease

log = logging.getLogger("cairn.reconcile")

OVERLAP = (
    10 * 60_000
)  # ms read again each time, and before a first start: the book lags, what is known is skipped
UNSENT = ("waiting", "claimed", "calling")
WEBHOOK_TAKES = 15_000  # ms in which the carrier still tries to tell us itself


class Reconciler:
    """Asks the carrier what we missed."""

    def __init__(
        self,
        gateway: Gateway,
        spine: Spine,
        outbox: Outbox,
        deliverer: Deliverer,
        marks: Marks,
        numbers: Mapping[str, str],
        zones: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._gateway, self._spine, self._outbox, self._deliverer = gateway, spine, outbox, deliverer
        self._marks, self._numbers, self._zones = marks, numbers, zones

    def inbound(self) -> int:
        """Handle every text that came to our numbers since the last one seen; how many were new.

        Raises GatewayError when the book cannot be read; then the mark stays where it is.
        """
        new = 0
        for sender, number in self._numbers.items():
            started = self._marks.machine_now()
            since = self._marks.get(f"in:{sender}", started) - OVERLAP
            for address in addresses(number):
                for entry in reversed(list(self._gateway.received(address, since))):
                    new += self._hear(sender, entry, started)
            self._marks.set(f"in:{sender}", started)
        if new:
            log.info("%s texts found that we had not heard", new)
        return new

    def outbound(self) -> int:
        """Match what left with texts that our record still holds as unsent; how many were matched."""
        matched = 0
        for sender, number in self._numbers.items():
            started = self._marks.machine_now()
            since = self._marks.get(f"out:{sender}", started) - OVERLAP
            left = [entry for address in addresses(number) for entry in self._gateway.sent(address, since)]
            unknown = [entry for entry in left if not self._outbox.by_sid(entry.sid)]
            matched += self._match(sender, unknown)
            self._marks.set(f"out:{sender}", started)
        return matched

    def note_outbound(self) -> None:
        """What left until now is on record: after the next start of Redis the book is read from here."""
        for sender in self._numbers:
            self._marks.set(f"out:{sender}", self._marks.machine_now())

    def _hear(self, sender: str, entry: InBook, now: int) -> int:
        signal = ReplyReceived(
            id=entry.sid,
            text=entry.body,
            at=entry.at,
            sender=sender,
            late=now - entry.at > WEBHOOK_TAKES,
            media=entry.media,
            zones=self._zones(bare(entry.number)),
        )
        try:
            return int(self._spine.hear(entry.number, signal) == "done")
        except (Crowded, NoRelease, Undecided, Unreadable) as fault:  # one never stops the others
            log.error("%s could not be handled: %s", entry.sid, type(fault).__name__)
            return 0

    def _load(self, message: str) -> Leaving | None:
        try:
            return self._outbox.load(message)
        except Unreadable:  # whoever delivers it gives it up
            return None

    def _match(self, sender: str, unknown: list[InBook]) -> int:
        if not unknown:
            return 0
        matched = 0
        for message in self._outbox.unsettled(("risk", "confirmation", "reply", "scheduled")):
            text = self._load(message)
            if text is None or text.text.sender != sender or text.life not in UNSENT:
                continue
            found = next((e for e in unknown if (e.number, e.body) == (text.number, text.text.body)), None)
            if found is not None:
                unknown.remove(found)
                if self._outbox.by_sid(found.sid) not in ("", message):
                    continue  # another clock reads the book as well
                self._deliverer.accepted(text, found.sid)
                matched += 1
        return matched
