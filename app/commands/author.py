"""Commands for those who write content."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

import click

from app.commands.running import reached
from app.wiring import Parts

FOUND, USAGE, REFUSED = 1, 2, 4


def folder_of(program: str) -> Path:
    """The folder of a program named by its id or its path; ends the command when there is none."""
    from app.settings import Settings

    content = Settings.from_environment(os.environ).content
    for candidate in (Path(program), content / program):
        if (candidate / "program.yaml").is_file():
            return candidate
    names = sorted(path.parent.name for path in content.glob("*/program.yaml"))
    click.echo(
        f"There is no program {program} in {content}/. There is: {', '.join(names) or 'none'}.", err=True
    )
    sys.exit(USAGE)


@click.command()
@click.argument("program")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(program: str, as_json: bool) -> int:
    """Find every mistake in a program, or in one intervention's file."""
    from app.content.checked import check_json, check_lines
    from app.content.load import load_intervention, load_program

    path = Path(program)
    loaded = load_intervention(path) if path.suffix == ".yaml" else load_program(folder_of(program))
    click.echo(json.dumps(check_json(loaded)) if as_json else check_lines(loaded))
    return 0 if loaded.release is not None else FOUND


@click.command()
@click.argument("program")
def publish(program: str) -> int:
    """Make a release of a program; refused while its check finds an error."""
    from app.content.checked import check_lines
    from app.publishing import publish as publish_folder

    parts = _parts()
    published = publish_folder(parts.releases, folder_of(program))
    if published.release is None:
        click.echo(check_lines(published.loaded))
        click.echo("Not published.", err=True)
        return REFUSED
    words = "published as" if published.new else "has not changed since"
    click.echo(f"{published.release.program} {words} release {published.release.number}.")
    return 0


@click.command()
@click.argument("program")
def releases(program: str) -> None:
    """List the releases of a program."""
    kept = _parts().releases
    newest = kept.newest_number(program)
    recalled = kept.recalled(program)
    for number in range(kept.last_number(program), 0, -1):
        found = kept.get(program, number)
        if found is not None:
            marks = [
                word for word, on in (("newest", number == newest), ("recalled", number in recalled)) if on
            ]
            click.echo(f"{program} release {number}  {found.checksum[:12]}  {' '.join(marks)}".rstrip())


@click.command()
@click.argument("program")
@click.argument("number", type=int)
def recall(program: str, number: int) -> int:
    """Call a release back, with its texts that have not left."""
    kept = _parts().releases
    if kept.get(program, number) is None:
        click.echo(f"{program} has no release {number}. See: cairn releases {program}", err=True)
        return USAGE
    kept.recall(program, number)
    click.echo(
        f"{program} release {number} is recalled; release {kept.newest_number(program)} is the newest now."
    )
    return 0


@click.command()
@click.argument("program")
@click.option("--at", default="", help="When it begins, as 2026-03-02T10:30 (local time). Default: now.")
@click.option("--seed", default="cairn chat", help="What chance is drawn from.")
def chat(program: str, at: str, seed: str) -> int:
    """Text with a program, or with one intervention's file, in the terminal; also from a piped script."""
    from app.chat.session import run_chat

    if not program.endswith((".yaml", ".yml")):
        program = str(folder_of(program))
    begin = at or datetime.now(UTC).isoformat(timespec="minutes")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return run_chat(program, begin=begin, seed=seed, lines=sys.stdin, out=sys.stdout)


def _parts() -> Parts:
    return Parts(reached(os.environ))


COMMANDS = (check, chat, publish, releases, recall)
