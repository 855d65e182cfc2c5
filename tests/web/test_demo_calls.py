"""What the demo's page can do, over HTTP: who may, and what then happens."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import redis
from flask.testing import FlaskClient

from app.core.timing import HOUR, local
from app.sandbox.run_files import RunFile
from app.sandbox.tether import start_mark
from app.web.carrier_line import CarrierLine
from app.web.demo import NUMBER
from app.web.demo_breaks import NO_WORKER, Breaks
from tests.small_program import small_release, write_small_program
from tests.web.demo_calls import HERE, enroll, look, post, text
from tests.web.demo_world import DemoWorld, until
from tests.web.rows import CHICAGO


@pytest.fixture
def world(real_redis: redis.Redis, tmp_path: Path) -> Iterator[DemoWorld]:
    """A whole demo on the small program."""
    write_small_program(tmp_path / "content" / "small-steps")
    made = DemoWorld(real_redis, tmp_path, tmp_path / "content", small_release())
    yield made
    made.close()


@pytest.fixture
def page(world: DemoWorld) -> FlaskClient:
    """The page's own calls."""
    return world.app.test_client()


def test_looking_makes_nobody(world: DemoWorld, page: FlaskClient):
    assert look(page)["cards"] == []
    assert world.parts.participants.find(NUMBER) == ""


def test_a_text_goes_through_the_carrier_and_comes_back_as_a_card(world: DemoWorld, page: FlaskClient):
    card = text(page, "START")
    assert (card["quote"], [said["delivery"]["fate"] for said in card["texts"]]) == ("START", ["delivered"])
    assert world.bodies()[0] == "START"


def test_a_second_look_without_news_is_204(page: FlaskClient):
    text(page, "START")
    seen = until(lambda: look(page))
    again = page.get("/live", query_string={"after": seen["after"], "also": seen["also"]}, **HERE)
    assert (again.status_code, again.data) == (204, b"")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://127.0.0.1:8790", "Sec-Fetch-Site": "same-origin"}, 201),
        ({}, 201),
    ],
)
def test_only_the_page_itself_or_a_script_here_may_text(
    page: FlaskClient, headers: dict[str, str], status: int
):
    assert post(page, "/texts", {"body": "START"}, **headers).status_code == status


def test_a_foreign_name_that_points_here_is_refused(page: FlaskClient):
    assert page.get("/live", base_url="http://evil.example").status_code == 403


def test_a_form_is_refused(page: FlaskClient):
    assert page.post("/texts", data={"body": "START"}, **HERE).status_code == 415


@pytest.mark.parametrize("path", ["/texts", "/clock", "/break", "/start-over", "/acknowledge"])
def test_nothing_is_changed_by_get(page: FlaskClient, path: str):
    assert page.get(path, **HERE).status_code == 405


@pytest.mark.parametrize("body", ["", "   ", "x" * 1601])
def test_a_text_has_a_length(page: FlaskClient, body: str):
    assert post(page, "/texts", {"body": body}).status_code == 400


@pytest.mark.parametrize(
    ("path", "content"),
    [("/texts", [1]), ("/texts", {"to": "x"}), ("/clock", {"to": "yesterday"}), ("/break", {"what": "all"})],
)
def test_what_is_not_understood_is_said_in_words(page: FlaskClient, path: str, content: object):
    text(page, "START")
    answer = post(page, path, content)
    assert answer.status_code == 400
    assert answer.get_json()["error"]


def test_the_page_lets_no_foreign_script_in(page: FlaskClient):
    answer = page.get("/", **HERE)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for forbidden in (b" style=", b"<script>", b"onclick", b"//cdn"):
        assert forbidden not in answer.data


def test_before_a_first_text_the_clock_has_nobody_to_move(page: FlaskClient):
    assert post(page, "/clock", {"to": "+1h"}).status_code == 400


def test_next_goes_to_the_wake_up_that_is_named(page: FlaskClient):
    enroll(page)
    coming = look(page)["clock"]["next"]
    assert post(page, "/clock", {"to": "next"}).get_json()["woke"] == 1
    assert look(page)["clock"]["care_now"] >= coming["at"]


def test_an_hour_moves_the_clock_by_an_hour(page: FlaskClient):
    text(page, "START")
    before = look(page)["clock"]["offset"]
    assert post(page, "/clock", {"to": "+1h"}).get_json()["moved_ms"] == HOUR
    assert look(page)["clock"]["offset"] == before + HOUR


def test_a_clock_time_is_the_next_one_on_their_clock(page: FlaskClient):
    text(page, "START")
    post(page, "/clock", {"to": "22:30"})
    now = local(look(page)["clock"]["care_now"], CHICAGO)
    assert (now.hour, now.minute) == (22, 30)


def test_a_day_is_lived_through_so_that_no_decision_is_missed(page: FlaskClient):
    enroll(page)
    post(page, "/clock", {"to": "+1d"})
    rows = [row for card in look(page)["cards"] for row in card["rows"] if row["kind"] == "decision"]
    evening = [row["data"] for row in rows if row["data"]["point"] == "evening"]
    assert len(evening) == 1
    assert "missed" not in evening[0].get("reasons", [])


def test_the_colleague_clears_the_hold(page: FlaskClient):
    enroll(page)
    text(page, "tonight i want to kill myself")
    assert look(page)["holds"] == ["risk"]
    assert look(page)["crisis"]["card"]
    post(page, "/acknowledge", {})
    assert (look(page)["holds"], look(page)["crisis"]) == ([], None)


def test_start_over_gives_the_phone_to_somebody_new(world: DemoWorld, page: FlaskClient):
    text(page, "START")
    before = world.parts.participants.find(NUMBER)
    assert post(page, "/start-over", {}).status_code == 200
    assert look(page)["cards"] == []
    assert world.bodies() == []
    text(page, "START")
    assert world.parts.participants.find(NUMBER) not in ("", before)


def test_whoever_had_the_phone_before_gets_no_more_texts(world: DemoWorld, page: FlaskClient):
    enroll(page)
    before = world.parts.participants.find(NUMBER)
    post(page, "/start-over", {})
    state = world.parts.participants.load(before).state
    assert state is not None
    assert [hold.kind for hold in state.holds] == ["staff"]


def test_a_text_that_arrives_twice_counts_once(world: DemoWorld, page: FlaskClient):
    post(page, "/break", {"what": "text_twice"})
    text(page, "START")
    assert len(look(page)["cards"]) == 1
    assert len(world.answers()) == 1


def test_a_carrier_that_times_out_is_told_to(world: DemoWorld, page: FlaskClient):
    post(page, "/break", {"what": "carrier_times_out"})
    (fault,) = page.get("/sandbox/faults", **HERE).get_json()["faults"]
    assert (fault["kind"], fault["number"]) == ("timeout", NUMBER)
    post(page, "/start-over", {})
    assert page.get("/sandbox/faults", **HERE).get_json()["faults"] == []


def test_one_worker_is_killed_by_the_process_that_its_file_names(tmp_path: Path):
    killed: list[tuple[int, int]] = []
    breaks = Breaks(
        CarrierLine("http://127.0.0.1:1"), NUMBER, tmp_path, lambda pid, how: killed.append((pid, how))
    )
    assert breaks.do("kill_worker") == NO_WORKER
    (tmp_path / "run").mkdir()
    own = RunFile(os.getpid(), start_mark(os.getpid()))
    (tmp_path / "run" / "worker-1.pid").write_bytes(msgspec.json.encode(own))
    assert breaks.do("kill_worker").startswith("worker-1 was killed")
    assert killed == [(os.getpid(), signal.SIGKILL)]


def test_scripts_reach_the_carrier_by_the_page_s_address(page: FlaskClient):
    text(page, "START")
    found = page.get("/sandbox/texts", query_string={"number": NUMBER}, **HERE).get_json()["texts"]
    assert found[0]["body"] == "START"


def test_a_carrier_that_is_away_is_said_in_words(world: DemoWorld, page: FlaskClient):
    world.carrier.stop()
    answer = post(page, "/texts", {"body": "START"})
    assert (answer.status_code, answer.get_json()["error"][:11]) == (502, "The carrier")


def test_the_file_behind_a_text_is_given_and_no_other(page: FlaskClient):
    found = page.get("/source", query_string={"of": "walk/pick"}, **HERE).get_json()
    assert found["path"] == "small-steps/interventions/walk.yaml"
    assert page.get("/source", query_string={"of": "../../etc/passwd"}, **HERE).status_code == 404


def test_a_mistake_in_a_file_stands_in_the_look_with_its_line(world: DemoWorld, page: FlaskClient):
    problem = {
        "name": "scale-gap",
        "file": "walk.yaml",
        "line": 9,
        "message": "Nothing catches 4.",
        "fix": "Widen it.",
    }
    (world.data / "run").mkdir(parents=True)
    note = {
        "at": 1,
        "release": 1,
        "file": "walk.yaml",
        "problems": [{**problem, "column": 3, "severity": "error"}],
    }
    before = look(page)
    (world.data / "run" / "content.json").write_bytes(msgspec.json.encode(note))
    after = page.get("/live", query_string={"after": before["after"], "also": before["also"]}, **HERE)
    assert after.get_json()["content"]["problems"][0]["line"] == 9
