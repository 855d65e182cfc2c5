"""When deciding itself fails: the built-in lanes, and nothing else."""

from __future__ import annotations

import pytest

from app.core.signals import StaffActed
from app.core.timing import HOUR
from tests.shell.conftest import THEIRS


@pytest.fixture
def faulty(world, monkeypatch):
    """Somebody in care whose every decision fails."""
    world.enroll()

    def fails(*_):
        raise KeyError("something of content")

    monkeypatch.setattr(world.parts.snapshots, "pinned", fails)
    return world


@pytest.mark.parametrize(
    ("text", "part"), [("HELP", "988"), ("STOP", "unsubscribed"), ("i want to die", "988")]
)
def test_danger_stop_and_help_are_answered(faulty, text, part):
    assert faulty.text(text) == "done"
    faulty.deliver()
    assert part in faulty.carrier.bodies()[-1]
    assert faulty.carrier.book[-1].number == THEIRS


def test_help_is_answered_however_long_the_fault_lasts(faulty):
    limit = faulty.parts.snapshots.of(faulty.state().program).newest.limits.replies_per_hour
    before = len(faulty.carrier.book)
    for _ in range(limit + 5):
        faulty.parts.marks.move_care(HOUR)
        faulty.text("HELP")
        faulty.deliver()
    assert len(faulty.carrier.book) == before + limit + 5


def test_holding_twice_is_one_hold(world):
    world.enroll()
    for number in range(3):
        world.parts.spine.handle(world.participant, StaffActed(id=f"staff-{number}", action="hold"))
    assert len(world.state().holds) == 1
