"""What Redis answers, as text."""

from __future__ import annotations


def text(value: bytes | str) -> str:
    """An answer as text, whichever way the client gave it."""
    return value.decode() if isinstance(value, bytes) else value
