"""The command line: parse, call, print, exit code. Nothing else in the toolkit prints or exits."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from toolkit import __version__, endings, words
from toolkit.console import SETTINGS, Command, Group, usage_error
from toolkit.endings import FILES, GOOD, OPEN, USAGE
from toolkit.options import (
    FILE,
    code,
    edition,
    expected_form,
    expected_year,
    force,
    option,
    output,
    output_file,
    output_folder,
    unit,
)

if TYPE_CHECKING:
    from toolkit.findings import Finding
    from toolkit.form import Form

Item = TypeVar("Item")
PARALLEL_FROM = 60
"""Files from which starting worker processes pays."""


def command(name: str) -> Callable[[Callable[..., int]], click.Command]:
    """Return a decorator that adds a subcommand with its help from the catalogue."""
    return cli.command(name, cls=Command, help=words.say(f"cli.{name}.help"))


@click.group(
    cls=Group,
    context_settings=SETTINGS,
    help=words.say("cli.help"),
    invoke_without_command=True,
)
@click.version_option(__version__, message="%(version)s", help=words.say("cli.option.version"))
@option("--no-color", is_flag=True, text="no_color")
@click.pass_context
def cli(ctx: click.Context, *, no_color: bool) -> None:
    """Hold what all commands share; the help text is the catalogue's."""
    if no_color or os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)


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
@expected_year
@force
def template(
    *, form: "Form", output: Path, unit: str, code: str, year: int | None, force: bool
) -> int:
    """Write the locked workbook, blank or issued to a unit."""
    from toolkit import files
    from toolkit.record import Unit
    from toolkit.writing import template as writer

    if year is not None and not form.serves(year):
        raise click.BadParameter(
            words.say("cli.wrong.year", year=year, edition=form.edition), param_hint="--year"
        )
    issue = writer.Issue(Unit(unit, code), year)
    path = output / writer.file_name(form, issue)
    files.write(path, writer.blank(form, issue), force=force)
    _written(path)
    return GOOD


@command("schema")
@edition
def schema(*, form: "Form") -> int:
    """Print the JSON Schema of an edition's records."""
    from toolkit import schema as schemas

    click.echo(schemas.as_text(form), nl=False)
    return GOOD


@command("read")
@click.argument("file", type=FILE, metavar=words.say("cli.metavar.file"))
def read(*, file: Path) -> int:
    """Print a return as record JSON; what was found in reading goes to stderr."""
    from toolkit import record, screen
    from toolkit.findings import Severity
    from toolkit.reading.returns import read_return

    returned = read_return(_load(file))
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

    returned = read_return(_load(record))
    form = definition.load(returned.record.form)
    files.write(output, writer.filled(form, returned.record), force=force)
    _written(output)
    return GOOD


@command("check")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar=words.say("cli.metavar.paths"))
@expected_form
@expected_year
@option("--json", "as_json", is_flag=True, text="json")
def check(
    *, paths: tuple[Path, ...], wanted: "Form | None", year: int | None, as_json: bool
) -> int:
    """Print what is wrong with returns, grouped by file."""
    from toolkit import folder, intake, merge, screen
    from toolkit.check import Expected

    expected = Expected(wanted.edition if wanted else "", year)
    places, skipped = folder.find(paths)
    sent = []
    for outcome in _progress(intake.read(places), len(places)):
        if isinstance(outcome, folder.Skipped):
            skipped = (*skipped, outcome)
        else:
            sent.append(merge.held_against(expected, outcome))
    found = [one for submission in sent for one in submission.all_findings]
    if as_json:
        click.echo(screen.as_json(found, len(sent)))
    else:
        for submission in sent:
            click.echo(screen.findings(submission.path, submission.all_findings))
        click.echo(screen.skipped(skipped), nl=False, err=True)
        click.echo(screen.account(found, len(sent)))
    read = {one.path for one in sent if one.refusal is None}
    named = [place.name for place in places if place.path in paths]
    if len(named) < sum(not path.is_dir() for path in paths) or not read.issuperset(named):
        return FILES  # one that was named is no return
    return OPEN if not sent or any(one.open for one in found) else GOOD


@command("merge")
@click.argument("folder", type=FILE, metavar=words.say("cli.metavar.folder"))
@output_file
@expected_form
@expected_year
@force
def merge(
    *, folder: Path, output: Path, wanted: "Form | None", year: int | None, force: bool
) -> int:
    """Add the returns in a folder up into the summary workbook."""
    from toolkit import definition, files, intake, screen
    from toolkit import folder as folders
    from toolkit import merge as merging
    from toolkit.check import Expected
    from toolkit.writing import summary as writer

    if folder.is_file():
        raise click.BadParameter(words.say("cli.wrong.folder", path=folder), param_hint="folder")
    found, skipped = folders.find([folder])
    # What an earlier run wrote into the folder is none of the files received.
    places = [place for place in found if place.path.resolve() != output.resolve()]
    outcomes = list(_progress(intake.read(places, _workers(len(places))), len(places)))
    sent = [one for one in outcomes if not isinstance(one, folders.Skipped)]
    skipped = (*skipped, *(one for one in outcomes if isinstance(one, folders.Skipped)))
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
    _written(output)
    return GOOD if summary.settled else OPEN


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
        from toolkit.reading.summaries import read_table

        read = read_table(_load(table))
        if read.form != form.edition:
            wrong = words.say("head.form", found=read.form, wanted=form.edition)
            raise click.BadParameter(wrong, param_hint=str(table))
        errors = read.errors
        unanswered = frozenset(key for key, count in read.blanks.items() if count)
        content = writer.Content(read.year, unit or read.unit.name, read.values, unanswered)
    document = writer.report(form, outline.load(form), content)
    files.write(output, document.content, force=force)
    _written(output)
    click.echo(screen.left(document.left))
    if errors:
        click.echo(screen.findings(str(table), errors), err=True)
    return OPEN if errors else GOOD


@command("demo")
@output("folder", default="demo")
@click.pass_context
def demo(ctx: click.Context, *, output: Path) -> int:
    """Run the whole job on the samples, saying each command before it runs."""
    from toolkit import demo as samples

    for arguments in samples.steps(output):
        click.secho(words.say("cli.demo.step", command=samples.typed(arguments)), bold=True)
        with cli.make_context(ctx.command_path, list(arguments), parent=ctx.parent) as step:
            cli.invoke(step)
        click.echo()
    click.echo(samples.account(output))
    return GOOD


# ---------------------------------------------------------------- what the commands share


def _load(path: Path) -> bytes:
    """Return a named file's bytes, or stop with the reason."""
    from toolkit import files, folder, intake
    from toolkit.findings import Refused

    folder.find([path])  # refuses what is not there, or would keep us waiting
    try:
        data, _ = intake.load(path)
    except OSError as error:
        raise Refused("R1", reason=files.reason(error)) from error
    return data


def _workers(count: int) -> "Callable[[], Executor] | None":
    """Return what starts worker processes, where there are files enough to pay for them."""
    from concurrent.futures import ProcessPoolExecutor

    processes = os.cpu_count() or 1
    return None if count < PARALLEL_FROM or processes == 1 else ProcessPoolExecutor


def _progress(items: Iterator[Item], length: int) -> Iterator[Item]:
    """Pass items on, showing how far they are where somebody is watching."""
    if not sys.stderr.isatty():
        yield from items
        return
    label = words.say("cli.merge.progress")
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as shown:
        yield from shown


def _written(path: Path) -> None:
    click.echo(words.say("cli.written.file", path=path), err=True)


def _speak_chinese() -> None:
    """Let output pass through a console that cannot show every character (GBK)."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program; every refusal is one Chinese sentence and its exit code."""
    _speak_chinese()
    # Being told to stop is like Ctrl-C: workers are taken along, nothing is left half-way.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name=words.say("cli.program"), standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        _close_output()
        return endings.GOOD
    except (click.Abort, KeyboardInterrupt):
        return _stop(words.say("cli.stopped.interrupted"), endings.INTERRUPTED)
    except click.UsageError as error:
        return _stop(usage_error(error), endings.USAGE)
    except OSError as error:  # of our own output; files named by the user have their own refusals
        _close_output()
        return _stop(endings.output_lost(error), endings.FILES)
    except Exception as error:
        code = endings.code_of(error)
        if code is None:
            raise
        return _stop(str(error), code)
    return int(code or endings.GOOD)


def _stop(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code


def _close_output() -> None:
    """Let nothing more be written, not even by the interpreter when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
