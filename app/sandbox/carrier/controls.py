"""The knobs for scripts: faults, and the settings of our numbers."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from app.sandbox.carrier.carrier import Carrier
from app.sandbox.carrier.faults import Fault
from app.sandbox.carrier.rules import is_sender
from app.sandbox.carrier.senders import Sender


class Clear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish that no fault be left."""

    kind: Literal["clear"]


class SenderChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about one of our numbers; what is left out stays."""

    number: str
    sms_url: str | None = None
    answers_stop: bool | None = None


def controls_blueprint(carrier: Carrier) -> Blueprint:
    """Return the routes under `/sandbox` that set the carrier up."""
    blueprint = Blueprint("controls", __name__)
    calls = ControlCalls(carrier)
    blueprint.get("/faults")(calls.faults)
    blueprint.post("/faults")(calls.add_fault)
    blueprint.get("/senders")(calls.senders)
    blueprint.post("/senders")(calls.change_sender)
    return blueprint


class ControlCalls:
    """The calls on the carrier itself."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def faults(self) -> dict[str, Any]:
        """Give the faults still to happen."""
        return {"faults": msgspec.to_builtins(self._carrier.faults.all())}

    def add_fault(self) -> dict[str, Any]:
        """Add a fault, or clear all; give what is then still to happen."""
        if _is_clear(request.data):
            self._carrier.faults.clear()
        else:
            self._carrier.faults.add(msgspec.json.decode(request.data, type=Fault))
        return self.faults()

    def senders(self) -> dict[str, Any]:
        """Give our numbers."""
        return {"senders": msgspec.to_builtins(self._carrier.senders.all())}

    def change_sender(self) -> dict[str, Any]:
        """Change one of our numbers, or add it."""
        change = msgspec.json.decode(request.data, type=SenderChange)
        if not is_sender(change.number):
            raise BadRequest("`number` is a number such as +15550100100.")
        self._carrier.senders.keep(_changed(self._carrier.senders.of(change.number), change))
        return self.senders()


def _is_clear(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=Clear)
    except msgspec.ValidationError:
        return False
    return True


def _changed(sender: Sender, change: SenderChange) -> Sender:
    return Sender(
        sender.number,
        sender.sms_url if change.sms_url is None else change.sms_url,
        sender.answers_stop if change.answers_stop is None else change.answers_stop,
    )
