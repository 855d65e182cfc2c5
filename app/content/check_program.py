"""The program file: decision points and their rules, menu, keywords, factors, settings that fit together."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.check_choices import check_keyword, check_reserved
from app.content.check_words import Said, check_condition
from app.content.drafts import PointDraft, RuleDraft
from app.content.fields import Words, as_number, did_you_mean, is_time
from app.content.known_names import Known
from app.content.problems import Findings, Place
from app.content.source import Scalar
from app.content.templates import Facts
from app.content.whole import Whole, saved_as

NOTHING = "nothing"
TOLERANCE = 1e-6


def check_program(whole: Whole, known: dict[str, Known]) -> None:
    """Note what is wrong in the program file, its texts left out."""
    program, findings = whole.program, whole.program.findings
    for variable in program.variables:
        if variable.computed is not None:
            check_condition(variable.computed, findings, known)
    _check_ids([point.id for point in program.points], "decision point", findings)
    for point in program.points:
        _check_point(point, whole, known)
    for word, start in program.keywords:
        check_keyword(word, findings)
        _check_start(start, whole, findings)
    for line in program.menu:
        check_reserved(line.label, findings)
        _check_start(line.start, whole, findings)
    _check_consent(whole)
    _check_because_line(whole)
    _check_defaults(whole)


def _check_consent(whole: Whole) -> None:
    program = whole.program
    word = program.consent_word.text.strip() if program.consent_word is not None else "AGREE"
    if program.consent_word is not None:
        check_reserved(program.consent_word, program.findings)
    for written in program.texts.get("consent.say", {}).values():
        if word not in written.text:
            message = f"The text does not say that {word} agrees."
            program.findings.error(
                "consent-word", written.place, message, f"Write for example: Reply {word} to begin."
            )
    for keyword, _ in program.keywords:
        if keyword.text == word:
            program.findings.error("reserved-word", keyword.place, f"{word} is what people agree with.")


def texts_of_program(whole: Whole) -> Iterator[Said]:
    """Return every text of the program file."""
    program = whole.program
    for words in program.texts.values():
        yield from _said(words, program.findings)
    unclear = program.defaults.unclear
    if unclear is not None:
        yield from _said(unclear.say, program.findings, hint=True)
        yield from _said(unclear.gives_up or {}, program.findings)
    for entry in program.defaults.silence:
        yield from _said(entry.say or {}, program.findings)


def _said(words: Words, findings: Findings, *, hint: bool = False) -> Iterator[Said]:
    for language, written in words.items():
        yield Said(findings=findings, language=language, written=written, facts=Facts(), hint=hint)


def _check_ids(ids: list[Scalar], what: str, findings: Findings) -> None:
    seen: set[str] = set()
    for name in ids:
        if name.text in seen:
            findings.error("duplicate-id", name.place, f"Two times the {what} {name.text}.", "Rename one.")
        seen.add(name.text)


def _check_point(point: PointDraft, whole: Whole, known: dict[str, Known]) -> None:
    findings = whole.program.findings
    if point.at is not None and not is_time(point.at.text):
        _check_time_variable(point.at, whole)
    if point.event_name is not None:
        _check_happening(point, whole)
    if point.when is not None:
        check_condition(point.when, findings, known)
    if point.proximal is not None and point.proximal.item.text not in whole.items:
        item = point.proximal.item
        fix = did_you_mean(item.text, whole.items) or f"Add the file items/{item.text}.yaml"
        findings.error("unknown-item", item.place, f"There is no item {item.text}.", fix)
    if not point.rules:
        findings.error("missing-key", point.place, "A decision point needs a rule.", "Add one below rules:")
    _check_ids([rule.id for rule in point.rules], "rule", findings)
    for rule in point.rules:
        _check_rule(rule, whole, known)
        if point.level == "care":
            _warn_without_nothing(rule, findings)
    _check_rules_cover(point, findings)


def _check_time_variable(at: Scalar, whole: Whole) -> None:
    variable = whole.variables().get(at.text)
    findings = whole.program.findings
    if variable is None:
        times = [name for name, other in whole.variables().items() if other.kind == "time"]
        fix = did_you_mean(at.text, times) or 'Write a time such as "19:00", or a time variable.'
        findings.error("time", at.place, f"{at.text} is no clock time and no variable.", fix)
    elif variable.kind != "time":
        findings.error(
            "time", at.place, f"{at.text} is {variable.kind}, and no time.", "Use a time variable."
        )
    elif variable.default is None:
        message = f"{at.text} has no default, so it is not known when to begin."
        findings.error("time", at.place, message, 'Add  default: "19:00"  to it.')


def _check_happening(point: PointDraft, whole: Whole) -> None:
    name = point.event_name
    if name is None:
        return
    known = set(whole.interventions) if point.event == "finished" else _answer_names(whole)
    if name.text not in known:
        problem = "unknown-intervention" if point.event == "finished" else "unknown-variable"
        message = f"Nothing called {name.text} is ever {point.event}."
        whole.program.findings.error(problem, name.place, message, did_you_mean(name.text, known))


def _answer_names(whole: Whole) -> set[str]:
    events = [event for draft in whole.interventions.values() for event in draft.events]
    return {saved_as(event) for event in events} | set(whole.items) | set(whole.variables())


def _check_rule(rule: RuleDraft, whole: Whole, known: dict[str, Known]) -> None:
    findings = whole.program.findings
    if rule.when is not None:
        check_condition(rule.when, findings, known)
    total = 0.0
    for option, chance in rule.choose:
        if option.text != NOTHING:
            _check_start(option, whole, findings)
        total += _probability(chance, findings)
    if abs(total - 1) > TOLERANCE:
        message = f"The probabilities of rule {rule.id.text} add up to {total:g}."
        findings.error("probabilities", _first(rule), message, "Let them add up to 1.")


def _warn_without_nothing(rule: RuleDraft, findings: Findings) -> None:
    # At level `intervention` somebody has just asked for something: nothing is no option there.
    options = {option.text for option, _ in rule.choose}
    if len(options) > 1 and NOTHING not in options:
        message = f"Rule {rule.id.text} never chooses nothing, so nothing can be compared with it."
        findings.warning("no-nothing", _first(rule), message, "Add  nothing: 0.2  and lower the others.")


def _first(rule: RuleDraft) -> Place:
    return rule.choose[0][0].place if rule.choose else rule.id.place


def _probability(chance: Scalar, findings: Findings) -> float:
    found = as_number(chance)
    if found is not None and 0 <= found <= 1:
        return found
    findings.error(
        "probability", chance.place, f"{chance.text} is no probability.", "Write a number from 0 to 1."
    )
    return 0


def _check_rules_cover(point: PointDraft, findings: Findings) -> None:
    open_rules = [rule for rule in point.rules if rule.when is None or rule.when.text.strip() == "true"]
    if open_rules and open_rules[0] is not point.rules[-1]:
        after = point.rules[point.rules.index(open_rules[0]) + 1]
        message = f"Rule {open_rules[0].id.text} always fits, so {after.id.text} is never used."
        findings.error("never-reached", after.id.place, message, "Put the rule without when last.")


def _check_start(start: Scalar, whole: Whole, findings: Findings) -> None:
    if start.text not in whole.interventions:
        fix = did_you_mean(start.text, whole.interventions)
        fix = fix or f"Add the file interventions/{start.text}.yaml"
        findings.error("unknown-intervention", start.place, f"There is no intervention {start.text}.", fix)


def _check_because_line(whole: Whole) -> None:
    parts, findings = whole.program.because_line, whole.program.findings
    for name, _ in parts:
        if name.text not in ("full", "plain"):
            findings.error(
                "unknown-value", name.place, f"{name.text} is no because-line.", "Write full or plain."
            )
    total = sum(_probability(chance, findings) for _, chance in parts)
    if parts and abs(total - 1) > TOLERANCE:
        message = f"The probabilities add up to {total:g}."
        findings.error("probabilities", parts[0][0].place, message, "Let them add up to 1.")


def _check_defaults(whole: Whole) -> None:
    defaults, findings = whole.program.defaults, whole.program.findings
    for entry in defaults.silence:
        if entry.go is not None and entry.go.text != "end":
            findings.error("unknown-event", entry.go.place, "A default leads to the end.", "Write  go: end")
    if defaults.silence and defaults.silence[-1].go is None:
        message = "This silence never ends."
        findings.error("silence-open", defaults.silence[-1].place, message, "Add  go: end")
    if defaults.unclear is not None and defaults.unclear.go is not None and defaults.unclear.go.text != "end":
        place = defaults.unclear.go.place
        findings.error("unknown-event", place, "A default leads to the end.", "Write  go: end")
