"""What a turn costs on a real Redis, and how many wake-ups a second.

`python benchmarks/turn.py`; in one process, the carrier only takes notes, every commit is on the disk.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.adapters.records.keys import SHARDS
from app.adapters.records.participants import Committed
from app.core.decide import decide
from app.core.reading.model import Expect
from app.core.signals import ReplyReceived
from app.core.state import encode
from app.handle import wake_signal
from benchmarks.tables import better_half, percentile, show
from benchmarks.worlds import HOUR, MINUTE, ZONE, enrolled, fresh, redis_at, release_of, with_reminder
from tests.shell.conftest import World
from tests.whole.counting import write_counting

PEOPLE, TURNS = 20, 50
WAKES, BATCHES = 800, 8
Due = list[tuple[str, int]]


def main() -> None:
    """Measure, and print the tables."""
    with tempfile.TemporaryDirectory() as folder, redis_at(Path(folder) / "redis") as connection:
        counting = write_counting(Path(folder) / "content")
        with_reminder(counting)
        release = release_of(counting)
        show_turns(fresh(connection, release))
        show_wakes(fresh(connection, release))


def show_turns(world: World) -> None:
    """Print what each part of answering a closed question takes."""
    took = turns(world)
    durable = _timed(1000, lambda: world.parts.connection.set("floor", b"x" * 1000))
    rows = [("Redis alone: one durable SET of 1 kB", durable), *took.items()]
    first = percentile(durable, 0.5)
    show(
        "One turn: a closed question is answered, microseconds",
        ("part", "n", "p50", "p95", "p50 against the durable SET"),
        [
            (name, len(n), percentile(n, 0.5), percentile(n, 0.95), f"{percentile(n, 0.5) / first:.2f}x")
            for name, n in rows
        ],
    )


def turns(world: World) -> dict[str, list[float]]:
    """Microseconds of each part, measured one after the other in the same turns."""
    numbers = enrolled(world, PEOPLE)
    took: dict[str, list[float]] = {}
    sids = (f"SM{count:032x}" for count in itertools.count(10**12))
    for turn in range(TURNS):
        for number in numbers:
            signal = ReplyReceived(id=next(sids), text=str(turn), at=0, sender="s1", zones=(ZONE,))
            spans = dict(_parts_of_turn(world, number, signal))
            spans["the whole turn"] = sum(spans[part] for part in ("load and open", DECIDE, COMMIT))
            for part, seconds in spans.items():
                took.setdefault(part, []).append(seconds * 1e6)
        world.deliver()
    return took


DECIDE, COMMIT = "decide (reads too)", "commit (seals too)"


def _parts_of_turn(world: World, number: str, signal: ReplyReceived) -> Iterator[tuple[str, float]]:
    parts = world.parts
    shared = parts.snapshots.of("counting")
    began = time.perf_counter()
    loaded = parts.participants.load_by_number(number, signal.id, lambda: "p_none")
    yield "load and open", time.perf_counter() - began
    began = time.perf_counter()
    shared.reader.read(signal.text, Expect("number"), "en", loaded.care_now)
    yield "read", time.perf_counter() - began
    assert loaded.state is not None
    began = time.perf_counter()
    state, effects = decide(loaded.state, signal, shared.newest, shared, loaded.care_now)
    yield DECIDE, time.perf_counter() - began
    began = time.perf_counter()
    parts.vault.seal(loaded.key, encode(state), f"state/{loaded.id}")
    yield "seal the state", time.perf_counter() - began
    began = time.perf_counter()
    answer = parts.participants.commit(Committed(loaded, signal.id, state, effects, "0", 0.0))
    yield COMMIT, time.perf_counter() - began
    assert answer == "done", answer


def show_wakes(world: World) -> None:
    """Print wake-ups a second, in batches and one by one, taken in turns."""
    enrolled(world, WAKES)
    world.parts.marks.move_care(4 * HOUR + MINUTE)
    due = _claimed(world)
    size = len(due) // (2 * BATCHES)
    pieces = [due[start : start + size] for start in range(0, size * 2 * BATCHES, size)]
    spine = world.parts.spine

    def one_by_one(piece: Due) -> None:
        for who, at in piece:
            spine.handle(who, wake_signal(who, at))

    batched, single = [], []
    for first, second in zip(pieces[::2], pieces[1::2], strict=True):
        batched.append(_rate(first, spine.wake_many))
        single.append(_rate(second, one_by_one))
    stale = [_rate(piece, spine.wake_many) for piece in pieces[::2]]
    one = better_rate(single)
    show(
        f"Wake-ups a second (a reminder is rendered and committed; pieces of {size})",
        ("how", "a second", "lowest", "highest", "against one by one"),
        [
            (
                name,
                better_rate(rates),
                min(rates),
                max(rates),
                f"{better_rate(rates) / one:.1f}x",
            )
            for name, rates in (("wake_many", batched), ("one by one", single), ("stale, wake_many", stale))
        ],
    )


def better_rate(rates: list[float]) -> float:
    """The rate whose time is the better-half median."""
    return 1 / better_half([1 / rate for rate in rates])


def _claimed(world: World) -> Due:
    now, participants = world.parts.marks.care_now(), world.parts.participants
    return [pair for shard in range(SHARDS) for pair in participants.claim_wakes(shard, now, 60_000, 1000)]


def _rate(piece: Due, wake: Callable[[Due], object]) -> float:
    began = time.perf_counter()
    wake(piece)
    return len(piece) / (time.perf_counter() - began)


def _timed(times: int, step: Callable[[], object]) -> list[float]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        step()
        took.append((time.perf_counter() - began) * 1e6)
    return took


if __name__ == "__main__":
    main()
