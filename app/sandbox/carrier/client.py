"""The real Twilio client, pointed at another address than Twilio's."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

MOST_CONNECTIONS = 64


class ElsewhereHttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's own HTTP client, with scheme and host of each address replaced."""

    def __init__(self, base_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout, max_retries=0)
        self._base = urlsplit(base_url)
        self.session.mount("http://", HTTPAdapter(pool_maxsize=MOST_CONNECTIONS, max_retries=0))
        # What is meant for this computer must not go through a proxy that the environment names.
        self.session.trust_env = not _is_loopback(self._base.hostname or "")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """Send the request to the other address and return the answer."""
        there = urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc)
        return super().request(method, urlunsplit(there), *args, **kwargs)


def twilio_client(base_url: str, account_sid: str, auth_token: str, timeout: float) -> Client:
    """Return a Twilio client that talks to `base_url`, never tries twice, and waits `timeout` seconds."""
    return Client(account_sid, auth_token, http_client=ElsewhereHttpClient(base_url, timeout))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
