"""Where a participant stands: what is waited for, what comes next, what is known."""

from __future__ import annotations

from app.chat.phone import Phone
from app.chat.words import date_of, stamp
from app.core.state import OpenAsk, Saved, State

SHOWN = 6  # variables that `:state` names at most


def waited_for(phone: Phone) -> str:
    """Why nothing was sent, in a few words."""
    state = phone.state
    if state.stopped is not None:
        return "they stopped; START brings the texts back"
    if "care" not in state.consent:
        return "waiting for consent" if state.asks else "waiting for START"
    if state.holds:
        return "held until a person clears it"
    if state.paused_until > phone.now:
        return f"paused until {stamp(state.paused_until, phone.zone)}"
    if state.asks:
        return f"waiting for an answer to {_question(state, state.asks[-1])}"
    return coming(phone)


def coming(phone: Phone) -> str:
    """What the clock meets next: `next is decision evening, Mon 18:00`."""
    if not phone.state.wake:
        return "nothing lies ahead"
    return f"next is {phone.ahead}, {stamp(phone.state.wake, phone.zone)}"


def standing(phone: Phone) -> list[str]:
    """The lines of `:state`."""
    state = phone.state
    clock = stamp(phone.now, phone.zone).split()[1]
    lines = [f"{date_of(phone.now, phone.zone)}, {clock} in {phone.zone}", _care(state)]
    lines += [f"held: {hold.kind} {hold.tier}".rstrip() for hold in state.holds]
    if state.conversation is not None:
        lines.append(f"going on: {state.conversation.intervention}/{state.conversation.event}")
    lines += [f"open: {_question(state, ask)}, since {stamp(ask.at, phone.zone)}" for ask in state.asks]
    known = [f"{name} {_shown(ring[-1])}" for name, ring in sorted(state.values.items()) if ring]
    if known:
        more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
        lines.append(f"known: {', '.join(known[:SHOWN])}{more}")
    return [*lines, coming(phone)]


def _care(state: State) -> str:
    if state.stopped is not None:
        return "stopped"
    if "care" not in state.consent:
        return "has not agreed to anything"
    return f"in care since {state.enrolled_on}; {state.finished_n} finished, {state.answered_n} answers"


def _question(state: State, ask: OpenAsk) -> str:
    match ask.of:
        case "event" if state.conversation is not None:
            return f"{state.conversation.intervention}/{ask.name}"
        case "consent":
            return "the question for consent"
        case "menu":
            return "the menu"
        case _:
            return ask.name


def _shown(saved: Saved) -> str:
    return f'"{saved.value}"' if saved.source.endswith("/own") else str(saved.value)
