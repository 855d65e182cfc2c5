"""The jobs that RQ runs: each a few lines round the spine. A job is a hint; it may be lost, or come twice."""

from __future__ import annotations

import os
from functools import cache

from app.adapters.bells import CLASSES
from app.settings import Settings
from app.wiring import Parts


@cache
def parts() -> Parts:
    """What this worker process works with, built once."""
    return Parts(Settings.from_environment(os.environ))


def deliver(queue: str) -> None:
    """Send what waits in the classes of a queue. The bell is taken away first, so that a later ring is heard."""
    here = parts()
    here.bells.answer(queue)
    here.deliverer.run(CLASSES[queue])


def wake(batch: list[list[str | int]]) -> None:
    """Wake up the participants of a batch of (id, due)."""
    parts().spine.wake_many([(str(who), int(due)) for who, due in batch])
