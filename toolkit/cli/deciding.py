"""What people decide about a collection: use, leave out, reject, adjust, explain; take back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit import words
from toolkit.cli.shared import command
from toolkit.console import SETTINGS, Group
from toolkit.endings import GOOD, USAGE
from toolkit.options import FILE, option, signed_number, unit

if TYPE_CHECKING:
    from toolkit.decisions import Decision
    from toolkit.findings import Number
    from toolkit.form import Form, Indicator
    from toolkit.ledger import Ledger, Seen

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
_indicator = option(
    "--indicator", required=True, text="indicator", metavar=words.say("cli.metavar.indicator")
)


@command("decide", "use")
@_in_ledger
@_about_file
@_by
@_reason
def use(*, ledger: Path, file: str, who: str, why: str) -> int:
    """Let a file count as it stands."""
    return _about_a_file("use", ledger, file, who, why)


@command("decide", "leave-out")
@_in_ledger
@_about_file
@_by
@_reason
def leave_out(*, ledger: Path, file: str, who: str, why: str) -> int:
    """Let a file not count."""
    return _about_a_file("leave_out", ledger, file, who, why)


@command("decide", "reject")
@_in_ledger
@_about_file
@_indicator
@_by
@_reason
def reject(*, ledger: Path, file: str, indicator: str, who: str, why: str) -> int:
    """Let the 说明 of a row explain nothing."""
    from toolkit.form import row_of

    return _about_a_file(
        "reject", ledger, file, who, why, lambda form: row_of(_key(form, indicator))
    )


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
        key = _key(form, indicator)
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
@_indicator
@_by
@_reason
def explain(*, ledger: Path, code: str, indicator: str, who: str, why: str) -> int:
    """Explain what was found in the merged figures."""
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action

    with ledgers.opened(ledger, create=False) as opened:
        key = _key(_form(opened), indicator)
        return _keep(opened, replace(_made(Action.EXPLAIN, who, why), code=code.upper(), key=key))


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


def _about_a_file(
    action: str,
    path: Path,
    file: str,
    who: str,
    why: str,
    key: "Callable[[Form], str]" = lambda _: "",
) -> int:
    from toolkit import ledger as ledgers
    from toolkit.decisions import Action

    with ledgers.opened(path, create=False) as opened:
        seen = _seen(opened, file)
        made = replace(_made(Action(action), who, why), digest=seen.digest, path=seen.path)
        return _keep(opened, replace(made, key=key(_form(opened))))


def _seen(ledger: "Ledger", file: str) -> "Seen":
    """Return the file that is meant: by its path, its name, or the beginning of its digest."""
    known = ledger.seen()
    if file in known:
        return known[file]
    found = [one for one in known.values() if one.path.rpartition("/")[2] == file]
    found = found or [
        one for one in known.values() if len(file) > 5 and one.digest.startswith(file)
    ]
    if len({one.digest for one in found}) == 1:
        return found[0]
    names = words.say("text.and").join(one.path for one in found)
    which = "several_files" if found else "no_file"
    raise click.BadParameter(words.say(f"cli.wrong.{which}", file=file, names=names))


def _form(ledger: "Ledger") -> "Form":
    """Return the edition that was last merged."""
    from toolkit import definition
    from toolkit.folder import Unusable

    edition = ledger.collected().get("form", "")
    if edition not in definition.editions():
        raise Unusable(words.say("ledger.unmerged", path=ledger.path))
    return definition.load(edition)


def _key(form: "Form", indicator: str) -> str:
    from toolkit import naming

    try:
        return naming.key_of(form, indicator)
    except naming.Unknown as unknown:
        raise click.BadParameter(str(unknown), param_hint="--indicator") from unknown


def _made(action: Any, who: str, why: str) -> "Decision":
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
