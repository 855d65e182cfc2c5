"""How lines look."""

from __future__ import annotations

from app.chat.words import WIDTH, date_of, note_line, stamp, text_line

CHICAGO = "America/Chicago"
MONDAY = 1_772_469_000_000  # 2 March 2026, 10:30 in Chicago

CHOICES = """\
Mon 10:30  Which one fits today?
           A) A 5 minute walk
           B) One song, loud"""

LONG_NOTE = """\
Mon 10:30  . rules: one no, two no, three no, four no, five no, six no, seven
             no, eight fits"""


def test_a_line_begins_with_the_local_day_and_time() -> None:
    assert stamp(MONDAY, CHICAGO) == "Mon 10:30"
    assert stamp(MONDAY, "Asia/Tokyo") == "Tue 01:30"
    assert date_of(MONDAY, "Asia/Tokyo") == "Tue 3 Mar 2026"


def test_a_text_keeps_its_own_lines_under_a_hanging_indent() -> None:
    assert (
        text_line(MONDAY, CHICAGO, "Which one fits today?\nA) A 5 minute walk\nB) One song, loud") == CHOICES
    )


def test_a_note_is_told_apart_by_its_point_and_hangs_behind_it() -> None:
    note = "rules: one no, two no, three no, four no, five no, six no, seven no, eight fits"
    assert note_line(MONDAY, CHICAGO, note) == LONG_NOTE


def test_no_line_is_wider_than_a_terminal() -> None:
    lines = text_line(MONDAY, CHICAGO, "a few words and " * 40).split("\n")
    assert max(map(len, lines)) <= WIDTH


def test_a_link_is_never_broken() -> None:
    link = "https://example.org/" + "a" * 80
    assert link in text_line(MONDAY, CHICAGO, f"See {link} for more")
