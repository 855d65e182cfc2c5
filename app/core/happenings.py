"""Decision points that follow from something that happened."""

from __future__ import annotations

from app.core import tailoring
from app.core.release import DecisionPoint
from app.core.render import RenderFault, evaluate
from app.core.state import Due
from app.core.timing import SECOND
from app.core.turn import Turn


def happened(turn: Turn, what: str) -> None:
    """Plan the decision points that follow from it; they are decided when everything before them is done."""
    if not turn.state.in_care():
        return
    for point in turn.release.decision_points:
        if point.happens == what and _holds(turn, point):
            turn.state.happened = [due for due in turn.state.happened if due.point != point.id]
            turn.state.happened.append(Due(point.id, turn.now + point.after * SECOND))


def _holds(turn: Turn, point: DecisionPoint) -> bool:
    try:
        return evaluate(point.when, tailoring.values(turn.state, turn.release, turn.now))
    except RenderFault as fault:
        turn.alert("content_fault", detail=f"decision point {point.id}: {fault}")
        return False
