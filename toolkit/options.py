"""The options and arguments that several commands share, and what becomes of their values."""

import os
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit import words

if TYPE_CHECKING:
    from toolkit.findings import Number
    from toolkit.form import Form
    from toolkit.roster import Cover

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, readable=False)
"""A path; whether it can be read is for the command to say, in its own words."""


def option(*names: str, text: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Return a click option whose help is the catalogue's ``cli.option.<text>``."""
    return click.option(*names, help=words.say(f"cli.option.{text}"), **attributes)


def _to_form(ctx: click.Context, param: click.Parameter, value: str | None) -> "Form | None":
    """Return the form of an edition named on the command line, or stop with those there are."""
    from toolkit import definition

    if value is None:
        return None
    known = definition.editions()
    if value not in known:
        names = words.say("text.and").join(known)
        wrong = words.say("cli.wrong.edition", value=value, known=names)
        raise click.BadParameter(wrong, ctx, param)
    return definition.load(value)


def _to_year(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """Return a year given on the command line as a number."""
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{4}", value):
        raise click.BadParameter(words.say("cli.wrong.number", value=value), ctx, param)
    return int(value)


def _to_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Return a day given on the command line."""
    from toolkit import text

    if value is None:
        return None
    day = text.read_date(value)
    if day is None:
        raise click.BadParameter(words.say("cli.wrong.day", value=value), ctx, param)
    return day


def _to_cover(ctx: click.Context, param: click.Parameter, value: str | None) -> "Cover":
    """Return what a sum is to cover."""
    from toolkit.roster import Cover

    covers = {one.label: one for one in Cover}
    if value is not None and value not in covers:
        known = words.say("text.and").join(covers)
        raise click.BadParameter(words.say("cli.wrong.scope", value=value, known=known), ctx, param)
    return covers[value] if value else Cover.ALL


def signed_number(ctx: click.Context, param: click.Parameter, value: str) -> "Number":
    """Return an amount to be added, which may be negative."""
    from toolkit import text

    try:
        amount = Decimal(value)
    except ArithmeticError:
        amount = Decimal(0)
    if not amount.is_finite() or not amount or not text.sound(amount):
        raise click.BadParameter(words.say("cli.wrong.amount", value=value), ctx, param)
    return text.exact(amount)


def _to_text(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return a name given on the command line as documents can hold it."""
    from toolkit import text

    del ctx, param
    return text.printable(value)


def ending(wanted: str) -> Callable[..., Path | None]:
    """Return a callback that refuses names by which no program would open what is written.

    Args:
        wanted: what the name of the file has to end in.
    """

    def refuse(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
        # That a folder cannot be written is for the command to say.
        if value and value.suffix.lower() != wanted and not os.path.isdir(value):  # noqa: PTH112 - Path.is_dir raises where a name is too long
            wrong = words.say("cli.wrong.ending", path=value, ending=wanted)
            raise click.BadParameter(wrong, ctx, param)
        return value

    return refuse


def output(what: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Return the option that says where to write a file or a folder."""
    metavar = words.say(f"cli.metavar.{what}")
    return option("-o", "--output", type=FILE, text=f"output_{what}", metavar=metavar, **attributes)


edition = click.argument("form", metavar=words.say("cli.metavar.edition"), callback=_to_form)
force = option("--force", is_flag=True, text="force")
output_file = output("file", required=True, callback=ending(".xlsx"))
document_file = output("file", required=True, callback=ending(".docx"))
comparison_file = output("file", callback=ending(".xlsx"))
output_folder = output("folder", required=True)
expected_form = option(
    "--form", "wanted", callback=_to_form, text="form", metavar=words.say("cli.metavar.edition")
)
expected_year = option(
    "--year", callback=_to_year, text="year", metavar=words.say("cli.metavar.year")
)
previous_year = option(
    "--previous", type=FILE, text="previous", metavar=words.say("cli.metavar.last")
)
marked_folder = option(
    "--marked", type=FILE, text="marked", metavar=words.say("cli.metavar.folder")
)
ledger_option = option(
    "--ledger", type=FILE, text="ledger", metavar=words.say("cli.metavar.ledger")
)
day_option = option(
    "--on", "today", callback=_to_day, text="on", metavar=words.say("cli.metavar.day")
)
cover_option = option(
    "--scope", "cover", callback=_to_cover, text="scope", metavar=words.say("cli.metavar.scope")
)
json_only = option("--json", "as_json", is_flag=True, text="json")


def unit(text: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Return the option that names a unit, with the help that fits the command."""
    metavar = words.say("cli.metavar.unit")
    attributes = {"default": "", "callback": _to_text, **attributes}
    return option("--unit", text=text, metavar=metavar, **attributes)


level = option(
    "--level", default="", callback=_to_text, text="level", metavar=words.say("cli.metavar.level")
)
code = option(
    "--code", default="", callback=_to_text, text="code", metavar=words.say("cli.metavar.code")
)
