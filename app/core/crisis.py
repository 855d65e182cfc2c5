"""When a text reads as danger: one answer with real help at once, a hold on everything else, and a person paged.

Silence never clears a hold, and a WRONG that crossed our answer does not count. The word is no answer that a
question of ours could take: a number meant for an open question must not clear a hold by accident.
"""

from __future__ import annotations

from app.core import conversation
from app.core.effects import MessageClass
from app.core.reading.model import Reading, Risk, Tier
from app.core.signals import ReplyReceived
from app.core.state import Hold
from app.core.timing import HOUR, MINUTE
from app.core.turn import Turn
from app.core.wording import Name

TIERS: tuple[Tier, ...] = ("none", "check", "passive", "active", "imminent")
MISREAD_WORDS = ("wrong", "error")
RISK: MessageClass = "risk"
HELD_EVERY = 10 * MINUTE


def is_risk(risk: Risk) -> bool:
    """Whether a text is answered as danger: passive and everything above it."""
    return TIERS.index(risk.tier) >= TIERS.index("passive")


def worse(first: Risk, second: Risk) -> Risk:
    """The one of the higher tier; the first when they are equal."""
    return second if TIERS.index(second.tier) > TIERS.index(first.tier) else first


def answer(turn: Turn, risk: Risk, stopping: bool) -> None:
    """Answer with real help, hold everything cheerful, and page a person."""
    state = turn.state
    turn.drop_outgoing("risk_hold", keep=("risk", "confirmation"))
    message = _say(turn, risk, stopping)
    hold = _hold(turn, risk)
    hold.answer = message or hold.answer
    turn.record(
        "risk",
        tier=risk.tier,
        kind_of_risk=risk.kind,
        about=risk.about,
        row=risk.row,
        words=risk.words,
        case=hold.case,
        message=message,
    )
    detail = "texts may not reach them: call" if state.stopped or stopping else ""
    turn.alert("risk", "page", f"{risk.tier} {risk.kind} {risk.about} {detail}".strip())


def check(turn: Turn, risk: Risk) -> bool:
    """Ask softly, at most twice a day; returns whether something was said."""
    said = turn.state.said.get("check", -12 * HOUR)
    turn.record("risk_check", tier=risk.tier, kind_of_risk=risk.kind, row=risk.row, words=risk.words)
    if turn.now - said < 12 * HOUR:
        return False
    turn.state.said["check"] = turn.now
    return bool(turn.say_built_in("check", "risk"))


def held(turn: Turn) -> Hold | None:
    """The risk hold that stands, or None."""
    return next((hold for hold in turn.state.holds if hold.kind == "risk"), None)


def hear_held(turn: Turn, hold: Hold, signal: ReplyReceived, reading: Reading) -> None:
    """Take a text without risk while care is held: WRONG says that we read it so."""
    if signal.text.strip().strip(".!").lower() in MISREAD_WORDS and hold.answer not in signal.unsent:
        _misread(turn, hold)
        return
    said = turn.state.said.get("held", -HELD_EVERY)
    if reading.kind in ("reaction", "auto_reply") or turn.now - said < HELD_EVERY:
        return
    say_held(turn)


def say_held(turn: Turn) -> None:
    """Say that care stands still, and where a person is."""
    turn.state.said["held"] = turn.now
    turn.say_built_in("held", RISK)


def clear(turn: Turn, hold: Hold, by: str) -> None:
    """End a hold; questions that were open wait on from where they were."""
    turn.state.holds.remove(hold)
    for ask in turn.state.asks:
        ask.at += turn.now - max(hold.since, ask.at)
    turn.record("hold_cleared", hold=hold.kind, case=hold.case, by=by, held_ms=turn.now - hold.since)


def _misread(turn: Turn, hold: Hold) -> None:
    turn.record("risk_misread", case=hold.case, tier=hold.tier)
    if hold.tier == "imminent":
        turn.say_built_in("misread_held", RISK)
        turn.alert("risk_misread", "page", "imminent: a person decides")
        return
    clear(turn, hold, "participant")
    turn.say_built_in("misread", RISK)
    conversation.ask_again(turn)


def _say(turn: Turn, risk: Risk, stopping: bool) -> str:
    state = turn.state
    if state.stopped is not None:
        said = state.said.get("risk_after_stop", -24 * HOUR)
        if turn.now - said < 24 * HOUR:
            return ""
        state.said["risk_after_stop"] = turn.now
    name = _wording(turn, risk, stopping)
    state.said["risk"] = turn.now
    return turn.say_built_in(name, RISK, risk.language)  # in the language that they wrote in


def _wording(turn: Turn, risk: Risk, stopping: bool) -> Name:
    if stopping and turn.state.stopped is None:
        return "risk_and_stop"
    if risk.kind == "medical":
        return "risk_medical"
    if risk.about == "other" or risk.kind in ("violence_by", "abuse"):
        return "risk_other"
    just_said = turn.now - turn.state.said.get("risk", -HOUR) < 10 * MINUTE
    return "risk_again" if just_said else "risk"


def _hold(turn: Turn, risk: Risk) -> Hold:
    found = held(turn)
    if found is None:
        case = f"{turn.state.participant}-{turn.state.seq}"
        found = Hold("risk", turn.now, case, risk.tier, risk.about, risk.kind)
        turn.state.holds.append(found)
        turn.record("hold", hold="risk", case=case, tier=risk.tier)
    elif TIERS.index(risk.tier) > TIERS.index(_tier(found)):
        found.tier = risk.tier
    return found


def _tier(hold: Hold) -> Tier:
    return next((tier for tier in TIERS if tier == hold.tier), "none")
