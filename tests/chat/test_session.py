"""Whole chats with the small program: what is printed, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chat.talk import small, talk

WAITING = """\
Mon 10:30  (you) start
Mon 10:30  Small Steps: short automated texts, about 2 a day. Nobody reads them
           live. Msg & data rates may apply. STOP ends them, HELP helps. Reply
           AGREE to begin.
Mon 10:30  (you) :wait 4h
Mon 14:30  . nothing sent: waiting for consent
"""


def test_nothing_is_sent_before_consent_however_long_one_waits(tmp_path: Path) -> None:
    assert talk(small(tmp_path), "start\n:wait 4h\n") == (0, WAITING)


def test_the_same_script_time_and_seed_print_the_same(tmp_path: Path) -> None:
    script = "start\nagree\nto sleep better\n" + ":next\n:why\n" * 12
    program = small(tmp_path)
    assert talk(program, script) == talk(program, script)


def test_another_seed_draws_otherwise(tmp_path: Path) -> None:
    script = "start\nagree\nto sleep better\n:wait 14 d\n"
    program = small(tmp_path)
    assert talk(program, script, seed="one")[1] != talk(program, script, seed="two")[1]


@pytest.mark.parametrize(
    ("begin", "shown"),
    [
        ("2026-03-02T10:30", "Mon 10:30"),
        ("2026-03-02 10:30", "Mon 10:30"),
        ("2026-03-02T16:30+00:00", "Mon 10:30"),
        ("2026-03-03", "Tue 00:00"),
    ],
)
def test_the_clock_begins_where_it_is_told(tmp_path: Path, begin: str, shown: str) -> None:
    assert talk(small(tmp_path), "hi\n", begin)[1].startswith(f"{shown}  (you) hi\n")


@pytest.mark.parametrize("begin", ["", "tomorrow", "2026-13-01"])
def test_a_time_that_is_none_is_refused_in_one_line(tmp_path: Path, begin: str) -> None:
    code, printed = talk(small(tmp_path), "hi\n", begin)
    assert code == 2
    assert printed.count("\n") == 1
    assert "2026-03-02T10:30" in printed


def test_a_command_that_there_is_not_is_told_and_the_chat_goes_on(tmp_path: Path) -> None:
    code, printed = talk(small(tmp_path), ":nxt\nstart\n")
    assert code == 2
    assert "Mon 10:30  . There is no :nxt. Did you mean :next?\nMon 10:30  (you) start\n" in printed


def test_quit_ends_before_the_input_does(tmp_path: Path) -> None:
    assert talk(small(tmp_path), ":quit\nstart\n") == (0, "Mon 10:30  (you) :quit\n")


def test_a_program_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    code, printed = talk(tmp_path / "nowhere", "start\n")
    assert code == 2
    assert printed.count("\n") == 1


def test_content_with_a_mistake_prints_its_check(tmp_path: Path) -> None:
    program = small(tmp_path)
    walk = program / "interventions" / "walk.yaml"
    walk.write_text(walk.read_text(encoding="utf-8").replace("go: done", "go: dnoe"), encoding="utf-8")
    code, printed = talk(program, "start\n")
    assert code == 1
    assert "walk.yaml" in printed
    assert "Not publishable." in printed
    assert "(you)" not in printed
