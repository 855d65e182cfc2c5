"""When a text reads as danger."""

from __future__ import annotations

import pytest

from app.core.segments import segments
from app.core.signals import StaffActed
from app.core.wording import EN, ES, built_in
from tests.core.person import DAY, HOUR, MINUTE, Person

DANGER = "i want to kill myself"


@pytest.mark.parametrize("hour", [0, 6, 12, 18])
def test_danger_is_answered_at_any_hour_with_real_help(ana, hour):
    ana.wait(hour * HOUR)
    answer = ana.text(DANGER)
    assert "988" in answer
    assert "911" in answer
    assert "automated" in answer
    assert ana.left[-1].cls == "risk"


def test_danger_holds_everything_cheerful_until_a_person_clears_it(ana):
    ana.text(DANGER)
    assert ana.wait(20 * DAY) == ""
    assert {tuple(row["reasons"]) for row in ana.of("decision")[1:]} == {("risk_hold",)} | {
        tuple(row["reasons"]) for row in ana.of("decision")[1:] if row["reasons"] != ["risk_hold"]
    }
    ana.signal(StaffActed("staff-1", "clear_hold", by="dr"))
    assert ana.state.holds == []
    assert ana.wait(5 * DAY) != ""


def test_danger_pages_a_person_without_a_word_of_theirs(ana):
    ana.text("i will shoot myself behind the library tonight")
    (alert,) = ana.alerts
    assert alert.severity == "page"
    assert "library" not in alert.detail


def test_stop_texting_me_i_want_to_die_is_both_and_gets_one_text(ana):
    before = len(ana.said)
    answer = ana.text("stop texting me, i want to die")
    assert len(ana.said) == before + 1
    assert "unsubscribed" in answer
    assert "988" in answer
    assert ana.state.stopped is not None
    assert ana.state.holds


def test_danger_in_another_language_is_answered_in_that_language(ana):
    assert "nadie lee esto en vivo" in ana.text("quiero morirme")


def test_two_texts_read_together(ana):
    ana.text("I want to")
    assert "988" in ana.text("die")


def test_risk_before_consent_is_answered(ben):
    assert "988" in ben.text(DANGER)


def test_risk_after_stop_is_answered_once_a_day_and_nothing_else_follows(ana):
    ana.text("STOP")
    ana.wait(DAY)
    assert "988" in ana.text(DANGER)
    assert ana.text(DANGER) == ""
    ana.wait(DAY + HOUR)
    assert "988" in ana.text(DANGER)
    assert any("call" in alert.detail for alert in ana.alerts)


def test_wrong_says_that_we_misread_and_care_goes_on_where_it_was(ana):
    open_question = ana.state.asks[-1].name
    ana.text("they would all be better off without me")
    answer = ana.text("wrong")
    assert "read that wrong" in answer
    assert ana.state.holds == []
    assert ana.state.asks[-1].name == open_question


def test_wrong_never_clears_an_imminent_hold(ana):
    ana.text("i have the pills in my hand and i will take them all tonight")
    assert ana.state.holds[0].tier == "imminent"
    ana.text("wrong")
    assert ana.state.holds


def test_a_wrong_that_crossed_our_answer_does_not_count(ana):
    ana.delivers = False
    ana.text("they would all be better off without me")
    ana.text("wrong")
    assert ana.state.holds


def test_a_number_meant_for_an_open_question_clears_nothing(ana):
    ana.text("skip")
    ana.text("menu")
    ana.text("1")
    ana.text("a bird sang")
    ana.text("i stood still")
    ana.text(DANGER)
    ana.text("4")
    assert ana.state.holds


def test_while_held_every_text_soon_gets_a_word_with_real_help(ana):
    ana.text(DANGER)
    assert "988" in ana.text("hello")
    assert ana.text("hello?") == ""
    ana.wait(11 * MINUTE)
    assert "988" in ana.text("i am scared")


def test_start_while_held_promises_no_texts(ana):
    ana.text(DANGER)
    ana.text("STOP")
    answer = ana.text("START")
    assert "on hold" in answer
    assert ana.state.stopped is None
    assert ana.state.holds


def test_stop_help_and_more_danger_are_heard_while_held(ana):
    ana.text(DANGER)
    assert "555-0100" in ana.text("HELP")
    assert "988" in ana.text("i really want to die")
    assert "unsubscribed" in ana.text("STOP")


def test_a_risk_answer_that_is_not_delivered_pages(ana):
    from app.core.signals import DeliveryReported

    ana.text(DANGER)
    message = ana.left[-1].message
    ana.signal(DeliveryReported(f"{message}:failed", message, "failed", reason="landline", cls="risk"))
    assert ana.alerts[-1].kind == "risk_answer_not_delivered"


def test_two_machines_do_not_talk_for_ever(ana):
    answers = [ana.text(DANGER) for _ in range(400)]
    assert 0 < sum(bool(answer) for answer in answers) <= 125


@pytest.mark.parametrize("words", ["bus stop by the hospital", "i could murder a pizza", "dying of laughter"])
def test_life_is_no_danger(words):
    person = Person()
    person.enroll()
    person.text(words)
    assert person.state.holds == []
    assert person.state.stopped is None


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", list(EN))
def test_each_built_in_text_fits_two_segments_in_each_language(language, name):
    text = built_in(name, language, sender="Northside texts", contact="555-0100")
    counted = segments(text)
    assert counted.encoding == "GSM-7"
    assert counted.segments <= 2
    assert set(EN) == set(ES)
