"""What lies under the paths on a command line: files to read, and files that are none of ours."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import archives, filenames, files, words
from toolkit.findings import Finding


class Unusable(Exception):
    """A path named on the command line cannot be read; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read."""

    path: Path
    """As it was given; below a folder that was given, in full. Of a file in a zip, the zip."""
    name: str
    """How outputs call it: relative to the folder given, with forward slashes."""
    inside: archives.Way = ()
    """How to come to a file in a zip."""
    refusal: Finding | None = None
    """Why it is not to be read, where that is known already."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no return by its nature and is not counted."""

    name: str
    reason: str
    digest: str = ""
    """SHA-256 of a file that was read to find that out."""


def find(paths: Sequence[Path]) -> tuple[tuple[Place, ...], tuple[Skipped, ...]]:
    """Return the files to read under the paths given, and those skipped, both by name.

    Args:
        paths: files and folders; a folder stands for all files in it, however deep, and so does
            a zip of attachments.

    Raises:
        Unusable: one of the paths does not exist or cannot be opened.
    """
    roots = {_root(path): path for path in paths}
    base = _common_folder(list(roots))
    places: list[Place] = []
    skipped: list[Skipped] = []
    for path in dict.fromkeys(path for root in roots for path in _walk(root)):
        name = _name(path, base)
        if reason := _skip(path):
            skipped.append(_skipped(name, reason))
            continue
        for one in _standing_for(path):
            called = f"{name}/{one.name}" if one.name else name
            if one.junk:
                skipped.append(_skipped(called, one.junk))
            else:
                places.append(Place(roots.get(path, path), called, one.way, one.refusal))
    places.sort(key=lambda place: (place.name, place.path))
    skipped.sort(key=lambda skip: skip.name)
    # Names that differ on the disk may be shown alike; what is kept of files is kept by name.
    names = filenames.numbered(place.name for place in places)
    told = (replace(place, name=name) for place, name in zip(places, names, strict=True))
    return tuple(told), tuple(skipped)


def _root(path: Path) -> Path:
    """Return a path given by the user in full; a link to a file keeps the name of the link."""
    try:
        if path.is_dir():
            os.scandir(path).close()
            return path.resolve()
        if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
            reason = words.say("folder.skipped.special")
            raise Unusable(words.say("folder.unusable", path=path, reason=reason))
        path.open("rb").close()
    except OSError as error:
        reason = files.reason(error)
        raise Unusable(words.say("folder.unusable", path=path, reason=reason)) from error
    return path.parent.resolve() / path.name


def _common_folder(roots: Sequence[Path]) -> Path | None:
    try:
        return Path(os.path.commonpath([root if root.is_dir() else root.parent for root in roots]))
    except ValueError:  # nothing given, or several drives of Windows
        return None


def _walk(root: Path) -> Iterator[Path]:
    """Yield every file under a path, and every folder that is not gone into."""
    if not root.is_dir():
        yield root
        return
    closed: list[Path] = []
    for folder, inner, names in os.walk(root, onerror=lambda error: _note(closed, error)):
        links = [name for name in inner if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in [*names, *links])
    yield from closed


def _note(closed: list[Path], error: OSError) -> None:
    """Keep a folder that cannot be listed; reading it as a file will say why."""
    closed.append(Path(error.filename))


def _standing_for(path: Path) -> Sequence[archives.Member]:
    """Return the files in a zip of attachments; of any other file, itself."""
    itself = (archives.Member("", ()),)
    try:
        found = archives.members(path)
    except OSError:  # reading it will say why
        return itself
    return itself if found is None else found


def _name(path: Path, base: Path | None) -> str:
    """Return how a path is called in outputs; names that are no UTF-8 could be written nowhere."""
    relative = path.relative_to(base) if base else path
    return filenames.shown(os.fsencode(relative.as_posix()).decode("utf-8", "backslashreplace"))


def _skip(path: Path) -> str:
    """Return why a path is not to be read, by name; "" for one that is."""
    if path.is_symlink() and path.is_dir():
        return "link"
    if path.exists() and not path.is_file() and not path.is_dir():
        return "special"  # a pipe would keep us waiting for ever
    return filenames.junk(path.parts)


def _skipped(name: str, reason: str) -> Skipped:
    return Skipped(name, words.say(f"folder.skipped.{reason}"))
