"""Reads the answer to a webhook: the messages that TwiML asks the carrier to send."""

from __future__ import annotations

from xml.etree import ElementTree

import msgspec

MESSAGE_TAGS = ("Message", "Sms")


class Reply(msgspec.Struct, frozen=True):
    """One `<Message>`; what it leaves out follows from the text it answers."""

    body: str
    recipient: str | None = None
    sender: str | None = None
    callback_url: str | None = None


def read_replies(answer: str) -> list[Reply]:
    """Return the messages in the TwiML; an answer that is none has none, as with Twilio."""
    if "<" not in answer or "<!DOCTYPE" in answer:
        return []
    try:
        # Document types were turned away above, so no entity can grow.
        root = ElementTree.fromstring(answer)  # noqa: S314
    except ElementTree.ParseError:
        return []
    if root.tag != "Response":
        return []
    return [_reply(element) for element in root if element.tag in MESSAGE_TAGS]


def _reply(element: ElementTree.Element) -> Reply:
    inner = element.find("Body")
    body = (inner if inner is not None else element).text or ""
    return Reply(body.strip(), element.get("to"), element.get("from"), element.get("statusCallback"))
