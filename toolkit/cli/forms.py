"""Commands about the form itself: its editions, the blank workbook, the schema of its records."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.shared import command, written
from toolkit.endings import GOOD
from toolkit.options import code, edition, expected_year, force, level, output_folder, unit

if TYPE_CHECKING:
    from toolkit.form import Form


@command("forms")
def forms() -> int:
    """List the editions and the years they serve."""
    from toolkit import definition

    for name in definition.editions():
        form = definition.load(name)
        years = "open_years" if form.last_year is None else "years"
        served = words.say(f"head.{years}", first=form.first_year, last=form.last_year)
        click.echo(
            words.say(
                "cli.forms.line",
                edition=name,
                name=form.name,
                issued_by=form.issued_by,
                years=served,
                count=len(form.indicators),
            )
        )
    return GOOD


@command("template")
@edition
@output_folder
@unit("unit")
@code
@level
@expected_year
@force
def template(
    *, form: "Form", output: Path, unit: str, code: str, level: str, year: int | None, force: bool
) -> int:
    """Write the locked workbook, blank or issued to a unit."""
    from toolkit import files
    from toolkit.form import Role
    from toolkit.record import Unit
    from toolkit.writing import template as writer

    if year is not None and not form.serves(year):
        raise click.BadParameter(
            words.say("cli.wrong.year", year=year, edition=form.edition), param_hint="--year"
        )
    levels = [one for asked in form.head if asked.role is Role.UNIT_LEVEL for one in asked.options]
    if level and level not in levels:
        known = words.say("text.and").join(levels) or words.say("cli.wrong.no_levels")
        wrong = words.say("cli.wrong.level", value=level, known=known)
        raise click.BadParameter(wrong, param_hint="--level")
    issue = writer.Issue(Unit(unit, code, level), year)
    path = output / writer.file_name(form, issue)
    files.write(path, writer.blank(form, issue), force=force)
    written(path)
    return GOOD


@command("schema")
@edition
def schema(*, form: "Form") -> int:
    """Print the JSON Schema of an edition's records."""
    from toolkit import schema as schemas

    click.echo(schemas.as_text(form), nl=False)
    return GOOD
