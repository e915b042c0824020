"""The whole job on the samples, as the commands a user would type."""

from collections.abc import Iterator
from pathlib import Path

from toolkit import resources, words


def steps(output: Path) -> Iterator[tuple[str, ...]]:
    """Yield the arguments of each command of the demonstration.

    Args:
        output: the folder it all goes into.
    """
    blank, returns = (_place(output, name) for name in ("folder_templates", "folder_returns"))
    for edition in _editions():
        summary, report = (_place(output, name) for name in ("summary", "report"))
        yield "template", edition, "-o", blank
        for record in sorted(resources.data("samples", edition, "records").glob("*.json")):
            yield "fill", str(record), "-o", str(Path(returns, record.stem + ".xlsx"))
        yield "check", returns
        yield "merge", returns, "-o", summary
        yield "report", edition, summary, "-o", report, "--unit", words.say("cli.demo.unit")


def typed(arguments: tuple[str, ...]) -> str:
    """Return a command as it would be typed."""
    return " ".join(f'"{part}"' if " " in part else part for part in arguments)


def account(output: Path) -> str:
    """Return what was made, in a few lines."""
    names = ("folder_templates", "folder_returns", "summary", "report")
    made = {name: words.say(f"cli.demo.{name}") for name in names}
    files = len(list(output.joinpath(made["folder_returns"]).glob("*.xlsx")))
    return words.say("cli.demo.account", folder=output, files=files, **made)


def _place(output: Path, name: str) -> str:
    return str(output / words.say(f"cli.demo.{name}"))


def _editions() -> list[str]:
    return sorted(path.parent.name for path in resources.data("samples").glob("*/records"))
