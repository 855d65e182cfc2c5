"""A text of theirs: danger and opt-out first, then whatever it answers."""

from __future__ import annotations

from typing import Literal

from app.core import answering, assessments, conversation, crisis, enrolment, hub, opting, understanding
from app.core.limits import note_text
from app.core.reading.model import Expect, Reading, Risk
from app.core.signals import ReplyReceived
from app.core.state import OpenAsk
from app.core.turn import Turn


def hear(turn: Turn, signal: ReplyReceived) -> None:
    """Read a text and act on it; risk and opt-out are read in every state, independently of each other."""
    state = turn.state
    note_text(state.guard, signal.text, turn.now)
    turn.state.unanswered_in_a_row = 0
    if state.reach.status == "later":
        state.reach.status = "ok"
    _take_back_unsent(turn, signal)
    ask, reading = understanding.best_reading(turn, signal)
    risk = understanding.risk_with_recent(turn, signal, reading)
    _record(turn, signal, reading, risk, ask)
    _act(turn, signal, reading, risk, ask)


def hear_urgent(turn: Turn, signal: ReplyReceived) -> None:
    """Read a text and act on danger, STOP, START and HELP alone; anything else gets a plain built-in word."""
    note_text(turn.state.guard, signal.text, turn.now)
    reading = understanding.read_as(turn, signal, None)
    risk = understanding.risk_with_recent(turn, signal, reading)
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
    enrolment.hear(turn, ask, reading, also=understanding.read_as(turn, signal, Expect("yes_no")))


def _pulled(turn: Turn, signal: ReplyReceived, reading: Reading, ask: OpenAsk | None) -> bool:
    """Whether the text was a keyword; a word that a closed question offers is its answer instead."""
    expect = understanding.expected(turn, ask)
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
