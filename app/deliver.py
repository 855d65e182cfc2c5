"""The one way out: claim a text, look once more whether it may leave, mark it, call the carrier."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import msgspec

from app.adapters.carrier_codes import meaning
from app.adapters.records.outbox import Leaving, Outbox
from app.channels import our_end
from app.core.leaving import may_leave
from app.core.signals import Delivery, DeliveryReported
from app.handle import Spine
from app.ports import Accepted, Gateway, NotReached, Outcome, Refused, Unreadable, Unsure
from app.snapshots import Snapshots

log = logging.getLogger("cairn.deliver")

CLAIM_LEASE = 8_000  # ms: a text that a dead worker held and had not begun to send is free again after this
CALL_LEASE = 12_000  # ms: longer than a call may take
FOLLOW_LEASE = 10_000  # ms until the participant's record must have followed
UNSURE_LEASE = 3_000  # ms until the carrier's book is looked at after a call that ended unclear
OPENS = 3  # times a text that cannot be opened is tried
STALLED = 5.0  # seconds between check and call after which somebody else may have taken the text up
RESERVED = 4  # calls kept free for answers to danger while others hang
CHECKS = 8  # a check is made again when somebody committed in between
BACKOFF = (2_000, 5_000, 15_000, 60_000, 300_000)
POLL_SECONDS = 0.04  # how often a busy deliverer looks for more


class Deliverer:
    """Delivers texts, many calls in flight; safe to run in as many processes as one likes."""

    def __init__(
        self,
        outbox: Outbox,
        spine: Spine,
        snapshots: Snapshots,
        gateway: Gateway,
        numbers: dict[str, str],
        in_flight: int = 16,
        rate: float = 0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox, self._spine, self._snapshots = outbox, spine, snapshots
        self._gateway, self._numbers = gateway, numbers
        self._in_flight, self._rate, self._seconds = in_flight, rate, seconds
        self._pool = ThreadPoolExecutor(in_flight, thread_name_prefix="deliver")

    def run(self, classes: Sequence[str], seconds: float = 20, older_ms: int = 0) -> int:
        """Deliver what waits in these classes until nothing does, or so many seconds passed; how many left it."""
        until = time.monotonic() + seconds
        running: set[Future[None]] = set()
        count = 0
        while True:
            free = self._in_flight - len(running)
            claimed = self._claim(classes, free, older_ms) if free and time.monotonic() < until else []
            running |= {self._pool.submit(self._safely, message) for message in claimed}
            count += len(claimed)
            if not running:
                return count
            _, running = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)

    def close(self) -> None:
        """Let the calls in flight end."""
        self._pool.shutdown(wait=True)

    def deliver_one(self, message: str) -> None:
        """Take one claimed text as far as it goes."""
        for _ in range(CHECKS):
            text = self._outbox.load(message)
            if text is None:
                self._outbox.settle(message, "withheld", only_from="waiting,claimed")  # they are gone
                return
            if text.life != "claimed":
                return
            shared = self._snapshots.of(text.state.program)
            reason = may_leave(text.state, text.text, shared, text.care_now)
            if reason:
                self._withhold(text, reason)
                return
            began = self._seconds()
            match self._outbox.calling(text, CALL_LEASE):
                case "ok":
                    self._call(text, began)
                    return
                case "lost":
                    return
        self._outbox.put_back(message, 0, only_from="claimed")

    def _claim(self, classes: Sequence[str], most: int, older_ms: int) -> list[str]:
        """Answers to danger may take every call; what else their worker serves leaves some of them free."""
        others = [cls for cls in classes if cls != "risk"]
        if len(others) == len(classes):
            return self._claim_some(others, most, older_ms)
        found = self._claim_some(("risk",), most, older_ms)
        return found + self._claim_some(others, most - len(found) - RESERVED, older_ms)

    def _claim_some(self, classes: Sequence[str], most: int, older_ms: int) -> list[str]:
        if not classes or most <= 0:
            return []
        return self._outbox.claim(classes, most, CLAIM_LEASE, self._rate, older_ms) or []

    def _safely(self, message: str) -> None:
        try:
            self.deliver_one(message)
        except Unreadable:
            self.unreadable(message)
        except Exception as fault:  # the lease brings the text back; one fault never stops the others
            log.error("fault while delivering %s: %s", message, type(fault).__name__)

    def unreadable(self, message: str) -> None:
        """Note that a text could not be opened; after some tries it is given up, visibly."""
        tries = self._outbox.give_up(message, OPENS)
        log.error("%s cannot be opened, %s times now", message, tries)

    def _withhold(self, text: Leaving, reason: str) -> None:
        self.end(text, "withheld", reason, only_from="waiting,claimed")
        log.info("%s %s withheld %s", text.message, text.participant, reason)

    def end(self, text: Leaving, life: Delivery, reason: str, only_from: str) -> None:
        """End a text that does not leave, or nobody knows whether it did; a report that came first wins."""
        moved = self._outbox.settle(
            text.message, life, only_from=only_from, follow_ms=FOLLOW_LEASE, reason=reason
        )
        if moved.answer == "moved":
            self._tell(text, life, reason, text.code)
            self._outbox.followed(text.message)

    def follow(self, text: Leaving) -> None:
        """Let the participant's record follow a text whose process died right after it was settled."""
        match text.life:
            case "accepted" | "sent":
                self._tell(text, "accepted")
            case "delivered" | "undelivered" | "failed" | "withheld" | "unclear":
                self._tell(text, text.life, text.reason, text.code)
        self._outbox.followed(text.message)

    def _tell(self, text: Leaving, status: Delivery, reason: str = "", code: int = 0) -> None:
        """Tell the participant's record; of a stale text the commit that took it back has told it already."""
        if reason == "stale":
            return
        known = meaning(code)
        words, reach = (known.words, known.reach) if code else (reason, "")
        report = _report(text, status, sid=text.sid, reason=words, code=code, reach=reach)
        self._spine.handle(text.participant, msgspec.structs.replace(report, maybe_twice=text.again))

    def _call(self, text: Leaving, began: float) -> None:
        if self._seconds() - began > STALLED:
            return  # its lease may have ended in between: whoever settles it decides
        valid = max(1, (text.text.valid_until - text.care_now) // 1000)
        number = our_end(self._numbers, text.text.sender, text.number)
        outcome = self._gateway.send(text.message, number, text.number, text.text.body, valid)
        self.settle(text, outcome)

    def settle(self, text: Leaving, outcome: Outcome) -> None:
        """Write down what became of a call."""
        log.info("%s %s %s", text.message, text.participant, type(outcome).__name__.lower())
        match outcome:
            case Accepted(sid):
                self.accepted(text, sid)
            case Refused(code):
                self._refused(text, code)
            case NotReached(code):
                self._later(text, code)
            case Unsure():
                self._outbox.lease(text.message, UNSURE_LEASE)

    def accepted(self, text: Leaving, sid: str) -> None:
        """The carrier has it: the text first, then the participant's record."""
        self._outbox.settle(text.message, "accepted", sid, follow_ms=FOLLOW_LEASE)
        self._spine.handle(text.participant, _report(text, "accepted", sid=sid, maybe_twice=text.again))
        self._outbox.followed(text.message)

    def _refused(self, text: Leaving, code: int) -> None:
        moved = self._outbox.settle(text.message, "failed", follow_ms=FOLLOW_LEASE, code=code)
        if moved.answer == "moved":
            self._tell(text, "failed", code=code)
            self._outbox.followed(text.message)

    def _later(self, text: Leaving, code: int) -> None:
        wait_ms = BACKOFF[min(text.tries, len(BACKOFF) - 1)]
        self._outbox.put_back(text.message, wait_ms, only_from="calling")
        log.info("%s waits %s ms, code %s", text.message, wait_ms, code)


def _report(text: Leaving, status: Delivery, **more: Any) -> DeliveryReported:
    report = DeliveryReported(f"{text.message}:{status}", text.message, status, cls=text.cls)
    return msgspec.structs.replace(report, **more)
