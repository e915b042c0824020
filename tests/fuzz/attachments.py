"""A zip of attachments for every number: returns and mutants of them, zips in zips, and lies.

Chance is seeded with the number alone, so that the number is the zip.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.fuzz import bytewise, containers, odd
from tests.fuzz.mutants import Mutant, mutant
from tests.zipped import ENCRYPTED, STORED, File, unicode_path, zipped
from toolkit.archives import DEPTH

_PLAIN = ("教育局", "附件/民政局", "县直\\公安局", "a", "报送/2023/统计表", "重名")
SOUND, LYING, SPOILT = "sound", "lying", "spoilt"

_WAYS = {SOUND: 40, LYING: 35, SPOILT: 25}
_MUTANTS = 200
"""How many mutants there are to choose from."""
_END = 22
"""Bytes of the end of a zip without a comment."""


def attachments(number: int) -> Mutant:
    """Return the zip of a number."""
    dice = Random(f"zip {number}")
    how = dice.choices([*_WAYS], [*_WAYS.values()])[0]
    files = _files(dice, DEPTH)
    data = containers.lying(dice, files) if how == LYING else zipped(*files)
    if how == SPOILT:
        data = _spoilt(dice, data)
    suffix = dice.choice((".zip", ".zip", ".ZIP", ".xlsx", ".rar", ""))
    return Mutant(f"{number:07}{suffix}", data, how, len(_inside(files)) if how == SOUND else 0)


# ---------------------------------------------------------------- what is in it


@dataclass(frozen=True)
class _Inner(File):
    """A zip in a zip, with what is in it."""

    files: tuple[File, ...] = ()


def _inside(files: Sequence[File]) -> list[File]:
    """Return the files in zip, those in the zips inside it too; folders are none."""
    found: list[File] = []
    for file in files:
        if isinstance(file, _Inner) and file.files:
            found += _inside(file.files)
        elif file.data or not _raw(file).endswith((b"/", b"\\")):
            found.append(file)
    return found


def _raw(file: File) -> bytes:
    return file.name.encode() if isinstance(file.name, str) else file.name


def _files(dice: Random, depth: int) -> list[File]:
    return [_file(dice, depth) for _ in range(dice.choice((0, 1, 2, 3, 5, 12)))]


def _file(dice: Random, depth: int) -> File:
    if dice.random() < 0.15:
        return _inner(dice, depth)
    name = _name(dice, dice.choice((".xlsx", ".xls", ".txt", ".json", ".pdf", "")))
    data = dice.choice(
        (
            b"",
            b"%PDF-1.7",
            dice.randbytes(40),
            *[mutant(dice.randrange(_MUTANTS)).data] * 5,
        )
    )
    file = File(name, data)
    match dice.randrange(12):
        case 0:
            return replace(file, method=STORED)
        case 1:
            return replace(file, flags=ENCRYPTED)
        case 2:
            raw, given = _raw(file), odd.text(dice).encode()[:90]
            # With nothing in it, a name like "/" would make it a folder.
            data = file.data or b"1"
            return replace(file, name=raw, data=data, extra=unicode_path(raw, given))
    return file


def _inner(dice: Random, depth: int) -> File:
    """Return a zip in the zip; one that lies too deep counts as a file."""
    files = _files(dice, depth - 1) if depth else []
    data = zipped(*files)
    if dice.random() < 0.2:
        return File(_name(dice, ".zip"), bytewise.mutated(dice, data))
    name = f"{dice.choice(_PLAIN)}.zip"  # one that is called otherwise is a file
    known = tuple(files) if depth > 1 else ()
    return _Inner(dice.choice((name, name.encode("gb18030"))), data, files=known)


def _name(dice: Random, suffix: str) -> str | bytes:
    """Return the name of a member: as people call files, as attackers do, or anything."""
    plain = dice.choice(_PLAIN)
    match dice.randrange(10):
        case 0:
            stem = dice.choice(("../../a", "/etc/passwd", "C:\\a", "..", ".", "//a//", "con", " "))
            return stem + suffix
        case 1:
            return dice.choice(("~$a", "__MACOSX/._a", ".DS_Store", ".~lock.a#", "Thumbs.db"))
        case 2:
            return (odd.text(dice) + suffix)[: dice.choice((5, 300, 5_000))]
        case 3:
            return dice.randbytes(dice.choice((0, 1, 5, 60))) + suffix.encode()
        case 4 | 5 | 6:
            return (plain + suffix).encode("gb18030")
    return plain + suffix


# ---------------------------------------------------------------- its bytes


def _spoilt(dice: Random, data: bytes) -> bytes:
    """Spoil the bytes of a zip, mostly those of its list."""
    start = struct.unpack_from("<L", data, len(data) - 6)[0]
    for _ in range(dice.choice((1, 1, 2, 4))):
        match dice.randrange(4):
            case 0:
                data = bytewise.mutated(dice, data)
            case 1:
                data = data[:start] + bytewise.mutated(dice, data[start:])
            case 2:
                place = max(0, len(data) - _END + dice.randrange(0, _END, 2))
                size = dice.choice((2, 4))
                data = data[:place] + odd.field(dice, size) + data[place + size :]
            case _:
                place = start + dice.randrange(0, max(1, len(data) - start), 2)
                size = dice.choice((1, 2, 4))
                data = data[:place] + odd.field(dice, size) + data[place + size :]
    return data
