"""What an operator may set, read from the environment and from nowhere else."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from app.settings_fields import FIELDS, Field
from app.settings_kinds import Sender, without_credentials

Origin: TypeAlias = Literal["environment", "file", "default"]


class SettingsError(Exception):
    """The settings cannot be used; `problems` holds one line for each reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What this deployment runs with. Empty means not set; secrets never show in its repr."""

    mode: Literal["demo", "production"] = "demo"
    redis_url: str = ""
    embedded_redis: str = ""
    port: int = 8790
    public_url: str = ""
    senders: tuple[Sender, ...] = ()
    account_sid: str = ""
    auth_token: str = ""
    carrier_url: str = ""
    keys: tuple[bytes, ...] = ()
    study_key: bytes = b""
    session_secret: str = ""
    dashboard_password: str = ""
    on_call: str = ""
    data: Path = Path(".cairn")
    content: Path = Path("content")
    log: str = "info"
    no_browser: bool = False
    origins: dict[str, Origin] = {}

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Return the settings that these variables hold; raises SettingsError with every problem at once."""
        problems = list(_unknown_names(environ))
        values: dict[str, Any] = {}
        origins: dict[str, Origin] = {}
        for field in FIELDS:
            try:
                text, origin = _found(field, environ)
                if text:
                    values[field.attribute] = field.read(text)
                    origins[field.name] = origin
            except ValueError as error:
                problems.append(str(error) if field.name in str(error) else _problem(field, text, error))
        if problems:
            raise SettingsError(problems)
        return cls(**values, origins=origins)

    def origin(self, name: str) -> Origin:
        """Return where the setting of this name comes from."""
        return self.origins.get(name, "default")

    def __repr__(self) -> str:
        return f"Settings(mode={self.mode!r}, data={str(self.data)!r})"


class Row(msgspec.Struct, frozen=True):
    """One line of `cairn settings`; a secret's value is only ever `set` or `unset`."""

    name: str
    value: str
    origin: Origin
    meaning: str


def settings_rows(settings: Settings, environ: Mapping[str, str]) -> list[Row]:
    """Return a row for each setting, in the order of the table."""
    return [
        Row(field.name, _shown(field, environ), settings.origin(field.name), field.meaning)
        for field in FIELDS
    ]


def settings_table() -> str:
    """Return the Markdown table of all settings that the README holds."""
    lines = ["| name | value | default | meaning |", "|---|---|---|---|"]
    for field in FIELDS:
        name = f"`{field.name}`" + (" or `…_FILE`" if field.secret else "")
        default = f"`{field.default}`" if field.default else ""
        lines.append(f"| {name} | {field.kind} | {default} | {field.meaning} |")
    return "\n".join(lines) + "\n"


def _found(field: Field, environ: Mapping[str, str]) -> tuple[str, Origin]:
    direct = environ.get(field.name, "").strip()
    path = environ.get(f"{field.name}_FILE", "") if field.secret else ""
    if direct and path:
        raise ValueError(f"{field.name} and {field.name}_FILE are both set. Keep one of them.")
    if path:
        return _file_text(field, path), "file"
    return (direct, "environment") if direct else (field.default, "default")


def _file_text(field: Field, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise ValueError(f"{field.name}_FILE={path} cannot be read: {reason}.") from None


def _problem(field: Field, text: str, error: ValueError) -> str:
    shown = field.name if field.secret else f"{field.name}={text}"
    return f"{shown} {error}."


def _shown(field: Field, environ: Mapping[str, str]) -> str:
    text, _ = _found(field, environ)
    if field.name == "REDIS_URL":
        return without_credentials(text)
    if field.secret:
        return "set" if text else "unset"
    return text


def _unknown_names(environ: Mapping[str, str]) -> Iterator[str]:
    known = [field.name for field in FIELDS] + [f"{field.name}_FILE" for field in FIELDS if field.secret]
    for name in sorted(environ):
        if name.startswith("CAIRN_") and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            yield f"{name} is no setting of Cairn.{meant}"
