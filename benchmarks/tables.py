"""Numbers as tables: medians, high ends, and how one row compares with the first."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def better_half(values: Sequence[float]) -> float:
    """The median of the better half of repeats: what neighbors on the machine took away counts less."""
    ordered = sorted(values)
    return statistics.median(ordered[: (len(ordered) + 1) // 2])


def often(values: Iterable[object]) -> str:
    """How many texts have each value."""
    counted = sorted(Counter(values).items(), key=str)
    return ", ".join(f"{value} ({count} texts)" for value, count in counted)


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(_shown(cell) for cell in row) + " |")
    print(flush=True)


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return str(cell)
