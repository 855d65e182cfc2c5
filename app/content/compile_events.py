"""Events made complete: defaults filled in, every way on named, letters before the options of a choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from app.content.drafts import (
    AskDraft,
    ChoiceDraft,
    EventDraft,
    InterventionDraft,
    SilenceDraft,
    UnclearDraft,
    WayDraft,
)
from app.content.fields import Words
from app.content.ranges import Meaning, meaning
from app.content.source import Scalar
from app.content.whole import Asked, Whole, saved_as
from app.core.reading.model import AskKind, Expect, Option
from app.core.release import END, Ask, Branch, Event, Goal, Silence, Text, Unclear


def compiled_text(words: Words, ending: dict[str, str] | None = None) -> Text:
    """Return a text by language: line breaks as spaces, empty lines as line breaks, with its ending."""
    return {
        language: folded(written) + (_in_language(ending, language) if ending else "")
        for language, written in words.items()
    }


def folded(written: Scalar) -> str:
    """Return block text as it is sent: a line break becomes a space, an empty line a line break."""
    if not written.block:
        return written.text.strip()
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", written.text.strip())
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def choice_lines(choices: Sequence[ChoiceDraft]) -> dict[str, str]:
    """Return the options by language as lines with letters: A) A short walk."""
    languages = {language for choice in choices for language in choice.label}
    return {
        language: "".join(
            f"\n{chr(ord('A') + number)}) {folded(choice.label.get(language, first_label(choice)))}"
            for number, choice in enumerate(choices)
        )
        for language in languages
    }


def first_label(choice: ChoiceDraft) -> Scalar:
    """Return the label in English, or in the first language that it has."""
    return choice.label.get("en") or next(iter(choice.label.values()))


def ask_expect(ask: AskDraft, choices: tuple[ChoiceDraft, ...], whole: Whole) -> Expect:
    """Return what a question expects; an unknown item is told by the checks, never compiled."""
    asked = whole.asked(ask, choices)
    if asked is None:
        raise LookupError(f"unknown item in line {ask.place.line}")
    options = tuple(Option(choice.key.text, folded(first_label(choice))) for choice in asked.choices)
    return Expect(cast("AskKind", asked.kind), asked.low, asked.high, options)


def compiled_event(draft: InterventionDraft, number: int, whole: Whole) -> Event:
    """Return one event with everything filled in."""
    event = draft.events[number]
    ids = draft.event_ids()
    following = ids[number + 1] if number + 1 < len(ids) else END
    goal = event.goal.text if event.goal is not None else draft.goal.text
    return Event(
        id=event.id.text,
        goal=cast("Goal", goal),
        say=compiled_text(event.say, _all_choice_lines(event, whole)),
        ask=_ask(event, following, whole) if event.ask is not None else None,
        forget_at_end=saved_as(event) if event.forget is not None else "",
        wait=event.wait,
        go=event.go.text if event.go is not None else following,
    )


def _all_choice_lines(event: EventDraft, whole: Whole) -> dict[str, str]:
    asked = whole.asked_by(event)
    return choice_lines(asked.choices) if asked is not None else {}


def _in_language(ending: dict[str, str], language: str) -> str:
    return ending.get(language) or ending.get("en") or next(iter(ending.values()))


def _ask(event: EventDraft, following: str, whole: Whole) -> Ask:
    ask, asked, defaults = event.ask, whole.asked_by(event), whole.program.defaults
    unclear = event.unclear or defaults.unclear
    if ask is None or asked is None or unclear is None:
        raise LookupError(f"event {event.id.text} cannot be compiled")
    silence = event.silence if event.silence is not None else defaults.silence
    return Ask(
        expect=ask_expect(ask, event.choices, whole),
        item=ask.item.text if ask.item is not None else "",
        save=saved_as(event),
        answered=_branches(event, asked, following),
        silence=tuple(_silence(entry) for entry in silence),
        unclear=_unclear(unclear, defaults.unclear),
        skip=defaults.skip,
    )


def _branches(event: EventDraft, asked: Asked, following: str) -> tuple[Branch, ...]:
    ways = event.answered or ()
    found = [branch for way in ways for branch in _way(way, event, asked, following)]
    if not ways or not ways[-1].always:
        go = event.go.text if event.go is not None else following
        found.append(Branch(go=go, keep=saved_as(event) if event.keep is not None else ""))
    return tuple(found)


def _way(way: WayDraft, event: EventDraft, asked: Asked, following: str) -> list[Branch]:
    meanings = [found for test in way.tests if (found := meaning(test, asked)) is not None]
    values = tuple(found.value for found in meanings if found.value)
    others = [found for found in meanings if not found.value]
    if not way.tests:
        return [_branch(way, event, following, Meaning(), ())]
    together = [_branch(way, event, following, Meaning(), values)] if values else []
    return [*together, *(_branch(way, event, following, found, ()) for found in others)]


def _branch(
    way: WayDraft, event: EventDraft, following: str, found: Meaning, values: tuple[str, ...]
) -> Branch:
    stays = END if way.start is not None or way.snooze else following
    moment = saved_as(event) if event.keep is not None and not found.none else ""
    return Branch(
        low=found.low,
        high=found.high,
        values=values,
        none=found.none,
        when=" ".join(way.condition.text.split()) if way.condition is not None else "",
        say=compiled_text(way.say) if way.say else None,
        go=way.go.text if way.go is not None else stays,
        start=way.start.text if way.start is not None else "",
        snooze=way.snooze,
        keep=way.keep.text if way.keep is not None else moment,
        forget=way.forget.text if way.forget is not None else "",
    )


def _silence(entry: SilenceDraft) -> Silence:
    return Silence(
        after=entry.after,
        ends=entry.go is not None,
        say=compiled_text(entry.say) if entry.say else None,
        go=entry.go.text if entry.go is not None else END,
    )


def _unclear(draft: UnclearDraft, default: UnclearDraft | None) -> Unclear:
    gives_up = draft.gives_up or (default.gives_up if default is not None else None)
    return Unclear(
        say=compiled_text(draft.say),
        times=draft.times,
        gives_up=compiled_text(gives_up) if gives_up else None,
        go=draft.go.text if draft.go is not None else END,
    )
