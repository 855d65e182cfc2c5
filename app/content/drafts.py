"""What authors wrote, typed and with its places, before it is checked as a whole and compiled."""

from __future__ import annotations

import msgspec

from app.content.fields import Words
from app.content.problems import Findings, Place
from app.content.source import Scalar


class AskDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: a kind with its range, or an item by its name."""

    place: Place
    kind: str
    low: int = 0
    high: int = 10
    item: Scalar | None = None


class WayDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of `answered`: which answers it is for, and what then happens."""

    place: Place
    tests: tuple[Scalar, ...] = ()
    condition: Scalar | None = None
    say: Words | None = None
    go: Scalar | None = None
    start: Scalar | None = None
    snooze: int = 0
    keep: Scalar | None = None
    forget: Scalar | None = None

    @property
    def always(self) -> bool:
        """Whether it fits every answer."""
        return not self.tests and self.condition is None

    @property
    def leads_on(self) -> bool:
        """Whether it says itself where it leads."""
        return self.go is not None or self.start is not None or self.snooze > 0


class SilenceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of `silence`: a reminder, or the end of waiting."""

    place: Place
    after: int
    say: Words | None = None
    go: Scalar | None = None


class UnclearDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is said to an answer that was not understood."""

    place: Place
    say: Words
    times: int = 1
    gives_up: Words | None = None
    go: Scalar | None = None


class ChoiceDraft(msgspec.Struct, frozen=True):
    """One option of a choice: its key and what participants see."""

    key: Scalar
    label: Words


class EventDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One event as written; None where the program's default counts."""

    id: Scalar
    say: Words
    goal: Scalar | None = None
    ask: AskDraft | None = None
    choices: tuple[ChoiceDraft, ...] = ()
    save: Scalar | None = None
    keep: Scalar | None = None
    forget: Scalar | None = None
    answered: tuple[WayDraft, ...] | None = None
    silence: tuple[SilenceDraft, ...] | None = None
    unclear: UnclearDraft | None = None
    wait: int = 0
    go: Scalar | None = None


class InterventionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One intervention file as written."""

    id: str
    findings: Findings
    title: str
    goal: Scalar
    minutes: float
    events: tuple[EventDraft, ...]
    strategy: str = ""
    evidence: str = ""
    because: Words | None = None
    because_plain: Words | None = None
    avoid_when: Scalar | None = None
    assess_item: Scalar | None = None
    assess_after: int = 0

    def event_ids(self) -> list[str]:
        """Return the ids of the events in the order of the file."""
        return [event.id.text for event in self.events]


class ItemDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One item file as written."""

    id: str
    findings: Findings
    say: Words
    ask: AskDraft
    choices: tuple[ChoiceDraft, ...] = ()


class VariableDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One tailoring variable as declared."""

    name: Scalar
    kind: str
    low: int = 0
    high: int = 10
    of: tuple[str, ...] = ()
    default: Scalar | None = None
    keep: int = 1
    set_by: str = "answer"
    computed: Scalar | None = None
    stale_after: int = 0


class RuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One decision rule as written."""

    id: Scalar
    choose: tuple[tuple[Scalar, Scalar], ...]
    when: Scalar | None = None
    because_staff: str = ""


class ProximalDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The proximal assessment of a decision point as written."""

    item: Scalar
    after: int
    within: int
    chance: float = 1.0


class PointDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One decision point as written."""

    id: Scalar
    place: Place
    at: Scalar | None = None
    days: tuple[Scalar, ...] = ()
    event: str = ""
    event_name: Scalar | None = None
    when: Scalar | None = None
    after: int = 0
    begins_day: int = 0
    decide_within: int = 1_800
    level: str = "care"
    proximal: ProximalDraft | None = None
    rules: tuple[RuleDraft, ...] = ()


class MenuDraft(msgspec.Struct, frozen=True):
    """One line of the menu as written."""

    label: Scalar
    start: Scalar


class DefaultsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What counts where an event leaves something out."""

    unclear: UnclearDraft | None = None
    silence: tuple[SilenceDraft, ...] = ()
    skip: str = "end"
