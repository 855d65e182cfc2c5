"""The web process: the carrier's webhooks, the health page, the queue, and in the demo the phone."""

from __future__ import annotations

import threading

from flask import Flask, Response

from app.ports import RecordError
from app.urgent import Urgent
from app.web.dashboard import mount_dashboard
from app.web.demo import demo_blueprint
from app.web.health import health_blueprint
from app.web.sms import sms_blueprint
from app.wiring import Parts

LARGEST_REQUEST = 256 * 1024


def create_app(parts: Parts) -> Flask:
    """The Flask application of one deployment."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.secret_key = parts.settings.session_secret or None
    app.register_blueprint(sms_blueprint(parts))
    app.register_blueprint(health_blueprint(parts))
    mount_dashboard(app, parts)
    if parts.settings.mode == "demo":
        app.register_blueprint(demo_blueprint(parts))
    app.register_error_handler(RecordError, _away)
    app.after_request(_plain_headers)
    return app


def start_urgent(parts: Parts) -> threading.Thread:
    """Start the thread that sends risk, STOP and HELP answers when no worker has for ten seconds."""
    thread = threading.Thread(target=Urgent(parts).run, name="urgent", daemon=True)
    thread.start()
    return thread


def _away(_: Exception) -> tuple[str, int]:
    return "The record is away. Try again soon.", 503


def _plain_headers(response: Response) -> Response:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    return response
