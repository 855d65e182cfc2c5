"""Why it happened: a reading, a decision with its chances, a branch, a text that was withheld."""

from __future__ import annotations

from typing import Any

from app.chat.notes import note, reasons
from app.chat.phone import Turn, Withheld
from app.core.draws import Draw
from app.core.effects import Record, Send


def explained(turn: Turn) -> list[str]:
    """The lines that explain what came of one signal; none when there is nothing to explain."""
    return [line for happened in turn for line in _lines(happened.what)]


def _lines(what: Record | Withheld | Send) -> list[str]:
    if isinstance(what, Send):
        return []
    if isinstance(what, Withheld):
        return [note(what)]
    data = what.data
    match what.kind:
        case "heard":
            return _heard(data)
        case "decision":
            return _decision(data)
        case "started":
            return [f"{data['intervention']} starts, {data['how'].replace('_', ' ')}"]
        case "drawn":
            return [_draw(draw) for draw in data["draws"]]
        case "assessment_planned":
            return [_draw(draw, data["item"]) for draw in data["draws"]]
        case "branched":
            return [f"{_where(data)}: branch {data['branch'] + 1}, to {data['to']}"]
        case "silent":
            return [f"no answer to {_where(data)}: step {data['step']} of its silence"]
        case "risk":
            return [f"risk {data['tier']} ({data.get('about', 'unclear')}): row {data.get('row', '')}"]
        case _:
            said = note(what)
            return [said] if said else []


def _where(data: dict[str, Any]) -> str:
    return f"{data['intervention']}/{data['event']}"


def _heard(data: dict[str, Any]) -> list[str]:
    asked = f", asked by {data['ask'].rstrip(':')}" if "ask" in data else ""
    value = f" {data['value']!r}" if "value" in data else ""
    kind = f"the word for {data['keyword']}" if "keyword" in data else data["read_as"].replace("_", " ")
    why = data.get("why", "")
    return [f"read as {kind}{value}{asked}" + (f": {why}" if why not in ("", kind) else "")]


def _decision(data: dict[str, Any]) -> list[str]:
    head = f"{data['point']}, time {data['occurrence']}: {_taken(data['taken'])}"
    if data.get("reasons"):
        return [f"{head}; not available: {reasons(data['reasons'])}"]
    lines = [head]
    if data.get("rule_trace"):
        lines.append("rules: " + ", ".join(_tried(rule) for rule in data["rule_trace"]))
    if data.get("because_staff"):
        lines.append(f"because: {data['because_staff']}")
    lines += [_draw(draw) for draw in data.get("draws", ())]
    if data.get("left_out"):
        lines.append(f"left out, sent lately or to be avoided: {', '.join(data['left_out'])}")
    return lines


def _tried(rule: dict[str, Any]) -> str:
    return f"{rule['rule']} {'fits' if rule['fits'] else 'no'}"


def _taken(name: str) -> str:
    return "nothing offered" if name == "nothing" else f"offered {name}"


def _draw(draw: Draw, about: str = "") -> str:
    options = ", ".join(f"{name} {chance:.2f}" for name, chance in draw.options.items())
    factor = f"{draw.factor} of {about}" if about else draw.factor
    return f"{factor}: {options}; u = {draw.u:.4f}, so {draw.taken}"
