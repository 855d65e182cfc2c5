"""Interventions as they are lived."""

from __future__ import annotations

import pytest

from app.core.state import Saved
from tests.core.person import DAY, HOUR, MINUTE, Person


def test_of_the_first_two_texts_after_consent_one_begins_care(ben):
    ben.text("START")
    answer = ben.text("agree")
    assert "Good to have you here." in answer
    assert "what would a lighter day let you do?" in answer


def test_consent_is_kept_with_words_language_channel_and_sender(ana):
    agreement = ana.state.consent["care"]
    assert (agreement.version, agreement.language, agreement.channel, agreement.sender) == (
        "small-1",
        "en",
        "sms",
        "s",
    )


@pytest.mark.parametrize("words", ["AGREE", "agree", "Agree.", "yes"])
def test_agreeing_takes_the_word_or_a_yes(ben, words):
    ben.text("START")
    ben.text(words)
    assert ben.state.in_care()


@pytest.mark.parametrize("words", ["no", "no thanks", "maybe", "what is this", "7"])
def test_anything_else_is_no_agreement(ben, words):
    ben.text("START")
    ben.text(words)
    assert not ben.state.in_care()
    assert ben.wait(30 * DAY) == ""


def test_own_words_are_quoted_back_only_when_they_can_be(ana):
    assert '"play with my kids"' in ana.text("play with my kids")
    other = Person(name="p_other")
    other.enroll()
    assert '"' not in other.text("idk")


def test_an_unclear_reply_is_asked_once_more_then_care_goes_on_gracefully(ana):
    ana.text("skip")
    ana.text("CALM")
    assert "slow" in ana.said[-1].body.lower()
    ana.text("MENU")
    ana.text("1")
    ana.text("a bird sang")
    ana.text("i stood still")
    assert "a number from 0 to 10" in ana.text("purple elephants maybe")
    assert "leave it" in ana.text("purple elephants again")
    assert ana.state.conversation is None


def test_a_scale_answer_takes_its_branch(ana):
    ana.text("skip")
    ana.text("menu")
    ana.text("1")
    ana.text("a bird sang")
    ana.text("i stood still")
    assert "That was a 7" in ana.text("about a 7")


def test_a_reminder_is_part_of_its_question_and_silence_ends_quietly(ana):
    ana.text("skip")
    ana.text("menu")
    ana.text("1")
    assert "No hurry" in ana.wait(4 * HOUR)
    assert ana.state.conversation is not None
    ana.wait(13 * HOUR)
    assert ana.state.conversation is None
    assert ana.of("closed")[-1]["reason"] == "silence"


def test_a_reminder_that_would_fall_into_the_night_is_dropped_not_moved():
    person = Person(now=None)
    person.enroll()
    person.text("skip")
    person.wait(8 * HOUR)  # 18:30
    person.text("menu")
    person.text("1")
    said = len(person.said)
    person.wait(11 * HOUR)
    assert [text for text in person.said[said:] if "No hurry" in text.body] == []
    assert [row for row in person.of("silent") if row["spoke"] is False]


def test_later_puts_an_intervention_off(ana):
    ana.text("skip")
    ana.text("menu")
    ana.text("1")
    assert "not now" in ana.text("LATER")
    assert ana.state.conversation is None
    assert "one thing that went OK" in ana.wait(2 * HOUR + MINUTE)


def test_a_keyword_starts_its_intervention_at_any_hour(ana):
    ana.text("skip")
    ana.wait(13 * HOUR)  # the middle of the night
    assert ana.text("calm") != ""
    assert ana.left[-1].source.startswith("one-slow-breath/")


def test_small_talk_gets_silence(ana):
    ana.text("skip")
    for words in ("ok", "lol", "thanks", "👍"):
        assert ana.text(words) == ""


def test_an_unprompted_sentence_is_answered_once_in_a_while(ana):
    ana.text("skip")
    assert "MENU" in ana.text("my boss was strange today")
    assert ana.text("and the bus was late") == ""
    ana.wait(7 * HOUR)
    assert "MENU" in ana.text("and now it rains")


def test_pause_is_kept(ana):
    ana.text("skip")
    assert "Paused" in ana.text("PAUSE")
    assert ana.wait(2 * DAY) == ""
    assert {tuple(row["reasons"]) for row in ana.of("decision")[1:]} == {("paused",)}


def test_pictures_are_answered_with_a_request_for_words(ana):
    assert "use words" in ana.text("", media=1)


def test_a_reaction_that_quotes_us_is_left_in_silence(ana):
    assert ana.text('Loved "If life feels unsafe, call or text 988, i want to die"') == ""
    assert ana.state.holds == []


def test_the_assessment_of_an_intervention_they_started_follows_at_its_lag(ana):
    ana.text("skip")
    ana.text("menu")
    ana.text("1")
    ana.text("a bird sang")
    ana.text("i stood still")
    ana.text("8")
    assert "mood right now" in ana.wait(31 * MINUTE)
    ana.text("6")
    assert ana.of("assessed")[-1]["value"] == 6


def test_an_answer_while_two_questions_are_open_goes_to_the_one_it_fits():
    for number in range(60):
        person = Person(name=f"p_{number}")
        person.enroll()
        person.state.values["evening"] = [Saved("18:00", person.now, "settings")]
        person.text("skip")
        person.wait(7 * HOUR + 31 * MINUTE)
        if person.said[-1].source != "walk/pick":
            continue
        person.wait(2 * HOUR)
        if person.said[-1].source == "items/mood_now":
            person.text("B")
            assert person.of("answered")[-1]["value"] == "song"
            person.text("5")
            assert person.of("assessed")[-1]["value"] == 5
            return
    raise AssertionError("an assessment never came while an offer waited")
