"""What the commands share: how one is declared, files taken in, progress and results shown."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from toolkit import words
from toolkit.console import Command

if TYPE_CHECKING:
    from toolkit.folder import Place, Skipped
    from toolkit.submissions import Submission

Item = TypeVar("Item")
PARALLEL_FROM = 60
"""Files from which starting worker processes pays."""


def command(name: str) -> Callable[[Callable[..., int]], click.Command]:
    """Return a decorator that makes a subcommand with its help from the catalogue."""
    return click.command(name, cls=Command, help=words.say(f"cli.{name}.help"))


def load(path: Path) -> bytes:
    """Return a named file's bytes, or stop with the reason."""
    from toolkit import files, folder, intake
    from toolkit.findings import Refused

    folder.find([path])  # refuses what is not there, or would keep us waiting
    try:
        data, _ = intake.load(folder.Place(path, path.name))
    except OSError as error:
        raise Refused("R1", reason=files.reason(error)) from error
    return data


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let a refusal say which file it is about, where the command line names several."""
    from toolkit.findings import Refused
    from toolkit.folder import Unusable

    try:
        yield
    except Refused as refused:
        raise Unusable(words.say("cli.wrong.file", path=path, reason=refused)) from refused


def holds_files(path: Path, places: "Sequence[Place]") -> bool:
    """Tell whether a named path stands for the files in it: a folder, or a zip of attachments.

    Args:
        path: as it was named.
        places: what was found under it.

    Raises:
        Unusable: it is a zip that cannot be walked.
    """
    from toolkit.folder import Unusable

    if path.is_dir():
        return True
    for place in places:
        if place.refusal and not place.inside:
            reason = place.refusal.message
            raise Unusable(words.say("cli.wrong.file", path=path, reason=reason))
    return any(place.inside for place in places)


def taken_in(places: "Sequence[Place]") -> "tuple[list[Submission], list[Skipped]]":
    """Return the files read and checked, and those that turned out to be none of ours."""
    from toolkit import intake
    from toolkit.folder import Skipped

    outcomes = list(_progress(intake.read(places, _workers(len(places))), len(places)))
    sent = [one for one in outcomes if not isinstance(one, Skipped)]
    return sent, [one for one in outcomes if isinstance(one, Skipped)]


def _workers(count: int) -> Callable[[], Executor] | None:
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


def written(path: Path) -> None:
    """Say which file was written."""
    click.echo(words.say("cli.written.file", path=path), err=True)
