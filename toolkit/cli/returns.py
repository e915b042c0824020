"""Commands about single returns: read, fill, check."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.shared import command, document, figures_of_last_year, load, taken_in, written
from toolkit.endings import FILES, GOOD, OPEN
from toolkit.options import (
    FILE,
    expected_form,
    expected_year,
    force,
    json_only,
    marked_folder,
    output_file,
    previous_year,
)

if TYPE_CHECKING:
    from toolkit.form import Form
    from toolkit.submissions import Submission


@command("read")
@click.argument("file", type=FILE, metavar=words.say("cli.metavar.file"))
def read(*, file: Path) -> int:
    """Print a return as record JSON; what was found in reading goes to stderr."""
    from toolkit import record, screen
    from toolkit.findings import Severity
    from toolkit.reading.returns import read_return

    returned = read_return(document(file))
    click.echo(record.dump(returned.record), nl=False)
    if returned.findings:
        click.echo(screen.findings(file.name, returned.findings), err=True)
    wrong = any(one.severity is Severity.ERROR for one in returned.findings)
    return OPEN if wrong else GOOD


@command("fill")
@click.argument("record", type=FILE, metavar=words.say("cli.metavar.record"))
@output_file
@force
def fill(*, record: Path, output: Path, force: bool) -> int:
    """Write a record into the locked workbook."""
    from toolkit import definition, files
    from toolkit.reading.returns import read_return
    from toolkit.writing import template as writer

    returned = read_return(load(record))
    form = definition.load(returned.record.form)
    files.write(output, writer.filled(form, returned.record), force=force)
    written(output)
    return GOOD


@command("check")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar=words.say("cli.metavar.paths"))
@expected_form
@expected_year
@previous_year
@marked_folder
@force
@json_only
def check(
    *,
    paths: tuple[Path, ...],
    wanted: "Form | None",
    year: int | None,
    previous: Path | None,
    marked: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Print what is wrong with returns, grouped by file; mark what is to be sent back."""
    from toolkit import folder, merge, screen
    from toolkit.check import Expected

    expected = Expected(wanted.edition if wanted else "", year)
    places, skipped = folder.find(paths)
    taken = taken_in(places)
    sent = [merge.held_against(expected, one) for one in taken.sent]
    if previous is not None:
        sent = _held_against(previous, sent, quiet=as_json)
    if marked is not None:
        _mark(marked, sent, force=force)
    found = [one for submission in sent for one in submission.all_findings]
    if as_json:
        click.echo(screen.as_json(found, len(sent)))
    else:
        for submission in sent:
            click.echo(screen.findings(submission.path, submission.all_findings))
        click.echo(screen.skipped((*skipped, *taken.skipped)), nl=False, err=True)
        click.echo(screen.account(found, len(sent)))
    read = {one.path for one in sent if one.refusal is None}
    named = {place.name for place in places if place.path in paths and not place.inside}
    answered = {place.path for place in places}
    if not read.issuperset(named) or any(
        path not in answered for path in paths if not path.is_dir()
    ):
        return FILES  # one that was named is no return
    return OPEN if not sent or any(one.open for one in found) else GOOD


def _mark(folder: Path, sent: "Sequence[Submission]", *, force: bool) -> None:
    """Write the copies to send back: what is wrong at its cell, or a note on an unreadable file."""
    from toolkit import files
    from toolkit.writing import marked

    back = [one for one in sent if marked.wanted(one)]
    names = marked.file_names(back)
    for one in back:
        path = folder / names[one.path]
        files.write(path, marked.workbook(one), force=force)
        written(path)


def _held_against(last: Path, sent: "Sequence[Submission]", *, quiet: bool) -> "list[Submission]":
    """Hold returns against last year's figures; say which files of last year were not used."""
    from toolkit import previous, screen

    known = figures_of_last_year(last)
    years = {one.record.year - 1 for one in sent if one.record and one.record.year}
    if not quiet:
        click.echo(screen.unused(known.left_out(years)), nl=False, err=True)
    return [previous.held_against(known, one) for one in sent]
