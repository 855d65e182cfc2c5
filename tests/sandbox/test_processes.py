"""The supervisor on real processes: started, brought back, and stopped whatever they do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sandbox.deaths import LOG_KEPT, open_log, why_it_died
from app.sandbox.processes import Child, ChildFailed, Supervisor
from app.sandbox.run_files import run_file_path, running_pid
from app.sandbox.sessions import members
from app.sandbox.tether import start_mark

LIVES = "import time, pathlib, sys; pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
DEAF = (
    "import signal, time, pathlib, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
)
PARENT = (
    "import subprocess, sys, time, pathlib;"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
)


def until(holds: Callable[[], object], within: float = 10.0) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.01)


def child(data: Path, name: str, code: str = LIVES) -> Child:
    """A tiny process that is ready when it has made its file."""
    sign = data / f"{name}.ready"
    return Child(
        name=name,
        argv=(sys.executable, "-S", "-c", code, str(sign)),
        env=dict(os.environ),
        ready=sign.exists,
    )


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, told: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path, told.append)
    yield supervisor
    supervisor.stop(patience=0.2)


def test_children_run_until_they_are_stopped_and_leave_nothing(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start([child(tmp_path, "web"), child(tmp_path, "clock")])
    pids = list(supervisor.pids().values())
    assert len(members(pids)) == 2
    supervisor.stop()
    assert members(pids) == []
    assert list((tmp_path / "run").iterdir()) == []


def test_those_started_last_are_stopped_first(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start([child(tmp_path, "redis")])
    supervisor.start([child(tmp_path, "web"), child(tmp_path, "carrier")])
    assert supervisor.stop() == ["carrier", "web", "redis"]


def test_a_child_that_dies_is_brought_back_and_told(
    supervisor: Supervisor, tmp_path: Path, told: list[str]
) -> None:
    supervisor.start([child(tmp_path, "worker-2")])
    before = supervisor.pids()["worker-2"]
    os.kill(before, signal.SIGKILL)
    until(lambda: supervisor.watch() or told)
    assert told[0].startswith("worker-2 restarted 0.")
    assert supervisor.pids()["worker-2"] != before


def test_a_child_that_keeps_dying_waits_longer_each_time_and_says_why(
    supervisor: Supervisor, tmp_path: Path, told: list[str]
) -> None:
    once = "import pathlib, sys; p = pathlib.Path(sys.argv[1]); first = not p.exists(); p.touch();"
    supervisor.start(
        [child(tmp_path, "web", once + "import time; time.sleep(0.2); sys.exit('no such page')")]
    )
    until(lambda: supervisor.watch() or any("died again" in line for line in told))
    (line,) = [line for line in told if "died again" in line]
    assert line.startswith("web died again (")
    assert line.endswith("web.log): no such page.")


def test_what_a_dead_child_had_started_is_ended_before_it_comes_back(
    supervisor: Supervisor, tmp_path: Path, told: list[str]
) -> None:
    supervisor.start([child(tmp_path, "web", PARENT)])
    leader = supervisor.pids()["web"]
    until(lambda: len(members([leader])) == 2)
    os.kill(leader, signal.SIGKILL)
    until(lambda: supervisor.watch() or told)
    assert members([leader]) == []


@pytest.mark.parametrize(("what", "code"), [("deaf", DEAF), ("a parent", PARENT)])
def test_stopping_also_ends_a_child_that_is(
    what: str, code: str, supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start([child(tmp_path, "web", code)])
    pid = supervisor.pids()["web"]
    supervisor.stop(patience=0.2)
    assert members([pid]) == []


def test_stopping_also_ends_a_child_that_stands_still(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start([child(tmp_path, "web", DEAF)])
    pid = supervisor.pids()["web"]
    os.kill(pid, signal.SIGSTOP)
    supervisor.stop(patience=0.2)
    assert members([pid]) == []


def test_a_child_that_dies_at_once_is_one_line(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match=r"^web died at once \(.*web\.log\): cannot bind\.$"):
        supervisor.start([child(tmp_path, "web", "import sys; sys.exit('cannot bind')")])


def test_a_command_that_is_not_there_is_one_line(supervisor: Supervisor, tmp_path: Path) -> None:
    missing = Child(name="web", argv=("no-such-command",), env=dict(os.environ), ready=lambda: False)
    with pytest.raises(ChildFailed, match="no-such-command cannot be started: No such file"):
        supervisor.start([missing])


def test_a_child_that_is_never_ready_is_one_line(supervisor: Supervisor, tmp_path: Path) -> None:
    slow = Child(
        name="web",
        argv=(sys.executable, "-S", "-c", "import time; time.sleep(60)"),
        env=dict(os.environ),
        ready=lambda: False,
    )
    with pytest.raises(ChildFailed, match=r"^web was not ready in 0 s \(.*web\.log\)\.$"):
        supervisor.start([slow], within=0.2)


def test_being_asked_to_stop_ends_the_wait_for_children(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, lambda line: None, asked_to_stop=lambda: True)
    supervisor.start([Child(name="web", argv=("sleep", "60"), env=dict(os.environ), ready=lambda: False)])
    assert supervisor.stop() == ["web"]


SUPERVISING = """
    import os, signal, sys, time
    from pathlib import Path
    from app.sandbox.processes import Child, Supervisor
    data = Path(sys.argv[1])
    ready = data / "web.ready"
    supervisor = Supervisor(data, print)
    supervisor.start([Child(name="web", argv=(sys.executable, "-S", "-c", sys.argv[2], str(ready)),
                            env=dict(os.environ), ready=ready.exists)])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_start(data: Path, code: str) -> int:
    """Run a supervisor that is killed once its child is ready; return the child's process id."""
    command = [sys.executable, "-c", textwrap.dedent(SUPERVISING), str(data), code]
    assert subprocess.run(command, timeout=30).returncode == -signal.SIGKILL
    return int(json.loads(run_file_path(data, "web").read_text())["pid"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    pid = killed_start(tmp_path, LIVES)
    until(lambda: not members([pid]))


def test_what_a_killed_start_left_is_found_and_ended_by_the_next(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    pid = killed_start(tmp_path, DEAF)
    assert members([pid]) == [pid]
    assert supervisor.take_over(patience=0.1) == ["web"]
    assert members([pid]) == []
    assert not run_file_path(tmp_path, "web").exists()


def test_a_number_that_was_given_to_another_process_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
    try:
        path = run_file_path(tmp_path, "web")
        path.parent.mkdir()
        path.write_text(f'{{"pid": {stranger.pid}, "mark": "another beginning"}}')
        assert Supervisor(tmp_path, lambda line: None).take_over() == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "{", '{"pid": "x"}', '{"pid": 1, "mark": ""}'])
def test_a_damaged_run_file_names_nobody(content: str, tmp_path: Path) -> None:
    path = tmp_path / "web.pid"
    path.write_text(content)
    assert running_pid(path) is None


def test_nobody_has_no_beginning() -> None:
    assert start_mark(os.getpid()) != ""
    assert start_mark(2**22 + 1) == ""


def test_a_full_disk_is_the_reason_whatever_the_log_says(tmp_path: Path) -> None:
    log = tmp_path / "redis.log"
    log.write_text("anything")
    assert why_it_died(log, 0, free=lambda path: 0).startswith("disk full on /")


def test_the_reason_is_the_last_line_of_this_life_without_its_prefix(tmp_path: Path) -> None:
    log = tmp_path / "redis.log"
    log.write_text("old life\n")
    begins = open_log(log)
    assert why_it_died(log, begins, free=lambda path: 10**9) == "it said nothing"
    with log.open("a") as file:
        file.write("812:M 23 Nov 2026 11:02:33.123 # Failed listening on port 6379, aborting.\n\n")
    assert why_it_died(log, begins, free=lambda path: 10**9) == "Failed listening on port 6379, aborting"


def test_a_log_that_grew_long_starts_anew_and_keeps_one_old_one(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (LOG_KEPT + 1))
    assert open_log(log) == 0
    assert (tmp_path / "web.old.log").stat().st_size == LOG_KEPT + 1
