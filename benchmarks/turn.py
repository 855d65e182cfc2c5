"""What a turn costs on a real Redis, how many wake-ups a second, and how large a life of eight weeks becomes.

`python benchmarks/turn.py`; in one process, the carrier only takes notes, every commit is on the disk.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import redis

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.adapters.records.keys import SHARDS
from app.adapters.records.participants import Committed
from app.content.load import load_program
from app.core.decide import decide
from app.core.reading.model import Expect
from app.core.release import Release
from app.core.signals import ReplyReceived
from app.core.state import State, encode
from app.core.timing import next_on_days
from app.handle import wake_signal
from app.sandbox.ports import next_free
from app.sandbox.redis_server import RedisServer
from benchmarks.deployments import FIRST_PORT, ROOT, supervised
from benchmarks.tables import better_half, percentile, show
from tests.shell.conftest import World
from tests.whole.counting import write_counting

PEOPLE, TURNS = 20, 50
WAKES, BATCHES = 800, 8
WEEKS, LIVES = 8, 20
ANSWERS = 0.85  # of the questions asked on a day on which they answer
SILENT_DAYS = 0.15
IDLE_PEOPLE, IDLE_SECONDS = 200, 20
HOUR, MINUTE = 3_600_000, 60_000
ZONE = "America/Chicago"
OWN_WORDS = (
    "A short walk by the river with my neighbor, the light was soft",
    "More patience with my kids, and some sleep",
    "Coffee on the porch before anyone was up",
    "My sister called, out of nowhere, and we laughed about the old house",
)


def main() -> None:
    """Measure, and print the tables."""
    with tempfile.TemporaryDirectory() as folder, redis_at(Path(folder) / "redis") as connection:
        counting = write_counting(Path(folder) / "content")
        _add_reminder(counting)
        release = _release(counting)
        show_turns(_fresh(connection, release))
        show_wakes(_fresh(connection, release))
        show_lives(_fresh(connection, _release(ROOT / "content" / "lighter-days")))
    show_idle()


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
    numbers = _enrolled(world, PEOPLE)
    parts = world.parts
    names = (
        "load and open",
        "read",
        "decide (reads too)",
        "seal the state",
        "commit (seals too)",
        "whole turn",
    )
    took: dict[str, list[float]] = {name: [] for name in names}
    shared = parts.snapshots.of("counting")
    sids = (f"SM{count:032x}" for count in itertools.count(10**12))
    for turn in range(TURNS):
        for number in numbers:
            signal = ReplyReceived(id=next(sids), text=str(turn), at=0, sender="s1", zones=(ZONE,))
            began = time.perf_counter()
            loaded = parts.participants.load_by_number(number, signal.id, lambda: "p_none")
            at_load = time.perf_counter()
            shared.reader.read(signal.text, Expect("number"), "en", loaded.care_now)
            at_read = time.perf_counter()
            state, effects = decide(loaded.state, signal, shared.newest, shared, loaded.care_now)
            at_decide = time.perf_counter()
            parts.vault.seal(loaded.key, encode(state), f"state/{loaded.id}")
            at_seal = time.perf_counter()
            answer = parts.participants.commit(Committed(loaded, signal.id, state, effects, "0", 0.0))
            at_commit = time.perf_counter()
            assert answer == "done", answer
            spans = (
                at_load - began,
                at_read - at_load,
                at_decide - at_read,
                at_seal - at_decide,
                at_commit - at_seal,
                (at_load - began) + (at_decide - at_read) + (at_commit - at_seal),
            )
            for name, span in zip(names, spans, strict=True):
                took[name].append(span * 1e6)
        world.deliver()
    return took


def show_wakes(world: World) -> None:
    """Print wake-ups a second, in batches and one by one, taken in turns."""
    _enrolled(world, WAKES)
    world.parts.marks.move_care(4 * HOUR + MINUTE)
    due = _claimed(world)
    size = len(due) // (2 * BATCHES)
    pieces = [due[start : start + size] for start in range(0, size * 2 * BATCHES, size)]
    spine = world.parts.spine

    def one_by_one(piece: list[tuple[str, int]]) -> None:
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


def show_lives(world: World) -> None:
    """Print how large people become who answer on most days of eight weeks."""
    began = time.perf_counter()
    numbers = [_number(count) for count in range(LIVES)]
    sizes = live(world, numbers)
    parts = world.parts
    connection, journal = parts.connection, parts.keys.journal
    rows = connection.xrange(journal)
    raw = sum(len(name) + len(value) for _, row in rows for name, value in row.items())
    days = LIVES * WEEKS * 7
    last = [size for size, _ in sizes[-LIVES:]]
    states = [parts.participants.load(parts.participants.find(number)).state for number in numbers]
    said = len(world.carrier.book)
    show(
        f"{LIVES} people, {WEEKS} weeks of lighter-days, {said / days:.1f} texts of ours a day each"
        f" ({time.perf_counter() - began:.0f} s to live)",
        ("what", "median", "max"),
        [
            ("sealed state at the end, bytes", percentile(last, 0.5), max(last)),
            (
                "sealed state at the end of any day, bytes",
                percentile([s for s, _ in sizes], 0.5),
                max(s for s, _ in sizes),
            ),
            ("state as JSON at the end, bytes", *_middle_and_most([len(encode(s)) for s in states if s])),
            ("whole record in Redis, bytes", *_middle_and_most([_memory(world, n) for n in numbers])),
            ("journal rows a person and day", f"{len(rows) / days:.1f}", ""),
            ("journal bytes a person and day, fields", f"{raw / days:.0f}", ""),
            (
                "journal bytes a person and day, Redis memory",
                f"{connection.memory_usage(journal, samples=0) / days:.0f}",
                "",
            ),
        ],
    )


def live(world: World, numbers: list[str]) -> list[tuple[int, str]]:
    """Sealed bytes of each person's state at the end of each day."""
    marks = world.parts.marks
    chance = {number: Random(number) for number in numbers}
    marks.move_care(next_on_days(marks.care_now(), "10:00", ZONE) - marks.care_now())
    for number in numbers:
        world.text("START", number=number)
        world.deliver()
        world.text("AGREE", number=number)
        world.deliver()
    sizes = []
    for _ in range(WEEKS * 7):
        midnight = next_on_days(marks.care_now(), "00:00", ZONE)
        silent = {number for number in numbers if chance[number].random() < SILENT_DAYS}
        _answer_all(world, numbers, silent, chance)
        while (due := _next_due(world)) and due < midnight:
            marks.move_care(max(0, due - marks.care_now()))
            world.wake()
            world.deliver()
            _answer_all(world, numbers, silent, chance)
        marks.move_care(max(0, midnight - marks.care_now()))
        sizes += [(_sealed(world, number), number) for number in numbers]
    return sizes


def _answer_all(world: World, numbers: list[str], silent: set[str], chance: dict[str, Random]) -> None:
    """Whoever was asked something answers it, or leaves it."""
    asked = {number for number in numbers if number not in silent}
    for number in list(asked):
        for _ in range(6):
            state = world.parts.participants.load(world.parts.participants.find(number)).state
            words = _words(world, state, chance[number]) if state else ""
            if not words or (state and state.asks[-1].message in _LEFT):
                break
            if chance[number].random() > ANSWERS:
                _LEFT.add(state.asks[-1].message)
                break
            world.parts.marks.move_care(10_000)
            world.text(words, number=number)
            world.deliver()


_LEFT: set[str] = set()  # questions that somebody chose not to answer


def _words(world: World, state: State, chance: Random) -> str:
    """An answer to the last open question; empty when there is none."""
    if not state.asks:
        return ""
    ask, release = state.asks[-1], world.parts.snapshots.of(state.program).newest
    expect = _expected(release, state, ask.of, ask.name)
    match expect.kind if expect else "":
        case "scale":
            return str(chance.randint(expect.low, expect.high))
        case "choice":
            return chance.choice(expect.options).label
        case "yes_no":
            return chance.choice(("yes", "no"))
        case "text":
            return chance.choice(OWN_WORDS)
        case "number":
            return str(chance.randint(1, 9))
        case "time":
            return "7 pm"
        case "done":
            return "done"
        case _:
            return ""


def _expected(release: Release, state: State, of: str, name: str) -> Expect | None:
    if of == "item":
        return release.items[name].expect
    if of != "event" or state.conversation is None:
        return None
    for event in release.interventions[state.conversation.intervention].events:
        if event.id == name and event.ask:
            return event.ask.expect
    return None


def show_idle() -> None:
    """Print what a deployment costs while nothing happens."""
    with supervised() as deployment:
        connection = deployment.parts.connection
        before = connection.info("memory")["used_memory"]
        for number in range(IDLE_PEOPLE):
            deployment.text(f"+1312557{number:04d}", "START")
        for number in range(IDLE_PEOPLE):
            deployment.wait_for_answers(f"+1312557{number:04d}", 1)
        time.sleep(5)
        grown = connection.info("memory")["used_memory"] - before
        commands, began = _commands(connection), _processor(deployment.data)
        time.sleep(IDLE_SECONDS)
        used = {name: spent - began[name] for name, spent in _processor(deployment.data).items()}
        spent = _commands(connection) - commands
    rows = [(f"{name}, share of one core", f"{100 * used[name] / IDLE_SECONDS:.2f} %") for name in used]
    rows.append(("Redis commands a second", f"{spent / IDLE_SECONDS:.0f}"))
    rows.append(("Redis memory a newcomer (record, text, journal, seen)", f"{grown / IDLE_PEOPLE:.0f} bytes"))
    show(f"Idle for {IDLE_SECONDS} s with {IDLE_PEOPLE} participants", ("what", "cost"), rows)


@contextmanager
def redis_at(data: Path) -> Iterator[redis.Redis]:
    """A connection to a server with the settings of the embedded one."""
    server = RedisServer(data)
    server.port = next_free(FIRST_PORT + 4_000)
    with server:
        client = redis.Redis.from_url(server.url)
        yield client
        client.close()


def _fresh(connection: redis.Redis, release: Release) -> World:
    connection.flushall()
    return World(connection, release)


def _release(folder: Path) -> Release:
    release = load_program(folder).release
    assert release is not None
    return release


def _enrolled(world: World, count: int) -> list[str]:
    marks = world.parts.marks
    marks.move_care(next_on_days(marks.care_now(), "10:00", ZONE) - marks.care_now())
    numbers = [_number(place) for place in range(count)]
    for words in ("START", "AGREE"):
        for number in numbers:
            world.text(words, number=number)
        world.deliver()
    return numbers


def _claimed(world: World) -> list[tuple[str, int]]:
    now, participants = world.parts.marks.care_now(), world.parts.participants
    return [pair for shard in range(SHARDS) for pair in participants.claim_wakes(shard, now, 60_000, 1000)]


def _rate(piece: list[tuple[str, int]], wake: Callable[[list[tuple[str, int]]], object]) -> float:
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


def _next_due(world: World) -> int:
    connection, keys = world.parts.connection, world.parts.keys
    first = [connection.zrange(keys.wake(shard), 0, 0, withscores=True) for shard in range(SHARDS)]
    return min((int(found[0][1]) for found in first if found), default=0)


def _sealed(world: World, number: str) -> int:
    who = world.parts.participants.find(number)
    return int(world.parts.connection.hstrlen(world.parts.keys.participant(who), "state"))


def _memory(world: World, number: str) -> int:
    who = world.parts.participants.find(number)
    return int(world.parts.connection.memory_usage(world.parts.keys.participant(who)) or 0)


def _middle_and_most(values: list[int]) -> tuple[float, int]:
    return percentile(values, 0.5), max(values)


def _commands(connection: redis.Redis) -> int:
    return int(connection.info("stats")["total_commands_processed"])


def _processor(data: Path) -> dict[str, float]:
    """Seconds of processor that each process of a deployment has used, with those it started."""
    from app.sandbox.run_files import running_pids
    from app.sandbox.sessions import members

    tick = 100.0  # Linux counts in hundredths
    used = {}
    for name, leader in running_pids(data).items():
        stats = [
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in members([leader])
        ]
        used[name] = sum(int(fields[11]) + int(fields[12]) for fields in stats) / tick
    return used


def _number(place: int) -> str:
    return f"+1312558{place:04d}"


def _add_reminder(program: Path) -> None:
    file = program / "interventions" / "count.yaml"
    silence = "    silence:\n      - after: 4 h\n        say: |\n          Still there? Which number?\n"
    file.write_text(file.read_text() + silence + "      - after: 20 h\n        go: end\n")


if __name__ == "__main__":
    main()
