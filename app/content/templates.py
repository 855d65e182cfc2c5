"""What can be told of a template without filling it in: what it shows, when, and how long it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from jinja2 import nodes

NONE: frozenset[str] = frozenset()
MOST_VARIANTS = 64


class Facts(msgspec.Struct, frozen=True):
    """Names that are sure to have a value, and those sure to be quotable."""

    known: frozenset[str] = NONE
    quotable: frozenset[str] = NONE

    def joined(self, other: Facts) -> Facts:
        """Return both together."""
        return Facts(self.known | other.known, self.quotable | other.quotable)

    def shared(self, other: Facts) -> Facts:
        """Return what is sure in both."""
        return Facts(self.known & other.known, self.quotable & other.quotable)

    def without(self, name: str) -> Facts:
        """Return the facts about every other name."""
        return Facts(self.known - {name}, self.quotable - {name})


NOTHING_SURE = Facts()


class Shown(msgspec.Struct, frozen=True):
    """One `{{ … }}`: the name it shows, its filters, and what is sure where it stands."""

    name: str
    line: int
    filters: tuple[str, ...]
    facts: Facts


def shown_in(body: Sequence[nodes.Node], facts: Facts = NOTHING_SURE) -> Iterator[Shown]:
    """Return every place where a template shows the value of a name."""
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield from _shown(part, (), facts)
        elif isinstance(node, nodes.If):
            yes, no = facts_of(node.test)
            yield from shown_in(node.body, facts.joined(yes))
            yield from shown_in([*node.elif_, *node.else_], facts.joined(no))


def facts_of(test: nodes.Node) -> tuple[Facts, Facts]:
    """Return what is sure when a condition holds, and when it does not."""
    match test:
        case nodes.Name(name=name):
            return Facts(frozenset({name})), Facts()
        case nodes.Test(node=nodes.Name(name=name), name="quotable"):
            return Facts(frozenset({name}), frozenset({name})), Facts()
        case nodes.Test(node=nodes.Name(name=name), name="none"):
            return Facts(), Facts(frozenset({name}))
        case nodes.Not(node=inner):
            yes, no = facts_of(inner)
            return no, yes
        case nodes.And(left=left, right=right):
            return facts_of(left)[0].joined(facts_of(right)[0]), Facts()
        case nodes.Or(left=left, right=right):
            return Facts(), facts_of(left)[1].joined(facts_of(right)[1])
        case nodes.Compare():
            return _compared(test), Facts()
    return Facts(), Facts()


def truths_in(tree: nodes.Node) -> Iterator[nodes.Name]:
    """Return the names that stand alone as a condition: in if, and, or, not."""
    conditions: list[nodes.Node] = [tree]
    conditions += [found.test for found in tree.find_all(nodes.If)]
    for found in _parts(tree):
        match found:
            case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
                conditions += [left, right]
            case nodes.Not(node=inner):
                conditions.append(inner)
    return (condition for condition in conditions if isinstance(condition, nodes.Name))


def comparisons_in(tree: nodes.Node) -> Iterator[tuple[nodes.Name, str, object]]:
    """Return each name with how it is compared (eq, lt, in …) and with which fixed value."""
    for compare in _parts(tree):
        if not isinstance(compare, nodes.Compare):
            continue
        sides = [compare.expr, *(operand.expr for operand in compare.ops)]
        for left, operand, right in zip(sides, compare.ops, sides[1:], strict=False):
            yield from ((name, operand.op, value) for name, value in _pairs(left, right))
            yield from ((name, operand.op, value) for name, value in _pairs(right, left))


def summed_in(tree: nodes.Node) -> Iterator[nodes.Name]:
    """Return the names that are added, taken away or made negative."""
    for found in _parts(tree):
        if isinstance(found, nodes.Add | nodes.Sub | nodes.Neg):
            yield from (side for side in found.iter_child_nodes() if isinstance(side, nodes.Name))


def is_truth(part: nodes.Node) -> bool:
    """Return whether an expression comes to true or false, which no text can show."""
    constant = isinstance(part, nodes.Const) and (part.value is None or isinstance(part.value, bool))
    compared = (nodes.Compare, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.List, nodes.Tuple)
    return constant or isinstance(part, compared)


def truths_shown_in(tree: nodes.Node) -> Iterator[int]:
    """Return the lines of `{{ … }}` that would show true, false, nothing or a list."""
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            inner: nodes.Node | None = part
            while isinstance(inner, nodes.Filter):
                inner = inner.node
            if inner is not None and is_truth(inner):
                yield inner.lineno


def variants(body: Sequence[nodes.Node], value: Callable[[str, tuple[str, ...]], str]) -> list[str]:
    """Return the texts that a template can become, the longest first when there are many."""
    found = [""]
    for node in body:
        if isinstance(node, nodes.Output):
            said = "".join(_said(part, value) for part in node.nodes)
            found = [text + said for text in found]
        elif isinstance(node, nodes.If):
            ways = variants(node.body, value) + variants([*node.elif_, *node.else_], value)
            found = [text + way for text in found for way in ways]
        found = sorted(set(found), key=len, reverse=True)[:MOST_VARIANTS]
    return found


def _shown(part: nodes.Node, filters: tuple[str, ...], facts: Facts) -> Iterator[Shown]:
    match part:
        case nodes.Name(name=name):
            yield Shown(name, part.lineno, filters, facts)
        case nodes.Filter(node=inner, name=name) if inner is not None:
            yield from _shown(inner, (name, *filters), facts)
        case nodes.Add() | nodes.Sub() | nodes.Neg():
            for side in part.iter_child_nodes():
                yield from _shown(side, ("number", *filters), facts)


def _said(part: nodes.Node, value: Callable[[str, tuple[str, ...]], str]) -> str:
    match part:
        case nodes.TemplateData(data=data):
            return str(data)
        case nodes.Const(value=constant):
            return str(constant)
    return max((value(shown.name, shown.filters) for shown in _shown(part, (), Facts())), key=len, default="")


def _parts(tree: nodes.Node) -> list[nodes.Node]:
    """Return a syntax tree's nodes, its root among them."""
    return [tree, *tree.find_all(nodes.Node)]


def _compared(test: nodes.Compare) -> Facts:
    ordered = all(operand.op in ("lt", "lteq", "gt", "gteq") for operand in test.ops)
    fixed = all(
        operand.op == "eq" and isinstance(operand.expr, nodes.Const) and operand.expr.value is not None
        for operand in test.ops
    )
    if not (ordered or fixed):
        return Facts()
    sides = [test.expr, *(operand.expr for operand in test.ops)]
    return Facts(frozenset(side.name for side in sides if isinstance(side, nodes.Name)))


def _pairs(left: nodes.Node, right: nodes.Node) -> Iterator[tuple[nodes.Name, object]]:
    if not isinstance(left, nodes.Name):
        return
    values = right.items if isinstance(right, nodes.List | nodes.Tuple) else [right]
    for value in values:
        if isinstance(value, nodes.Const):
            yield left, value.value
