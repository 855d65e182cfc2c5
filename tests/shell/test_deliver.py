"""The one way out: what leaves, what is withheld, and in which order."""

from __future__ import annotations

import pytest

from app.core.signals import StaffActed
from app.core.timing import DAY, HOUR
from app.ports import NotReached, Refused
from tests.shell.conftest import THEIRS


def lives(world, connection):
    return sorted(connection.hget(key, "life").decode() for key in connection.keys("cairn:m:*"))


def test_texts_leave_in_the_order_in_which_they_were_decided(world):
    world.enroll()
    assert [body.split(":")[0][:11] for body in world.carrier.bodies()][:2] == ["Small Steps", "Good to hav"]


def test_one_text_a_participant_is_between_claimed_and_accepted(world):
    world.enroll()
    world.text("STOP")
    world.text("START")
    first = world.parts.outbox.claim(("confirmation", "reply"), 10, 5_000, 0)
    assert len(first) == 1
    assert world.parts.outbox.claim(("confirmation", "reply"), 10, 5_000, 0) == []
    world.parts.outbox.put_back(first[0], 0, only_from="claimed")
    before = len(world.carrier.book)
    world.deliver()
    assert ["unsubscribed" in body for body in world.carrier.bodies()[before:]] == [True, False]


def test_stop_withholds_what_had_not_left(world):
    world.enroll()
    world.text("nonsense that nobody asked for")
    world.text("STOP")
    world.deliver()
    assert "unsubscribed" in world.carrier.bodies()[-1]
    withheld = [row for row in world.rows("withheld") if row["reason"] == "opted_out"]
    assert withheld


def test_a_text_decided_before_a_staff_hold_does_not_leave(world):
    world.enroll()
    before = len(world.carrier.book)
    world.text("what is this about anyway")
    world.parts.spine.handle(world.participant, StaffActed(id="staff-1", action="hold"))
    world.deliver()
    assert len(world.carrier.book) == before


def test_an_unprompted_text_that_waited_into_the_night_is_withheld(world):
    world.enroll()
    world.parts.marks.move_care(0)
    state = world.state()
    world.pass_time(max(0, state.wake - world.parts.marks.care_now()))
    for _ in range(20):
        if any(entry.cls == "scheduled" for entry in world.state().outgoing):
            break
        world.deliver()
        world.pass_time(max(1, world.state().wake - world.parts.marks.care_now()))
    assert any(entry.cls == "scheduled" for entry in world.state().outgoing)
    before = len(world.carrier.book)
    world.parts.marks.move_care(8 * HOUR)
    world.deliver()
    assert len(world.carrier.book) == before
    assert [r for r in world.rows("delivery") if r.get("reason") in ("expired", "outside_hours")]


def test_too_many_requests_wait_and_are_sent_once(world, connection):
    world.carrier.next = [NotReached(429)]
    world.text("START")
    world.deliver()
    assert lives(world, connection) == ["waiting"]
    for key in connection.keys("cairn:outbox:*"):
        for member in connection.zrange(key, 0, -1):
            connection.zadd(key, {member: 0})
    world.deliver()
    assert len(world.carrier.book) == 1
    assert lives(world, connection) == ["accepted"]


@pytest.mark.parametrize(("code", "status"), [(21610, "never"), (21211, "never"), (30003, "later")])
def test_a_refusal_is_final_and_says_what_it_means_for_the_number(world, code, status):
    world.carrier.next = [Refused(code)]
    world.text("START")
    world.deliver()
    assert world.state().reach.status == status
    assert world.rows("delivery")[-1]["status"] == "failed"


def test_an_outgoing_hold_stops_everything_but_urgent_texts(world):
    world.enroll()
    before = len(world.carrier.book)
    world.parts.marks.hold("all")
    world.text("hello there, are you real?")
    world.deliver()
    assert len(world.carrier.book) == before
    world.text("HELP")
    world.deliver()
    assert len(world.carrier.book) == before + 1
    world.parts.marks.release("all")
    world.deliver()
    assert len(world.carrier.book) == before + 2


def test_a_recalled_release_takes_its_unsent_texts_along(world):
    world.enroll()
    before = len(world.carrier.book)
    world.text("what can you do?")
    world.parts.releases.recall(world.state().program, 1)
    world.parts.snapshots.forget()
    world.deliver()
    assert len(world.carrier.book) == before
    assert world.rows("delivery")[-1]["reason"] == "recalled"


def test_risk_is_answered_at_any_hour_and_over_every_hold(world):
    world.enroll()
    world.parts.marks.move_care(DAY)
    world.parts.marks.hold("all")
    world.text("i want to kill myself")
    world.deliver()
    assert "988" in world.carrier.bodies()[-1]
    assert world.state().holds
    assert world.carrier.book[-1].number == THEIRS
