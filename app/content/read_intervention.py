"""An intervention file and an item file, read into drafts."""

from __future__ import annotations

from pathlib import Path

from app.content.drafts import InterventionDraft, ItemDraft
from app.content.fields import Fields
from app.content.problems import Findings, Place
from app.content.read_events import read_ask, read_choices, read_event
from app.content.source import Mapping, Node, Scalar, good_file_name, read_file

INTERVENTION_KEYS = (
    "title",
    "strategy",
    "goal",
    "minutes",
    "evidence",
    "avoid_when",
    "because",
    "because_plain",
    "assess",
    "events",
)


def read_intervention(path: Path, shown_as: str) -> tuple[InterventionDraft | None, Findings]:
    """Return an intervention as written, or None, with what is wrong with its file."""
    node, findings = read_file(path, shown_as)
    _check_name(path, findings)
    if node is None:
        return None, findings
    fields = top_level(node, findings, "An intervention", INTERVENTION_KEYS)
    if fields is None or not fields.require("title", "goal", "minutes", "events"):
        return None, findings
    title, goal = fields.scalar("title"), fields.scalar("goal")
    events = [read_event(event, findings) for event in fields.maps("events")]
    item, after = _assess(fields)
    if not events:
        findings.error("missing-key", fields.key_place("events"), "An intervention needs at least one event.")
    if title is None or goal is None or not events:
        return None, findings
    return InterventionDraft(
        id=path.stem,
        findings=findings,
        title=title.text.strip(),
        goal=goal,
        minutes=fields.number("minutes", 1, 0, 60),
        events=tuple(event for event in events if event is not None),
        strategy=_line(fields, "strategy"),
        evidence=_line(fields, "evidence"),
        because=fields.text("because"),
        because_plain=fields.text("because_plain"),
        avoid_when=fields.scalar("avoid_when"),
        assess_item=item,
        assess_after=after,
    ), findings


def read_item(path: Path, shown_as: str) -> tuple[ItemDraft | None, Findings]:
    """Return an item as written, or None, with what is wrong with its file."""
    node, findings = read_file(path, shown_as)
    _check_name(path, findings)
    fields = top_level(node, findings, "An item", ("say", "ask", "choices")) if node is not None else None
    if fields is None or not fields.require("say", "ask"):
        return None, findings
    say, ask = fields.text("say"), read_ask(fields)
    choices = read_choices(fields, ask)
    if ask is not None and ask.item is not None:
        findings.error(
            "unknown-ask",
            ask.place,
            "An item cannot ask another item.",
            "Write the kind, e.g. scale 0 to 10.",
        )
        return None, findings
    if say is None or ask is None:
        return None, findings
    return ItemDraft(id=path.stem, findings=findings, say=say, ask=ask, choices=choices), findings


def top_level(node: Node, findings: Findings, what: str, known: tuple[str, ...]) -> Fields | None:
    """Return the keys of a whole file, or None when it is no map."""
    if isinstance(node, Mapping):
        return Fields(node, findings, what, known)
    findings.error("wrong-type", node.place, f"{what} is a file of keys.", "Write  key: value  a line.")
    return None


def _assess(fields: Fields) -> tuple[Scalar | None, int]:
    node = fields.mapping("assess")
    if node is None:
        return None, 0
    inner = Fields(node, fields.findings, "assess", ("item", "after"))
    inner.require("item", "after")
    return inner.scalar("item"), inner.duration("after")


def _line(fields: Fields, key: str) -> str:
    value = fields.scalar(key)
    return value.text.strip() if value is not None else ""


def _check_name(path: Path, findings: Findings) -> None:
    if not good_file_name(path) or path.stem in ("end", "nothing", "none"):
        message = f"{path.name!r} cannot be the name of a file here."
        findings.error(
            "bad-name", Place(), message, "Use lower-case letters, digits, - and _, and end with .yaml"
        )
