"""The marks of texts sent: bounded, and yet no cap is forgotten."""

from __future__ import annotations

from app.core.limits import note_sent, unprompted_this_week
from app.core.state import MAX_SENT, State

NOW = 1_790_000_000_000


def test_many_answers_do_not_make_the_weekly_cap_forget_what_was_unprompted():
    state = State("p_1", "small", zones=["America/Chicago"])
    for _ in range(12):
        note_sent(state, NOW, unprompted=True, asks=False)
    for number in range(2 * MAX_SENT):
        note_sent(state, NOW + number, unprompted=False, asks=False)
    assert len(state.sent) == MAX_SENT
    assert unprompted_this_week(state, NOW) == 12


def test_of_unprompted_marks_alone_the_oldest_goes():
    state = State("p_1", "small", zones=["America/Chicago"])
    for number in range(MAX_SENT + 1):
        note_sent(state, NOW + number * 1000, unprompted=True, asks=False)
    assert state.sent[0][0] == NOW + 1000
