"""Chance that can be audited."""

from __future__ import annotations

import collections

import pytest

from app.core.draws import StudyKey, draw, uniform

KEY = StudyKey("k1", b"x" * 32)


def test_the_same_arguments_give_the_same_number():
    assert uniform(KEY, "p_1", "evening", 3, "option") == uniform(KEY, "p_1", "evening", 3, "option")


@pytest.mark.parametrize(
    "other",
    [
        (StudyKey("k2", b"x" * 32), "p_1", "evening", 3, "option"),
        (StudyKey("k1", b"y" * 32), "p_1", "evening", 3, "option"),
        (KEY, "p_2", "evening", 3, "option"),
        (KEY, "p_1", "morning", 3, "option"),
        (KEY, "p_1", "evening", 4, "option"),
        (KEY, "p_1", "evening", 3, "because_line"),
    ],
)
def test_any_other_argument_gives_another_number(other):
    assert uniform(KEY, "p_1", "evening", 3, "option") != uniform(*other)


def test_fields_cannot_be_shifted_into_each_other():
    assert uniform(KEY, "p_1", "evening1", 1, "o") != uniform(KEY, "p_1", "evening", 11, "o")


def test_the_order_in_which_options_are_written_changes_nothing():
    first = draw(KEY, "p", "e", 1, "option", {"walk": 0.3, "nothing": 0.7})
    second = draw(KEY, "p", "e", 1, "option", {"nothing": 0.7, "walk": 0.3})
    assert first == second


def test_probabilities_are_rescaled_and_add_up_to_one():
    drawn = draw(KEY, "p", "e", 1, "option", {"walk": 0.2, "nothing": 0.3})
    assert drawn.options == {"nothing": pytest.approx(0.6), "walk": pytest.approx(0.4)}
    assert drawn.p == drawn.options[drawn.taken]


def test_a_single_option_is_not_randomized():
    assert draw(KEY, "p", "e", 1, "option", {"walk": 0.3, "nothing": 0.0}).randomized is False
    assert draw(KEY, "p", "e", 1, "option", {"walk": 0.3, "nothing": 0.1}).randomized is True


def test_draws_come_as_often_as_their_probability_says():
    taken = collections.Counter(
        draw(KEY, f"p_{n}", "e", 1, "option", {"a": 0.2, "b": 0.3, "c": 0.5}).taken for n in range(20_000)
    )
    for name, p in {"a": 0.2, "b": 0.3, "c": 0.5}.items():
        assert abs(taken[name] / 20_000 - p) < 0.012


def test_nothing_to_choose_from_is_an_error():
    with pytest.raises(ValueError, match="no option"):
        draw(KEY, "p", "e", 1, "option", {"walk": 0.0})
