"""The carrier through Twilio's REST client: one call, no retries, and its book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from app.adapters.carrier_codes import meaning
from app.ports import Accepted, GatewayError, InBook, NotReached, Outcome, Refused, Unsure

LONGEST_VALIDITY = 36_000  # seconds, by Twilio's reference
PAGE = 200


class TwilioGateway:
    """Sends and reads through a `twilio.rest.Client`; `callback_url` gets our message id in its query."""

    def __init__(self, client: Client, callback_url: str) -> None:
        self._client, self._callback_url = client, callback_url

    def send(self, message: str, sender: str, number: str, body: str, valid_seconds: int) -> Outcome:
        """What became of the call; only a failed connect and 429 count as surely not accepted."""
        try:
            sent = self._client.messages.create(
                to=number,
                from_=sender,
                body=body,
                status_callback=f"{self._callback_url}?m={message}",
                validity_period=max(1, min(valid_seconds, LONGEST_VALIDITY)),
            )
        except TwilioRestException as error:
            return _refusal(error)
        except requests.RequestException as error:
            return NotReached() if _never_connected(error) else Unsure(type(error).__name__)
        except (TwilioException, ValueError, AttributeError, TypeError) as error:  # an answer nobody can read
            return Unsure(type(error).__name__)
        return Accepted(str(sent.sid)) if sent.sid else Unsure("no sid")

    def sent(self, sender: str, since: int, number: str = "") -> Iterator[InBook]:
        """Texts that went out from our number since an instant; raises GatewayError."""
        found = {"from_": sender} | ({"to": number} if number else {})
        for entry in self._list(since, **found):
            if str(entry.direction).startswith("outbound"):
                yield _in_book(entry, sender=entry.from_, number=entry.to)

    def received(self, sender: str, since: int) -> Iterator[InBook]:
        """Texts that came to our number since an instant; raises GatewayError."""
        for entry in self._list(since, to=sender):
            if entry.direction == "inbound":
                yield _in_book(entry, sender=entry.to, number=entry.from_)

    def _list(self, since: int, **found: str) -> Iterator[Any]:
        """The book is listed by day, since what was not sent yet has no `date_sent`; newest first."""
        try:
            for entry in self._client.messages.stream(page_size=PAGE, **found):
                created = _instant(entry.date_created)
                if created and created < since:
                    return
                yield entry
        except (TwilioException, requests.RequestException, ValueError) as error:
            raise GatewayError(type(error).__name__) from error


def _refusal(error: TwilioRestException) -> Outcome:
    code = int(error.code or error.status or 0)
    if error.status == 429 or meaning(code).retry:
        return NotReached(code)
    if 400 <= int(error.status) < 500:
        return Refused(code)
    return Unsure(f"HTTP {error.status}")


def _never_connected(error: requests.RequestException) -> bool:
    """Whether the connection was never made: then no byte of the text has left."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _in_book(entry: Any, sender: str, number: str) -> InBook:
    return InBook(
        sid=str(entry.sid),
        sender=str(sender),
        number=str(number),
        body=str(entry.body or ""),
        at=_instant(entry.date_sent) or _instant(entry.date_created),
        status=str(entry.status),
        media=int(entry.num_media or 0),
    )


def _instant(moment: datetime | None) -> int:
    return round(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000) if moment else 0
