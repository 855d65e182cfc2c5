"""Worlds in this process: a real Redis, the spine, and a carrier that only takes notes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from app.content.load import load_program
from app.core.release import Release
from app.core.timing import next_on_days
from app.sandbox.ports import next_free
from app.sandbox.redis_server import RedisServer
from benchmarks.deployments import FIRST_PORT
from tests.shell.conftest import World

ZONE = "America/Chicago"
HOUR, MINUTE = 3_600_000, 60_000
REMINDER = """\
    silence:
      - after: 4 h
        say: |
          Still there? Which number?
      - after: 20 h
        go: end
"""


@contextmanager
def redis_at(data: Path) -> Iterator[redis.Redis]:
    """A connection to a server with the settings of the embedded one."""
    server = RedisServer(data)
    server.port = next_free(FIRST_PORT + 4_000)
    with server:
        client = redis.Redis.from_url(server.url)
        yield client
        client.close()


def fresh(connection: redis.Redis, release: Release) -> World:
    """A world with this program on an emptied Redis."""
    connection.flushall()
    return World(connection, release)


def release_of(folder: Path) -> Release:
    """The release that a program's folder makes."""
    release = load_program(folder).release
    assert release is not None
    return release


def enrolled(world: World, count: int) -> list[str]:
    """Numbers of so many people who agreed at ten in the morning of a care day."""
    until_clock(world, "10:00")
    numbers = [number_of(place) for place in range(count)]
    for words in ("START", "AGREE"):
        for number in numbers:
            world.text(words, number=number)
        world.deliver()
    return numbers


def until_clock(world: World, clock: str) -> None:
    """Care time moves on to the next time that the clock shows this."""
    marks = world.parts.marks
    marks.move_care(next_on_days(marks.care_now(), clock, ZONE) - marks.care_now())


def with_reminder(program: Path) -> None:
    """Let the counting question be asked again after four hours, the only text nobody asked for."""
    file = program / "interventions" / "count.yaml"
    file.write_text(file.read_text() + REMINDER)


def number_of(place: int) -> str:
    """The number of a person."""
    return f"+1312558{place:04d}"
