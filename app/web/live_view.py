"""Everything that a page about one participant shows, at this moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from app.adapters.records.journal import Row
from app.adapters.records.participants import Loaded
from app.core.release import Release
from app.core.shared import Shared
from app.snapshots import NoRelease
from app.web.ahead import Ahead, what_comes
from app.web.bubbles import Bubble, bubbles
from app.web.content_note import ContentNote, content_note
from app.web.crisis_panel import CrisisPanel, crisis_panel
from app.web.local_time import clock_text, moment_text, place, span_text
from app.web.story import Story, story
from app.web.turns import Card, cards

if TYPE_CHECKING:
    from app.wiring import Parts

MOST_CARDS = 150
NOBODY = "p_nobody"


class ClockView(msgspec.Struct, frozen=True):
    """Care time, and what it will come to next."""

    care_now: int
    machine_now: int
    offset: int
    moved: str
    local: str
    clock: str
    zone: str
    place: str
    next: Ahead | None


class ReleaseView(msgspec.Struct, frozen=True):
    """The newest release, and the one that the participant speaks under."""

    program: str
    title: str
    number: int
    pinned: int


class LiveView(msgspec.Struct, frozen=True):
    """One look at one participant. `after` and `also` are given back with the next look."""

    after: str
    also: str
    cards: tuple[Card, ...]
    bubbles: tuple[Bubble, ...]
    crisis: CrisisPanel | None
    ahead: tuple[Ahead, ...]
    story: Story | None
    holds: tuple[str, ...]
    clock: ClockView
    release: ReleaseView | None
    content: ContentNote | None
    workers: dict[str, int]


def live_view(parts: Parts, participant: str, rows: Sequence[Row], workers: Mapping[str, int]) -> LiveView:
    """The look as it is now; raises RecordError when the record is away."""
    loaded = parts.participants.load(participant or NOBODY)
    shared = _shared(parts, loaded)
    release = _pinned(parts, loaded, shared)
    ahead = (
        what_comes(loaded.state, release, shared, loaded.care_now)
        if loaded.state and shared and release
        else []
    )
    zone = _zone(loaded, release)
    titles = {name: found.title for name, found in release.interventions.items()} if release else {}
    found = cards(rows, zone, titles)[-MOST_CARDS:]
    view = LiveView(
        after=rows[-1].id if rows else "",
        also="",
        cards=tuple(found),
        bubbles=tuple(bubbles(found)),
        crisis=crisis_panel(rows, zone),
        ahead=tuple(ahead),
        story=story(loaded.state) if loaded.state else None,
        holds=tuple(hold.kind for hold in loaded.state.holds) if loaded.state else (),
        clock=_clock(loaded, zone, _next(loaded, ahead)),
        release=_release_view(loaded, shared),
        content=content_note(parts.settings.data),
        workers=dict(workers),
    )
    return msgspec.structs.replace(view, also=_digest(view))


def _digest(view: LiveView) -> str:
    """A short mark of what can change without a new row."""
    next_at = view.clock.next.at if view.clock.next else 0
    marks = (view.clock.offset, next_at, view.holds, view.release, view.content, view.workers)
    return hashlib.sha256(msgspec.json.encode(marks)).hexdigest()[:12]


def _shared(parts: Parts, loaded: Loaded) -> Shared | None:
    program = loaded.state.program if loaded.state else parts.settings.senders[0].program
    try:
        return parts.snapshots.of(program)
    except NoRelease:
        return None


def _pinned(parts: Parts, loaded: Loaded, shared: Shared | None) -> Release | None:
    if shared is None or loaded.state is None:
        return shared.newest if shared else None
    if loaded.state.conversation is None:  # whatever begins next begins on the newest
        return shared.newest
    return parts.snapshots.pinned(loaded.state.program, loaded.state.release, shared)


def _ahead(loaded: Loaded, release: Release | None, shared: Shared | None) -> list[Ahead]:
    if loaded.state is None or shared is None or release is None:
        return []
    return what_comes(loaded.state, release, shared, loaded.care_now)


def _zone(loaded: Loaded, release: Release | None) -> str:
    if loaded.state:
        return loaded.state.zone()
    return release.default_zone if release else "UTC"


def _next(loaded: Loaded, ahead: Sequence[Ahead]) -> Ahead | None:
    """The next wake-up as the state knows it, named by what lies ahead first."""
    return ahead[0] if loaded.state and loaded.state.wake and ahead else None


def _clock(loaded: Loaded, zone: str, coming: Ahead | None) -> ClockView:
    offset = loaded.care_now - loaded.machine_now
    return ClockView(
        care_now=loaded.care_now,
        machine_now=loaded.machine_now,
        offset=offset,
        moved=span_text(offset) if offset else "",
        local=moment_text(loaded.care_now, zone),
        clock=clock_text(loaded.care_now, zone),
        zone=zone,
        place=place(zone),
        next=coming,
    )


def _release_view(loaded: Loaded, shared: Shared | None) -> ReleaseView | None:
    if shared is None:
        return None
    newest = shared.newest
    return ReleaseView(
        newest.program, newest.title, newest.number, loaded.state.release if loaded.state else 0
    )
