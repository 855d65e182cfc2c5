"""Who gets into the queue dashboard."""

from __future__ import annotations

import pytest
import redis
from flask.testing import FlaskClient

from app.web.dashboard import new_ticket
from app.web.dashboard_door import MOST_TRIES
from app.wiring import Parts, connect
from tests.web.dashboard_world import (
    JSON,
    ORIGIN,
    PAGE,
    PASSWORD,
    dashboard_app,
    parts_on,
    proof,
    sign_in,
    ticket_for,
)


def test_without_a_session_a_page_leads_to_the_log_in(visitor: FlaskClient) -> None:
    answer = visitor.get("/rq/", headers=PAGE)
    assert (answer.status_code, answer.location) == (302, "/rq/login")


@pytest.mark.parametrize(
    "path",
    ["/rq/0/data/queues.json", "/rq/0/data/workers.json", "/rq/0/data/job/x.json", "/rq/static/css/main.css"],
)
def test_without_a_session_nothing_of_the_package_is_told(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path, headers=JSON).status_code == 401


def test_the_password_opens_and_its_cookies_are_strict(visitor: FlaskClient) -> None:
    answer = sign_in(visitor)
    assert (answer.status_code, answer.location) == (302, "/rq/")
    session, csrf = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in session
    assert "HttpOnly" not in csrf
    for cookie in (session, csrf):
        assert "SameSite=Strict" in cookie
        assert "Path=/rq" in cookie
        assert "Secure" not in cookie
    assert visitor.get("/rq/", headers=PAGE).status_code == 200


def test_behind_https_the_cookies_are_secure(real_redis: redis.Redis) -> None:
    client = dashboard_app(parts_on(real_redis, public_url="https://care.example.org")).test_client()
    answer = sign_in(client, Origin="https://care.example.org")
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("password", ["", "three small stone", "x" * 5000, "drei Steine \u2603"])
def test_a_wrong_password_opens_nothing(visitor: FlaskClient, password: str) -> None:
    answer = sign_in(visitor, password)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_after_many_tries_even_the_password_has_to_wait(visitor: FlaskClient) -> None:
    for _ in range(MOST_TRIES):
        assert sign_in(visitor, "wrong").status_code == 403
    answer = sign_in(visitor)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_tries_are_counted_for_all_web_processes_together(dashboard: Parts) -> None:
    clients = [dashboard_app(parts_on(dashboard.connection)).test_client() for _ in range(2)]
    for number in range(MOST_TRIES):
        sign_in(clients[number % 2], "wrong")
    assert [sign_in(client).status_code for client in clients] == [429, 429]


@pytest.mark.parametrize("missing", ["dashboard_password", "session_secret"])
def test_what_is_not_set_opens_for_nobody(real_redis: redis.Redis, missing: str) -> None:
    client = dashboard_app(parts_on(real_redis, **{missing: ""})).test_client()
    assert sign_in(client, "").status_code == 503
    assert sign_in(client).status_code == 503
    assert client.get("/rq/", headers=JSON).status_code == 401


def test_a_ticket_opens_once(dashboard: Parts, visitor: FlaskClient) -> None:
    ticket = ticket_for(dashboard)
    answer = visitor.get(f"/rq?ticket={ticket}")
    assert (answer.status_code, answer.location) == (302, "/rq/")
    assert visitor.get("/rq/", headers=PAGE).status_code == 200
    another = dashboard_app(dashboard).test_client()
    assert another.get(f"/rq?ticket={ticket}").status_code == 403
    assert another.get("/rq/", headers=JSON).status_code == 401


def test_a_preview_of_a_link_does_not_use_it_up(dashboard: Parts, visitor: FlaskClient) -> None:
    ticket = ticket_for(dashboard)
    assert visitor.head(f"/rq?ticket={ticket}").status_code == 403
    assert visitor.get(f"/rq?ticket={ticket}").status_code == 302


@pytest.mark.parametrize(("mode", "seconds"), [("production", 600), ("demo", 86_400)])
def test_a_ticket_ends_and_is_kept_only_as_a_hash(dashboard: Parts, mode: str, seconds: int) -> None:
    ticket = new_ticket(parts_on(dashboard.connection, mode=mode))
    (key,) = dashboard.connection.keys("cairn:dashboard:ticket:*")
    assert ticket not in key.decode()
    assert seconds - 10 < dashboard.connection.ttl(key) <= seconds


def test_a_made_up_ticket_opens_nothing(visitor: FlaskClient) -> None:
    assert visitor.get("/rq?ticket=abc").status_code == 403


def test_signing_out_ends_the_session_everywhere(dashboard: Parts, visitor: FlaskClient) -> None:
    sign_in(visitor)
    kept = visitor.get_cookie("cairn_rq", path="/rq")
    assert kept is not None
    own = {"Origin": ORIGIN, "X-CSRFToken": proof(visitor)}
    assert visitor.post("/rq/logout", headers=own).status_code == 204
    thief = dashboard_app(dashboard).test_client()
    thief.set_cookie("cairn_rq", kept.value, path="/rq")
    assert thief.get("/rq/", headers=JSON).status_code == 401


def test_signing_out_by_a_link_does_nothing(visitor: FlaskClient) -> None:
    sign_in(visitor)
    assert visitor.get("/rq/logout").status_code == 405
    assert visitor.get("/rq/", headers=PAGE).status_code == 200


def test_a_new_password_ends_every_session(dashboard: Parts, visitor: FlaskClient) -> None:
    sign_in(visitor)
    cookie = visitor.get_cookie("cairn_rq", path="/rq")
    assert cookie is not None
    changed = parts_on(dashboard.connection, dashboard_password=PASSWORD + "!")
    client = dashboard_app(changed).test_client()
    client.set_cookie("cairn_rq", cookie.value, path="/rq")
    assert client.get("/rq/", headers=JSON).status_code == 401


def test_a_cookie_that_somebody_wrote_opens_nothing(visitor: FlaskClient) -> None:
    visitor.set_cookie("cairn_rq", "InRoaW5nIg.signature", path="/rq")
    assert visitor.get("/rq/", headers=JSON).status_code == 401


def test_while_redis_is_away_it_says_so() -> None:
    away = connect("redis://127.0.0.1:1/0", 0.2)
    client = dashboard_app(parts_on(away)).test_client()
    assert sign_in(client).status_code == 503
    assert client.get("/rq?ticket=abc").status_code == 503
    away.close()
