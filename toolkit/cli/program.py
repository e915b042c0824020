"""The program: its commands in the order of the work, and how a run ends."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from toolkit import __version__, endings, words
from toolkit.cli import collecting, deciding, forms, proofreading, reports, returns, rosters, tables
from toolkit.cli.shared import command
from toolkit.console import SETTINGS, Group, usage_error
from toolkit.endings import GOOD, USAGE
from toolkit.options import option, output


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


for each in (
    forms.forms,
    rosters.roster,
    forms.template,
    forms.schema,
    returns.read,
    returns.fill,
    returns.check,
    collecting.merge,
    collecting.status,
    deciding.decide,
    tables.compare,
    reports.report,
    proofreading.proofread,
    demo,
):
    cli.add_command(each)


# ---------------------------------------------------------------- how a run ends


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
