"""All files of a program as written, and what one part may know of the others."""

from __future__ import annotations

import msgspec

from app.content.drafts import AskDraft, ChoiceDraft, EventDraft, InterventionDraft, ItemDraft, VariableDraft
from app.content.problems import Findings
from app.content.read_program import ProgramDraft


class Asked(msgspec.Struct, frozen=True):
    """What a question takes, its item looked up."""

    kind: str
    low: int
    high: int
    choices: tuple[ChoiceDraft, ...]


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A program with its items and interventions as written."""

    program: ProgramDraft
    items: dict[str, ItemDraft]
    interventions: dict[str, InterventionDraft]
    findings: tuple[Findings, ...]

    def variables(self) -> dict[str, VariableDraft]:
        """Return the declared variables by name."""
        return {variable.name.text: variable for variable in self.program.variables}

    def asked(self, ask: AskDraft, choices: tuple[ChoiceDraft, ...]) -> Asked | None:
        """Return what a question takes; None when its item is not known."""
        if ask.item is None:
            return Asked(ask.kind, ask.low, ask.high, choices)
        item = self.items.get(ask.item.text)
        return self.asked(item.ask, item.choices) if item is not None else None

    def asked_by(self, event: EventDraft) -> Asked | None:
        """Return what an event's question takes; None when it asks nothing that is known."""
        return self.asked(event.ask, event.choices) if event.ask is not None else None


def saved_as(event: EventDraft) -> str:
    """Return the name that an event's answer is kept under; own words that are kept as a moment need one."""
    if event.save is not None:
        return event.save.text
    return event.id.text.replace("-", "_") + "_words" if event.keep is not None else ""
