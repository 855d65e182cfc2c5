"""What a text is read as: which open question it answers, and its danger read together with the last texts."""

from __future__ import annotations

from datetime import datetime

from app.core import answering, crisis, enrolment, hub
from app.core.reading.model import Expect, Reading, Risk
from app.core.signals import ReplyReceived
from app.core.state import MAX_RECENT, OpenAsk, Recent
from app.core.timing import MINUTE, local
from app.core.turn import Turn

JOINED_WITHIN = 2 * MINUTE


def best_reading(turn: Turn, signal: ReplyReceived) -> tuple[OpenAsk | None, Reading]:
    """The question that a reply answers, and the reading: of those that have left, the last one.

    A text that does not fit it is tried on the closed questions still open before it: what fits one of those
    is its answer beyond doubt.
    """
    left = [ask for ask in reversed(turn.state.asks) if ask.message not in signal.unsent]
    last = left[0] if left else None
    reading = read_as(turn, signal, expected(turn, last))
    if reading.understood or reading.command or reading.kind not in ("answer", "unprompted"):
        return last, reading
    for earlier in left[1:]:
        expect = expected(turn, earlier)
        if expect is not None and expect.kind != "text":
            other = read_as(turn, signal, expect)
            if other.understood:
                return earlier, other
    return last, reading


def expected(turn: Turn, ask: OpenAsk | None) -> Expect | None:
    """What an open question expects; None when nothing is open, or it is gone."""
    match ask.of if ask else "":
        case "consent":
            return enrolment.expect(turn)
        case "menu":
            return hub.menu_expect(turn.newest)
        case "item":
            assert ask is not None
            item = turn.release.items.get(ask.name)
            return item.expect if item else None
        case "event":
            assert ask is not None
            return answering.expect(turn, ask)
        case _:
            return None


def read_as(turn: Turn, signal: ReplyReceived, expect: Expect | None) -> Reading:
    """The text as an answer to what is expected."""
    return turn.shared.reader.read(signal.text, expect, turn.state.language, _local_now(turn))


def _local_now(turn: Turn) -> datetime:
    return local(turn.now, turn.state.zone()).replace(tzinfo=None)


def risk_with_recent(turn: Turn, signal: ReplyReceived, reading: Reading) -> Risk:
    """The worse of this text alone and the last texts joined ("I want to" / "die")."""
    state = turn.state
    recent = [text for text in state.recent if turn.now - text.at <= JOINED_WITHIN]
    risk = reading.risk
    if recent and reading.kind not in ("reaction", "auto_reply"):
        joined = turn.shared.reader.risk([*(text.text for text in recent), signal.text], state.language)
        if joined.tier != "none" and not _already_said(turn, recent, joined):
            risk = crisis.worse(risk, joined)
    state.recent = [*recent, Recent(turn.now, signal.text[:320])][-MAX_RECENT:]
    return risk


def _already_said(turn: Turn, recent: list[Recent], joined: Risk) -> bool:
    """Whether the earlier texts alone read as badly: then they have been answered, and this one adds nothing."""
    before = turn.shared.reader.risk([text.text for text in recent], turn.state.language)
    return crisis.TIERS.index(before.tier) >= crisis.TIERS.index(joined.tier)
