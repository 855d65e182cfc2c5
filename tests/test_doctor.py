"""What `cairn doctor` finds, with the real Twilio client on the sandbox carrier."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import fakeredis
import msgspec
import pytest
import redis
from flask import Flask

from app.adapters.twilio_gateway import TwilioGateway
from app.doctor import checks, confirm_stop, doctor_json, doctor_lines, exit_code, run_doctor
from app.doctor_check import Check
from app.doctor_text import text_me
from app.health_codes import CODES
from app.settings import Settings
from app.settings_kinds import Sender
from app.web.health import health_blueprint
from app.web.sms import sms_blueprint
from app.wiring import Parts, connect
from tests.sandbox.carrier_world import ACCOUNT, ANA, OURS, TOKEN, World, until
from tests.small_program import small_release
from tests.web.dashboard_world import served
from tests.web.health_world import Deployment


class Clinic:
    """A deployment that the doctor looks at: its settings, its record, its carrier and its web."""

    def __init__(self, world: World, connection: redis.Redis, public_url: str) -> None:
        self.world, self.connection = world, connection
        world.start(numbers=(OURS,), webhook_url=f"{public_url}/sms")
        sender = Sender(id="s_1", number=OURS, program=small_release().program)
        self.settings = Settings(
            redis_url="redis://given",
            public_url=public_url,
            senders=(sender,),
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            carrier_url=world.carrier.base_url,
            keys=(b"k" * 32,),
            study_key=b"s" * 32,
            session_secret="secret",
            dashboard_password="password",
            on_call="the night nurse",
        )

    @property
    def parts(self) -> Parts:
        """What the doctor works with."""
        return Parts(self.settings, connection=self.connection)

    def change(self, **settings: object) -> None:
        """Set something else."""
        self.settings = msgspec.structs.replace(self.settings, **settings)

    def found(self, token: str = TOKEN) -> list[Check]:
        """Every check."""
        return list(checks(self.settings, self.parts, self.world.client(token)))

    def failing(self, token: str = TOKEN) -> list[str]:
        """The words of what is wrong, and how to mend it."""
        return [f"{check.words} {check.fix}" for check in self.found(token) if check.state == "fail"]

    def run_everything(self) -> None:
        """Publish, tick, and let workers register."""
        Deployment(self.connection)

    def point(self, address: str) -> None:
        """Let the number's texts be posted elsewhere."""
        client = self.world.client()
        (number,) = client.incoming_phone_numbers.list(phone_number=OURS)
        client.incoming_phone_numbers(number.sid).update(sms_url=address)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """A deployment in which everything is as it should be."""
    world, connection = World(tmp_path), fakeredis.FakeStrictRedis()
    app = Flask("web")
    with served(app) as address:
        made = Clinic(world, connection, address)
        made.run_everything()
        app.register_blueprint(sms_blueprint(made.parts))
        app.register_blueprint(health_blueprint(made.parts))
        yield made
    world.close()
    connection.close()


def test_what_is_as_it_should_be_is_ticked(clinic: Clinic) -> None:
    assert clinic.failing() == []
    assert exit_code(clinic.found()) == 0
    words = " ".join(check.words for check in clinic.found() if check.state == "ok")
    for ticked in (
        "Redis answers",
        "CAIRN_KEYS is set; nobody is kept yet.",
        "Every program behind a number has a release",
        "A clock ticks",
        "Every queue has a worker",
        "The carrier knows the account",
        f"Texts to {OURS} come to {clinic.settings.public_url}/sms",
        "leads to Cairn",
        "takes what the carrier signs, and nothing else",
    ):
        assert ticked in words


def test_a_wrong_token_is_named(clinic: Clinic) -> None:
    assert "The carrier refuses our credentials" in " ".join(clinic.failing(token="another"))
    assert exit_code(clinic.found("another")) == 1


def test_a_number_that_is_not_ours_is_named(clinic: Clinic) -> None:
    sender = Sender(id="s_2", number="+15550100999", program=small_release().program)
    clinic.change(senders=(sender,))
    assert "The account has no number +15550100999." in " ".join(clinic.failing())


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/sms", "https://elsewhere.example/sms#rc=2&rp=all"]
)
def test_a_number_that_posts_elsewhere_says_what_to_paste(clinic: Clinic, address: str) -> None:
    clinic.point(address)
    (words,) = clinic.failing()
    assert "go to POST https://elsewhere.example/sms" in words
    assert f"Paste {clinic.settings.public_url}/sms#rc=2&rp=all" in words


def test_overrides_behind_our_address_are_no_other_address(clinic: Clinic) -> None:
    clinic.point(f"{clinic.settings.public_url}/sms#rc=2&rp=all")
    assert clinic.failing() == []


def test_at_a_real_carrier_retries_and_a_fallback_are_advised(clinic: Clinic) -> None:
    clinic.change(carrier_url="")
    advised = [check.fix for check in clinic.found() if check.name == "sender s_1" and check.state == "warn"]
    assert advised[0] == f"Paste {clinic.settings.public_url}/sms#rc=2&rp=all"
    assert "fallback" in advised[1]
    clinic.point(f"{clinic.settings.public_url}/sms#rc=2&rp=all")
    advised = [check.fix for check in clinic.found() if check.name == "sender s_1" and check.state == "warn"]
    assert len(advised) == 1


def test_a_carrier_that_is_away_is_a_needed_thing_that_is_not_there(clinic: Clinic) -> None:
    client = clinic.world.client()
    clinic.world.carrier.stop()
    found = list(checks(clinic.settings, clinic.parts, client))
    assert "does not answer" in next(check.words for check in found if check.state == "fail")
    assert exit_code(found) == 3


def test_redis_that_is_away_is_a_needed_thing_that_is_not_there(clinic: Clinic) -> None:
    away = connect("redis://127.0.0.1:1/0", 0.2)
    found = list(checks(clinic.settings, Parts(clinic.settings, connection=away), clinic.world.client()))
    assert ("redis", True) in [(check.name, check.away) for check in found if check.state == "fail"]
    assert exit_code(found) == 3
    away.close()


def test_without_redis_the_carrier_is_still_looked_at(clinic: Clinic) -> None:
    clinic.change(redis_url="")
    found = clinic.found()
    assert "REDIS_URL is not set" in next(check.words for check in found if check.state == "fail")
    assert any(check.name == "carrier" and check.state == "ok" for check in found)


def test_production_is_refused_what_belongs_to_the_demo(clinic: Clinic) -> None:
    clinic.change(mode="production")
    words = " ".join(clinic.failing())
    assert "CAIRN_CARRIER_URL" in words
    assert "is not https" in words


def test_a_web_process_with_another_token_is_found_by_its_signature(clinic: Clinic) -> None:
    clinic.change(auth_token="another")
    assert "The web process refuses a good signature (403)." in " ".join(clinic.failing())


def test_something_else_at_the_public_address_is_named(clinic: Clinic) -> None:
    clinic.change(public_url=clinic.world.web.base_url)
    assert "does not answer as ours" in " ".join(clinic.failing())


def test_keys_that_do_not_open_what_is_kept_are_named(clinic: Clinic) -> None:
    clinic.world.write("START")
    until(lambda: clinic.connection.keys("cairn:p:*"))
    assert "CAIRN_KEYS opens what is kept." in [check.words for check in clinic.found()]
    clinic.change(keys=(b"x" * 32,))
    assert "What is kept cannot be opened with CAIRN_KEYS." in " ".join(clinic.failing())


def test_what_health_finds_stands_among_the_checks(clinic: Clinic) -> None:
    clinic.connection.delete("cairn:heartbeats")
    assert f"{CODES['clock_never_ran'].words} {CODES['clock_never_ran'].fix}" in clinic.failing()
    assert "A clock ticks." not in [check.words for check in clinic.found()]


def test_a_persons_look_at_unclear_texts_is_remembered_and_a_scripts_is_not(clinic: Clinic) -> None:
    clinic.connection.hset("cairn:counts", "unclear", "2")
    printed = [io.StringIO() for _ in range(3)]
    for out, as_json in zip(printed, (True, False, False), strict=True):
        run_doctor(clinic.parts, "", as_json, out)
    said = ["2 texts may or may not have left" in out.getvalue() for out in printed]
    assert said == [True, True, False]


def test_a_confirmed_stop_wording_is_asked_for_no_more(clinic: Clinic) -> None:
    sender = Sender(id="s_1", number=OURS, program=small_release().program, stop="carrier")
    clinic.change(senders=(sender,))
    assert "stop unconfirmed" in [check.name for check in clinic.found()]
    confirm_stop(clinic.parts, "s_1")
    assert "stop unconfirmed" not in [check.name for check in clinic.found()]


def test_each_check_is_a_line() -> None:
    out = io.StringIO()
    doctor_lines(
        [Check("clock", "ok", "A clock ticks."), Check("redis", "fail", "It is away.", "Start it.")], out
    )
    assert out.getvalue().splitlines() == [
        "ok    clock              A clock ticks.",
        "FAIL  redis              It is away. Start it.",
    ]


def test_json_is_one_object_with_its_schema() -> None:
    shown = json.loads(doctor_json([Check("redis", "fail", "It is away.", "Start it.", away=True)]))
    assert shown == {
        "schema": "cairn.doctor/1",
        "checks": [{"name": "redis", "state": "fail", "words": "It is away.", "fix": "Start it."}],
        "exit": 3,
    }


def followed(clinic: Clinic) -> list[Check]:
    """What became of one text to Ana."""
    client = clinic.world.client()
    gateway = TwilioGateway(client, f"{clinic.settings.public_url}/sms/status")
    return list(text_me(clinic.settings, gateway, client, ANA, pause=lambda _: until(clinic.world.ended)))


def test_one_text_is_sent_and_followed_to_the_phone(clinic: Clinic) -> None:
    assert [check.words for check in followed(clinic)] == [
        "The carrier took the text.",
        "The text was delivered.",
    ]
    assert len(clinic.world.texts()) == 1


def test_a_text_that_the_carrier_refuses_says_why(clinic: Clinic) -> None:
    clinic.change(senders=(Sender(id="s_2", number="+15550100999", program="small-steps"),))
    (check,) = followed(clinic)
    assert (check.state, check.name) == ("fail", "text")
    assert "The carrier refused the text" in check.words


def test_a_number_that_is_none_is_wrong_usage(clinic: Clinic) -> None:
    out = io.StringIO()
    assert run_doctor(clinic.parts, "me", False, out) == 2
    assert out.getvalue() == "me is not a number like +13125550100.\n"
