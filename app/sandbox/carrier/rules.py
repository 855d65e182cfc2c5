"""What the carrier refuses at once."""

from __future__ import annotations

import re

from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.order import LONGEST_VALIDITY, Order
from app.sandbox.carrier.senders import Senders

ADDRESS = re.compile(r"(whatsapp:)?\+[1-9][0-9]{6,14}")
SHORT_CODE = re.compile(r"[0-9]{3,8}")
LONGEST_BODY = 1600


def is_address(value: str) -> bool:
    """Say whether a person can be reached at this address."""
    return ADDRESS.fullmatch(value) is not None


def is_sender(value: str) -> bool:
    """Say whether texts can come from this address."""
    return is_address(value) or SHORT_CODE.fullmatch(value) is not None


def check_order(order: Order, senders: Senders) -> None:
    """Raise Refusal with Twilio's code for the first thing that is wrong."""
    _check_recipient(order.recipient)
    _check_sender(order, senders)
    _check_body(order)
    if not 1 <= order.validity <= LONGEST_VALIDITY:
        raise Refusal(30045)
    if senders.has_opted_out(order.sender or senders.all()[0].number, order.recipient):
        raise Refusal(21610)


def _check_recipient(recipient: str) -> None:
    if not recipient:
        raise Refusal(21604)
    if not is_address(recipient):
        raise Refusal(21211)


def _check_sender(order: Order, senders: Senders) -> None:
    match order.sender, order.service:
        case None, None:
            raise Refusal(21603)
        case None, _:
            if not senders.all():
                raise Refusal(21703)
        case str(sender), _:
            _check_own_sender(sender, order.recipient, senders)


def _check_own_sender(sender: str, recipient: str, senders: Senders) -> None:
    if not is_sender(sender):
        raise Refusal(21212)
    if sender == recipient:
        raise Refusal(21266)
    if not senders.owns(sender):
        raise Refusal(21660)


def _check_body(order: Order) -> None:
    if not order.body and not order.media:
        raise Refusal(21602)
    if len(order.body) > LONGEST_BODY:
        raise Refusal(21617)
