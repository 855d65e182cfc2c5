"""Opens the phone in a browser, where there is one to open."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Mapping

from app.settings import Settings


def wants_browser(settings: Settings, environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether to open one: not when told not to, and not where it would take over the terminal."""
    if settings.no_browser:
        return False
    if platform == "linux":
        return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return "SSH_CONNECTION" not in environ


def open_browser(address: str) -> None:
    """Open the address; a browser that cannot be opened is no failure, the address is on the screen."""
    try:
        webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return
