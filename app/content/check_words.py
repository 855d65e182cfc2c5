"""Whether texts and conditions can be said and answered: allowed Jinja, declared names, own words quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from jinja2 import nodes

from app.content.fields import did_you_mean
from app.content.known_names import Known
from app.content.problems import Findings, Place
from app.content.source import Scalar
from app.content.templates import (
    Facts,
    Shown,
    comparisons_in,
    shown_in,
    summed_in,
    truths_in,
    truths_shown_in,
)
from app.core.jinja_rules import (
    Fault,
    expression_faults,
    names_in,
    parsed_expression,
    parsed_text,
    template_faults,
)

NUMBERS = ("number", "scale", "duration")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One text in one language: what is sure where it stands, and what follows it in the same message."""

    findings: Findings
    language: str
    written: Scalar
    facts: Facts = Facts()
    ending: str = ""
    hint: bool = False


def check_text(said: Said, known: Mapping[str, Known]) -> nodes.Template | None:
    """Note what is wrong with a text and return its syntax tree, or None when it is not allowed at all."""
    source = said.written.text
    faults = template_faults(source)
    _note_faults(faults, said.findings, said.written)
    if faults:
        return None
    tree = parsed_text(source)
    _check_names(tree, said.findings, said.written, known)
    _check_conditions(tree, said.findings, said.written, known)
    for line in truths_shown_in(tree):
        place = place_of("", line, said.written, said.findings)
        said.findings.error("not-sayable", place, "This is no word or number.", "Use it in a condition.")
    for shown in shown_in(tree.body, said.facts):
        if shown.name in known:
            _check_shown(shown, said, known[shown.name])
    return tree


def check_condition(written: Scalar, findings: Findings, known: Mapping[str, Known]) -> None:
    """Note what is wrong with a condition or computed expression."""
    faults = expression_faults(written.text)
    _note_faults(faults, findings, written)
    if faults:
        return
    tree = parsed_expression(written.text)
    _check_names(tree, findings, written, known)
    _check_conditions(tree, findings, written, known)


def place_of(word: str, line: int, written: Scalar, findings: Findings) -> Place:
    """Return where a word of a text stands in its file; `line` counts within the text."""
    first = written.place.line + (1 if written.block else 0)
    wanted = first + line - 1
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") if word else re.compile(r"\{[{%]")
    for number in (wanted, *range(first, max(written.last_line, first) + 1)):
        begin = written.place.column - 1 if number == written.place.line else 0
        found = pattern.search(findings.line(number), begin)
        if found:
            return Place(number, found.start() + 1, len(word) or 2)
    return written.place


def _note_faults(faults: list[Fault], findings: Findings, written: Scalar) -> None:
    for fault in faults:
        place = place_of(fault.word, fault.line, written, findings)
        message = fault.message[:1].upper() + fault.message[1:].rstrip(".") + "."
        fix = "Allowed are names, if, and the filters quote, lower, round and default."
        findings.error("forbidden-jinja", place, message, fix)


def _check_names(tree: nodes.Node, findings: Findings, written: Scalar, known: Mapping[str, Known]) -> None:
    for name in sorted(names_in(tree) - known.keys()):
        line = next((found.lineno for found in tree.find_all(nodes.Name) if found.name == name), 1)
        near = did_you_mean(name, known)
        where = next((known[other].where for other in known if near == f"Did you mean {other}?"), "")
        fix = f"{near[:-1]}, {where}?" if near and where else near
        declare = "Declare it under tailoring in program.yaml, or save it in an event."
        findings.error(
            "unknown-variable",
            place_of(name, line, written, findings),
            f"Nothing is called {name}.",
            fix or declare,
        )


def _check_conditions(
    tree: nodes.Node, findings: Findings, written: Scalar, known: Mapping[str, Known]
) -> None:
    for name in truths_in(tree):
        if name.name in known and known[name.name].kind in ("yes_no", "done", "choice"):
            place = place_of(name.name, name.lineno, written, findings)
            first = (known[name.name].words or ("yes",))[0]
            message = f"{name.name} is a word, and every word counts as true here."
            findings.error("word-as-truth", place, message, f'Write  {name.name} == "{first}"')
    for name, how, value in comparisons_in(tree):
        if name.name in known and value is not None:
            _check_compared(name, how, value, known[name.name], findings, written)
    for name in summed_in(tree):
        if name.name in known and known[name.name].kind not in (*NUMBERS, "computed", "unknown"):
            place = place_of(name.name, name.lineno, written, findings)
            findings.error("wrong-kind", place, f"{name.name} is no number.", "Only numbers are added.")


def _check_compared(
    name: nodes.Name, how: str, value: object, known: Known, findings: Findings, written: Scalar
) -> None:
    place = place_of(str(value), name.lineno, written, findings)
    ordered = how in ("lt", "lteq", "gt", "gteq")
    number = isinstance(value, int | float)
    if known.words and not ordered and value not in known.words:
        fix = did_you_mean(str(value), known.words) or f"It is one of {', '.join(known.words)}."
        findings.error("unknown-value", place, f"{name.name} is never {value}.", fix)
    elif known.kind in NUMBERS and not number:
        findings.error("wrong-kind", place, f"{name.name} is a number, and {value} is a word.")
    elif known.kind in ("time", "moment", "word", "yes_no", "choice", "done") and number:
        findings.error("wrong-kind", place, f"{name.name} is a word, and {value} is a number.")
    elif known.kind == "text":
        fix = f"Ask whether there are any:  {name.name} is none  or  {name.name} is quotable"
        findings.error("wrong-kind", place, f"{name.name} holds own words, which are not compared.", fix)


def _check_shown(shown: Shown, said: Said, known: Known) -> None:
    place = place_of(shown.name, shown.line, said.written, said.findings)
    error, name = said.findings.error, shown.name
    own, is_quoted = known.kind == "text", "quote" in shown.filters
    if own and not is_quoted:
        fix = f"Write  {{{{ {name} | quote }}}}"
        error("own-words-raw", place, f"{name} holds own words, which are only quoted.", fix)
    elif is_quoted and not own:
        error("quote-not-own", place, f"{name} holds no own words.", f"Write  {{{{ {name} }}}}")
    elif own and name not in shown.facts.quotable:
        fix = f"Write  {{% if {name} is quotable %}}{{{{ {name} | quote }}}}{{% else %}}…{{% endif %}}"
        error("quote-unguarded", place, f"{name} may be unknown, or words that must not be quoted.", fix)
    elif known.kind in ("days", "truth"):
        error("not-sayable", place, f"{name} is no word or number.", "Use it in a condition.")
    elif name == "hint" and not said.hint:
        error("hint-outside", place, "hint stands only in the text of unclear.")
    elif not (own or known.always or "default" in shown.filters or name in shown.facts.known):
        fix = f"Write  {{{{ {name} | default(…) }}}}  or stand it in  {{% if {name} is not none %}}"
        error("may-be-unknown", place, f"{name} may have no value yet here.", fix)
