"""`cairn up` from its first line to its last, with tiny processes in the place of the real ones."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sandbox.browser import wants_browser
from app.sandbox.demo_children import Addresses, child_environment
from app.sandbox.demo_keys import demo_keys
from app.sandbox.lock import running_environment
from app.sandbox.ports import next_free
from app.sandbox.redis_server import answers
from app.sandbox.run_files import running_pids
from app.sandbox.sessions import members
from app.sandbox.tail import Tail, events_path
from app.sandbox.up import NEEDED_IS_AWAY, REFUSED, WRONG_SETTINGS, up
from app.settings import Settings

STARTING = """
    import os, sys
    from app.sandbox.demo_children import answers_http
    from app.sandbox.processes import Child
    from app.sandbox.up import up
    from app.settings import Settings

    SERVE = "import http.server, sys; http.server.HTTPServer(('127.0.0.1', int(sys.argv[1]))," \\
            "http.server.SimpleHTTPRequestHandler).serve_forever()"
    SLEEP = "import time; time.sleep(60)"

    def children(environment, addresses):
        web = (sys.executable, "-c", SERVE, str(addresses.web_port))
        return [Child(name="web", argv=web, env=environment, ready=lambda: answers_http(addresses.web_port)),
                Child(name="worker-1", argv=(sys.executable, "-c", SLEEP), env=environment),
                Child(name="worker-2", argv=(sys.executable, "-c", SLEEP), env=environment)]

    def publish(settings):
        assert settings.redis_url and settings.keys and settings.account_sid
        return ["lighter-days   11 interventions, 0 errors   release 1"]

    def watch(settings, tell):
        tell("file walk-now.yaml   checked")

    sys.exit(up(Settings.from_environment(os.environ), publish, watch, lambda settings: "4f0a",
                children=children))
"""


class Started:
    """A `cairn up` in a process of its own, whose lines can be waited for."""

    def __init__(self, data: Path, **environ: str) -> None:
        self.data = data
        self.out = data.parent / f"{data.name}.out"
        command = [sys.executable, "-c", textwrap.dedent(STARTING)]
        settings = {"CAIRN_DATA": str(data), "CAIRN_NO_BROWSER": "1", **environ}
        clean = {name: value for name, value in os.environ.items() if name not in ("PORT", "MAKELEVEL")}
        with self.out.open("ab") as out:
            self.process = subprocess.Popen(command, env=clean | settings, stdout=out, stderr=out)

    def lines(self) -> str:
        return self.out.read_text()

    def until(self, text: str, times: int = 1) -> None:
        wait(lambda: self.lines().count(text) >= times or self.process.poll() is not None)
        assert self.lines().count(text) >= times, self.lines()

    def children(self) -> list[int]:
        return list(running_pids(self.data).values())

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


def wait(holds: Callable[[], object], within: float = 20.0) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    all_started: list[Started] = []

    def starter(name: str = "data", **environ: str) -> Started:
        all_started.append(Started(tmp_path / name, **environ))
        return all_started[-1]

    yield starter
    for started in all_started:
        if started.process.poll() is None:
            started.end()
        started.process.wait(timeout=20)


def test_a_start_prints_the_steps_the_addresses_and_what_happens(start: Callable[..., Started]) -> None:
    demo = start()
    demo.until("checked")
    lines = demo.lines()
    for text in (
        "[3/4] lighter-days   11 interventions, 0 errors   release 1",
        "[4/4] redis web worker x2 ",
        "ready in ",
        "  Text with it      http://127.0.0.1:",
        "/rq?ticket=4f0a   signs you in, works once",
        "chat lighter-days",
        "/sandbox/texts",
        "No text leaves this computer.",
        "file walk-now.yaml   checked",
    ):
        assert text in lines


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_process_and_the_last_line_says_so(
    number: signal.Signals, start: Callable[..., Started]
) -> None:
    demo = start()
    demo.until("checked")
    children = demo.children()
    assert len(members(children)) == 4
    assert demo.end(number) == 0
    assert members(children) == []
    assert demo.lines().splitlines()[-1] == (
        "stopped: worker worker web redis. Your conversation is kept; make demo goes on."
    )


def test_a_killed_worker_is_brought_back_and_shown(start: Callable[..., Started]) -> None:
    demo = start()
    demo.until("checked")
    os.kill(running_pids(demo.data)["worker-2"], signal.SIGKILL)
    demo.until("worker-2 restarted ")


def test_what_a_killed_start_left_is_taken_over(start: Callable[..., Started]) -> None:
    first = start()
    first.until("checked")
    children = first.children()
    first.end(signal.SIGKILL)
    second = start()
    second.until("checked", times=2)
    assert not set(members(children))
    assert len(second.children()) == 4


def test_a_second_start_on_the_same_data_is_one_line_that_says_where_the_first_is(
    start: Callable[..., Started],
) -> None:
    first = start()
    first.until("checked")
    second = start()
    assert second.process.wait(timeout=20) == WRONG_SETTINGS
    assert f"Use that one, or stop it: kill {first.process.pid}" in second.lines()
    assert first.process.poll() is None


def test_other_commands_find_the_demo_while_it_runs_and_only_then(start: Callable[..., Started]) -> None:
    demo = start()
    demo.until("checked")
    settings = Settings.from_environment(running_environment(demo.data))
    assert answers(settings.redis_url)
    assert settings.keys
    demo.end()
    assert running_environment(demo.data) == {}


def test_lines_that_the_processes_append_are_shown(start: Callable[..., Started]) -> None:
    demo = start()
    demo.until("checked")
    with events_path(demo.data).open("a") as file:
        file.write("in   p_7f3a  read as scale\n")
    demo.until("in   p_7f3a  read as scale")


def test_a_port_that_was_asked_for_and_is_taken_ends_the_start(start: Callable[..., Started]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = start(CAIRN_PORT=str(port))
        assert demo.process.wait(timeout=20) == WRONG_SETTINGS
    assert f"CAIRN_PORT={port} is taken" in demo.lines()
    assert "Choose another." in demo.lines()


def test_a_default_port_that_is_taken_steps_on_and_says_so(start: Callable[..., Started]) -> None:
    first = start("one")
    first.until("checked")
    second = start("two")
    second.until("checked")
    assert "is taken by another program; using " in second.lines()


def test_started_by_make_it_ends_with_make(tmp_path: Path) -> None:
    data = tmp_path / "data"
    make = (
        "import subprocess, sys, time;"
        "print(subprocess.Popen([sys.executable, '-c', sys.argv[1]]).pid, flush=True); time.sleep(60)"
    )
    environ = os.environ | {"CAIRN_DATA": str(data), "CAIRN_NO_BROWSER": "1", "MAKELEVEL": "1"}
    command = [sys.executable, "-c", make, textwrap.dedent(STARTING)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        lines = parent.stdout
        pid = int(lines.readline())
        while "checked" not in lines.readline():
            assert parent.poll() is None
        children = list(running_pids(data).values())
        parent.kill()
        wait(lambda: not Path(f"/proc/{pid}").exists() if Path("/proc").exists() else not members(children))
        assert members(children) == []


def complaints(settings: Settings) -> tuple[int, list[str]]:
    err = io.StringIO()
    code = up(
        settings,
        publish=lambda settings: [],
        watch=None,
        ticket=lambda settings: "",
        environ={},
        out=io.StringIO(),
        err=err,
        children=lambda environment, addresses: [],
    )
    return code, err.getvalue().splitlines()


def test_a_redis_that_was_named_and_does_not_answer_is_one_line(tmp_path: Path) -> None:
    nowhere = f"redis://:hunter2@127.0.0.1:{next_free(17100)}/0"
    code, (line,) = complaints(Settings(data=tmp_path, redis_url=nowhere))
    assert code == NEEDED_IS_AWAY
    assert "Start it, or unset REDIS_URL" in line
    assert "hunter2" not in line


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, (line,) = complaints(Settings(data=tmp_path / "file"))
    assert code == NEEDED_IS_AWAY
    assert line.startswith("Cairn cannot keep its data in ")


def test_the_demo_is_refused_in_production(tmp_path: Path) -> None:
    code, lines = complaints(Settings(mode="production", data=tmp_path))
    assert code == REFUSED
    assert len(lines) == 4


ADDRESSES = Addresses(web_port=8790, carrier_port=8890, redis="redis://127.0.0.1:16379/0")


def test_children_never_learn_of_an_account_at_a_real_carrier(tmp_path: Path) -> None:
    real = {"TWILIO_ACCOUNT_SID": "AC" + "9" * 32, "TWILIO_AUTH_TOKEN_FILE": "/run/token", "PORT": "5000"}
    environment = child_environment(real, Settings(data=tmp_path), ADDRESSES)
    settings = Settings.from_environment(environment)
    assert settings.account_sid == demo_keys(tmp_path).account_sid
    assert settings.carrier_url == "http://127.0.0.1:8890"
    assert settings.port == 8790


def test_children_take_the_senders_and_keys_that_were_given(tmp_path: Path) -> None:
    given = {"CAIRN_SENDERS": "+13125550109=walk-now", "CAIRN_STUDY_KEY_FILE": str(tmp_path / "key")}
    environment = child_environment(given, Settings(data=tmp_path), ADDRESSES)
    assert environment["CAIRN_SENDERS"] == given["CAIRN_SENDERS"]
    assert "CAIRN_STUDY_KEY" not in environment
    assert "CAIRN_KEYS" in environment


@pytest.mark.parametrize(
    ("environ", "platform", "opens"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "203.0.113.5 1 203.0.113.6 22"}, "darwin", False),
    ],
)
def test_a_browser_is_opened_where_there_is_one(environ: dict[str, str], platform: str, opens: bool) -> None:
    assert wants_browser(Settings(), environ, platform) is opens
    assert not wants_browser(Settings(no_browser=True), environ, platform)


def test_a_tail_shows_whole_new_lines_and_survives_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "events.log"
    path.write_text("old\n")
    tail = Tail(path)
    assert tail.lines() == []
    with path.open("a") as file:
        file.write("one\ntw")
        file.flush()
        assert tail.lines() == ["one"]
        file.write("o\n")
    assert tail.lines() == ["two"]
    path.write_text("x\n")
    assert tail.lines() == ["x"]


def test_the_keys_of_the_demo_are_json_that_a_person_can_read(tmp_path: Path) -> None:
    demo_keys(tmp_path)
    assert json.loads((tmp_path / "keys.json").read_text())["account_sid"].startswith("AC")
