"""After Redis was started: nothing leaves until the carrier's book has been read from the last known mark."""

from __future__ import annotations

import logging

from app.adapters.records.keys import SHARDS
from app.adapters.records.marks import Marks
from app.adapters.records.participants import Participants
from app.handle import Spine
from app.reconcile import Reconciler

log = logging.getLogger("cairn.recovery")

MOST_ROUNDS = 50


class Recovery:
    """Brings the record up to what the carrier knows, then opens the gate."""

    def __init__(
        self, marks: Marks, reconciler: Reconciler, participants: Participants, spine: Spine
    ) -> None:
        self._marks, self._reconciler = marks, reconciler
        self._participants, self._spine = participants, spine

    def needed(self) -> bool:
        """Whether Redis was started since the gate was last opened."""
        return self._marks.gate() != self._marks.run_id()

    def run(self) -> None:
        """Hear what was missed, decide what is due, match what had left; raises GatewayError."""
        run_id = self._marks.run_id()
        heard = self._reconciler.inbound()
        self._wake_all_due()
        matched = self._reconciler.outbound()
        self._marks.open_gate(run_id)
        log.info("the carrier's book was read: %s texts heard late, %s had left already", heard, matched)

    def _wake_all_due(self) -> None:
        """What is due is decided before the book is compared: a text of a lost commit is decided anew."""
        for shard in range(SHARDS):
            for _ in range(MOST_ROUNDS):
                due = self._participants.claim_wakes(shard, self._marks.care_now(), 10_000, 200)
                if not due:
                    break
                self._spine.wake_many(due)
