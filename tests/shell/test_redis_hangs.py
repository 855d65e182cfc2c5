"""Redis that answers nothing: the carrier is told within a second, and the text is handled at its second try."""

from __future__ import annotations

import os
import signal
import time

from flask import Flask
from twilio.request_validator import RequestValidator

from app.web.sms import sms_blueprint
from app.wiring import WEB_TIMEOUT, connect
from tests.shell.conftest import OURS, THEIRS, World
from tests.small_program import small_release


def test_a_webhook_says_within_a_second_that_redis_hangs(real_connection, real_redis):
    world = World(connect(real_redis, WEB_TIMEOUT), small_release())
    app = Flask("webhooks")
    app.register_blueprint(sms_blueprint(world.parts))
    form = {"MessageSid": "SM" + "c" * 32, "From": THEIRS, "To": OURS, "Body": "START"}
    validator = RequestValidator(world.parts.settings.auth_token)
    signature = validator.compute_signature(world.parts.settings.public_url + "/sms", form)
    client, headers = app.test_client(), {"X-Twilio-Signature": signature}

    server = int(real_connection.info("server")["process_id"])
    os.kill(server, signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert client.post("/sms", data=form, headers=headers).status_code == 503
        assert time.monotonic() - began < 1
    finally:
        os.kill(server, signal.SIGCONT)
    assert real_connection.ping()
    assert client.post("/sms", data=form, headers=headers).status_code == 200
    world.deliver()
    assert len(world.carrier.book) == 1
    world.parts.connection.close()
    world.parts.deliverer.close()
