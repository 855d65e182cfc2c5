"""Twilio's error codes and what each means for us.

Codes and their names: twilio.com/docs/api/errors. What we do about each is our judgement.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Reach: TypeAlias = Literal["", "never", "later", "alarm"]


class Code(msgspec.Struct, frozen=True):
    """What a code says, and whether the number can be texted again."""

    words: str
    reach: Reach = ""
    retry: bool = False  # surely not accepted, and worth another try


CODES: dict[int, Code] = {
    # never again
    21610: Code("they opted out at the carrier", "never"),
    21211: Code("not a valid number", "never"),
    21614: Code("not a mobile number", "never"),
    30005: Code("unknown number", "never"),
    30006: Code("landline, or the carrier cannot reach it", "never"),
    # later
    429: Code("too many requests", retry=True),
    20429: Code("too many requests", retry=True),
    30001: Code("the carrier's queue is full", "later"),
    30003: Code("the phone is off or out of reach", "later"),
    30008: Code("unknown error at the carrier", "later"),
    30036: Code("it waited longer than it was valid", "later"),
    # the program needs somebody
    30007: Code("filtered as spam by the carrier", "alarm"),
    30004: Code("blocked by the phone or the carrier", "later"),
    20003: Code("our credentials were refused", "alarm"),
    21606: Code("our sender may not send to this number", "alarm"),
    21408: Code("sending to this region is not switched on", "alarm"),
}
_UNKNOWN = Code("an error that is not in our table")


def meaning(code: int) -> Code:
    """What we know of a code; an unknown one says so and changes nothing about the number."""
    return CODES.get(code, _UNKNOWN)
