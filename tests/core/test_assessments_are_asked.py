"""A proximal assessment is asked when it is due, or as soon as it may be, inside its window."""

from __future__ import annotations

import msgspec

from app.chat.phone import Phone
from app.content.words import load_words
from app.core.effects import Record, Send
from app.core.reading.reader import Reader
from app.core.release import DecisionPoint, Proximal, Rule
from app.core.timing import HOUR, MINUTE, local
from tests.small_program import small_release

BEGIN = 1_772_469_000_000  # Monday 2 March 2026, 10:30 in Chicago
EVENING = BEGIN + 8 * HOUR + 30 * MINUTE


def phone_with_one_assessment(taken: str) -> Phone:
    evening, first = small_release().decision_points
    proximal = Proximal(item="mood_now", after=3600, within=1800)
    evening = msgspec.structs.replace(
        evening, proximal=proximal, rules=(Rule(id="always", choose={taken: 1.0}),)
    )
    release = msgspec.structs.replace(small_release(), decision_points=(evening, first))
    phone = Phone(release, Reader(load_words()), BEGIN, "a seed")
    for text in ("start", "agree", "to sleep better"):
        phone.text(text)
    return phone


def asked(phone: Phone, until: int) -> list[str]:
    """Return the local times at which the item was asked."""
    return [
        f"{local(happened.at, phone.zone):%H:%M}"
        for turn in phone.live_until(until)
        for happened in turn
        if isinstance(happened.what, Send) and happened.what.source == "items/mood_now"
    ]


def missing(phone: Phone, until: int) -> list[str]:
    """Return why the item was not asked or not answered."""
    rows = [happened.what for turn in phone.live_until(until) for happened in turn]
    return [
        row.data["reason"] for row in rows if isinstance(row, Record) and row.kind == "assessment_missing"
    ]


def test_it_is_asked_at_its_time_when_nothing_was_offered() -> None:
    assert asked(phone_with_one_assessment("nothing"), EVENING + 2 * HOUR) == ["20:00"]


def test_it_is_asked_at_its_time_when_something_was_offered() -> None:
    assert asked(phone_with_one_assessment("walk"), EVENING + 2 * HOUR) == ["20:00"]


def test_it_waits_while_they_are_texting_and_comes_when_it_is_quiet() -> None:
    phone = phone_with_one_assessment("three-good-things")
    assert asked(phone, EVENING + 55 * MINUTE) == []
    phone.text("the bus came on time")
    assert asked(phone, EVENING + 2 * HOUR) == ["20:05"]


def test_it_is_missing_with_its_reason_when_it_never_was_the_time_for_it() -> None:
    phone = phone_with_one_assessment("nothing")
    list(phone.live_until(EVENING + 30 * MINUTE))
    phone.text("pause")
    assert missing(phone, EVENING + 2 * HOUR) == ["paused"]


def answered_low(phone: Phone) -> list[str]:
    """Return where the texts that answer a mood of 1 stand."""
    turn = phone.text("1")
    return [happened.what.source for happened in turn if isinstance(happened.what, Send)]


def eased(phone: Phone) -> Phone:
    """Return the phone with a decision point that follows each answer to the item."""
    rule = Rule(id="ease", choose={"one-slow-breath": 1.0})
    point = DecisionPoint(id="ease", happens="answered:mood_now", rules=(rule,))
    points = (*phone.release.decision_points, point)
    newest = msgspec.structs.replace(phone.release, decision_points=points)
    phone.shared = msgspec.structs.replace(phone.shared, newest=newest)
    return phone


def test_what_follows_an_answer_is_the_answer_to_it() -> None:
    phone = eased(phone_with_one_assessment("nothing"))
    asked(phone, EVENING + HOUR)
    assert answered_low(phone) == ["one-slow-breath/in"]


def test_what_follows_an_answer_comes_before_an_offer_that_only_waits() -> None:
    phone = eased(phone_with_one_assessment("three-good-things"))
    asked(phone, EVENING + HOUR)
    assert answered_low(phone) == ["one-slow-breath/in"]


def test_an_answer_is_noted_when_nothing_follows_it() -> None:
    phone = phone_with_one_assessment("nothing")
    asked(phone, EVENING + HOUR)
    assert answered_low(phone) == ["builtin/noted"]
