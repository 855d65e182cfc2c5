"""Everything that /health can say: a closed list of codes, with how bad each is and what to do."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Level: TypeAlias = Literal["amber", "red"]


class Known(msgspec.Struct, frozen=True):
    """One code: its level, its words with places for ids and numbers, and what to do."""

    level: Level
    words: str
    fix: str


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong now; `since` is in machine milliseconds, 0 when nobody knows."""

    code: str
    level: Level
    words: str
    fix: str
    since: int = 0


CODES: dict[str, Known] = {
    "redis_away": Known("red", "Redis does not answer.", "Start it, and look at REDIS_URL."),
    "redis_not_append_only": Known(
        "red", "Redis keeps nothing when it stops.", "Set appendonly yes and appendfsync always."
    ),
    "redis_cannot_write": Known(
        "red", "Redis cannot write to its disk.", "Make room on the disk, or look at its log."
    ),
    "redis_wrong_policy": Known(
        "red", "Redis throws data away when it is full ({policy}).", "Set maxmemory-policy noeviction."
    ),
    "redis_nearly_full": Known(
        "red", "Redis has used {percent} % of its memory.", "Raise maxmemory before it refuses to write."
    ),
    "redis_may_lose_a_second": Known(
        "amber", "Redis writes to its disk with appendfsync {fsync}.", "Set appendfsync always."
    ),
    "keys_do_not_open": Known(
        "red",
        "What is kept cannot be opened with CAIRN_KEYS.",
        "Put the earlier keys back behind the newest.",
    ),
    "release_missing": Known(
        "red", "{program} has no release, so its texts are refused.", "Run: cairn publish {program}."
    ),
    "clock_stopped": Known("red", "No clock has ticked for {seconds} s.", "Start one: cairn clock."),
    "clock_never_ran": Known("red", "No clock has ever ticked.", "Start one: cairn clock."),
    "no_worker": Known("red", "No worker serves the queue {queue}.", "Start one: cairn worker."),
    "gate_closed": Known(
        "red",
        "Redis was started, and the carrier's book has not been read since: nothing leaves.",
        "A clock reads it; look at its log when this lasts longer than a minute.",
    ),
    "risk_answers_wait": Known(
        "red",
        "{count} answers to danger wait, the oldest for {seconds} s.",
        "Look at the workers and the carrier.",
    ),
    "texts_wait": Known(
        "amber",
        "{count} texts of class {cls} wait, the oldest for {seconds} s.",
        "Look at the workers and the carrier.",
    ),
    "held": Known("amber", "Outgoing texts are held: {scope}.", "To let them leave: cairn release {scope}."),
    "parked": Known(
        "amber",
        "{count} participants were parked after a fault.",
        "cairn unpark lists them with the fault; once it is mended: cairn unpark ID.",
    ),
    "risk_open": Known(
        "amber",
        "{count} people are held for danger, and nobody has cleared it.",
        "Call or text them, then: cairn clear-hold ID --by YOUR_NAME.",
    ),
    "paged": Known(
        "amber",
        "{count} pages in the last 24 hours, the latest of kind {kind}.",
        "Look at the journal of the person.",
    ),
    "nobody_on_call": Known("amber", "Nobody is paged about danger.", "Set CAIRN_ON_CALL to who is."),
    "stop_unconfirmed": Known(
        "amber",
        "Nobody has confirmed what the carrier says to STOP for the sender {sender}.",
        "Compare it (docs/operations.md), then: cairn doctor --stop-confirmed {sender}.",
    ),
    "unclear": Known(
        "amber",
        "{count} texts may or may not have left since the last look.",
        "cairn doctor shows and ticks them.",
    ),
    "maybe_twice": Known(
        "amber",
        "{count} texts may have come twice since the last look.",
        "cairn doctor shows and ticks them.",
    ),
    "second_sid": Known(
        "amber",
        "{count} texts have two ids at the carrier since the last look.",
        "cairn doctor shows and ticks them.",
    ),
}


def problem(code: str, since: int = 0, **places: str | int) -> Problem:
    """The problem of a code with its places filled in; raises KeyError for what is not on the list."""
    known = CODES[code]
    return Problem(code, known.level, known.words.format(**places), known.fix.format(**places), since)


def codes_table() -> str:
    """Return the Markdown table of all codes that docs/operations.md holds."""
    lines = ["| code | level | what it says | what to do |", "|---|---|---|---|"]
    lines += [f"| `{code}` | {known.level} | {known.words} | {known.fix} |" for code, known in CODES.items()]
    return "\n".join(lines) + "\n"
