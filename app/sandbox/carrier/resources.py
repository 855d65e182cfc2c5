"""The JSON in which Twilio shows a message, a number and an account."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.listing import USUAL_PAGE, Page, Query
from app.sandbox.carrier.senders import Sender
from app.sandbox.carrier.webhooks import API_VERSION


def account_path(account_sid: str) -> str:
    """Return the path under which everything of the account lies."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def message_resource(entry: Entry, account_sid: str) -> dict[str, Any]:
    """Return the message as the REST API shows it."""
    path = f"{account_path(account_sid)}/Messages/{entry.sid}"
    return {
        "sid": entry.sid,
        "account_sid": account_sid,
        "messaging_service_sid": entry.service,
        "direction": entry.direction,
        "from": entry.sender,
        "to": entry.recipient,
        "body": entry.body,
        "status": entry.status,
        "num_segments": str(entry.segments),
        "num_media": str(len(entry.media)),
        "date_created": _date(entry.created),
        "date_updated": _date(entry.updated),
        "date_sent": None if entry.sent is None else _date(entry.sent),
        "error_code": entry.error_code,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "api_version": API_VERSION,
        "uri": f"{path}.json",
        "subresource_uris": {"media": f"{path}/Media.json"},
    }


def page_resource(page: Page, query: Query, account_sid: str) -> dict[str, Any]:
    """Return one page of the message list."""
    path = f"{account_path(account_sid)}/Messages.json"
    return {
        "messages": [message_resource(entry, account_sid) for entry in page.entries],
        "page": query.page,
        "page_size": query.page_size,
        "start": query.page * query.page_size,
        "end": query.page * query.page_size + max(0, len(page.entries) - 1),
        "first_page_uri": f"{path}?{urlencode(_filters(query))}",
        "previous_page_uri": None,
        "next_page_uri": f"{path}?{urlencode(_next(page, query))}" if page.has_more else None,
        "uri": f"{path}?{urlencode({**_filters(query), 'Page': query.page})}",
    }


def numbers_resource(senders: list[Sender], account_sid: str) -> dict[str, Any]:
    """Return all our numbers as one page."""
    path = f"{account_path(account_sid)}/IncomingPhoneNumbers.json"
    return {
        "incoming_phone_numbers": [number_resource(sender, account_sid) for sender in senders],
        "page": 0,
        "page_size": max(USUAL_PAGE, len(senders)),
        "start": 0,
        "end": max(0, len(senders) - 1),
        "first_page_uri": path,
        "previous_page_uri": None,
        "next_page_uri": None,
        "uri": path,
    }


def number_resource(sender: Sender, account_sid: str) -> dict[str, Any]:
    """Return one of our numbers."""
    return {
        "sid": sender.sid,
        "account_sid": account_sid,
        "phone_number": sender.number,
        "friendly_name": sender.number,
        "sms_url": sender.sms_url,
        "sms_method": "POST",
        "capabilities": {"voice": False, "sms": True, "mms": True, "fax": False},
        "api_version": API_VERSION,
        "uri": f"{account_path(account_sid)}/IncomingPhoneNumbers/{sender.sid}.json",
    }


def account_resource(account_sid: str) -> dict[str, Any]:
    """Return the account."""
    return {
        "sid": account_sid,
        "owner_account_sid": account_sid,
        "friendly_name": "Cairn sandbox",
        "status": "active",
        "type": "Full",
        "uri": f"{account_path(account_sid)}.json",
    }


def _filters(query: Query) -> dict[str, Any]:
    filters = {
        "To": query.recipient,
        "From": query.sender,
        "DateSent>": _iso(query.sent_from),
        "DateSent<": _iso(query.sent_to),
        "PageSize": query.page_size,
    }
    return {name: value for name, value in filters.items() if value is not None}


def _next(page: Page, query: Query) -> dict[str, Any]:
    return {**_filters(query), "Page": query.page + 1, "PageToken": f"PA{page.entries[-1].seq}"}


def _iso(moment: int | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _date(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC))
