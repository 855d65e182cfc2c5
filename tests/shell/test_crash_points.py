"""Every point at which a process may die, and what is true afterwards."""

from __future__ import annotations

import pytest

from app.core.signals import DeliveryReported
from app.deliver import CALL_LEASE, CLAIM_LEASE
from app.ports import Accepted, RecordError, Unsure
from tests.shell.conftest import OURS, THEIRS

URGENT_AND_REPLIES = ("risk", "confirmation", "reply")


def end_leases(world):
    """As if every lease had run out."""
    connection, keys = world.parts.connection, world.parts.keys
    for text in connection.zrange(keys.leases, 0, -1):
        connection.zadd(keys.leases, {text: 0})


def settle(world, times=1):
    for _ in range(times):
        end_leases(world)
        world.parts.settler.run()


def test_dead_before_the_commit_the_carriers_second_try_is_handled(world, monkeypatch):
    def away(_):
        raise RecordError("away")

    monkeypatch.setattr(world.parts.participants, "commit", away)
    with pytest.raises(RecordError):
        world.text("START", sid="SM" + "1" * 32)
    monkeypatch.undo()
    assert world.text("START", sid="SM" + "1" * 32) == "done"
    world.deliver()
    assert len(world.carrier.book) == 1


def test_dead_after_the_commit_and_before_the_bell_the_clock_rings(world):
    world.parts.spine._ring = lambda classes: None
    world.text("START")
    assert world.parts.bells.waiting("replies") == 0
    from workers.clock import Clock

    Clock(world.parts).tick()
    assert world.parts.bells.waiting("replies") == 1


def test_dead_after_the_bell_the_bell_rings_again(world):
    world.text("START")
    assert world.parts.bells.waiting("replies") == 1
    world.parts.bells.answer("replies")  # a worker took the job, and died
    world.parts.bells.ring("replies")
    assert world.parts.bells.waiting("replies") == 2
    world.deliver()
    assert len(world.carrier.book) == 1


def test_dead_after_the_claim_the_text_is_sent_once_its_lease_ends(world):
    world.text("START")
    assert len(world.parts.outbox.claim(URGENT_AND_REPLIES, 1, CLAIM_LEASE, 0)) == 1
    world.deliver()
    assert world.carrier.book == []
    settle(world)
    world.deliver()
    assert len(world.carrier.book) == 1


def mark_calling(world):
    """A worker marks the text as calling, and dies before anything else."""
    (message,) = world.parts.outbox.claim((*URGENT_AND_REPLIES, "scheduled"), 1, CLAIM_LEASE, 0)
    text = world.parts.outbox.load(message)
    assert world.parts.outbox.calling(text, CALL_LEASE) == "ok"
    return text


def test_dead_in_a_call_before_the_bytes_an_answer_goes_once_more_and_is_counted(world):
    world.text("START")
    mark_calling(world)
    settle(world)
    world.deliver()
    assert world.carrier.book == [], "one look at the book is not enough"
    settle(world)
    world.deliver()
    assert len(world.carrier.book) == 1
    assert [row["status"] for row in world.rows("delivery") if row.get("maybe_twice")] == ["accepted"]


def test_dead_in_a_call_after_the_bytes_the_carriers_book_says_so(world):
    world.text("START")
    text = mark_calling(world)
    sid = world.carrier.take(OURS, THEIRS, text.text.body)
    settle(world)
    world.deliver()
    assert len(world.carrier.book) == 1
    assert world.rows("delivery")[-1] | {"status": "accepted", "sid": sid} == world.rows("delivery")[-1]


def test_a_scheduled_text_that_died_in_a_call_is_withheld_as_unclear(world):
    until_scheduled(world)
    before = len(world.carrier.book)
    mark_calling(world)
    settle(world, times=2)
    world.deliver()
    assert len(world.carrier.book) == before
    assert world.rows("delivery")[-1]["reason"] == "unclear"
    assert world.parts.marks.counts()["withheld"] == 1


def test_an_answer_that_is_unclear_twice_ends_and_is_counted(world):
    world.carrier.next = [Unsure("ReadTimeout"), Unsure("ReadTimeout")]
    world.text("START")
    world.deliver()
    settle(world, times=2)
    world.deliver()
    settle(world, times=2)
    world.deliver()
    assert world.carrier.book == []
    assert world.rows("delivery")[-1]["status"] == "unclear"
    assert world.parts.marks.counts()["unclear"] == 1


def test_dead_after_the_accept_and_before_the_record_follows_the_record_still_follows(world):
    world.text("START")
    text = mark_calling(world)
    world.parts.outbox.settle(text.message, "accepted", "SM" + "9" * 32, follow_ms=1)
    assert world.rows("delivery") == []
    settle(world)
    assert world.rows("delivery")[-1]["status"] == "accepted"
    assert world.state().outgoing == []


def test_the_callback_says_what_a_dead_worker_could_not(world):
    world.text("START")
    text = mark_calling(world)
    sid = "SM" + "7" * 32
    moved = world.parts.outbox.settle(text.message, "delivered", sid)
    assert moved.answer == "moved"
    report = DeliveryReported(f"{text.message}:delivered", text.message, "delivered", sid=sid, cls=moved.cls)
    world.parts.spine.handle(moved.participant, report)
    settle(world, times=3)
    world.deliver()
    assert world.carrier.book == []
    assert world.rows("delivery")[-1]["status"] == "delivered"


def test_reports_in_any_order_never_go_back(world):
    world.text("START")
    world.deliver()
    message = world.rows("said")[-1]["message"]
    settle_ = world.parts.outbox.settle
    assert settle_(message, "delivered").answer == "moved"
    assert settle_(message, "sent").answer == "kept"
    assert settle_(message, "accepted").answer == "kept"
    assert settle_(message, "failed").answer == "kept"


def test_what_a_dead_web_missed_is_asked_of_the_carrier_and_handled_once(world):
    from app.ports import InBook

    now = world.parts.marks.machine_now()
    sid = "SM" + "5" * 32
    world.carrier.inbox.append(InBook(sid, OURS, THEIRS, "START", now - 60_000, "received"))
    assert world.parts.reconciler.inbound() == 1
    assert world.parts.reconciler.inbound() == 0
    assert world.text("START", sid=sid) == "seen"
    world.deliver()
    assert len(world.carrier.book) == 1
    assert world.rows("heard")[0]["late"] is True


def until_scheduled(world):
    """Live on until an unprompted text waits."""
    world.enroll()
    for _ in range(60):
        world.deliver()
        if any(entry.cls == "scheduled" for entry in world.state().outgoing):
            return
        world.pass_time(max(1, world.state().wake - world.parts.marks.care_now()))
        if any(entry.cls == "scheduled" for entry in world.state().outgoing):
            return
    raise AssertionError("nothing was ever offered")


def test_redis_that_lost_its_tail_sends_nothing_again(world, connection):
    """The answer was committed and sent; then Redis forgot both, and the carrier's own tries are over."""
    from app.ports import InBook

    world.enroll()
    before = {key: (connection.dump(key), connection.pttl(key)) for key in connection.keys("*")}
    sid = "SM" + "6" * 32
    now = world.parts.marks.machine_now()
    world.text("what can you do?", sid=sid)
    world.carrier.inbox.append(InBook(sid, OURS, THEIRS, "what can you do?", now, "received"))
    world.deliver()
    sent = len(world.carrier.book)

    connection.flushall()
    for key, (value, ttl) in before.items():
        connection.restore(key, max(0, ttl), value)
    world.parts.recovery.run()
    world.deliver()
    assert len(world.carrier.book) == sent
    assert [row["text"] for row in world.rows("heard")][-1] == "what can you do?"
    assert world.rows("delivery")[-1]["status"] == "accepted"


def test_a_full_redis_refuses_the_whole_commit_and_nothing_is_lost(real_world, real_connection):
    world, connection = real_world, real_connection
    world.text("START", sid="SM" + "2" * 32)
    used = int(connection.info("memory")["used_memory"])
    connection.config_set("maxmemory", used // 2)
    try:
        with pytest.raises(RecordError):
            world.text("AGREE", sid="SM" + "3" * 32)
    finally:
        connection.config_set("maxmemory", 0)
    world.deliver()
    assert world.text("AGREE", sid="SM" + "3" * 32) == "done"
    assert world.state().in_care()


def test_nothing_leaves_while_the_book_is_unread_after_a_start_of_redis(real_world):
    world = real_world
    world.text("START")
    world.parts.marks.open_gate("an earlier start")
    world.deliver()
    assert world.carrier.book == []
    world.parts.recovery.run()
    world.deliver()
    assert len(world.carrier.book) == 1


def test_an_accept_that_names_another_sid_is_counted(world):
    world.text("START")
    world.deliver()
    message = world.rows("said")[-1]["message"]
    assert world.parts.outbox.settle(message, "sent", "SM" + "8" * 32).answer == "second_sid"
    assert world.parts.marks.counts()["second_sid"] == 1


def test_an_accepted_call_is_not_repeated_by_a_second_worker(world):
    world.carrier.next = [Accepted("")]
    world.text("START")
    world.deliver()
    settle(world, times=3)
    world.deliver()
    assert len(world.carrier.book) == 1
