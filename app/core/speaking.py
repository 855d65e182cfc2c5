"""From templates to texts: rendered, joined while they fit, with a hint of what a question takes."""

from __future__ import annotations

from app.core import tailoring
from app.core.effects import MessageClass
from app.core.reading.model import Expect
from app.core.release import Text
from app.core.render import render
from app.core.segments import segments
from app.core.turn import Turn

WHOLE_TEXT = 2  # two pieces are joined into one text while that takes no more segments than this


def rendered(turn: Turn, text: Text, **also: str) -> str:
    """The text in the participant's language with everything filled in; raises RenderFault."""
    known = {**tailoring.values(turn.state, turn.release, turn.now), **also}
    return render(turn.text(text), known)


def say_pieces(turn: Turn, pieces: list[tuple[str, str]], cls: MessageClass, asks: bool = False) -> str:
    """Send pieces of (text, source) as few texts as fit; returns the message id of the last."""
    decision = turn.state.conversation.decision if turn.state.conversation else ""
    texts = _joined(pieces)
    message = ""
    for number, (body, source) in enumerate(texts, 1):
        message = turn.send(body, cls, source, decision, asks=asks and number == len(texts))
    return message


def hint(expect: Expect) -> str:
    """What kind of answer a question takes, in words."""
    match expect.kind:
        case "scale":
            return f"a number from {expect.low} to {expect.high}"
        case "choice":
            letters = [chr(ord("A") + n) for n in range(len(expect.options))]
            return f"{', '.join(letters[:-1])} or {letters[-1]}"
        case "yes_no":
            return "yes or no"
        case "number":
            return "a number"
        case "time":
            return "a time, like 7 pm"
        case "done":
            return "DONE, LATER or SKIP"
        case _:
            return "a few words"


def _joined(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    texts: list[tuple[str, str]] = []
    for body, source in pieces:
        if not body:
            continue
        joined = f"{texts[-1][0]} {body}" if texts else ""
        if joined and segments(joined).segments <= WHOLE_TEXT:
            texts[-1] = (joined, source)
        else:
            texts.append((body, source))
    return texts
