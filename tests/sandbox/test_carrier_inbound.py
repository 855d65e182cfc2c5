"""A text that a phone writes: how it reaches the web, and what the carrier does with the answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm

from app.sandbox.carrier.settings import SharedKey
from tests.sandbox.carrier_world import ACCOUNT, ANA, OURS, TOKEN, Posted, World, until

PICTURE = "https://example.org/a.png"
KEY = SharedKey("webhooks_sharedkey_1", "a secret of the tests")


def is_signed(posted: Posted, secret: str) -> bool:
    algorithm = get_signature_algorithm(posted.headers.get(SIGNATURE_SETTINGS_HEADER))
    signature = posted.headers["X-Twilio-Signature"]
    valid: bool = RequestValidator(secret).validate(posted.url, posted.form, signature, algorithm)
    return valid


def test_a_text_is_posted_as_twilio_posts_it(world: World) -> None:
    sid = world.write("kinda 6 or 7 😕", wait=True)["sid"]
    form = world.web.texts()[0].form
    assert (form["MessageSid"], form["SmsSid"], form["SmsMessageSid"]) == (sid, sid, sid)
    assert (form["From"], form["To"], form["Body"]) == (ANA, OURS, "kinda 6 or 7 😕")
    assert (form["AccountSid"], form["ApiVersion"], form["SmsStatus"]) == (ACCOUNT, "2010-04-01", "received")
    assert (form["NumMedia"], form["NumSegments"]) == ("0", "1")
    assert (form["FromCountry"], form["ToCountry"], form["FromCity"]) == ("US", "US", "")
    assert "OptOutType" not in form


def test_pictures_come_along(world: World) -> None:
    sid = world.write("", media=[PICTURE, {"url": PICTURE, "content_type": "image/png"}], wait=True)["sid"]
    form = world.web.texts()[0].form
    assert sid.startswith("MM")
    assert form["NumMedia"] == "2"
    assert (form["MediaUrl0"], form["MediaContentType0"]) == (PICTURE, "image/jpeg")
    assert form["MediaContentType1"] == "image/png"


def test_a_whatsapp_text_has_whatsapp_fields(world: World) -> None:
    world.post("texts", **{"from": f"whatsapp:{ANA}", "to": f"whatsapp:{OURS}", "body": "hi", "wait": True})
    form = world.web.texts()[0].form
    assert (form["From"], form["WaId"]) == (f"whatsapp:{ANA}", "15550100201")
    assert "FromCountry" not in form


def test_all_that_is_posted_is_signed_with_the_token(world: World) -> None:
    world.write("6", wait=True)
    world.send()
    until(lambda: len(world.web.callbacks()) == 3)
    assert all(is_signed(posted, TOKEN) for posted in world.web.posted)
    assert not any(is_signed(posted, "another token") for posted in world.web.posted)


def test_a_shared_key_signs_by_the_second_scheme(world: World) -> None:
    world.start(shared_key=KEY)
    world.write("6", wait=True)
    posted = world.web.texts()[0]
    assert posted.headers[SIGNATURE_SETTINGS_HEADER] == f"key={KEY.sid},algorithm=HMAC_SHA256"
    assert is_signed(posted, KEY.secret)
    assert not is_signed(posted, TOKEN)


def test_sixty_texts_are_posted_at_once(world: World) -> None:
    world.start()
    world.web.gate.clear()
    with ThreadPoolExecutor(60) as scripts:
        sids = {
            answer["sid"] for answer in scripts.map(lambda place: world.write(f"text {place}"), range(60))
        }
    until(lambda: world.web.most_at_once == 60)
    world.web.gate.set()
    until(lambda: all(text["webhook"]["status"] == "answered" for text in world.texts()))
    assert {posted.form["MessageSid"] for posted in world.web.texts()} == sids
    assert len(sids) == 60


def test_copies_are_one_text_posted_often(world: World) -> None:
    sid = world.write("7", copies=3, wait=True)["sid"]
    assert [posted.form["MessageSid"] for posted in world.web.texts()] == [sid] * 3
    assert [text["webhook"]["tries"] for text in world.texts()] == [3]


def test_a_given_sid_arrives_again_as_the_same_text(world: World) -> None:
    sid = "SM" + "7" * 32
    first = world.write("7", sid=sid, wait=True)
    assert world.write("7", sid=sid, wait=True)["seq"] == first["seq"]
    assert len(world.web.texts()) == 2
    assert len(world.texts()) == 1


def test_a_sid_is_one_text_for_ever(world: World) -> None:
    sid = "SM" + "7" * 32
    world.write("7", sid=sid, wait=True)
    other = {"from": ANA, "to": OURS, "body": "8", "sid": sid}
    with requests.post(f"{world.carrier.base_url}/sandbox/texts", json=other, timeout=5) as answer:
        assert answer.status_code == 409
    assert [posted.form["Body"] for posted in world.web.texts()] == ["7"]


def test_an_answer_with_a_message_is_sent(world: World) -> None:
    world.web.answer = "<Response><Message>Thanks.</Message><Message><Body>More.</Body></Message></Response>"
    world.write("7", wait=True)
    until(lambda: [text["status"] for text in world.texts()] == ["received", "delivered", "delivered"])
    answers = world.texts()[1:]
    assert [(text["from"], text["to"], text["body"]) for text in answers] == [
        (OURS, ANA, "Thanks."),
        (OURS, ANA, "More."),
    ]
    assert world.client().messages(answers[0]["sid"]).fetch().direction == "outbound-reply"


@pytest.mark.parametrize("answer", ["", "<Response/>", "<Response></Response>", "ok", "<broken", "<Other/>"])
def test_any_other_answer_sends_nothing(world: World, answer: str) -> None:
    world.web.answer = answer
    assert world.write("7", wait=True)["webhook"]["status"] == "answered"
    assert len(world.texts()) == 1


def test_an_error_is_not_tried_again_and_stays_in_the_book(world: World) -> None:
    world.web.status = 503
    outcome = world.write("7", wait=True)["webhook"]
    assert outcome == {"status": "failed", "tries": 1, "answer": 503}
    assert world.client().messages.list(to=OURS)[0].body == "7"


def test_a_web_that_is_down_is_tried_once_more(world: World) -> None:
    world.start(webhook_url="http://127.0.0.1:1/sms")
    assert world.write("7", wait=True)["webhook"] == {"status": "failed", "tries": 2, "answer": None}
    assert world.texts()[0]["status"] == "received"


def test_a_web_that_does_not_answer_is_given_up(world: World) -> None:
    world.start(webhook_timeout=0.1)
    world.web.gate.clear()
    assert world.write("7", wait=True)["webhook"] == {"status": "failed", "tries": 1, "answer": None}


def test_the_carrier_answers_stop_itself_when_set_so(world: World) -> None:
    world.post("senders", number=OURS, answers_stop=True)
    world.write("Stop ", wait=True)
    assert world.web.texts()[0].form["OptOutType"] == "STOP"
    assert [text["direction"] for text in world.texts()] == ["in", "out"]
    with pytest.raises(TwilioRestException) as refused:
        world.send()
    assert (refused.value.code, refused.value.status) == (21610, 400)
    world.write("START", wait=True)
    assert world.web.texts()[1].form["OptOutType"] == "START"
    assert world.send().status == "queued"


def test_the_carrier_answers_help_and_blocks_nothing(world: World) -> None:
    world.post("senders", number=OURS, answers_stop=True)
    world.write("help", wait=True)
    assert world.web.texts()[0].form["OptOutType"] == "HELP"
    assert world.send().status == "queued"


def test_a_carrier_not_set_so_leaves_stop_to_us(world: World) -> None:
    world.write("STOP", wait=True)
    assert "OptOutType" not in world.web.texts()[0].form
    assert len(world.texts()) == 1
    assert world.send().status == "queued"


def test_a_word_in_a_sentence_is_no_stop(world: World) -> None:
    world.post("senders", number=OURS, answers_stop=True)
    world.write("I can't stop thinking", wait=True)
    assert "OptOutType" not in world.web.texts()[0].form


def test_texts_are_read_on_from_a_seq(world: World) -> None:
    seqs = [world.write(body)["seq"] for body in ("one", "two", "three")]
    assert seqs == sorted(set(seqs))
    assert [text["body"] for text in world.texts(after=seqs[0])] == ["two", "three"]
    assert world.texts(number="+15550100299") == []


def test_starting_over_forgets_a_number_and_gives_no_seq_again(world: World) -> None:
    last = world.write("one", wait=True)["seq"]
    assert world.post("forget", number=ANA) == {"forgotten": 1}
    assert world.texts() == []
    assert world.write("two")["seq"] > last


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("texts", {"from": ANA, "to": OURS}),
        ("texts", {"from": "Ana", "to": OURS, "body": "7"}),
        ("texts", {"from": ANA, "to": OURS, "body": "7", "colour": "red"}),
        ("texts", {"from": ANA, "to": OURS, "body": "7", "copies": 0}),
        ("texts", {"from": ANA, "to": OURS, "body": "7", "sid": "7"}),
        ("texts", {"from": ANA, "to": OURS, "body": "a" * 1601}),
        ("texts", {"from": ANA, "to": OURS, "body": "\ud800"}),
        ("faults", {"kind": "earthquake"}),
        ("senders", {"number": "ours"}),
        ("forget", {}),
    ],
)
def test_a_script_is_told_what_is_wrong(world: World, path: str, body: dict[str, object]) -> None:
    with requests.post(f"{world.carrier.base_url}/sandbox/{path}", json=body, timeout=5) as answer:
        assert answer.status_code == 400
        assert answer.json()["error"]
    assert world.texts() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "elsewhere.example", "Content-Type": "application/json"}, 403),
        ({"Host": "127.0.0.1.elsewhere.example", "Content-Type": "application/json"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_a_foreign_page_cannot_write_a_text(world: World, headers: dict[str, str], status: int) -> None:
    body = '{"from": "+15550100201", "to": "+15550100100", "body": "7"}'
    url = f"{world.carrier.base_url}/sandbox/texts"
    with requests.post(url, data=body, headers=headers, timeout=5) as answer:
        assert answer.status_code == status
    assert world.texts() == []


def test_the_carrier_says_that_it_is_well(world: World) -> None:
    with requests.get(f"{world.carrier.base_url}/sandbox/health", timeout=5) as answer:
        assert answer.json()["status"] == "ok"
