"""Whole conversations with the real program: whatever is typed, no fault and no crash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.chat.talk import talk

PROGRAM = Path(__file__).parents[2] / "content" / "lighter-days"
ALONE = sorted((PROGRAM / "interventions").glob("*.yaml"))
TYPED = [
    "3",
    "7",
    "0",
    "A",
    "B",
    "C",
    "skip",
    "yes",
    "no",
    "later",
    "menu",
    "1",
    "4",
    "idk",
    "ok",
    "done",
    "CALM",
    "STEP",
    "HARDWEEK",
    "7pm",
    "nothing",
    "pause",
    "help",
    "start",
    "stop",
    ":clear",
    ":picture",
]
LONGER = ["kinda 6 or 7", "my dog", "half past eight", "not really", "i want to end it tonight"]
MOVES = [":next", ":wait 3h", ":wait 20 min", ":at 18:00", ":wait 2 d"]
FAULTS = ("content fault", "fault (", "the clock stands still")


def restless(seed: int, lines: int = 200) -> str:
    """Return a script of somebody who types anything at any time."""
    chance = random.Random(seed)
    typed = [chance.choice(MOVES if chance.random() < 0.5 else [*TYPED, *LONGER]) for _ in range(lines)]
    return "start\nagree\n" + "\n".join(typed)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_the_chat_goes_on_without_a_fault(seed: int) -> None:
    code, printed = talk(PROGRAM, restless(seed), seed=str(seed))
    assert code == 0
    assert [fault for fault in FAULTS if fault in printed] == []


@pytest.mark.parametrize("path", ALONE, ids=lambda path: path.stem)
def test_each_intervention_can_be_tried_alone(path: Path) -> None:
    code, printed = talk(path, "A\n7\na few words\n:next\n:next\n:wait 2 d\n")
    assert code == 0
    assert [fault for fault in FAULTS if fault in printed] == []
    assert "Reply AGREE" not in printed


def test_somebody_silent_for_weeks_is_asked_less_and_less() -> None:
    _, printed = talk(PROGRAM, "start\nagree\n:wait 21 d\n")
    assert printed.count("nothing offered at evening: rule low-battery") >= 10
