import pytest

from app.core.reading.model import Expect, Option

NOW = 0
WALKS = Expect(
    "choice",
    options=(Option("walk", "A short walk"), Option("song", "One song"), Option("rest", "Not today")),
)
DAYS = Expect(
    "choice", options=(Option("a", "Home"), Option("b", "Work"), Option("c", "Garden")), several=True
)


def value(reader, text, expect, locale="en"):
    return reader.read(text, expect, locale, NOW).value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes!", "yes"),
        ("yeah why not", "yes"),
        ("no problem", "yes"),
        ("not bad", "yes"),
        ("👍🏿", "yes"),
        ("✅", "yes"),
        ("claro que sí", "yes"),
        ("1", "yes"),
        ("nope, sorry", "no"),
        ("not really", "no"),
        ("No, I did it yesterday", "no"),
        ("i don't think so", "no"),
        ("👎🏽", "no"),
        ("todavía no", "no"),
        ("2", "no"),
        ("idk", "unsure"),
        ("not sure tbh", "unsure"),
        ("🤷🏻‍♀️", "unsure"),
        ("quizás", "unsure"),
        ("👍👎", None),
        ("yes no", None),
        ("no?", None),
        ("what do you mean", None),
        ("banana", None),
        ("I can't say no", None),
        ("i don't disagree", None),
        ("yeah right", None),
        ("of course not", "no"),
    ],
)
def test_yes_no(reader, text, answer):
    assert value(reader, text, Expect("yes_no")) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("7", 7),
        ("seven", 7),
        ("7/10", 7),
        ("about a 7", 7),
        ("6-7", 6.5),
        ("6 or 7", 6.5),
        ("7️⃣", 7),
        ("3 because of work", 3),
        ("4.5", 4.5),
        ("siete", None),
        ("11", None),
        ("7/5", None),
        ("-3", None),
        ("3 hours of sleep", None),
        ("2 and 9", None),
        ("fine", None),
        ("9" * 5000, None),
    ],
)
def test_scale_from_0_to_10(reader, text, answer):
    assert value(reader, text, Expect("scale", low=0, high=10)) == answer


@pytest.mark.parametrize(
    ("text", "locale", "answer"),
    [
        ("about 40", "en", 40),
        ("two hundred and five", "en", 205),
        ("1,250", "en", 1250),
        ("2 and a half", "en", 2.5),
        ("treinta y dos", "es", 32),
        ("once", "es", 11),
        ("once", "en", None),
        ("none of it", "en", None),
        ("3 or 4", "en", None),
    ],
)
def test_number(reader, text, locale, answer):
    assert value(reader, text, Expect("number"), locale) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("walk", "walk"),
        ("B", "song"),
        ("b)", "song"),
        ("reply B", "song"),
        ("the second one", "song"),
        ("2", "song"),
        ("option three", "rest"),
        ("a short walk please", "walk"),
        ("shrot walk", "walk"),
        ("sonng", "song"),
        ("not today", "rest"),
        ("last one", "rest"),
        ("walk or song", None),
        ("not the walk", None),
        ("pizza", None),
        ("9", None),
    ],
)
def test_choice(reader, text, answer):
    assert value(reader, text, WALKS) == answer


def test_several_choices_come_in_the_order_offered(reader):
    assert value(reader, "garden and home", DAYS) == ("a", "c")


COLORS = Expect("choice", options=tuple(Option(word, word) for word in "abcdefghij"))
HOPES = Expect("choice", options=(Option("h", "Hope"), Option("n", "Nine notes"), Option("z", "A walk")))


@pytest.mark.parametrize("text", ["a spider", "i am fine", "i am", "a dog and a cat"])
def test_a_word_of_one_letter_is_no_option(reader, text):
    assert value(reader, text, COLORS) is None


@pytest.mark.parametrize(
    ("text", "key"), [("a", "a"), ("A)", "a"), ("a please", "a"), ("i", "i"), ("reply i", "i")]
)
def test_a_letter_by_itself_is_an_option(reader, text, key):
    assert value(reader, text, COLORS) == key


def test_letters_joined_are_all_heard(reader):
    assert value(reader, "a and c", DAYS) == ("a", "c")


@pytest.mark.parametrize("text", ["none", "none of them", "nope", "nah", "neither", "ninguno"])
def test_a_refusal_picks_no_option(reader, text):
    assert value(reader, text, HOPES) is None


@pytest.mark.parametrize("text", ["none", "none of them", "none of the above"])
def test_a_refusal_picks_the_option_whose_label_says_so(reader, text):
    ask = Expect("choice", options=(Option("1", "A walk"), Option("2", "None of these")))
    assert value(reader, text, ask) == "2"


@pytest.mark.parametrize("text", ["you suck", "fuck this", "fuck you", "this sucks", "jodete"])
def test_an_insult_is_never_quoted(reader, text):
    assert not reader.read(text, Expect("text"), "en", NOW).quotable


@pytest.mark.parametrize(
    ("text", "none", "quotable"),
    [
        ("My neighbor waved at me", False, True),
        ("nothing really", True, False),
        ("idk", True, False),
        ("no sé", True, False),
        ("see https://example.org", False, False),
        ("this is stupid", False, False),
        ("I want to die", False, False),
        ("why do you ask?", False, False),
        ("one good walk " * 6 + "x", False, False),
    ],
)
def test_own_words_are_kept_and_quoted_only_when_harmless(reader, text, none, quotable):
    reading = reader.read(text, Expect("text"), "en", NOW)
    assert (reading.value, reading.none, reading.quotable) == (text, none, quotable)


@pytest.mark.parametrize(
    ("text", "locale", "answer"),
    [
        ("7pm", "en", "19:00"),
        ("7:30 p.m.", "en", "19:30"),
        ("around 8 in the evening", "en", "20:00"),
        ("half past six", "en", "06:30"),
        ("quarter to 9", "en", "08:45"),
        ("noon", "en", "12:00"),
        ("19:05", "en", "19:05"),
        ("ocho y media", "es", "08:30"),
        ("a las 9 de la noche", "es", "21:00"),
        ("25:00", "en", None),
        ("whenever", "en", None),
    ],
)
def test_time_of_day(reader, text, locale, answer):
    assert value(reader, text, Expect("time"), locale) == answer
