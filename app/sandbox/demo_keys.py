"""Keys and credentials of the demo: made once, at random, and kept beside its data."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

import msgspec

from app.production import DEMO_ACCOUNT_MARK, DEMO_KEY_MARK


class DemoKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What the demo needs to know in secret. Marked, so that production can tell and refuse it."""

    account_sid: str
    auth_token: str
    master_key: str
    study_key: str
    session_secret: str
    dashboard_password: str

    def environment(self) -> dict[str, str]:
        """Return the keys as settings."""
        return {
            "TWILIO_ACCOUNT_SID": self.account_sid,
            "TWILIO_AUTH_TOKEN": self.auth_token,
            "CAIRN_KEYS": self.master_key,
            "CAIRN_STUDY_KEY": self.study_key,
            "CAIRN_SESSION_SECRET": self.session_secret,
            "CAIRN_DASHBOARD_PASSWORD": self.dashboard_password,
        }


def demo_keys(data: Path) -> DemoKeys:
    """Return the keys of the demo that keeps its data here; they are made when there are none yet."""
    path = data / "keys.json"
    if not path.exists():
        _write_once(path, msgspec.json.encode(_new_keys()))
    return msgspec.json.decode(path.read_bytes(), type=DemoKeys)


def _new_keys() -> DemoKeys:
    return DemoKeys(
        account_sid=DEMO_ACCOUNT_MARK + secrets.token_hex(12),
        auth_token=secrets.token_hex(16),
        master_key=_marked_key(),
        study_key=_marked_key(),
        session_secret=secrets.token_urlsafe(32),
        dashboard_password=secrets.token_urlsafe(12),
    )


def _marked_key() -> str:
    return base64.b64encode(DEMO_KEY_MARK + secrets.token_bytes(16)).decode()


def _write_once(path: Path, content: bytes) -> None:
    """Write the whole file or none of it: half a key file would lock the demo out of its own data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
