"""From a program's folder to a release in the record: checked, or refused with every mistake."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.adapters.records.releases import Releases
from app.content.load import Loaded, load_program
from app.core.release import Release


class Published(msgspec.Struct, frozen=True):
    """What publishing came to; `release` is None when it was refused."""

    loaded: Loaded
    release: Release | None
    new: bool


def publish(releases: Releases, folder: Path) -> Published:
    """Check a program and make a release of it; the newest one stands when nothing changed."""
    loaded = load_program(folder)
    if loaded.release is None:
        return Published(loaded, None, new=False)
    before = releases.newest_number(loaded.release.program)
    release = releases.publish(loaded.release)
    return Published(loaded, release, new=release.number != before)
