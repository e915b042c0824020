"""What people decide about a collection: use, leave out, reject, adjust, explain; take back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit import words
from toolkit.cli import meant
from toolkit.cli.shared import command
from toolkit.console import SETTINGS, Group
from toolkit.endings import GOOD, USAGE
from toolkit.options import FILE, option, signed_number, unit

if TYPE_CHECKING:
    from toolkit.decisions import Action, Decision
    from toolkit.findings import Number
    from toolkit.form import Form, Indicator
    from toolkit.ledger import Ledger
    from toolkit.questions import Question

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@click.group(
    cls=Group,
    context_settings=SETTINGS,
    help=words.say("cli.decide.help"),
    invoke_without_command=True,
)
@click.pass_context
def decide(ctx: click.Context) -> None:
    """Hold the kinds of decisions."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)


_in_ledger = click.argument("ledger", type=FILE, metavar=words.say("cli.metavar.ledger"))
_about_file = click.argument("file", metavar=words.say("cli.metavar.file"))


def _signed(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return a text as documents can hold it; one that says nothing is refused."""
    from toolkit import text

    told = text.printable(value).strip()
    if not told:
        raise click.BadParameter(words.say("cli.wrong.blank"), ctx, param)
    return told


_said = {"required": True, "callback": _signed}
_by = option("--by", "who", text="by", metavar=words.say("cli.metavar.who"), **_said)
_reason = option("--reason", "why", text="reason", metavar=words.say("cli.metavar.why"), **_said)
_about_figure = {"text": "indicator", "metavar": words.say("cli.metavar.indicator")}
_indicator = option("--indicator", required=True, **_about_figure)


@command("decide", "use")
@_in_ledger
@_about_file
@unit("used")
@_by
@_reason
def use(*, ledger: Path, file: str, unit: str, who: str, why: str) -> int:
    """Let a file count as it stands, as the return of a unit on the roster."""
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action
    from toolkit.record import Unit

    with ledgers.opened(ledger, create=False) as opened:
        seen = meant.file_meant(opened, file)
        meant.refuse_use(opened, seen, _form(opened))
        made = replace(_made(Action.USE, who, why), digest=seen.digest, path=seen.path)
        return _keep(opened, replace(made, unit=Unit(unit)))


@command("decide", "leave-out")
@_in_ledger
@_about_file
@_by
@_reason
def leave_out(*, ledger: Path, file: str, who: str, why: str) -> int:
    """Let a file not count."""
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action

    with ledgers.opened(ledger, create=False) as opened:
        seen = meant.file_meant(opened, file)
        meant.refuse_leave_out(opened, seen)
        made = _made(Action.LEAVE_OUT, who, why)
        return _keep(opened, replace(made, digest=seen.digest, path=seen.path))


@command("decide", "reject")
@_in_ledger
@_about_file
@_indicator
@_by
@_reason
def reject(*, ledger: Path, file: str, indicator: str, who: str, why: str) -> int:
    """Let the 说明 of a row explain nothing."""
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action

    with ledgers.opened(ledger, create=False) as opened:
        form = _form(opened)
        seen, row = meant.file_meant(opened, file), meant.row_meant(form, indicator)
        meant.refuse_reject(opened, seen, form, row)
        made = _made(Action.REJECT, who, why)
        return _keep(opened, replace(made, digest=seen.digest, path=seen.path, key=row))


@command("decide", "adjust")
@_in_ledger
@unit("adjusted", required=True)
@_indicator
@option("--add", "amount", required=True, callback=signed_number, text="add", metavar="±N")
@_by
@_reason
def adjust(*, ledger: Path, unit: str, indicator: str, amount: "Number", who: str, why: str) -> int:
    """Add a signed amount to a figure of a unit, as a row of its own."""
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action
    from toolkit.record import Unit

    with ledgers.opened(ledger, create=False) as opened:
        form = _form(opened)
        key = meant.figure_meant(form, indicator)
        _refuse_amount(form, form.indicators[key], amount)
        made = _made(Action.ADJUST, who, why)
        return _keep(opened, replace(made, unit=Unit(unit), key=key, amount=amount))


def _refuse_amount(form: "Form", adjusted: "Indicator", amount: "Number") -> None:
    """Refuse what no unit could have reported: a part of one thing, a total without its parts."""
    told = {"name": adjusted.name, "value": amount, "unit": adjusted.measure.name}
    if adjusted.computed:
        parts = words.say("text.and").join(form.indicators[part].name for part in adjusted.parts)
        wrong = words.say("cli.wrong.computed", **told, parts=parts)
        raise click.BadParameter(wrong, param_hint="--indicator")
    if round(amount, adjusted.measure.decimals) != amount:
        raise click.BadParameter(words.say("cli.wrong.decimals", **told), param_hint="--add")


@command("decide", "explain")
@_in_ledger
@click.argument("code", metavar=words.say("cli.metavar.finding"))
@option("--indicator", default="", **_about_figure)
@_by
@_reason
def explain(*, ledger: Path, code: str, indicator: str, who: str, why: str) -> int:
    """Explain what was found in the merged figures."""
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action

    with ledgers.opened(ledger, create=False) as opened:
        form = _form(opened)
        found = meant.questions_meant(_questions(opened), form, code, indicator)
        about, key, rule = found[0].about
        made = replace(_made(Action.EXPLAIN, who, why), code=about, key=key, rule=rule)
        return _keep(opened, replace(made, states=tuple(one.state for one in found)))


def _questions(ledger: "Ledger") -> "Sequence[Question]":
    """Return what the last run found in the merged figures."""
    from toolkit import questions
    from toolkit.folder import Unusable
    from toolkit.ledger import intact

    noted = ledger.collected().get("questions")
    if noted is None:
        raise Unusable(words.say("ledger.unmerged", path=ledger.path))
    with intact(ledger.path):
        return questions.undump(noted)


@command("decide", "undo")
@_in_ledger
@click.argument("number", type=int, metavar=words.say("cli.metavar.number"))
@_by
@_reason
def undo(*, ledger: Path, number: int, who: str, why: str) -> int:
    """Take a decision back; it stays on record."""
    from toolkit import ledger as ledgers

    with ledgers.opened(ledger, create=False) as opened:
        standing = {made.number for made, taken_back in opened.decisions() if not taken_back}
        if number not in standing:
            raise click.BadParameter(words.say("cli.wrong.decision", number=number))
        opened.withdraw(number, ledgers.Withdrawn(_now(), who, why))
    click.echo(words.say("cli.decide.undone", number=number), err=True)
    return GOOD


@command("decide", "list")
@_in_ledger
def list_(*, ledger: Path) -> int:
    """Print all decisions, those taken back among them."""
    from toolkit import ledger as ledgers
    from toolkit import screen

    with ledgers.opened(ledger, create=False) as opened:
        form, year = _form(opened), opened.collected()["year"]
        click.echo(screen.decisions(form, int(year), opened.decisions()))
    return GOOD


for each in (use, leave_out, reject, adjust, explain, undo, list_):
    decide.add_command(each)


# ---------------------------------------------------------------- what they share


def _form(ledger: "Ledger") -> "Form":
    """Return the edition that was last merged."""
    from toolkit import definition
    from toolkit.folder import Unusable

    edition = ledger.collected().get("form", "")
    if edition not in definition.editions():
        raise Unusable(words.say("ledger.unmerged", path=ledger.path))
    return definition.load(edition)


def _made(action: "Action", who: str, why: str) -> "Decision":
    from toolkit.decisions import Decision

    return Decision(action, who, why, _now())


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _keep(ledger: "Ledger", made: "Decision") -> int:
    collected = ledger.collected()
    number = ledger.decide(replace(made, edition=collected["form"], year=collected["year"]))
    told = words.say("cli.decide.kept", number=number, action=made.action.label)
    click.echo(told, err=True)
    return GOOD
