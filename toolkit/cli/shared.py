"""What the commands share: how one is declared, files taken in, progress and results shown."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from toolkit import words
from toolkit.console import Command

if TYPE_CHECKING:
    from toolkit.folder import Place, Skipped
    from toolkit.ledger import Ledger
    from toolkit.previous import Previous
    from toolkit.reading.summaries import Table
    from toolkit.submissions import Submission

Item = TypeVar("Item")
PARALLEL_FROM = 60
"""Files from which starting worker processes pays."""


def command(*names: str) -> Callable[[Callable[..., int]], click.Command]:
    """Return a decorator that makes a subcommand with its help from the catalogue.

    Args:
        names: its name, before it those of the groups it belongs to.
    """
    return click.command(names[-1], cls=Command, help=words.say(f"cli.{'.'.join(names)}.help"))


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


def document(path: Path) -> bytes:
    """Return the bytes of a named document, one of an older program saved as .docx.

    Where LibreOffice is not there or cannot open it, they are returned as they are.
    """
    from toolkit import office
    from toolkit.reading import narratives

    data = load(path)
    return (office.as_docx(data) or data) if narratives.convertible(data) else data


def table_in(path: Path) -> "Table":
    """Return the figures in a named file, or stop with the reason."""
    from toolkit.reading.summaries import read_table

    with naming(path):
        return read_table(load(path))


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


@dataclass(frozen=True)
class Taken:
    """What was found in files."""

    sent: "list[Submission]"
    skipped: "list[Skipped]"
    """Those that turned out to be none of the returns."""
    arrivals: dict[str, datetime]
    """When files came, by path."""


def taken_in(
    places: "Sequence[Place]", ledger: "Ledger | None" = None, *, folder: str = ""
) -> Taken:
    """Return files read and checked.

    Args:
        places: where they are.
        ledger: what is known of them from earlier runs.
        folder: as for ``collection.collect``.
    """
    from toolkit import collection
    from toolkit.folder import Skipped

    reading = collection.collect(places, ledger, _workers(len(places)), folder=folder)
    found = list(_progress(reading, len(places)))
    return Taken(
        [one.outcome for one in found if not isinstance(one.outcome, Skipped)],
        [one.outcome for one in found if isinstance(one.outcome, Skipped)],
        collection.arrivals(found),
    )


def figures_of_last_year(path: Path, ledger: "Ledger | None" = None) -> "Previous":
    """Return last year's figures, of a folder or zip of returns or of any one table.

    Args:
        path: where they are.
        ledger: of this year's collection; it knows them from earlier runs.
    """
    from toolkit import folder, previous
    from toolkit.reading import summaries

    places, _ = folder.find([path])
    if holds_files(path, places):
        return previous.of_returns(taken_in(places, ledger, folder=str(path.resolve())).sent)
    with naming(path):
        return previous.of_tables(path.name, summaries.read_units(load(path)))


def _workers(count: int) -> Callable[[], Executor] | None:
    """Return what starts worker processes, where there are files enough to pay for them."""
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    from toolkit import intake

    processes = os.cpu_count() or 1
    if count < PARALLEL_FROM or processes == 1:
        return None
    return partial(ProcessPoolExecutor, initializer=intake.undisturbed)


def _progress(items: Iterator[Item], length: int) -> Iterator[Item]:
    """Pass items on, showing how far they are where somebody is watching."""
    if not sys.stderr.isatty():
        yield from items
        return
    label = words.say("cli.merge.progress")
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as shown:
        yield from shown


def written(path: Path, *, new: bool = True) -> None:
    """Say which file was written, or that nothing about it is new."""
    click.echo(words.say("cli.written.file" if new else "cli.written.same", path=path), err=True)
