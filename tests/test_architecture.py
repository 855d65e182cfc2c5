"""The direction of the arrows, read from the imports themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = {
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "hmac",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "string",
    "typing",
    "unicodedata",
    "zoneinfo",
    "msgspec",
    "dateutil",
}
RENDERING = {"app/core/render.py", "app/core/jinja_rules.py"}
LIBRARIES = {
    "app/adapters/records": {"redis"},
    "app/adapters/bells.py": {"rq", "redis"},
    "app/adapters/queue_workers.py": {"rq", "redis"},
    "app/adapters/twilio_gateway.py": {"twilio", "requests", "urllib3"},
    "app/adapters/vault.py": {"cryptography"},
    "app/adapters/zones.py": {"phonenumbers"},
    "app/adapters/carrier_codes.py": set(),
}
STANDARD = set(__import__("sys").stdlib_module_names) | {"msgspec"}


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", files("app/core"), ids=name)
def test_the_core_imports_nothing_but_itself_and_what_is_pure(path):
    allowed = PURE | ({"jinja2", "markupsafe"} if name(path) in RENDERING else set())
    foreign = {
        module
        for module in imports(path)
        if not module.startswith("app.core") and module.split(".")[0] not in allowed
    }
    assert foreign <= {"app"}, f"{name(path)} reaches outside"


@pytest.mark.parametrize("path", files("app/core"), ids=name)
def test_the_core_reads_no_clock(path):
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    }
    assert "open" not in calls
    assert not {call for call in calls if call.endswith((".now", ".today", ".utcnow", "time.time"))}


@pytest.mark.parametrize("path", files("app/adapters"), ids=name)
def test_an_adapter_imports_the_core_and_its_own_library(path):
    place = next((place for place in LIBRARIES if name(path).startswith(place)), None)
    if place is None:
        assert name(path) == "app/adapters/__init__.py"
        return
    for module in imports(path):
        top = module.split(".")[0]
        if top == "app":
            assert module.startswith(
                ("app.core", "app.ports", place.removesuffix(".py").replace("/", "."))
            ) or (module == "app.adapters.carrier_codes"), f"{name(path)} imports {module}"
        else:
            assert top in STANDARD | LIBRARIES[place], f"{name(path)} imports {module}"


SHELL = ("app.web", "workers", "app.commands", "app.cli", "app.sandbox", "app.chat")


@pytest.mark.parametrize("folder", ["app/adapters", "app/content"])
def test_nothing_below_imports_what_stands_above(folder):
    for path in files(folder):
        upward = [
            module for module in imports(path) if module.startswith((*SHELL, "app.wiring", "app.handle"))
        ]
        assert upward == [], name(path)


def test_only_the_wiring_builds_adapters_from_settings():
    for path in [*files("app"), *files("workers")]:
        text = path.read_text(encoding="utf-8")
        if "app/wiring" in name(path) or "app/adapters" in name(path) or "app/sandbox" in name(path):
            continue
        assert "redis.Redis(" not in text, name(path)
        assert "Redis.from_url(" not in text, name(path)
        assert "Client(" not in text or "twilio" not in text, name(path)


def test_only_the_spine_decides_and_only_the_spine_commits():
    deciders, committers = set(), set()
    for path in [*files("app"), *files("workers")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called == "decide":
                    deciders.add(name(path))
                if called.endswith((".commit", ".commit_many")):
                    committers.add(name(path))
    assert deciders - {"app/handle.py"} <= {path for path in deciders if path.startswith("app/chat/")}
    assert committers == {"app/handle.py"}


def test_only_the_deliverer_calls_the_carrier():
    callers = set()
    for path in [*files("app"), *files("workers")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("messages.create"):
                callers.add(name(path))
    assert callers == {"app/adapters/twilio_gateway.py"}
