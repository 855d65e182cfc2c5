"""The list of messages as the REST API gives it: filtered, newest first, page by page, and late."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from app.sandbox.carrier.book import read_entry
from app.sandbox.carrier.entry import Entry
from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.store import Store

# A message not yet sent has no date_sent and so fits no filter on it. Dates count in whole seconds.
LIST = """
SELECT * FROM messages
WHERE created <= :shown_until AND seq < :before
    AND (:recipient IS NULL OR recipient = :recipient) AND (:sender IS NULL OR sender = :sender)
    AND (:sent_from IS NULL OR CAST(sent AS INTEGER) >= :sent_from)
    AND (:sent_to IS NULL OR CAST(sent AS INTEGER) <= :sent_to)
ORDER BY seq DESC LIMIT :limit
"""
LARGEST_PAGE = 1000
USUAL_PAGE = 50
DAY = 24 * 60 * 60
END_OF_TIME = 2**62


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to see; times are whole seconds since 1970, both ends included."""

    recipient: str | None
    sender: str | None
    sent_from: int | None
    sent_to: int | None
    page_size: int
    page: int
    before: int


class Page(msgspec.Struct, frozen=True):
    """One page, and whether another follows."""

    entries: list[Entry]
    has_more: bool


def read_query(values: MultiDict[str, str]) -> Query:
    """Return the query in a list call's parameters; raises Refusal when a date or number is none."""
    day_from, day_to = _day(values.get("DateSent"))
    return Query(
        recipient=values.get("To") or None,
        sender=values.get("From") or None,
        sent_from=_moment(values.get("DateSent>")) if values.get("DateSent>") else day_from,
        sent_to=_moment(values.get("DateSent<")) if values.get("DateSent<") else day_to,
        page_size=max(1, min(_whole(values.get("PageSize"), USUAL_PAGE), LARGEST_PAGE)),
        page=_whole(values.get("Page"), 0),
        before=_whole((values.get("PageToken") or "").removeprefix("PA"), END_OF_TIME),
    )


def list_messages(store: Store, query: Query, shown_until: float) -> Page:
    """Return the page that the query asks for, of messages written down by `shown_until`."""
    values: dict[str, Any] = {
        **msgspec.structs.asdict(query),
        "shown_until": shown_until,
        "limit": query.page_size + 1,
    }
    entries = [read_entry(row) for row in store.rows(LIST, values)]
    return Page(entries[: query.page_size], len(entries) > query.page_size)


def _day(value: str | None) -> tuple[int | None, int | None]:
    if not value:
        return None, None
    # The client sends a date as its midnight, and Twilio means the whole day by it.
    start = _moment(value) // DAY * DAY
    return start, start + DAY - 1


def _moment(value: str | None) -> int:
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError as error:
        raise Refusal(20001) from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _whole(value: str | None, otherwise: int) -> int:
    if not value:
        return otherwise
    if not (value.isascii() and value.isdigit()) or len(value) > 18:
        raise Refusal(20001)
    return int(value)
