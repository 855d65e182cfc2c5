"""What a typed line asks for."""

from __future__ import annotations

import pytest

from app.chat.script import At, Plain, Said, Step, Wait, Wrong, step_of
from app.core.timing import DAY, HOUR, MINUTE, SECOND


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("start\n", Said("start")),
        ("  I feel: ok  ", Said("I feel: ok")),
        ("# 1", Said("# 1")),
        (":wait 4h", Wait(4 * HOUR)),
        (":wait 30 min", Wait(30 * MINUTE)),
        (":wait 2 d", Wait(2 * DAY)),
        (":wait 20 s", Wait(20 * SECOND)),
        (":wait 1 d 2 h", Wait(DAY + 2 * HOUR)),
        (":WAIT 1 Hour", Wait(HOUR)),
        (":at 19:00", At("19:00")),
        (":at 9:05", At("09:05")),
        (":next", Plain("next")),
        (":quit", Plain("quit")),
    ],
)
def test_a_line_is_a_text_or_a_command(line: str, step: Step) -> None:
    assert step_of(line) == step


@pytest.mark.parametrize("line", ["", "\n", "   "])
def test_an_empty_line_asks_for_nothing(line: str) -> None:
    assert step_of(line) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (":nxt", "There is no :nxt. Did you mean :next?"),
        (":wiat 4h", "There is no :wiat. Did you mean :wait?"),
        (":zzzz", "There is no :zzzz. :help shows what there is."),
        (":", "There is no :. :help shows what there is."),
        (":wait", "How long? Type :wait 4h, :wait 30 min or :wait 2 d."),
        (":wait soon", "How long? Type :wait 4h, :wait 30 min or :wait 2 d."),
        (":wait 0 h", "How long? Type :wait 4h, :wait 30 min or :wait 2 d."),
        (":wait -3 h", "How long? Type :wait 4h, :wait 30 min or :wait 2 d."),
        (":wait 3 weeks", "How long? Type :wait 4h, :wait 30 min or :wait 2 d."),
        (":at 25:00", "When? Type :at 19:00."),
        (":at noon", "When? Type :at 19:00."),
        (":next day", ":next stands alone."),
    ],
)
def test_a_command_that_cannot_be_done_says_what_to_type(line: str, words: str) -> None:
    assert step_of(line) == Wrong(words)
