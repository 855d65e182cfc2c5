"""The carrier as a Flask application: Twilio's API beside the one for scripts."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from app.sandbox.carrier.carrier import Carrier
from app.sandbox.carrier.controls import controls_blueprint
from app.sandbox.carrier.doorkeeper import check_door
from app.sandbox.carrier.errors import Refusal
from app.sandbox.carrier.line import HungUp, hang_up
from app.sandbox.carrier.numbers import account_blueprint, numbers_blueprint
from app.sandbox.carrier.phone import phone_blueprint
from app.sandbox.carrier.rest import check_account, messages_blueprint
from app.sandbox.carrier.settings import CarrierSettings

LARGEST_REQUEST = 256 * 1024
ACCOUNTS = "/2010-04-01/Accounts"
REST = "/2010-04-01/"
SANDBOX = "/sandbox"
logger = logging.getLogger(__name__)


def create_carrier(settings: CarrierSettings) -> Flask:
    """Return the application; its carrier, in `extensions["carrier"]`, is still to be started."""
    carrier = Carrier(settings)
    app = Flask("carrier", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.extensions["carrier"] = carrier
    app.register_blueprint(account_blueprint(carrier), url_prefix=ACCOUNTS)
    for make in (messages_blueprint, numbers_blueprint):
        app.register_blueprint(make(carrier), url_prefix=f"{ACCOUNTS}/<account_sid>")
    for make in (phone_blueprint, controls_blueprint):
        app.register_blueprint(make(carrier), url_prefix=SANDBOX)
    _guard(app, carrier)
    _answer_errors(app)
    return app


def _guard(app: Flask, carrier: Carrier) -> None:
    @app.before_request
    def check() -> None:
        if request.path.startswith(REST):
            check_account(carrier)
        else:
            check_door()


def _answer_errors(app: Flask) -> None:
    app.register_error_handler(HungUp, _cut)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(msgspec.MsgspecError, _not_understood)
    app.register_error_handler(UnicodeError, _not_understood)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)


def _cut(_: Exception) -> Response:
    hang_up()
    return Response(status=500)


def _refused(error: Refusal) -> tuple[dict[str, Any], int]:
    return error.resource(), error.status


def _not_understood(error: Exception) -> tuple[dict[str, str], int]:
    words = str(error) if isinstance(error, msgspec.MsgspecError) else "The text cannot be encoded."
    return {"error": words}, 400


def _http_error(error: HTTPException) -> tuple[dict[str, Any], int]:
    status = error.code or 500
    if request.path.startswith(REST):
        return Refusal(20404 if status == 404 else 20001, status).resource(), status
    return {"error": error.description or error.name}, status


def _broken(error: Exception) -> tuple[dict[str, Any], int]:
    # Only the kind: an error's words may hold a number or a text.
    logger.error("the carrier failed with %s", type(error).__name__)
    return Refusal(20500, 500).resource(), 500
