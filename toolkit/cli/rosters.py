"""The roster on the command line: an empty one is written, a filled one is read or refused."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.shared import command, load, naming, written
from toolkit.console import SETTINGS, Group
from toolkit.endings import GOOD, USAGE
from toolkit.options import FILE, code, expected_year, force, option, output_file, unit

if TYPE_CHECKING:
    from toolkit.roster import Roster


@click.group(
    "roster",
    cls=Group,
    context_settings=SETTINGS,
    help=words.say("cli.roster.help"),
    invoke_without_command=True,
)
@click.pass_context
def roster(ctx: click.Context) -> None:
    """Hold the commands about rosters."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)


@command("roster", "new")
@output_file
@unit("region")
@code
@expected_year
@force
def new(*, output: Path, unit: str, code: str, year: int | None, force: bool) -> int:
    """Write an empty roster to be filled in."""
    from toolkit import files
    from toolkit.record import Unit
    from toolkit.roster import Roster
    from toolkit.writing import roster_book

    empty = Roster((), Unit(unit, code))
    files.write(output, roster_book.workbook(empty, year), force=force)
    written(output)
    return GOOD


roster.add_command(new)


# ---------------------------------------------------------------- for the commands that need one

roster_option = option(
    "--roster", type=FILE, text="roster", metavar=words.say("cli.metavar.roster")
)


def load_roster(path: Path) -> "Roster":
    """Return a roster that a path names, and say what is doubtful about it.

    Raises:
        Unusable: it cannot be read, or something in it has to be put right first.
    """
    from toolkit import screen
    from toolkit.findings import Severity
    from toolkit.folder import Unusable
    from toolkit.reading.rosters import read_roster

    with naming(path):
        rostered = read_roster(load(path))
    errors = [one for one in rostered.findings if one.severity is Severity.ERROR]
    if errors:
        told = words.say("cli.roster.broken", path=path, count=len(errors))
        raise Unusable("\n".join([screen.findings(str(path), rostered.findings), told]))
    if rostered.findings:
        click.echo(screen.findings(str(path), rostered.findings), err=True)
    return rostered.roster
