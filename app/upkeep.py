"""What needs the carrier's book: after a start of Redis, for leases that ended, and for texts that we missed."""

from __future__ import annotations

from app.adapters.records.marks import Marks
from app.wiring import Parts

RECONCILE_EVERY = 120_000  # ms
RISK_WAITS = 60_000  # ms after which an answer to danger that has not left pages a person
AGAIN_AFTER_GAP = (0, 4_000, 20_000)  # ms after a gap at which the carrier is asked


def upkeep(parts: Parts) -> None:
    """Do what is to be done now; raises GatewayError or RecordError, and is then simply done again."""
    parts.outbox.page_for_waiting_risk(RISK_WAITS)
    if parts.recovery.needed():
        parts.recovery.run()
    parts.settler.run()
    now = parts.marks.machine_now()
    asked = parts.marks.get("asked", 0)
    wanted = [parts.marks.get(f"ask:{number}", 0) for number in range(len(AGAIN_AFTER_GAP))]
    if any(asked < at <= now for at in wanted) or now - asked > RECONCILE_EVERY:
        parts.reconciler.inbound()
        parts.marks.set("asked", now)
        if not parts.recovery.needed():
            parts.reconciler.note_outbound()


def ask_soon(marks: Marks) -> None:
    """After a gap: ask the carrier for what we missed at once, and again when its own tries are over."""
    now = marks.machine_now()
    for number, later in enumerate(AGAIN_AFTER_GAP):
        marks.set(f"ask:{number}", now + later)
