"""Twilio's REST API: our numbers and the account."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, request

from app.sandbox.carrier.carrier import Carrier
from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.resources import account_resource, number_resource, numbers_resource
from app.sandbox.carrier.senders import Sender


def numbers_blueprint(carrier: Carrier) -> Blueprint:
    """Return the routes for reading and setting up our numbers."""
    blueprint = Blueprint("numbers", __name__)
    calls = NumberCalls(carrier)
    blueprint.get("/IncomingPhoneNumbers.json")(calls.list)
    blueprint.get("/IncomingPhoneNumbers/<sid>.json")(calls.fetch)
    blueprint.post("/IncomingPhoneNumbers/<sid>.json")(calls.update)
    return blueprint


def account_blueprint(carrier: Carrier) -> Blueprint:
    """Return the route for reading the account."""
    blueprint = Blueprint("account", __name__)

    @blueprint.get("/<account_sid>.json")
    def account() -> dict[str, Any]:
        return account_resource(carrier.settings.account_sid)

    return blueprint


class NumberCalls:
    """The calls on numbers."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._account_sid = carrier.settings.account_sid

    def list(self) -> dict[str, Any]:
        """Give our numbers, or the one that is asked for."""
        wanted = request.args.get("PhoneNumber")
        senders = [sender for sender in self._carrier.senders.all() if wanted in {None, sender.number}]
        return numbers_resource(senders, self._account_sid)

    def fetch(self, sid: str) -> dict[str, Any]:
        """Give one number."""
        return number_resource(self._find(sid), self._account_sid)

    def update(self, sid: str) -> dict[str, Any]:
        """Set where the number's texts are posted."""
        sender = self._find(sid)
        changed = msgspec.structs.replace(sender, sms_url=request.form.get("SmsUrl", sender.sms_url))
        self._carrier.senders.keep(changed)
        return number_resource(changed, self._account_sid)

    def _find(self, sid: str) -> Sender:
        for sender in self._carrier.senders.all():
            if sender.sid == sid:
                return sender
        raise Refusal(20404, 404)
