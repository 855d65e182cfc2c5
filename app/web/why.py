"""One row of the journal as one sentence."""

from __future__ import annotations

from typing import Any

from app.adapters.records.journal import Row
from app.web.local_time import moment_text, span_text
from app.web.words import (
    ABOUT,
    ALERTS,
    OPTED_OUT,
    READ_AS,
    RISK_KINDS,
    reason_words,
    reasons_words,
)

LONGEST_VALUE = 12  # letters of a text that is its own value and is still said again


def read_words(data: dict[str, Any]) -> str:
    """What a text was read as, with the value and the line that says why."""
    value = value_words(data.get("value"), str(data.get("text", "")))
    why = str(data.get("why", ""))
    plain = not why or why == data.get("read_as") or data.get("risk") or data.get("keyword")
    because = "" if plain else f" ({why})"
    return _kind_words(data) + (f": {value}" if value else "") + because


def _kind_words(data: dict[str, Any]) -> str:
    kind = str(data.get("read_as", ""))
    if data.get("risk"):
        return "a sign of danger"
    if data.get("command"):
        return f"the command {str(data['command']).upper()}"
    if data.get("opt_out"):
        return "a wish to stop"
    if data.get("keyword"):
        return f"the word for {data['keyword']}"
    unclear = ", not understood" if data.get("ask") and not data.get("understood") else ""
    return READ_AS.get(kind, kind) + unclear


def value_words(value: object, text: str = "") -> str:
    """A value that was read; a longer text is not said twice."""
    if value is None:
        return ""
    if value == text and len(text) > LONGEST_VALUE:
        return "in own words"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def risk_words(risk: dict[str, Any]) -> str:
    """What a text says about danger: how near, which kind, about whom."""
    kind = str(risk.get("kind_of_risk") or risk.get("kind") or "")
    parts = [str(risk.get("tier", "")), RISK_KINDS.get(kind, kind), ABOUT.get(str(risk.get("about", "")), "")]
    return ", ".join(part for part in parts if part)


def risk_grounds(risk: dict[str, Any]) -> str:
    """The words and the row of the risk table that say so."""
    words = f'"{risk["words"]}"' if risk.get("words") else ""
    row = f"risk table, {risk['row']}" if risk.get("row") else ""
    return "; ".join(part for part in (words, row) if part)


def event_of(data: dict[str, Any]) -> str:
    """An event with its intervention."""
    return "/".join(str(data[name]) for name in ("intervention", "event") if data.get(name))


def sentence(row: Row, zone: str) -> str:
    """What a row says, in one line; empty for rows that other parts of a card show."""
    data = row.data
    return (
        _on_the_way(row.kind, data)
        or _of_assessments(row.kind, data, zone)
        or _of_choices(row.kind, data, zone)
    )


def _on_the_way(kind: str, data: dict[str, Any]) -> str:
    match kind:
        case "decision":
            return _decision(data)
        case "started":
            how = "asked for" if data.get("how") == "asked_for" else "offered"
            return f"{data['intervention']} begins ({how})"
        case "finished":
            return f"{data['intervention']} is finished"
        case "closed":
            return f"{data['intervention']} ends: {reason_words(str(data.get('reason', '')))}"
        case "answered":
            kept = f", kept as {data['variable']}" if data.get("variable") else ""
            return f"answers {event_of(data)}{kept}"
        case "branched":
            return f"{event_of(data)} leads to {data.get('to', 'end')}"
        case "given_up":
            return f"{event_of(data)} is given up after asking once more, on to {data.get('to', 'end')}"
        case "skipped":
            return f"{event_of(data)} is skipped, on to {data.get('to', 'end')}"
        case "silent":
            return _silent(data)
        case "snooze_dropped":
            return (
                f"{data['intervention']} was put off and is dropped: {reasons_words(data.get('reasons', []))}"
            )
    return ""


def _of_assessments(kind: str, data: dict[str, Any], zone: str) -> str:
    match kind:
        case "drawn":
            return f"because-line: {_first_draw(data).get('taken', '')} was drawn"
        case "assessment_planned":
            asked = _first_draw(data).get("taken") == "ask"
            when = moment_text(int(data["due"]), zone)
            return (
                f"{data['item']} will be asked {when}"
                if asked
                else f"{data['item']} is not asked this time (drawn)"
            )
        case "assessed":
            return f"{data['item']} is {value_words(data.get('value'))}"
        case "assessment_missing":
            return f"{data['item']} has no answer: {reason_words(str(data.get('reason', '')))}"
    return ""


def _of_choices(kind: str, data: dict[str, Any], zone: str) -> str:
    match kind:
        case "consent_offered":
            return "consent is offered; nothing else is sent before"
        case "consented":
            return f"consent to {data.get('what', 'care')}, version {data.get('version', '')}, is kept"
        case "consent_declined":
            return "consent is declined"
        case "opted_out":
            return f"opted out {OPTED_OUT.get(str(data.get('how', '')), '')}; no more texts"
        case "opted_in":
            return "opted in again"
        case "paused":
            return f"paused until {moment_text(int(data['until']), zone)}"
        case "picked":
            return f"picked {data.get('start', '')} from the menu"
        case "left_in_silence":
            detail = f", {data['detail']}" if data.get("detail") else ""
            return f"left in silence: {READ_AS.get(str(data.get('text_kind', '')), '')}{detail}"
        case _:
            return _of_danger(kind, data)


def _of_danger(kind: str, data: dict[str, Any]) -> str:
    match kind:
        case "hold":
            return (
                "everything cheerful is held until a person clears it"
                if data.get("hold") == "risk"
                else "held"
            )
        case "hold_cleared":
            held = span_text(int(data.get("held_ms", 0)))
            return f"the hold is cleared by {data.get('by', 'staff')} after {held}"
        case "risk_check":
            return f"asked softly: {risk_words(data)}; {risk_grounds(data)}"
        case "risk_misread":
            return "they say that we read it wrong"
        case "alert":
            detail = f" ({data['detail']})" if data.get("detail") else ""
            return f"alert: {ALERTS.get(str(data.get('alert', '')), data.get('alert', ''))}{detail}"
    return ""


def _decision(data: dict[str, Any]) -> str:
    rule = f"rule {data['point']}.{data['rule']}" if data.get("rule") else f"point {data['point']}"
    if data.get("reasons"):
        return f"{rule} → nothing: {reasons_words(data['reasons'])}"
    chance = f", p {data['p']:.2f}" if data.get("randomized") else ""
    return f"{rule} → {data.get('taken', 'nothing')}{chance}"


def _silent(data: dict[str, Any]) -> str:
    if data.get("ends"):
        return f"no answer to {event_of(data)}: it ends quietly"
    spoke = "one reminder" if data.get("spoke") else "the reminder is dropped, not moved"
    return f"no answer to {event_of(data)}: {spoke}"


def _first_draw(data: dict[str, Any]) -> dict[str, Any]:
    draws = data.get("draws") or [{}]
    return dict(draws[0])
