"""What the carrier's answers mean: only what surely did not leave may be tried again."""

from __future__ import annotations

import json

import pytest
import requests
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ReadTimeoutError

from app.adapters.twilio_gateway import TwilioGateway
from app.ports import Accepted, NotReached, Refused, Unsure
from tests.shell.conftest import OURS, THEIRS

SID = "SM" + "1" * 32


class Answering(HttpClient):
    """Answers each request in the same way."""

    def __init__(self, answer):
        self.answer = answer

    def request(self, *args, **kwargs):
        if isinstance(self.answer, Exception):
            raise self.answer
        return Response(*self.answer)


def sent(answer):
    client = Client("AC" + "0" * 32, "token", http_client=Answering(answer))
    return TwilioGateway(client, "https://cairn.example/sms/status").send("m_1", OURS, THEIRS, "hello", 60)


def error(status, code):
    return status, json.dumps({"code": code, "message": "no", "status": status})


def connection_error(reason):
    return requests.ConnectionError(MaxRetryError(None, "/", reason))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((201, json.dumps({"sid": SID})), Accepted(SID)),
        (error(400, 21610), Refused(21610)),
        (error(404, 20404), Refused(20404)),
        (error(429, 20429), NotReached(20429)),
        ((429, ""), NotReached(429)),
        (requests.ConnectTimeout(), NotReached()),
        (connection_error(NewConnectionError(None, "refused")), NotReached()),
        (connection_error(ConnectTimeoutError()), NotReached()),
    ],
)
def test_what_surely_was_or_was_not_accepted(answer, outcome):
    assert sent(answer) == outcome


@pytest.mark.parametrize(
    "answer",
    [
        error(500, 20500),
        (503, "busy"),
        (201, ""),
        (201, "<html>"),
        (201, "{}"),
        (201, "[]"),
        (201, "null"),
        (301, "{}"),
        requests.ReadTimeout(),
        requests.ConnectionError("reset by peer"),
        connection_error(ReadTimeoutError(None, "/", "slow")),
    ],
)
def test_everything_else_is_unclear_and_never_raised(answer):
    assert isinstance(sent(answer), Unsure)
