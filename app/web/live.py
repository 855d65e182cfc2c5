"""What a page about one participant polls: 204 while nothing changed, else everything it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec
from flask import Blueprint, Response, request

from app.web.live_view import live_view
from app.web.sources import find_source
from app.web.transcripts import Transcripts

if TYPE_CHECKING:
    from app.wiring import Parts


def live_blueprint(
    parts: Parts, whose: Callable[[], str], workers: Callable[[], Mapping[str, int]]
) -> Blueprint:
    """The routes behind the conversation component; `whose` says which participant a request is about."""
    blueprint = Blueprint("live", __name__)
    transcripts = Transcripts(parts.journal)

    @blueprint.get("/live")
    def live() -> Response:
        """One look."""
        who = whose()
        view = live_view(parts, who, transcripts.rows(who), workers())
        if (view.after, view.also) == (request.args.get("after", ""), request.args.get("also")):
            return Response(status=204)
        return json_response(view)

    @blueprint.get("/source")
    def source() -> Response:
        """The content file behind a text."""
        program = parts.settings.content / parts.settings.senders[0].program
        found = find_source(program, request.args.get("of", ""))
        return json_response(found) if found else json_response({"error": "No file is known for this."}, 404)

    return blueprint


def json_response(content: object, status: int = 200) -> Response:
    """JSON that nothing on the way keeps."""
    response = Response(msgspec.json.encode(content), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
