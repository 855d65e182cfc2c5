"""GET /health: what is wrong, in codes and in words, for people and for monitors."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify

from app.health import problems, status_of
from app.health_codes import Problem
from app.wiring import Parts, code_version


def health_blueprint(parts: Parts) -> Blueprint:
    """Return the route of the health page."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/health")
    def health() -> Response:
        found = problems(parts)
        status = status_of(found)
        shown = [_shown(one) for one in found]
        response = jsonify(schema="cairn.health/1", status=status, problems=shown, version=code_version())
        response.status_code = 503 if status == "red" else 200
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _shown(one: Problem) -> dict[str, str | None]:
    return {
        "code": one.code,
        "level": one.level,
        "words": f"{one.words} {one.fix}",
        "since": _moment(one.since) if one.since else None,
    }


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).isoformat().replace("+00:00", "Z")
