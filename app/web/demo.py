"""The demo: a phone, what Cairn made of each text, a clock to move, and three things to break."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec
import redis
from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import HTTPException

from app.adapters.zones import zones
from app.core.signals import StaffActed
from app.ports import RecordError
from app.web.carrier_line import CarrierAway, CarrierLine
from app.web.demo_breaks import Breaks, workers
from app.web.demo_clock import DemoClock
from app.web.demo_door import POLICY, check_door
from app.web.live import json_response, live_blueprint

if TYPE_CHECKING:
    from app.adapters.records.participants import Loaded
    from app.wiring import Parts

NUMBER = "+13125550199"  # of the phone on the page; it belongs to nobody
LONGEST_TEXT = 1600


class Texted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the phone writes."""

    body: str


class Told(msgspec.Struct, frozen=True):
    """What a button wants: `to` of the clock, `what` of a break."""

    to: str = ""
    what: str = ""


class DemoCalls:
    """What the page can do."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._line = CarrierLine(parts.settings.carrier_url)
        self._breaks = Breaks(self._line, NUMBER, parts.settings.data)
        self._clock = DemoClock(parts, _zone)

    def whose(self) -> str:
        """The participant behind the page's phone, or empty."""
        return self._parts.participants.find(NUMBER)

    def page(self) -> Response:
        """The page."""
        sender = self._parts.settings.senders[0]
        return Response(render_template("demo.html", number=_shown(sender.number), program=sender.program))

    def text(self) -> Response:
        """Text from the phone, through the carrier and its webhook."""
        body = _body(Texted).body
        if not body.strip() or len(body) > LONGEST_TEXT:
            return _wrong(f"A text has 1 to {LONGEST_TEXT} letters.")
        to = self._parts.settings.senders[0].number
        answer = self._line.post("/sandbox/texts", {"from": NUMBER, "to": to, "body": body})
        return Response(answer.body, answer.status, mimetype="application/json")

    def clock(self) -> Response:
        """Move care time forward."""
        who = self.whose()
        if not who or self._parts.participants.load(who).state is None:
            return _wrong("Text START first: the clock moves somebody's day.")
        return json_response(self._clock.move(who, _body(Told).to))

    def break_(self) -> Response:
        """Break something."""
        return json_response({"said": self._breaks.do(_body(Told).what)})

    def start_over(self) -> Response:
        """Hold whoever has the phone now for good, and give it to somebody new."""
        who = self.whose()
        if who:
            self._parts.spine.handle(who, StaffActed(id=_new_id(), action="hold", by="demo"))
            self._parts.participants.forget_address(NUMBER)
        self._line.post("/sandbox/forget", {"number": NUMBER})
        self._breaks.mend()
        return json_response({"said": "A new phone. Nobody has texted from it yet."})

    def acknowledge(self) -> Response:
        """Play the colleague who looks, and clears the hold."""
        who = self.whose()
        if not who:
            return _wrong("Nothing is held.")
        self._parts.spine.handle(who, StaffActed(id=_new_id(), action="clear_hold", by="demo"))
        return json_response({"said": "You played the colleague: the hold is cleared."})

    def carrier(self, path: str) -> Response:
        """The carrier's own API, under the page's address."""
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        answer = self._line.call(request.method, f"/sandbox/{path}{query}", request.get_data())
        return Response(answer.body, answer.status, mimetype="application/json")


def demo_blueprint(parts: Parts) -> Blueprint:
    """The page and everything it calls; for the demo alone."""
    blueprint = Blueprint("demo", __name__, template_folder="templates")
    calls = DemoCalls(parts)
    blueprint.get("/")(calls.page)
    for path, call in (
        ("/texts", calls.text),
        ("/clock", calls.clock),
        ("/break", calls.break_),
        ("/start-over", calls.start_over),
        ("/acknowledge", calls.acknowledge),
    ):
        blueprint.post(path)(call)
    blueprint.route("/sandbox/<path:path>", methods=["GET", "POST"])(calls.carrier)
    blueprint.register_blueprint(live_blueprint(parts, calls.whose, lambda: workers(parts.settings.data)))
    blueprint.before_request(lambda: check_door(request))
    blueprint.after_request(_headers)
    _answer_errors(blueprint)
    return blueprint


def _answer_errors(blueprint: Blueprint) -> None:
    away = "The record is away. It is tried again."
    blueprint.register_error_handler(RecordError, lambda _: json_response({"error": away}, 503))
    blueprint.register_error_handler(redis.RedisError, lambda _: json_response({"error": away}, 503))
    blueprint.register_error_handler(
        CarrierAway,
        lambda _: json_response({"error": "The carrier does not answer. It is being restarted."}, 502),
    )
    blueprint.register_error_handler(ValueError, lambda error: _wrong(str(error)))
    blueprint.register_error_handler(HTTPException, _refused)


def _refused(error: HTTPException) -> Response:
    return json_response({"error": error.description or error.name}, error.code or 500)


def _wrong(words: str) -> Response:
    return json_response({"error": words}, 400)


def _body(kind: type[Any]) -> Any:
    return msgspec.json.decode(request.get_data(), type=kind)


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _zone(loaded: Loaded) -> str:
    return loaded.state.zone() if loaded.state else zones(NUMBER)[0]


def _shown(number: str) -> str:
    """A North American number as people write it."""
    digits = number.removeprefix("+1")
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else number


def _new_id() -> str:
    return f"demo-{secrets.token_hex(8)}"
