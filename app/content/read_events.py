"""The events of an intervention: what is said and asked, and every way on."""

from __future__ import annotations

import re

from app.content.drafts import AskDraft, ChoiceDraft, EventDraft, SilenceDraft, UnclearDraft, WayDraft
from app.content.fields import Fields, did_you_mean
from app.content.problems import Findings
from app.content.source import Mapping, Scalar, Sequence

EVENT_KEYS = (
    "event",
    "goal",
    "say",
    "ask",
    "choices",
    "save",
    "keep",
    "forget",
    "answered",
    "silence",
    "unclear",
    "wait",
    "go",
)
WAY_KEYS = ("is", "if", "otherwise", "say", "go", "start", "snooze", "keep", "forget")
KINDS = ("text", "yes_no", "scale", "number", "choice", "time", "moment", "duration", "days", "done")
_SCALE = re.compile(r"scale (-?\d{1,4}) to (-?\d{1,4})")
_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_EXAMPLES = (
    "Write text, yes_no, scale 0 to 10, number, choice, time, moment, duration, days, done or item NAME."
)


def read_event(node: Mapping, findings: Findings) -> EventDraft | None:
    """Return one event, or None when it lacks its id or its text."""
    fields = Fields(node, findings, "An event", EVENT_KEYS)
    if not fields.require("event", "say"):
        return None
    name, say = read_id(fields, "event"), fields.text("say")
    ask = read_ask(fields)
    choices = read_choices(fields, ask)
    _no_ways_without_ask(fields)
    if name is None or say is None:
        return None
    return EventDraft(
        id=name,
        say=say,
        goal=fields.scalar("goal"),
        ask=ask,
        choices=choices,
        save=fields.scalar("save"),
        keep=fields.scalar("keep"),
        forget=fields.scalar("forget"),
        answered=_answered(fields),
        silence=read_silence(fields),
        unclear=read_unclear(fields),
        wait=fields.duration("wait"),
        go=fields.scalar("go"),
    )


def read_id(fields: Fields, key: str) -> Scalar | None:
    """Return the id under a key when it is written like one."""
    name = fields.scalar(key)
    if name is None or (_ID.fullmatch(name.text) and name.text not in ("end", "nothing", "none")):
        return name
    fix = "Use lower-case letters, digits, - and _; end, nothing and none are taken."
    fields.findings.error("bad-name", name.place, f"{name.text} cannot be a name.", fix)
    return None


def read_ask(fields: Fields) -> AskDraft | None:
    """Return what is asked, or None when nothing is."""
    written = fields.scalar("ask")
    if written is None:
        return None
    text = " ".join(written.text.split())
    scale = _SCALE.fullmatch(text)
    if scale:
        low, high = int(scale[1]), int(scale[2])
        if low >= high:
            fields.findings.error(
                "unknown-ask", written.place, f"A scale goes up, and {low} is not below {high}."
            )
        return AskDraft(place=written.place, kind="scale", low=low, high=high)
    if text.startswith("item "):
        at = written.place
        name = text.removeprefix("item ")
        column = at.column + max(0, written.text.rfind(name))
        item = Scalar(name, type(at)(at.line, column, len(name)))
        return AskDraft(place=at, kind="item", item=item)
    if text in KINDS and text != "scale":
        return AskDraft(place=written.place, kind=text)
    fix = (
        "Write it as  ask: scale 0 to 10"
        if text.startswith("scale")
        else did_you_mean(text, KINDS) or _EXAMPLES
    )
    fields.findings.error("unknown-ask", written.place, f"{text} cannot be asked for.", fix)
    return None


def read_choices(fields: Fields, ask: AskDraft | None) -> tuple[ChoiceDraft, ...]:
    """Return the options of a choice in their order."""
    node = fields.mapping("choices")
    if ask is not None and ask.kind == "choice" and not fields.has("choices"):
        fix = "Add  choices:  with a line  key: label  for each option."
        fields.findings.error("missing-key", ask.place, "A choice needs choices.", fix)
    if node is None:
        return ()
    if ask is None or ask.kind != "choice":
        fields.findings.error(
            "choices-without-choice", fields.key_place("choices"), "This needs  ask: choice."
        )
    inner = Fields(node, fields.findings, "choices", [key.text for key, _ in node.entries])
    found = [(inner.keys[name], inner.text(name)) for name in inner.values]
    if not 2 <= len(found) <= 8:
        fields.findings.error("choice-count", fields.key_place("choices"), "A choice has 2 to 8 options.")
    return tuple(ChoiceDraft(key, label) for key, label in found if label is not None)


def read_silence(fields: Fields) -> tuple[SilenceDraft, ...] | None:
    """Return the entries of `silence`, or None when it is not written."""
    if not fields.has("silence"):
        return None
    return tuple(
        _silence(Fields(node, fields.findings, "An entry of silence", ("after", "say", "go")))
        for node in fields.maps("silence")
    )


def read_unclear(fields: Fields) -> UnclearDraft | None:
    """Return what is said to an unclear answer, or None when it is not written."""
    node = fields.mapping("unclear")
    if node is None:
        return None
    inner = Fields(node, fields.findings, "unclear", ("say", "times", "gives_up", "go"))
    inner.require("say")
    say = inner.text("say")
    if say is None:
        return None
    return UnclearDraft(
        place=inner.key_place("say"),
        say=say,
        times=inner.whole("times", 1, 0, 3),
        gives_up=inner.text("gives_up"),
        go=inner.scalar("go"),
    )


def _silence(fields: Fields) -> SilenceDraft:
    fields.require("after")
    if not fields.has("say") and not fields.has("go"):
        fields.findings.error(
            "missing-key", fields.place, "An entry of silence needs say or go.", "Add  go: end"
        )
    return SilenceDraft(
        place=fields.key_place("after"),
        after=fields.duration("after"),
        say=fields.text("say"),
        go=fields.scalar("go"),
    )


def _no_ways_without_ask(fields: Fields) -> None:
    if fields.has("ask"):
        if fields.has("wait"):
            fix = "Take wait out; silence says what happens without an answer."
            fields.findings.error(
                "wait-with-ask", fields.key_place("wait"), "A question waits by itself.", fix
            )
        if fields.has("answered") and fields.has("go"):
            fix = "Take it out, or end answered with  - otherwise: EVENT"
            fields.findings.error(
                "go-with-answered", fields.key_place("go"), "answered says where it leads.", fix
            )
        return
    for key in ("choices", "save", "keep", "forget", "answered", "silence", "unclear"):
        if fields.has(key):
            fix = f"Add an ask, or take {key} out."
            fields.findings.error("nothing-asked", fields.key_place(key), f"{key} needs a question.", fix)


def _answered(fields: Fields) -> tuple[WayDraft, ...] | None:
    if not fields.has("answered"):
        return None
    return tuple(
        _way(Fields(node, fields.findings, "An entry of answered", WAY_KEYS))
        for node in fields.maps("answered")
    )


def _way(fields: Fields) -> WayDraft:
    otherwise, go = fields.scalar("otherwise"), fields.scalar("go")
    if not (fields.has("is") or fields.has("if") or fields.has("otherwise")):
        fix = "Begin it with  is:, if: or otherwise:"
        fields.findings.error("missing-key", fields.place, "An entry of answered says which answers.", fix)
    if otherwise is not None and (fields.has("is") or fields.has("if") or go is not None):
        message = "otherwise fits every answer and says where it goes by itself."
        fields.findings.error(
            "otherwise-alone", otherwise.place, message, "Take is, if and go out of this entry."
        )
    ways_on = [key for key in ("go", "otherwise", "start", "snooze") if fields.has(key)]
    if len(ways_on) > 1 and "otherwise" not in ways_on:
        place = fields.key_place(ways_on[1])
        fields.findings.error(
            "two-ways-on", place, f"{ways_on[0]} and {ways_on[1]} are two ways on.", "Keep one."
        )
    return WayDraft(
        place=fields.place,
        tests=_tests(fields),
        condition=fields.scalar("if"),
        say=fields.text("say"),
        go=otherwise or go,
        start=fields.scalar("start"),
        snooze=_snooze(fields),
        keep=fields.scalar("keep"),
        forget=fields.scalar("forget"),
    )


def _snooze(fields: Fields) -> int:
    # One that cannot be read is told already, and still leads on.
    return fields.duration("snooze") or int(fields.has("snooze"))


def _tests(fields: Fields) -> tuple[Scalar, ...]:
    if isinstance(fields.values.get("is"), Sequence) and not fields.scalars("is"):
        fields.findings.error("wrong-type", fields.key_place("is"), "is names no answer.")
    return fields.scalars("is")
