"""The command that writes the annual report."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.shared import command, load, naming, table_in, written
from toolkit.endings import GOOD, OPEN
from toolkit.options import FILE, document_file, edition, force, option, unit

if TYPE_CHECKING:
    from toolkit.comparison import Side
    from toolkit.form import Form
    from toolkit.outline import Outline
    from toolkit.writing.report import Content, Report

_OUTLINES = frozenset({".yaml", ".yml"})
"""What the name of a file with an outline ends in."""


@command("report")
@edition
@click.argument("table", required=False, type=FILE, metavar=words.say("cli.metavar.summary"))
@document_file
@option("--previous", type=FILE, text="report_previous", metavar=words.say("cli.metavar.last"))
@option("--outline", "arranged", text="outline", metavar=words.say("cli.metavar.outline"))
@option("--template", type=FILE, text="template", metavar=words.say("cli.metavar.file"))
@unit("report_unit")
@force
def report(
    *,
    form: "Form",
    table: Path | None,
    output: Path,
    previous: Path | None,
    arranged: str | None,
    template: Path | None,
    unit: str,
    force: bool,
) -> int:
    """Write the Word skeleton, or the draft that carries a table's figures."""
    from toolkit import files, outline, screen
    from toolkit.writing import report as writer

    if template and arranged is not None:
        raise click.UsageError(words.say("cli.wrong.outline_or_template"))
    sides = _sides(form, table, previous)
    content = _content(form, sides, unit)
    if template:
        document = _filled(form, template, output, content)
    else:
        arrangement = outline.load(form) if arranged is None else _outline(form, arranged)
        document = writer.report(form, arrangement, content)
    files.write(output, document.content, force=force)
    written(output)
    click.echo(screen.left(document.left), err=True)
    faulty = [side for side in sides if side.table.errors]
    for side in faulty:
        click.echo(screen.findings(side.file, side.table.errors), err=True)
    return OPEN if faulty else GOOD


# ---------------------------------------------------------------- the figures


def _sides(form: "Form", table: Path | None, previous: Path | None) -> "Sequence[Side]":
    """Return this year's figures and last year's, as far as they are given."""
    from toolkit.comparison import Side

    if previous and not table:
        raise click.BadParameter(words.say("cli.wrong.previous_alone"), param_hint="--previous")
    sides = [Side(str(path), table_in(path)) for path in (table, previous) if path]
    for side in sides[:1]:
        if side.table.form != form.edition:
            wrong = words.say("head.form", found=side.table.form, wanted=form.edition)
            raise click.BadParameter(wrong, param_hint=side.file)
    return sides


def _content(form: "Form", sides: "Sequence[Side]", unit: str) -> "Content":
    from toolkit import compare
    from toolkit.writing.report import Content

    if not sides:
        return Content(unit=unit)
    this = sides[0].table
    unanswered = frozenset(key for key, count in this.blanks.items() if count)
    content = Content(this.year, unit or this.unit.name, this.values, unanswered)
    if len(sides) == 1:
        return content
    _remark(form, sides)
    last = sides[1].table
    return replace(content, beside=compare.compare(form, this.values, last.form, last.values))


def _remark(form: "Form", sides: "Sequence[Side]") -> None:
    """Say what to bear in mind about a comparison, or stop where it is none of two years."""
    from toolkit import comparison, screen
    from toolkit.timeline import Misplaced

    try:
        compared = comparison.compared(form, sides)
    except Misplaced as wrong:
        hint = sides[wrong.number].file
        raise click.BadParameter(str(wrong), param_hint=hint) from wrong
    this, last = compared.years
    if this - last > 1:
        wrong_year = words.say("cli.wrong.previous_year", this=this, wanted=this - 1, last=last)
        raise click.BadParameter(wrong_year, param_hint=sides[1].file)
    for note in compared.notes:
        click.echo(screen.flat(note), err=True)
    for line in comparison.shown(compared.lines, whole=False):
        if note := compared.note(line):
            name = compared.names[line].whole
            click.echo(words.say("cli.report.note", name=name, note=note), err=True)


# ---------------------------------------------------------------- how they are arranged


def _outline(form: "Form", said: str) -> "Outline":
    """Return the outline of a name, or the one in a file."""
    from toolkit import outline

    known = outline.names(form)
    if said in known:
        return outline.load(form, said)
    if Path(said).suffix.lower() in _OUTLINES:
        load(Path(said))  # refuses what cannot be read
        return outline.load_file(Path(said), form)
    listed = words.say("text.and").join(
        words.say("cli.wrong.outline_one", name=name, about=outline.load(form, name).name)
        for name in known
    )
    wrong = words.say("cli.wrong.outline", value=said, edition=form.edition, known=listed)
    raise click.BadParameter(wrong, param_hint="--outline")


def _filled(form: "Form", path: Path, output: Path, content: "Content") -> "Report":
    """Return an office's own template with the figures in it."""
    from toolkit import material
    from toolkit.reading import word_sound
    from toolkit.writing import own_template

    if path.resolve() == output.resolve():
        raise click.BadParameter(words.say("cli.wrong.template_output"), param_hint="--output")
    with naming(path):
        template = load(path)
        word_sound.check(template)
    return own_template.filled(str(path), template, form, material.load(form), content)
