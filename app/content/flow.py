"""The ways through an intervention: from which event to which, by what."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.content.drafts import EventDraft, InterventionDraft, WayDraft
from app.content.source import Scalar
from app.content.templates import NOTHING_SURE, Facts, facts_of
from app.content.whole import Whole, saved_as
from app.core.jinja_rules import expression_faults, parsed_expression
from app.core.release import END

By = Literal["answer", "silence", "unclear", "skip", "next"]


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One way on: what leads there, the target where it is named, and what is then sure."""

    begin: str
    to: str
    by: By
    written: Scalar | None = None
    facts: Facts = NOTHING_SURE
    forgotten: str = ""


def edges(draft: InterventionDraft, whole: Whole) -> list[Edge]:
    """Return every way on of an intervention, defaults included."""
    ids = draft.event_ids()
    return [
        edge
        for number, event in enumerate(draft.events)
        for edge in _from(event, ids[number + 1] if number + 1 < len(ids) else END, whole)
    ]


def reachable(draft: InterventionDraft, ways: list[Edge]) -> set[str]:
    """Return the events that some way leads to from the first."""
    seen: set[str] = set()
    waiting = draft.event_ids()[:1]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [edge.to for edge in ways if edge.begin == here and edge.to != END]
    return seen


def ending(ways: list[Edge]) -> set[str]:
    """Return the events from which some way leads to the end."""
    found: set[str] = set()
    while True:
        more = {edge.begin for edge in ways if edge.to == END or edge.to in found} - found
        if not more:
            return found
        found |= more


def on_a_circle(ways: list[Edge]) -> list[str]:
    """Return the events that these ways lead back to, in the order in which they are met."""
    nexts: dict[str, set[str]] = {}
    for edge in ways:
        nexts.setdefault(edge.begin, set()).add(edge.to)
    return [begin for begin in nexts if begin in beyond(begin, nexts)]


def surely_known(draft: InterventionDraft, ways: list[Edge]) -> dict[str, Facts]:
    """Return for each event what is sure however it was reached."""
    everything = NOTHING_SURE
    for edge in ways:
        everything = everything.joined(edge.facts)
    first = draft.event_ids()[:1]
    sure = {name: NOTHING_SURE if [name] == first else everything for name in draft.event_ids()}
    for _ in range(len(sure) + 1):
        for edge in ways:
            if edge.to in sure:
                before = sure.get(edge.begin, NOTHING_SURE).joined(edge.facts)
                sure[edge.to] = sure[edge.to].shared(before.without(edge.forgotten))
    return sure


def facts_after(event: EventDraft, number: int) -> Facts:
    """Return what is sure when this entry of `answered` was taken, and those before were not."""
    ways = event.answered or ()
    found = _saved(event)
    for way in ways[:number]:
        if way.condition is not None and not way.tests:
            found = found.joined(_condition_facts(way)[1])
    return found.joined(_condition_facts(ways[number])[0])


def _saved(event: EventDraft) -> Facts:
    return Facts(frozenset({saved_as(event)} - {""}))


def _condition_facts(way: WayDraft) -> tuple[Facts, Facts]:
    if way.condition is None or expression_faults(way.condition.text):
        return NOTHING_SURE, NOTHING_SURE
    return facts_of(parsed_expression(way.condition.text))


def beyond(begin: str, nexts: dict[str, set[str]]) -> set[str]:
    """Return everything that some steps lead to from here, itself only when they lead back."""
    seen: set[str] = set()
    waiting = list(nexts.get(begin, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += nexts.get(here, ())
    return seen


def _from(event: EventDraft, following: str, whole: Whole) -> list[Edge]:
    here = event.id.text
    if event.ask is None:
        return [_edge(here, event.go, following, "next")]
    ways = event.answered or ()
    found = [_answer_edge(event, number, following) for number in range(len(ways))]
    if not ways:
        to = event.go.text if event.go is not None else following
        found.append(Edge(begin=here, to=to, by="answer", written=event.go, facts=_saved(event)))
    silence = event.silence if event.silence is not None else whole.program.defaults.silence
    found += [_edge(here, entry.go, END, "silence") for entry in silence if entry.go is not None]
    unclear = event.unclear or whole.program.defaults.unclear
    found.append(_edge(here, unclear.go if unclear is not None else None, END, "unclear"))
    found.append(_edge(here, None, whole.program.defaults.skip, "skip"))
    return found


def _answer_edge(event: EventDraft, number: int, following: str) -> Edge:
    way = (event.answered or ())[number]
    return Edge(
        begin=event.id.text,
        to=_target(way, following),
        by="answer",
        written=way.go,
        facts=facts_after(event, number),
        forgotten=way.forget.text if way.forget is not None else "",
    )


def _target(way: WayDraft, following: str) -> str:
    if way.go is not None:
        return way.go.text
    return following if not way.leads_on else END


def _edge(begin: str, written: Scalar | None, otherwise: str, by: By) -> Edge:
    return Edge(begin=begin, to=written.text if written is not None else otherwise, by=by, written=written)
