"""A text of theirs: read once, danger and opt-out first, then whatever it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from app.core import answering, assessments, conversation, crisis, enrolment, hub, opting
from app.core.limits import note_text
from app.core.reading.model import Expect, Reading, Risk
from app.core.signals import ReplyReceived
from app.core.state import MAX_RECENT, OpenAsk, Recent
from app.core.timing import MINUTE, local
from app.core.turn import Turn

JOINED_WITHIN = 2 * MINUTE


def hear(turn: Turn, signal: ReplyReceived) -> None:
    """Read a text and act on it; risk and opt-out are read in every state, independently of each other."""
    state = turn.state
    note_text(state.guard, signal.text, turn.now)
    turn.state.unanswered_in_a_row = 0
    if state.reach.status == "later":
        state.reach.status = "ok"
    _take_back_unsent(turn, signal)
    ask, reading = _best_reading(turn, signal)
    risk = _risk_with_recent(turn, signal, reading)
    _record(turn, signal, reading, risk, ask)
    _act(turn, signal, reading, risk, ask)


def hear_urgent(turn: Turn, signal: ReplyReceived) -> None:
    """Read a text and act on danger, STOP, START and HELP alone; anything else gets a plain built-in word."""
    reading = _read(turn, signal, None)
    risk = _risk_with_recent(turn, signal, reading)
    _record(turn, signal, reading, risk, None)
    if not _act_urgent(turn, signal, reading, risk) and turn.state.in_care() and not turn.state.holds:
        turn.say_built_in("content_fault", "reply")


def _act(turn: Turn, signal: ReplyReceived, reading: Reading, risk: Risk, ask: OpenAsk | None) -> None:
    if not _act_urgent(turn, signal, reading, risk):
        _act_in_care(turn, signal, reading, risk, ask)


def _act_urgent(turn: Turn, signal: ReplyReceived, reading: Reading, risk: Risk) -> bool:
    """Act on danger, STOP, START and HELP; whether that was all there is to do."""
    carrier = signal.carrier_opt_out
    stopping = reading.opt_out or reading.command == "stop" or carrier == "STOP"
    danger = crisis.is_risk(risk)
    if danger:
        crisis.answer(turn, risk, stopping and not carrier)
    if stopping:
        opting.stop(turn, _how(reading, carrier), confirm=not danger and not carrier)
    if danger or stopping:
        return True
    if reading.command == "start" or carrier == "START":
        opting.start(turn, bool(carrier))
    elif turn.state.stopped is not None:
        turn.record("left_in_silence", text_kind=reading.kind, detail="stopped")
    elif reading.command == "help" or carrier == "HELP":
        opting.help_(turn, bool(carrier))
    else:
        return False
    return True


def _act_in_care(
    turn: Turn, signal: ReplyReceived, reading: Reading, risk: Risk, ask: OpenAsk | None
) -> None:
    hold = crisis.held(turn)
    if hold is not None:
        crisis.hear_held(turn, hold, signal, reading)
        return
    if risk.tier == "check" and crisis.check(turn, risk) and not (ask and reading.understood):
        return
    if not turn.state.in_care():
        _before_consent(turn, signal, reading, ask)
    elif signal.media and not signal.text.strip():
        turn.say_built_in("media", "reply")
    elif reading.kind in ("reaction", "auto_reply"):
        turn.record("left_in_silence", text_kind=reading.kind)
    elif not _pulled(turn, signal, reading, ask) and not _commanded(turn, reading, ask):
        _answered(turn, reading, ask)


def _before_consent(turn: Turn, signal: ReplyReceived, reading: Reading, ask: OpenAsk | None) -> None:
    word = hub.keyword(turn.newest, signal.text)
    if word:
        turn.state.entry = word
        enrolment.offer(turn)
        return
    enrolment.hear(turn, ask, reading, also=_read(turn, signal, Expect("yes_no")))


def _pulled(turn: Turn, signal: ReplyReceived, reading: Reading, ask: OpenAsk | None) -> bool:
    """Whether the text was a keyword; a word that a closed question offers is its answer instead."""
    expect = _expect(turn, ask)
    intervention = hub.keyword(turn.newest, signal.text)
    if not intervention or (expect and expect.kind != "text" and reading.understood):
        return False
    hub.pull(turn, intervention)
    return True


def _commanded(turn: Turn, reading: Reading, ask: OpenAsk | None) -> bool:
    match reading.command:
        case "menu":
            hub.show_menu(turn)
        case "later":
            hub.later(turn)
        case "pause":
            hub.pause(turn)
        case "skip":
            _skip(turn, ask)
        case _:
            return False
    return True


def _skip(turn: Turn, ask: OpenAsk | None) -> None:
    if ask is None:
        hub.nothing_open(turn)
    elif ask.of == "event":
        answering.skip(turn, ask)
    elif ask.of == "item":
        turn.state.asks.remove(ask)
        assessments.missing(turn, ask.name, ask.decision, "skipped")
        turn.say_built_in("skipped", "reply")
    else:
        turn.state.asks.remove(ask)
        turn.say_built_in("skipped", "reply")


def _answered(turn: Turn, reading: Reading, ask: OpenAsk | None) -> None:
    if ask is None or (reading.kind == "small_talk" and not reading.understood):
        hub.unprompted(turn, reading)
        return
    match ask.of, reading.understood:
        case "event", True:
            answering.answer(turn, ask, reading)
        case "event", False:
            answering.not_understood(turn, ask)
        case "item", True:
            assessments.answer(turn, ask, reading)
        case "item", False:
            assessments.not_understood(turn, ask)
        case "menu", True:
            hub.pick(turn, reading)
        case "menu", False if ask.tries == 0 and reading.kind == "answer":
            hub.show_menu(turn, tries=1)
        case _:
            turn.state.asks.remove(ask)
            hub.unprompted(turn, reading)


def _take_back_unsent(turn: Turn, signal: ReplyReceived) -> None:
    """An unprompted text that has not left is wrong now: they are writing to us themselves."""
    state = turn.state
    waiting = tuple(
        entry.id for entry in state.outgoing if entry.cls == "scheduled" and entry.id in signal.unsent
    )
    if not waiting:
        return
    turn.drop_outgoing("stale", only=waiting)
    for ask in [ask for ask in state.asks if ask.message in waiting]:
        state.asks.remove(ask)
        if ask.of == "event":
            conversation.close(turn, "stale")
        else:
            assessments.missing(turn, ask.name, ask.decision, "in_conversation")


def _best_reading(turn: Turn, signal: ReplyReceived) -> tuple[OpenAsk | None, Reading]:
    """The question that a reply answers, and the reading: of those that have left, the last one.

    A text that does not fit it is tried on the closed questions still open before it: what fits one of those
    is its answer beyond doubt.
    """
    left = [ask for ask in reversed(turn.state.asks) if ask.message not in signal.unsent]
    last = left[0] if left else None
    reading = _read(turn, signal, _expect(turn, last))
    if reading.understood or reading.command or reading.kind not in ("answer", "unprompted"):
        return last, reading
    for earlier in left[1:]:
        expect = _expect(turn, earlier)
        if expect is not None and expect.kind != "text":
            other = _read(turn, signal, expect)
            if other.understood:
                return earlier, other
    return last, reading


def _expect(turn: Turn, ask: OpenAsk | None) -> Expect | None:
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


def _read(turn: Turn, signal: ReplyReceived, expect: Expect | None) -> Reading:
    return turn.shared.reader.read(signal.text, expect, turn.state.language, _local_now(turn))


def _local_now(turn: Turn) -> datetime:
    return local(turn.now, turn.state.zone()).replace(tzinfo=None)


def _risk_with_recent(turn: Turn, signal: ReplyReceived, reading: Reading) -> Risk:
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


def _record(turn: Turn, signal: ReplyReceived, reading: Reading, risk: Risk, ask: OpenAsk | None) -> None:
    turn.record(
        "heard",
        text=signal.text,
        sid=signal.id,
        sent_at=signal.at,
        late=signal.late,
        media=signal.media,
        carrier_opt_out=signal.carrier_opt_out,
        read_as=reading.kind,
        command=reading.command,
        keyword=hub.keyword(turn.newest, signal.text),
        opt_out=reading.opt_out,
        risk=risk if risk.tier != "none" else None,
        understood=reading.understood,
        value=reading.value,
        why=reading.why,
        ask=f"{ask.of}:{ask.name}" if ask else "",
        answers=ask.message if ask else "",
        decision=ask.decision if ask else "",
    )


def _how(reading: Reading, carrier: str) -> Literal["word", "meaning", "carrier"]:
    if carrier:
        return "carrier"
    return "word" if reading.command == "stop" else "meaning"
