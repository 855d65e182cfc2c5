"""What is wrong with this deployment, found by small looks at the record, the queue and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import redis

from app.adapters.bells import QUEUES
from app.adapters.queue_workers import live_workers
from app.adapters.records.server import ServerFacts, server_facts
from app.adapters.records.watching import Watching
from app.health_codes import Problem, problem
from app.ports import RecordError
from app.wiring import Parts

CLOCK_SILENT = 10_000  # ms; a clock ticks four times a second
NEARLY_FULL = 85  # percent
WAITS_TOO_LONG = {"risk": 20_000, "confirmation": 60_000, "reply": 60_000, "scheduled": 1_800_000}  # ms
DAY = 86_400_000
ALERTS_READ = 500
COUNTED = ("unclear", "maybe_twice", "second_sid")


def problems(parts: Parts) -> list[Problem]:
    """Everything that is wrong now, worst first; that Redis is away is one of them."""
    try:
        now = parts.marks.machine_now()
        found = [one for look in LOOKS for one in look(parts, now)]
    except (RecordError, redis.RedisError):
        found = [problem("redis_away"), *on_call(parts, 0)]
    return sorted(found, key=lambda one: one.level != "red")


def status_of(found: list[Problem]) -> str:
    """`ok`, `amber` or `red`: the worst of what was found."""
    levels = {one.level for one in found}
    return "red" if "red" in levels else "amber" if levels else "ok"


def server(parts: Parts, _: int) -> Iterator[Problem]:
    """How Redis is set, and whether it is nearly full."""
    yield from server_problems(server_facts(parts.connection))


def server_problems(facts: ServerFacts) -> Iterator[Problem]:
    """What is wrong with a Redis server that says these things of itself."""
    if facts.appends is False:
        yield problem("redis_not_append_only")
    if not facts.writes:
        yield problem("redis_cannot_write")
    if facts.policy not in ("", "noeviction"):
        yield problem("redis_wrong_policy", policy=facts.policy)
    if facts.most and facts.used * 100 >= facts.most * NEARLY_FULL:
        yield problem("redis_nearly_full", percent=facts.used * 100 // facts.most)
    if facts.appends and facts.fsync not in ("", "always"):
        yield problem("redis_may_lose_a_second", fsync=facts.fsync)


def releases(parts: Parts, _: int) -> Iterator[Problem]:
    """Whether every program behind a number was published."""
    for program in dict.fromkeys(sender.program for sender in parts.settings.senders):
        if not parts.releases.newest_number(program):
            yield problem("release_missing", program=program)


def clock(parts: Parts, now: int) -> Iterator[Problem]:
    """Whether some clock is ticking."""
    last = parts.marks.beats().get("clock", 0)
    if not last:
        yield problem("clock_never_ran")
    elif now - last > CLOCK_SILENT:
        yield problem("clock_stopped", since=last, seconds=(now - last) // 1000)


def workers(parts: Parts, now: int) -> Iterator[Problem]:
    """Whether some worker serves each queue."""
    for queue, count in live_workers(parts.queue_connection, QUEUES, now).items():
        if not count:
            yield problem("no_worker", queue=queue)


def gate(parts: Parts, _: int) -> Iterator[Problem]:
    """Whether the carrier's book has been read since Redis was started."""
    if parts.marks.gate() != parts.marks.run_id():
        yield problem("gate_closed")


def outbox(parts: Parts, now: int) -> Iterator[Problem]:
    """Whether texts wait longer than their class may; while all are held, only what leaves all the same."""
    held = "all" in parts.marks.holding()
    watching = Watching(parts.connection, parts.keys)
    for cls, longest in WAITS_TOO_LONG.items():
        if held and cls in ("reply", "scheduled"):
            continue
        waiting = watching.waiting(cls, now)
        if waiting.since and now - waiting.since > longest:
            code = "risk_answers_wait" if cls == "risk" else "texts_wait"
            seconds = (now - waiting.since) // 1000
            yield problem(code, waiting.since, count=waiting.count, seconds=seconds, cls=cls)


def holds(parts: Parts, _: int) -> Iterator[Problem]:
    """What an operator has let stand still."""
    for scope in parts.marks.holding():
        yield problem("held", scope=scope)


def parked(parts: Parts, _: int) -> Iterator[Problem]:
    """Whether a fault took participants out of what is due."""
    if count := len(parts.marks.parked()):
        yield problem("parked", count=count)


def pages(parts: Parts, now: int) -> Iterator[Problem]:
    """Who is held for danger, and what else paged somebody in the last 24 hours."""
    alerts = Watching(parts.connection, parts.keys).alerts(ALERTS_READ)
    found = [alert for alert in alerts if alert.severity == "page"]
    yield from _risk_open(parts, [alert.participant for alert in found if alert.kind == "risk"])
    others = [alert for alert in found if alert.kind not in ("risk", "parked") and now - alert.at < DAY]
    if others:
        yield problem("paged", others[0].at, count=len(others), kind=others[0].kind)


def on_call(parts: Parts, _: int) -> Iterator[Problem]:
    """Whether somebody is paged."""
    if parts.settings.on_call in ("", "none"):
        yield problem("nobody_on_call")


def stop_wording(parts: Parts, _: int) -> Iterator[Problem]:
    """Whether somebody has looked at what the carrier itself says to STOP."""
    for sender in parts.settings.senders:
        if sender.stop == "carrier" and not parts.marks.get(stop_mark(sender.id), 0):
            yield problem("stop_unconfirmed", sender=sender.id)


def counts(parts: Parts, _: int) -> Iterator[Problem]:
    """What came to an unclear end since somebody last looked."""
    for code, count in uncounted(parts).items():
        if count:
            yield problem(code, count=count)


def uncounted(parts: Parts) -> dict[str, int]:
    """How many texts of each unclear kind there are that nobody has looked at."""
    all_counts = parts.marks.counts()
    return {code: all_counts.get(code, 0) - parts.marks.get(f"looked:{code}", 0) for code in COUNTED}


def look_at_counts(parts: Parts) -> None:
    """Note that somebody has looked at the texts with an unclear end."""
    all_counts = parts.marks.counts()
    for code in COUNTED:
        parts.marks.set(f"looked:{code}", all_counts.get(code, 0))


def stop_mark(sender: str) -> str:
    """The mark that says that the carrier's STOP wording of a sender was confirmed."""
    return f"stop_wording:{sender}"


def _risk_open(parts: Parts, people: list[str]) -> Iterator[Problem]:
    """The state says who is still held; an alert only says who was."""
    loaded = parts.participants.load_many([(who, "") for who in dict.fromkeys(people)])
    if None in loaded:
        yield problem("keys_do_not_open")
    since = [
        hold.since for one in loaded if one and one.state for hold in one.state.holds if hold.kind == "risk"
    ]
    if since:
        yield problem("risk_open", min(since) - parts.marks.care_offset(), count=len(since))


LOOKS: tuple[Callable[[Parts, int], Iterator[Problem]], ...] = (
    server,
    releases,
    gate,
    clock,
    workers,
    outbox,
    holds,
    pages,
    parked,
    counts,
    on_call,
    stop_wording,
)
