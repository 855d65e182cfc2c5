"""Sends one text through the carrier and follows it to the phone."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from app.adapters.carrier_codes import meaning
from app.doctor_check import Check, fail, ok, warn
from app.ports import Accepted, Gateway, NotReached, Outcome, Refused
from app.settings import Settings

BODY = "Cairn: this is the test text that you asked for. Nothing follows."
FINAL = ("delivered", "undelivered", "failed", "canceled", "read")
LOOKS = 20
BETWEEN = 1.0  # seconds
VALID = 300  # seconds


def text_me(
    settings: Settings,
    gateway: Gateway,
    client: Client,
    number: str,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Check]:
    """Send one text from the first sender, then say what became of it."""
    if not settings.senders:
        yield fail("text", "There is no number to send from.", "Set CAIRN_SENDERS.")
        return
    message = f"m_{secrets.token_hex(10)}"
    outcome = gateway.send(message, settings.senders[0].number, number, BODY, VALID)
    if not isinstance(outcome, Accepted):
        yield _not_taken(outcome)
        return
    yield ok("text", "The carrier took the text.")
    yield _followed(client, outcome.sid, pause)


def _not_taken(outcome: Outcome) -> Check:
    match outcome:
        case Refused(code) | NotReached(code) if code:
            return fail(
                "text", f"The carrier refused the text: {meaning(code).words} ({code}).", "See its console."
            )
        case NotReached():
            return fail(
                "text", "The carrier could not be reached.", "Look at the network from here.", away=True
            )
    return fail(
        "text", "Nobody knows whether the carrier took the text.", "Look at your phone, not again here."
    )


def _followed(client: Client, sid: str, pause: Callable[[float], None]) -> Check:
    status, code = "queued", 0
    for _ in range(LOOKS):
        try:
            found = client.messages(sid).fetch()
        except (requests.RequestException, TwilioException):
            return warn("text", "The carrier does not say what became of it.", "Look at your phone.")
        status, code = str(found.status), int(found.error_code or 0)
        if status in FINAL:
            return _ended(status, code)
        pause(BETWEEN)
    return warn(
        "text", f"After {LOOKS} s it is still {status}.", "Look at your phone, then at the carrier's log."
    )


def _ended(status: str, code: int) -> Check:
    if status in ("delivered", "read"):
        return ok("text", "The text was delivered.")
    return fail("text", f"The text is {status}: {meaning(code).words} ({code}).", "See the carrier's log.")
