"""How large a participant and the journal become in eight weeks of answering on most days.

`python benchmarks/lives.py`; the spine on a real Redis, a carrier that only takes notes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.adapters.records.keys import SHARDS
from app.core.reading.model import Expect
from app.core.release import Release
from app.core.state import OpenAsk, State, encode
from app.core.timing import next_on_days
from benchmarks.deployments import ROOT
from benchmarks.tables import percentile, show
from benchmarks.worlds import ZONE, enrolled, fresh, redis_at, release_of
from tests.shell.conftest import World

WEEKS, LIVES = 8, 20
ANSWERS = 0.85  # of the questions asked on a day on which they answer
SILENT_DAYS = 0.15
OWN_WORDS = (
    "A short walk by the river with my neighbor, the light was soft",
    "More patience with my kids, and some sleep",
    "Coffee on the porch before anyone was up",
    "My sister called, out of nowhere, and we laughed about the old house",
)


class Life:
    """One person: answers most questions on most days, from chance of their own."""

    def __init__(self, world: World, number: str) -> None:
        self._world, self.number = world, number
        self._chance = Random(number)
        self._left: set[str] = set()  # questions that they chose not to answer
        self._silent = False
        self.who = world.parts.participants.find(number)

    def new_day(self) -> None:
        """Perhaps a day on which they answer nothing."""
        self._silent = self._chance.random() < SILENT_DAYS

    def state(self) -> State:
        """Their state now."""
        state = self._world.parts.participants.load(self.who).state
        assert state is not None
        return state

    def sealed(self) -> int:
        """Bytes of their sealed state."""
        parts = self._world.parts
        return int(parts.connection.hstrlen(parts.keys.participant(self.who), "state"))

    def memory(self) -> int:
        """Bytes that Redis needs for their record."""
        parts = self._world.parts
        return int(parts.connection.memory_usage(parts.keys.participant(self.who)) or 0)

    def answer(self) -> None:
        """Answer what is open, and what follows from it; or leave it."""
        for _ in range(0 if self._silent else 6):
            state = self.state()
            ask = state.asks[-1] if state.asks else None
            words = self._words(state, ask) if ask and ask.message not in self._left else ""
            if not words or ask is None:
                return
            if self._chance.random() > ANSWERS:
                self._left.add(ask.message)
                return
            self._world.parts.marks.move_care(10_000)
            self._world.text(words, number=self.number)
            self._world.deliver()

    def _words(self, state: State, ask: OpenAsk) -> str:
        release = self._world.parts.snapshots.of(state.program).newest
        expect = _expected(release, state, ask)
        if expect is None:
            return ""
        match expect.kind:
            case "scale":
                return str(self._chance.randint(expect.low, expect.high))
            case "choice":
                return self._chance.choice(expect.options).label
            case "text":
                return self._chance.choice(OWN_WORDS)
            case "number":
                return str(self._chance.randint(1, 9))
            case other:
                return {"yes_no": self._chance.choice(("yes", "no")), "time": "7 pm", "done": "done"}.get(
                    other, ""
                )


def main() -> None:
    """Live, and print the table."""
    with tempfile.TemporaryDirectory() as folder, redis_at(Path(folder) / "redis") as connection:
        show_lives(fresh(connection, release_of(ROOT / "content" / "lighter-days")))


def show_lives(world: World) -> None:
    """Print how large people become."""
    began = time.perf_counter()
    lives = [Life(world, number) for number in enrolled(world, LIVES)]
    sizes = live(world, lives)
    days = LIVES * WEEKS * 7
    journal = world.parts.keys.journal
    rows = world.parts.connection.xrange(journal)
    raw = sum(len(name) + len(value) for _, row in rows for name, value in row.items())
    memory = world.parts.connection.memory_usage(journal, samples=0) or 0
    show(
        f"{LIVES} people, {WEEKS} weeks of lighter-days, {len(world.carrier.book) / days:.1f} texts of ours a day"
        f" each ({time.perf_counter() - began:.0f} s to live)",
        ("what", "median", "max"),
        [
            ("sealed state at the end of any day, bytes", *_middle_and_most(sizes)),
            ("sealed state at the end, bytes", *_middle_and_most([life.sealed() for life in lives])),
            (
                "state as JSON at the end, bytes",
                *_middle_and_most([len(encode(life.state())) for life in lives]),
            ),
            ("whole record in Redis, bytes", *_middle_and_most([life.memory() for life in lives])),
            ("journal rows a person and day", f"{len(rows) / days:.1f}", ""),
            ("journal bytes a person and day, fields", f"{raw / days:.0f}", ""),
            ("journal bytes a person and day, Redis memory", f"{memory / days:.0f}", ""),
        ],
    )


def live(world: World, lives: list[Life]) -> list[int]:
    """Sealed bytes of each person's state at the end of each day."""
    marks, sizes = world.parts.marks, []
    for _ in range(WEEKS * 7):
        midnight = next_on_days(marks.care_now(), "00:00", ZONE)
        for life in lives:
            life.new_day()
            life.answer()
        while (due := _next_due(world)) and due < midnight:
            marks.move_care(max(0, due - marks.care_now()))
            world.wake()
            world.deliver()
            for life in lives:
                life.answer()
        marks.move_care(max(0, midnight - marks.care_now()))
        sizes += [life.sealed() for life in lives]
    return sizes


def _expected(release: Release, state: State, ask: OpenAsk) -> Expect | None:
    if ask.of == "item":
        return release.items[ask.name].expect
    if ask.of != "event" or state.conversation is None:
        return None
    events = release.interventions[state.conversation.intervention].events
    return next((event.ask.expect for event in events if event.id == ask.name and event.ask), None)


def _next_due(world: World) -> int:
    connection, keys = world.parts.connection, world.parts.keys
    first = [connection.zrange(keys.wake(shard), 0, 0, withscores=True) for shard in range(SHARDS)]
    return min((int(found[0][1]) for found in first if found), default=0)


def _middle_and_most(values: list[int]) -> tuple[float, int]:
    return percentile(values, 0.5), max(values)


if __name__ == "__main__":
    main()
