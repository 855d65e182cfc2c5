"""Whatever happens in whatever order: what must hold, holds. Seeds are fixed and stand in each test's name."""

from __future__ import annotations

import random

import pytest

from app.core.signals import StaffActed
from app.core.state import encode
from app.core.timing import local
from tests.core.person import DAY, HOUR, MINUTE, Person

TEXTS = (
    *(
        "START",
        "AGREE",
        "STOP",
        "HELP",
        "MENU",
        "SKIP",
        "LATER",
        "PAUSE",
        "CALM",
        "1",
        "2",
        "7",
        "0",
        "A",
        "B",
    ),
    *("ok", "thanks", "idk", "a bird sang", "done", "yes", "no", "wrong", "", "please stop texting me"),
    *("i want to die", "they would all be better off without me", "i want to", "die", "bus stop", "x" * 400),
    *('Loved "how are you"', "quiero morirme", "unstop", "what is this", "10 out of 10", "🙂", "\x00", "7pm"),
)
WAITS = (MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY)


def live(seed: int, steps: int) -> Person:
    """One person's history, drawn from the seed; texts leave, or wait for a while."""
    chance = random.Random(seed)
    zone = chance.choice(("America/Chicago", "Pacific/Auckland", "Europe/Berlin"))
    person = Person(name=f"p_{seed}", zones=(zone,))
    for step in range(steps):
        match chance.choices(("text", "wait", "hold", "clear", "stuck", "moves"), (50, 30, 2, 4, 7, 7))[0]:
            case "text":
                person.text(chance.choice(TEXTS), media=int(chance.random() < 0.03))
            case "wait":
                person.wait(chance.choice(WAITS))
            case "hold":
                person.signal(StaffActed(f"hold-{step}", "hold", by="dr"))
            case "clear":
                person.signal(StaffActed(f"clear-{step}", "clear_hold", by="dr"))
            case "stuck":
                person.delivers = False
            case "moves":
                person.delivers = True
                person.deliver()
    return person


@pytest.mark.parametrize("seed", range(40))
def test_what_must_hold_holds(seed):
    person = live(seed, 120)
    assert [row.seq for row in person.rows] == list(range(1, len(person.rows) + 1)), "no gap in the journal"
    assert len({text.message for text in person.said}) == len(person.said), "each text has its own id"
    assert len(encode(person.state)) < 16_000
    zone = person.state.zone()
    stopped = False
    planned: set[tuple[str, str]] = set()
    for row in person.rows:
        match row.kind:
            case "opted_out":
                stopped = True
            case "opted_in":
                stopped = False
            case "said" if stopped:
                assert row.data["source"].startswith("builtin/"), "after STOP nothing of content is said"
            case "said" if row.data.get("unprompted"):
                assert local(row.data["valid_until"], zone).hour == 21, "it is valid until the hours end"
            case "decision" if row.data["planned_at"] and row.data["point"] == "evening":
                key = (row.data["point"], local(row.data["planned_at"], zone).date().isoformat())
                assert key not in planned, "one decision a local day"
                planned.add(key)


@pytest.mark.parametrize("seed", range(40, 60))
def test_the_same_history_comes_out_the_same(seed):
    assert encode(live(seed, 60).state) == encode(live(seed, 60).state)
