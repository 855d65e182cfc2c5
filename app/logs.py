"""Logging of every process: one line an event, ids and never texts, numbers or values."""

from __future__ import annotations

import logging
import sys

QUIET = ("twilio", "twilio.http_client", "urllib3", "requests", "werkzeug", "rq.worker", "rq.queue", "rq")


def set_up_logs(level: str) -> None:
    """Write our own lines to standard error; libraries that would write texts or numbers stay quiet."""
    logging.basicConfig(
        level=level.upper(), stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
