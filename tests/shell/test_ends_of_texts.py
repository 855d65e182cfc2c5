"""How a text ends, when callback, worker and settler meet, and what must not overtake what."""

from __future__ import annotations

import threading

import msgspec
import pytest
from flask import Flask
from twilio.request_validator import RequestValidator

from app.core.signals import StaffActed
from app.core.state import MAX_OUTGOING
from app.deliver import Deliverer
from app.ports import Accepted, GatewayError, NotReached, RecordError, Unsure
from app.web.sms import sms_blueprint
from tests.shell.conftest import OURS, THEIRS, World
from tests.shell.test_crash_points import mark_calling, settle, until_scheduled
from tests.small_program import small_release


@pytest.fixture
def report(world):
    """Posts a signed delivery report."""
    app = Flask("webhooks")
    app.register_blueprint(sms_blueprint(world.parts))
    validator = RequestValidator(world.parts.settings.auth_token)

    def post(message, status, sid):
        path = f"/sms/status?m={message}"
        form = {"MessageSid": sid, "MessageStatus": status}
        signature = validator.compute_signature(world.parts.settings.public_url + path, form)
        headers = {"X-Twilio-Signature": signature}
        return app.test_client().post(path, data=form, headers=headers).status_code

    return post


def test_a_text_that_waits_for_another_try_counts_as_unsent_again(world):
    world.carrier.next = [NotReached(429)]
    world.text("START")
    world.deliver()
    message = world.rows("said")[-1]["message"]
    assert world.parts.participants.load(world.participant).unsent == (message,)


def test_a_confirmation_does_not_wait_behind_a_text_that_is_to_be_tried_again(world):
    world.enroll()
    world.carrier.next = [NotReached(429)]
    world.text("what can you do?")
    world.deliver()
    world.text("STOP")
    world.deliver()
    assert "unsubscribed" in world.carrier.bodies()[-1]


def test_a_risk_answer_does_not_wait_behind_a_call_that_hangs(world):
    world.enroll()
    world.text("what can you do?")
    mark_calling(world)
    world.text("i want to kill myself")
    world.deliver()
    assert "988" in world.carrier.bodies()[-1]


def test_two_risk_answers_keep_their_order(world):
    world.enroll()
    world.text("i want to kill myself")
    mark_calling(world)
    world.text("i will kill myself tonight")
    assert world.parts.outbox.claim(("risk",), 10, 5_000, 0) == []


def book_is_closed(*_):
    raise GatewayError("away")


def test_a_look_at_a_book_that_cannot_be_read_does_not_count(world, monkeypatch):
    world.text("START")
    text = mark_calling(world)
    sid = world.carrier.take(OURS, THEIRS, text.text.body)
    with monkeypatch.context() as patched:
        patched.setattr(world.carrier, "sent", book_is_closed)
        settle(world, times=4)
        world.deliver()
    settle(world)
    world.deliver()
    assert [entry.sid for entry in world.carrier.book] == [sid]


def test_a_risk_answer_does_not_wait_for_ever_for_a_book_that_cannot_be_read(world, connection, monkeypatch):
    world.enroll()
    world.text("i want to kill myself")
    text = mark_calling(world)
    monkeypatch.setattr(world.carrier, "sent", book_is_closed)
    long_ago = text.machine_now - 60_000
    connection.hset(world.parts.keys.text(text.message), "called_at", long_ago)
    settle(world)
    world.deliver()
    assert "988" in world.carrier.bodies()[-1]


def test_a_report_whose_record_failed_is_followed_up(world, report, monkeypatch):
    world.text("START")
    world.deliver()
    message, sid = world.rows("said")[-1]["message"], world.carrier.book[-1].sid

    def away(*_):
        raise RecordError("away")

    with monkeypatch.context() as patched:
        patched.setattr(world.parts.spine, "handle", away)
        assert report(message, "undelivered", sid) == 503
    settle(world)
    assert [row["status"] for row in world.rows("delivery")] == ["accepted", "undelivered"]


def test_a_worker_that_died_before_the_carrier_said_sent_is_followed_up(world, report):
    world.text("START")
    text = mark_calling(world)
    assert report(text.message, "sent", "SM" + "7" * 32) == 204
    settle(world)
    assert [row["status"] for row in world.rows("delivery")] == ["accepted"]
    assert world.state().outgoing == []


def test_a_report_that_comes_while_a_text_is_given_up_wins(world, report, monkeypatch):
    """The callback is handled between the second look and the end."""
    until_scheduled(world)
    text = mark_calling(world)
    settle(world)
    looked = world.carrier.sent

    def meanwhile(*args):
        report(text.message, "delivered", "SM" + "7" * 32)
        return looked(*args)

    monkeypatch.setattr(world.carrier, "sent", meanwhile)
    settle(world)
    statuses = [row["status"] for row in world.rows("delivery") if row["message"] == text.message]
    assert statuses == ["delivered"]


def test_dead_between_the_end_of_a_text_and_its_record_the_record_says_why(world, monkeypatch):
    world.enroll()
    world.text("what can you do?")
    world.parts.spine.handle(world.participant, StaffActed(id="staff-1", action="hold"))
    world.text("and what else?")
    (claimed,) = world.parts.outbox.claim(("reply",), 1, 1, 0)
    world.parts.outbox.settle(claimed, "withheld", reason="staff_hold", follow_ms=1)
    settle(world)
    assert world.rows("delivery")[-1]["reason"] == "staff_hold"


def test_more_answers_than_the_record_holds_are_said_to_be_withheld(connection):
    release = small_release()
    limits = msgspec.structs.replace(release.limits, replies_per_hour=0, same_reply_per_10_minutes=0)
    world = World(connection, msgspec.structs.replace(release, limits=limits))
    world.enroll()
    for _ in range(MAX_OUTGOING + 3):
        world.text("HELP")
    dropped = [row for row in world.rows("withheld") if row.get("message")]
    assert len(dropped) == 3
    assert {row["reason"] for row in dropped} == {"stale"}


class StalledClock:
    """Time that leaps while the text is being marked, as when the process was stopped."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 30.0
        return self.now


def test_a_worker_that_was_stopped_before_the_call_does_not_call(world):
    world.text("START")
    parts = world.parts
    deliverer = Deliverer(
        parts.outbox, parts.spine, parts.snapshots, parts.gateway, parts.numbers, seconds=StalledClock()
    )
    (message,) = parts.outbox.claim(("confirmation", "reply"), 1, 8_000, 0)
    deliverer.deliver_one(message)
    deliverer.close()
    assert world.carrier.book == []
    settle(world, times=2)
    world.deliver()
    assert len(world.carrier.book) == 1


class HangingCarrier:
    """A carrier whose calls hang until let go; calls for help go through."""

    def __init__(self) -> None:
        self.go_on, self.hanging, self.helped = threading.Event(), 0, threading.Event()

    def send(self, message, sender, number, body, valid_seconds):
        if "988" in body:
            self.helped.set()
            return Accepted("SM" + message[2:].ljust(32, "0"))
        self.hanging += 1
        self.go_on.wait(20)
        return Unsure("ReadTimeout")


def test_a_risk_answer_leaves_while_every_other_call_hangs(real_world):
    world = real_world
    for number in range(20):
        world.text("START", number=f"+131255502{number:02d}")
    carrier, parts = HangingCarrier(), world.parts
    deliverer = Deliverer(parts.outbox, parts.spine, parts.snapshots, carrier, parts.numbers)
    running = threading.Thread(target=deliverer.run, args=(("risk", "confirmation", "reply"),))
    running.start()
    try:
        for _ in range(500):
            if carrier.hanging >= 12:
                break
            threading.Event().wait(0.01)
        world.text("i want to kill myself", number="+13125550299")
        assert carrier.helped.wait(2)
    finally:
        carrier.go_on.set()
        running.join()
        deliverer.close()
