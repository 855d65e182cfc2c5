"""What `make demo` runs: everything on this computer, until it is told to stop."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread
from typing import TextIO, TypeAlias

from app.production import demo_refusals
from app.sandbox.browser import open_browser, wants_browser
from app.sandbox.demo_children import Addresses, child_environment, demo_children
from app.sandbox.lock import AlreadyUp, Running, announce, only_one
from app.sandbox.ports import holder, is_free, next_free
from app.sandbox.processes import ROUND, Child, ChildFailed, Supervisor
from app.sandbox.redis_server import FIRST_PORT, RedisMissing, answers, find_server, redis_child, redis_url
from app.sandbox.screen import Screen
from app.sandbox.stopping import Stopping
from app.sandbox.tail import Tail, events_path
from app.settings import Settings
from app.settings_kinds import without_credentials

FINE, WRONG_SETTINGS, NEEDED_IS_AWAY, REFUSED = 0, 2, 3, 4
CARRIER_PORT = 8890

Publish: TypeAlias = Callable[[Settings], list[str]]
Watch: TypeAlias = Callable[[Settings, Callable[[str], None]], None]
Ticket: TypeAlias = Callable[[Settings], str]
Children: TypeAlias = Callable[[dict[str, str], Addresses], list[Child]]


class PortTaken(Exception):
    """The port that was asked for belongs to another program; the text says so in one line."""


class RedisAway(Exception):
    """The Redis that was named does not answer; the text says what to do, in one line."""


def up(
    settings: Settings,
    publish: Publish,
    watch: Watch | None,
    ticket: Ticket,
    *,
    environ: Mapping[str, str] | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
    children: Children = demo_children,
) -> int:
    """Run the demo until it is stopped; return the exit code.

    The hooks get the settings of the running demo, with its Redis and its keys: `publish` returns the lines
    of the program check, `watch` runs in a thread of its own and tells what changed, `ticket` signs in once.
    """
    environ = os.environ if environ is None else environ
    complain = Screen(err or sys.stderr).say
    for refusal in demo_refusals(settings):
        complain(refusal)
    if settings.mode == "production":
        return REFUSED
    stopping = Stopping(environ)
    try:
        with stopping.listening(), only_one(settings.data):
            demo = _Demo(settings, environ, Screen(out or sys.stdout), stopping)
            demo.run(publish, watch, ticket, children)
    except (AlreadyUp, PortTaken) as problem:
        complain(str(problem))
        return WRONG_SETTINGS
    except (ChildFailed, RedisMissing, RedisAway) as problem:
        complain(str(problem))
        return NEEDED_IS_AWAY
    except OSError as problem:
        complain(f"Cairn cannot keep its data in {settings.data}: {problem.strerror or problem}.")
        return NEEDED_IS_AWAY
    except KeyboardInterrupt:
        return FINE
    return FINE


class _Demo:
    """One run, from the first process to the last."""

    def __init__(
        self, settings: Settings, environ: Mapping[str, str], screen: Screen, stopping: Stopping
    ) -> None:
        self._asked = settings
        self._environ = environ
        self._screen = screen
        self._stopping = stopping
        self._supervisor = Supervisor(settings.data, screen.happened, stopping)

    def run(self, publish: Publish, watch: Watch | None, ticket: Ticket, children: Children) -> None:
        began = time.monotonic()
        self._supervisor.take_over()
        try:
            self._start(publish, children, began)
            if not self._stopping():
                self._welcome(ticket)
                self._attend(watch)
        finally:
            stopped = self._stop()
        self._screen.stopped(stopped)

    def _stop(self) -> list[str]:
        with suppress(OSError):  # a full disk must not keep anything running
            announce(self._asked.data, Running(pid=os.getpid(), stopping=True))
        return self._supervisor.stop()

    def _start(self, publish: Publish, children: Children, began: float) -> None:
        self._addresses = Addresses(
            web_port=self._web_port(), carrier_port=next_free(CARRIER_PORT), redis=self._start_redis()
        )
        environment = child_environment(self._environ, self._asked, self._addresses)
        self._settings = Settings.from_environment(environment)
        self._tail = Tail(events_path(self._asked.data))
        with self._stopping.breakable():
            self._screen.step(3, publish(self._settings))
        if self._stopping():
            return
        self._supervisor.start(children(environment, self._addresses))
        if not self._stopping():
            self._screen.ready(self._supervisor.pids(), time.monotonic() - began)

    def _web_port(self) -> int:
        port = self._asked.port
        if is_free(port):
            return port
        for name in ("PORT", "CAIRN_PORT"):
            if self._asked.origin(name) != "default":
                who = holder(port)
                raise PortTaken(f"{name}={port} is taken{f' ({who})' if who else ''}. Choose another.")
        free = next_free(port)
        self._screen.say(f"Port {port} is taken by another program; using {free}.")
        return free

    def _start_redis(self) -> str:
        if self._asked.redis_url:
            return self._given_redis()
        port = next_free(FIRST_PORT)
        self._supervisor.start([redis_child(self._asked.data, port, find_server())])
        return redis_url(port)

    def _given_redis(self) -> str:
        if not answers(self._asked.redis_url):
            where = without_credentials(self._asked.redis_url)
            raise RedisAway(
                f"No Redis answers at {where}. Start it, or unset REDIS_URL: Cairn brings its own."
            )
        return self._asked.redis_url

    def _welcome(self, ticket: Ticket) -> None:
        address = self._addresses.web
        here = Running(pid=os.getpid(), address=address, environment=self._addresses.environment())
        announce(self._asked.data, here)
        with self._stopping.breakable():
            self._screen.addresses(self._settings, self._addresses, ticket(self._settings))
            if wants_browser(self._asked, self._environ):
                open_browser(address)

    def _attend(self, watch: Watch | None) -> None:
        if watch is not None:
            Thread(target=watch, args=(self._settings, self._screen.happened), daemon=True).start()
        while not self._stopping():
            self._supervisor.watch()
            for line in self._tail.lines():
                self._screen.happened(line)
            time.sleep(ROUND)
