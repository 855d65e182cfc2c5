"""The demo's line to the sandbox carrier's API for scripts."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import msgspec

TIMEOUT = 5.0  # seconds


class CarrierAway(Exception):
    """The sandbox carrier does not answer."""


class Answered(msgspec.Struct, frozen=True):
    """What the carrier said."""

    status: int
    body: bytes


class CarrierLine:
    """Calls the carrier at one address, on this computer."""

    def __init__(self, base_url: str) -> None:
        self._where = urlsplit(base_url)

    def post(self, path: str, content: object) -> Answered:
        """The answer to a POST of JSON; raises CarrierAway."""
        return self.call("POST", path, msgspec.json.encode(content))

    def call(self, method: str, path: str, body: bytes = b"") -> Answered:
        """The answer to any call; raises CarrierAway."""
        connection = http.client.HTTPConnection(
            self._where.hostname or "", self._where.port or 80, timeout=TIMEOUT
        )
        try:
            connection.request(method, path, body or None, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return Answered(answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise CarrierAway(type(error).__name__) from error
        finally:
            connection.close()
