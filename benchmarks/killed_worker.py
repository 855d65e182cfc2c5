"""Kill -9 of a worker that holds texts it has not begun to send: how long until these leave.

`python benchmarks/killed_worker.py`; judged: within 15 s.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.sandbox.run_files import running_pids
from benchmarks.deployments import Measured, supervised, until
from benchmarks.tables import often, percentile, show

TRIALS, BURST = 6, 24
SETTLE = 120.0
LIVES = """
local found = {}
for _, text in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  found[#found + 1] = text
  found[#found + 1] = redis.call('HGET', ARGV[1] .. text, 'life') or ''
end
return found
"""


class Held(msgspec.Struct, frozen=True):
    """Texts by their life at the moment a worker was killed, and that moment."""

    at: float
    claimed: list[str]
    calling: list[str]
    waiting: list[str]


def main() -> None:
    """Measure, and print the table."""
    with supervised() as deployment:
        show_held([kill_while_claimed(deployment, trial) for trial in range(TRIALS)], deployment)


def kill_while_claimed(deployment: Measured, trial: int) -> Held:
    """Many write at once; the worker stands still as soon as it holds a text it has not begun to send."""
    phones = [_phone(100 * (trial + 1) + number) for number in range(BURST)]
    for phone in phones:
        deployment.enroll(phone)
    time.sleep(1)
    pid = running_pids(deployment.data)["worker-1"]
    texts = [threading.Thread(target=deployment.text, args=(phone, "5")) for phone in phones]
    for text in texts:
        text.start()
    until(lambda: "claimed" in _lives(deployment).values(), 20)
    os.kill(pid, signal.SIGSTOP)
    for text in texts:
        text.join()
    time.sleep(0.1)  # what it had asked of Redis before it stood still is done by now
    lives = _lives(deployment)
    waiting = deployment.parts.connection.zrange(deployment.parts.keys.outbox("reply"), 0, -1)
    os.kill(pid, signal.SIGKILL)
    held = Held(
        time.time(),
        [text for text, life in lives.items() if life == "claimed"],
        [text for text, life in lives.items() if life == "calling"],
        [text.decode() for text in waiting],
    )
    wanted = {*held.claimed, *held.calling, *held.waiting}
    until(lambda: wanted <= {text.message for text in deployment.book.said()}, SETTLE)
    until(lambda: not _lives(deployment), SETTLE)
    return held


def show_held(trials: list[Held], deployment: Measured) -> None:
    """Print what became of the texts that killed workers held, and of those nobody had claimed yet."""
    left = defaultdict(list)
    for text in deployment.book.said():
        left[text.message].append(text.created)
    rows = []
    for name, texts in (
        ("claimed, not begun to send", [(m, held.at) for held in trials for m in held.claimed]),
        ("waiting, not claimed", [(m, held.at) for held in trials for m in held.waiting]),
        ("in a call", [(m, held.at) for held in trials for m in held.calling]),
    ):
        took = [max(0.0, left[message][0] - at) for message, at in texts]
        if took:
            copies = often(len(left[message]) for message, _ in texts)
            rows.append((name, len(took), percentile(took, 0.5), percentile(took, 0.95), max(took), copies))
    show(
        f"The worker of replies killed while it held texts ({len(trials)} times)",
        ("text", "n", "p50 s until it left", "p95", "max", "times in the book"),
        rows,
    )


def _lives(deployment: Measured) -> dict[str, str]:
    """The life of every text that is leased to a worker."""
    parts = deployment.parts
    found = parts.connection.eval(LIVES, 1, parts.keys.leases, parts.keys.text(""))
    return {text.decode(): life.decode() for text, life in zip(found[::2], found[1::2], strict=True)}


def _phone(number: int) -> str:
    return f"+1312556{number:04d}"


if __name__ == "__main__":
    main()
