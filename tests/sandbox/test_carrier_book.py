"""The carrier's book outlives the carrier."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from app.sandbox.carrier.client import twilio_client
from app.sandbox.carrier.server import run_carrier
from tests.sandbox.carrier_world import ACCOUNT, ANA, OURS, TOKEN, World, until

PROGRAM = """
import sys
from pathlib import Path
from app.sandbox.carrier.server import run_carrier
from app.sandbox.carrier.settings import CarrierSettings

running = run_carrier(CarrierSettings(
    book_path=Path(sys.argv[1]), webhook_url=sys.argv[2], account_sid=sys.argv[3], auth_token=sys.argv[4]
))
print(running.base_url, flush=True)
running.wait()
"""


def test_a_stopped_carrier_goes_on_where_it_was(world: World) -> None:
    first = world.start()
    world.fault("stuck", seconds=0.3)
    sid = world.send().sid
    first.stop()
    world.start()
    assert world.ended()["sid"] == sid


def test_a_killed_carrier_has_lost_nothing(world: World) -> None:
    arguments = [str(world.folder / "book.db"), "http://127.0.0.1:1/sms", ACCOUNT, TOKEN]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as process:
        assert process.stdout is not None
        client = twilio_client(process.stdout.readline().strip(), ACCOUNT, TOKEN, 5.0)
        message = client.messages.create(to=ANA, from_=OURS, body="A short walk?")
        os.kill(process.pid, signal.SIGKILL)
    client.http_client.session.close()
    world.start()
    assert world.client().messages(message.sid).fetch().body == "A short walk?"
    assert world.ended()["status"] == "delivered"


def test_a_text_whose_post_was_cut_off_is_posted_by_the_next_run(world: World) -> None:
    world.start(webhook_threads=1)
    world.web.gate.clear()
    world.write("one")
    world.write("two")
    until(lambda: len(world.web.texts()) == 1)
    crash_copy(world)
    world.start(book_path=world.folder / "copy.db")
    until(lambda: {posted.form["Body"] for posted in world.web.texts()} == {"one", "two"})


def crash_copy(world: World) -> None:
    """Copy the book with its log as it lies on the disk, as a crash would leave it."""
    for ending in ("", "-wal"):
        content = (world.folder / f"book.db{ending}").read_bytes()
        (world.folder / f"copy.db{ending}").write_bytes(content)


def test_a_taken_port_is_an_error_of_the_caller(world: World) -> None:
    running = world.carrier
    port = int(running.base_url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        world.start(port=port, book_path=world.folder / "other.db")


def test_a_stopped_carrier_takes_no_more_requests(world: World) -> None:
    running = run_carrier(world.carrier.carrier.settings)
    running.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{running.base_url}/sandbox/health", timeout=1)


def test_nothing_is_printed_but_what_the_caller_prints(
    world: World, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    world.write("a private text", wait=True)
    world.send("another private text")
    world.ended()
    printed = "".join(capfd.readouterr()) + "".join(
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("app", "werkzeug", "carrier"))
    )
    assert printed == ""
