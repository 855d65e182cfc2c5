"""The forms that Twilio posts: an inbound text, and a status callback."""

from __future__ import annotations

import phonenumbers

from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.senders import bare_number

API_VERSION = "2010-04-01"


def callback_form(entry: Entry, account_sid: str) -> dict[str, str]:
    """Return the status callback of a message that has just moved."""
    form = {
        "MessageSid": entry.sid,
        "SmsSid": entry.sid,
        "MessageStatus": entry.status,
        "SmsStatus": entry.status,
        "AccountSid": account_sid,
        "From": entry.sender or "",
        "To": entry.recipient,
        "ApiVersion": API_VERSION,
    }
    if entry.service is not None:
        form["MessagingServiceSid"] = entry.service
    if entry.error_code is not None:
        form["ErrorCode"] = str(entry.error_code)
    return form


def text_form(entry: Entry, account_sid: str) -> dict[str, str]:
    """Return the webhook of an inbound text."""
    sender = entry.sender or ""
    form = {
        "MessageSid": entry.sid,
        "SmsSid": entry.sid,
        "SmsMessageSid": entry.sid,
        "AccountSid": account_sid,
        "From": sender,
        "To": entry.recipient,
        "Body": entry.body,
        "NumMedia": str(len(entry.media)),
        "NumSegments": str(entry.segments),
        "SmsStatus": "received",
        "ApiVersion": API_VERSION,
    }
    form.update(_origin(sender, entry.recipient))
    for place, media in enumerate(entry.media):
        form[f"MediaUrl{place}"] = media.url
        form[f"MediaContentType{place}"] = media.content_type
    if entry.opt_out is not None:
        form["OptOutType"] = entry.opt_out
    return form


def _origin(sender: str, recipient: str) -> dict[str, str]:
    if sender.startswith("whatsapp:"):
        return {"WaId": bare_number(sender).removeprefix("+"), "ProfileName": "", "MessageType": "text"}
    return {**_place("From", sender), **_place("To", recipient)}


def _place(side: str, number: str) -> dict[str, str]:
    unknown = {f"{side}{part}": "" for part in ("City", "State", "Zip")}
    return {**unknown, f"{side}Country": _country(number)}


def _country(number: str) -> str:
    try:
        code = phonenumbers.parse(number).country_code
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_country_code(code or 0) if code else ""
