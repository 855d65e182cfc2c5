"""From a first text to an agreement: what is said before, and what is kept of it."""

from __future__ import annotations

from app.core import conversation, happenings, speaking
from app.core.reading.model import Expect, Option, Reading
from app.core.render import RenderFault
from app.core.state import Agreement, OpenAsk
from app.core.timing import HOUR, local_day
from app.core.turn import Turn

AGREE = "agree"
ONCE_IN = 6 * HOUR


def expect(turn: Turn) -> Expect:
    """What the question for consent expects: the word that the program asks for."""
    return Expect("choice", options=(Option(AGREE, turn.newest.consent.word),))


def offer(turn: Turn) -> None:
    """Send the words that are to be agreed to. Nothing else is sent before."""
    turn.state.asks = []
    message = _say(turn, turn.newest.consent.say, "consent/say")
    turn.state.asks.append(OpenAsk("consent", "", message, turn.now))
    turn.record("consent_offered", message=message, version=turn.newest.consent.version)


def hear(turn: Turn, ask: OpenAsk | None, reading: Reading, also: Reading) -> None:
    """Take what somebody texts who has not agreed yet; `also` is the same text read as yes or no."""
    if ask is None or ask.of != "consent":
        _say_how_to_begin(turn, reading)
    elif reading.value == AGREE or also.value == "yes":
        agree(turn, ask)
    elif also.value == "no":
        turn.state.asks.remove(ask)
        turn.record("consent_declined")
        _say(turn, turn.newest.consent.declined, "consent/declined")
    elif ask.tries == 0:
        ask.tries += 1
        _say(turn, turn.newest.consent.unclear, "consent/unclear")


def agree(turn: Turn, ask: OpenAsk) -> None:
    """Keep the agreement to care, and begin."""
    state, consent = turn.state, turn.newest.consent
    state.asks.remove(ask)
    state.consent["care"] = Agreement(
        turn.now, consent.version, state.language, state.channel, state.sender, turn.newest.number
    )
    state.enrolled_on = local_day(turn.now, state.zone())
    turn.record("consented", what="care", version=consent.version, zone=state.zone(), words=ask.message)
    _say(turn, consent.agreed, "consent/agreed")
    if state.entry:
        conversation.start(turn, state.entry, "asked_for")
        state.entry = ""
    happenings.happened(turn, "consented")


def _say_how_to_begin(turn: Turn, reading: Reading) -> None:
    said = turn.state.said.get("how_to_begin", -ONCE_IN)
    if reading.kind in ("reaction", "auto_reply") or turn.now - said < ONCE_IN:
        return
    turn.state.said["how_to_begin"] = turn.now
    turn.say_built_in("how_to_begin", "confirmation")


def _say(turn: Turn, text: dict[str, str], source: str) -> str:
    try:
        return turn.send(speaking.rendered(turn, text), "confirmation", source)
    except RenderFault as fault:
        turn.alert("content_fault", detail=f"{source}: {fault}")
        return ""
