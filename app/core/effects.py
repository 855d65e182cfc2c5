"""What the core tells the outside, in the imperative."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

MessageClass: TypeAlias = Literal["risk", "confirmation", "reply", "scheduled"]


class Send(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Put a text into the outbox."""

    message: str  # id, derived from the signal, so that a repeated decision names the same text
    cls: MessageClass
    body: str
    sender: str
    release: int
    valid_until: int  # UTC milliseconds of care time; later it is withheld as expired
    exempt_until: int = 0  # until then quiet hours do not apply: it answers a text of theirs
    unprompted: bool = False  # counts against the caps
    segments: int = 1
    source: str = ""  # where its words stand: intervention/event/part, or builtin/name
    decision: str = ""  # the decision that led here


class Wake(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """The participant's next wake-up time, or none."""

    at: int | None
    why: str = ""


class Record(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """One row of the journal."""

    seq: int  # per participant, without gaps
    kind: str
    data: dict[str, Any]


class Alert(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Something that a person must know; carries no text, number or name."""

    kind: str
    severity: Literal["page", "warn"]
    detail: str = ""


Effect: TypeAlias = Send | Wake | Record | Alert
