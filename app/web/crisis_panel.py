"""What the page shows while care is held for danger: what was answered, what is held, who is asked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.adapters.records.journal import Row
from app.web.card_lines import Line
from app.web.deliveries import deliveries
from app.web.local_time import moment_text
from app.web.why import risk_grounds, risk_words
from app.web.words import counted


class CrisisPanel(msgspec.Struct, frozen=True):
    """The panel of one risk hold."""

    case: str
    card: str
    title: str
    lines: tuple[Line, ...]


def crisis_panel(rows: Sequence[Row], zone: str) -> CrisisPanel | None:
    """The panel of the risk hold that stands, or None when none does."""
    hold: Row | None = None
    for row in rows:
        if row.kind == "hold" and row.data.get("hold") == "risk":
            hold = row
        elif row.kind == "hold_cleared":
            hold = None
    if hold is None:
        return None
    since = [row for row in rows if row.seq >= hold.seq - _rows_before(rows, hold)]
    risk = next((row for row in reversed(since) if row.kind == "risk"), hold)
    words = Line("words", risk_grounds(risk.data))
    lines = (
        words,
        _answered(rows, risk),
        _held(since),
        Line("since", moment_text(hold.at, zone)),
    )
    stays = Line(
        "stays on", "STOP, HELP, more help on more danger, and WRONG, which says that we read it wrong"
    )
    return CrisisPanel(str(hold.data.get("case", "")), risk.by, risk_words(risk.data), (*lines, stays))


def _rows_before(rows: Sequence[Row], hold: Row) -> int:
    """How many rows of the same commit stand before the hold: texts are taken back first."""
    return sum(1 for row in rows if row.by == hold.by and row.seq < hold.seq)


def _answered(rows: Sequence[Row], risk: Row) -> Line:
    message = str(risk.data.get("message", ""))
    fate = deliveries(rows).get(message)
    if fate is None:
        return Line("answered", "not once more: help was named a short while ago")
    body = next((str(row.data.get("body", "")) for row in rows if row.data.get("message") == message), "")
    numbers = " and ".join(number for number in ("988", "911") if number in body)
    when = next(
        (f"at the carrier after {step.after}" for step in fate.steps if step.fate == "carrier"), fate.words
    )
    return Line("answered", f"names {numbers or 'help'}, {when}. Hours and caps do not apply.")


def _held(since: Sequence[Row]) -> Line:
    kept = sum(1 for row in since if row.kind == "withheld" and row.data.get("reason") == "risk_hold")
    late = sum(1 for row in since if row.kind == "delivery" and row.data.get("reason") == "risk_hold")
    count = kept + late
    texts = f"{counted(count, 'cheerful text')} and all offers" if count else "all offers and cheerful texts"
    return Line(
        "held", f"{texts}, until a person clears it (or they say WRONG, when it is not imminent)", "held"
    )
