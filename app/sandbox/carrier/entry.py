"""One message in the carrier's book, and what a writer may still change of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Direction: TypeAlias = Literal["inbound", "outbound-api", "outbound-reply"]
Reports: TypeAlias = Literal["usual", "lost", "twice"]
Webhook: TypeAlias = Literal["waiting", "answered", "failed", "silent"]


class Media(msgspec.Struct, frozen=True):
    """One picture or recording that came with a text."""

    url: str
    content_type: str = "image/jpeg"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A message as the book holds it; times are seconds since 1970."""

    sid: str
    direction: Direction
    sender: str | None  # None until a messaging service has chosen one
    recipient: str
    body: str
    status: str
    created: float
    updated: float
    segments: int
    seq: int = 0  # given by the book
    sent: float | None = None
    error_code: int | None = None
    media: tuple[Media, ...] = ()
    service: str | None = None
    callback_url: str | None = None
    reports: Reports = "usual"
    expires: float | None = None
    next_at: float | None = None  # None when nothing more will happen to it
    ending: str = "delivered"
    ending_code: int | None = None
    opt_out: str | None = None
    webhook: Webhook | None = None  # None for outgoing messages
    webhook_tries: int = 0
    webhook_answer: int | None = None


class Step(msgspec.Struct, frozen=True):
    """One change of status, and what became of its callback."""

    sid: str
    status: str
    at: float
    tries: int = 0
    answer: int | None = None
