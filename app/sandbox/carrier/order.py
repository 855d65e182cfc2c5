"""What somebody asks the carrier to send."""

from __future__ import annotations

import msgspec
from werkzeug.datastructures import MultiDict

from app.sandbox.carrier.entry import Direction, Media
from app.sandbox.carrier.errors import Refusal

LONGEST_VALIDITY = 36000


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One message to be sent, not yet checked."""

    recipient: str
    sender: str | None
    body: str
    service: str | None = None
    media: tuple[Media, ...] = ()
    callback_url: str | None = None
    validity: int = LONGEST_VALIDITY  # seconds
    direction: Direction = "outbound-api"


def read_order(form: MultiDict[str, str]) -> Order:
    """Return the order in a create call's form; raises Refusal when the validity is no number."""
    return Order(
        recipient=form.get("To", ""),
        sender=form.get("From") or None,
        body=form.get("Body", ""),
        service=form.get("MessagingServiceSid") or None,
        media=tuple(Media(url) for url in form.getlist("MediaUrl")),
        callback_url=form.get("StatusCallback") or None,
        validity=_validity(form.get("ValidityPeriod")),
    )


def _validity(value: str | None) -> int:
    if not value:
        return LONGEST_VALIDITY
    if not (value.isascii() and value.isdigit()):
        raise Refusal(30045)
    return int(value[:9])
