"""Whether the carrier can reach us: the public address, and the signature that it is checked with."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from twilio.request_validator import RequestValidator

from app.doctor_check import Check, fail, ok
from app.settings import Settings

SECONDS = 5.0
OUR_SCHEMA = "cairn.health/1"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def public_checks(settings: Settings) -> Iterator[Check]:
    """Whether the public address leads to a web process of ours that knows our token."""
    if not settings.public_url:
        yield fail(
            "public address", "CAIRN_PUBLIC_URL is not set.", "Set the https address of the web process."
        )
        return
    with requests.Session() as session:
        session.trust_env = urlsplit(settings.public_url).hostname not in LOOPBACK
        try:
            yield reachable(settings, session)
            yield signature(settings, session)
        except (requests.RequestException, ValueError) as error:
            words = f"{settings.public_url} does not answer as ours ({type(error).__name__})."
            yield fail(
                "public address", words, "Start cairn web, and look at the proxy before it.", away=True
            )


def reachable(settings: Settings, session: requests.Session) -> Check:
    """Whether GET /health is answered by Cairn; raises requests.RequestException."""
    answer = session.get(f"{settings.public_url}/health", timeout=SECONDS, allow_redirects=False)
    found = answer.json()
    if not isinstance(found, dict) or found.get("schema") != OUR_SCHEMA:
        words = f"Something else answers at {settings.public_url}."
        return fail("public address", words, "Look at the proxy and at CAIRN_PUBLIC_URL.")
    return ok("public address", f"{settings.public_url} leads to Cairn.")


def signature(settings: Settings, session: requests.Session) -> Check:
    """Whether the web process takes our signature and refuses another; nothing in it could be a text."""
    url = f"{settings.public_url}/sms"
    good = RequestValidator(settings.auth_token).compute_signature(url, {})
    # Past the signature, a request without a message is malformed; before it, it is forbidden.
    taken, refused = (_posted(session, url, sign) for sign in (good, f"{good[:-4]}AAA="))
    if refused != 403:
        words = f"The web process answers an unsigned text with {refused}, not with 403."
        return fail("signature", words, "Something before it answers in its place: look at the proxy.")
    if taken != 400:
        fix = "CAIRN_PUBLIC_URL and TWILIO_AUTH_TOKEN must be the same for the web process as here."
        return fail("signature", f"The web process refuses a good signature ({taken}).", fix)
    return ok("signature", "The web process takes what the carrier signs, and nothing else.")


def _posted(session: requests.Session, url: str, signature: str) -> int:
    headers = {"X-Twilio-Signature": signature}
    return session.post(url, headers=headers, timeout=SECONDS, allow_redirects=False).status_code
