"""The whole job on the samples, as the commands a user would type, one edition after the other."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from toolkit import resources, words

_FACTS = "demo.toml"
"""Beside the samples of an edition: who reports, and what the samples are."""
_ROSTER = "roster.xlsx"
_PREVIOUS = "previous"
"""Folder of the samples with returns of the year before."""


def steps(output: Path) -> Iterator[tuple[str, ...]]:
    """Yield the arguments of each command of the demonstration.

    Args:
        output: the folder it all goes into, a folder for each edition.
    """
    for edition in _editions():
        samples = resources.data("samples", edition)
        folder = output / edition
        blank, returns, summary, page, report = (
            _place(folder, name)
            for name in ("folder_templates", "folder_returns", "summary", "page", "report")
        )
        roster = "--roster", str(samples / _ROSTER)
        yield "template", edition, "-o", blank, *roster
        for record in sorted(samples.glob("records/*.json")):
            yield "fill", str(record), "-o", str(Path(returns, record.stem + ".xlsx"))
        previous = samples / _PREVIOUS
        yield "check", returns, *(["--previous", str(previous)] if previous.is_dir() else [])
        yield "merge", returns, "-o", summary, *roster, "--html", page
        yield "status", returns, *roster
        yield "report", edition, summary, "-o", report, "--unit", _facts(edition)["unit"]


def typed(arguments: tuple[str, ...]) -> str:
    """Return a command as it would be typed."""
    return " ".join(f'"{part}"' if " " in part else part for part in arguments)


def account(output: Path) -> str:
    """Return what was made, in a few lines."""
    names = ("folder_templates", "folder_returns", "summary", "page", "report")
    made = {name: words.say(f"cli.demo.{name}") for name in names}
    editions = "\n".join(
        words.say("cli.demo.edition", edition=edition, about=_facts(edition)["about"])
        for edition in _editions()
    )
    return words.say("cli.demo.account", folder=output, editions=editions, **made)


def _place(folder: Path, name: str) -> str:
    return str(folder / words.say(f"cli.demo.{name}"))


def _editions() -> list[str]:
    return sorted(path.parent.name for path in resources.data("samples").glob(f"*/{_FACTS}"))


def _facts(edition: str) -> Mapping[str, str]:
    with resources.data("samples", edition, _FACTS).open("rb") as file:
        return tomllib.load(file)
