"""Keeps the scripts' API to this computer, and out of the reach of foreign web pages."""

from __future__ import annotations

from ipaddress import ip_address

from flask import request
from werkzeug.exceptions import Forbidden, UnsupportedMediaType

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


def check_door() -> None:
    """Raise Forbidden or UnsupportedMediaType unless a script on this computer calls."""
    if not _is_loopback(request.remote_addr or ""):
        raise Forbidden("Only this computer may call this.")
    # A page under a foreign name that was made to point here still sends its own name.
    if _host(request.headers.get("Host", "")) not in HOSTS:
        raise Forbidden("Call this by a loopback address.")
    # A browser sends JSON to a foreign address only after asking, and is told no.
    if request.method == "POST" and request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _host(value: str) -> str:
    if value.startswith("["):
        return value.partition("]")[0] + "]"
    return value.partition(":")[0].lower()
