"""Every setting there is: its name, how it is read, what it means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from app import settings_kinds as kinds


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One setting: its name, the attribute that takes it, how it is read, and what it means."""

    name: str
    attribute: str
    kind: str
    read: Callable[[str], Any]
    default: str = ""
    secret: bool = False
    meaning: str


def _choice(*choices: str) -> Callable[[str], str]:
    return lambda text: kinds.read_choice(text, choices)


FIELDS: tuple[Field, ...] = (
    Field(
        name="CAIRN_MODE",
        attribute="mode",
        kind="demo or production",
        read=_choice("demo", "production"),
        default="demo",
        meaning="`production` refuses to start with anything that belongs to the demo.",
    ),
    Field(
        name="REDIS_URL",
        attribute="redis_url",
        kind="address",
        read=kinds.read_redis_address,
        secret=True,
        meaning="The Redis that keeps care. Empty: `cairn up` starts a private one.",
    ),
    Field(
        name="CAIRN_EMBEDDED_REDIS",
        attribute="embedded_redis",
        kind="allow",
        read=_choice("allow"),
        meaning="`allow` lets production run on the private Redis that `cairn up` starts.",
    ),
    Field(
        name="CAIRN_PORT",
        attribute="port",
        kind="port",
        read=kinds.read_port,
        default="8790",
        meaning="Where the web process listens on this machine.",
    ),
    Field(
        name="PORT",
        attribute="port",
        kind="port",
        read=kinds.read_port,
        meaning="The same, as Procfile hosts set it; it wins over `CAIRN_PORT`.",
    ),
    Field(
        name="CAIRN_PUBLIC_URL",
        attribute="public_url",
        kind="address",
        read=kinds.read_address,
        meaning="The address by which the carrier reaches us; signatures are checked against it.",
    ),
    Field(
        name="CAIRN_SENDERS",
        attribute="senders",
        kind="list",
        read=kinds.read_senders,
        meaning="Our numbers and their programs: `+13125550100=lighter-days;stop=carrier;rate=1`, "
        "with commas between. `stop` says who confirms STOP (`cairn` or `carrier`), "
        "`rate` is in segments per second.",
    ),
    Field(
        name="TWILIO_ACCOUNT_SID",
        attribute="account_sid",
        kind="account",
        read=kinds.read_account,
        meaning="The account at Twilio.",
    ),
    Field(
        name="TWILIO_AUTH_TOKEN",
        attribute="auth_token",
        kind="text",
        read=str,
        secret=True,
        meaning="The account's token: it signs webhooks and signs us in.",
    ),
    Field(
        name="CAIRN_CARRIER_URL",
        attribute="carrier_url",
        kind="address",
        read=kinds.read_address,
        meaning="A carrier that speaks Twilio's API, such as the sandbox. Empty: Twilio itself.",
    ),
    Field(
        name="CAIRN_KEYS",
        attribute="keys",
        kind="list of keys",
        read=kinds.read_keys,
        secret=True,
        meaning="Master keys that seal what people write, newest first, each 32 bytes in base64.",
    ),
    Field(
        name="CAIRN_STUDY_KEY",
        attribute="study_key",
        kind="key",
        read=kinds.read_key,
        secret=True,
        meaning="The key of every random draw, 32 bytes in base64. Never change it during a study.",
    ),
    Field(
        name="CAIRN_SESSION_SECRET",
        attribute="session_secret",
        kind="text",
        read=str,
        secret=True,
        meaning="Signs the cookies of staff who are signed in.",
    ),
    Field(
        name="CAIRN_DASHBOARD_PASSWORD",
        attribute="dashboard_password",
        kind="text",
        read=str,
        secret=True,
        meaning="Opens the queue dashboard at `/rq`.",
    ),
    Field(
        name="CAIRN_ON_CALL",
        attribute="on_call",
        kind="text",
        read=str,
        meaning="Who is paged about risk. `none` says that nobody is, on purpose.",
    ),
    Field(
        name="CAIRN_DATA",
        attribute="data",
        kind="folder",
        read=Path,
        default=".cairn",
        meaning="Where `cairn up` keeps its data, logs and keys.",
    ),
    Field(
        name="CAIRN_CONTENT",
        attribute="content",
        kind="folder",
        read=Path,
        default="content",
        meaning="Where programs are read from.",
    ),
    Field(
        name="CAIRN_LOG",
        attribute="log",
        kind="debug, info, warning or error",
        read=_choice("debug", "info", "warning", "error"),
        default="info",
        meaning="The least serious line that is logged.",
    ),
    Field(
        name="CAIRN_NO_BROWSER",
        attribute="no_browser",
        kind="1 or 0",
        read=kinds.read_switch,
        default="0",
        meaning="`1` keeps `cairn up` from opening the browser.",
    ),
)
