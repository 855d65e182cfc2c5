"""What a deployment costs while nothing happens.

`python benchmarks/idle.py`; needs a system with /proc.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import redis

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.sandbox.run_files import running_pids
from app.sandbox.sessions import members
from benchmarks.deployments import supervised
from benchmarks.tables import show

IDLE_PEOPLE, IDLE_SECONDS = 200, 20


def main() -> None:
    """Measure, and print the table."""
    with supervised() as deployment:
        connection = deployment.parts.connection
        before = connection.info("memory")["used_memory"]
        for number in range(IDLE_PEOPLE):
            deployment.text(f"+1312557{number:04d}", "START")
        for number in range(IDLE_PEOPLE):
            deployment.wait_for_answers(f"+1312557{number:04d}", 1)
        time.sleep(5)
        grown = connection.info("memory")["used_memory"] - before
        commands, began = _commands(connection), _processor(deployment.data)
        time.sleep(IDLE_SECONDS)
        used = {name: spent - began[name] for name, spent in _processor(deployment.data).items()}
        spent = _commands(connection) - commands
    rows = [(f"{name}, share of one core", f"{100 * used[name] / IDLE_SECONDS:.2f} %") for name in used]
    rows.append(("Redis commands a second", f"{spent / IDLE_SECONDS:.0f}"))
    rows.append(("Redis memory a newcomer (record, text, journal, seen)", f"{grown / IDLE_PEOPLE:.0f} bytes"))
    show(f"Idle for {IDLE_SECONDS} s with {IDLE_PEOPLE} participants", ("what", "cost"), rows)


def _commands(connection: redis.Redis) -> int:
    return int(connection.info("stats")["total_commands_processed"])


def _processor(data: Path) -> dict[str, float]:
    """Seconds of processor that each process of a deployment has used, with those it started."""
    tick = 100.0  # Linux counts in hundredths
    used = {}
    for name, leader in running_pids(data).items():
        stats = [
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in members([leader])
        ]
        used[name] = sum(int(fields[11]) + int(fields[12]) for fields in stats) / tick
    return used


if __name__ == "__main__":
    main()
