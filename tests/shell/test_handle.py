"""The spine on Redis: one signal, one decision, one commit."""

from __future__ import annotations


def test_a_text_is_answered_once_however_often_it_comes(world):
    answers = [world.text("START", sid="SM" + "a" * 32) for _ in range(3)]
    world.deliver()
    assert answers == ["done", "seen", "seen"]
    assert len(world.carrier.book) == 1
    assert [row["kind"] for row in world.rows("heard")] == ["heard"]


def test_the_journal_has_no_gaps_and_no_plain_words(world, connection):
    world.enroll()
    world.text("my secret words")
    assert [row["seq"] for row in world.rows()] == list(range(1, len(world.rows()) + 1))
    everything = b"".join(
        connection.dump(key) or b"" for key in connection.keys("*") if b"release" not in key
    )
    assert b"secret" not in everything
    assert b"3125550199" not in everything
