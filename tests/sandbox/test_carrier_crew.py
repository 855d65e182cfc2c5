"""The crew that posts for the carrier."""

from __future__ import annotations

from threading import Barrier, Event

import pytest

from app.sandbox.carrier.crew import Crew


def test_as_many_tasks_run_at_once_as_the_crew_has_hands() -> None:
    crew = Crew("test", 8)
    for _ in range(3):
        meeting = Barrier(8)
        futures = [crew.submit(lambda meeting=meeting: meeting.wait(5)) for _ in range(8)]
        assert sorted(future.result(5) for future in futures) == list(range(8))
    crew.stop()


def test_more_tasks_than_hands_are_all_done() -> None:
    crew = Crew("test", 2)
    futures = [crew.submit(lambda place=place: place) for place in range(50)]
    assert [future.result(5) for future in futures] == list(range(50))
    crew.stop()


def test_a_task_that_fails_ends_no_thread_and_logs_only_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    crew = Crew("test", 1)
    failing = crew.submit(lambda: int("a private text"))
    assert isinstance(failing.exception(5), ValueError)
    assert crew.submit(lambda: "done").result(5) == "done"
    assert caplog.messages == ["carrier task ended with ValueError"]
    crew.stop()


def test_a_hung_task_does_not_hold_up_the_end() -> None:
    crew = Crew("test", 1)
    hung = Event()
    future = crew.submit(lambda: hung.wait(30))
    crew.stop(seconds=0.05)
    assert not future.done()
    hung.set()
    assert future.result(5)
