"""Signs what the carrier posts, and posts it as Twilio does: one retry, all within 15 seconds."""

from __future__ import annotations

from time import monotonic

import msgspec
import requests
from twilio.request_validator import (
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
)

from app.sandbox.carrier.settings import CarrierSettings

MOST_TRIES = 2


class Outcome(msgspec.Struct, frozen=True):
    """How posting went; the answer is None when none came."""

    tries: int
    answer: int | None = None
    body: str = ""

    @property
    def was_answered(self) -> bool:
        """Say whether the other side took it."""
        return self.answer is not None and 200 <= self.answer < 300


class Postman:
    """Posts signed forms."""

    def __init__(self, settings: CarrierSettings) -> None:
        self._settings = settings

    def post(self, url: str, form: dict[str, str]) -> Outcome:
        """Post the form, once more when no answer comes, and return the outcome."""
        headers = self._headers(url, form)
        deadline = monotonic() + self._settings.webhook_timeout
        tries = 0
        while tries < MOST_TRIES and (left := deadline - monotonic()) > 0:
            tries += 1
            try:
                return self._try(url, form, headers, left, tries)
            except requests.RequestException:
                continue
        return Outcome(tries)

    def _try(
        self, url: str, form: dict[str, str], headers: dict[str, str], left: float, tries: int
    ) -> Outcome:
        with requests.Session() as session:
            # A proxy named in the environment must not see what stays on this computer.
            session.trust_env = False
            wait = (min(left, self._settings.connect_timeout), left)
            answer = session.post(url, data=form, headers=headers, timeout=wait, allow_redirects=False)
            return Outcome(tries, answer.status_code, answer.text)

    def _headers(self, url: str, form: dict[str, str]) -> dict[str, str]:
        key = self._settings.shared_key
        if key is None:
            validator = RequestValidator(self._settings.auth_token)
            return {SIGNATURE_HEADER: validator.compute_signature(url, form), "User-Agent": "TwilioProxy/1.1"}
        signature = RequestValidator(key.secret).compute_signature(url, form, HMAC_SHA256)
        return {
            SIGNATURE_HEADER: signature,
            SIGNATURE_SETTINGS_HEADER: f"key={key.sid},algorithm={HMAC_SHA256}",
            "User-Agent": "TwilioProxy/1.1",
        }
