"""Serves a carrier on a port of this computer, inside this process."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from app.sandbox.carrier.app import create_carrier
from app.sandbox.carrier.carrier import Carrier
from app.sandbox.carrier.settings import CarrierSettings

GLANCE = 0.5


class QuietHandler(WSGIRequestHandler):
    """Logs nothing, since paths name phone numbers; sends headers and body without waiting between."""

    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


class RunningCarrier:
    """A carrier that is being served; stop it, or use it as a context."""

    def __init__(self, app: Flask, server: ThreadedWSGIServer) -> None:
        self.carrier: Carrier = app.extensions["carrier"]
        self.base_url = f"http://{server.host}:{server.port}"
        self._server = server
        self._stopped = Event()
        self._thread = Thread(target=server.serve_forever, args=(GLANCE,), name="carrier-server", daemon=True)

    def start(self) -> None:
        """Take requests, and go on with what the book holds."""
        self._thread.start()
        self.carrier.start()

    def stop(self) -> None:
        """Take no more requests, end every thread and close the book; a second call does nothing."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self.carrier.ending.set()
        closing = Thread(target=self._server.shutdown, daemon=True)
        closing.start()
        self._wake()
        closing.join()
        self._thread.join()
        self.carrier.stop()

    def wait(self) -> None:
        """Return when somebody has stopped it."""
        self._stopped.wait()

    def _wake(self) -> None:
        # The server looks whether it is to end only between glances, or when somebody calls.
        with suppress(OSError):
            socket.create_connection(self._server.socket.getsockname(), timeout=GLANCE).close()

    def __enter__(self) -> RunningCarrier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def run_carrier(settings: CarrierSettings) -> RunningCarrier:
    """Return a carrier that takes requests; raises OSError when the port is taken."""
    # Bound here, because werkzeug ends the whole process when a port is taken.
    with socket.create_server((settings.host, settings.port), backlog=128) as listener:
        app = create_carrier(settings)
        host, port = listener.getsockname()[:2]
        server = ThreadedWSGIServer(host, port, app, QuietHandler, fd=listener.fileno())
    running = RunningCarrier(app, server)
    running.start()
    return running
