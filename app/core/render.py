"""Texts and conditions in Jinja, filled in: strict about names, careful with own words, bounded."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import StrictUndefined, Undefined, UndefinedError, nodes
from jinja2.environment import Template, TemplateExpression
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from app.core.jinja_rules import (
    expression_faults,
    parsed_expression,
    parsed_text,
    template_faults,
)
from app.core.jinja_rules import expression_names as expression_names
from app.core.jinja_rules import expression_problems as expression_problems
from app.core.jinja_rules import names as names
from app.core.jinja_rules import template_problems as template_problems
from app.core.own_words import OwnWords as OwnWords
from app.core.own_words import RenderFault as RenderFault
from app.core.own_words import quoted, tidied

LONGEST_OUTPUT = 1_600
Found = TypeVar("Found")


def render(source: str, values: Mapping[str, object]) -> str:
    """Return the text of a template, tidied; RenderFault when any part of it cannot be said."""
    template = _template(source)
    text = tidied(_guarded(lambda: template.render(values)))
    if len(text) > LONGEST_OUTPUT:
        raise RenderFault(f"the text is longer than {LONGEST_OUTPUT} characters")
    return text


def compute(expression: str, values: Mapping[str, object]) -> object:
    """Return what an expression comes to: None, a truth, a number, a word or own words; else RenderFault."""
    compiled = _expression(expression)
    found = _guarded(lambda: _defined(compiled(values)))
    if found is None or isinstance(found, bool | int | float | str | OwnWords):
        return found
    raise RenderFault("an expression comes to a truth, a number or a word")


def evaluate(expression: str, values: Mapping[str, object]) -> bool:
    """Return whether a condition holds; RenderFault for an undeclared name.

    A name without a value is None: `<`, `<=`, `>` and `>=` with it are false, whichever side it stands on
    (so `not (x > 3)` is true of it), and sums with it are None.
    """
    return bool(compute(expression, values))


def _guarded(run: Callable[[], Found]) -> Found:
    try:
        return run()
    except RenderFault:
        raise
    except UndefinedError as fault:
        # Jinja's own words name the name only; every other message could hold a value.
        raise RenderFault(str(fault.message)) from None
    except Exception as fault:
        raise RenderFault(f"it does not work with these values ({type(fault).__name__})") from None


def _defined(value: object) -> object:
    if isinstance(value, Undefined):
        str(value)
    return value


class _MissingIsNone(NodeTransformer):
    """Makes comparisons and sums of missing numbers come to false and None instead of failing."""

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        """Return the comparison, or a chain of them, joined by `and`."""
        self.generic_visit(node)
        left, steps = node.expr, []
        for operand in node.ops:
            steps.append(_comparison(left, operand))
            left = operand.expr
        joined: nodes.Expr = steps[0]
        for step in steps[1:]:
            joined = nodes.And(joined, step, lineno=node.lineno)
        return joined

    def visit_Add(self, node: nodes.Add) -> nodes.Node:
        """Return a sum that knows None."""
        self.generic_visit(node)
        return _inner_filter("(sum)", node.left, node.right)

    def visit_Sub(self, node: nodes.Sub) -> nodes.Node:
        """Return a difference that knows None."""
        self.generic_visit(node)
        return _inner_filter("(difference)", node.left, node.right)


def _comparison(left: nodes.Expr, operand: nodes.Operand) -> nodes.Expr:
    if operand.op in ("lt", "lteq", "gt", "gteq"):
        return _inner_filter(f"({operand.op})", left, operand.expr)
    return nodes.Compare(left, [operand], lineno=left.lineno)


def _inner_filter(name: str, left: nodes.Expr, right: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(left, name, [right], [], None, None, lineno=left.lineno)


@lru_cache(maxsize=8_192)
def _template(source: str) -> Template:
    faults = template_faults(source)
    if faults:
        raise RenderFault(faults[0].message)
    return _compiled(parsed_text(source))


@lru_cache(maxsize=4_096)
def _expression(source: str) -> TemplateExpression:
    faults = expression_faults(source)
    if faults:
        raise RenderFault(faults[0].message)
    target = nodes.Name("result", "store", lineno=1)
    body: list[nodes.Node] = [nodes.Assign(target, parsed_expression(source), lineno=1)]
    return TemplateExpression(_compiled(nodes.Template(body, lineno=1)), undefined_to_none=False)


def _compiled(tree: nodes.Template) -> Template:
    careful = _MissingIsNone().visit(tree)
    return _guarded(lambda: _ENVIRONMENT.from_string(careful.set_environment(_ENVIRONMENT)))


def _printed(value: object) -> object:
    match value:
        case bool() | None:
            raise RenderFault("a name without a value stands in a text")
        case int() | float():
            return _number_words(value)
        case str():
            return value[: LONGEST_OUTPUT + 1]
        case Undefined() | OwnWords():
            return str(value)
    raise RenderFault("only words and numbers can stand in a text")


def _number_words(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def _quote(value: object) -> str:
    match _defined(value):
        case OwnWords(text=text, quotable=True):
            return quoted(text)
        case OwnWords():
            raise RenderFault("own words that cannot be quoted stand in a text")
        case None:
            raise RenderFault("own words that are not known stand in a text")
    raise RenderFault("quote is for own words only")


def _lower(value: object) -> object:
    match _defined(value):
        case str() as word:
            return word.lower()
        case OwnWords(text=text, quotable=quotable):
            return OwnWords(text.lower(), quotable)
    return value


def _round(value: object, digits: int = 0) -> float | None:
    match _defined(value):
        case None:
            return None
        case bool():
            raise RenderFault("round is for numbers only")
        case int() | float() as number if digits in range(7):
            return round(number, digits)
    raise RenderFault("round is for numbers only")


def _default(value: object, instead: object) -> object:
    return instead if _defined(value) is None else value


def _is_quotable(value: object) -> bool:
    known = _defined(value)
    return isinstance(known, OwnWords) and known.quotable and bool(known)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
    def compared(left: object, right: object) -> bool:
        if _defined(left) is None or _defined(right) is None:
            return False
        return compare(left, right)

    return compared


def _summed(combine: Callable[[float, float], float]) -> Callable[[object, object], float | None]:
    def combined(left: object, right: object) -> float | None:
        if _defined(left) is None or _defined(right) is None:
            return None
        if isinstance(left, int | float) and isinstance(right, int | float):
            return combine(left, right)
        raise RenderFault("only numbers are added and taken away")

    return combined


def _environment() -> ImmutableSandboxedEnvironment:
    # A text message is not HTML: escaping would put &quot; on phones.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_printed, autoescape=False
    )
    environment.globals.clear()
    environment.filters = {
        "quote": _quote,
        "lower": _lower,
        "round": _round,
        "default": _default,
        "(lt)": _ordered(operator.lt),
        "(lteq)": _ordered(operator.le),
        "(gt)": _ordered(operator.gt),
        "(gteq)": _ordered(operator.ge),
        "(sum)": _summed(operator.add),
        "(difference)": _summed(operator.sub),
    }
    known_tests = {name: environment.tests[name] for name in ("none", "defined")}
    environment.tests = {**known_tests, "quotable": _is_quotable}
    return environment


_ENVIRONMENT = _environment()
