"""Whether every way through an intervention leads somewhere, waits for people, and ends."""

from __future__ import annotations

from itertools import pairwise

from app.content.drafts import EventDraft, InterventionDraft, SilenceDraft
from app.content.fields import did_you_mean
from app.content.flow import Edge, edges, ending, on_a_circle, reachable
from app.content.problems import Place
from app.content.source import Scalar
from app.content.whole import Whole
from app.core.release import END

NEEDS_GO = "Add  go: EVENT  or  go: end"


def check_flow(draft: InterventionDraft, whole: Whole) -> None:
    """Note events that cannot be reached or left, circles, and ways on that are not said."""
    _check_ids(draft)
    ways = edges(draft, whole)
    if _check_targets(draft, ways):
        _check_falls(draft)
        _check_reach(draft, ways)
        _check_circles(draft, ways)
    for event in draft.events:
        _check_silence(event, draft)


def _check_ids(draft: InterventionDraft) -> None:
    seen: dict[str, int] = {}
    for event in draft.events:
        if event.id.text in seen:
            message = f"Event {event.id.text} stands here twice; first in line {seen[event.id.text]}."
            draft.findings.error("duplicate-event", event.id.place, message, "Give it another name.")
        seen.setdefault(event.id.text, event.id.place.line)


def _check_targets(draft: InterventionDraft, ways: list[Edge]) -> bool:
    known = {*draft.event_ids(), END}
    missing = [edge for edge in ways if edge.to not in known]
    for edge in missing:
        if edge.written is not None:
            fix = did_you_mean(edge.to, known) or f"There are {', '.join(draft.event_ids())} and end."
            draft.findings.error("unknown-event", edge.written.place, f"No event is called {edge.to}.", fix)
    return not missing


def _check_falls(draft: InterventionDraft) -> None:
    named = {edge.text for edge in _named(draft)}
    for number, event in enumerate(draft.events):
        following = draft.events[number + 1] if number + 1 < len(draft.events) else None
        for place, what in _silent_ways(event):
            if following is None:
                message = f"{what} leads on, and no event follows."
                draft.findings.error("missing-end", place, message, "Add  go: end")
            elif following.id.text in named:
                message = f"{what} falls into {following.id.text}, which is a branch of its own."
                draft.findings.error("falls-into-branch", place, message, NEEDS_GO)


def _silent_ways(event: EventDraft) -> list[tuple[Place, str]]:
    """Return the places of an event that lead to the next one without saying so."""
    if event.ask is None or not event.answered:
        return [] if event.go is not None else [(event.id.place, f"Event {event.id.text}")]
    return [(way.place, "This answer") for way in event.answered if not way.leads_on]


def _named(draft: InterventionDraft) -> list[Scalar]:
    found = []
    for event in draft.events:
        found += [event.go] if event.go is not None else []
        found += [way.go for way in event.answered or () if way.go is not None]
        found += [entry.go for entry in event.silence or () if entry.go is not None]
        found += [event.unclear.go] if event.unclear is not None and event.unclear.go is not None else []
    return found


def _check_reach(draft: InterventionDraft, ways: list[Edge]) -> None:
    reached, ends = reachable(draft, ways), ending(ways)
    for event in draft.events:
        name, place = event.id.text, event.id.place
        if name not in reached:
            fix = f"Let an answer lead here with  go: {name}  or delete it."
            draft.findings.error("unreachable-event", place, f"Nothing leads to event {name}.", fix)
        elif name not in ends:
            draft.findings.error("never-ends", place, f"No way leads from {name} to the end.", "Add  go: end")


def _check_circles(draft: InterventionDraft, ways: list[Edge]) -> None:
    places = {event.id.text: event.id.place for event in draft.events}
    asked = {event.id.text for event in draft.events if event.ask is not None}
    waits = {event.id.text for event in draft.events if event.wait}
    at_once = [edge for edge in ways if edge.begin not in asked | waits]
    for name in on_a_circle(at_once)[:1]:
        message = f"{name} leads back to itself without a question or a wait."
        draft.findings.error("loop", places[name], message, "Ask something on the way, or end it.")
    unanswered = [edge for edge in ways if edge.by in ("next", "silence")]
    for name in on_a_circle(unanswered)[:1]:
        if not on_a_circle(at_once):
            message = f"{name} leads back to itself when nobody answers, and would text for ever."
            draft.findings.error("silence-loop", places[name], message, "Let silence end:  go: end")


def _check_silence(event: EventDraft, draft: InterventionDraft) -> None:
    entries = event.silence
    if entries is None:
        return
    if not entries or entries[-1].go is None:
        place = entries[-1].place if entries else event.id.place
        draft.findings.error(
            "silence-open", place, "This silence never ends.", "Add  - after: 16 h  with  go: end"
        )
    _check_order(entries, draft)


def _check_order(entries: tuple[SilenceDraft, ...], draft: InterventionDraft) -> None:
    for earlier, later in pairwise(entries):
        if earlier.go is not None:
            message = "The silence before this has ended already."
            draft.findings.error("silence-order", later.place, message, "Put the one with go last.")
        elif later.after <= earlier.after:
            message = "Silence is counted from the question, and this is not later than the one before."
            draft.findings.error("silence-order", later.place, message, "Write a longer time.")
