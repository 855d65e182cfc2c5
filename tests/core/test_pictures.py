"""A picture without words gets a plain answer, and before consent nothing but how to begin."""

from __future__ import annotations

from app.chat.phone import Phone
from app.content.words import load_words
from app.core.effects import Send
from app.core.reading.reader import Reader
from tests.small_program import small_release

BEGIN = 1_772_469_000_000


def answers_to_a_picture(*texts: str) -> list[str]:
    """Return where the answers stand to a picture that comes after these texts."""
    phone = Phone(small_release(), Reader(load_words()), BEGIN, "a seed")
    for text in texts:
        phone.text(text)
    return [happened.what.source for happened in phone.picture() if isinstance(happened.what, Send)]


def test_a_picture_from_a_stranger_is_told_how_to_begin() -> None:
    assert answers_to_a_picture() == ["builtin/how_to_begin"]


def test_a_picture_in_answer_to_the_question_for_consent_is_unclear() -> None:
    assert answers_to_a_picture("start") == ["consent/unclear"]


def test_a_picture_in_care_is_answered_in_words() -> None:
    assert answers_to_a_picture("start", "agree") == ["builtin/media"]
