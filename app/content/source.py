"""A YAML 1.2 file read into words with their places; whatever is wrong with it becomes a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.content.problems import Findings, Place

LARGEST_FILE = 256 * 1024
DEEPEST = 12
_FILE_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


class _TooDeep(Exception):
    def __init__(self, place: Place) -> None:
        super().__init__("too deep")
        self.place = place


class Scalar(msgspec.Struct, frozen=True):
    """One value as it was typed: `19:00`, `yes` and `none` stay words. `block` is text below a `|`."""

    text: str
    place: Place
    style: str = ""
    last_line: int = 0

    @property
    def block(self) -> bool:
        """Whether the text stands on lines of its own."""
        return self.style in ("|", ">")


class Sequence(msgspec.Struct, frozen=True):
    """A list, with the place where it begins."""

    items: tuple[Node, ...]
    place: Place


class Mapping(msgspec.Struct, frozen=True):
    """Keys with their values in the order of the file, with the place where they begin."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


def read_file(path: Path, shown_as: str) -> tuple[Node | None, Findings]:
    """Return what a file holds, or None, with what is wrong with it; never raises for what stands in it."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        findings = Findings(shown_as, [])
        findings.error("file-not-readable", Place(), f"The file cannot be opened: {fault.strerror}.")
        return None, findings
    return read_bytes(raw, shown_as)


def read_bytes(raw: bytes, shown_as: str) -> tuple[Node | None, Findings]:
    """Return what the bytes of a file hold, or None, with what is wrong with them."""
    if len(raw) > LARGEST_FILE:
        findings = Findings(shown_as, [])
        findings.error("file-too-large", Place(), "The file is larger than 256 kB.", "Split it into several.")
        return None, findings
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return None, _not_utf8(raw, fault.start, shown_as)
    findings = Findings(shown_as, text.splitlines())
    return _read_text(text, findings), findings


def good_file_name(path: Path) -> bool:
    """Return whether a file's name can be an id: lower-case letters, digits, - and _."""
    return bool(_FILE_NAME.fullmatch(path.stem)) and path.suffix == ".yaml"


def _not_utf8(raw: bytes, at: int, shown_as: str) -> Findings:
    before = raw[:at].decode("utf-8", "replace")
    findings = Findings(shown_as, raw.decode("utf-8", "replace").splitlines())
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    findings.error("not-utf-8", place, "This letter is not UTF-8.", "Save the file as UTF-8.")
    return findings


def _read_text(text: str, findings: Findings) -> Node | None:
    yaml = YAML(typ="safe", pure=True)
    try:
        found = [node for node in _documents(iter(yaml.parse(text)), findings) if node is not None]
    except MarkedYAMLError as fault:
        _yaml_problem(fault, findings)
        return None
    except _TooDeep as fault:
        findings.error("too-deep", fault.place, "Lists and keys stand too deep inside one another here.")
        return None
    except (YAMLError, RecursionError, ValueError) as fault:
        _letter_problem(fault, text, findings)
        return None
    if len(found) > 1:
        findings.error("yaml", found[1].place, "A file holds one document.", "Take out the line with ---.")
    if not found and not findings.problems:
        findings.error("empty-file", Place(), "The file is empty.")
    return found[0] if found and not findings.problems else None


def _documents(events: Iterator[Any], findings: Findings) -> Iterator[Node | None]:
    for event in events:
        if isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent | AliasEvent):
            yield _node(event, events, findings, 0)


def _node(event: Any, events: Iterator[Any], findings: Findings, depth: int) -> Node | None:
    place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
    if depth > DEEPEST:
        # Reading on would take time that grows with the square of the depth.
        raise _TooDeep(place)
    if isinstance(event, AliasEvent) or event.anchor is not None:
        findings.error(
            "yaml-anchor", place, "Anchors (&) and aliases (*) are not used here.", "Write it out."
        )
    elif event.tag is not None:
        findings.error("yaml-tag", place, "Types (!) are not written here.", "Take the word with ! out.")
    if isinstance(event, MappingStartEvent):
        return _mapping(place, events, findings, depth)
    if isinstance(event, SequenceStartEvent):
        return _sequence(place, events, findings, depth)
    return _scalar(event, place) if isinstance(event, ScalarEvent) else None


def _scalar(event: ScalarEvent, place: Place) -> Scalar:
    one_line = event.end_mark.line == event.start_mark.line
    length = event.end_mark.column - event.start_mark.column if one_line else 1
    return Scalar(
        event.value,
        Place(place.line, place.column, max(1, length)),
        event.style or "",
        event.end_mark.line + (1 if one_line else 0),
    )


def _sequence(place: Place, events: Iterator[Any], findings: Findings, depth: int) -> Sequence:
    items = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        item = _node(event, events, findings, depth + 1)
        if item is not None:
            items.append(item)
    return Sequence(tuple(items), place)


def _mapping(place: Place, events: Iterator[Any], findings: Findings, depth: int) -> Mapping:
    entries: dict[str, tuple[Scalar, Node]] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        key = _node(event, events, findings, depth + 1)
        value_event = next(events, None)
        value = _node(value_event, events, findings, depth + 1) if value_event is not None else None
        if key is None or value is None:
            continue
        if not isinstance(key, Scalar):
            findings.error("yaml-braces", key.place, *_BRACES)
        elif key.text in entries:
            first = entries[key.text][0].place.line
            findings.error(
                "duplicate-key",
                key.place,
                f"{key.text} is written twice; first in line {first}.",
                "Keep one.",
            )
        else:
            entries[key.text] = (key, value)
    return Mapping(tuple(entries.values()), place)


_BRACES = (
    "YAML takes these braces for a map.",
    "Put the text on its own lines under a key that ends with: |",
)


def _yaml_problem(fault: MarkedYAMLError, findings: Findings) -> None:
    mark = fault.problem_mark or fault.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else Place()
    line, problem = findings.line(place.line), fault.problem or fault.context or "it cannot be read"
    if any(found.line == place.line for found in findings.problems):
        return
    if "mapping values are not allowed" in problem and re.match(r"\s*(- )?[\w ]+:\s+\S", line):
        key = line.split(":")[0].strip(" -")
        message = "YAML takes this colon for a new key."
        findings.error("yaml-colon", place, message, f"Put the text on its own lines under:  {key}: |")
    elif "\t" in line[: place.column] or "'\\t'" in problem:
        findings.error("yaml-tab", place, "A tab stands here.", "Use spaces to indent.")
    elif "{{" in line or "{%" in line:
        findings.error("yaml-braces", place, *_BRACES)
    else:
        findings.error(
            "yaml", place, f"This is not YAML: {problem}.", "Look at the indentation and the line above."
        )


def _letter_problem(fault: Exception, text: str, findings: Findings) -> None:
    at = getattr(fault, "position", None)
    if not isinstance(at, int):
        findings.error("yaml", Place(), "This is not YAML that can be read.")
        return
    before = text[:at]
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    findings.error("yaml-letter", place, "A control character stands here.", "Delete it.")
