"""Decision points: each leaves a row, whatever is offered, even nothing, even when nobody decided in time."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from app.core import assessments, availability, conversation, tailoring, timing
from app.core.draws import Draw, draw
from app.core.release import DecisionPoint, Intervention, Rule
from app.core.render import RenderFault, evaluate
from app.core.state import PointState
from app.core.turn import Turn

NOTHING = "nothing"


def decide_point(turn: Turn, point: DecisionPoint, planned_at: int, prompted: bool = False) -> None:
    """Decide what to offer at a decision point, and offer it."""
    counter = turn.state.points.setdefault(point.id, PointState())
    counter.occurrences += 1
    counter.last_day = timing.local_day(planned_at, turn.state.zone())
    decision = decision_id(turn.state.participant, point.id, counter.occurrences)
    missed = turn.now > planned_at + point.decide_within * timing.SECOND
    reasons = ["missed"] if missed else availability.reasons(turn, prompted)
    rule, trace = (None, []) if missed else _first_rule(turn, point, reasons)
    options = _applicable(turn, rule, prompted) if rule else {}
    drawn = _choose(turn, point, counter.occurrences, options) if not reasons and options else None
    taken = drawn.taken if drawn else NOTHING
    _record(turn, point, planned_at, decision, counter.occurrences, reasons, rule, trace, options, drawn)
    if not reasons:
        assessments.plan(turn, point, decision, counter.occurrences)
    if taken != NOTHING:
        conversation.start(turn, taken, "offered", decision, "reply" if prompted else "scheduled")


def decision_id(participant: str, point: str, occurrence: int) -> str:
    """The id that joins a decision with its texts, readings and assessments."""
    return "d_" + hashlib.sha256(f"{participant}|{point}|{occurrence}".encode()).hexdigest()[:16]


def plan_points(turn: Turn) -> None:
    """Know the next time of every decision point of the release, also after a change of time, zone or release."""
    state = turn.state
    for point in turn.release.decision_points:
        if not point.at:
            continue
        clock = tailoring.clock_time(state, turn.release, point.at, turn.now)
        planned = state.points.setdefault(point.id, PointState())
        as_planned = f"{clock} {state.zone()} {','.join(point.days)}"
        if planned.next_at and planned.clock == as_planned:
            continue
        planned.clock = as_planned
        planned.next_at = _next(turn, point, clock, planned.last_day)
    known = {point.id for point in turn.release.decision_points}
    for gone in [name for name in state.points if name not in known]:
        state.points[gone].next_at = 0


def occur(turn: Turn, point: DecisionPoint) -> None:
    """A decision point whose time came: plan its next time, then decide."""
    planned = turn.state.points[point.id]
    planned_at = planned.next_at
    planned.last_day = timing.local_day(planned_at, turn.state.zone())
    clock = tailoring.clock_time(turn.state, turn.release, point.at, turn.now)
    planned.next_at = _next(turn, point, clock, planned.last_day, after=planned_at)
    decide_point(turn, point, planned_at)


def _next(turn: Turn, point: DecisionPoint, clock: str, last_day: str, after: int = 0) -> int:
    zone = turn.state.zone()
    start = after or turn.now
    found = timing.next_on_days(start, clock, zone, point.days, last_day)
    begins = timing.on_day(_begins(turn, point), "00:00", zone)
    return found if found >= begins else timing.next_on_days(begins - 1, clock, zone, point.days, last_day)


def _begins(turn: Turn, point: DecisionPoint) -> date:
    first = date.fromisoformat(turn.state.enrolled_on)
    return first + timedelta(days=point.begins_day)


def _first_rule(
    turn: Turn, point: DecisionPoint, reasons: list[str]
) -> tuple[Rule | None, list[dict[str, object]]]:
    """The first rule that fits, and how each that was tried came out; a fault in one makes it unavailable."""
    known = tailoring.values(turn.state, turn.release, turn.now)
    trace: list[dict[str, object]] = []
    for rule in point.rules:
        try:
            fits = evaluate(rule.when, known)
        except RenderFault as fault:
            turn.alert("content_fault", detail=f"rule {point.id}.{rule.id}: {fault}")
            reasons.append("content_fault")
            return None, trace
        trace.append({"rule": rule.id, "when": rule.when, "fits": fits})
        if fits:
            return rule, trace
    return None, trace


def _applicable(turn: Turn, rule: Rule, prompted: bool) -> dict[str, float]:
    """The options that apply now. What answers their own text may repeat: silence would be worse."""
    return {
        name: p
        for name, p in rule.choose.items()
        if name == NOTHING or (_applies(turn, name) and (prompted or _fresh(turn, name)))
    }


def _applies(turn: Turn, name: str) -> bool:
    found = turn.release.interventions.get(name)
    return found is not None and not _to_avoid(turn, found)


def _fresh(turn: Turn, name: str) -> bool:
    again = turn.newest.limits.same_text_again * timing.SECOND
    used = turn.state.used.get(name)
    return used is None or turn.now - used >= again


def _to_avoid(turn: Turn, found: Intervention) -> bool:
    if not found.avoid_when:
        return False
    try:
        return evaluate(found.avoid_when, tailoring.values(turn.state, turn.release, turn.now))
    except RenderFault as fault:
        turn.alert("content_fault", detail=f"{found.id} avoid_when: {fault}")
        return True


def _choose(turn: Turn, point: DecisionPoint, occurrence: int, options: dict[str, float]) -> Draw | None:
    if sum(options.values()) <= 0:
        return None
    key, who = turn.shared.study_key, turn.state.participant
    return draw(key, who, point.id, occurrence, "option", options)


def _record(
    turn: Turn,
    point: DecisionPoint,
    planned_at: int,
    decision: str,
    occurrence: int,
    reasons: list[str],
    rule: Rule | None,
    trace: list[dict[str, object]],
    options: dict[str, float],
    drawn: Draw | None,
) -> None:
    zone = turn.state.zone()
    turn.record(
        "decision",
        decision=decision,
        point=point.id,
        level=point.level,
        occurrence=occurrence,
        planned_at=planned_at,
        decided_at=turn.now,
        local=timing.local(turn.now, zone).isoformat(),
        zone=zone,
        decide_within=point.decide_within,
        available=not reasons,
        reasons=reasons,
        rule=rule.id if rule else "",
        because_staff=rule.because_staff if rule else "",
        rule_trace=trace,
        options=drawn.options if drawn else options,
        left_out=sorted(set(rule.choose) - set(options)) if rule else [],
        draws=[drawn] if drawn else [],
        randomized=bool(drawn and drawn.randomized),
        taken=drawn.taken if drawn else NOTHING,
        p=drawn.p if drawn else None,
        context=tailoring.snapshot(turn.state, turn.release, turn.now),
        policy=turn.shared.policy,
        release=turn.release.number,
    )
