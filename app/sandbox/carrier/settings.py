"""What a sandbox carrier is told when it starts."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path

import msgspec


class Delays(msgspec.Struct, frozen=True, kw_only=True):
    """How many seconds an outgoing message spends in each status before it moves on."""

    accepted: float = 0.02
    queued: float = 0.03
    sending: float = 0.03
    sent: float = 0.06


class SharedKey(msgspec.Struct, frozen=True):
    """A key that signs webhooks in place of the auth token (Twilio's second scheme)."""

    sid: str
    secret: str


def random_sid(prefix: str) -> str:
    """Return a new id in Twilio's form: the prefix and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


class CarrierSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a carrier needs; times are in seconds."""

    book_path: Path
    webhook_url: str
    account_sid: str
    auth_token: str
    host: str = "127.0.0.1"
    port: int = 0  # 0 takes a free one
    numbers: tuple[str, ...] = ()  # our own senders; when empty, any sender is taken as ours
    delays: Delays = Delays()
    list_lag: float = 0.5
    webhook_timeout: float = 15.0  # for all tries together
    connect_timeout: float = 5.0
    shared_key: SharedKey | None = None
    webhook_threads: int = 64
    callback_threads: int = 16
    clock: Callable[[], float] = time.time
    new_sid: Callable[[str], str] = random_sid
