"""The same number on another channel: Twilio writes `whatsapp:` in front of both ends."""

from __future__ import annotations

from collections.abc import Mapping

WHATSAPP = "whatsapp:"


def bare(address: str) -> str:
    """The number without its channel."""
    return address.removeprefix(WHATSAPP)


def addresses(number: str) -> tuple[str, ...]:
    """Every address under which texts reach a number of ours."""
    return (number,) if number.startswith(WHATSAPP) else (number, WHATSAPP + number)


def our_end(numbers: Mapping[str, str], sender: str, theirs: str) -> str:
    """Our address towards theirs: the sender's number, on the channel that they write on.

    A sender that is not ours any more is answered for by the first that is.
    """
    ours = numbers.get(sender) or next(iter(numbers.values()))
    return WHATSAPP + bare(ours) if theirs.startswith(WHATSAPP) else ours
