"""Lines of our own in a chat: what happened without a text, and why none came."""

from __future__ import annotations

from typing import Any

from app.chat.phone import Withheld
from app.core.effects import Record

REASONS = {
    "no_consent": "no consent",
    "stopped": "they stopped",
    "opted_out": "they stopped",
    "paused": "paused",
    "risk_hold": "held because of risk",
    "staff_hold": "held by the team",
    "in_conversation": "another intervention is going on",
    "outside_hours": "outside the hours",
    "cap_day": "the day's cap is reached",
    "cap_week": "the week's cap is reached",
    "burden": "enough questions for a day",
    "unreachable": "the number cannot be reached",
    "zone_unknown": "the zone is not known",
    "content_fault": "a fault in the content",
    "late": "too late",
    "missed": "nobody decided in time",
    "stale": "not wanted any more",
    "recalled": "its release was recalled",
    "expired": "too late",
    "loop_guard": "too many replies in a row",
    "silence": "no answer came",
    "ran_out": "its time ran out",
    "interrupted": "another one was asked for",
    "skipped": "it was skipped",
}
TEXT_SAYS_IT = ("snoozed", "stopped", "paused", "interrupted")


def note(what: Record | Withheld) -> str:
    """What a row or a withheld text comes to for whoever reads along; empty when there is nothing to say."""
    if isinstance(what, Withheld):
        return f"withheld: {what.text.source}: {_reason(what.reason)}"
    data = what.data
    match what.kind:
        case "decision":
            return _decision(data)
        case "withheld":
            return f"withheld: {data.get('source') or data.get('cls')}: {_reason(data['reason'])}"
        case "left_in_silence":
            return f"no answer to that: {data.get('detail') or data['text_kind'].replace('_', ' ')}"
        case "closed" if data["reason"] not in TEXT_SAYS_IT:
            return f"{data['intervention']} ends: {_reason(data['reason'])}"
        case "silent" if not data.get("ends") and not data.get("spoke"):
            return f"no reminder to {data['event']}: not the time for it"
        case "assessment_missing":
            return f"{data['item']} stays unknown: {_reason(data['reason'])}"
        case "snooze_dropped":
            return f"{data['intervention']} is not offered again: {reasons(data['reasons'])}"
        case _:
            return _about_people(what.kind, data)


def reasons(names: list[str]) -> str:
    """Reasons in words."""
    return ", ".join(_reason(name) for name in names)


def _about_people(kind: str, data: dict[str, Any]) -> str:
    match kind:
        case "alert":
            told = "a person is paged" if data["severity"] == "page" else "a person is told"
            return f"{told}: {data['alert'].replace('_', ' ')} ({data.get('detail', '')})".replace(" ()", "")
        case "hold":
            return "care is held until a person clears it (:clear plays that person)"
        case "hold_cleared":
            return f"the hold is cleared by {data['by']}"
        case _:
            return ""


def _decision(data: dict[str, Any]) -> str:
    if data["taken"] != "nothing":
        return ""
    return f"nothing offered at {data['point']}: {_why_nothing(data)}"


def _why_nothing(data: dict[str, Any]) -> str:
    if data.get("reasons"):
        return reasons(data["reasons"])
    if not data.get("rule"):
        return "no rule fits"
    if not data.get("draws"):
        return f"rule {data['rule']} has nothing left to choose from"
    return f"rule {data['rule']}, p {data['p']:.2f}"


def _reason(name: str) -> str:
    return REASONS.get(name, name.replace("_", " "))
