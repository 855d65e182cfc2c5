"""The carrier's webhooks, signed as the carrier signs."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twilio.request_validator import HMAC_SHA256, RequestValidator

from app.ports import RecordError
from app.web.sms import sms_blueprint
from tests.shell.conftest import OURS, THEIRS

SID = "SM" + "ab" * 16


@pytest.fixture
def phone(world):
    """Posts to the webhooks with a valid signature, unless told another one."""
    app = Flask("webhooks")
    app.register_blueprint(sms_blueprint(world.parts))
    client = app.test_client()
    validator = RequestValidator(world.parts.settings.auth_token)

    def post(path="/sms", signature=None, algorithm=None, **fields):
        form = {"MessageSid": SID, "From": THEIRS, "To": OURS, "Body": "START", "NumMedia": "0", **fields}
        form = {name: value for name, value in form.items() if value is not None}
        headers = {}
        if algorithm:
            headers["X-Twilio-Webhooks-Signature-Settings"] = f"key=k1,algorithm={algorithm}"
        if signature is None:
            signature = validator.compute_signature(world.parts.settings.public_url + path, form, algorithm)
        if signature:
            headers["X-Twilio-Signature"] = signature
        return client.post(path, data=form, headers=headers)

    return post


def test_a_text_is_answered_with_empty_twiml_after_the_commit(world, phone):
    answer = phone()
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text.endswith("<Response></Response>")
    assert world.state().asks[0].of == "consent"


def test_the_second_signature_scheme_is_checked_too(world, phone):
    assert phone(algorithm=HMAC_SHA256).status_code == 200
    assert phone(algorithm="HMAC_MD5", signature="anything").status_code == 403


@pytest.mark.parametrize("signature", ["", "wrong", "é" * 28, "A" * 100_000])
def test_a_wrong_or_missing_signature_changes_nothing(world, phone, connection, signature):
    before = sorted(connection.keys("*"))
    assert phone(signature=signature).status_code in (403, 431)
    assert sorted(connection.keys("*")) == before


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"MessageSid": "no id of theirs", "SmsSid": None}, 400),
        ({"MessageSid": "SM" + "1" * 100}, 400),
        ({"MessageSid": None}, 400),
        ({"From": ""}, 400),
        ({"From": "+1 312 555"}, 400),
        ({"To": "+19995550000"}, 404),
        ({"Body": "x" * 20_000}, 413),
        ({"Body": "x" * 70_000}, 413),
    ],
)
def test_malformed_or_oversized_is_the_senders_mistake(phone, fields, status):
    assert phone(**fields).status_code == status


def test_whatsapp_pictures_and_unknown_fields_are_taken(world, phone):
    answer = phone(
        Body="", NumMedia="1", MediaUrl0="https://example.org/a", ProfileName="x", Whatever="y" * 900
    )
    assert answer.status_code == 200
    assert world.rows("heard")[0]["media"] == 1


def test_whatsapp_is_answered_on_whatsapp(world, phone):
    assert phone(From=f"whatsapp:{THEIRS}", To=f"whatsapp:{OURS}").status_code == 200
    world.deliver()
    (answer,) = world.carrier.book
    assert (answer.sender, answer.number) == (f"whatsapp:{OURS}", f"whatsapp:{THEIRS}")


def test_when_the_carrier_answered_stop_we_mark_it_and_say_nothing(world, phone):
    world.enroll()
    before = len(world.carrier.book)
    assert phone(Body="STOP", OptOutType="STOP").status_code == 200
    world.deliver()
    assert world.state().stopped.how == "carrier"
    assert len(world.carrier.book) == before


def test_redis_away_is_503(world, phone, monkeypatch):
    def away(*_):
        raise RecordError("away")

    monkeypatch.setattr(world.parts.participants, "load_by_number", away)
    assert phone().status_code == 503


def test_a_delivery_report_reaches_the_record_once(world, phone):
    phone()
    world.deliver()
    message, sid = world.rows("said")[-1]["message"], world.carrier.book[-1].sid
    for status in ("queued", "sent", "delivered", "delivered", "sent"):
        answer = phone(f"/sms/status?m={message}", MessageSid=sid, MessageStatus=status)
        assert answer.status_code == 204
    assert [row["status"] for row in world.rows("delivery")] == ["accepted", "delivered"]


def test_an_undelivered_report_says_why_and_marks_the_number(world, phone):
    phone()
    world.deliver()
    message, sid = world.rows("said")[-1]["message"], world.carrier.book[-1].sid
    phone(f"/sms/status?m={message}", MessageSid=sid, MessageStatus="undelivered", ErrorCode="30006")
    assert world.rows("delivery")[-1]["reason"].startswith("landline")
    assert world.state().reach.status == "never"


@pytest.mark.parametrize(
    "path", ["/sms/status", "/sms/status?m=", "/sms/status?m=m_zz", "/sms/status?m=m_" + "0" * 20]
)
def test_reports_about_nothing_we_sent_change_nothing(phone, path):
    assert phone(path, MessageStatus="delivered").status_code in (204, 400)


FIELDS = (
    "Body",
    "From",
    "To",
    "NumMedia",
    "MessageSid",
    "OptOutType",
    "MessageStatus",
    "ErrorCode",
    "SmsSid",
)
ONE_PHONE = [HealthCheck.function_scoped_fixture]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=ONE_PHONE)
@given(fields=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)), status=st.booleans())
def test_nothing_a_sender_can_type_makes_a_5xx(phone, fields, status):
    clean = {name: value.encode("utf-8", "ignore").decode() for name, value in fields.items()}
    path = "/sms/status?m=m_" + "1" * 20 if status else "/sms"
    assert phone(path, **clean).status_code < 500
