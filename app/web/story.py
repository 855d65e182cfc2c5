"""The narrative of a participant and what is known about them, for the page."""

from __future__ import annotations

from typing import Any

import msgspec

from app.core.state import Saved, State
from app.web.local_time import moment_text
from app.web.why import value_words


class Known(msgspec.Struct, frozen=True):
    """One value or moment, when and from where it came."""

    name: str
    value: str
    local: str
    source: str


class Story(msgspec.Struct, frozen=True):
    """Moments worth keeping, newest last, the newest values, and how far they came."""

    moments: tuple[Known, ...]
    values: tuple[Known, ...]
    facts: tuple[tuple[str, str], ...]


def story(state: State) -> Story:
    """The story as it stands."""
    zone = state.zone()
    moments = tuple(_known("moment", saved, zone) for saved in state.moments)
    rings = sorted(state.values.items())
    values = tuple(_known(name, ring[-1], zone) for name, ring in rings if ring)
    return Story(moments, values, tuple(_facts(state)))


def _known(name: str, saved: Saved, zone: str) -> Known:
    return Known(
        name, value_words(saved.value), moment_text(saved.at, zone), saved.source.removesuffix("/own")
    )


def _facts(state: State) -> list[tuple[str, str]]:
    going: Any = state.conversation
    return [
        ("in care since", state.enrolled_on or "not yet"),
        ("going on", f"{going.intervention}/{going.event}" if going else "nothing"),
        ("answers", str(state.answered_n)),
        ("finished", str(state.finished_n)),
        ("unanswered in a row", str(state.unanswered_in_a_row)),
    ]
