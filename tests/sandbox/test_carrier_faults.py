"""Each way in which the carrier can be told to misbehave, as the real client meets it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from tests.sandbox.carrier_world import ANA, BEN, OURS, World, until


def order(world: World) -> dict[str, Any]:
    return {"to": ANA, "from_": OURS, "body": "A short walk?"}


def refusal(call: Callable[[], object]) -> tuple[int, int | None]:
    with pytest.raises(TwilioRestException) as refused:
        call()
    return refused.value.status, refused.value.code


def test_a_timeout_leaves_the_message_in_the_book(world: World) -> None:
    world.fault("timeout")
    with pytest.raises(requests.ReadTimeout):
        world.client(timeout=0.3).messages.create(**order(world))
    assert world.ended()["status"] == "delivered"


def test_a_timeout_can_end_without_an_answer(world: World) -> None:
    world.fault("timeout", seconds=0.05)
    with pytest.raises(requests.ConnectionError):
        world.send()
    assert world.ended()["status"] == "delivered"


def test_a_reset_before_leaves_no_message(world: World) -> None:
    world.fault("reset_before")
    with pytest.raises(requests.ConnectionError):
        world.send()
    assert world.texts() == []


def test_a_reset_after_leaves_the_message_in_the_book(world: World) -> None:
    world.fault("reset_after")
    with pytest.raises(requests.ConnectionError):
        world.send()
    assert world.ended()["status"] == "delivered"


@pytest.mark.parametrize(
    ("more", "status", "code"), [({}, 500, 20500), ({"code": 500}, 500, 20500), ({"code": 503}, 503, 20503)]
)
def test_a_server_error_leaves_no_message(world: World, more: dict[str, int], status: int, code: int) -> None:
    world.fault("server_error", **more)
    assert refusal(world.send) == (status, code)
    assert world.texts() == []


def test_a_server_error_can_leave_the_message_in_the_book(world: World) -> None:
    world.fault("server_error", stored=True)
    assert refusal(world.send) == (500, 20500)
    assert world.ended()["status"] == "delivered"


def test_too_many_requests_are_turned_away(world: World) -> None:
    world.fault("too_many")
    assert refusal(world.send) == (429, 20429)
    assert world.texts() == []
    assert world.send().status == "queued"


@pytest.mark.parametrize("code", [21610, 21211, 21614, 30006])
def test_a_refusal_carries_the_code_asked_for(world: World, code: int) -> None:
    world.fault("refuse", code=code)
    assert refusal(world.send) == (400, code)
    assert world.texts() == []


@pytest.mark.parametrize("status", ["undelivered", "failed"])
def test_a_failure_comes_after_the_message_was_accepted(world: World, status: str) -> None:
    world.fault("fail", code=30006, status=status)
    assert world.send().status == "queued"
    text = world.ended()
    assert (text["status"], text["error_code"]) == (status, 30006)
    last = until(lambda: [one.form for one in world.web.callbacks() if "ErrorCode" in one.form])[0]
    assert (last["MessageStatus"], last["ErrorCode"]) == (status, "30006")


def test_a_stuck_message_stays_queued_for_its_seconds(world: World) -> None:
    world.fault("stuck", seconds=0.2)
    sid = world.send().sid
    assert world.client().messages(sid).fetch().status == "queued"
    assert world.ended()["status"] == "delivered"


def test_a_slow_answer_comes_in_the_end(world: World) -> None:
    world.fault("slow", seconds=0.4)
    with pytest.raises(requests.ReadTimeout):
        world.client(timeout=0.1).messages.create(**order(world))
    world.fault("slow", seconds=0.05)
    assert world.send().status == "queued"


def test_lost_callbacks_are_never_posted(world: World) -> None:
    world.fault("callback_lost")
    world.send()
    text = world.ended()
    assert [step["tries"] for step in text["callbacks"]] == [0, 0, 0, 0]
    assert world.web.callbacks() == []


def test_callbacks_can_come_twice(world: World) -> None:
    world.fault("callback_twice")
    world.send()
    until(lambda: world.web.statuses() == ["sending", "sending", "sent", "sent", "delivered", "delivered"])


def test_callbacks_can_come_before_the_answer(world: World) -> None:
    world.start()
    world.fault("callback_early")
    world.web.gate.clear()
    answers: list[Any] = []
    sending = Thread(target=lambda: answers.append(world.send()))
    sending.start()
    until(world.web.callbacks)
    assert answers == []
    world.web.gate.set()
    sending.join(5)
    assert answers[0].status == "queued"
    assert world.web.statuses()[:2] == ["sending", "sent"]
    until(lambda: world.web.statuses() == ["sending", "sent", "delivered"])


def test_a_text_can_arrive_twice_at_once(world: World) -> None:
    world.start()
    world.fault("text_twice")
    world.web.gate.clear()
    sid = world.write("7")["sid"]
    until(lambda: world.web.most_at_once == 2)
    world.web.gate.set()
    assert [posted.form["MessageSid"] for posted in world.web.texts()] == [sid, sid]
    world.write("8", wait=True)
    assert len(world.web.texts()) == 3


def test_a_text_can_be_lost_on_its_way_to_the_web(world: World) -> None:
    world.fault("silent_webhook")
    assert world.write("7", wait=True)["webhook"] == {"status": "silent", "tries": 0, "answer": None}
    assert world.write("8", wait=True)["webhook"]["status"] == "answered"
    assert [posted.form["Body"] for posted in world.web.texts()] == ["8"]
    assert [message.body for message in world.client().messages.list(to=OURS)] == ["8", "7"]


def test_a_fault_meets_only_the_number_it_names(world: World) -> None:
    world.fault("too_many", number=BEN)
    assert world.send().status == "queued"
    assert refusal(lambda: world.send(to=BEN)) == (429, 20429)


def test_a_fault_happens_as_often_as_it_says(world: World) -> None:
    world.fault("too_many", times=2)
    assert [refusal(world.send), refusal(world.send)] == [(429, 20429)] * 2
    assert world.send().status == "queued"


def test_a_fault_without_times_goes_on_until_cleared(world: World) -> None:
    world.fault("too_many", times=None)
    for _ in range(3):
        assert refusal(world.send) == (429, 20429)
    assert world.post("faults", kind="clear") == {"faults": []}
    assert world.send().status == "queued"


def test_reading_the_book_can_fail_too(world: World) -> None:
    sid = world.send().sid
    world.fault("server_error", on="read", code=503)
    world.fault("reset_before", on="read")
    client = world.client()
    with pytest.raises(requests.ConnectionError):
        client.messages.list()
    with pytest.raises(TwilioException, match="Unable to fetch page"):
        client.messages.list()
    assert client.messages(sid).fetch().sid == sid


def test_what_is_still_to_happen_can_be_read(world: World) -> None:
    world.fault("slow", seconds=3, times=2)
    with requests.get(f"{world.carrier.base_url}/sandbox/faults", timeout=5) as answer:
        waiting = answer.json()["faults"]
    assert [(fault["kind"], fault["times"], fault["seconds"]) for fault in waiting] == [("slow", 2, 3.0)]
