"""What the demo's page calls, for tests without a browser."""

from __future__ import annotations

from typing import Any

import msgspec
from flask.testing import FlaskClient

from tests.web.demo_world import until

HERE = {"base_url": "http://127.0.0.1:8790"}


def post(page: FlaskClient, path: str, content: object, **headers: str) -> Any:
    return page.post(
        path, data=msgspec.json.encode(content), content_type="application/json", headers=headers, **HERE
    )


def look(page: FlaskClient) -> Any:
    return page.get("/live", **HERE).get_json()


def text(page: FlaskClient, body: str) -> Any:
    """Text, and wait until everything that was said about it has been delivered."""
    sid = post(page, "/texts", {"body": body}).get_json()["sid"]
    return until(
        lambda: next((card for card in look(page)["cards"] if card["id"] == sid and is_quiet(card)), None)
    )


def is_quiet(card: Any) -> bool:
    return all(said["delivery"]["fate"] not in ("outbox", "carrier") for said in card["texts"])


def enroll(page: FlaskClient) -> None:
    text(page, "START")
    text(page, "AGREE")
