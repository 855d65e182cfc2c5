"""Decision points: each leaves a row."""

from __future__ import annotations

import collections

import msgspec

from app.core.draws import draw
from app.core.release import DecisionPoint, Limits, Rule
from app.core.state import Saved
from app.core.timing import local
from tests.core.person import DAY, HOUR, KEY, Person, at, changed
from tests.small_program import small_release

DECIDED = {
    *(
        "decision",
        "point",
        "level",
        "occurrence",
        "planned_at",
        "decided_at",
        "decide_within",
        "local",
        "zone",
    ),
    *("available", "options", "randomized", "taken", "context", "policy", "release"),
}


def lived(name="p_ana", days=10, **fields):
    person = Person(name=name, release=changed(small_release(), number=1, **fields))
    person.enroll()
    person.text("skip")
    person.wait(days * DAY)
    return person


def evenings(person):
    return [row for row in person.of("decision") if row["point"] == "evening"]


def test_every_evening_leaves_one_row_whatever_is_offered():
    rows = evenings(lived(days=10))
    assert len(rows) == 10
    assert len({row["local"][:10] for row in rows}) == 10
    assert [row["occurrence"] for row in rows] == list(range(1, 11))
    for row in rows:
        assert set(row) >= DECIDED


def test_a_row_can_be_drawn_again_from_what_it_says():
    for row in evenings(lived(days=20)):
        for kept in row.get("draws", []):
            again = draw(KEY, "p_ana", "evening", row["occurrence"], "option", kept.options)
            assert (again.u, again.taken) == (kept.u, kept.taken)
            assert row["taken"] == kept.taken


def test_nothing_is_a_real_option_with_its_probability():
    taken = collections.Counter(
        row["taken"] for n in range(30) for row in evenings(lived(f"p_{n}", days=2)) if row["available"]
    )
    assert taken["nothing"] > 0
    assert taken["three-good-things"] > 0


def test_availability_is_settled_before_the_draw_with_all_reasons():
    person = Person()
    person.enroll()  # the welcome question stays open
    person.until(at("2026-03-02 19:00"))
    (row,) = evenings(person)
    assert row["reasons"] == ["in_conversation"]
    assert "draws" not in row
    assert row["taken"] == "nothing"


def test_what_was_missed_is_a_missed_row():
    person = Person()
    person.enroll()
    person.text("skip")
    person.now = at("2026-03-05 12:00")  # nobody was awake for days
    person.until(person.now)
    rows = evenings(person)
    assert [row["reasons"] for row in rows] == [["missed"]] * 3
    assert person.wait(0) == ""


def test_the_first_rule_that_fits_decides_and_the_trace_says_why():
    person = lived(days=1)
    person.state.unanswered_in_a_row = 3
    person.wait(DAY)
    row = evenings(person)[-1]
    assert (row["rule"], row["taken"]) == ("tired", "nothing")
    assert row["rule_trace"] == [{"rule": "tired", "when": "tired_of_us", "fits": True}]
    assert row["randomized"] is False


def test_an_option_that_does_not_apply_is_taken_out_and_the_rest_rescaled():
    for number in range(30):
        person = lived(f"p_{number}", days=6)
        for row in evenings(person):
            if "walk" in row.get("left_out", []) and row.get("draws"):
                assert set(row["options"]) <= {"nothing", "three-good-things"}
                assert abs(sum(row["options"].values()) - 1) < 1e-9
                return
    raise AssertionError("no option was ever left out")


def test_the_assessment_is_drawn_independently_of_what_was_taken():
    asked = collections.Counter()
    seen = collections.Counter()
    for n in range(120):
        person = lived(f"p_{n}", days=3)
        planned = {row["decision"]: row["draws"][0].taken for row in person.of("assessment_planned")}
        for row in evenings(person):
            if row["available"]:
                seen[row["taken"]] += 1
                asked[row["taken"]] += planned[row["decision"]] == "ask"
    for name in ("nothing", "three-good-things", "walk"):
        assert seen[name] > 30
        assert abs(asked[name] / seen[name] - 0.6) < 0.2


def test_a_moved_evening_does_not_come_twice_on_one_day():
    person = lived(days=1)
    from app.core.state import Saved

    person.state.values["evening"] = [Saved("20:30", person.now, "settings")]
    person.wait(3 * DAY)
    days = [row["local"][:10] for row in evenings(person)]
    assert len(days) == len(set(days))
    assert evenings(person)[-1]["local"][11:16] == "20:30"


def test_caps_of_the_newest_release_hold():
    person = lived(days=8, limits=Limits(unprompted_per_day=1, unprompted_per_week=2))
    assert sum(text.unprompted for text in person.left) <= 4
    assert any("cap_week" in row.get("reasons", []) for row in evenings(person))


def test_a_fault_in_a_rule_is_an_alert_and_a_safe_silence():
    release = small_release()
    points = []
    for point in release.decision_points:
        rules = tuple(msgspec.structs.replace(rule, when="no_such_name > 3") for rule in point.rules)
        points.append(msgspec.structs.replace(point, rules=rules) if point.at else point)
    person = lived(days=2, decision_points=tuple(points))
    assert {tuple(row["reasons"]) for row in evenings(person)} == {("content_fault",)}
    assert {alert.kind for alert in person.alerts} == {"content_fault"}


def test_nothing_unprompted_is_said_outside_hours_over_months_and_zones():
    for number, zone in enumerate(("America/Chicago", "Pacific/Auckland", "Europe/Berlin")):
        person = Person(name=f"p_{number}", zones=(zone,))
        person.enroll()
        person.text("skip")
        said_at = []
        for _ in range(120 * 24):
            before = len(person.said)
            person.state.unanswered_in_a_row = 0
            person.wait(HOUR)
            if any(text.unprompted for text in person.said[before:]):
                said_at.append(local(person.now, zone).hour)
        assert len(said_at) > 10
        assert set(said_at) <= set(range(9, 22))


def test_a_low_answer_is_met_at_once_even_while_an_offer_waits():
    release = small_release()
    ease = DecisionPoint(
        id="hard-answer",
        happens="answered:mood_now",
        when="mood_now <= 2",
        level="intervention",
        rules=(Rule(id="ease", choose={"one-slow-breath": 1.0}),),
    )
    for number in range(60):
        person = Person(
            name=f"p_{number}",
            release=changed(release, number=1, decision_points=(*release.decision_points, ease)),
        )
        person.state.values["evening"] = [Saved("18:00", person.now, "settings")]
        person.enroll()
        person.text("skip")
        person.until(at("2026-03-02 20:05"))
        if person.state.conversation and person.said[-1].source == "items/mood_now":
            person.text("0")
            assert person.left[-1].source.startswith("one-slow-breath/")
            return
    raise AssertionError("an assessment never came while an offer waited")


def test_who_never_answers_is_not_asked_for_ever():
    person = Person(name="p_silent")
    person.state.values["evening"] = [Saved("18:00", person.now, "settings")]
    person.enroll()
    person.text("skip")
    person.wait(40 * DAY)
    asked = [text for text in person.left if text.source == "items/mood_now"]
    assert 0 < len(asked) <= 4
    assert "burden" in {row["reason"] for row in person.of("assessment_missing")}
