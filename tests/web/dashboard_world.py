"""A dashboard on a real Redis, with jobs in it, and the pages that a test asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import redis
from flask import Flask
from flask.testing import FlaskClient
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from app.settings import Settings
from app.web.dashboard import mount_dashboard, new_ticket
from app.wiring import Parts

PASSWORD = "three small stones"
ORIGIN = "http://localhost"
PAYLOAD = "<img src=x onerror=document.title=1337>"
JSON = {"Accept": "application/json"}
PAGE = {"Accept": "text/html"}


def parts_on(connection: redis.Redis, **settings: str) -> Parts:
    """Everything of a deployment whose dashboard has a password."""
    usual = {"session_secret": "a secret of the tests", "dashboard_password": PASSWORD}
    return Parts(Settings(**{**usual, **settings}), connection=connection)


def dashboard_app(parts: Parts) -> Flask:
    """An application that holds the dashboard and nothing else."""
    app = Flask("app.web")
    mount_dashboard(app, parts)
    return app


def sign_in(client: FlaskClient, password: str = PASSWORD, **headers: str) -> TestResponse:
    """The answer to the log-in form as our own page sends it."""
    own = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", **headers}
    return client.post("/rq/login", data={"password": password}, headers=own)


def proof(client: FlaskClient) -> str:
    """What a page of the session sends along when it changes something."""
    found = client.get_cookie("_csrf_token", path="/rq")
    return found.value if found else ""


def fail_a_job(connection: redis.Redis, description: str = PAYLOAD) -> Job:
    """A job that a worker ran and that failed; its arguments and its message hold the same text."""
    queue = Queue("replies", connection=connection, serializer=JSONSerializer)
    job = queue.enqueue_call("builtins.int", args=[f"x {description}"], description=description)
    SimpleWorker([queue], connection=connection, serializer=JSONSerializer).work(burst=True)
    return job


def failed_ids(connection: redis.Redis) -> list[str]:
    """The jobs that failed and wait for somebody."""
    queue = Queue("replies", connection=connection, serializer=JSONSerializer)
    return list(queue.failed_job_registry.get_job_ids(cleanup=False))


class Quiet(WSGIRequestHandler):
    """Says nothing on the terminal."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Keep a request to itself."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which a browser reaches the application for a while."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def policy_of(response: TestResponse) -> dict[str, str]:
    """The content policy of a response by its directives."""
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


def ticket_for(parts: Parts) -> str:
    """A ticket."""
    return new_ticket(parts)


def style_attributes(html: str) -> set[str]:
    """The style attributes of a template."""
    return set(re.findall(r'style="([^"]*)"', html))
