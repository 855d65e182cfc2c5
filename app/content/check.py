"""Every check of a whole program, in one place."""

from __future__ import annotations

from app.content.check_choices import check_choices
from app.content.check_intervention import check_intervention, texts_of
from app.content.check_length import Cost, check_length, longest_form
from app.content.check_program import check_program, texts_of_program
from app.content.check_words import Said, check_text
from app.content.compile_events import choice_lines
from app.content.drafts import InterventionDraft, ItemDraft
from app.content.known_names import Known, names_for
from app.content.proven import proven
from app.content.reach import check_reach
from app.content.whole import Whole
from app.core.jinja_rules import parsed_text, template_faults


def check(whole: Whole) -> tuple[str, ...]:
    """Note every mistake in the findings of its file and return what is proven when there is none."""
    program_names = names_for(whole)
    check_program(whole, program_names)
    costs = [Cost(), *(_check_said(said, program_names, "", whole) for said in texts_of_program(whole))]
    for item in whole.items.values():
        costs += _check_item(item, whole, program_names)
    for draft in whole.interventions.values():
        costs += _check_intervention(draft, whole)
    check_reach(whole)
    return proven(whole, Cost(max(cost.plain for cost in costs), max(cost.dearest for cost in costs)))


def _check_intervention(draft: InterventionDraft, whole: Whole) -> list[Cost]:
    known = names_for(whole, draft)
    check_intervention(draft, whole, known)
    because = _longest_because(draft, known)
    return [_check_said(said, known, because, whole) for said in texts_of(draft, whole)]


def _check_said(said: Said, known: dict[str, Known], because: str, whole: Whole) -> Cost:
    if said.language not in whole.program.languages:
        message = f"The program does not speak {said.language}."
        said.findings.error(
            "unknown-language", said.written.place, message, "Add it to languages, or take it out."
        )
    tree = check_text(said, known)
    return check_length(said, tree, known, because) if tree is not None else Cost()


def _longest_because(draft: InterventionDraft, known: dict[str, Known]) -> str:
    texts = [words.text for part in (draft.because, draft.because_plain) if part for words in part.values()]
    found = [longest_form(parsed_text(text), known) for text in texts if not template_faults(text)]
    return max(found, key=len, default="")


def _check_item(item: ItemDraft, whole: Whole, known: dict[str, Known]) -> list[Cost]:
    check_choices(item.choices, item.findings)
    lines = choice_lines(item.choices) if item.choices else {}
    texts = [
        Said(findings=item.findings, language=language, written=written, ending=lines.get(language, ""))
        for language, written in item.say.items()
    ]
    for said in texts:
        _check_range_named(said, item.ask.kind, item.ask.low, item.ask.high)
    return [_check_said(said, known, "", whole) for said in texts]


def _check_range_named(said: Said, kind: str, low: int, high: int) -> None:
    words = said.written.text.replace(",", " ").replace("(", " ").replace("-", " ").split()
    if kind == "scale" and not {str(low), str(high)} <= {word.strip(".?)!:;") for word in words}:
        message = f"The text does not say that the scale goes from {low} to {high}."
        fix = f"Write for example: {low} (none) to {high} (very much)?"
        said.findings.warning("range-not-named", said.written.place, message, fix)
