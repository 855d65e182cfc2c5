"""What the real Twilio client sees of the sandbox carrier: create, fetch, list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.sandbox.carrier_world import ACCOUNT, ANA, BEN, OURS, TOKEN, Clock, World, until

SERVICE = "MG" + "1b" * 16


def test_a_message_is_queued_at_once_and_not_yet_sent(world: World) -> None:
    world.start()
    world.fault("stuck", seconds=60)
    message = world.send("A short walk?")
    assert (message.status, message.direction, message.date_sent) == ("queued", "outbound-api", None)
    assert (message.to, message.from_, message.body) == (ANA, OURS, "A short walk?")
    assert (message.num_segments, message.num_media, message.error_code) == ("1", "0", None)
    assert message.sid.startswith("SM")
    assert len(message.sid) == 34
    assert abs(message.date_created - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_message_is_sent_and_delivered(world: World) -> None:
    message = world.send()
    world.ended()
    delivered = world.client().messages(message.sid).fetch()
    assert delivered.status == "delivered"
    assert delivered.date_sent is not None


def test_each_step_is_reported(world: World) -> None:
    message = world.send()
    until(lambda: world.web.statuses() == ["sending", "sent", "delivered"])
    form = next(one.form for one in world.web.callbacks() if one.form["MessageStatus"] == "delivered")
    assert form == {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": "delivered",
        "SmsStatus": "delivered",
        "AccountSid": ACCOUNT,
        "From": OURS,
        "To": ANA,
        "ApiVersion": "2010-04-01",
    }


def test_the_book_shows_each_step_and_its_callback(world: World) -> None:
    world.send()
    until(lambda: [step["answer"] for step in world.texts()[0]["callbacks"][1:]] == [200, 200, 200])
    steps = world.texts()[0]["callbacks"]
    assert [step["status"] for step in steps] == ["queued", "sending", "sent", "delivered"]
    assert [step["tries"] for step in steps] == [0, 1, 1, 1]


def test_a_message_without_a_callback_address_is_reported_to_nobody(world: World) -> None:
    world.client().messages.create(to=ANA, from_=OURS, body="A short walk?")
    assert world.ended()["status"] == "delivered"
    assert world.web.posted == []


def test_a_messaging_service_chooses_the_sender_later(world: World) -> None:
    world.start(numbers=(OURS,))
    message = world.client().messages.create(to=ANA, messaging_service_sid=SERVICE, body="A short walk?")
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    text = world.ended()
    assert (text["from"], text["segments"]) == (OURS, 1)


def test_a_message_that_waits_past_its_validity_fails(world: World) -> None:
    clock = Clock()
    running = world.start(clock=clock)
    world.fault("stuck", seconds=3600)
    world.send(validity_period=60)
    clock.now += 61
    running.carrier.timeline.nudge()
    text = world.ended()
    assert (text["status"], text["error_code"]) == ("failed", 30036)
    until(lambda: [one.form.get("ErrorCode") for one in world.web.callbacks()] == ["30036"])


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"to": ""}, 21604, 400),
        ({"to": "5550100201"}, 21211, 400),
        ({"to": "+1 555 010 0201"}, 21211, 400),
        ({"from_": "someone"}, 21212, 400),
        ({"from_": None}, 21603, 400),
        ({"from_": ANA}, 21266, 400),
        ({"from_": "+15550100999"}, 21660, 400),
        ({"body": ""}, 21602, 400),
        ({"body": "a" * 1601}, 21617, 400),
        ({"validity_period": 0}, 30045, 400),
        ({"validity_period": 36001}, 30045, 400),
    ],
)
def test_what_twilio_refuses_is_refused(world: World, change: dict[str, Any], code: int, status: int) -> None:
    world.start(numbers=(OURS,))
    with pytest.raises(TwilioRestException) as refused:
        world.send(**change)
    assert (refused.value.code, refused.value.status) == (code, status)
    assert world.texts() == []


def test_a_service_without_numbers_sends_nothing(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().messages.create(to=ANA, messaging_service_sid=SERVICE, body="A short walk?")
    assert refused.value.code == 21703


def test_a_wrong_token_is_turned_away(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client(token="another").messages.create(to=ANA, from_=OURS, body="A short walk?")
    assert (refused.value.code, refused.value.status) == (20003, 401)
    assert world.texts() == []


def test_an_unknown_message_is_not_found(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().messages("SM" + "0" * 32).fetch()
    assert (refused.value.code, refused.value.status) == (20404, 404)


def test_errors_have_twilios_form(world: World) -> None:
    url = f"{world.carrier.base_url}/2010-04-01/Accounts/{ACCOUNT}/Nothing.json"
    with requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5) as answer:
        assert answer.status_code == 404
        assert set(answer.json()) == {"code", "message", "more_info", "status"}


def test_the_list_is_newest_first_and_filters(world: World) -> None:
    client = world.client()
    for body in ("one", "two"):
        world.send(body)
    world.send("three", to=BEN)
    world.write("four")
    assert [message.body for message in client.messages.list()] == ["four", "three", "two", "one"]
    assert [message.body for message in client.messages.list(to=ANA)] == ["two", "one"]
    assert [message.body for message in client.messages.list(from_=ANA)] == ["four"]
    assert [message.direction for message in client.messages.list(to=OURS)] == ["inbound"]


def test_the_list_goes_on_page_by_page(world: World) -> None:
    client = world.client()
    for place in range(5):
        world.send(f"text {place}")
    listed = [message.body for message in client.messages.list(to=ANA, page_size=2)]
    assert listed == ["text 4", "text 3", "text 2", "text 1", "text 0"]


def test_the_list_filters_by_when_it_was_sent(world: World) -> None:
    clock = Clock()
    world.start(clock=clock)
    client = world.client()
    start = datetime.fromtimestamp(clock.now, UTC)
    for body in ("early", "later"):
        world.write(body)
        clock.now += 3600
    middle = start + timedelta(minutes=30)
    assert [message.body for message in client.messages.list(date_sent_after=middle)] == ["later"]
    assert [message.body for message in client.messages.list(date_sent_before=middle)] == ["early"]
    assert len(client.messages.list(date_sent=start)) == 2
    assert len(client.messages.list(date_sent=start.date())) == 2
    assert client.messages.list(date_sent=start.date() + timedelta(days=2)) == []


def test_a_message_not_yet_sent_fits_no_filter_on_when_it_was_sent(world: World) -> None:
    world.start()
    world.fault("stuck", seconds=60)
    world.send()
    client = world.client()
    assert client.messages.list(to=ANA)[0].date_sent is None
    assert client.messages.list(to=ANA, date_sent_after=datetime(2026, 1, 1, tzinfo=UTC)) == []


def test_the_list_lags_and_a_fetch_does_not(world: World) -> None:
    clock = Clock()
    world.start(clock=clock, list_lag=0.5)
    client = world.client()
    message = world.send()
    assert client.messages.list(to=ANA) == []
    assert client.messages(message.sid).fetch().sid == message.sid
    clock.now += 0.5
    assert len(client.messages.list(to=ANA)) == 1


@pytest.mark.parametrize("query", ["DateSent=yesterday", "PageSize=many", "PageToken=PAx"])
def test_a_list_call_that_makes_no_sense_is_refused(world: World, query: str) -> None:
    url = f"{world.carrier.base_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json?{query}"
    with requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5) as answer:
        assert answer.status_code == 400


def test_our_numbers_say_where_their_texts_go_and_can_be_told(world: World) -> None:
    world.start(numbers=(OURS,))
    client = world.client()
    number = client.incoming_phone_numbers.list(phone_number=OURS)[0]
    assert number.sms_url == world.carrier.carrier.settings.webhook_url
    client.incoming_phone_numbers(number.sid).update(sms_url=f"{world.web.base_url}/sms?elsewhere=1")
    assert client.incoming_phone_numbers(number.sid).fetch().sms_url.endswith("elsewhere=1")
    world.write("hello", wait=True)
    assert world.web.texts()[0].url.endswith("elsewhere=1")


def test_the_account_is_there(world: World) -> None:
    account = world.client().api.accounts(ACCOUNT).fetch()
    assert (account.sid, account.status) == (ACCOUNT, "active")


def test_the_account_too_asks_for_the_token(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client(token="another").api.accounts(ACCOUNT).fetch()
    assert refused.value.code == 20003


def test_another_account_is_not_found(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().api.accounts("AC" + "f" * 32).messages.create(to=ANA, from_=OURS, body="A short walk?")
    assert (refused.value.code, refused.value.status) == (20404, 404)


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("\u2019" + "a" * 69, 1),
        ("\u2019" + "a" * 70, 2),
        ("\U0001f600" * 35, 1),
        ("\U0001f600" * 36, 2),
    ],
)
def test_segments_are_counted_as_they_are_billed(world: World, body: str, segments: int) -> None:
    assert world.send(body).num_segments == str(segments)
