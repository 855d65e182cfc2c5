"""What the demo consists of: its processes, their addresses, and the settings that they get."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from app.sandbox.demo_keys import demo_keys
from app.sandbox.ports import HOST
from app.sandbox.processes import Child
from app.settings import Settings

# Many segments a second: nobody waits for a carrier that is on the same computer.
DEMO_SENDERS = "+13125550100=lighter-days;stop=cairn;rate=20"
COMMANDS = (
    ("web", ("web",)),
    ("clock", ("clock",)),
    ("worker-1", ("worker", "--queue", "replies", "--name", "worker-1")),
    ("worker-2", ("worker", "--queue", "scheduled", "--name", "worker-2")),
    ("carrier", ("carrier",)),
)


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Where the parts of this demo are, all on this computer."""

    web_port: int
    carrier_port: int
    redis: str

    @property
    def web(self) -> str:
        """The address of the phone and of the webhooks."""
        return f"http://{HOST}:{self.web_port}"

    @property
    def carrier(self) -> str:
        """The address of the sandbox carrier."""
        return f"http://{HOST}:{self.carrier_port}"

    def environment(self) -> dict[str, str]:
        """Return the addresses as settings."""
        return {
            "CAIRN_MODE": "demo",
            "REDIS_URL": self.redis,
            "CAIRN_PORT": str(self.web_port),
            "CAIRN_PUBLIC_URL": self.web,
            "CAIRN_CARRIER_URL": self.carrier,
        }


def child_environment(environ: Mapping[str, str], settings: Settings, addresses: Addresses) -> dict[str, str]:
    """Return what the children are told. An account at a real carrier is never among it."""
    keys = demo_keys(settings.data).environment()
    given = {name: value for name, value in environ.items() if name not in _OVERRULED}
    own = {name: value for name, value in keys.items() if not _is_given(name, given)}
    return {
        "CAIRN_SENDERS": DEMO_SENDERS,
        **given,
        **own,
        **addresses.environment(),
        "CAIRN_DATA": str(settings.data.resolve()),
        "CAIRN_CONTENT": str(settings.content.resolve()),
        "PYTHONUNBUFFERED": "1",
    }


def demo_children(environment: dict[str, str], addresses: Addresses) -> list[Child]:
    """Return all processes of the demo but Redis, in the order in which they are named."""
    ports = {"web": addresses.web_port, "carrier": addresses.carrier_port}
    return [_child(name, command, environment, ports.get(name)) for name, command in COMMANDS]


def answers_http(port: int) -> bool:
    """Return whether a web server answers here at all, whatever it says."""
    connection = http.client.HTTPConnection(HOST, port, timeout=0.5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def sample_text(content: Path, program: str) -> Path | None:
    """Return a file whose text a newcomer may change first."""
    folder = content / program / "interventions"
    first = folder / "three-good-things.yaml"
    return first if first.exists() else next(iter(sorted(folder.glob("*.yaml"))), None)


_OVERRULED = frozenset(
    ("PORT", "REDIS_URL_FILE", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_FILE")
)


def _is_given(name: str, environ: Mapping[str, str]) -> bool:
    return bool(environ.get(name) or environ.get(f"{name}_FILE"))


def _child(name: str, command: tuple[str, ...], environment: dict[str, str], port: int | None) -> Child:
    return Child(
        name=name,
        argv=(sys.executable, "-m", "app.cli", *command),
        env=environment,
        ready=None if port is None else lambda: answers_http(port),
    )
