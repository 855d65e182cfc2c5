"""The demo: the supervisor with what it publishes, watches and shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from app.content.checked import check_lines
from app.content.problems import Problem, errors
from app.publishing import Published, publish
from app.sandbox.up import up
from app.settings import Settings
from app.wiring import Parts

LOOK_EVERY = 0.3  # seconds between two looks at the content folder


class ContentState(msgspec.Struct, frozen=True):
    """What the page shows about the content: the release that is live, and what is wrong on disk."""

    at: int
    program: str
    release: int
    problems: tuple[Problem, ...]


def demo(environ: Mapping[str, str]) -> int:
    """Run the demo until it is stopped; return the exit code."""
    return up(Settings.from_environment(environ), first_release, watch, ticket, environ=environ)


def first_release(settings: Settings) -> list[str]:
    """Publish the program of the demo; the line that the progress shows, and every problem below it."""
    published = _publish(settings)
    lines = check_lines(published.loaded).splitlines()
    if published.release is None:
        return [*lines, "Not published. Mend it and save: the demo watches."]
    counts = published.loaded.counts
    head = f"{published.release.program:<26} {counts.interventions} interventions, 0 errors"
    return [f"{head}   release {published.release.number}"]


def watch(settings: Settings, tell: Callable[[str], None]) -> None:
    """Publish what is saved, within a second; or say what is wrong with it, and stay on the last release."""
    folder = program_folder(settings)
    seen = _stamps(folder)
    while True:
        time.sleep(LOOK_EVERY)
        now = _stamps(folder)
        if now != seen:
            changed = sorted({path.name for path, _ in now ^ seen})
            seen = now
            _tell(_publish(settings), changed, tell)


def ticket(settings: Settings) -> str:
    """A ticket that signs in to the dashboard once."""
    from app.web.dashboard import new_ticket

    return new_ticket(Parts(settings))


def program_folder(settings: Settings) -> Path:
    """The folder of the demo's program."""
    return settings.content / settings.senders[0].program


def content_state_path(data: Path) -> Path:
    """Where the state of the content is written for the page."""
    return data / "run" / "content.json"


def _publish(settings: Settings) -> Published:
    parts = Parts(settings)
    published = publish(parts.releases, program_folder(settings))
    program = settings.senders[0].program
    state = ContentState(
        at=round(time.time() * 1000),
        program=program,
        release=parts.releases.newest_number(program),
        problems=published.loaded.problems,
    )
    path = content_state_path(settings.data)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(msgspec.json.encode(state))
    draft.replace(path)
    return published


def _tell(published: Published, changed: list[str], tell: Callable[[str], None]) -> None:
    name = ", ".join(changed[:3])
    if published.release is not None:
        words = "release" if published.new else "nothing changed, still release"
        tell(f"file {name:<28} checked   {words} {published.release.number}, from the next intervention")
        return
    for problem in errors(published.loaded.problems)[:5]:
        tell(f"file {problem.file}:{problem.line}  {problem.name}   still on the last release")


def _stamps(folder: Path) -> frozenset[tuple[Path, int]]:
    """Every file with the time it was last changed; one that vanishes meanwhile is simply gone."""
    found = set()
    for path in folder.rglob("*.yaml"):
        try:
            found.add((path, path.stat().st_mtime_ns))
        except OSError:
            continue
    return frozenset(found)
