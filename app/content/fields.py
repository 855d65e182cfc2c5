"""The keys of one map in a file, read with their types; what does not fit becomes a problem."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from app.content.problems import Findings, Place
from app.content.source import Mapping, Node, Scalar, Sequence

_DURATION = re.compile(r"(\d+) ?(s|min|h|d)")
_SECONDS = {"s": 1, "min": 60, "h": 3_600, "d": 86_400}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LANGUAGE = re.compile(r"[a-z]{2}")
LONGEST_DURATION = 400 * 86_400

Words = dict[str, Scalar]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question naming the nearest known word, or nothing when none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def duration(value: Scalar, findings: Findings) -> int:
    """Return the seconds of a duration such as `30 min`; 0 with a problem when it is none."""
    found = _DURATION.fullmatch(value.text.strip())
    seconds = int(found[1]) * _SECONDS[found[2]] if found and len(found[1]) < 10 else 0
    if 0 < seconds <= LONGEST_DURATION:
        return seconds
    findings.error(
        "duration", value.place, f"{value.text} is no duration.", "Write 20 s, 30 min, 4 h or 14 d."
    )
    return 0


def is_time(text: str) -> bool:
    """Return whether the text is a clock time from 00:00 to 23:59."""
    return bool(_TIME.fullmatch(text))


class Fields:
    """The entries of one map. Every getter notes what is wrong and then returns nothing."""

    def __init__(self, node: Mapping, findings: Findings, what: str, known: Iterable[str]) -> None:
        self.place = node.place
        self.findings = findings
        self.what = what
        self.keys = {key.text: key for key, _ in node.entries}
        self.values = {key.text: value for key, value in node.entries}
        known = tuple(known)
        for key in self.keys.values():
            if key.text not in known:
                fix = did_you_mean(key.text, known) or f"There are {', '.join(known)}."
                findings.error("unknown-key", key.place, f"{what} has no {key.text}.", fix)

    def has(self, key: str) -> bool:
        """Return whether the key is written."""
        return key in self.values

    def key_place(self, key: str) -> Place:
        """Return where the key stands, or where the map begins when it is not written."""
        return self.keys[key].place if key in self.keys else self.place

    def require(self, *keys: str) -> bool:
        """Note each key that is missing and return whether all are there."""
        missing = [key for key in keys if key not in self.values]
        for key in missing:
            self.findings.error("missing-key", self.place, f"{self.what} needs {key}.", f"Add a line  {key}:")
        return not missing

    def scalar(self, key: str) -> Scalar | None:
        """Return the one word or line under a key."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, Scalar):
            if value.text.strip():
                return value
            self._wrong(key, "is empty", "Write a value after the colon, or take the line out.")
            return None
        if (
            isinstance(value, Mapping)
            and "{" in self.findings.line(value.place.line)[value.place.column - 1 :]
        ):
            fix = f"Put the text on its own lines under:  {key}: |"
            self.findings.error("yaml-braces", value.place, "YAML takes these braces for a map.", fix)
            return None
        self._wrong(key, "is one word or one text, not a list or map", "")
        return None

    def text(self, key: str) -> Words | None:
        """Return the text under a key by language; one without a language is English."""
        value = self.values.get(key)
        if (
            isinstance(value, Mapping)
            and value.entries
            and all(_is_language(name) for name, _ in value.entries)
        ):
            fields = Fields(
                value, self.findings, f"{self.what}, {key},", [name.text for name, _ in value.entries]
            )
            found = {name: fields.scalar(name) for name in fields.values}
            return {name: words for name, words in found.items() if words is not None} or None
        words = self.scalar(key)
        if words is None:
            return None
        self._warn_of_hash(words, key)
        return {"en": words}

    def mapping(self, key: str) -> Mapping | None:
        """Return the map under a key."""
        value = self.values.get(key)
        if value is None or isinstance(value, Mapping):
            return value
        self._wrong(key, "is a map: one  name: value  a line", "")
        return None

    def sequence(self, key: str) -> tuple[Node, ...]:
        """Return the entries of the list under a key."""
        value = self.values.get(key)
        if isinstance(value, Sequence):
            return value.items
        if value is not None:
            self._wrong(key, "is a list", "Begin each entry with - on a line of its own.")
        return ()

    def maps(self, key: str) -> tuple[Mapping, ...]:
        """Return the maps in the list under a key."""
        found = []
        for item in self.sequence(key):
            if isinstance(item, Mapping):
                found.append(item)
            else:
                fix = "Write  key: value  after the -"
                self.findings.error("wrong-type", item.place, f"An entry of {key} is a map.", fix)
        return tuple(found)

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """Return the words under a key, be it one or a list of them."""
        value = self.values.get(key)
        if not isinstance(value, Sequence):
            one = self.scalar(key)
            return (one,) if one is not None else ()
        for item in value.items:
            if not isinstance(item, Scalar):
                self.findings.error("wrong-type", item.place, f"An entry of {key} is one word.")
        return tuple(item for item in value.items if isinstance(item, Scalar))

    def duration(self, key: str, default: int = 0) -> int:
        """Return the seconds under a key, or the default."""
        value = self.scalar(key)
        return duration(value, self.findings) if value is not None else default

    def pause(self, key: str, default: int) -> int:
        """Return the seconds under a key, 0 for the word `always`, or the default."""
        value = self.scalar(key)
        return 0 if value is not None and value.text == "always" else self.duration(key, default)

    def number(self, key: str, default: float = 0, low: float = 0, high: float = 1_000_000) -> float:
        """Return the number under a key, or the default; it must lie between low and high."""
        value = self.scalar(key)
        if value is None:
            return default
        found = as_number(value)
        if found is not None and low <= found <= high:
            return found
        self.findings.error("wrong-type", value.place, f"{key} is a number from {low:g} to {high:g}.")
        return default

    def whole(self, key: str, default: int, low: int = 0, high: int = 1_000_000) -> int:
        """Return the whole number under a key, or the default."""
        value = self.number(key, default, low, high)
        if value != int(value):
            self._wrong(key, "is a whole number", "")
        return int(value)

    def one_of(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Return the word under a key when it is one of those allowed, else the default."""
        value = self.scalar(key)
        if value is None or value.text in allowed:
            return value.text if value is not None else default
        fix = did_you_mean(value.text, allowed) or f"There are {', '.join(allowed)}."
        self.findings.error("unknown-value", value.place, f"{key} cannot be {value.text}.", fix)
        return default

    def time(self, key: str, default: str) -> str:
        """Return the clock time under a key, or the default."""
        value = self.scalar(key)
        if value is None or is_time(value.text):
            return value.text if value is not None else default
        self.findings.error(
            "time", value.place, f"{value.text} is no clock time.", 'Write "09:00" or "19:30".'
        )
        return default

    def _wrong(self, key: str, message: str, fix: str) -> None:
        self.findings.error("wrong-type", self.key_place(key), f"{key} {message}.", fix)

    def _warn_of_hash(self, words: Scalar, key: str) -> None:
        rest = self.findings.line(words.place.line)[words.place.column - 1 + words.place.length :]
        if not words.style and rest.lstrip().startswith("#"):
            fix = f"If it belongs to the text, put the text on its own lines under:  {key}: |"
            self.findings.warning("yaml-hash", words.place, "YAML leaves out what stands after #.", fix)


def as_number(value: Scalar) -> float | None:
    """Return the number that a word is, or None."""
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", value.text.strip()):
        return None
    return float(value.text)


def _is_language(name: Scalar) -> bool:
    return bool(_LANGUAGE.fullmatch(name.text))
