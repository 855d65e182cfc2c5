"""What still happens while a clock, a worker or the carrier is away."""

from __future__ import annotations

from app.adapters.records.watching import Watching
from app.ports import GatewayError, InBook, NotReached
from app.upkeep import upkeep
from app.urgent import Urgent
from tests.shell.conftest import OURS, THEIRS
from tests.shell.test_crash_points import end_leases
from workers.clock import MOST_JOBS, Clock


def older(world):
    """As if what waits had waited for an hour."""
    connection, keys = world.parts.connection, world.parts.keys
    for cls in ("risk", "confirmation", "reply", "scheduled"):
        for text in connection.zrange(keys.outbox(cls), 0, -1):
            connection.zadd(keys.outbox(cls), {text: 1})
            connection.hset(keys.text(text.decode()), "at", 1)


def alerts(world):
    return [alert.kind for alert in Watching(world.parts.connection, world.parts.keys).alerts(50)]


def test_without_a_worker_the_web_sends_what_is_urgent(world):
    world.enroll()
    world.text("i want to kill myself")
    assert Urgent(world.parts).look() == 0
    older(world)
    assert Urgent(world.parts).look() == 1


def test_without_a_clock_the_web_opens_the_gate(real_world):
    world = real_world
    world.enroll()
    world.text("i want to kill myself")
    older(world)
    world.parts.marks.open_gate("an earlier start")
    assert Urgent(world.parts).look() == 1
    assert "988" in world.carrier.bodies()[-1]


def test_without_a_clock_the_web_frees_what_a_dead_worker_held(world):
    world.enroll()
    world.text("i want to kill myself")
    older(world)
    assert world.parts.outbox.claim(("risk",), 1, 8_000, 0)
    end_leases(world)
    assert Urgent(world.parts).look() == 1


def test_a_carrier_that_is_away_does_not_stop_the_web_from_trying(world, monkeypatch):
    def away(*_):
        raise GatewayError("away")

    world.enroll()
    world.text("i want to kill myself")
    older(world)
    monkeypatch.setattr(world.carrier, "received", away)
    assert Urgent(world.parts).look() == 1


def test_an_answer_to_danger_that_cannot_leave_pages_a_person_once(world):
    world.enroll()
    world.carrier.next = [NotReached(), NotReached()]
    world.text("i want to kill myself")
    world.deliver()
    upkeep(world.parts)
    assert "risk_answer_waits" not in alerts(world)
    older(world)
    upkeep(world.parts)
    upkeep(world.parts)
    assert alerts(world).count("risk_answer_waits") == 1


def test_two_clocks_that_recover_at_once_match_one_entry_of_the_book_once(world, monkeypatch):
    """Two texts with the same words wait, one of them had left: the other is still sent."""
    world.enroll()
    world.text("HELP")
    world.text("HELP")
    first, second = world.parts.outbox.unsettled(("confirmation",))
    body = world.parts.outbox.load(first).text.body
    sid = world.carrier.take(OURS, THEIRS, body)
    known = world.parts.outbox.by_sid
    asked = []

    def slow(asked_sid):
        """The other clock matches everything right after this one has looked for what is unknown."""
        answer = known(asked_sid)
        if asked_sid == sid and not asked:
            asked.append(sid)
            world.parts.reconciler.outbound()
        return answer

    monkeypatch.setattr(world.parts.outbox, "by_sid", slow)
    world.parts.reconciler.outbound()
    monkeypatch.undo()
    assert world.parts.outbox.load(first).life == "accepted"
    assert world.parts.outbox.load(second).life == "waiting"


def test_after_a_start_the_book_is_read_from_the_last_known_mark(world):
    upkeep(world.parts)
    now = world.parts.marks.machine_now()
    assert now - world.parts.marks.get("out:s1", 0) < 10_000


def test_wake_ups_do_not_pile_up_while_their_worker_is_dead(world):
    for number in range(MOST_JOBS + 20):
        world.parts.bells.wake([(f"p_{number}", 1)])
    before = world.parts.bells.waiting("scheduled")
    who = world.enroll()
    world.parts.connection.zadd(world.parts.keys.wake(world.parts.keys.shard(who)), {who: 1})
    Clock(world.parts).tick()
    assert world.parts.bells.waiting("scheduled") == before


def test_a_text_found_in_the_book_is_not_late_when_it_just_came(world):
    now = world.parts.marks.machine_now()
    world.carrier.inbox.append(InBook("SM" + "5" * 32, OURS, THEIRS, "START", now - 1_000, "received"))
    upkeep(world.parts)
    assert "late" not in world.rows("heard")[0] or world.rows("heard")[0]["late"] is False
