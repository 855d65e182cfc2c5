"""The time zones that a phone number can stand for, from the phonenumbers library."""

from __future__ import annotations

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

UNKNOWN = "Etc/Unknown"


def zones(phone: str) -> tuple[str, ...]:
    """The candidate IANA zones of a number in international form, none when it is not one."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in time_zones_for_number(number) if zone != UNKNOWN)
