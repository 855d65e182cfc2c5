"""The `cairn` command: verb first, program second."""

from __future__ import annotations

import sys
from typing import Any

import click

from app.commands import author, operate, read, run
from app.ports import RecordError
from app.settings import SettingsError

FINE, FOUND, USAGE, AWAY, REFUSED, STOPPED = 0, 1, 2, 3, 4, 130

GROUPS = (
    ("Start", ("up", "web", "worker", "clock", "carrier")),
    ("Write", ("check", "chat", "publish", "releases", "recall")),
    ("Read replies", ("read", "segments", "zones")),
    ("Operate", ("doctor", "ticket", "settings", "hold", "release", "clear-hold", "unpark", "new-key")),
)


class Verbs(click.Group):
    """Prints its commands in groups, one line each."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by what they are for, and the exit codes."""
        for title, names in GROUPS:
            rows = [
                (name, command.get_short_help_str(90))
                for name in names
                if (command := self.get_command(ctx, name)) is not None
            ]
            with formatter.section(title):
                formatter.write_dl(rows)
        with formatter.section("Exit codes"):
            formatter.write_text(
                "0 fine · 1 looked and found something wrong · 2 wrong usage or settings · "
                "3 a needed thing is not there · 4 refused by a rule · 130 stopped by hand"
            )


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cairn", prog_name="cairn")
def cairn() -> None:
    """Digital micro intervention care by text message."""


for module in (run, author, read, operate):
    for verb in module.COMMANDS:
        cairn.add_command(verb)


def main(arguments: list[str] | None = None) -> Any:
    """Run the command and exit with its code; each failure is a line that says what to do."""
    try:
        code = cairn.main(arguments, standalone_mode=False)
    except SettingsError as error:
        _fail("\n".join(error.problems), USAGE)
    except RecordError as error:
        _fail(f"{error}. Is Redis there? REDIS_URL names it; make demo starts one.", AWAY)
    except click.Abort:
        sys.exit(STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    sys.exit(code if isinstance(code, int) else FINE)


def _fail(words: str, code: int) -> None:
    click.echo(words, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
