"""Mutations of zip packages and compound files: their parts, and what is said of the parts."""

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.fuzz import bytewise, odd, records, tags
from tests.fuzz.formats import Parts
from tests.reading import binary_by_hand as binary
from tests.zipped import DEFLATED, STORED, File, zipped

_SECTOR = 512
_CHOSEN = (
    ("sheet", 8),
    ("content.xml", 12),
    ("document.xml", 12),
    ("sharedstrings", 5),
    ("xl/workbook", 3),
    ("styles", 2),
    (".rels", 2),
    ("docprops", 2),
    ("meta.xml", 2),
)
"""What is in the name of a part, and how often it is chosen; every other one once."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a package as it should be."""
    return zipped(*_files(parts))


def _files(parts: Mapping[str, bytes]) -> list[File]:
    return [
        File(name, data, method=STORED if name == "mimetype" else DEFLATED)
        for name, data in parts.items()
    ]


# ---------------------------------------------------------------- within the parts


def within(dice: Random, parts: Mapping[str, bytes]) -> Parts:
    """Mutate what stands in one part or a few, by its own grammar."""
    found = dict(parts)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        name = _chosen(dice, found)
        found[name] = _mutated(dice, name, found[name])
    return found


def _chosen(dice: Random, parts: Mapping[str, bytes]) -> str:
    names = [*parts]
    weights = [
        next((weight for known, weight in _CHOSEN if known in name.lower()), 1) for name in names
    ]
    return dice.choices(names, weights)[0]


def _mutated(dice: Random, name: str, data: bytes) -> bytes:
    if name.endswith((".xml", ".rels")):
        return tags.mutated(dice, data)
    if name.startswith("xl/") and name.endswith(".bin") and "vba" not in name:
        return records.xlsb(dice, data)
    return bytewise.mutated(dice, data)


# ---------------------------------------------------------------- which parts there are


def among(dice: Random, parts: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[File]:
    """Mutate which parts a package has, and how they are called.

    Args:
        dice: chance.
        parts: those of the package.
        other: those of another package, some of which may get into this one.
    """
    files = _files(parts)
    for _ in range(dice.choice((1, 1, 2, 4))):
        dice.choice(_AMONG)(dice, files, other)
    return files


Others = Mapping[str, bytes]


def _dropped(dice: Random, files: list[File], _: Others) -> None:
    if len(files) > 1:
        del files[dice.randrange(len(files))]


def _twice(dice: Random, files: list[File], _: Others) -> None:
    files.append(dice.choice(files))


def _called(dice: Random, files: list[File], _: Others) -> None:
    place = dice.randrange(len(files))
    name = files[place].name
    spelt = name.decode() if isinstance(name, bytes) else name
    names = (
        *(spelt.upper(), spelt.replace("/", "\\"), f"/{spelt}", f"../{spelt}", f"a/../{spelt}"),
        *(f"./{spelt}", spelt.rpartition("/")[2], f"{spelt}/", "", spelt + "\0", "很" * 300),
        *("C:\\a", "xl/vbaProject.bin", "word/document.xml", "mimetype", "EncryptedPackage"),
    )
    files[place] = replace(files[place], name=dice.choice(names))


def _exchanged(dice: Random, files: list[File], _: Others) -> None:
    one, other = dice.randrange(len(files)), dice.randrange(len(files))
    data = files[one].data
    files[one] = replace(files[one], data=files[other].data)
    files[other] = replace(files[other], data=data)


def _cut(dice: Random, files: list[File], _: Others) -> None:
    place = dice.randrange(len(files))
    data = files[place].data
    files[place] = replace(files[place], data=data[: dice.randrange(len(data) + 1)])


def _of_another(dice: Random, files: list[File], other: Others) -> None:
    """Take a part of another package in, in the place of its own one if there is one."""
    name = dice.choice([*other])
    files[:] = [one for one in files if one.name != name]
    files.append(File(name, other[name]))


def _stored(dice: Random, files: list[File], _: Others) -> None:
    place = dice.randrange(len(files))
    files[place] = replace(files[place], method=STORED)


_AMONG: tuple[Callable[[Random, list[File], Others], None], ...] = (
    *(_dropped, _twice, _called, _exchanged, _cut, _of_another, _of_another, _stored),
)


# ---------------------------------------------------------------- what a zip says of them


def lying(dice: Random, files: list[File]) -> bytes:
    """Let the list of a zip, or its end, say what is not so."""
    said = [*files]
    for _ in range(dice.choice((1, 1, 2)) if said else 0):
        place = dice.randrange(len(said))
        said[place] = _lie(dice, said[place])
    comment = dice.choice((b"", b"", b"a" * 70, b"PK\5\6" + bytes(18)))
    behind = dice.choice((b"", b"", b"a", b"\0" * 70_000))
    count = dice.choice((None, None, None, 0, len(said) + 1, 65_535))
    disk = dice.choice((0, 0, 0, 0, 1, 65_535))
    return zipped(*said, comment=comment, behind=behind, count=count, disk=disk)


def _lie(dice: Random, file: File) -> File:
    length = len(file.data)
    size = dice.choice((0, 1, length - 1, length + 1, 2**31, 2**32 - 1)) % 2**32
    number = struct.pack("<Q", dice.choice((0, 1, 2**31, 2**63, 2**64 - 1)))
    extra = struct.pack("<HH", 1, dice.choice((8, 16, 24, 60_000))) + number * dice.choice((1, 3))
    return dice.choice(
        (
            replace(file, size=size),
            replace(file, packed=size),
            replace(file, size=2**32 - 1, extra=extra),
            replace(file, checksum=zlib.crc32(file.data) ^ 1),
            replace(file, method=dice.choice((0, 8, 9, 12, 14, 95, 99, 65_535))),
            replace(file, flags=1 << dice.randrange(16)),
            replace(file, offset=dice.choice((0, 1, 30, 1_000, 2**31, 2**32 - 1))),
            replace(file, local_name=dice.choice((b"", b"a", b"\xff" * 300))),
        )
    )


# ---------------------------------------------------------------- compound files


def streams(dice: Random, parts: Mapping[str, bytes]) -> Parts:
    """Mutate what stands in the streams of an .xls."""
    found = dict(parts)
    for _ in range(dice.choice((1, 1, 2))):
        name = "Workbook" if dice.random() < 0.9 else dice.choice([*found])
        found[name] = _stream(dice, name, found[name])
    return found


def _stream(dice: Random, name: str, data: bytes) -> bytes:
    return records.xls(dice, data) if name == "Workbook" else bytewise.mutated(dice, data)


def sectors(dice: Random, parts: Mapping[str, bytes]) -> bytes:
    """Mutate header, allocation table and directory of a compound file."""
    names = [*parts]
    if dice.random() < 0.2:
        names[dice.randrange(len(names))] = dice.choice(_STREAMS)
    data = bytearray(binary.compound(dict(zip(names, parts.values(), strict=True))))
    table = _SECTOR * (1 + struct.unpack_from("<I", data, 76)[0])
    directory = _SECTOR * (1 + struct.unpack_from("<I", data, 48)[0])
    where = ((24, 488), (24, 60), (table, len(data) - table), (directory, 512))
    for _ in range(dice.choice((1, 1, 2, 5))):
        start, length = dice.choice(where)
        place, size = start + dice.randrange(0, length, 2), dice.choice((1, 2, 4, 4))
        near = dice.randrange(len(data) // _SECTOR).to_bytes(4, "little")[:size]
        data[place : place + size] = dice.choice((odd.field(dice, size), near))
    return bytes(data)


_STREAMS = ("WORKBOOK", "Book", "EncryptedPackage", "_VBA_PROJECT_CUR", "", "a" * 31)
"""What streams may be called instead."""
