"""Click in Chinese: help pages and usage errors, in the words of the catalogue."""

from typing import Any

import click

from toolkit import words

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_REQUIRED = "[required]"
"""How click marks an option that must be given."""


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
        required = words.say("cli.required")
        records = [
            (names, text.replace(_REQUIRED, required))
            for names, text in filter(None, (p.get_help_record(ctx) for p in options))
        ]
        with formatter.section(words.say("cli.options")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = words.say("cli.option.help")
        return option


class Command(_Help):
    """A subcommand."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        """Name the options in the usage line in Chinese."""
        attributes["options_metavar"] = words.say("cli.metavar.options")
        super().__init__(*args, **attributes)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments too many in Chinese."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise click.UsageError(words.say("cli.wrong.argument", name=" ".join(rest)), ctx)
        return rest


class Group(_Help, click.Group):
    """The program itself."""

    command_class = Command

    def __init__(self, *args: Any, **attributes: Any) -> None:
        """Name options and commands in the usage line in Chinese."""
        attributes["options_metavar"] = words.say("cli.metavar.options")
        attributes["subcommand_metavar"] = words.say("cli.metavar.command")
        super().__init__(*args, **attributes)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse unknown commands in Chinese."""
        if args[0] not in self.commands:
            raise click.UsageError(words.say("cli.wrong.command", name=args[0]), ctx)
        return super().resolve_command(ctx, args)

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
        case click.BadParameter() if name:
            wrong = words.say("cli.wrong.parameter", name=name, reason=error.message)
        case _:
            wrong = words.say("cli.wrong.other", reason=error.message)
    path = error.ctx.command_path if error.ctx else words.say("cli.program")
    return words.say("cli.wrong.sentence", wrong=wrong, path=path)
