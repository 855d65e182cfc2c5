"""Lets a command reach the demo that runs on this computer, when no other deployment is named."""

from __future__ import annotations

from collections.abc import Mapping

from app.sandbox.lock import running_environment
from app.settings import Settings


def reached(environ: Mapping[str, str]) -> Settings:
    """The settings of the environment, or of the running demo when the environment names no Redis."""
    settings = Settings.from_environment(environ)
    if settings.redis_url or settings.mode == "production":
        return settings
    return Settings.from_environment({**environ, **running_environment(settings.data)})
