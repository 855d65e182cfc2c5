"""Commands that start processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import click

from app.logs import set_up_logs
from app.production import production_refusals
from app.settings import Settings

REFUSED = 4


def _settings() -> Settings:
    settings = Settings.from_environment(os.environ)
    set_up_logs(settings.log)
    refusals = production_refusals(settings)
    if refusals:
        click.echo("\n".join(refusals), err=True)
        sys.exit(REFUSED)
    return settings


def _stopped() -> threading.Event:
    """An event that a request to stop sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


@click.command()
def up() -> int:
    """Start everything on this computer: what make demo runs."""
    from app.sandbox.demo import demo

    return demo(os.environ)


@click.command()
def web() -> None:
    """Serve the webhooks, the health page and the queue."""
    settings = _settings()
    host = "127.0.0.1" if settings.mode == "demo" else "0.0.0.0"  # noqa: S104  a web process is reached from outside
    arguments = [
        "gunicorn",
        "--bind", f"{host}:{settings.port}",
        "--workers", "2",
        "--worker-class", "gthread",
        "--threads", "4",
        "--graceful-timeout", "10",
        "--timeout", "30",
        "--no-control-socket",
        "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",  # noqa: S108
        "--log-level", "warning",
        "app.web.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606


@click.command()
@click.option("--queue", type=click.Choice(["replies", "scheduled"]), help="Serve this queue alone.")
@click.option("--name", default="", help="What the dashboard calls this worker.")
def worker(queue: str | None, name: str) -> int:
    """Send texts and wake participants up; without --queue one process for each queue."""
    from workers.worker import serve, serve_all

    settings = _settings()
    return serve(settings, queue, name) if queue else serve_all()


@click.command()
def clock() -> None:
    """Hand out what is due, and take up what was left behind."""
    from app.wiring import Parts
    from workers.clock import run

    run(Parts(_settings()), _stopped())


@click.command()
def carrier() -> None:
    """The sandbox carrier: speaks the part of Twilio's API that Cairn uses."""
    from app.sandbox.carrier_process import serve

    serve(Settings.from_environment(os.environ), _stopped())


COMMANDS = (up, web, worker, clock, carrier)
