"""The hub between interventions: menu, keywords, pause, and what is said to a text that nobody asked for."""

from __future__ import annotations

from app.core import conversation, speaking
from app.core.reading.model import Expect, Option, Reading
from app.core.release import Release
from app.core.render import RenderFault
from app.core.state import OpenAsk
from app.core.timing import DAY, HOUR, SECOND
from app.core.turn import Turn
from app.core.wording import built_in

LATER_SECONDS = 2 * 3600
PAUSE = 3 * DAY
MENU_OPEN = 2 * HOUR
SILENT_KINDS = ("small_talk", "reaction", "auto_reply", "empty")


def keyword(release: Release, text: str) -> str:
    """The intervention that the whole text is the word for, or empty."""
    word = "".join(letter for letter in text.upper() if letter.isalnum())
    return release.keywords.get(word, "")


def pull(turn: Turn, intervention: str) -> None:
    """Start what they asked for, at any hour; it takes the place of what was going on."""
    conversation.close(turn, "interrupted")
    turn.state.asks = [ask for ask in turn.state.asks if ask.of == "item"]
    turn.release = turn.newest
    conversation.start(turn, intervention, "asked_for")


def menu_expect(release: Release) -> Expect:
    """What the menu expects: the number of one of its lines."""
    lines = enumerate(release.hub.menu, 1)
    return Expect("choice", options=tuple(Option(str(number), entry.label) for number, entry in lines))


def show_menu(turn: Turn, tries: int = 0) -> None:
    """Send the menu and wait for a number; `tries` counts numbers that it does not have."""
    lines = [f"{number} {entry.label}" for number, entry in enumerate(turn.newest.hub.menu, 1)]
    body = "\n".join([built_in("menu", turn.state.language), *lines])
    message = turn.send(body, "reply", "hub/menu", asks=True)
    turn.state.asks = [ask for ask in turn.state.asks if ask.of != "menu"]
    turn.state.asks.append(OpenAsk("menu", "", message, turn.now, expires=turn.now + MENU_OPEN, tries=tries))


def pick(turn: Turn, reading: Reading) -> None:
    """Start the line of the menu that was picked."""
    turn.state.asks = [ask for ask in turn.state.asks if ask.of != "menu"]
    entry = turn.newest.hub.menu[int(str(reading.value)) - 1]
    turn.record("picked", start=entry.start)
    pull(turn, entry.start)


def later(turn: Turn) -> None:
    """LATER: put off what is going on."""
    if turn.state.conversation is None:
        turn.say_built_in("later_none", "reply")
        return
    conversation.put_off(turn, LATER_SECONDS)
    turn.say_built_in("later", "reply")


def pause(turn: Turn) -> None:
    """PAUSE: nothing unprompted for three days."""
    conversation.close(turn, "paused")
    turn.drop_outgoing("paused", keep=("risk", "confirmation", "reply"))
    turn.state.paused_until = turn.now + PAUSE
    turn.record("paused", until=turn.state.paused_until)
    _say(turn, turn.newest.hub.paused, "hub/paused")


def unprompted(turn: Turn, reading: Reading) -> None:
    """A text that nobody asked for: a plain answer, at most once in a while; small talk gets silence."""
    if reading.kind in SILENT_KINDS:
        turn.record("left_in_silence", text_kind=reading.kind)
        return
    hub = turn.newest.hub
    every = hub.unprompted_every * SECOND
    if turn.now - turn.state.said.get("unprompted", -every) < every:
        turn.record("left_in_silence", text_kind=reading.kind, detail="such a text was answered lately")
        return
    turn.state.said["unprompted"] = turn.now
    _say(turn, hub.unprompted, "hub/unprompted")


def nothing_open(turn: Turn) -> None:
    """SKIP when nothing was asked."""
    _say(turn, turn.newest.hub.nothing_open, "hub/nothing_open")


def _say(turn: Turn, text: dict[str, str], source: str) -> None:
    try:
        turn.send(speaking.rendered(turn, text), "reply", source)
    except RenderFault as fault:
        turn.alert("content_fault", detail=f"{source}: {fault}")
