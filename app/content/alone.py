"""A tiny program round one intervention, so that it can be tried without its own."""

from __future__ import annotations

import msgspec

from app.content.drafts import (
    DefaultsDraft,
    EventDraft,
    InterventionDraft,
    ItemDraft,
    MenuDraft,
    PointDraft,
    RuleDraft,
    SilenceDraft,
    UnclearDraft,
    VariableDraft,
    WayDraft,
)
from app.content.fields import Words
from app.content.problems import Findings, Place
from app.content.read_program import ProgramDraft
from app.content.source import Scalar

_NOWHERE = Place()
_TEXTS = {
    "consent.say": "A try of one intervention. Automated, nobody reads along. STOP ends it, HELP helps. "
    "Reply AGREE to begin.",
    "consent.agreed": "Here it comes.",
    "consent.unclear": "Reply AGREE to begin, or STOP.",
    "consent.declined": "Fine. Nothing is sent.",
    "hub.unprompted": "Got it. MENU shows what there is.",
    "hub.nothing_open": "Nothing is open. MENU shows what there is.",
    "hub.paused": "Paused.",
}
_UNCLEAR = "I didn't get that. Please reply with {{ hint }}, or SKIP."


def program_round(
    draft: InterventionDraft, items: dict[str, ItemDraft], declared: tuple[VariableDraft, ...] = ()
) -> ProgramDraft:
    """Return a program that starts this intervention after consent and offers it in its menu."""
    start = _word(draft.id)
    rule = RuleDraft(id=_word("begin"), choose=((start, _word("1")),))
    point = PointDraft(id=_word("first"), place=_NOWHERE, event="consented", rules=(rule,))
    return ProgramDraft(
        findings=Findings("program.yaml", []),
        title=draft.title,
        sender_name="Cairn",
        languages=("en",),
        zone="America/Chicago",
        consent_version="try",
        service="Cairn",
        contact="the team",
        texts={name: _words(text) for name, text in _TEXTS.items()},
        variables=declared or _implied(draft, items),
        because_line=((_word("full"), _word("0.5")), (_word("plain"), _word("0.5"))),
        points=(point,),
        menu=(MenuDraft(_word(draft.title), start),),
        defaults=DefaultsDraft(
            unclear=UnclearDraft(place=_NOWHERE, say=_words(_UNCLEAR), go=_word("end")),
            silence=(SilenceDraft(place=_NOWHERE, after=20 * 3_600, go=_word("end")),),
        ),
    )


def without_other_starts(draft: InterventionDraft) -> InterventionDraft:
    """Return the intervention with the end in place of others that it would start, each noted."""
    return msgspec.structs.replace(draft, events=tuple(_event(event, draft) for event in draft.events))


def _event(event: EventDraft, draft: InterventionDraft) -> EventDraft:
    if event.answered is None:
        return event
    return msgspec.structs.replace(event, answered=tuple(_way(way, draft) for way in event.answered))


def _way(way: WayDraft, draft: InterventionDraft) -> WayDraft:
    if way.start is None or way.start.text == draft.id:
        return way
    message = f"{way.start.text} is another intervention; tried alone, this ends here."
    draft.findings.warning("start-elsewhere", way.start.place, message)
    return msgspec.structs.replace(way, start=None, go=Scalar("end", way.start.place))


def _implied(draft: InterventionDraft, items: dict[str, ItemDraft]) -> tuple[VariableDraft, ...]:
    saved = {event.save.text for event in draft.events if event.save is not None}
    goal = [] if "own_goal" in saved else [VariableDraft(name=_word("own_goal"), kind="text")]
    asked = [
        VariableDraft(
            name=_word(item.id),
            kind=item.ask.kind,
            low=item.ask.low,
            high=item.ask.high,
            of=tuple(choice.key.text for choice in item.choices),
            keep=28,
        )
        for item in items.values()
        if item.id not in saved
    ]
    return (*goal, *asked)


def _words(text: str) -> Words:
    return {"en": _word(text)}


def _word(text: str) -> Scalar:
    return Scalar(text, _NOWHERE)
