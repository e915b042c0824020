"""The command that sets whole tables side by side."""

from pathlib import Path

import click

from toolkit import words
from toolkit.cli.shared import command, table_in, written
from toolkit.endings import GOOD, OPEN
from toolkit.options import (
    FILE,
    comparison_file,
    force,
    json_only,
    option,
)


@command("compare")
@click.argument("this", type=FILE, metavar=words.say("cli.metavar.this"))
@click.argument("last", type=FILE, metavar=words.say("cli.metavar.last"))
@click.argument("earlier", type=FILE, nargs=-1, metavar=words.say("cli.metavar.earlier"))
@option("--all", "whole", is_flag=True, text="all")
@comparison_file
@json_only
@force
def compare(
    *,
    this: Path,
    last: Path,
    earlier: tuple[Path, ...],
    whole: bool,
    output: Path | None,
    as_json: bool,
    force: bool,
) -> int:
    """Set the figures of several years side by side, on the screen or in a workbook."""
    from toolkit import comparison, definition, files, screen, side_by_side
    from toolkit.timeline import Misplaced
    from toolkit.writing import comparison as writer

    paths = [this, last, *earlier]
    if output and output.resolve() in {path.resolve() for path in paths}:
        raise click.BadParameter(words.say("cli.compare.own"), param_hint=str(output))
    sides = [comparison.Side(str(path), table_in(path)) for path in paths]
    form = definition.load(sides[0].table.form)
    try:
        compared = comparison.compared(form, sides)
    except Misplaced as wrong:
        hint = sides[wrong.number].file
        raise click.BadParameter(str(wrong), param_hint=hint) from wrong
    if output:
        files.write(output, writer.workbook(compared, whole=whole), force=force)
        written(output)
    if as_json:
        click.echo(side_by_side.as_json(compared))
    elif not output:
        click.echo(side_by_side.as_table(compared, whole=whole))
    for note in compared.notes:
        click.echo(screen.flat(note), err=True)
    faulty = [side for side in sides if side.table.errors]
    for side in faulty:
        click.echo(screen.findings(side.file, side.table.errors), err=True)
    return OPEN if faulty else GOOD
