"""The RQ dashboard at /rq: the package's pages, behind our own door, and hardened."""

from __future__ import annotations

from pathlib import Path

import redis
import rq_dashboard
from flask import Flask, Response, abort, redirect, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from rq.serializers import JSONSerializer
from rq_dashboard import web as package

from app.adapters.bells import REPLIES
from app.web.dashboard_allowed import CHANGES, has_proof, is_foreign, refusal
from app.web.dashboard_door import TICKET_SECONDS, Door
from app.web.dashboard_jobs import replace_views
from app.web.dashboard_login import SESSION_COOKIE, login_blueprint
from app.web.dashboard_policy import secured
from app.wiring import Parts

PACKAGE = "rq_dashboard"
LOGIN = "dashboard_login"
OUR_FILES = Path(__file__).parent / "static"
ROWS = "js/underscore-umd-min.js"  # the one file of the package that needs eval; ours takes its place
DEMO_TICKET_SECONDS = 86_400  # the demo is on this computer alone, and its terminal stays open


def new_ticket(parts: Parts) -> str:
    """A ticket for `/rq?ticket=…`, good once: within ten minutes, in the demo within a day; raises RecordError."""
    seconds = DEMO_TICKET_SECONDS if parts.settings.mode == "demo" else TICKET_SECONDS
    return _door(parts).new_ticket(seconds)


def mount_dashboard(app: Flask, parts: Parts) -> None:
    """Put the dashboard at /rq."""
    package.config.serializer = JSONSerializer  # a job is never read as a pickle
    app.config["RQ_DASHBOARD_DISABLE_DELETE"] = True
    app.config["RQ_DASHBOARD_REDIS_URL"] = ("Redis",)  # what the page shows; the real address has a password
    app.redis_conn = app.extensions["dashboard_connection"] = parts.queue_connection  # type: ignore[attr-defined]
    door = _door(parts)
    app.register_blueprint(login_blueprint(door, parts.settings.public_url))
    app.register_blueprint(rq_dashboard.blueprint, url_prefix="/rq")
    # The package would connect anew for each request, to an address by the number in the path.
    app.before_request_funcs[PACKAGE] = [lambda: _guard(door, parts.settings.public_url)]
    app.view_functions[f"{PACKAGE}.static"] = _package_file
    replace_views(app)
    app.after_request(_secured)
    app.register_error_handler(redis.RedisError, _away)


def _door(parts: Parts) -> Door:
    settings = parts.settings
    return Door(parts.connection, parts.keys.prefix, settings.session_secret, settings.dashboard_password)


def _guard(door: Door, public_url: str) -> ResponseReturnValue | None:
    """Let a request pass to the package, or answer it."""
    endpoint = (request.endpoint or "").removeprefix(f"{PACKAGE}.")
    cookie = request.cookies.get(SESSION_COOKIE, "")
    if not door.is_open(cookie):
        return _to_login()
    if status := refusal(request, endpoint):
        abort(status)
    if endpoint in CHANGES and (
        is_foreign(request, public_url) or not has_proof(request, door.proof(cookie))
    ):
        abort(403)
    if endpoint == "jobs_overview" and (request.view_args or {}).get("queue_name") is None:
        return redirect(_first_jobs())
    return None


def _to_login() -> ResponseReturnValue:
    is_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return redirect(url_for(f"{LOGIN}.form")) if is_page else ("Sign in at /rq/login.", 401)


def _first_jobs() -> str:
    """The package would show a queue that we do not have."""
    return url_for(
        f"{PACKAGE}.jobs_overview",
        instance_number=0,
        queue_name=REPLIES,
        registry_name="queued",
        per_page=8,
        order="asc",
        page=1,
    )


def _package_file(filename: str) -> Response:
    if filename == ROWS:
        return send_from_directory(OUR_FILES, "dashboard_rows.js")
    return send_from_directory(Path(rq_dashboard.__file__).parent / "static", filename)


def _secured(response: Response) -> Response:
    if request.blueprint in (PACKAGE, LOGIN):
        return secured(
            response, lasting=request.endpoint == f"{PACKAGE}.static" and response.status_code == 200
        )
    return response


def _away(_: redis.RedisError) -> tuple[str, int]:
    return "Redis is away. Try again soon.", 503
