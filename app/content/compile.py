"""Drafts that passed every check, made into the release that the core follows."""

from __future__ import annotations

import hashlib
from typing import cast

import msgspec

from app.content.compile_events import ask_expect, choice_lines, compiled_event, compiled_text
from app.content.drafts import (
    InterventionDraft,
    ItemDraft,
    PointDraft,
    ProximalDraft,
    RuleDraft,
    VariableDraft,
)
from app.content.fields import as_number
from app.content.source import Scalar
from app.content.whole import Whole
from app.core.release import (
    Assess,
    Consent,
    DecisionPoint,
    Goal,
    Helpline,
    Hub,
    Intervention,
    Item,
    MenuEntry,
    Proximal,
    Release,
    Rule,
    Variable,
)


def compiled(whole: Whole, program_id: str) -> Release:
    """Return the release, number 0, of drafts that have no errors, with its checksum."""
    program = whole.program
    release = Release(
        program=program_id,
        number=0,
        title=program.title,
        sender_name=program.sender_name,
        languages=program.languages,
        default_zone=program.zone,
        consent=_consent(whole),
        help=Helpline(service=program.service, contact=program.contact),
        hub=_hub(whole),
        limits=program.limits,
        hours=program.hours,
        variables={variable.name.text: _variable(variable) for variable in program.variables},
        items={item.id: _item(item, whole) for item in whole.items.values()},
        interventions={draft.id: _intervention(draft, whole) for draft in whole.interventions.values()},
        decision_points=tuple(_point(point) for point in program.points),
        keywords={word.text: start.text for word, start in program.keywords},
        because_line={name.text: _probability(chance) for name, chance in program.because_line},
    )
    return msgspec.structs.replace(release, checksum=checksum(release))


def checksum(release: Release) -> str:
    """Return the sha256 of everything in a release but its number and the checksum itself."""
    plain = msgspec.structs.replace(release, number=0, checksum="")
    return hashlib.sha256(msgspec.json.encode(plain)).hexdigest()


def _consent(whole: Whole) -> Consent:
    program = whole.program
    return Consent(
        version=program.consent_version,
        say=compiled_text(program.texts["consent.say"]),
        word=program.consent_word.text if program.consent_word is not None else "AGREE",
        agreed=compiled_text(program.texts["consent.agreed"]),
        unclear=compiled_text(program.texts["consent.unclear"]),
        declined=compiled_text(program.texts["consent.declined"]),
    )


def _hub(whole: Whole) -> Hub:
    program = whole.program
    return Hub(
        menu=tuple(MenuEntry(label=line.label.text.strip(), start=line.start.text) for line in program.menu),
        unprompted=compiled_text(program.texts["hub.unprompted"]),
        unprompted_every=program.unprompted_every,
        nothing_open=compiled_text(program.texts["hub.nothing_open"]),
        paused=compiled_text(program.texts["hub.paused"]),
    )


def _variable(draft: VariableDraft) -> Variable:
    computed = draft.kind == "computed"
    return Variable(
        name=draft.name.text,
        kind=draft.kind,  # type: ignore[arg-type]
        default=_default(draft),
        low=draft.low,
        high=draft.high,
        of=draft.of,
        keep=draft.keep,
        set_by="computed" if computed else draft.set_by,  # type: ignore[arg-type]
        computed=_condition(draft.computed, ""),
        stale_after=draft.stale_after,
    )


def _default(draft: VariableDraft) -> str | float | bool | None:
    if draft.default is None:
        return None
    number = as_number(draft.default) if draft.kind in ("scale", "number", "computed", "duration") else None
    if number is not None:
        return int(number) if number == int(number) else number
    if draft.kind == "computed" and draft.default.text in ("true", "false"):
        return draft.default.text == "true"
    return draft.default.text


def _item(draft: ItemDraft, whole: Whole) -> Item:
    say = compiled_text(draft.say, choice_lines(draft.choices))
    return Item(id=draft.id, say=say, expect=ask_expect(draft.ask, draft.choices, whole))


def _intervention(draft: InterventionDraft, whole: Whole) -> Intervention:
    assess = Assess(item=draft.assess_item.text, after=draft.assess_after) if draft.assess_item else None
    return Intervention(
        id=draft.id,
        title=draft.title,
        goal=cast("Goal", draft.goal.text),
        minutes=draft.minutes,
        events=tuple(compiled_event(draft, number, whole) for number in range(len(draft.events))),
        strategy=draft.strategy,
        evidence=draft.evidence,
        because=compiled_text(draft.because) if draft.because else None,
        because_plain=compiled_text(draft.because_plain) if draft.because_plain else None,
        avoid_when=_condition(draft.avoid_when, ""),
        assess=assess,
    )


def _point(draft: PointDraft) -> DecisionPoint:
    name = f":{draft.event_name.text}" if draft.event_name is not None else ""
    return DecisionPoint(
        id=draft.id.text,
        at=draft.at.text if draft.at is not None else "",
        days=tuple(day.text for day in draft.days),
        happens=draft.event + name,
        when=_condition(draft.when, "true"),
        after=draft.after,
        begins_day=draft.begins_day,
        decide_within=draft.decide_within,
        level=draft.level,
        proximal=_proximal(draft.proximal),
        rules=tuple(_rule(rule) for rule in draft.rules),
    )


def _proximal(draft: ProximalDraft | None) -> Proximal | None:
    if draft is None:
        return None
    return Proximal(item=draft.item.text, after=draft.after, within=draft.within, chance=draft.chance)


def _rule(draft: RuleDraft) -> Rule:
    return Rule(
        id=draft.id.text,
        when=_condition(draft.when, "true"),
        choose={option.text: _probability(chance) for option, chance in draft.choose},
        because_staff=draft.because_staff,
    )


def _probability(written: Scalar) -> float:
    return as_number(written) or 0.0


def _condition(written: Scalar | None, default: str) -> str:
    return " ".join(written.text.split()) if written is not None else default
