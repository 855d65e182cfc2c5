"""What rules and texts may know about a participant: declared variables, and a few that always exist."""

from __future__ import annotations

from typing import Any

from app.core.reading.model import Reading
from app.core.release import Release, Variable
from app.core.render import OwnWords, RenderFault, compute
from app.core.state import MAX_MOMENTS, MAX_RING, MAX_WORDS, Saved, State
from app.core.timing import SECOND, WEEKDAYS, days_between, local


def values(state: State, release: Release, now: int) -> dict[str, object]:
    """Every name a condition or text may use, with its value; None for what is not known yet."""
    known = _always(state, release, now)
    for variable in release.variables.values():
        if variable.kind != "computed":
            known[variable.name] = _current(state, variable, now)
    if state.conversation is not None:
        known.update({name: _shown(saved) for name, saved in state.conversation.saved.items()})
    for name in _local_names(state, release):
        known.setdefault(name, None)
    for variable in release.variables.values():
        if variable.kind == "computed":
            known[variable.name] = _computed(variable, known)
    return known


def snapshot(state: State, release: Release, now: int) -> dict[str, object]:
    """The values as the journal keeps them beside a decision; own words only as present or not."""
    return {
        name: (value.text != "" if isinstance(value, OwnWords) else value)
        for name, value in values(state, release, now).items()
        if value is not None and name != "sender_name"
    }


def save(state: State, release: Release, name: str, saved: Saved) -> None:
    """Keep a value: in the variable's ring when it is declared, else with the conversation."""
    variable = release.variables.get(name)
    if variable is None and name not in release.items:
        if state.conversation is not None:
            state.conversation.saved[name] = saved
        return
    ring = state.values.setdefault(name, [])
    ring.append(saved)
    del ring[: -min(variable.keep if variable else MAX_RING, MAX_RING)]


def forget(state: State, name: str) -> None:
    """Delete the newest value of a variable, wherever it is kept."""
    if state.conversation is not None and state.conversation.saved.pop(name, None) is not None:
        return
    ring = state.values.get(name)
    if ring:
        ring.pop()


def keep_moment(state: State, saved: Saved) -> None:
    """Keep own words as a moment of the narrative."""
    state.moments.append(saved)
    del state.moments[:-MAX_MOMENTS]


def find_saved(state: State, name: str) -> Saved | None:
    """The newest value under a name, or None."""
    if state.conversation is not None and name in state.conversation.saved:
        return state.conversation.saved[name]
    return state.value(name)


def saved_from(reading: Reading, now: int, source: str) -> Saved:
    """The value of an answer, ready to be kept."""
    value = reading.value[:MAX_WORDS] if isinstance(reading.value, str) else reading.value
    return Saved(value, now, source, reading.quotable)


def clock_time(state: State, release: Release, at: str, now: int) -> str:
    """The clock time of a decision point: as written, or from the time variable of that name."""
    if ":" in at:
        return at
    current = _current(state, release.variables[at], now)
    return str(current)


def _always(state: State, release: Release, now: int) -> dict[str, object]:
    moment = local(now, state.zone())
    return {
        "weekday": WEEKDAYS[moment.weekday()],
        "hour": moment.hour,
        "days_in": days_between(state.enrolled_on, now, state.zone()) if state.enrolled_on else 0,
        "answered_n": state.answered_n,
        "finished_n": state.finished_n,
        "unanswered_in_a_row": state.unanswered_in_a_row,
        "language": state.language,
        "sender_name": release.sender_name,
        "because_line": "",
        "hint": "",
    }


def _current(state: State, variable: Variable, now: int) -> object:
    saved = state.value(variable.name)
    if saved is None or (variable.stale_after and now - saved.at > variable.stale_after * SECOND):
        return variable.default
    return _shown(saved)


def _shown(saved: Saved) -> Any:
    if isinstance(saved.value, str) and saved.source.endswith("/own"):
        return OwnWords(saved.value, saved.quotable)
    return saved.value


def _computed(variable: Variable, known: dict[str, object]) -> object:
    try:
        return compute(variable.computed, known)
    except RenderFault:
        return variable.default


def _local_names(state: State, release: Release) -> list[str]:
    conversation = state.conversation
    if conversation is None or conversation.intervention not in release.interventions:
        return []
    events = release.interventions[conversation.intervention].events
    return [event.ask.save for event in events if event.ask and event.ask.save]
