"""What comes next for a participant, as the core itself plans it."""

from __future__ import annotations

import msgspec

from app.core import decisions, waking
from app.core.release import Release
from app.core.shared import Shared
from app.core.signals import TimeCame
from app.core.state import State
from app.core.turn import Turn
from app.web.local_time import iso_text, moment_text


class Ahead(msgspec.Struct, frozen=True):
    """One thing that has its time."""

    at: int
    local: str
    iso: str
    why: str


def what_comes(state: State, release: Release, shared: Shared, care_now: int) -> list[Ahead]:
    """Everything that lies ahead, earliest first; nothing is changed by looking."""
    turn = Turn(state, TimeCame(id="look", due=state.wake), release, shared, care_now)
    if turn.state.in_care():
        decisions.plan_points(turn)
    zone = state.zone()
    return [
        Ahead(item.at, moment_text(item.at, zone), iso_text(item.at, zone), item.why)
        for item in waking.agenda(turn)
    ]
