"""A carrier on a free port, the web that it posts to, and the scripts that drive it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
import requests
from twilio.rest import Client
from werkzeug.serving import ThreadedWSGIServer
from werkzeug.wrappers import Request, Response

from app.sandbox.carrier.client import twilio_client
from app.sandbox.carrier.server import QuietHandler, RunningCarrier, run_carrier
from app.sandbox.carrier.settings import CarrierSettings, Delays

ACCOUNT = "AC" + "0a" * 16
TOKEN = "a token of the tests"
OURS = "+15550100100"
ANA = "+15550100201"
BEN = "+15550100202"
FAST = Delays(accepted=0.005, queued=0.005, sending=0.005, sent=0.005)
EMPTY_TWIML = "<Response/>"
Found = TypeVar("Found")


def until(find: Callable[[], Found], seconds: float = 5.0) -> Found:
    """Return the first thing found that counts as true; fail when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := find():
            return found
        Event().wait(0.01)
    raise AssertionError("it did not come about in time")


class Posted(msgspec.Struct, frozen=True):
    """One thing the carrier posted."""

    url: str
    form: dict[str, str]
    headers: dict[str, str]


class Web:
    """Stands in for Cairn's web: keeps what is posted, and answers as told."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.answer = EMPTY_TWIML
        self.status = 200
        self.gate = Event()
        self.gate.set()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = Lock()
        self._server = ThreadedWSGIServer("127.0.0.1", 0, self._take, QuietHandler)
        self.base_url = f"http://127.0.0.1:{self._server.port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def texts(self) -> list[Posted]:
        """Return the inbound texts that were posted."""
        return [one for one in list(self.posted) if one.url.startswith(f"{self.base_url}/sms?")]

    def callbacks(self) -> list[Posted]:
        """Return the status callbacks that were posted."""
        return [one for one in list(self.posted) if one.url.startswith(f"{self.base_url}/sms/status")]

    def statuses(self) -> list[str]:
        """Return the statuses that were reported, in the order of a message's life."""
        order = ["queued", "sending", "sent", "delivered", "undelivered", "failed"]
        return sorted((one.form["MessageStatus"] for one in self.callbacks()), key=order.index)

    def close(self) -> None:
        """Answer nothing more."""
        self.gate.set()
        self._server.shutdown()
        self._thread.join()

    def _take(self, environ: dict[str, Any], start: Any) -> Any:
        request = Request(environ)
        form = dict(parse_qsl(request.get_data(as_text=True), keep_blank_values=True))
        with self._lock:
            self.posted.append(Posted(request.url, form, dict(request.headers)))
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self.gate.wait(10)
        with self._lock:
            self._at_once -= 1
        return Response(self.answer, self.status, mimetype="text/xml")(environ, start)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        """Return the seconds since 1970."""
        return self.now


class World:
    """Everything a test touches; it ends what it started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.web = Web()
        self._running: list[RunningCarrier] = []
        self._clients: list[Client] = []
        self._sandbox = requests.Session()
        self._sandbox.trust_env = False

    def start(self, **changes: Any) -> RunningCarrier:
        """Start a carrier that posts to this world's web."""
        usual: dict[str, Any] = {
            "book_path": self.folder / "book.db",
            "webhook_url": f"{self.web.base_url}/sms?from=carrier",
            "account_sid": ACCOUNT,
            "auth_token": TOKEN,
            "delays": FAST,
            "list_lag": 0.0,
            "webhook_timeout": 5.0,
        }
        running = run_carrier(CarrierSettings(**{**usual, **changes}))
        self._running.append(running)
        return running

    @property
    def carrier(self) -> RunningCarrier:
        """Return the carrier started last, a usual one when there is none."""
        return self._running[-1] if self._running else self.start()

    def client(self, token: str = TOKEN, timeout: float = 5.0) -> Client:
        """Return the real Twilio client."""
        client = twilio_client(self.carrier.base_url, ACCOUNT, token, timeout)
        self._clients.append(client)
        return client

    def send(self, body: str = "A short walk?", **more: Any) -> Any:
        """Create a message to Ana with a status callback."""
        callback = f"{self.web.base_url}/sms/status?message=m_1"
        order = {"to": ANA, "from_": OURS, "body": body, "status_callback": callback, **more}
        return self.client().messages.create(**order)

    def post(self, path: str, **body: Any) -> Any:
        """Call the scripts' API and return its JSON."""
        answer = self._sandbox.post(f"{self.carrier.base_url}/sandbox/{path}", json=body, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def write(self, body: str, **more: Any) -> Any:
        """Write a text as Ana."""
        return self.post("texts", **{"from": ANA, "to": OURS, "body": body, **more})

    def texts(self, number: str = ANA, after: int = 0) -> list[Any]:
        """Return what the book holds of a number."""
        url = f"{self.carrier.base_url}/sandbox/texts"
        answer = self._sandbox.get(url, params={"number": number, "after": str(after)}, timeout=10)
        texts: list[Any] = answer.json()["texts"]
        return texts

    def fault(self, kind: str, **more: Any) -> None:
        """Let the carrier misbehave."""
        self.post("faults", kind=kind, **more)

    def ended(self) -> Any:
        """Return the only text in the book when nothing more will happen to it."""
        return until(
            lambda: [t for t in self.texts() if t["status"] in {"delivered", "undelivered", "failed"}]
        )[0]

    def close(self) -> None:
        """End everything."""
        self.web.gate.set()
        for running in self._running:
            running.stop()
        for client in self._clients:
            client.http_client.session.close()
        self._sandbox.close()
        self.web.close()
