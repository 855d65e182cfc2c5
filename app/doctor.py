"""Ticks each step to a real number: every line is a tick, or a sentence with what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import redis
from twilio.rest import Client

from app.adapters.records.server import server_facts
from app.adapters.records.watching import Watching
from app.doctor_carrier import carrier_checks
from app.doctor_check import Check, fail, ok, warn
from app.doctor_public import public_checks
from app.doctor_text import text_me as send_one
from app.health import look_at_counts, problems, stop_mark
from app.health_codes import Problem
from app.ports import RecordError, Unreadable
from app.production import production_refusals
from app.settings import Settings
from app.settings_kinds import NUMBER
from app.wiring import CALL_TIMEOUT, Parts

FINE, FOUND, USAGE, AWAY = 0, 1, 2, 3
MARKS = {"ok": "ok  ", "warn": "note", "fail": "FAIL"}
# What each step is called when nothing is wrong with it, and the codes that say that something is.
STEPS = (
    ("redis settings", "Redis appends every write to its disk and throws nothing away.", "redis_"),
    ("releases", "Every program behind a number has a release.", "release_"),
    ("clock", "A clock ticks.", "clock_"),
    ("workers", "Every queue has a worker.", "no_worker"),
    ("on call", "Somebody is paged about danger.", "nobody_on_call"),
)


def checks(settings: Settings, parts: Parts, client: Client) -> Iterator[Check]:
    """Every check, in the order in which a deployment is set up."""
    yield from settings_checks(settings)
    if not settings.redis_url:
        yield fail(
            "redis", "REDIS_URL is not set, and no demo runs here.", "Set it, or start: cairn up", away=True
        )
    else:
        yield from record_checks(parts)
    yield from carrier_checks(settings, client)
    yield from public_checks(settings)


def settings_checks(settings: Settings) -> Iterator[Check]:
    """What production would refuse."""
    refusals = production_refusals(settings)
    for refusal in refusals:
        yield fail("settings", refusal, "")
    if not refusals:
        yield ok("settings", f"The settings are whole, in {settings.mode} mode.")
    if settings.mode == "demo":
        yield warn("settings", "This is the demo.", "For real people set CAIRN_MODE=production.")


def record_checks(parts: Parts) -> Iterator[Check]:
    """Redis, the keys, and everything that /health knows."""
    try:
        version = server_facts(parts.connection).version
    except RecordError:
        yield fail("redis", "Redis does not answer.", "Start it, and look at REDIS_URL.", away=True)
        return
    yield ok("redis", f"Redis answers{f', version {version}' if version else ''}.")
    yield from keys_checks(parts)
    yield from health_checks(problems(parts))


def keys_checks(parts: Parts) -> Iterator[Check]:
    """Whether what is kept can be opened with the master keys that are set."""
    if not parts.settings.keys:
        yield fail("keys", "CAIRN_KEYS is not set.", "Make a key: cairn new-key")
        return
    who = Watching(parts.connection, parts.keys).some_participant()
    try:
        if who:
            parts.participants.load(who)
    except Unreadable:
        yield fail(
            "keys",
            "What is kept cannot be opened with CAIRN_KEYS.",
            "Put the earlier keys back behind the newest.",
        )
        return
    yield ok("keys", "CAIRN_KEYS opens what is kept." if who else "CAIRN_KEYS is set; nobody is kept yet.")


def health_checks(found: list[Problem]) -> Iterator[Check]:
    """A tick for each step without a problem, and each problem."""
    for name, words, start in STEPS:
        if not any(one.code.startswith(start) for one in found):
            yield ok(name, words)
    for one in found:
        make = fail if one.level == "red" else warn
        yield make(one.code.replace("_", " "), one.words, one.fix)


def confirm_stop(parts: Parts, sender: str) -> None:
    """Note that somebody has compared what the carrier says to STOP; raises KeyError for a stranger."""
    parts.marks.set(stop_mark(parts.senders[sender].id), 1)


def doctor_lines(found: Iterable[Check], out: TextIO) -> list[Check]:
    """Print a line for each check as it is made; returns them."""
    made = []
    for check in found:
        print(
            f"{MARKS[check.state]}  {check.name:18} {check.words} {check.fix}".rstrip(), file=out, flush=True
        )
        made.append(check)
    return made


def doctor_json(made: list[Check]) -> str:
    """One JSON object with all checks and the exit code."""
    shown: list[dict[str, Any]] = [
        {"name": check.name, "state": check.state, "words": check.words, "fix": check.fix} for check in made
    ]
    return json.dumps({"schema": "cairn.doctor/1", "checks": shown, "exit": exit_code(made)})


def exit_code(made: Iterable[Check]) -> int:
    """0 fine, 1 something is wrong, 3 something that is needed is not there."""
    failed = [check for check in made if check.state == "fail"]
    if any(check.away for check in failed):
        return AWAY
    return FOUND if failed else FINE


def run_doctor(parts: Parts, text_me: str, as_json: bool, out: TextIO) -> int:
    """Make every check, print it, and return the exit code; with a number, also send one text to it."""
    from app.wiring_carrier import carrier_client

    if text_me and not NUMBER.fullmatch(text_me):
        print(f"{text_me} is not a number like +13125550100.", file=out)
        return USAGE
    client = carrier_client(parts.settings, CALL_TIMEOUT)
    found = checks(parts.settings, parts, client)
    if as_json:
        made = [*found, *_texted(parts, client, text_me)]
        print(doctor_json(made), file=out)
        return exit_code(made)
    made = doctor_lines(found, out) + doctor_lines(_texted(parts, client, text_me), out)
    _note_that_they_looked(parts)
    return exit_code(made)


def _texted(parts: Parts, client: Client, number: str) -> Iterator[Check]:
    if number:
        yield from send_one(parts.settings, parts.gateway, client, number)


def _note_that_they_looked(parts: Parts) -> None:
    """What a person was shown here, /health need not say again."""
    if parts.settings.redis_url:
        try:
            look_at_counts(parts)
        except redis.RedisError:
            return
