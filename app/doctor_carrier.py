"""What `cairn doctor` asks the carrier: whether it knows us, our numbers, and where it posts their texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from app.doctor_check import Check, fail, ok, warn
from app.settings import Settings
from app.settings_kinds import Sender

RETRIES = "#rc=2&rp=all"


def carrier_checks(settings: Settings, client: Client) -> Iterator[Check]:
    """The account, then each of our numbers."""
    if not (settings.account_sid and settings.auth_token):
        yield fail(
            "carrier", "TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN is not set.", "Twilio's console shows both."
        )
        return
    try:
        yield account(client)
        for sender in settings.senders:
            yield from number(settings, sender, client)
    except TwilioRestException as error:
        yield _refused(error)
    except (requests.RequestException, TwilioException) as error:
        where = settings.carrier_url or "Twilio"
        fix = "Look at the network from here."
        yield fail("carrier", f"{where} does not answer ({type(error).__name__}).", fix, away=True)


def account(client: Client) -> Check:
    """Whether the credentials are good and the account may send; raises what the client raises."""
    found = client.api.v2010.accounts(client.account_sid).fetch()
    if found.status != "active":
        return fail("carrier", f"The account is {found.status}.", "Look at Twilio's console.")
    if found.type == "Trial":
        words = "The account is a trial: it only texts numbers that you verified."
        return warn("carrier", words, "Upgrade it before anybody enrolls.")
    return ok("carrier", "The carrier knows the account and its token.")


def number(settings: Settings, sender: Sender, client: Client) -> Iterator[Check]:
    """Whether a sender's number is ours, and posts to us; raises what the client raises."""
    name = f"sender {sender.id}"
    if sender.number.startswith("whatsapp:"):
        fix = f"In Twilio's console its webhook must be {settings.public_url}/sms"
        yield warn(name, "A WhatsApp sender cannot be looked up from here.", fix)
        return
    found = client.incoming_phone_numbers.list(phone_number=sender.number, limit=1)
    if not found:
        fix = "Look at CAIRN_SENDERS, or buy the number in Twilio's console."
        yield fail(name, f"The account has no number {sender.number}.", fix)
        return
    yield from webhook(settings, name, found[0])


def webhook(settings: Settings, name: str, found: Any) -> Iterator[Check]:
    """Whether what comes to a number is posted to us, and again when we do not answer."""
    wanted = f"{settings.public_url}/sms"
    if found.sms_application_sid:
        words = f"An application ({found.sms_application_sid}) takes the texts of {found.phone_number}."
        yield fail(name, words, f"Take it away, and paste {wanted}{RETRIES} as the webhook for messages.")
        return
    address, _, overrides = (found.sms_url or "").partition("#")
    if address != wanted or (found.sms_method or "POST") != "POST":
        words = f"Texts to {found.phone_number} go to {found.sms_method or 'POST'} {address or 'nowhere'}."
        yield fail(name, words, f"Paste {wanted}{RETRIES} as its webhook for messages (POST).")
        return
    yield ok(name, f"Texts to {found.phone_number} come to {wanted}.")
    if not settings.carrier_url:
        yield from advice(name, wanted, overrides, found.sms_fallback_url or "")


def advice(name: str, wanted: str, overrides: str, fallback: str) -> Iterator[Check]:
    """What makes a text come through while a web process restarts; nothing when it is set so."""
    if "rc=" not in overrides:
        yield warn(
            name, "The carrier tries only once more when we do not answer.", f"Paste {wanted}{RETRIES}"
        )
    if not fallback:
        fix = f"Paste {wanted} as its fallback too; it is signed for that address."
        yield warn(name, "The number has no fallback address.", fix)


def _refused(error: TwilioRestException) -> Check:
    if error.status in (401, 403):
        fix = "Look at TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in Twilio's console."
        return fail("carrier", "The carrier refuses our credentials.", fix)
    return fail("carrier", f"The carrier answers with {error.status}, code {error.code}.", "Try again soon.")
