"""The lines of a turn card: what was heard and read, decided, held back, said."""

from __future__ import annotations

import msgspec

from app.adapters.records.journal import Row
from app.web.local_time import moment_text
from app.web.why import read_words, risk_grounds, risk_words, sentence
from app.web.words import counted, encoding_words, reason_words

SHOWN_ELSEWHERE = ("heard", "said", "delivery", "withheld", "risk")


class Line(msgspec.Struct, frozen=True):
    """One line of a card: its label, what it says, and its tone."""

    label: str
    text: str
    tone: str = ""


def card_lines(own: list[Row], group: list[Row], zone: str) -> list[Line]:
    """The lines of a card: `own` are the rows of its signal, `group` also those of its deliveries."""
    lines = [line for row in own for line in _heard_lines(row)]
    lines += _planned_lines(own, zone)
    lines += _decided_lines(own, zone)
    lines += _held_lines(own)
    lines += _said_lines(own)
    later = [sentence(row, zone) for row in group if row not in own and row.kind not in SHOWN_ELSEWHERE]
    return [*lines, *(Line("then", words) for words in later if words)]


def _heard_lines(row: Row) -> list[Line]:
    data = row.data
    if row.kind == "risk":
        return [Line("risk", risk_words(data), "crisis"), Line("words", risk_grounds(data))]
    if row.kind != "heard":
        return []
    lines = [Line("read as", read_words(data))]
    if data.get("late"):
        lines.append(Line("late", "found in the carrier's book, not told by the carrier"))
    if data.get("carrier_opt_out"):
        lines.append(Line("carrier", f"the carrier had answered {data['carrier_opt_out']} itself"))
    return lines


def _planned_lines(own: list[Row], zone: str) -> list[Line]:
    planned = planned_at(own)
    return [Line("planned", f"{moment_text(planned, zone)}, their clock")] if planned else []


def _decided_lines(own: list[Row], zone: str) -> list[Line]:
    said = [
        words for row in own if row.kind not in SHOWN_ELSEWHERE and (words := sentence(row, zone))
    ] or _without_rows(own)
    if not said:
        return []
    first, *others = said
    return [Line("decided", f"{first}  {own[0].milliseconds:.1f} ms"), *(Line("", words) for words in others)]


def _without_rows(own: list[Row]) -> list[str]:
    """What was decided about a text that left no other row than the answer, if any."""
    if own[0].kind != "heard":
        return []
    return (
        ["to answer, and nothing else"] if any(row.kind == "said" for row in own) else ["to do nothing more"]
    )


def _held_lines(own: list[Row]) -> list[Line]:
    """Texts that this commit took back, counted by reason; and answers that the guard kept back."""
    taken_back: dict[str, int] = {}
    lines = []
    for row in own:
        reason = str(row.data.get("reason", ""))
        if row.kind == "withheld" and row.data.get("message"):
            taken_back[reason] = taken_back.get(reason, 0) + 1
        elif row.kind == "withheld":
            lines.append(Line("not sent", f"{row.data.get('source', '')}: {reason_words(reason)}", "held"))
    taken = (
        Line("held back", f"{counted(count, 'text')} that had not left: {reason_words(reason)}", "held")
        for reason, count in taken_back.items()
    )
    return [*taken, *lines]


def _said_lines(own: list[Row]) -> list[Line]:
    said = [row.data for row in own if row.kind == "said"]
    if not said:
        return []
    segments = sum(int(data.get("segments", 1)) for data in said)
    encodings = dict.fromkeys(encoding_words(str(data.get("encoding", ""))) for data in said)
    parts = [
        counted(len(said), "text"),
        counted(segments, "segment"),
        " and ".join(name for name in encodings if name),
    ]
    return [Line("said", ", ".join(part for part in parts if part))]


def planned_at(own: list[Row]) -> int:
    """When the decision point of a wake-up was planned, 0 when there is none."""
    if own[0].kind == "heard":
        return 0
    return next((int(row.data["planned_at"]) for row in own if row.kind == "decision"), 0)
