"""What can be reached: interventions from rules, menu and keywords; texts in every language."""

from __future__ import annotations

from app.content.fields import Words
from app.content.flow import beyond
from app.content.problems import Findings, Place
from app.content.whole import Whole


def check_reach(whole: Whole) -> None:
    """Note interventions that nothing starts, and texts that are missing in a language."""
    started = starters(whole)
    for draft in whole.interventions.values():
        if draft.id not in started:
            message = f"No rule, menu line, keyword or other intervention starts {draft.id}."
            draft.findings.warning("never-started", Place(), message, "Add it to a rule or to the menu.")
    _check_decision_loop(whole)
    for findings, words in _all_words(whole):
        missing = [language for language in whole.program.languages if language not in words]
        for language in missing:
            place = next(iter(words.values())).place
            findings.error(
                "missing-language", place, f"This text is missing in {language}.", f"Add  {language}: |"
            )


def _check_decision_loop(whole: Whole) -> None:
    """Note interventions whose end begins a decision that can start them again at once."""
    points = [point for point in whole.program.points if point.event == "finished" and point.event_name]
    nexts: dict[str, set[str]] = {}
    for point in points:
        options = {option.text for rule in point.rules for option, _ in rule.choose}
        nexts.setdefault(point.event_name.text if point.event_name else "", set()).update(options)
    for point in points:
        if point.event_name is not None and point.event_name.text in beyond(point.event_name.text, nexts):
            message = f"When {point.event_name.text} has ended, this can start it again, and so on for ever."
            fix = "Take it out of the options, or let a time begin this point."
            whole.program.findings.error("decision-loop", point.id.place, message, fix)


def starters(whole: Whole) -> set[str]:
    """Return the interventions that something starts."""
    program = whole.program
    found = {start.text for _, start in program.keywords} | {line.start.text for line in program.menu}
    found |= {option.text for point in program.points for rule in point.rules for option, _ in rule.choose}
    events = [event for draft in whole.interventions.values() for event in draft.events]
    ways = [way for event in events for way in event.answered or ()]
    return found | {way.start.text for way in ways if way.start is not None}


def _all_words(whole: Whole) -> list[tuple[Findings, Words]]:
    program, defaults = whole.program, whole.program.defaults
    found = [(program.findings, words) for words in program.texts.values()]
    if defaults.unclear is not None:
        found += [
            (program.findings, words) for words in (defaults.unclear.say, defaults.unclear.gives_up) if words
        ]
    found += [(program.findings, entry.say) for entry in defaults.silence if entry.say]
    found += [(item.findings, item.say) for item in whole.items.values()]
    for draft in whole.interventions.values():
        found += [(draft.findings, words) for words in (draft.because, draft.because_plain) if words]
        for event in draft.events:
            found.append((draft.findings, event.say))
            found += [(draft.findings, entry.say) for entry in event.silence or () if entry.say]
            found += [(draft.findings, way.say) for way in event.answered or () if way.say]
            found += [(draft.findings, choice.label) for choice in event.choices]
            if event.unclear is not None:
                found.append((draft.findings, event.unclear.say))
    return found
