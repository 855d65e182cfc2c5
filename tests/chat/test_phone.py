"""One participant's world: texts leave and are reported as in life."""

from __future__ import annotations

import msgspec
import pytest

from app.chat.notes import note
from app.chat.phone import Phone, Spinning, Turn, Withheld
from app.content.words import load_words
from app.core.effects import Record, Send
from app.core.reading.reader import Reader
from app.core.release import Release
from app.core.timing import DAY, HOUR
from tests.small_program import small_release

BEGIN = 1_772_469_000_000  # Monday 2 March 2026, 10:30 in Chicago


def phone(release: Release | None = None, begin: int = BEGIN) -> Phone:
    return Phone(release or small_release(), Reader(load_words()), begin, "a seed")


def kinds(turn: Turn) -> list[str]:
    return [happened.what.kind for happened in turn if isinstance(happened.what, Record)]


def sources(turn: Turn) -> list[str]:
    return [happened.what.source for happened in turn if isinstance(happened.what, Send)]


def test_a_text_is_reported_accepted_and_then_delivered() -> None:
    turn = phone().text("start")
    rows = [happened.what for happened in turn if isinstance(happened.what, Record)]
    statuses = [row.data["status"] for row in rows if row.kind == "delivery"]
    assert statuses == ["accepted", "delivered"]


def test_nothing_stays_outgoing() -> None:
    person = phone()
    person.text("start")
    person.text("agree")
    assert person.state.outgoing == []


def test_a_text_that_may_not_leave_is_withheld_and_told_to_the_core() -> None:
    person = phone()
    person.text("start")
    person.text("agree")
    person.text("to sleep better")
    person.shared = msgspec.structs.replace(person.shared, recalled=frozenset({person.release.number}))
    turn = person.text("calm")
    withheld = [happened.what for happened in turn if isinstance(happened.what, Withheld)]
    assert [(what.text.source, what.reason) for what in withheld] == [("one-slow-breath/in", "recalled")]
    assert "delivery" in kinds(turn)


def test_the_clock_lives_every_wake_up_on_the_way_in_order() -> None:
    person = phone()
    for text in ("start", "agree", "to sleep better"):
        person.text(text)
    times = [happened.at for turn in person.live_until(BEGIN + 7 * DAY) for happened in turn]
    assert times == sorted(times)
    assert len({time // DAY for time in times}) >= 7
    assert person.now == BEGIN + 7 * DAY


def test_the_clock_never_goes_back() -> None:
    person = phone()
    list(person.live_until(BEGIN - HOUR))
    assert person.now == BEGIN


def test_a_fault_in_content_is_a_note_and_a_safe_silence() -> None:
    release = small_release()
    welcome = release.interventions["welcome"]
    first = msgspec.structs.replace(welcome.events[0], say={"en": "{{ 1 // 0 }}"})
    broken = msgspec.structs.replace(welcome, events=(first, *welcome.events[1:]))
    everything = {**release.interventions, "welcome": broken}
    person = phone(msgspec.structs.replace(release, interventions=everything))
    person.text("start")
    turn = person.text("agree")
    assert sources(turn) == ["consent/agreed"]
    notes = [note(happened.what) for happened in turn if not isinstance(happened.what, Send)]
    assert any(said.startswith("a person is told: content fault (welcome/") for said in notes)


def test_a_fault_outside_of_what_content_may_do_still_answers_danger() -> None:
    release = small_release()
    broken = msgspec.structs.replace(release, decision_points=None)
    person = phone(broken)
    person.agree()
    turn = person.text("i want to kill myself")
    assert sources(turn) == ["builtin/risk"]


def keep_waking(person: Phone) -> None:
    for _ in person.live_until(BEGIN + DAY):
        person.state.wake = BEGIN + HOUR


def test_a_clock_that_stands_still_is_refused() -> None:
    person = phone()
    for text in ("start", "agree"):
        person.text(text)
    with pytest.raises(Spinning):
        keep_waking(person)
