"""The names that a text or condition may use, with what is known of each."""

from __future__ import annotations

import msgspec

from app.content.drafts import EventDraft, InterventionDraft, VariableDraft
from app.content.names import ALWAYS
from app.content.ranges import FIXED_ANSWERS
from app.content.templates import is_truth
from app.content.whole import Whole, saved_as
from app.core.jinja_rules import expression_faults, parsed_expression

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_QUOTE = "x" * 60


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a name: its kind, the words it can be, the longest it gets, where it comes from."""

    kind: str
    words: tuple[str, ...] = ()
    longest: str = ""
    always: bool = False
    where: str = ""


def names_for(whole: Whole, draft: InterventionDraft | None = None) -> dict[str, Known]:
    """Return the names for the texts of an intervention, or for those of the program."""
    found = {name: _always(name, whole) for name in ALWAYS}
    found |= {variable.name.text: _variable(variable) for variable in whole.program.variables}
    for event in draft.events if draft is not None else ():
        name = saved_as(event)
        if name and name not in found:
            found[name] = _saved(event, whole)
    return found


def _always(name: str, whole: Whole) -> Known:
    kind = "word" if name in ("because_line", "hint", "weekday", "language", "sender_name") else "number"
    words = WEEKDAYS if name == "weekday" else whole.program.languages if name == "language" else ()
    longest = whole.program.sender_name if name == "sender_name" else ALWAYS[name]
    return Known(kind=kind, words=words, longest=longest, always=True)


def _variable(draft: VariableDraft) -> Known:
    computed = draft.computed.text if draft.computed is not None else ""
    truth = bool(computed) and not expression_faults(computed) and is_truth(parsed_expression(computed))
    words = draft.of or FIXED_ANSWERS.get(draft.kind, ())
    return Known(
        kind="truth" if truth else draft.kind,
        words=words,
        longest=_longest(draft.kind, draft.low, draft.high, words),
        always=draft.default is not None and not computed,
        where=f"declared in line {draft.name.place.line} of program.yaml",
    )


def _saved(event: EventDraft, whole: Whole) -> Known:
    asked = whole.asked_by(event)
    where = f"saved by event {event.id.text} (line {event.id.place.line})"
    if asked is None:
        return Known(kind="unknown", where=where)
    words = tuple(choice.key.text for choice in asked.choices) or FIXED_ANSWERS.get(asked.kind, ())
    longest = _longest(asked.kind, asked.low, asked.high, words)
    return Known(kind=asked.kind, words=words, longest=longest, where=where)


def _longest(kind: str, low: int, high: int, words: tuple[str, ...]) -> str:
    if words:
        return max(words, key=len)
    match kind:
        case "text":
            return f'"{LONGEST_QUOTE}"'
        case "scale":
            return max(str(low), str(high), "0.5", key=len)
        case "time":
            return "00:00"
        case "moment":
            return "2026-01-01T00:00"
        case _:
            return "999999"
