"""Click in Chinese: help pages, usage errors and the texts of options, from the catalogue."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from toolkit import words

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class _Help(click.Command):
    """A command whose help page is Chinese and keeps the catalogue's line breaks."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, words.say("cli.usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        formatter.write_paragraph()
        with formatter.indentation():
            for line in (self.help or "").splitlines():
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for p in options if (record := p.get_help_record(ctx)) is not None]
        with formatter.section(words.say("cli.options")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = words.say("cli.option.help")
        return option


class Command(_Help):
    """A subcommand."""


class Group(_Help, click.Group):
    """The program itself."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _Help.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        rows = [
            (name, (command.help or "").splitlines()[0]) for name, command in self.commands.items()
        ]
        with formatter.section(words.say("cli.commands")):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order of the work, not of the alphabet."""
        return list(self.commands)


def option(*names: str, text: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Return a click option whose help is the catalogue's ``cli.option.<text>``."""
    return click.option(*names, help=words.say(f"cli.option.{text}"), **attributes)


def usage_error(error: click.UsageError) -> str:
    """Return what is wrong with a command line, in Chinese."""
    name = getattr(error, "param_hint", None) or ""
    parameter = getattr(error, "param", None)
    if not name and parameter is not None:
        name = parameter.get_error_hint(error.ctx)
    match error:
        case click.NoSuchOption():
            wrong = words.say("cli.wrong.option", name=error.option_name)
        case click.MissingParameter():
            wrong = words.say("cli.wrong.missing", name=name)
        case click.BadOptionUsage():
            wrong = words.say("cli.wrong.value", name=error.option_name)
        case click.BadParameter() if isinstance(getattr(parameter, "type", None), click.Choice):
            choices = words.say("text.and").join(parameter.type.choices)  # type: ignore[union-attr]
            wrong = words.say("cli.wrong.choice", name=name, choices=choices)
        case click.BadParameter():
            wrong = words.say("cli.wrong.parameter", name=name, reason=error.message)
        case _:
            wrong = words.say("cli.wrong.other", reason=error.message)
    path = error.ctx.command_path if error.ctx else words.say("cli.program")
    return words.say("cli.wrong.sentence", wrong=wrong, path=path)
