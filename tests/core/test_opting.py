"""STOP, START and HELP."""

from __future__ import annotations

import pytest

from tests.core.person import DAY, HOUR, Person


@pytest.mark.parametrize(
    "words", ["STOP", "stop!!", "please stop texting me", "unsubscribe", "take me off this list"]
)
def test_stop_by_word_or_meaning_gets_one_confirmation_and_then_silence(ana, words):
    answer = ana.text(words)
    assert "unsubscribed" in answer
    assert "988" in answer
    assert ana.wait(30 * DAY) == ""
    assert ana.text("hello?") == ""
    assert ana.text("STOP") == ""


def test_stop_before_any_agreement_is_honored_too(ben):
    assert "unsubscribed" in ben.text("STOP")
    assert ben.text("hi") == ""


def test_start_brings_the_texts_back_and_care_goes_on(ana):
    ana.text("STOP")
    ana.wait(3 * DAY)
    assert "subscribed again" in ana.text("start")
    assert ana.wait(5 * DAY) != ""


def test_start_when_in_care_says_so_and_changes_nothing(ana):
    position = ana.state.conversation.event
    assert "already" in ana.text("START")
    assert ana.state.conversation.event == position


def test_start_of_somebody_new_sends_the_words_to_agree_to_and_nothing_else(ben):
    assert "Reply AGREE" in ben.text("START")
    assert ben.wait(30 * DAY) == ""


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_help_names_the_service_real_help_and_the_way_out(request, who):
    answer = request.getfixturevalue(who).text("HELP")
    assert "555-0100" in answer
    assert "988" in answer
    assert "STOP" in answer


def test_what_the_carrier_confirmed_we_do_not_confirm_again(ana):
    assert ana.text("STOP", carrier_opt_out="STOP") == ""
    assert ana.state.stopped.how == "carrier"
    assert ana.text("START", carrier_opt_out="START") == ""
    assert ana.state.stopped is None


def test_a_pending_assessment_of_somebody_who_stopped_is_missing_with_that_reason():
    for number in range(40):
        person = Person(name=f"p_{number}")
        person.enroll()
        person.text("skip")
        person.wait(9 * HOUR)
        if person.state.pending:
            person.text("STOP")
            assert person.of("assessment_missing")[-1]["reason"] == "stopped"
            return
    raise AssertionError("no assessment was ever pending")


def test_opting_out_is_a_censoring_row(ana):
    ana.text("STOP")
    assert ana.of("opted_out") == [{"how": "word", "scope": "all", "censors": True}]
