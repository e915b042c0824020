"""Commands about whole tables: merge, compare, report."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.shared import command, holds_files, load, naming, taken_in, written
from toolkit.endings import GOOD, OPEN
from toolkit.options import (
    FILE,
    edition,
    expected_form,
    expected_year,
    force,
    json_only,
    option,
    output_file,
    unit,
)

if TYPE_CHECKING:
    from toolkit.findings import Finding
    from toolkit.form import Form
    from toolkit.reading.summaries import Table


@command("merge")
@click.argument("folder", type=FILE, metavar=words.say("cli.metavar.folder"))
@output_file
@expected_form
@expected_year
@force
def merge(
    *, folder: Path, output: Path, wanted: "Form | None", year: int | None, force: bool
) -> int:
    """Add the returns in a folder or a zip up into the summary workbook."""
    from toolkit import definition, files, screen
    from toolkit import folder as folders
    from toolkit import merge as merging
    from toolkit.check import Expected
    from toolkit.writing import summary as writer

    found, skipped = folders.find([folder])
    if not holds_files(folder, found):
        raise click.BadParameter(words.say("cli.wrong.folder", path=folder), param_hint="folder")
    # What an earlier run wrote into the folder is none of the files received.
    places = [place for place in found if place.path.resolve() != output.resolve()]
    sent, more = taken_in(places)
    skipped = (*skipped, *more)
    try:
        decided = merging.expected(sent, Expected(wanted.edition if wanted else "", year))
    except merging.Undecided:
        click.echo(screen.refusals(sent), nl=False, err=True)
        raise
    summary = merging.merge(definition.load(decided.form), decided.year, sent)
    files.write(output, writer.workbook(summary, skipped), force=force)
    click.echo(words.say("cli.merge.decided", year=decided.year, form=decided.form))
    click.echo(screen.skipped(skipped), nl=False, err=True)
    click.echo(screen.summary(summary))
    written(output)
    return GOOD if summary.settled else OPEN


@command("compare")
@click.argument("this", type=FILE, metavar=words.say("cli.metavar.this"))
@click.argument("last", type=FILE, metavar=words.say("cli.metavar.last"))
@option("--all", "whole", is_flag=True, text="all")
@json_only
def compare(*, this: Path, last: Path, whole: bool, as_json: bool) -> int:
    """Print the figures of two years side by side."""
    from toolkit import compare as comparing
    from toolkit import definition, screen
    from toolkit.side_by_side import Comparison, Side

    now, then = (Side(str(path), _table(path)) for path in (this, last))
    if wrong := comparing.disorder(now.table, then.table):
        raise click.BadParameter(wrong, param_hint=str(last))
    form = definition.load(now.table.form)
    rows = comparing.compare(form, now.table.values, then.table.form, then.table.values)
    notes = comparing.notes(now.table, then.table)
    compared = Comparison(form, now, then, rows, notes)
    click.echo(compared.as_json() if as_json else compared.as_table(whole=whole))
    for note in notes:
        click.echo(screen.flat(note), err=True)
    faulty = [side for side in (now, then) if side.table.errors]
    for side in faulty:
        click.echo(screen.findings(side.file, side.table.errors), err=True)
    return OPEN if faulty else GOOD


def _table(path: Path) -> "Table":
    from toolkit.reading.summaries import read_table

    with naming(path):
        return read_table(load(path))


@command("report")
@edition
@click.argument("table", required=False, type=FILE, metavar=words.say("cli.metavar.summary"))
@output_file
@unit("report_unit")
@force
def report(*, form: "Form", table: Path | None, output: Path, unit: str, force: bool) -> int:
    """Write the Word skeleton, or the draft that carries a table's figures."""
    from toolkit import files, outline, screen
    from toolkit.writing import report as writer

    content = writer.Content(unit=unit)
    errors: Sequence[Finding] = ()
    if table is not None:
        read = _table(table)
        if read.form != form.edition:
            wrong = words.say("head.form", found=read.form, wanted=form.edition)
            raise click.BadParameter(wrong, param_hint=str(table))
        errors = read.errors
        unanswered = frozenset(key for key, count in read.blanks.items() if count)
        content = writer.Content(read.year, unit or read.unit.name, read.values, unanswered)
    document = writer.report(form, outline.load(form), content)
    files.write(output, document.content, force=force)
    written(output)
    click.echo(screen.left(document.left))
    if errors:
        click.echo(screen.findings(str(table), errors), err=True)
    return OPEN if errors else GOOD
