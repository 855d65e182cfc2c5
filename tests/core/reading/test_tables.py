import pytest

from app.content.words import load_words
from app.core.reading.normalize import plain, undisguised
from app.core.reading.phrase_language import PhraseError
from app.core.reading.phrases import PhraseBook


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("want [to] die", "I want to die", True),
        ("want [to] die", "I want die", True),
        ("(go|walk off) now", "walk off now", True),
        ("{color} car", "the red car", True),
        ("harm*", "harming", True),
        ("kill .. self", "kill my own self", True),
        ("kill .. self", "kill my very own self", False),
        ("kill .. self", "kill. My self", False),
        ("^ stop", "the bus stop", False),
        ("^ stop", "ok, stop", True),
        ("end it $", "end it with him", False),
        ("# km", "12 km", True),
        ("## km", "12 km", True),
        ("## km", "9 km", False),
        ("## km", "09 km", False),
    ],
)
def test_the_signs_of_a_phrase(phrase, text, found):
    assert PhraseBook([("row", phrase)], {"color": ["red", "dark blue"]}).finds(plain(text)) is found


@pytest.mark.parametrize("phrase", ["want (to die", "{nobody} knows", "[maybe]", "want .."])
def test_a_phrase_that_cannot_be_read_is_an_error(phrase):
    with pytest.raises(PhraseError):
        PhraseBook([("row", phrase)], {})


def test_each_row_of_the_risk_tables_has_one_name():
    for book in load_words().risk:
        assert len(book.rows) == len(set(book.rows))


@pytest.mark.parametrize(
    ("text", "words"), [("d-i-e-d", ("died",)), ("su!c1de", ("suicide",)), ("$elf", ("self",))]
)
def test_disguised_words_are_shown(text, words):
    behind = undisguised(text)
    assert behind is not None
    assert behind.words == words
