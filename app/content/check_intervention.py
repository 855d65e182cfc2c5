"""One intervention: its flow, answers, texts, and what it names elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.check_answers import check_answers
from app.content.check_choices import check_choices
from app.content.check_flow import check_flow
from app.content.check_words import Said, check_condition
from app.content.compile_events import choice_lines
from app.content.drafts import EventDraft, InterventionDraft, WayDraft
from app.content.fields import Words, did_you_mean
from app.content.flow import edges, facts_after, surely_known
from app.content.known_names import Known
from app.content.source import Scalar
from app.content.templates import NOTHING_SURE, Facts
from app.content.whole import Whole, saved_as
from app.core.release import GOALS

OWN_GOAL = Facts(frozenset({"own_goal"}), frozenset({"own_goal"}))


def check_intervention(draft: InterventionDraft, whole: Whole, known: dict[str, Known]) -> None:
    """Note what is wrong in an intervention, its texts left out."""
    for goal in [draft.goal, *(event.goal for event in draft.events if event.goal is not None)]:
        if goal.text not in GOALS:
            fix = did_you_mean(goal.text, GOALS) or f"There are {', '.join(GOALS)}."
            draft.findings.error("unknown-goal", goal.place, f"{goal.text} is none of the eight goals.", fix)
    if draft.assess_item is not None:
        _check_item(draft.assess_item, draft, whole)
    if draft.avoid_when is not None:
        check_condition(draft.avoid_when, draft.findings, known)
    check_flow(draft, whole)
    for event in draft.events:
        _check_event(event, draft, whole, known)


def texts_of(draft: InterventionDraft, whole: Whole) -> Iterator[Said]:
    """Return every text of an intervention with what is sure where it stands."""
    sure = surely_known(draft, edges(draft, whole))
    for event in draft.events:
        yield from _texts_of_event(event, draft, whole, sure.get(event.id.text, NOTHING_SURE))
    if draft.because is not None:
        yield from said(draft.because, draft, OWN_GOAL)
    if draft.because_plain is not None:
        yield from said(draft.because_plain, draft, NOTHING_SURE)


def said(
    words: Words, draft: InterventionDraft, facts: Facts, ending: dict[str, str] | None = None
) -> Iterator[Said]:
    """Return one text in each of its languages."""
    for language, written in words.items():
        after = (ending or {}).get(language, next(iter((ending or {"": ""}).values())))
        yield Said(findings=draft.findings, language=language, written=written, facts=facts, ending=after)


def _texts_of_event(event: EventDraft, draft: InterventionDraft, whole: Whole, here: Facts) -> Iterator[Said]:
    asked = whole.asked_by(event)
    lines = choice_lines(asked.choices) if asked is not None and asked.choices else {}
    yield from said(event.say, draft, here, lines or None)
    for entry in event.silence or ():
        if entry.say is not None:
            yield from said(entry.say, draft, here)
    for number, way in enumerate(event.answered or ()):
        if way.say is not None:
            yield from said(way.say, draft, here.joined(facts_after(event, number)))
    if event.unclear is not None:
        yield from _hinted(event.unclear.say, draft, here)
        if event.unclear.gives_up is not None:
            yield from said(event.unclear.gives_up, draft, here)


def _hinted(words: Words, draft: InterventionDraft, here: Facts) -> Iterator[Said]:
    for language, written in words.items():
        yield Said(findings=draft.findings, language=language, written=written, facts=here, hint=True)


def _check_event(event: EventDraft, draft: InterventionDraft, whole: Whole, known: dict[str, Known]) -> None:
    if event.ask is not None and event.ask.item is not None:
        _check_item(event.ask.item, draft, whole)
    check_choices(event.choices, draft.findings)
    check_answers(event, whole, draft.findings)
    _check_save(event, draft, whole, known)
    _check_kept(event, draft)
    for way in event.answered or ():
        _check_way(way, draft, whole, known)


def _check_item(item: Scalar, draft: InterventionDraft, whole: Whole) -> None:
    if item.text not in whole.items:
        fix = did_you_mean(item.text, whole.items) or f"Add the file items/{item.text}.yaml"
        draft.findings.error("unknown-item", item.place, f"There is no item {item.text}.", fix)


def _check_save(event: EventDraft, draft: InterventionDraft, whole: Whole, known: dict[str, Known]) -> None:
    asked, name = whole.asked_by(event), event.save
    if asked is None or name is None:
        return
    if not name.text.replace("_", "a").isalnum() or not name.text[0].isalpha() or not name.text.islower():
        draft.findings.error("bad-name", name.place, f"{name.text} cannot be a name.", "Use a-z, 0-9 and _.")
        return
    kind = known[name.text].kind if name.text in known else asked.kind
    if name.text in known and known[name.text].always and not known[name.text].where:
        draft.findings.error("taken-name", name.place, f"{name.text} always exists.", "Choose another name.")
    elif kind != asked.kind and {kind, asked.kind} != {"scale", "number"}:
        message = f"{name.text} is {kind}, and this asks for {asked.kind}."
        draft.findings.error("save-kind", name.place, message, "Save it under another name.")


def _check_kept(event: EventDraft, draft: InterventionDraft) -> None:
    if event.keep is not None and event.keep.text != "moment":
        fix = "Write  keep: moment"
        draft.findings.error("unknown-value", event.keep.place, "Only a moment is kept.", fix)
    if event.keep is not None and event.ask is not None and event.ask.kind != "text":
        message = "Only own words become a moment."
        draft.findings.error("keep-not-own", event.keep.place, message, "Take keep out, or  ask: text")
    if event.forget is not None and event.forget.text != "end":
        draft.findings.error("unknown-value", event.forget.place, "Write  forget: end")
    elif event.forget is not None and event.save is None:
        draft.findings.error("nothing-saved", event.forget.place, "Nothing is saved here.", "Add  save: NAME")


def _check_way(way: WayDraft, draft: InterventionDraft, whole: Whole, known: dict[str, Known]) -> None:
    if way.condition is not None:
        check_condition(way.condition, draft.findings, known)
    saves = [saved_as(event) for event in draft.events if saved_as(event)]
    for name in (way.keep, way.forget):
        if name is not None and name.text not in saves and name.text not in whole.variables():
            fix = did_you_mean(name.text, saves) or "Name what an event saves."
            draft.findings.error("unknown-variable", name.place, f"Nothing is saved as {name.text}.", fix)
    if way.keep is not None and way.keep.text in known and known[way.keep.text].kind != "text":
        draft.findings.error("keep-not-own", way.keep.place, f"{way.keep.text} holds no own words.")
    if way.start is not None and way.start.text not in whole.interventions:
        fix = did_you_mean(way.start.text, whole.interventions)
        fix = fix or f"Add the file interventions/{way.start.text}.yaml"
        message = f"There is no intervention {way.start.text}."
        draft.findings.error("unknown-intervention", way.start.place, message, fix)
