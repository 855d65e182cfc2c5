"""Reads one setting's text as what it stands for: a port, an address, keys, senders."""

from __future__ import annotations

import base64
import binascii
import difflib
import hashlib
import re
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

import msgspec

KEY_BYTES = 32
NUMBER = re.compile(r"(whatsapp:)?\+[1-9]\d{7,14}")
PROGRAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ACCOUNT = re.compile(r"AC[0-9a-f]{32}")


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """One of our own numbers: the program behind it, who confirms STOP, and its segments per second."""

    id: str
    number: str
    program: str
    stop: Literal["cairn", "carrier"] = "cairn"
    rate: float = 1.0


def read_port(text: str) -> int:
    """Return a port from 1 to 65535, or raise ValueError."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("is not a port from 1 to 65535")
    return int(text)


def read_switch(text: str) -> bool:
    """Return whether a switch is on: 1 or 0, yes or no, true or false."""
    match text.lower():
        case "1" | "yes" | "true":
            return True
        case "0" | "no" | "false":
            return False
    raise ValueError("is neither 1 nor 0")


def read_choice(text: str, choices: tuple[str, ...]) -> str:
    """Return the text when it is one of the choices; else raise ValueError that names the nearest."""
    if text in choices:
        return text
    near = difflib.get_close_matches(text, choices, 1)
    meant = f"; did you mean {near[0]}?" if near else ""
    raise ValueError(f"is not one of {', '.join(choices)}{meant}")


def read_address(text: str) -> str:
    """Return an http(s) address without its last slash, or raise ValueError."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not an address like https://care.example.org")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("must be an address without a name, a query or a fragment")
    return text.rstrip("/")


def read_redis_address(text: str) -> str:
    """Return the address of a Redis, or raise ValueError."""
    if urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("is not an address like redis://127.0.0.1:6379/0")
    return text


def without_credentials(address: str) -> str:
    """Return an address whose name and password are replaced by stars."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc="***@" + parts.netloc.rpartition("@")[2]))


def read_key(text: str) -> bytes:
    """Return the 32 bytes that stand in base64, or raise ValueError."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"holds {len(key)} bytes, not {KEY_BYTES}")
    return key


def read_keys(text: str) -> tuple[bytes, ...]:
    """Return master keys in the order given, newest first."""
    return tuple(read_key(part) for part in _listed(text))


def read_account(text: str) -> str:
    """Return the account's SID, or raise ValueError."""
    if not ACCOUNT.fullmatch(text):
        raise ValueError("is not AC and 32 hexadecimal digits")
    return text


def read_senders(text: str) -> tuple[Sender, ...]:
    """Return our senders from `+15550100123=program;stop=carrier;rate=1, ...`."""
    senders = tuple(_read_sender(part) for part in _listed(text))
    numbers = [sender.number for sender in senders]
    for number in numbers:
        if numbers.count(number) > 1:
            raise ValueError(f"names {number} twice")
    return senders


def sender_id(number: str) -> str:
    """Return the id of a sender: it stays the same when the list is put in another order."""
    return "s_" + hashlib.sha256(number.encode()).hexdigest()[:8]


def _read_sender(text: str) -> Sender:
    head, *options = (part.strip() for part in text.split(";"))
    number, _, program = (part.strip() for part in head.partition("="))
    if not NUMBER.fullmatch(number):
        raise ValueError(f"has {number or 'nothing'} where a number like +13125550100 belongs")
    if not PROGRAM.fullmatch(program):
        raise ValueError(f"says no program for {number}; write {number}=lighter-days")
    sender = Sender(id=sender_id(number), number=number, program=program)
    for option in options:
        sender = _with_option(sender, option)
    return sender


def _with_option(sender: Sender, option: str) -> Sender:
    match [part.strip() for part in option.split("=")]:
        case ["stop", ("cairn" | "carrier") as who]:
            return msgspec.structs.replace(sender, stop=who)
        case ["rate", rate]:
            return msgspec.structs.replace(sender, rate=_read_rate(rate))
    raise ValueError(f"has {option or 'nothing'} where stop=cairn, stop=carrier or rate=1 belongs")


def _read_rate(text: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", text) or float(text) == 0:
        raise ValueError(f"has rate={text}; a rate is a number of segments per second, like 1 or 0.5")
    return float(text)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]
