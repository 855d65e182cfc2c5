"""The queue dashboard in a real browser: its pages work, and what somebody put into a job stays text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
import rq_dashboard
from flask import Flask
from rq.job import Job
from rq.serializers import JSONSerializer
from rq_dashboard import web as package
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from app.wiring import Parts
from tests.web.browser import chromium, has_browser
from tests.web.dashboard_world import (
    PASSWORD,
    PAYLOAD,
    dashboard_app,
    fail_a_job,
    failed_ids,
    served,
    ticket_for,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_browser(), reason="no chromium and chromedriver here"),
    # Chromium's driver leaves its pipes to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
STOLEN = "1337"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all."""
    with chromium(tmp_path_factory.mktemp("profile")) as made:
        yield made


@pytest.fixture
def address(dashboard: Parts) -> Iterator[str]:
    """Where the dashboard is."""
    with served(dashboard_app(dashboard)) as url:
        yield url


def shown(browser: Chrome, css: str) -> str:
    """The text of the first such part of the page, once it has one."""

    # In one step: the page replaces its rows every few seconds.
    script = "const found = document.querySelector(arguments[0]); return found && found.innerText.trim()"
    wait = WebDriverWait(browser, 10, poll_frequency=0.05)
    return str(wait.until(lambda driver: driver.execute_script(script, css)))


def title_becomes(browser: Chrome, title: str, seconds: float) -> bool:
    """Whether the page takes this title within so many seconds."""
    script = """
        const [wanted, ms, done] = arguments;
        const until = performance.now() + ms;
        (function look() {
          if (document.title === wanted) done(true);
          else if (performance.now() > until) done(false);
          else setTimeout(look, 20);
        })();
    """
    return bool(browser.execute_async_script(script, title, seconds * 1000))


def enter(browser: Chrome, address: str, parts: Parts) -> None:
    """Come in by a ticket."""
    browser.get(f"{address}/rq?ticket={ticket_for(parts)}")
    assert "ticket" not in browser.current_url


def bare_dashboard(url: str) -> Flask:
    """The package as it comes, for comparison."""
    app = Flask("bare")
    app.config["RQ_DASHBOARD_REDIS_URL"] = url
    package.setup_rq_connection(app)
    package.config.serializer = JSONSerializer
    app.register_blueprint(rq_dashboard.blueprint, url_prefix="/rq")
    return app


@pytest.fixture
def poisoned(real_redis: redis.Redis) -> Job:
    """A failed job whose description, arguments and message hold a script."""
    return fail_a_job(real_redis, PAYLOAD)


def test_the_bare_package_runs_what_a_job_holds(browser: Chrome, redis_server: str, poisoned: Job) -> None:
    app = bare_dashboard(redis_server)
    with served(app) as address:
        browser.get(f"{address}/rq/0/view/job/{poisoned.id}")
        assert title_becomes(browser, STOLEN, 10)
    app.redis_conn.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["/rq/0/view/job/{job}", "/rq/0/view/jobs/replies/failed/8/asc/1"])
def test_ours_does_not(browser: Chrome, address: str, dashboard: Parts, poisoned: Job, page: str) -> None:
    enter(browser, address, dashboard)
    browser.get(address + page.format(job=poisoned.id))
    assert "not shown" in shown(browser, "#job-data, #jobs [data-role=job]")
    assert not title_becomes(browser, STOLEN, 0.5)
    assert browser.find_elements(By.CSS_SELECTOR, "img[src=x]") == []


def test_rows_are_escaped_whatever_the_data_says(browser: Chrome, address: str, dashboard: Parts) -> None:
    enter(browser, address, dashboard)
    template = '<p title="<%= d.a %>"><%= d.b.c %></p>'
    data = {"d": {"a": '"><b>', "b": {"c": PAYLOAD}}}
    assert browser.execute_script("return _.template(arguments[0])(arguments[1])", template, data) == (
        '<p title="&quot;&gt;&lt;b&gt;">&lt;img src=x onerror=document.title=1337&gt;</p>'
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<% if (d.yes) { %>a<% } %>b", "ab"),
        ("<% if (d.no) { %>a<% } %>b", "b"),
        ("<% if (d.no) { %>a<% } else { %>c<% } %>b", "cb"),
        ("<% if (d.yes && d.no) { %>a<% } %>b", "b"),
        ("<% if (d.name !== 'idle') { %>a<% } %>b", "ab"),
        ("<% if (d.no) { %>a<% if (d.yes) { %>c<% } else { %>e<% } %><% } %>b", "b"),
        ("<% if (document.title = 1) { %>a<% } %>b", "b"),
        ("<%= d.list.join(', ') %>", "x, y"),
        ("<%= alert(1) %>b", "b"),
        ("<%= d.gone.further %>b", "b"),
    ],
)
def test_a_template_is_looked_up_and_never_run(
    browser: Chrome, address: str, dashboard: Parts, template: str, text: str
) -> None:
    enter(browser, address, dashboard)
    data = {"d": {"yes": True, "no": None, "name": "n", "list": ["x", "y"]}}
    assert browser.execute_script("return _.template(arguments[0])(arguments[1])", template, data) == text


@pytest.mark.parametrize(
    "attack",
    [
        f"document.body.insertAdjacentHTML('beforeend', '{PAYLOAD}')",
        "$('body').append('<script>document.title=1337<\\/script>')",
        "$('body').append('<iframe srcdoc=\"<script>parent.document.title=1337<\\/script>\">')",
        "setTimeout(() => new Function('document.title=1337')(), 0)",
        "setTimeout('document.title=1337', 0)",
        "$('body').append('<a id=z href=\"javascript:document.title=1337\">z</a>'); $('#z')[0].click()",
    ],
)
def test_the_policy_stops_what_was_injected_all_the_same(
    browser: Chrome, address: str, dashboard: Parts, attack: str
) -> None:
    enter(browser, address, dashboard)
    browser.execute_script(attack)
    assert not title_becomes(browser, STOLEN, 0.4)


def test_its_own_pages_break_no_rule(browser: Chrome, address: str, dashboard: Parts, poisoned: Job) -> None:
    enter(browser, address, dashboard)
    browser.get_log("browser")
    for page in ("/rq/", "/rq/0/view/workers", "/rq/0/view/jobs", f"/rq/0/view/job/{poisoned.id}"):
        browser.get(address + page)
        shown(browser, "#queues td, #workers td, #jobs td, #job-data p")
    # A missing icon is no rule that was broken.
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert [entry for entry in severe if entry["source"] != "network"] == []


def test_an_operator_signs_in_requeues_and_signs_out(
    browser: Chrome, address: str, real_redis: redis.Redis, poisoned: Job
) -> None:
    browser.get(f"{address}/rq/login")
    browser.delete_all_cookies()
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "button").click()
    assert shown(browser, "#queues [data-role=queue] td") == "replies"
    browser.get(f"{address}/rq/0/view/jobs/replies/failed/8/asc/1")
    shown(browser, "#jobs [data-role=job]")
    browser.find_element(By.CSS_SELECTOR, "[data-role=requeue-job-btn]").click()
    WebDriverWait(browser, 10, poll_frequency=0.05).until(lambda _: failed_ids(real_redis) == [])
    browser.find_element(By.ID, "sign-out").click()
    WebDriverWait(browser, 10, poll_frequency=0.05).until(
        lambda driver: driver.current_url.endswith("/login")
    )
    browser.get(f"{address}/rq/")
    assert browser.current_url.endswith("/rq/login")
