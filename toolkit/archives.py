"""Zips of attachments: which files one stands for, and the bytes of each.

A zip stands for the files in it as a folder does. Nothing is ever unpacked to a disk: what a zip
calls its members is only shown. An office document is a zip too, and stays a file.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from toolkit import filenames, words, zips
from toolkit.findings import Finding, Refused, finding
from toolkit.reading.room import RETURN

MEMBERS = 10_000
"""Files and folders in a zip, with those in the zips inside it."""
DEPTH = 2
"""How deep: a zip on the disk, and one inside that."""
INNER_BYTES = 32 * 2**20
"""One zip inside another; it is held in memory while its members are read."""
INNER_TOTAL = 4 * INNER_BYTES
RATIO = 100
"""How much larger than the zip its members may be together. Office documents are packed already,
text shrinks to a twentieth at most."""
UNASKED = 64 * 2**20
"""What may come out of any zip, however small."""
NAME = 240
"""Characters shown of a member's name."""

_CALLED = ".zip"
# What tells a document from a zip of documents: the part that each must have by its standard
# (ECMA-376 part 2 §7.2.3, OpenDocument 1.3 part 2 §3.3, GB/T 33190), or its main part.
_DOCUMENTS = frozenset(
    {
        "[content_types].xml",
        "mimetype",
        "ofd.xml",
        "xl/workbook.xml",
        "xl/workbook.bin",
        "word/document.xml",
        "ppt/presentation.xml",
        "index/document.iwa",
    }
)

Way = tuple[zips.Entry, ...]
"""The zips passed on the way to a member, the outermost first, and itself; () for no member."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip, or a zip that cannot be walked."""

    name: str
    """How outputs call it, below the zip on the disk; "" for that zip itself."""
    way: Way
    refusal: Finding | None = None
    """Why it is not to be read."""
    junk: str = ""
    """Why it is no return by its nature, as in ``folder.skipped.…``."""


def members(path: Path) -> Sequence[Member] | None:
    """Return what a file stands for; None for one that is no zip of attachments.

    Only lists are read, and the zips inside the zip.

    Args:
        path: a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(zips.STARTS[0])) not in zips.STARTS:
            return None
        size = file.seek(0, io.SEEK_END)
        walk = _Walk(bytes_left=max(UNASKED, size * RATIO))
        try:
            entries = zips.listing(file, MEMBERS)
        except zips.Broken as broken:
            # It may as well be a broken workbook, for which its reader has better words.
            called = path.suffix.lower() == _CALLED
            return [Member("", (), _unlisted(broken))] if called else None
        return None if _is_document(entries) else walk.into(file, entries, ())


def content(path: Path, way: Way) -> bytes:
    """Return the bytes of a member.

    Args:
        path: the zip on the disk.
        way: how to come to the member.

    Raises:
        Refused: R3 it is damaged.
        OSError: the zip cannot be read.
    """
    *above, member = way
    try:
        if above:
            return zips.inflate(io.BytesIO(_inner(path, tuple(above))), member)
        with path.open("rb") as file:
            return zips.inflate(file, member)
    except zips.Broken as broken:
        raise Refused("R3", reason=words.say("reading.reason.damaged")) from broken


@lru_cache(maxsize=1)
def _inner(path: Path, way: Way) -> bytes:
    """Return a zip inside another, kept for its next member.

    The way to it carries its checksum, so that what is kept cannot be an older one.
    """
    return content(path, way)


# ---------------------------------------------------------------- one zip and those inside it


@dataclass(slots=True)
class _Walk:
    """What may still be found under one zip on the disk."""

    bytes_left: int
    inner_left: int = INNER_TOTAL
    members_left: int = MEMBERS

    def into(self, file: BinaryIO, entries: Sequence[zips.Entry], way: Way) -> list[Member]:
        """Return what a zip stands for.

        Args:
            file: the zip.
            entries: what it lists.
            way: how to come to it; () for one on the disk.
        """
        files = [entry for entry in entries if not _is_folder(entry)]
        declared = sum(entry.size for entry in files if not _refusal(entry))
        if declared > self.bytes_left:
            return [Member("", way, _limit("ratio"))]
        self.bytes_left -= declared
        self.members_left -= len(entries)
        found: list[Member] = []
        for name, entry in zip(_shown(files), files, strict=True):
            here = (*way, entry)
            if junk := filenames.junk(name.split("/")):
                found.append(Member(name, here, junk=junk))
            elif refusal := _refusal(entry):
                found.append(Member(name, here, refusal))
            elif _is_called_zip(entry):
                found += [_below(name, one) for one in self._inside(file, here)]
            else:
                found.append(Member(name, here))
        if all(one.junk for one in found):
            found.append(Member("", way, finding("R61")))
        return found

    def _inside(self, file: BinaryIO, way: Way) -> list[Member]:
        """Return what a member stands for that is called a zip."""
        entry = way[-1]
        if len(way) == DEPTH:
            return [Member("", way, _limit("deep"))]
        if entry.size > self.inner_left:
            return [Member("", way, _limit("inner"))]
        self.inner_left -= entry.size
        try:
            data = zips.inflate(file, entry)
            inner = io.BytesIO(data)
            entries = zips.listing(inner, self.members_left) if data.startswith(zips.STARTS) else ()
        except zips.Broken as broken:
            return [Member("", way, _unlisted(broken))]
        if not data.startswith(zips.STARTS) or _is_document(entries):
            return [Member("", way, _too_large(entry))]
        return self.into(inner, entries, way)


def _below(name: str, member: Member) -> Member:
    return replace(member, name=f"{name}/{member.name}" if member.name else name)


def _is_document(entries: Sequence[zips.Entry]) -> bool:
    names = (entry.name.replace("\\", "/").lstrip("/").lower() for entry in entries)
    return not _DOCUMENTS.isdisjoint(names)


def _is_folder(entry: zips.Entry) -> bool:
    return entry.name.endswith(("/", "\\")) and not entry.size


def _is_called_zip(entry: zips.Entry) -> bool:
    return entry.name.lower().endswith(_CALLED)


# ---------------------------------------------------------------- what is not read, and why


def _refusal(entry: zips.Entry) -> Finding | None:
    """Return why a member is not to be read, as far as the list of its zip tells."""
    if entry.encrypted:
        return finding("R62")
    if entry.method not in zips.METHODS:
        return _limit("method")
    if not _is_called_zip(entry):
        return _too_large(entry)
    return _limit("inner") if max(entry.size, entry.packed) > INNER_BYTES else None


def _too_large(entry: zips.Entry) -> Finding | None:
    """Return the refusal of a member that would be too large as a file, too."""
    if max(entry.size, entry.packed) <= RETURN.file_bytes:
        return None
    return finding("R4", reason=words.say("reading.reason.file"))


def _limit(reason: str) -> Finding:
    return finding("R63", reason=words.say(f"archive.reason.{reason}"))


def _unlisted(broken: zips.Broken) -> Finding:
    """Return the finding about a zip that cannot be listed."""
    code = "R60" if broken.reason in ("damaged", "volumes") else "R63"
    return finding(code, reason=words.say(f"archive.reason.{broken.reason}"))


# ---------------------------------------------------------------- names


def _shown(entries: Sequence[zips.Entry]) -> Iterator[str]:
    """Yield how members are called; those of one name are numbered, since each is read."""
    return filenames.numbered(_name(entry.name) for entry in entries)


def _name(name: str) -> str:
    """Return a member's name without what a path would read something into.

    Other outputs may be named after it: nothing in it leads out of a folder.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    harmless = "/".join(part if part.strip(" .") else f"({part})" for part in parts)
    shown = filenames.shown(harmless) or words.say("archive.nameless")
    return shown if len(shown) <= NAME else f"{shown[: NAME // 2]}…{shown[-NAME // 2 :]}"
