"""What /health says, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import fakeredis
import msgspec
import pytest
import redis
from flask import Flask

from app.adapters.records.server import ServerFacts
from app.core.signals import ReplyReceived
from app.health import look_at_counts, server_problems, stop_mark
from app.health_codes import CODES, codes_table
from app.settings_kinds import Sender
from app.web.health import health_blueprint
from app.wiring import Parts, connect
from tests.small_program import small_release
from tests.web.health_world import NUMBER, Deployment, settings

ANA = "+15550100201"
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture
def deployment(fake_redis: fakeredis.FakeStrictRedis) -> Deployment:
    """A deployment in which everything runs."""
    return Deployment(fake_redis)


@pytest.fixture
def fake_redis() -> Iterator[fakeredis.FakeStrictRedis]:
    """An empty Redis inside this process."""
    connection = fakeredis.FakeStrictRedis()
    yield connection
    connection.close()


def test_nothing_wrong_is_said_in_one_word(deployment: Deployment) -> None:
    status, answer, _ = deployment.health()
    assert (status, answer["status"], answer["problems"]) == (200, "ok", [])
    assert answer["schema"] == "cairn.health/1"


def stop_clock(here: Deployment) -> None:
    here.parts.connection.hset(here.parts.keys.heartbeats, "clock", here.silent(40))


def never_ran(here: Deployment) -> None:
    here.parts.connection.delete(here.parts.keys.heartbeats)


def stop_worker(here: Deployment) -> None:
    here.workers["replies"].register_death()


def unpublished(here: Deployment) -> None:
    here.parts.connection.delete(here.parts.keys.releases)


def count(name: str) -> Callable[[Deployment], None]:
    return lambda here: here.parts.connection.hset(here.parts.keys.counts, name, "2")


TROUBLES: list[tuple[str, Callable[[Deployment], None], int, str]] = [
    ("clock_stopped", stop_clock, 503, "No clock has ticked for 40 s. Start one: cairn clock."),
    ("clock_never_ran", never_ran, 503, "No clock has ever ticked."),
    ("no_worker", stop_worker, 503, "No worker serves the queue replies. Start one: cairn worker."),
    ("release_missing", unpublished, 503, f"Run: cairn publish {small_release().program}."),
    ("gate_closed", lambda here: here.parts.marks.open_gate("an earlier start"), 503, "nothing leaves"),
    (
        "risk_answers_wait",
        lambda here: here.text("risk", 25),
        503,
        "1 answers to danger wait, the oldest for 25 s.",
    ),
    ("texts_wait", lambda here: here.text("reply", 90), 200, "1 texts of class reply wait"),
    ("texts_wait", lambda here: here.text("scheduled", 2000), 200, "1 texts of class scheduled wait"),
    ("held", lambda here: here.parts.marks.hold("sender:s_1"), 200, "cairn release sender:s_1"),
    (
        "parked",
        lambda here: here.parts.participants.note_fault("p_1", "a fault", 1),
        200,
        "1 participants were parked",
    ),
    ("paged", lambda here: here.alert("fault", "page"), 200, "the latest of kind fault"),
    ("unclear", count("unclear"), 200, "2 texts may or may not have left"),
    ("maybe_twice", count("maybe_twice"), 200, "2 texts may have come twice"),
    ("second_sid", count("second_sid"), 200, "2 texts have two ids"),
]


@pytest.mark.parametrize(("code", "trouble", "status", "words"), TROUBLES)
def test_each_trouble_has_its_code_and_its_words(
    deployment: Deployment, code: str, trouble: Callable[[Deployment], None], status: int, words: str
) -> None:
    trouble(deployment)
    found_status, answer, found = deployment.health()
    assert (found_status, list(found)) == (status, [code])
    assert words in found[code]
    assert answer["status"] == ("red" if status == 503 else "amber")


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("nobody_on_call", {"on_call": ""}),
        ("nobody_on_call", {"on_call": "none"}),
        (
            "stop_unconfirmed",
            {"senders": (Sender(id="s_1", number=NUMBER, program=small_release().program, stop="carrier"),)},
        ),
    ],
)
def test_what_the_settings_leave_open_is_amber(
    fake_redis: fakeredis.FakeStrictRedis, code: str, changes: dict[str, object]
) -> None:
    status, _, found = Deployment(fake_redis, **changes).health()
    assert (status, list(found)) == (200, [code])


def test_what_the_carrier_says_to_stop_is_confirmed_by_a_mark(fake_redis: fakeredis.FakeStrictRedis) -> None:
    sender = Sender(id="s_1", number=NUMBER, program=small_release().program, stop="carrier")
    here = Deployment(fake_redis, senders=(sender,))
    here.parts.marks.set(stop_mark("s_1"), 1)
    assert here.health()[2] == {}


@pytest.mark.parametrize(
    "calm",
    [
        lambda here: here.text("risk", 5),
        lambda here: here.text("scheduled", 600),
        lambda here: here.alert("content_fault", "warn"),
        lambda here: here.alert("fault", "page", hours=25),
        lambda here: here.alert("risk", "page"),
    ],
    ids=["a new answer", "a text that may wait", "a warning", "an old page", "danger that was cleared"],
)
def test_what_is_usual_is_no_problem(deployment: Deployment, calm: Callable[[Deployment], None]) -> None:
    calm(deployment)
    assert deployment.health()[2] == {}


def test_texts_that_are_held_on_purpose_are_not_late(deployment: Deployment) -> None:
    deployment.text("reply", 900)
    deployment.parts.marks.hold("all")
    assert list(deployment.health()[2]) == ["held"]


def test_who_is_held_for_danger_is_counted_until_somebody_clears_it(deployment: Deployment) -> None:
    parts = deployment.parts
    for number, text in enumerate(("start", "agree", "tonight i want to kill myself")):
        signal = ReplyReceived(id=f"SM{number:032x}", text=text, at=0, sender="s_1")
        assert parts.spine.hear(ANA, signal) == "done"
    words = deployment.health()[2]["risk_open"]
    assert words.startswith("1 people are held for danger")


def test_keys_that_open_nothing_are_red(deployment: Deployment) -> None:
    parts = deployment.parts
    parts.spine.hear(ANA, ReplyReceived(id="SM" + "1" * 32, text="start", at=0, sender="s_1"))
    (key,) = parts.connection.keys("cairn:p:*")
    who = key.decode().rpartition(":")[2]
    alert = {"p": who, "kind": "risk", "severity": "page", "detail": "", "at": 0}
    parts.connection.xadd(parts.keys.alerts, alert)
    deployment.parts = Parts(settings(keys=(b"x" * 32,)), connection=parts.connection)
    assert "keys_do_not_open" in deployment.health()[2]


def test_what_somebody_has_looked_at_is_not_said_again(deployment: Deployment) -> None:
    count("unclear")(deployment)
    look_at_counts(deployment.parts)
    assert deployment.health()[2] == {}
    deployment.parts.connection.hincrby(deployment.parts.keys.counts, "unclear", 1)
    assert "1 texts" in deployment.health()[2]["unclear"]


def test_since_is_an_instant_that_people_can_read(deployment: Deployment) -> None:
    stop_clock(deployment)
    found = msgspec.convert(deployment.health()[1]["problems"], list[dict[str, str]])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found[0]["since"])


def test_while_redis_is_away_that_is_what_it_says() -> None:
    away = connect("redis://127.0.0.1:1/0", 0.2)
    app = Flask("health")
    app.register_blueprint(health_blueprint(Parts(settings(), connection=away)))
    answer = app.test_client().get("/health")
    assert answer.status_code == 503
    assert answer.json is not None
    assert [one["code"] for one in answer.json["problems"]] == ["redis_away"]
    away.close()


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (ServerFacts(), []),
        (ServerFacts(appends=True, fsync="always", policy="noeviction", used=9, most=100), []),
        (ServerFacts(appends=False), ["redis_not_append_only"]),
        (ServerFacts(appends=True, writes=False), ["redis_cannot_write"]),
        (ServerFacts(policy="allkeys-lru"), ["redis_wrong_policy"]),
        (ServerFacts(used=85, most=100), ["redis_nearly_full"]),
        (ServerFacts(used=85, most=0), []),
        (ServerFacts(appends=True, fsync="everysec"), ["redis_may_lose_a_second"]),
    ],
)
def test_how_redis_is_set_matters(facts: ServerFacts, codes: list[str]) -> None:
    assert [one.code for one in server_problems(facts)] == codes


def test_on_a_real_server_the_settings_are_read(real_redis: redis.Redis) -> None:
    here = Deployment(real_redis)
    assert here.health()[2] == {}
    kept = real_redis.config_get("maxmemory-policy")["maxmemory-policy"]
    real_redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert "(allkeys-lru)" in here.health()[2]["redis_wrong_policy"]
    finally:
        real_redis.config_set("maxmemory-policy", kept)


def test_the_table_of_codes_in_the_documents_is_the_one_of_the_code() -> None:
    assert codes_table() in OPERATIONS.read_text(encoding="utf-8")
    assert all(known.words.endswith(".") and known.fix.endswith(".") for known in CODES.values())
