"""Keeps the demo's page to this computer, and its buttons to its own page."""

from __future__ import annotations

from flask import Request
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge, UnsupportedMediaType

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
LARGEST_BODY = 16 * 1024
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def check_door(request: Request) -> None:
    """Raise an HTTPException unless the page itself, or a script on this computer, asks."""
    # A page under a foreign name that was made to point here still sends its own name.
    if _host(request.host) not in HOSTS:
        raise Forbidden("Call this by a loopback address.")
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin, site = request.headers.get("Origin", ""), request.headers.get("Sec-Fetch-Site", "")
    if origin not in ("", f"{request.scheme}://{request.host}") or site not in ("", "same-origin", "none"):
        raise Forbidden("Only the page itself may do this.")
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge()


def _host(value: str) -> str:
    if value.startswith("["):
        return value.partition("]")[0] + "]"
    return value.partition(":")[0].lower()
