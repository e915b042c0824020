"""Where a merge is to write: what can be refused before anything is read or written."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words

if TYPE_CHECKING:
    from toolkit.folder import Place


def no_folders(paths: Sequence[Path]) -> None:
    """Refuse to write a file where a folder is."""
    from toolkit.files import Unwritable

    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a name is too long
            reason = words.say("files.reason.IsADirectoryError")
            raise Unwritable(words.say("files.unwritable", path=path, reason=reason))


def different(paths: Sequence[Path]) -> None:
    """Refuse a run that would write two files into one, or into one that it reads."""
    known: set[str] = set()
    for path in paths:
        whole = os.path.normcase(path.resolve())
        if whole in known:
            raise click.UsageError(words.say("cli.wrong.same_file", path=path))
        known.add(whole)


def there(paths: Sequence[Path]) -> Sequence[Path]:
    """Return those of the paths where something lies."""
    return [path for path in paths if os.path.lexists(path)]  # Path.exists: as above


def not_received(
    paths: Sequence[Path], places: Sequence["Place"], ours: Collection[Path] = frozenset()
) -> None:
    """Refuse to write over a file that somebody sent, whatever else is said on the command line.

    Args:
        paths: where is to be written.
        places: the files that were found, of this year and of last year.
        ours: those of them that are outputs as we wrote them.
    """
    received = {os.path.normcase(place.path.resolve()) for place in places}
    received -= {os.path.normcase(path) for path in ours}
    for path in paths:
        if os.path.normcase(path.resolve()) in received:
            raise click.UsageError(words.say("outputs.received", path=path))
