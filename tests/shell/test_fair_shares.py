"""Which texts may leave when many wait: rates, holds and order."""

from __future__ import annotations

import pytest

LEASE = 8_000


class Crowd:
    """Texts put into the outbox by hand: only what claiming looks at."""

    def __init__(self, world):
        self.parts, self.connection, self.keys = world.parts, world.parts.connection, world.parts.keys
        self.machine = self.parts.marks.machine_now() - 60_000
        self.count = 0

    def add(self, many=1, sender="s1", cls="scheduled", person="", segments=1):
        """So many texts, each to somebody else unless a person is named; returns their ids."""
        added = []
        with self.connection.pipeline(transaction=False) as pipeline:
            for _ in range(many):
                self.count += 1
                text, who = f"m_{self.count:020x}", person or f"p_{self.count}"
                kept = {"life": "waiting", "p": who, "sender": sender, "segments": segments, "cls": cls}
                pipeline.hset(self.keys.text(text), mapping={**kept, "at": self.machine + self.count})
                pipeline.zadd(self.keys.outbox(cls), {text: self.machine + self.count})
                pipeline.sadd(self.keys.unsent(who), text)
                pipeline.hset(self.keys.participant(who), "rev", "1")
                added.append(text)
            pipeline.execute()
        return added

    def claim(self, *classes, most=16):
        return self.parts.outbox.claim(classes or ("scheduled",), most, LEASE, 0)

    def claim_often(self, times, *classes):
        return [text for _ in range(times) for text in self.claim(*classes)]


@pytest.fixture
def crowd(world):
    return Crowd(world)


@pytest.fixture
def real_crowd(real_world):
    return Crowd(real_world)


def test_a_held_sender_does_not_starve_another(real_crowd):
    real_crowd.add(6_000)
    (other,) = real_crowd.add(sender="s2")
    real_crowd.parts.marks.hold("sender:s1")
    assert real_crowd.claim_often(8) == [other]


def test_a_slow_sender_does_not_starve_another(real_crowd):
    real_crowd.parts.marks.set_rate("s1", 1)
    real_crowd.add(6_000)
    (other,) = real_crowd.add(sender="s2")
    assert other in real_crowd.claim_often(8)


def test_a_text_far_behind_does_not_overtake_an_earlier_one_to_the_same_person(real_crowd):
    """Their sender is held while the earlier one is looked at, and is not any more further down the row."""
    marks = real_crowd.parts.marks
    real_crowd.add(300, sender="s2")
    (first,) = real_crowd.add(person="p_ana")
    real_crowd.add(2_500, sender="s2")
    (second,) = real_crowd.add(person="p_ana")
    marks.hold("sender:s1")
    marks.hold("sender:s2")
    assert real_crowd.claim_often(2) == []
    marks.release("sender:s1")
    assert real_crowd.claim_often(8) == [first]
    real_crowd.parts.outbox.settle(first, "accepted")
    assert real_crowd.claim_often(8) == [second]


def test_a_sender_sends_no_faster_than_its_rate_however_many_ask(crowd):
    crowd.parts.marks.set_rate("s1", 5)
    crowd.add(100, cls="reply")
    assert 5 <= len(crowd.claim_often(20, "reply")) <= 7


def test_a_text_longer_than_a_seconds_worth_still_leaves(crowd):
    crowd.parts.marks.set_rate("s1", 1)
    long, other = crowd.add(segments=9)[0], crowd.add()[0]
    assert crowd.claim_often(3) == [long]
    assert other


def test_scheduled_texts_leave_some_of_the_rate_to_replies(crowd):
    crowd.parts.marks.set_rate("s1", 4)
    crowd.add(50)
    assert 1 <= len(crowd.claim_often(10)) <= 3
    reply = crowd.add(cls="reply")
    assert crowd.claim("reply") == reply


def test_an_answer_to_danger_leaves_however_little_is_left_of_the_rate(crowd):
    crowd.parts.marks.set_rate("s1", 1)
    crowd.add(20, cls="reply")
    crowd.claim_often(5, "reply")
    risk = crowd.add(3, cls="risk")
    assert crowd.claim("risk") == risk
