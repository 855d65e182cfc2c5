"""Tables of scripts and the lines that they print, with the small program."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from app.chat.session import run_chat
from tests.chat.talk import MONDAY, small, talk

IN_CARE = "start\nagree\nto sleep better\n"


def printed_after(program: Path, script: str, last: str, begin: str = MONDAY) -> list[str]:
    """Return the lines printed after the last echo of a typed line, joined where they were wrapped."""
    code, printed = talk(program, script, begin)
    assert code == 0
    rest = printed[printed.rindex(f"(you) {last}\n") + len(f"(you) {last}\n") :]
    return rest.replace("\n             ", " ").replace("\n           ", " ").splitlines()


@pytest.mark.parametrize(
    ("script", "last", "lines"),
    [
        (":wait 4h\n", ":wait 4h", ["Mon 14:30  . nothing sent: waiting for START"]),
        (":next\n", ":next", ["Mon 10:30  . nothing lies ahead"]),
        (":why\n", ":why", ["Mon 10:30  . nothing has happened yet"]),
        (":clear\n", ":clear", ["Mon 10:30  . nothing is held"]),
        ("start\n:at 09:00\n", ":at 09:00", ["Tue 09:00  . nothing sent: waiting for consent"]),
        ("start\nhm\nhm\n", "hm", ["Mon 10:30  . nothing sent: waiting for consent"]),
        ("stop\nstop\n", "stop", ["Mon 10:30  . nothing sent: they stopped; START brings the texts back"]),
        (IN_CARE + "ok thanks\n", "ok thanks", ["Mon 10:30  . no answer to that: small talk"]),
        (
            IN_CARE + "calm\n",
            "calm",
            [
                "Mon 10:30  Breathe in slowly while you count to four.",
                "Mon 10:30  . goes on in 20 s (:next)",
            ],
        ),
        (
            IN_CARE + "calm\n:next\n",
            ":next",
            [
                "Mon 10:30  . next is one-slow-breath goes on, Mon 10:30",
                "Mon 10:30  And out, counting to six. Again, as often as you like.",
                "Mon 10:30  . goes on in 60 s (:next)",
            ],
        ),
        (
            IN_CARE + "calm\n:wait 2 min\nyes\n",
            "yes",
            ["Mon 10:32  Good."],
        ),
        (
            IN_CARE + "pause\n:wait 10 h\n",
            ":wait 10 h",
            ["Mon 19:00  . nothing offered at evening: paused"],
        ),
    ],
)
def test_what_is_printed_after_a_line(tmp_path: Path, script: str, last: str, lines: list[str]) -> None:
    assert printed_after(small(tmp_path), script, last) == lines


ALWAYS_WALK = ("three-good-things: 0.4\n          walk: 0.3\n          nothing: 0.3", "walk: 1")


def changed(program: Path, old: str, new: str) -> Path:
    """Return the program after one change of its main file."""
    path = program / "program.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return program


def test_every_wake_up_on_the_way_is_printed_at_its_time(tmp_path: Path) -> None:
    program = changed(small(tmp_path), *ALWAYS_WALK)
    assert printed_after(program, IN_CARE + ":wait 13 h\n", ":wait 13 h") == [
        "Mon 19:00  Which one fits today? A) A 5 minute walk B) One song, loud C) Not today",
        "Mon 22:00  . walk ends: no answer came",
        "Mon 22:30  . mood_now stays unknown: outside the hours",
    ]


def test_danger_is_answered_held_and_paged_and_only_a_person_clears_it(tmp_path: Path) -> None:
    program = small(tmp_path)
    lines = printed_after(program, IN_CARE + "i want to end it tonight\n", "i want to end it tonight")
    assert "988" in lines[0]
    assert lines[1:] == [
        "Mon 10:30  . care is held until a person clears it (:clear plays that person)",
        "Mon 10:30  . a person is paged: risk (imminent suicide self)",
    ]
    script = IN_CARE + "i want to end it tonight\nwrong\n:wait 1 d\n:clear\n"
    assert "hold" in printed_after(program, script, "wrong")[0]
    assert printed_after(program, script, ":clear") == ["Tue 10:30  . the hold is cleared by you"]


def test_why_explains_a_reading(tmp_path: Path) -> None:
    lines = printed_after(small(tmp_path), "start\nagree\n:why\n", ":why")
    assert lines[0] == "Mon 10:30  . read as answer 'agree', asked by consent: answers what was asked"


def test_why_explains_a_decision_with_its_chances_and_its_draw(tmp_path: Path) -> None:
    program = changed(small(tmp_path), *ALWAYS_WALK)
    lines = printed_after(program, IN_CARE + ":at 19:00\n:why\n", ":why")
    assert lines[:2] == [
        "Mon 19:00  . evening, time 1: offered walk",
        "Mon 19:00  . rules: tired no, usual fits",
    ]
    assert re.fullmatch(r"Mon 19:00  \. option: walk 1\.00; u = 0\.\d{4}, so walk", lines[2])
    assert lines[3].startswith("Mon 19:00  . assessment of mood_now: ask 0.60, do_not_ask 0.40; u = 0.")


def test_why_explains_that_it_was_not_the_time_for_it(tmp_path: Path) -> None:
    lines = printed_after(small(tmp_path), IN_CARE + "pause\n:at 19:00\n:why\n", ":why")
    assert lines == ["Mon 19:00  . evening, time 1: nothing offered; not available: paused"]


def test_state_says_where_they_stand(tmp_path: Path) -> None:
    assert printed_after(small(tmp_path), IN_CARE + ":state\n", ":state") == [
        "Mon 10:30  . Mon 2 Mar 2026, 10:30 in America/Chicago",
        "Mon 10:30  . in care since 2026-03-02; 1 finished, 1 answers",
        'Mon 10:30  . known: own_goal "to sleep better"',
        "Mon 10:30  . next is decision evening, Mon 19:00",
    ]


def test_an_intervention_alone_starts_at_once_without_a_word_about_consent(tmp_path: Path) -> None:
    path = small(tmp_path) / "interventions" / "walk.yaml"
    code, printed = talk(path, "C\n")
    assert code == 0
    assert printed.startswith("Mon 10:30  Which one fits today?\n           A) A 5 minute walk\n")
    assert printed.endswith("Mon 10:30  (you) C\nMon 10:30  Fine. Not today is an answer too.\n")


def test_an_intervention_alone_is_assessed_since_it_was_asked_for(tmp_path: Path) -> None:
    path = small(tmp_path) / "interventions" / "three-good-things.yaml"
    _, printed = talk(path, "the bus came\na kind driver\n9\n:next\n")
    assert printed.endswith(
        "Mon 10:30  . next is assessment mood_now, Mon 11:00\n"
        "Mon 11:00  How is your mood right now, 0 (very low) to 10 (very good)?\n"
    )


class Hand(io.StringIO):
    """A terminal that somebody types at; `\\x03` is Ctrl-C."""

    def isatty(self) -> bool:
        return True

    def readline(self, size: int = -1) -> str:
        line = super().readline(size)
        if line.startswith("\x03"):
            raise KeyboardInterrupt
        return line


def by_hand(program: Path, typed: str) -> tuple[int, str]:
    out = io.StringIO()
    code = run_chat(str(program), MONDAY, "a seed", Hand(typed), out)
    return code, out.getvalue()


def test_at_a_terminal_there_is_a_prompt_and_no_echo(tmp_path: Path) -> None:
    code, printed = by_hand(small(tmp_path), ":state\n")
    assert code == 0
    assert "\nMon 10:30  (you) Mon 10:30  . Mon 2 Mar 2026" in printed
    assert printed.endswith("Mon 10:30  (you) \n")


def test_at_a_terminal_a_slip_is_no_failure(tmp_path: Path) -> None:
    assert by_hand(small(tmp_path), ":nxt\n")[0] == 0


def test_stopped_by_hand_ends_with_130_on_a_new_line(tmp_path: Path) -> None:
    code, printed = by_hand(small(tmp_path), "start\n\x03\n")
    assert code == 130
    assert printed.endswith("Mon 10:30  (you) \n")
