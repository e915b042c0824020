"""The command that proofreads a report."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.shared import command, document, naming, table_in, written
from toolkit.endings import GOOD, OPEN
from toolkit.options import FILE, expected_year, force, json_only, option

if TYPE_CHECKING:
    from toolkit.narrative import Narrative
    from toolkit.proof_screen import Outcome
    from toolkit.reading.summaries import Table


@command("proofread")
@click.argument("report", type=FILE, metavar=words.say("cli.metavar.report"))
@click.argument("table", required=False, type=FILE, metavar=words.say("cli.metavar.reference"))
@expected_year
@option("--marked", type=FILE, text="marked_report", metavar=words.say("cli.metavar.file"))
@force
@json_only
def proofread(
    *,
    report: Path,
    table: Path | None,
    year: int | None,
    marked: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Hold a report's text against its table and against itself; comment on a copy."""
    from toolkit import screen
    from toolkit.proof_screen import Outcome
    from toolkit.proofreading.proofread import proofread as reading_proofs
    from toolkit.reading.narratives import read_narrative

    with naming(report):
        data = document(report)
        narrative = read_narrative(data)
    inside = _inside(data)
    against = inside if table is None else table_in(table)
    proof = reading_proofs(narrative, against, year)
    notes = [*narrative.notes, *_notes(inside, None if table is None else against)]
    outcome = Outcome(str(report), proof, against, str(table or report), tuple(notes))
    if marked is not None:
        _mark(marked, data, narrative, outcome, force=force)
    click.echo(outcome.as_json() if as_json else outcome.as_text())
    for note in notes:
        click.echo(screen.flat(note), err=True)
    # A report need not print the head of a return; only its figures matter here.
    known = against.values if against else {}
    faults = [one for one in (against.errors if against else ()) if one.key in known]
    if faults:
        click.echo(screen.findings(outcome.table_file, faults), err=True)
    differs = bool(inside and table is not None and len(notes) > len(narrative.notes))
    open_ = any(one.finding.open for one in proof.remarks)
    return OPEN if open_ or faults or differs else GOOD


def _inside(data: bytes) -> "Table | None":
    """Return the table that stands in a report itself, None where there is none."""
    from toolkit.findings import Refused
    from toolkit.reading.summaries import read_table

    try:
        return read_table(data)
    except Refused:
        return None


def _notes(inside: "Table | None", given: "Table | None") -> Iterator[str]:
    """Yield what there is to say about the tables: there is none, or two that differ."""
    from toolkit import definition

    if given is None:
        if inside is None:
            yield words.say("proofread.no_table")
        return
    if inside is None:
        return
    if inside.form != given.form:
        yield words.say("proofread.other_form", found=inside.form, wanted=given.form)
        return
    form = definition.load(given.form)
    theirs, ours = ({**one.values, **one.reported} for one in (inside, given))
    apart = [key for key in form.indicators if (theirs[key] or 0) != (ours[key] or 0)]
    if apart:
        names = words.say("text.and").join(form.indicators[key].name for key in apart)
        yield words.say("proofread.other_table", count=len(apart), names=names)


def _mark(
    path: Path, data: bytes, narrative: "Narrative", outcome: "Outcome", *, force: bool
) -> None:
    """Write the copy with a comment at each thing that was found."""
    from toolkit import files, proof_screen
    from toolkit.reading import formats, word_sound
    from toolkit.writing import comments

    found = [
        comments.Comment(one.words, proof_screen.comment(one)) for one in outcome.proof.remarks
    ]
    if data.startswith(formats.ZIPPED):
        word_sound.check(data)
        content = comments.commented(data, found)
    else:
        content = comments.written_out(narrative, found)
    files.write(path, content, force=force)
    written(path)
