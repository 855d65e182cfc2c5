"""Twilio's webhooks: a signed request becomes a signal, is committed, and is answered with empty TwiML."""

from __future__ import annotations

import logging
import re

from flask import Blueprint, Response, abort, request
from twilio.request_validator import RequestValidator, get_signature_algorithm

from app.adapters.carrier_codes import meaning
from app.adapters.records.outbox import KEEP_LEASE
from app.adapters.zones import zones
from app.channels import bare
from app.core.signals import Delivery, DeliveryReported, ReplyReceived
from app.deliver import FOLLOW_LEASE
from app.handle import Crowded, Undecided
from app.ports import RecordError, Unreadable
from app.snapshots import NoRelease
from app.wiring import Parts

log = logging.getLogger("cairn.web")

UNHANDLED = (RecordError, NoRelease, Crowded, Undecided, Unreadable)

LARGEST_BODY = 64 * 1024
LONGEST_TEXT = 16_000  # characters; the carrier itself takes 1,600
SID = re.compile(r"[A-Z]{2}[0-9A-Za-z]{3,62}")  # SM, MM and what other channels use
ADDRESS = re.compile(r"(?:whatsapp:|rcs:|messenger:)?\+?[0-9A-Za-z:_.@-]{3,64}")
MESSAGE = re.compile(r"m_[0-9a-f]{20}")
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
STATUS: dict[str, Delivery] = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
TOLD = ("delivered", "undelivered", "failed")  # what the participant's record is told of


def sms_blueprint(parts: Parts) -> Blueprint:
    """The webhooks of one deployment."""
    blueprint = Blueprint("sms", __name__)
    validator = RequestValidator(parts.settings.auth_token)

    @blueprint.before_request
    def guard() -> None:
        request.max_content_length = LARGEST_BODY
        request.max_form_parts = 200
        _check_signature(validator, parts.settings.public_url)

    @blueprint.post("/sms")
    def sms() -> Response:
        """A text came in."""
        _answer_unless_away(parts, _signal(parts), _field("From"))
        return Response(EMPTY_TWIML, mimetype="text/xml")

    @blueprint.post("/sms/status")
    def status() -> Response:
        """What became of a text of ours."""
        _report(parts)
        return Response(status=204)

    return blueprint


def _check_signature(validator: RequestValidator, public_url: str) -> None:
    """Against the configured address, since `request.url` is not what the carrier called behind a proxy."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    signature = request.headers.get("X-Twilio-Signature", "")
    settings = request.headers.get("X-Twilio-Webhooks-Signature-Settings", "")
    url = public_url + request.path + query
    if not validator.validate(url, request.form, signature, get_signature_algorithm(settings)):
        abort(403)


def _field(name: str) -> str:
    return request.form.get(name, "")


def _signal(parts: Parts) -> ReplyReceived:
    sid = _field("MessageSid") or _field("SmsSid") or _field("SmsMessageSid")
    number, sender = _field("From"), _field("To")
    text = _field("Body")
    if not SID.fullmatch(sid) or not ADDRESS.fullmatch(number) or not ADDRESS.fullmatch(sender):
        abort(400)
    if len(text) > LONGEST_TEXT:
        abort(413)
    return ReplyReceived(
        id=sid,
        text=_clean(text),
        at=0,
        sender=_sender(parts, sender),
        media=_count(_field("NumMedia")),
        carrier_opt_out=_field("OptOutType").strip().upper(),
        zones=zones(bare(number)),
    )


def _sender(parts: Parts, number: str) -> str:
    known = {bare(ours): sender for sender, ours in parts.numbers.items()}
    found = known.get(bare(number))
    if found is None:
        log.error("a text came to a number that CAIRN_SENDERS does not name")
        abort(404)
    return found


def _clean(text: str) -> str:
    """Lone surrogates cannot be kept as text; they become the replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _count(text: str) -> int:
    """A small number; 0 for anything else that may stand there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _answer_unless_away(parts: Parts, signal: ReplyReceived, number: str) -> None:
    try:
        parts.spine.hear(number, signal)
    except UNHANDLED as error:
        log.error("a text could not be handled: %s", type(error).__name__)
        abort(503)


def _report(parts: Parts) -> None:
    message, status = request.args.get("m", ""), STATUS.get(_field("MessageStatus"))
    sid = _field("MessageSid") or _field("SmsSid")
    if not MESSAGE.fullmatch(message) or status is None or not SID.fullmatch(sid):
        abort(400)
    code = _count(_field("ErrorCode"))
    try:
        follow = FOLLOW_LEASE if status in TOLD else KEEP_LEASE
        moved = parts.outbox.settle(message, status, sid, follow_ms=follow, code=code)
        if moved.answer == "moved" and status in TOLD:
            known = meaning(code)
            report = DeliveryReported(
                id=f"{message}:{status}",
                message=message,
                status=status,
                reason=known.words if code else "",
                code=code,
                sid=sid,
                reach=known.reach if code else "",
                cls=moved.cls,
            )
            parts.spine.handle(moved.participant, report)
            parts.outbox.followed(message)
    except UNHANDLED as error:
        log.error("a report could not be handled: %s", type(error).__name__)
        abort(503)
