"""What of Jinja a text or condition may use: names, if, few filters; nothing runs, loops or looks inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec
from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from app.core.own_words import RenderFault

LONGEST_SOURCE = 8_000
DEEPEST = 40
Tree = TypeVar("Tree")

# How many constants each filter may be given: at least, at most.
FILTERS: Mapping[str, tuple[int, int]] = {
    "quote": (0, 0),
    "lower": (0, 0),
    "round": (0, 1),
    "default": (1, 1),
}
TESTS = ("quotable", "none", "defined")

_PLAIN_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg, nodes.List, nodes.Tuple,
)  # fmt: skip
_NAMES_OF_JINJA = ("self", "super", "loop", "caller", "varargs", "kwargs", "context", "environment")


# Only its syntax is used here: nothing is compiled or run by it.
_SYNTAX = Environment()  # noqa: S701


class Fault(msgspec.Struct, frozen=True):
    """One thing in a source that is not allowed: why, on which of its lines, and the word to point at."""

    message: str
    line: int
    word: str = ""


class Unreadable(RenderFault):
    """A source that is not Jinja at all; `line` is where reading it ended."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def names(source: str) -> frozenset[str]:
    """Return the names that a template uses; RenderFault when it is not Jinja."""
    return names_in(parsed_text(source))


def expression_names(expression: str) -> frozenset[str]:
    """Return the names that a condition uses; RenderFault when it is not Jinja."""
    return names_in(parsed_expression(expression))


def names_in(tree: nodes.Node) -> frozenset[str]:
    """Return the names that a syntax tree uses."""
    own = [tree] if isinstance(tree, nodes.Name) else []
    return frozenset(name.name for name in [*own, *tree.find_all(nodes.Name)])


def template_problems(source: str) -> list[str]:
    """Return why a template is not allowed, in words; nothing when it is."""
    return [fault.message for fault in template_faults(source)]


def expression_problems(expression: str) -> list[str]:
    """Return why a condition is not allowed, in words; nothing when it is."""
    return [fault.message for fault in expression_faults(expression)]


def template_faults(source: str) -> list[Fault]:
    """Return what is not allowed in a template, with its line in the source."""
    return _faults(source, parsed_text)


def expression_faults(expression: str) -> list[Fault]:
    """Return what is not allowed in a condition, with its line in the source."""
    return _faults(expression, parsed_expression)


def parsed_text(source: str) -> nodes.Template:
    """Return the syntax tree of a template, not yet checked; Unreadable when it is not Jinja."""
    return _read(source, lambda: Parser(_SYNTAX, source).parse())


def parsed_expression(expression: str) -> nodes.Expr:
    """Return the syntax tree of a condition, not yet checked; Unreadable when it is not Jinja."""
    return _read(expression, lambda: _one_expression(Parser(_SYNTAX, expression, state="variable")))


def _one_expression(parser: Parser) -> nodes.Expr:
    expression = parser.parse_expression()
    if not parser.stream.eos:
        raise Unreadable("a condition is one expression, and this goes on after it")
    return expression


def _read(source: str, parse: Callable[[], Tree]) -> Tree:
    if len(source) > LONGEST_SOURCE:
        raise Unreadable(f"it is longer than {LONGEST_SOURCE} characters")
    try:
        return parse()
    except TemplateSyntaxError as fault:
        raise Unreadable(str(fault.message), fault.lineno) from None
    except (RecursionError, ValueError, OverflowError):
        raise Unreadable("it cannot be read: nested too deeply, or a number too long") from None


def _faults(source: str, parse: Callable[[str], nodes.Node]) -> list[Fault]:
    try:
        return list(_forbidden(parse(source)))
    except Unreadable as unreadable:
        return [Fault(str(unreadable), unreadable.line)]


def _forbidden(node: nodes.Node, depth: int = 0) -> Iterator[Fault]:
    reason = "it is nested too deeply" if depth > DEEPEST else _why_not(node)
    if reason:
        yield Fault(reason, node.lineno or 1, str(getattr(node, "name", "") or getattr(node, "attr", "")))
        return
    for child in node.iter_child_nodes():
        yield from _forbidden(child, depth + 1)


def _why_not(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name, ctx=use):
            private = name.startswith("_") or name in _NAMES_OF_JINJA or use != "load"
            return f"the name {name} is not allowed" if private else ""
        case nodes.Const(value=value):
            plain = value is None or isinstance(value, bool | int | float | str)
            return "" if plain else "this value is not allowed"
        case nodes.Filter():
            return _why_not_filter(node)
        case nodes.Test(name=name):
            plain = name in TESTS and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
            return "" if plain else f"the test {name} is not allowed; there are {', '.join(TESTS)}"
        case nodes.Getattr(attr=attr):
            return f"a name is one word: .{attr} is not allowed"
        case _:
            kind = type(node).__name__.lower()
            return "" if isinstance(node, _PLAIN_NODES) else f"{kind} is not allowed in texts and conditions"


def _why_not_filter(node: nodes.Filter) -> str:
    if node.name not in FILTERS or node.node is None:
        return f"the filter {node.name} is not allowed; there are {', '.join(FILTERS)}"
    least, most = FILTERS[node.name]
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    constant = all(isinstance(argument, nodes.Const) for argument in node.args)
    written_well = plain and constant and least <= len(node.args) <= most
    return "" if written_well else f"the filter {node.name} is not written like this"
