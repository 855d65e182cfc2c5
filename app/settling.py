"""What a dead worker left behind: leases that ended are settled by the rule of each life."""

from __future__ import annotations

import logging

from app.adapters.records.outbox import Leaving, Outbox
from app.channels import our_end
from app.deliver import Deliverer
from app.ports import Gateway, GatewayError, InBook, Unreadable

log = logging.getLogger("cairn.settle")

WORK_LEASE = 10_000  # ms that one look may take
LOOK_AGAIN = 8_000  # ms between the two looks at the carrier's book
LOOKS = 2
BLIND_RISK = 40_000  # ms after which an answer to danger waits no more for a book that cannot be read
BLIND = 600_000  # ms for all others
SKEW = 60_000  # ms by which the carrier's clock may be behind ours


class Settler:
    """Settles texts whose lease ended; safe to run in as many processes as one likes."""

    def __init__(
        self, outbox: Outbox, deliverer: Deliverer, gateway: Gateway, numbers: dict[str, str]
    ) -> None:
        self._outbox, self._deliverer = outbox, deliverer
        self._gateway, self._numbers = gateway, numbers

    def run(self) -> int:
        """Settle every text whose lease ended; how many there were."""
        expired = self._outbox.expired(WORK_LEASE)
        for message, life in expired:
            try:
                self._settle(message, life)
            except Unreadable:
                self._deliverer.unreadable(message)
            except Exception as fault:  # one fault never stops the others; the lease brings it back
                log.error("fault while settling %s: %s", message, type(fault).__name__)
        return len(expired)

    def _settle(self, message: str, life: str) -> None:
        text = None if life in ("claimed", "waiting") else self._outbox.load(message)
        if life == "claimed":
            self._outbox.put_back(message, 0, only_from="claimed")
            log.info("%s taken over, it had not begun to leave", message)
        elif text is not None and text.life == "calling":
            self._look(text)
        elif text is not None:
            self._deliverer.follow(text)
        else:
            self._outbox.followed(message)

    def _look(self, text: Leaving) -> None:
        """In a call when its worker died, or answered unclearly: never blindly sent again."""
        try:
            found = self._in_book(text)
        except GatewayError as error:  # a look at nothing is no look
            log.warning("the carrier's book cannot be read: %s", error)
            self._unread(text)
            return
        if found is not None:
            self._deliverer.accepted(text, found.sid)
        elif self._outbox.look_again(text.message, LOOK_AGAIN) >= LOOKS:
            self._by_class(text)

    def _unread(self, text: Leaving) -> None:
        patience = BLIND_RISK if text.cls == "risk" else BLIND
        if text.machine_now - text.called_at > patience:
            self._by_class(text)

    def _by_class(self, text: Leaving) -> None:
        if text.cls == "scheduled":
            self._deliverer.end(text, "withheld", "unclear", only_from="calling")
        elif not text.again:
            self._outbox.once_more(text.message)
        else:
            self._deliverer.end(text, "unclear", "unclear twice", only_from="calling")
        log.warning("%s %s unclear, class %s", text.message, text.participant, text.cls)

    def _in_book(self, text: Leaving) -> InBook | None:
        sender = our_end(self._numbers, text.text.sender, text.number)
        for entry in self._gateway.sent(sender, text.called_at - SKEW, text.number):
            if entry.body == text.text.body and self._outbox.by_sid(entry.sid) in ("", text.message):
                return entry
        return None
