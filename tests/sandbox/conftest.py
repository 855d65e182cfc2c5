"""What the sandbox's tests start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.carrier_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A carrier, its web and its scripts; the carrier starts when it is first used."""
    made = World(tmp_path)
    yield made
    made.close()
