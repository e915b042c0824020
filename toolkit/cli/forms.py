"""Commands about the form itself: its editions, the blank workbook, the schema of its records."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli.rosters import load_roster, roster_option
from toolkit.cli.shared import command, figures_of_last_year, written
from toolkit.endings import FILES, GOOD
from toolkit.options import (
    code,
    edition,
    expected_year,
    force,
    level,
    option,
    output_folder,
    previous_year,
    unit,
)

if TYPE_CHECKING:
    from toolkit.form import Form
    from toolkit.previous import Previous
    from toolkit.roster import Roster
    from toolkit.writing.template import Issue


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
@roster_option
@unit("unit")
@code
@level
@expected_year
@previous_year
@option("--dry-run", is_flag=True, text="dry_run")
@force
def template(
    *,
    form: "Form",
    output: Path,
    roster: Path | None,
    unit: str,
    code: str,
    level: str,
    year: int | None,
    previous: Path | None,
    dry_run: bool,
    force: bool,
) -> int:
    """Write the locked workbook: blank, issued to a unit, or to each unit of a roster."""
    from toolkit.record import Unit
    from toolkit.writing.issues import levels
    from toolkit.writing.template import Issue, file_names

    if year is not None and not form.serves(year):
        raise click.BadParameter(
            words.say("cli.wrong.year", year=year, edition=form.edition), param_hint="--year"
        )
    if level and level not in levels(form):
        known = words.say("text.and").join(levels(form)) or words.say("cli.wrong.no_levels")
        wrong = words.say("cli.wrong.level", value=level, known=known)
        raise click.BadParameter(wrong, param_hint="--level")
    if roster and (unit or code or level):
        raise click.BadParameter(words.say("cli.wrong.roster_and_unit"), param_hint="--roster")
    if previous and (year is None or not (roster or unit or code)):
        raise click.BadParameter(words.say("cli.wrong.whose_last_year"), param_hint="--previous")
    known_units = load_roster(roster) if roster else None
    issues = [Issue(Unit(unit, code, level), year)]
    if known_units is not None:
        issues = _of_roster(form, known_units, year)
    if previous is not None and year is not None:
        last = _figures(previous, year - 1, known_units)
        issues = [_with_last_year(form, issue, last) for issue in issues]
    named = {output / name: one for name, one in zip(file_names(form, issues), issues, strict=True)}
    if dry_run:
        click.echo("".join(f"{path}\n" for path in named), nl=False)
        click.echo(words.say("cli.template.would", count=len(named)), err=True)
        return GOOD
    return _write(form, named, force=force)


def _of_roster(form: "Form", roster: "Roster", year: int | None) -> "list[Issue]":
    """Return the workbooks for the units of a roster; name the units that get none."""
    from toolkit.roster import Scope
    from toolkit.writing import issues

    for member in roster.within(Scope.VERTICAL):
        click.echo(words.say("cli.template.vertical", name=member.unit.name), err=True)
    return issues.of_roster(form, roster, year)


def _figures(last: Path, year: int, roster: "Roster | None") -> "Previous":
    """Return last year's figures, by the codes and names of the roster; name the unused files."""
    from toolkit import screen

    known = figures_of_last_year(last)
    click.echo(screen.unused(known.left_out({year})), nl=False, err=True)
    return known.under(roster) if roster else known


def _with_last_year(form: "Form", issue: "Issue", known: "Previous") -> "Issue":
    """Return a workbook with last year's figures; name the unit if there are none of it."""
    from toolkit import screen
    from toolkit.previous import Unheld
    from toolkit.writing import issues

    try:
        return issues.with_last_year(form, issue, known)
    except Unheld as unheld:
        told = words.say("cli.template.unheld", name=issue.unit.name, reason=unheld)
        click.echo(screen.flat(told), err=True)
        return issue


def _write(form: "Form", named: "Mapping[Path, Issue]", *, force: bool) -> int:
    """Write workbooks; one whose place is taken keeps none of the others back."""
    from toolkit import files
    from toolkit.writing import template as writer

    count = 0
    for path, issue in named.items():
        try:
            files.write(path, writer.blank(form, issue), force=force)
        except files.Unwritable as unwritable:
            click.echo(str(unwritable), err=True)
        else:
            written(path)
            count += 1
    if len(named) > 1:
        click.echo(words.say("cli.template.account", count=count))
    return GOOD if count == len(named) else FILES


@command("schema")
@edition
def schema(*, form: "Form") -> int:
    """Print the JSON Schema of an edition's records."""
    from toolkit import schema as schemas

    click.echo(schemas.as_text(form), nl=False)
    return GOOD
