"""The decision points of a program, with their rules."""

from __future__ import annotations

from app.content.drafts import PointDraft, ProximalDraft, RuleDraft
from app.content.fields import Fields
from app.content.read_events import read_id
from app.content.source import Mapping, Scalar

POINT_KEYS = (
    "id",
    "at",
    "days",
    "happens",
    "answered",
    "finished",
    "when",
    "after",
    "begins_day",
    "decide_within",
    "level",
    "proximal",
    "rules",
)
HAPPENINGS = ("consented", "returned")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_points(fields: Fields) -> tuple[PointDraft, ...]:
    """Return the decision points in the order of the file."""
    found = [
        _point(Fields(node, fields.findings, "A decision point", POINT_KEYS))
        for node in fields.maps("decision_points")
    ]
    return tuple(point for point in found if point is not None)


def _point(fields: Fields) -> PointDraft | None:
    if not fields.require("id", "rules"):
        return None
    name = read_id(fields, "id")
    begins = [key for key in ("at", "happens", "answered", "finished") if fields.has(key)]
    if len(begins) != 1:
        message = "A decision point has one beginning" + (f", not {' and '.join(begins)}." if begins else ".")
        fix = "Keep one of  at:, happens:, answered: or finished:"
        fields.findings.error(
            "point-begins", fields.key_place(begins[1]) if begins else fields.place, message, fix
        )
    _check_fits(fields)
    event, event_name = _happening(fields)
    rules = [
        _rule(Fields(node, fields.findings, "A rule", ("id", "when", "because_staff", "choose")))
        for node in fields.maps("rules")
    ]
    if name is None:
        return None
    return PointDraft(
        id=name,
        place=fields.place,
        at=fields.scalar("at"),
        days=_days(fields),
        event=event,
        event_name=event_name,
        when=fields.scalar("when"),
        after=fields.duration("after"),
        begins_day=fields.whole("begins_day", 0, 0, 400),
        decide_within=fields.duration("decide_within", 1_800),
        level=fields.one_of("level", ("care", "intervention"), "care"),
        proximal=_proximal(fields),
        rules=tuple(rule for rule in rules if rule is not None),
    )


def _check_fits(fields: Fields) -> None:
    """Note keys that would be passed over silently, because they belong to the other kind of beginning."""
    at_a_time = fields.has("at")
    useless = ("when", "after") if at_a_time else ("days", "begins_day")
    where = (
        "a point that begins with happens, answered or finished"
        if at_a_time
        else "a point that begins at a time"
    )
    fix = "Put the condition into its rules." if at_a_time else "Take it out."
    for key in useless:
        if fields.has(key):
            message = f"{key} counts only for {where}."
            fields.findings.error("key-without-use", fields.key_place(key), message, fix)


def _happening(fields: Fields) -> tuple[str, Scalar | None]:
    if fields.has("happens"):
        written = fields.scalar("happens")
        kind, _, name = written.text.partition(":") if written is not None else ("", "", "")
        if written is not None and kind in ("answered", "finished") and name.strip():
            return kind, Scalar(name.strip(), written.place)
        return fields.one_of("happens", HAPPENINGS, "consented"), None
    for key in ("answered", "finished"):
        if fields.has(key):
            return key, fields.scalar(key)
    return "", None


def _days(fields: Fields) -> tuple[Scalar, ...]:
    days = fields.scalars("days")
    for day in days:
        if day.text not in WEEKDAYS:
            fields.findings.error(
                "unknown-value", day.place, f"{day.text} is no day.", "Write mon, tue … sun."
            )
    return days


def _proximal(fields: Fields) -> ProximalDraft | None:
    node = fields.mapping("proximal")
    if node is None:
        return None
    inner = Fields(node, fields.findings, "proximal", ("item", "after", "within", "chance"))
    inner.require("item", "after", "within")
    item = inner.scalar("item")
    chance = inner.scalar("chance")
    if chance is not None and not 0 <= inner.number("chance", 1, -1_000, 1_000) <= 1:
        inner.findings.error("probability", chance.place, "A chance lies from 0 to 1.")
        return None
    if item is None:
        return None
    return ProximalDraft(
        item=item,
        after=inner.duration("after"),
        within=inner.duration("within"),
        chance=inner.number("chance", 1, 0, 1),
    )


def _rule(fields: Fields) -> RuleDraft | None:
    if not fields.require("id", "choose"):
        return None
    name, node, because = read_id(fields, "id"), fields.mapping("choose"), fields.scalar("because_staff")
    if name is None or node is None:
        return None
    return RuleDraft(
        id=name,
        choose=_choose(node, fields),
        when=fields.scalar("when"),
        because_staff=because.text.strip() if because is not None else "",
    )


def _choose(node: Mapping, fields: Fields) -> tuple[tuple[Scalar, Scalar], ...]:
    part = Fields(node, fields.findings, "choose", [key.text for key, _ in node.entries])
    found = [(part.keys[name], part.scalar(name)) for name in part.values]
    return tuple((option, chance) for option, chance in found if chance is not None)
