"""Whether every answer to a question is caught, once, and means something."""

from __future__ import annotations

from app.content.drafts import EventDraft, WayDraft
from app.content.fields import did_you_mean
from app.content.problems import Findings
from app.content.ranges import Meaning, answers, meaning
from app.content.source import Scalar
from app.content.whole import Asked, Whole

Understood = tuple[WayDraft, Scalar, Meaning]


def check_answers(event: EventDraft, whole: Whole, findings: Findings) -> None:
    """Note answers that nothing catches, that two lines catch, or that cannot be given."""
    asked, ways = whole.asked_by(event), event.answered
    if asked is None or ways is None:
        return
    understood = [(way, test, _meaning(test, asked, event, findings)) for way in ways for test in way.tests]
    known = [(way, test, found) for way, test, found in understood if found is not None]
    _check_after_always(ways, findings)
    _check_twice(known, findings)
    if len(known) == len(understood) and not any(way.always for way in ways):
        _check_cover(event, known, asked, findings)


def _meaning(test: Scalar, asked: Asked, event: EventDraft, findings: Findings) -> Meaning | None:
    found = meaning(test, asked)
    if found is None:
        possible = answers(asked)
        fix = did_you_mean(test.text, possible) or _how_to_write(asked, possible)
        findings.error("unknown-answer", test.place, f"{test.text} is no answer to {event.id.text}.", fix)
    elif asked.kind == "scale" and _leaves(found, asked):
        message = f"{event.id.text} goes from {asked.low} to {asked.high}, and {test.text} leaves that."
        findings.error("scale-range", test.place, message)
    return found


def _leaves(found: Meaning, asked: Asked) -> bool:
    return any(end is not None and not asked.low <= end <= asked.high for end in (found.low, found.high))


def _how_to_write(asked: Asked, possible: tuple[str, ...]) -> str:
    if possible:
        return f"There are {', '.join(possible)}, and none."
    if asked.kind in ("scale", "number"):
        return "Write a number, a range such as 0 to 3, or none."
    return "Only none can be told apart here; use if for everything else."


def _check_after_always(ways: tuple[WayDraft, ...], findings: Findings) -> None:
    always = next((number for number, way in enumerate(ways) if way.always), len(ways))
    for way in ways[always + 1 :]:
        message = "The line before fits every answer, so this one is never reached."
        findings.error("never-reached", way.place, message, "Put otherwise last.")


def _check_twice(known: list[Understood], findings: Findings) -> None:
    plain = [(way, test, found) for way, test, found in known if way.condition is None]
    for number, (_, test, found) in enumerate(plain):
        for _, earlier, before in plain[:number]:
            if _meets(found, before):
                name = "scale-overlap" if found.low is not None else "answer-twice"
                message = f"{test.text} is caught in line {earlier.place.line} already ({earlier.text})."
                findings.error(name, test.place, message, "Let the lines not share an answer.")
                break


def _meets(one: Meaning, other: Meaning) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return (one.value, one.none, one.low) == (other.value, other.none, other.low)
    return one.low <= other.high and other.low <= one.high


def _check_cover(event: EventDraft, known: list[Understood], asked: Asked, findings: Findings) -> None:
    sure = [found for way, _, found in known if way.condition is None]
    ways = event.answered or ()
    place = known[-1][1].place if known else ways[-1].place if ways else event.id.place
    fix = "Widen a line, or end with:  - otherwise: EVENT"
    if asked.kind == "scale":
        missing = [str(number) for number in range(asked.low, asked.high + 1) if not _caught(number, sure)]
        if missing:
            range_ = f"{event.id.text} goes from {asked.low} to {asked.high}"
            message = f"{range_}, and nothing here catches {_listed(missing)}."
            findings.error("scale-gap", place, message, fix)
        return
    possible = answers(asked)
    if not possible:
        message = f"Nothing here catches every other answer to {event.id.text}."
        findings.error("not-covered", place, message, "End with:  - otherwise: EVENT")
        return
    missing = [value for value in possible if value not in {found.value for found in sure}]
    if missing:
        name = "choice-uncovered" if asked.kind == "choice" else "answer-uncovered"
        findings.error(name, place, f"Nothing here catches {_listed(missing)}.", fix)


def _caught(number: int, sure: list[Meaning]) -> bool:
    return any(
        found.low is not None and found.high is not None and found.low <= number <= found.high
        for found in sure
    )


def _listed(words: list[str]) -> str:
    shown = words if len(words) <= 4 else [*words[:3], f"{len(words) - 3} more"]
    return " or ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
