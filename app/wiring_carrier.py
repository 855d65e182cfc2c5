"""The carrier's client: Twilio itself, or the address that the settings name instead.

Apart from `wiring`, so that a process that only takes webhooks does not import Twilio's REST client.
"""

from __future__ import annotations

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from app.adapters.twilio_gateway import TwilioGateway
from app.sandbox.carrier.client import twilio_client
from app.settings import Settings


def carrier_client(settings: Settings, timeout: float) -> Client:
    """A client that never tries twice by itself."""
    if settings.carrier_url:
        return twilio_client(settings.carrier_url, settings.account_sid, settings.auth_token, timeout)
    http = TwilioHttpClient(timeout=timeout, max_retries=0)
    return Client(settings.account_sid, settings.auth_token, http_client=http)


def carrier_gateway(settings: Settings, timeout: float) -> TwilioGateway:
    """The carrier as the spine calls it."""
    return TwilioGateway(carrier_client(settings, timeout), f"{settings.public_url}/sms/status")
