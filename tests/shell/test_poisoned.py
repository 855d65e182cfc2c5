"""One participant whose record cannot be opened or decided never stops the others, and is parked visibly."""

from __future__ import annotations

import pytest

from app.handle import Undecided, wake_signal
from app.ports import InBook, RecordError, Unreadable
from tests.shell.conftest import OURS, THEIRS
from tests.shell.test_crash_points import end_leases

OTHER = "+13125550188"


def poison(world, who):
    """The sealed state of a participant is damaged."""
    world.parts.connection.hset(world.parts.keys.participant(who), "state", b"not what was sealed")


def second(world):
    """Another participant, in care."""
    world.text("START", number=OTHER)
    world.deliver()
    world.text("AGREE", number=OTHER)
    world.deliver()
    return world.parts.participants.find(OTHER)


def due(world, who):
    return who, world.parts.participants.load(who).state.wake


def test_a_record_that_cannot_be_opened_does_not_stop_a_batch_of_wake_ups(world):
    first, other = world.enroll(), second(world)
    batch = [due(world, first), due(world, other)]
    world.parts.marks.move_care(max(at for _, at in batch) - world.parts.marks.care_now() + 1)
    poison(world, first)
    for _ in range(3):
        world.parts.spine.wake_many(batch)
    assert world.parts.participants.load(other).state.wake != batch[1][1]
    assert list(world.parts.marks.parked()) == [first]
    assert [alert.kind for alert in alerts(world)] == ["parked"]


def alerts(world):
    from app.adapters.records.watching import Watching

    return Watching(world.parts.connection, world.parts.keys).alerts(10)


def test_a_program_that_nobody_published_does_not_stop_a_batch(world):
    first, other = world.enroll(), second(world)
    batch = [due(world, first), due(world, other)]
    world.parts.marks.move_care(max(at for _, at in batch) - world.parts.marks.care_now() + 1)
    loaded = world.parts.participants.load(first)
    loaded.state.program = "never-published"
    rewrite(world, loaded)
    world.parts.spine.wake_many(batch)
    assert world.parts.participants.load(other).state.wake != batch[1][1]


def rewrite(world, loaded):
    from app.core.state import encode

    sealed = world.parts.vault.seal(loaded.key, encode(loaded.state), f"state/{loaded.id}")
    world.parts.connection.hset(world.parts.keys.participant(loaded.id), "state", sealed)


def test_the_book_is_read_on_past_somebody_whose_record_cannot_be_opened(world):
    poison(world, world.enroll())
    now = world.parts.marks.machine_now()
    for number, sid in ((THEIRS, "SM" + "d" * 32), (OTHER, "SM" + "e" * 32)):
        world.carrier.inbox.insert(0, InBook(sid, OURS, number, "START", now, "received"))
    world.parts.recovery.run()
    assert world.parts.participants.find(OTHER)
    assert world.parts.marks.gate() == world.parts.marks.run_id()


def test_a_text_from_somebody_whose_record_cannot_be_opened_says_so(world):
    poison(world, world.enroll())
    with pytest.raises(Unreadable):
        world.text("HELP")


def test_a_waiting_text_that_cannot_be_opened_is_given_up_after_three_tries_and_pages(world):
    world.enroll()
    world.text("HELP")
    poison(world, world.parts.participants.find(THEIRS))
    for _ in range(4):
        world.deliver()
        end_leases(world)
        world.parts.settler.run()
    assert world.parts.marks.counts()["withheld"] == 1
    assert world.parts.outbox.waiting(("confirmation",)) == 0
    assert "text_parked" in [alert.kind for alert in alerts(world)]


def test_a_text_to_somebody_who_is_gone_is_withheld(world, connection):
    world.text("START")
    connection.delete(world.parts.keys.participant(world.participant))
    world.deliver()
    assert world.parts.marks.counts() == {"withheld": 1}


def test_redis_going_away_while_deciding_is_no_fault_of_the_participant(world, monkeypatch):
    who = world.enroll()
    before = world.state()

    def away(*_):
        raise RecordError("away")

    monkeypatch.setattr(world.parts.snapshots, "pinned", away)
    with pytest.raises(RecordError):
        world.text("what is this?")
    monkeypatch.undo()
    assert world.parts.participants.load(who).state == before


def test_a_wake_up_that_changed_nothing_never_overwrites_a_newer_wake_up(world):
    who = world.enroll()
    stale = world.parts.participants.load(who)
    world.text("STOP")
    world.text("START")
    wake = world.state().wake
    world.parts.participants.settle_wake(stale, 0)
    index = world.parts.connection.zscore(world.parts.keys.wake(world.parts.keys.shard(who)), who)
    assert int(index) == wake


def test_a_wake_up_on_a_clock_that_stepped_back_is_not_lost(world):
    who, at = due(world, world.enroll())
    assert world.parts.marks.care_now() < at
    world.parts.spine.handle(who, wake_signal(who, at))
    assert world.state().wake > at


class BrokenReader:
    """A reader that fails at every text."""

    def read(self, *_):
        raise ValueError("broken")


def test_when_even_the_answer_without_content_fails_a_person_is_paged_and_nothing_is_written(world):
    import msgspec

    who = world.enroll()
    before = world.state()
    shared = world.parts.snapshots.of(before.program)
    world.parts.snapshots._kept[before.program] = (
        0.0,
        msgspec.structs.replace(shared, reader=BrokenReader()),
    )
    with pytest.raises(Undecided):
        world.text("i want to die")
    assert [alert.kind for alert in alerts(world)] == ["undecided"]
    assert world.parts.participants.load(who).state == before


def test_a_text_that_was_heard_before_its_number_was_freed_makes_nobody_new(world, connection):
    sid = "SM" + "f" * 32
    world.text("START", sid=sid)
    world.parts.participants.forget_address(THEIRS)
    assert world.text("START", sid=sid) == "seen"
    assert connection.keys("cairn:address:*") == []


def test_a_parked_participant_who_texts_is_taken_back_in(world):
    who = world.enroll()
    world.parts.participants.note_fault(who, "a fault", 1)
    world.text("what is this?")
    assert world.parts.marks.parked() == {}
    shard = world.parts.keys.shard(who)
    assert world.parts.connection.zscore(world.parts.keys.wake(shard), who) == world.state().wake


def test_who_is_parked_is_taken_back_in_once_the_fault_is_mended(world):
    who = world.enroll()
    at = due(world, who)
    world.parts.marks.move_care(at[1] - world.parts.marks.care_now() + 1)
    whole = world.parts.connection.hget(world.parts.keys.participant(who), "state")
    poison(world, who)
    for _ in range(3):
        world.parts.spine.wake_many([at])
    with pytest.raises(Unreadable):
        world.parts.participants.unpark(who)
    assert list(world.parts.marks.parked()) == [who]
    world.parts.connection.hset(world.parts.keys.participant(who), "state", whole)
    assert world.parts.participants.unpark(who) is True
    assert world.parts.participants.unpark(who) is False
    world.wake()
    assert world.parts.participants.load(who).state.wake != at[1]
