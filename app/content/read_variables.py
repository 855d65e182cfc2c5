"""The tailoring variables that a program declares."""

from __future__ import annotations

import re

from app.content.drafts import VariableDraft
from app.content.fields import Fields, as_number, did_you_mean, is_time
from app.content.names import ALWAYS
from app.content.source import Mapping, Scalar

KEYS = ("kind", "low", "high", "of", "default", "keep", "set_by", "is", "stale_after")
KINDS = ("text", "yes_no", "scale", "number", "choice", "time", "moment", "duration", "days", "computed")
MOST_REMEMBERED = 28


def read_variables(fields: Fields) -> tuple[VariableDraft, ...]:
    """Return the declared variables in the order of the file."""
    node = fields.mapping("tailoring")
    found = [_variable(name, value, fields) for name, value in node.entries] if node is not None else []
    return tuple(variable for variable in found if variable is not None)


def _variable(name: Scalar, value: object, outer: Fields) -> VariableDraft | None:
    findings = outer.findings
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,47}", name.text) or name.text in (
        "true",
        "false",
        "none",
        "nothing",
    ):
        fix = "Use lower-case letters, digits and _."
        findings.error("bad-name", name.place, f"{name.text} cannot be a variable.", fix)
    if name.text in ALWAYS:
        findings.error("taken-name", name.place, f"{name.text} always exists.", "Choose another name.")
    if not isinstance(value, Mapping):
        findings.error(
            "wrong-type", name.place, f"{name.text} needs its kind.", "Write  kind: scale  below it."
        )
        return None
    fields = Fields(value, findings, name.text, KEYS)
    fields.require("kind")
    variable = VariableDraft(
        name=name,
        kind=fields.one_of("kind", KINDS, "text"),
        low=fields.whole("low", 0, -1_000_000),
        high=fields.whole("high", 10, -1_000_000),
        of=tuple(key.text for key in fields.scalars("of")),
        default=_default(fields),
        keep=fields.whole("keep", 1, 1, MOST_REMEMBERED),
        set_by=fields.one_of("set_by", ("participant", "answer", "staff", "computed"), "answer"),
        computed=fields.scalar("is"),
        stale_after=fields.duration("stale_after"),
    )
    _check(variable, fields)
    return variable


def _default(fields: Fields) -> Scalar | None:
    value = fields.scalar("default")
    return None if value is not None and value.text == "none" and not value.style else value


def _check(variable: VariableDraft, fields: Fields) -> None:
    findings = fields.findings
    if (variable.kind == "computed") != fields.has("is"):
        message = "A computed variable, and only that, says what it is."
        findings.error(
            "computed-is", fields.key_place("kind"), message, "Add  is: EXPRESSION  or change the kind."
        )
    if variable.kind == "choice" and not variable.of:
        findings.error(
            "missing-key", fields.place, "A choice variable needs of.", "Add  of: [low, some, plenty]"
        )
    if variable.low >= variable.high:
        findings.error("wrong-type", fields.key_place("high"), "high is above low.")
    fault = _default_fault(variable)
    if variable.default is not None and fault:
        findings.error("bad-default", variable.default.place, *fault)


def _default_fault(variable: VariableDraft) -> tuple[str, str] | None:
    default = variable.default
    if default is None:
        return None
    number = as_number(default)
    match variable.kind:
        case "text":
            return (
                "Own words have no default.",
                "Take it out, and say it with  if NAME is quotable  where it is used.",
            )
        case "moment" | "duration" | "days":
            return f"A {variable.kind} has no default.", "Take it out."
        case "scale" if number is None or not variable.low <= number <= variable.high:
            return f"{default.text} is not from {variable.low} to {variable.high}.", ""
        case "number" if number is None:
            return f"{default.text} is no number.", ""
        case "choice" if default.text not in variable.of:
            return f"{default.text} is none of the choices.", did_you_mean(default.text, variable.of)
        case "time" if not is_time(default.text):
            return f"{default.text} is no clock time.", 'Write "19:00".'
        case "yes_no" if default.text not in ("yes", "no", "unsure"):
            return f"{default.text} is not yes, no or unsure.", ""
    return None
