"""The sandbox carrier as a process of its own."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from app.sandbox.carrier.server import run_carrier
from app.sandbox.carrier.settings import CarrierSettings
from app.settings import Settings


def serve(settings: Settings, stop: threading.Event) -> None:
    """Serve at CAIRN_CARRIER_URL until told to stop."""
    address = urlsplit(settings.carrier_url)
    settings.data.mkdir(parents=True, exist_ok=True)
    running = run_carrier(
        CarrierSettings(
            book_path=settings.data / "carrier.sqlite3",
            webhook_url=f"{settings.public_url}/sms",
            account_sid=settings.account_sid,
            auth_token=settings.auth_token,
            host=address.hostname or "127.0.0.1",
            port=address.port or 0,
            numbers=tuple(sender.number for sender in settings.senders),
        )
    )
    try:
        stop.wait()
    finally:
        running.stop()
