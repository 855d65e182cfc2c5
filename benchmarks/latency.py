"""From a phone's text to its answer in the carrier's book, on a machine that does nothing else.

`python benchmarks/latency.py`; the floor is the same carrier with a receiver that only answers.
"""

from __future__ import annotations

import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.wiring_carrier import carrier_gateway
from benchmarks.deployments import OURS, Measured, supervised, until
from benchmarks.tables import percentile, show

QUESTIONS, NEWCOMERS, FLOOR = 50, 20, 50
REST = 0.15  # seconds between two texts, so that each meets an idle machine
BARE = "+13125550101"  # a second number of ours, behind which only the receiver stands
EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def main() -> None:
    """Measure, and print the table."""
    with supervised() as deployment:
        rows = [("carrier's floor: bare receiver, bare create call", floor(deployment))]
        rows.append(("a closed question answered", closed_questions(deployment)))
        rows.append(("START of somebody new", starts(deployment)))
        rows.append(("STOP (confirmation)", stops(deployment)))
        rows.append(("a text that means risk", risks(deployment)))
    at_first = percentile(rows[0][1], 0.5)
    show(
        "POST /sandbox/texts until the answer is in the carrier's book, ms",
        ("what", "n", "p50", "p95", "max", "p50 against the floor"),
        [
            (
                what,
                len(took),
                *(percentile(took, share) for share in (0.5, 0.95, 1.0)),
                _times(took, at_first),
            )
            for what, took in rows
        ],
    )


def closed_questions(deployment: Measured) -> list[float]:
    """One phone answers question after question."""
    phone = "+13125550210"
    deployment.enroll(phone)
    time.sleep(2)
    return [answered(deployment, phone, str(number)) for number in range(QUESTIONS)]


def starts(deployment: Measured) -> list[float]:
    """Somebody new each time."""
    return [answered(deployment, _phone(300 + number), "START") for number in range(NEWCOMERS)]


def stops(deployment: Measured) -> list[float]:
    """Those who have just come leave."""
    return [answered(deployment, _phone(300 + number), "STOP") for number in range(NEWCOMERS)]


def risks(deployment: Measured) -> list[float]:
    """Somebody new each time, in danger."""
    return [answered(deployment, _phone(400 + number), "I want to kill myself") for number in range(10)]


def floor(deployment: Measured) -> list[float]:
    """The same carrier and client without Cairn between them."""
    gateway = carrier_gateway(deployment.parts.settings, 8.0)
    gateway.send("m_" + "0" * 20, OURS, _phone(500), "warm", 600)

    def answer(number: str, body: str) -> None:
        gateway.send("m_" + "0" * 20, BARE, number, f"That was {body}. Which number?", 600)

    with _receiver(answer) as address:
        deployment._post("/sandbox/senders", {"number": BARE, "sms_url": address, "answers_stop": False})
        return [answered(deployment, _phone(500), str(number), BARE) for number in range(FLOOR)]


def answered(deployment: Measured, phone: str, body: str, ours: str = OURS) -> float:
    """Milliseconds until one more text to this phone is in the book."""
    before = len(deployment.book.said_to(phone))
    began = time.time()
    deployment._post("/sandbox/texts", {"from": phone, "to": ours, "body": body})
    until(lambda: len(deployment.book.said_to(phone)) > before, 30)
    took = (deployment.book.said_to(phone)[before].created - began) * 1000
    time.sleep(REST)
    return took


@contextmanager
def _receiver(answer: Callable[[str, str], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if "Body" in form:
                answer(form["From"][0], form["Body"][0])
            self.send_response(200)
            self.send_header("Content-Length", str(len(EMPTY)))
            self.end_headers()
            self.wfile.write(EMPTY)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sms"
    finally:
        server.shutdown()
        server.server_close()


def _phone(number: int) -> str:
    return f"+1312555{number:04d}"


def _times(took: list[float], first: float) -> str:
    return f"{percentile(took, 0.5) / first:.1f}x"


if __name__ == "__main__":
    main()
