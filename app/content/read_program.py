"""The program file, read into drafts and settings."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import msgspec

from app.content.drafts import DefaultsDraft, MenuDraft, PointDraft, VariableDraft
from app.content.fields import Fields, Words
from app.content.problems import Findings
from app.content.read_events import read_silence, read_unclear
from app.content.read_intervention import top_level
from app.content.read_points import read_points
from app.content.read_variables import read_variables
from app.content.source import Scalar, read_file
from app.core.release import Hours, Limits

PROGRAM_KEYS = (
    "title",
    "sender_name",
    "languages",
    "zone",
    "consent",
    "help",
    "hours",
    "limits",
    "tailoring",
    "factors",
    "decision_points",
    "keywords",
    "hub",
    "defaults",
)
NEEDED = ("title", "sender_name", "languages", "zone", "consent", "help", "hub", "defaults")
CONSENT_TEXTS = ("say", "agreed", "unclear", "declined")
HUB_TEXTS = ("unprompted", "nothing_open", "paused")
_SECONDS = ("same_text_again", "conversation_ends_after")


class ProgramDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A program file as written; `texts` are its own texts by where they stand, such as `consent.say`."""

    findings: Findings
    title: str = ""
    sender_name: str = ""
    languages: tuple[str, ...] = ("en",)
    zone: str = "UTC"
    consent_version: str = ""
    consent_word: Scalar | None = None
    service: str = ""
    contact: str = ""
    hours: Hours = Hours()
    limits: Limits = Limits()
    texts: dict[str, Words]
    variables: tuple[VariableDraft, ...] = ()
    because_line: tuple[tuple[Scalar, Scalar], ...] = ()
    points: tuple[PointDraft, ...] = ()
    keywords: tuple[tuple[Scalar, Scalar], ...] = ()
    menu: tuple[MenuDraft, ...] = ()
    unprompted_every: int = 6 * 3_600
    defaults: DefaultsDraft = DefaultsDraft()


def read_program(path: Path, shown_as: str) -> tuple[ProgramDraft | None, Findings]:
    """Return a program as written, or None, with what is wrong with its file."""
    node, findings = read_file(path, shown_as)
    fields = top_level(node, findings, "A program", PROGRAM_KEYS) if node is not None else None
    if fields is None:
        return None, findings
    fields.require(*NEEDED)
    consent = _part(fields, "consent", ("version", "word", *CONSENT_TEXTS), ("version", *CONSENT_TEXTS))
    help_ = _part(fields, "help", ("service", "contact"), ("service", "contact"))
    hub = _part(fields, "hub", ("menu", "unprompted_every", *HUB_TEXTS), HUB_TEXTS)
    return ProgramDraft(
        findings=findings,
        title=_line(fields, "title"),
        sender_name=_line(fields, "sender_name"),
        languages=_languages(fields),
        zone=_zone(fields),
        consent_version=_line(consent, "version"),
        consent_word=consent.scalar("word") if consent else None,
        service=_line(help_, "service"),
        contact=_line(help_, "contact"),
        hours=_hours(fields),
        limits=_limits(fields),
        texts={**_texts(consent, "consent", CONSENT_TEXTS), **_texts(hub, "hub", HUB_TEXTS)},
        variables=read_variables(fields),
        because_line=_because_line(fields),
        points=read_points(fields),
        keywords=_pairs(fields, "keywords"),
        menu=_menu(hub),
        unprompted_every=hub.pause("unprompted_every", 6 * 3_600) if hub else 0,
        defaults=_defaults(fields),
    ), findings


def _part(fields: Fields, key: str, known: tuple[str, ...], needed: tuple[str, ...]) -> Fields | None:
    node = fields.mapping(key)
    if node is None:
        return None
    part = Fields(node, fields.findings, key, known)
    part.require(*needed)
    return part


def _line(fields: Fields | None, key: str) -> str:
    value = fields.scalar(key) if fields is not None else None
    return value.text.strip() if value is not None else ""


def _texts(fields: Fields | None, prefix: str, keys: tuple[str, ...]) -> dict[str, Words]:
    found = {f"{prefix}.{key}": fields.text(key) for key in keys} if fields is not None else {}
    return {name: words for name, words in found.items() if words is not None}


def _languages(fields: Fields) -> tuple[str, ...]:
    found = fields.scalars("languages")
    for language in found:
        if len(language.text) != 2 or not language.text.isalpha() or not language.text.islower():
            message = f"{language.text} is no language."
            fields.findings.error("unknown-value", language.place, message, "Write en or es.")
    return tuple(language.text for language in found) or ("en",)


def _zone(fields: Fields) -> str:
    zone = fields.scalar("zone")
    if zone is None or zone.text in zoneinfo.available_timezones():
        return zone.text if zone is not None else "UTC"
    fields.findings.error(
        "unknown-value", zone.place, f"{zone.text} is no time zone.", "Write America/Chicago."
    )
    return "UTC"


def _hours(fields: Fields) -> Hours:
    part = _part(fields, "hours", ("opens", "closes"), ("opens", "closes"))
    if part is None:
        return Hours()
    hours = Hours(opens=part.time("opens", "09:00"), closes=part.time("closes", "21:00"))
    if hours.opens >= hours.closes:
        message = f"Hours open before they close, and {hours.opens} is not before {hours.closes}."
        fields.findings.error("hours", part.key_place("closes"), message)
    return hours


def _limits(fields: Fields) -> Limits:
    known = Limits.__struct_fields__
    part = _part(fields, "limits", known, ())
    if part is None:
        return Limits()
    given = {name: _limit(part, name) for name in known if part.has(name)}
    return Limits(**given)


def _limit(part: Fields, name: str) -> int:
    if name in _SECONDS:
        return part.duration(name, getattr(Limits(), name))
    return part.whole(name, getattr(Limits(), name), 0, 1_000)


def _because_line(fields: Fields) -> tuple[tuple[Scalar, Scalar], ...]:
    part = _part(fields, "factors", ("because_line",), ())
    return _pairs(part, "because_line") if part is not None else ()


def _pairs(fields: Fields, key: str) -> tuple[tuple[Scalar, Scalar], ...]:
    node = fields.mapping(key)
    if node is None:
        return ()
    part = Fields(node, fields.findings, key, [name.text for name, _ in node.entries])
    found = [(part.keys[name], part.scalar(name)) for name in part.values]
    return tuple((name, value) for name, value in found if value is not None)


def _menu(hub: Fields | None) -> tuple[MenuDraft, ...]:
    entries = []
    for node in hub.maps("menu") if hub is not None else ():
        part = Fields(node, node_findings(hub), "A line of the menu", ("label", "start"))
        part.require("label", "start")
        label, start = part.scalar("label"), part.scalar("start")
        if label is not None and start is not None:
            entries.append(MenuDraft(label, start))
    return tuple(entries)


def node_findings(fields: Fields | None) -> Findings:
    """Return where problems of these keys are noted."""
    return fields.findings if fields is not None else Findings("", [])


def _defaults(fields: Fields) -> DefaultsDraft:
    part = _part(fields, "defaults", ("unclear", "silence", "skip"), ("unclear", "silence"))
    if part is None:
        return DefaultsDraft()
    return DefaultsDraft(
        unclear=read_unclear(part),
        silence=read_silence(part) or (),
        skip=part.one_of("skip", ("end",), "end"),
    )
