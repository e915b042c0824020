"""The command line: parse, call, print, exit code. Nothing else in the toolkit prints or exits."""

from toolkit.cli.program import cli, main

__all__ = ["cli", "main"]
