"""Any input gives a Reading, in time linear in its length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.words import load_words
from app.core.reading.model import Expect, Option, Reading
from app.core.reading.reader import Reader

READER = Reader(load_words())
OPTIONS = (Option("1", "red"), Option("2", "green"))
KINDS = ("text", "yes_no", "scale", "number", "choice", "time", "done", "days")
ASKS = [None, *(Expect(kind, options=OPTIONS) for kind in KINDS)]
LOADED = "not i want to die kill myself stop texting me no yes 7 and / - point half ' “ ” . 👍🏽 \u200d"
PIECES = [
    "a",
    "9",
    "not kill myself ",
    "i want to ",
    "stop texting ",
    "k i l l ",
    "e\u0301\u0327",
    "\u0301",
    "“",
]


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(LOADED.split()), max_size=40).map(" ".join)),
    st.sampled_from(ASKS),
)
def test_any_text_gives_a_reading_that_says_why(text, expect):
    reading = READER.read(text, expect, "en", 0)
    assert isinstance(reading, Reading)
    assert reading.why
    assert reading.understood == (reading.value is not None)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_a_risk_is_found_whatever_stands_before_it(text):
    assert READER.read(text + "\nI am going to kill myself", None, "en", 0).risk.tier != "none"


@pytest.mark.parametrize("piece", [*PIECES, "yes no ", "1/", "ﷺ", "{(["])
def test_a_long_text_is_read_in_linear_time(piece):
    def took(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.perf_counter()
        for expect in ASKS[1:4]:
            READER.read(text, expect, "en", 0)
        return time.perf_counter() - start

    assert took(32_768) < 24 * took(4_096) + 0.3


@pytest.mark.parametrize("piece", PIECES)
def test_64_kilobytes_give_a_reading_in_every_question(piece):
    text = (piece * 65_536)[:65_536]
    assert {type(READER.read(text, expect, "en", 0)) for expect in ASKS[::3]} == {Reading}
