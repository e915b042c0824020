"""Mutations of the records of .xls and .xlsb, most of which leave every record whole."""

import io
import struct
from collections.abc import Callable, Iterator
from random import Random

from tests.fuzz import bytewise, odd
from tests.reading import binary_by_hand as binary

Record = tuple[int, bytes]

_SHEET = 0x0809, b"\x10\0"
"""How a sheet begins: the kind of the record, and what stands in it."""


def xls(dice: Random, stream: bytes) -> bytes:
    """Mutate a workbook stream; where sheets begin is put right, unless records lie."""
    found = _mutated(dice, [*_biff(stream)])
    written = [binary.record(kind, data[:0xFFFF]) for kind, data in found]
    starts = [n for n, (kind, data) in enumerate(found) if (kind, data[2:4]) == _SHEET]
    named = [n for n, (kind, data) in enumerate(found) if kind == 0x85 and len(data) > 4]
    if dice.random() < 0.95:
        for name, start in zip(named, starts, strict=False):
            place = struct.pack("<I", sum(map(len, written[:start])))
            written[name] = written[name][:4] + place + written[name][8:]
    if written and dice.random() < 0.05:  # a length that is not so
        liar = dice.randrange(len(written))
        written[liar] = written[liar][:2] + odd.field(dice, 2) + written[liar][4:]
    return b"".join(written)


def xlsb(dice: Random, part: bytes) -> bytes:
    """Mutate a binary part."""
    data = binary.binary(_mutated(dice, [*_parted(part)]))
    return bytewise.overwritten(dice, data) if dice.random() < 0.05 else data


def _biff(stream: bytes) -> Iterator[Record]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _parted(part: bytes) -> Iterator[Record]:
    """Yield the records of a part; where one is cut off, that was the last one."""
    stream = io.BytesIO(part)
    while first := stream.read(1):
        kind = first[0]
        if kind >= 0x80:
            kind = kind & 0x7F | int.from_bytes(stream.read(1)) << 7
        length = 0
        for shift in range(0, 28, 7):
            byte = int.from_bytes(stream.read(1))
            length |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        yield kind, stream.read(length)


def _mutated(dice: Random, records: list[Record]) -> list[Record]:
    for _ in range(dice.choice((1, 1, 2, 3, 6, 20)) if records else 0):
        dice.choices(_MUTATIONS, _WEIGHTS)[0](dice, records)
    return records


def _at(dice: Random, records: list[Record]) -> int:
    return dice.randrange(len(records))


def _field(dice: Random, records: list[Record]) -> None:
    """Put an odd integer into a field."""
    place = _at(dice, records)
    kind, data = records[place]
    size = dice.choice((1, 2, 2, 4))
    start = dice.randrange(0, len(data) + 1, 2)
    if start < len(data):
        records[place] = kind, data[:start] + odd.field(dice, size) + data[start + size :]


def _other_kind(dice: Random, records: list[Record]) -> None:
    place, other = _at(dice, records), _at(dice, records)
    records[place] = records[other][0], records[place][1]


def _other_data(dice: Random, records: list[Record]) -> None:
    place, other = _at(dice, records), _at(dice, records)
    records[place] = records[place][0], records[other][1]


def _dropped(dice: Random, records: list[Record]) -> None:
    if len(records) > 1:
        del records[_at(dice, records)]


def _twice(dice: Random, records: list[Record]) -> None:
    place = _at(dice, records)
    times = min(dice.choice((1, 1, 5, 100, 3_000)), 1 + 200_000 // (1 + len(records[place][1])))
    records[place:place] = [records[place]] * times


def _exchanged(dice: Random, records: list[Record]) -> None:
    one, other = _at(dice, records), _at(dice, records)
    records[one], records[other] = records[other], records[one]


def _bytes(dice: Random, records: list[Record]) -> None:
    place = _at(dice, records)
    records[place] = records[place][0], bytewise.mutated(dice, records[place][1])


def _split(dice: Random, records: list[Record]) -> None:
    """Let a record go on in another one."""
    place = _at(dice, records)
    kind, data = records[place]
    middle = dice.randrange(len(data) + 1)
    records[place : place + 1] = [(kind, data[:middle]), (0x3C, data[middle:])]


_MUTATIONS: tuple[Callable[[Random, list[Record]], None], ...] = (
    *(_field, _other_kind, _other_data, _dropped, _twice, _exchanged, _bytes, _split),
)
_WEIGHTS = (10, 1, 3, 3, 2, 3, 4, 1)
