"""Commands for those who run a deployment."""

from __future__ import annotations

import json
import os
import secrets
import sys

import click

from app.commands.running import reached
from app.core.signals import StaffActed
from app.ports import Unreadable
from app.production import production_refusals
from app.settings import Settings, settings_rows
from app.wiring import Parts

FOUND, USAGE = 1, 2


def _parts() -> Parts:
    return Parts(reached(os.environ))


@click.command()
@click.option("--text-me", default="", metavar="NUMBER", help="Also send one text to this number.")
@click.option(
    "--stop-confirmed", default="", metavar="SENDER", help="Its STOP wording stands at the carrier."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(text_me: str, stop_confirmed: str, as_json: bool) -> int:
    """Tick each step to a real number."""
    from app.doctor import confirm_stop, run_doctor

    parts = _parts()
    if stop_confirmed:
        confirm_stop(parts, stop_confirmed)
    return run_doctor(parts, text_me, as_json, sys.stdout)


@click.command()
def ticket() -> int:
    """Make a link that signs in to the queue once, within ten minutes."""
    from app.web.dashboard import new_ticket

    parts = _parts()
    click.echo(f"{parts.settings.public_url}/rq?ticket={new_ticket(parts)}")
    return 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def settings(as_json: bool) -> int:
    """Show each setting, where it comes from, and what it means."""
    found = Settings.from_environment(os.environ)
    rows = settings_rows(found, os.environ)
    if as_json:
        click.echo(json.dumps({"schema": "cairn.settings/1", "settings": [_plain(row) for row in rows]}))
        return 0
    for row in rows:
        click.echo(f"{row.name:28} {row.value or '-':32} {row.origin:12} {row.meaning}")
    refusals = production_refusals(found)
    for refusal in refusals:
        click.echo(refusal, err=True)
    return 4 if refusals else 0


@click.command()
@click.argument("scope")
def hold(scope: str) -> int:
    """Let outgoing texts stand still: all, program:ID or sender:ID. Risk, STOP and HELP answers leave."""
    return _scoped(scope, "hold")


@click.command()
@click.argument("scope")
def release(scope: str) -> int:
    """Let held texts leave again: all, program:ID or sender:ID."""
    return _scoped(scope, "release")


@click.command("clear-hold")
@click.argument("participant")
@click.option("--by", required=True, help="Who has looked.")
def clear_hold(participant: str, by: str) -> int:
    """End the hold of a participant after a person has looked."""
    signal = StaffActed(id=f"staff-{secrets.token_hex(8)}", action="clear_hold", by=by)
    answer = _parts().spine.handle(participant, signal)
    click.echo("The hold is cleared." if answer == "done" else f"There is no participant {participant}.")
    return 0 if answer == "done" else USAGE


@click.command()
@click.argument("participant", required=False)
def unpark(participant: str | None) -> int:
    """List participants who were parked after a fault; with an ID, take that one back in."""
    parts = _parts()
    if participant is None:
        for who, why in sorted(parts.marks.parked().items()):
            click.echo(f"{who}  {why}")
        return 0
    try:
        was_parked = parts.participants.unpark(participant)
    except Unreadable as error:
        click.echo(f"{participant} stays parked: {error}", err=True)
        return FOUND
    if not was_parked:
        click.echo(f"{participant} is not parked. Who is: cairn unpark", err=True)
        return USAGE
    click.echo(f"{participant} is taken back in.")
    return 0


@click.command("new-key")
def new_key() -> None:
    """Make a key for CAIRN_KEYS or CAIRN_STUDY_KEY."""
    from app.adapters.vault import new_key_text

    click.echo(new_key_text())


def _scoped(scope: str, verb: str) -> int:
    parts = _parts()
    known = _scopes(parts)
    if scope not in known:
        click.echo(f"{scope} is none of: {', '.join(sorted(known))}.", err=True)
        return USAGE
    for each in known[scope]:
        getattr(parts.marks, verb)(each)
    click.echo(f"{scope}: {'held' if verb == 'hold' else 'released'}. Held now: {_held(parts)}")
    return 0


def _scopes(parts: Parts) -> dict[str, list[str]]:
    """What may be held, and what stands still then; a program stands still with all its senders."""
    senders = {f"sender:{sender}": [f"sender:{sender}"] for sender in parts.numbers}
    programs: dict[str, list[str]] = {}
    for sender in parts.settings.senders:
        programs.setdefault(f"program:{sender.program}", []).append(f"sender:{sender.id}")
    return {"all": ["all"], **senders, **programs}


def _held(parts: Parts) -> str:
    return ", ".join(parts.marks.holding()) or "nothing"


def _plain(row: object) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in ("name", "value", "origin", "meaning")}


COMMANDS = (doctor, ticket, settings, hold, release, clear_hold, unpark, new_key)
