"""What the outside tells the core, in the past tense."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Delivery: TypeAlias = Literal["accepted", "sent", "delivered", "undelivered", "failed", "withheld", "unclear"]


class ReplyReceived(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A text that came to one of our numbers."""

    id: str  # the carrier's message id
    text: str
    at: int  # when the carrier had it, UTC milliseconds; 0 when it did not say
    sender: str = ""  # the id of our own sender that it came to
    late: bool = False  # found by asking the carrier, not told by it
    media: int = 0  # how many pictures or recordings came with it
    carrier_opt_out: str = ""  # STOP, START or HELP when the carrier has already answered it
    zones: tuple[str, ...] = ()  # candidate IANA zones of the number
    unsent: tuple[str, ...] = ()  # ids of our texts to them that had not left when this was handled


class TimeCame(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """The participant's next wake-up time was reached."""

    id: str
    due: int  # the wake-up time that was claimed, UTC milliseconds of care time


class DeliveryReported(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """What became of one of our texts."""

    id: str
    message: str
    status: Delivery
    reason: str = ""  # withheld: from `LeaveReason`; failed: the carrier's code in words
    code: int = 0  # the carrier's error code, 0 when there is none
    sid: str = ""
    reach: Literal["", "never", "later", "alarm"] = ""  # what the code says of the number
    maybe_twice: bool = False
    cls: str = ""  # the class of the text, so that a failed risk answer is known as one


class StaffActed(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Something that a person of the team did."""

    id: str
    action: Literal["clear_hold", "hold"]
    by: str = ""
    note: str = ""


Signal: TypeAlias = ReplyReceived | TimeCame | DeliveryReported | StaffActed
