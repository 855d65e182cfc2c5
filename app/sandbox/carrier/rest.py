"""Twilio's REST API: messages."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from flask import Blueprint, request

from app.sandbox.carrier.carrier import Carrier
from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.listing import list_messages, read_query
from app.sandbox.carrier.order import read_order
from app.sandbox.carrier.resources import message_resource, page_resource

Answer = tuple[dict[str, Any], int]


def messages_blueprint(carrier: Carrier) -> Blueprint:
    """Return the routes for creating, fetching and listing messages."""
    blueprint = Blueprint("messages", __name__)
    calls = MessageCalls(carrier)
    blueprint.post("/Messages.json")(calls.create)
    blueprint.get("/Messages.json")(calls.list)
    blueprint.get("/Messages/<sid>.json")(calls.fetch)
    return blueprint


def check_account(carrier: Carrier) -> None:
    """Raise Refusal unless the request names the account and knows its token."""
    login = request.authorization
    given = (login.username or "", login.password or "") if login else ("", "")
    wanted = (carrier.settings.account_sid, carrier.settings.auth_token)
    matches = [compare_digest(one.encode(), other.encode()) for one, other in zip(given, wanted, strict=True)]
    if not all(matches):
        raise Refusal(20003, 401)
    if (request.view_args or {}).pop("account_sid", None) != carrier.settings.account_sid:
        raise Refusal(20404, 404)


class MessageCalls:
    """The calls on messages."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._account_sid = carrier.settings.account_sid

    def create(self) -> Answer:
        """Take a message; 201 with the message as queued."""
        numbers = (request.form.get("From"), request.form.get("To"))
        error = self._carrier.trouble.before_create(numbers)
        entry = self._carrier.desk.accept(read_order(request.form))
        self._carrier.trouble.after_create(entry, error)
        return message_resource(entry, self._account_sid), 201

    def list(self) -> Answer:
        """Give one page of messages, newest first."""
        query = read_query(request.args)
        self._carrier.trouble.before_read((query.sender, query.recipient))
        shown_until = self._carrier.settings.clock() - self._carrier.settings.list_lag
        page = list_messages(self._carrier.store, query, shown_until)
        return page_resource(page, query, self._account_sid), 200

    def fetch(self, sid: str) -> Answer:
        """Give one message as it now is."""
        self._carrier.trouble.before_read(())
        try:
            entry = self._carrier.book.fetch(sid)
        except KeyError:
            raise Refusal(20404, 404) from None
        return message_resource(entry, self._account_sid), 200
