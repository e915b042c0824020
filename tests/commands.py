"""The program as it is typed, run in this process."""

from collections.abc import Callable
from pathlib import Path

import click
from click.testing import CliRunner, Result

from toolkit import cli

Run = Callable[..., Result]


def run(*arguments: str | Path) -> Result:
    """Run the program; the result has its output and its exit code."""

    def main() -> None:
        cli.main([str(argument) for argument in arguments])

    return CliRunner().invoke(click.Command("run", callback=main), [])
