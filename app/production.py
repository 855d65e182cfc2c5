"""What production refuses to start with: what belongs to the demo, and the lack of what care needs."""

from __future__ import annotations

from collections.abc import Iterator

from app.settings import Settings

DEMO_KEY_MARK = b"cairn demo only:"
DEMO_ACCOUNT_MARK = "AC00000000"


def production_refusals(settings: Settings) -> list[str]:
    """Return one line for each reason why these settings must not serve people; none in demo mode."""
    if settings.mode != "production":
        return []
    return [*_carrier_refusals(settings), *_key_refusals(settings), *_place_refusals(settings)]


def demo_refusals(settings: Settings) -> list[str]:
    """Return one line for each part of the demo that `cairn up` would start; none in demo mode."""
    if settings.mode != "production":
        return []
    return [
        f"CAIRN_MODE=production refuses the demo's {part}. Start cairn web, worker and clock instead."
        for part in ("phone", "clock", "carrier", "keys")
    ]


def _carrier_refusals(settings: Settings) -> Iterator[str]:
    if settings.carrier_url:
        yield (
            f"CAIRN_CARRIER_URL={settings.carrier_url} is a demo carrier, with the demo's phone and clock. "
            "Leave it empty for Twilio."
        )
    if settings.account_sid.startswith(DEMO_ACCOUNT_MARK):
        yield "TWILIO_ACCOUNT_SID is the demo's. Take the one that Twilio's console shows."
    if not settings.account_sid:
        yield "TWILIO_ACCOUNT_SID is not set. Take the one that Twilio's console shows."
    if not settings.auth_token:
        yield "TWILIO_AUTH_TOKEN is not set. Without it no webhook can be checked."
    if not settings.senders:
        yield "CAIRN_SENDERS is not set. Name your numbers: CAIRN_SENDERS=+13125550100=lighter-days"


def _key_refusals(settings: Settings) -> Iterator[str]:
    if not settings.keys:
        yield "CAIRN_KEYS is not set. Make a key: openssl rand -base64 32"
    if any(key.startswith(DEMO_KEY_MARK) for key in settings.keys):
        yield "CAIRN_KEYS holds a demo key. Make a key: openssl rand -base64 32"
    if not settings.study_key:
        yield "CAIRN_STUDY_KEY is not set. Make a key: openssl rand -base64 32"
    if settings.study_key.startswith(DEMO_KEY_MARK):
        yield "CAIRN_STUDY_KEY is the demo's key. Make a key: openssl rand -base64 32"
    if not settings.session_secret:
        yield "CAIRN_SESSION_SECRET is not set. Make one: openssl rand -base64 32"
    if not settings.dashboard_password:
        yield "CAIRN_DASHBOARD_PASSWORD is not set. Without it the queue would stand open."


def _place_refusals(settings: Settings) -> Iterator[str]:
    if not settings.public_url:
        yield "CAIRN_PUBLIC_URL is not set. It is the https address by which the carrier reaches us."
    elif not settings.public_url.startswith("https://"):
        yield f"CAIRN_PUBLIC_URL={settings.public_url} is not https. Texts would cross the net in the clear."
    if not settings.redis_url and settings.embedded_redis != "allow":
        yield "REDIS_URL is not set. Set it, or allow the embedded Redis with CAIRN_EMBEDDED_REDIS=allow"
    if not settings.on_call:
        yield "CAIRN_ON_CALL is not set. Say who is paged about risk, or none."
