import pytest

from app.core.reading.model import Expect, Option

NOW = 0


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("STOP", "stop"),
        ("Stop.", "stop"),
        ("  stop!! ", "stop"),
        ("stopp", "stop"),
        ("STOOOP", "stop"),
        ("s t o p", "stop"),
        ("stop please", "stop"),
        ("Please stop, thank you", "stop"),
        ("stop 🙏", "stop"),
        ("st\u200bop", "stop"),
        ("ＳＴＯＰ", "stop"),
        ("stop stop stop", "stop"),
        ("Opt-out", "stop"),
        ("Arrêt", "stop"),
        ("BAJA por favor", "stop"),
        ("start", "start"),
        ("Unstop", "start"),
        ("HELP", "help"),
        ("Ayuda", "help"),
        ("Menu please", "menu"),
        ("why?", "why"),
        ("más tarde", "later"),
    ],
)
def test_a_whole_text_is_a_command(reader, text, command):
    assert reader.read(text, None, "en", NOW).command == command


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "the bus stop",
        "I need more time",
        "stopped",
        "help me move",
        "the end",
        "later that day",
        "wrong",
        "",
        "👍",
    ],
)
def test_a_word_in_a_sentence_is_no_command(reader, text):
    assert reader.read(text, None, "en", NOW).command is None


def test_a_word_that_the_question_offers_wins_over_our_own(reader):
    ask = Expect("choice", options=(Option("m", "More"), Option("l", "Less")))
    reading = reader.read("more", ask, "en", NOW)
    assert (reading.command, reading.value) == (None, "m")


def test_a_legal_word_wins_over_what_the_question_offers(reader):
    ask = Expect("choice", options=(Option("1", "Cut down"), Option("2", "Quit")))
    reading = reader.read("quit", ask, "en", NOW)
    assert (reading.command, reading.opt_out, reading.value) == ("stop", True, None)


def test_our_own_words_are_heard_at_an_open_question(reader):
    assert reader.read("menu", Expect("text"), "en", NOW).command == "menu"


@pytest.mark.parametrize(
    ("text", "value"), [("done!", "done"), ("later", "later"), ("skip", "skip"), ("ya lo hice", "done")]
)
def test_done_later_and_skip_answer_the_question_that_expects_them(reader, text, value):
    reading = reader.read(text, Expect("done"), "en", NOW)
    assert (reading.command, reading.value) == (None, value)
