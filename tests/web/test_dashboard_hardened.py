"""What the queue dashboard lets happen, and what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
import redis
import rq_dashboard
from flask.testing import FlaskClient
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from app.web.dashboard_allowed import CHANGES, READS
from app.web.dashboard_policy import STYLES
from app.wiring import Parts
from tests.web.dashboard_world import (
    ORIGIN,
    PAGE,
    dashboard_app,
    fail_a_job,
    failed_ids,
    parts_on,
    policy_of,
    proof,
    sign_in,
    style_attributes,
)

TEMPLATES = Path(rq_dashboard.__file__).parent / "templates"
PAGES = [
    "/rq/",
    "/rq/0/view/workers",
    "/rq/0/view/jobs/replies/failed/8/asc/1",
]


@pytest.fixture
def operator(visitor: FlaskClient) -> FlaskClient:
    """Somebody who has signed in."""
    sign_in(visitor)
    return visitor


def own(client: FlaskClient, **changes: str) -> dict[str, str]:
    """The headers that a page of ours sends."""
    usual = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "X-CSRFToken": proof(client)}
    return {**usual, **changes}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(operator: FlaskClient, page: str) -> None:
    assert operator.get(page, headers=PAGE).status_code == 200


def test_every_route_of_the_installed_package_is_known(dashboard: Parts) -> None:
    deleting = {"delete_job_view", "empty_queue"}
    rules = dashboard_app(dashboard).url_map.iter_rules()
    names = {rule.endpoint.partition(".")[2] for rule in rules if rule.endpoint.startswith("rq_dashboard.")}
    assert names == READS | CHANGES | deleting


def test_a_link_requeues_nothing(operator: FlaskClient, real_redis: redis.Redis) -> None:
    job = fail_a_job(real_redis)
    assert operator.get("/rq/requeue/replies", headers=own(operator)).status_code == 405
    assert operator.get(f"/rq/job/{job.id}/requeue", headers=own(operator)).status_code == 405
    assert failed_ids(real_redis) == [job.id]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"X-CSRFToken": ""},
        {"X-CSRFToken": "0" * 64},
        {"X-CSRFToken": "\u00e9"},
    ],
)
def test_a_foreign_page_changes_nothing(
    operator: FlaskClient, real_redis: redis.Redis, headers: dict[str, str]
) -> None:
    job = fail_a_job(real_redis)
    for path in ("/rq/requeue/replies", f"/rq/job/{job.id}/requeue", "/rq/queue/replies/compact"):
        assert operator.post(path, headers=own(operator, **headers)).status_code == 403
    assert failed_ids(real_redis) == [job.id]


def test_a_change_without_any_sign_of_its_page_is_refused(operator: FlaskClient) -> None:
    answer = operator.post("/rq/requeue/replies", headers={"X-CSRFToken": proof(operator)})
    assert answer.status_code == 403


def test_a_log_in_from_a_foreign_page_is_refused(visitor: FlaskClient) -> None:
    assert sign_in(visitor, Origin="https://elsewhere.example").status_code == 403
    assert sign_in(visitor, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("path", ["/rq/requeue/replies", "/rq/job/{job}/requeue"])
def test_our_own_page_may_requeue(operator: FlaskClient, real_redis: redis.Redis, path: str) -> None:
    job = fail_a_job(real_redis)
    answer = operator.post(path.format(job=job.id), headers=own(operator))
    assert answer.json is not None
    assert answer.json["status"] == "OK"
    assert failed_ids(real_redis) == []
    assert Queue("replies", connection=real_redis).get_job_ids() == [job.id]


def test_what_is_not_there_cannot_be_requeued(operator: FlaskClient) -> None:
    assert operator.post("/rq/job/none/requeue", headers=own(operator)).status_code == 409


def test_compacting_keeps_the_jobs(operator: FlaskClient, real_redis: redis.Redis) -> None:
    assert operator.post("/rq/queue/replies/compact", headers=own(operator)).status_code == 200
    queue = Queue("replies", connection=real_redis, serializer=JSONSerializer)
    job = queue.enqueue_call("builtins.int", args=["1"])
    assert operator.post("/rq/queue/replies/compact", headers=own(operator)).status_code == 200
    assert queue.get_job_ids() == [job.id]


def test_nothing_can_be_deleted(operator: FlaskClient, real_redis: redis.Redis) -> None:
    job = fail_a_job(real_redis)
    for path in (f"/rq/job/{job.id}/delete", "/rq/queue/replies/failed/empty"):
        assert operator.post(path, headers=own(operator)).status_code == 404
    assert failed_ids(real_redis) == [job.id]


@pytest.mark.parametrize(
    "path",
    [
        "/rq/1/view/queues",
        "/rq/7/data/queues.json",
        "/rq/0/view/jobs/elsewhere/queued/8/asc/1",
        "/rq/0/view/jobs/%27%29%3Balert%281%29/queued/8/asc/1",
        "/rq/0/view/jobs/replies/elsewhere/8/asc/1",
        "/rq/0/view/jobs/replies/queued/100000/asc/1",
        "/rq/0/view/jobs/replies/queued/8/upwards/1",
        "/rq/0/data/jobs/replies/queued/8/asc/0.json",
        "/rq/0/data/jobs/replies/queued/-1/asc/1.json",
        "/rq/0/view/job/no-such-job",
        "/rq/0/data/job/no-such-job.json",
        "/rq/0/data/job/a:b.json",
        "/rq/static/..%2fweb.py",
        "/rq/static/none.js",
    ],
)
def test_an_argument_that_is_not_known_is_not_found(operator: FlaskClient, path: str) -> None:
    assert operator.get(path, headers=PAGE).status_code == 404


def test_the_jobs_page_opens_at_a_queue_of_ours(operator: FlaskClient) -> None:
    answer = operator.get("/rq/0/view/jobs", headers=PAGE)
    assert answer.location == "/rq/0/view/jobs/replies/queued/8/asc/1"


@pytest.mark.parametrize(
    "path",
    ["/rq/0/data/jobs/replies/failed/8/asc/1.json", "/rq/0/data/job/{job}.json", "/rq/0/view/job/{job}"],
)
def test_what_a_job_was_called_with_is_never_shown(
    operator: FlaskClient, real_redis: redis.Redis, path: str
) -> None:
    job = fail_a_job(real_redis, "+15550100201 I feel bad today")
    text = operator.get(path.format(job=job.id), headers=PAGE).get_data(as_text=True)
    assert job.id in text
    for secret in ("15550100201", "feel bad", "invalid literal", "Traceback", "builtins"):
        assert secret not in text


def test_a_job_of_ours_is_described_and_a_fault_is_named(
    operator: FlaskClient, real_redis: redis.Redis
) -> None:
    fail_a_job(real_redis, "wake 12")
    page = operator.get("/rq/0/data/jobs/replies/failed/8/asc/1.json").json
    assert page is not None
    (shown,) = page["jobs"]
    assert (shown["description"], shown["exc_info"]) == ("wake 12", "ValueError")


def test_a_busy_worker_is_shown_by_the_id_of_its_job(operator: FlaskClient, real_redis: redis.Redis) -> None:
    queue = Queue("replies", connection=real_redis, serializer=JSONSerializer)
    job = queue.enqueue_call("builtins.int", args=["+15550100201"], description="deliver replies")
    worker = SimpleWorker([queue], name="worker-1", connection=real_redis, serializer=JSONSerializer)
    worker.register_birth()
    worker.prepare_execution(job)
    try:
        answer = operator.get("/rq/0/data/workers.json")
        assert answer.json is not None
        (shown,) = answer.json["workers"]
        assert (shown["name"], shown["queues"]) == ("worker-1", ["replies"])
        assert shown["current_job"]["job_id"] == job.id
        assert shown["current_job"]["call_string"] == "deliver replies"
        assert "15550100201" not in answer.get_data(as_text=True)
    finally:
        worker.register_death()


def test_the_address_of_redis_is_on_no_page(real_redis: redis.Redis) -> None:
    client = dashboard_app(
        parts_on(real_redis, redis_url="redis://:hunter2@redis.example:6379/0")
    ).test_client()
    sign_in(client)
    for page in PAGES:
        text = client.get(page, headers=PAGE).get_data(as_text=True)
        assert "hunter2" not in text
        assert "redis.example" not in text
        assert "[0] Redis" in text


@pytest.mark.parametrize("page", [*PAGES, "/rq/login", "/rq/0/data/queues.json"])
def test_every_answer_carries_the_policy(operator: FlaskClient, page: str) -> None:
    answer = operator.get(page, headers=PAGE)
    policy = policy_of(answer)
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_second_inline_script_takes_the_right_from_the_first() -> None:
    from flask import Response

    from app.web.dashboard_policy import content_policy

    script = '<script type="text/javascript">one()</script>'
    once, twice = (Response(script * times, mimetype="text/html") for times in (1, 2))
    assert content_policy(once).count("sha256-") == content_policy(twice).count("sha256-") + 1


def test_the_styles_that_are_allowed_are_those_of_the_installed_package() -> None:
    found = set[str]().union(*(style_attributes(path.read_text()) for path in TEMPLATES.rglob("*.html")))
    assert found == set(STYLES)
