"""The book as an API for scripts: write a text as a phone, read what came, start over."""

from __future__ import annotations

import os
from concurrent.futures import wait
from contextlib import suppress
from typing import Annotated, Any

import msgspec
from flask import Blueprint, request
from werkzeug.exceptions import BadRequest, Conflict

from app.core.segments import segments as counted
from app.sandbox.carrier.carrier import Carrier
from app.sandbox.carrier.entry import Entry, Media
from app.sandbox.carrier.phone_view import text_view, webhook_view
from app.sandbox.carrier.rules import LONGEST_BODY, is_sender

MOST_TEXTS = 500
Sid = Annotated[str, msgspec.Meta(pattern="^(SM|MM)[0-9a-f]{32}$")]
Copies = Annotated[int, msgspec.Meta(ge=1, le=100)]
Body = Annotated[str, msgspec.Meta(max_length=LONGEST_BODY)]


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a phone writes."""

    sender: str = msgspec.field(name="from")
    to: str
    body: Body
    media: tuple[str | Media, ...] = ()
    copies: Copies = 1  # how often it is posted, all at once, under one sid
    sid: Sid | None = None
    wait: bool = False  # answer only when the webhook has


class Whose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number to forget."""

    number: str


def phone_blueprint(carrier: Carrier) -> Blueprint:
    """Return the routes under `/sandbox` that play a phone."""
    blueprint = Blueprint("phone", __name__)
    calls = PhoneCalls(carrier)
    blueprint.post("/texts")(calls.write)
    blueprint.get("/texts")(calls.read)
    blueprint.post("/forget")(calls.forget)
    blueprint.get("/health")(calls.health)
    return blueprint


class PhoneCalls:
    """The calls of a phone."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def write(self) -> tuple[dict[str, Any], int]:
        """Store a text and post it to the webhook in the background."""
        text = msgspec.json.decode(request.data, type=Text)
        entry = self._entry(text)
        self._check_sid(entry)
        kept, posts = self._carrier.inbound.receive(entry, text.copies)
        answer: dict[str, Any] = {"sid": kept.sid, "seq": kept.seq}
        if text.wait:
            wait(posts)
            answer["webhook"] = webhook_view(self._carrier.book.fetch(kept.sid))
        return answer, 201

    def read(self) -> dict[str, Any]:
        """Give at most 500 texts from and to a number after a seq, oldest first."""
        after = request.args.get("after", "0")
        if not (after.isascii() and after.isdigit()) or len(after) > 18:
            raise BadRequest("`after` is the seq of the last text you have.")
        entries = self._carrier.book.texts(_number(request.args.get("number")), int(after), MOST_TEXTS)
        steps = self._carrier.book.steps([entry.sid for entry in entries])
        return {"texts": [text_view(entry, steps[entry.sid]) for entry in entries]}

    def forget(self) -> dict[str, Any]:
        """Delete everything from and to a number."""
        whose = msgspec.json.decode(request.data, type=Whose)
        return {"forgotten": self._carrier.book.forget(whose.number)}

    def health(self) -> dict[str, Any]:
        """Say that the carrier is up, and which process it is."""
        return {"status": "ok", "pid": os.getpid()}

    def _check_sid(self, entry: Entry) -> None:
        with suppress(KeyError):
            known = self._carrier.book.fetch(entry.sid)
            if (known.sender, known.recipient, known.body) != (entry.sender, entry.recipient, entry.body):
                raise Conflict("Another text has this sid.")

    def _entry(self, text: Text) -> Entry:
        if not is_sender(text.sender) or not is_sender(text.to):
            raise BadRequest("`from` and `to` are numbers such as +15550100123.")
        media = tuple(Media(one) if isinstance(one, str) else one for one in text.media)
        now = self._carrier.settings.clock()
        return Entry(
            sid=text.sid or self._carrier.settings.new_sid("MM" if media else "SM"),
            direction="inbound",
            sender=text.sender,
            recipient=text.to,
            body=text.body,
            status="received",
            created=now,
            updated=now,
            sent=now,
            segments=max(1, counted(text.body).segments),
            media=media,
            webhook="waiting",
        )


def _number(text: str | None) -> str | None:
    """A plus that nobody escaped comes as a space."""
    return "+" + text[1:] if text and text.startswith(" ") else text
