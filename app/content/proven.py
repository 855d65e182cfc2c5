"""What holds of a program without mistakes, in words for its authors."""

from __future__ import annotations

from app.content.check_length import Cost
from app.content.reach import starters
from app.content.whole import Whole
from app.core.release import GOALS


def proven(whole: Whole, cost: Cost) -> tuple[str, ...]:
    """Return what the checks have shown, one sentence each."""
    return (
        "no dead end, no loop without a wait or a question",
        f"{_texts(whole)} · {_segments(cost)}",
        f"{_languages(whole)} · {_goals(whole)} · not reachable: {_unreached(whole)}",
    )


def _texts(whole: Whole) -> str:
    limits = whole.program.limits
    return f"{limits.unprompted_per_day} unprompted texts a day, {limits.unprompted_per_week} a week at most"


def _segments(cost: Cost) -> str:
    said = f"{cost.plain} segment{'s' if cost.plain > 1 else ''} a text at most"
    if cost.dearest == cost.plain:
        return said
    return f"{said}, {cost.dearest} when quoted words hold emoji"


def _languages(whole: Whole) -> str:
    return f"{', '.join(whole.program.languages)} complete"


def _goals(whole: Whole) -> str:
    drafts = whole.interventions.values()
    used = {event.goal.text if event.goal else draft.goal.text for draft in drafts for event in draft.events}
    missing = [goal for goal in GOALS if goal not in used]
    rest = f" (missing: {', '.join(missing)})" if missing else ""
    return f"{len(GOALS) - len(missing)} of {len(GOALS)} goals{rest}"


def _unreached(whole: Whole) -> str:
    missing = sorted(set(whole.interventions) - starters(whole))
    return ", ".join(missing) if missing else "none"
