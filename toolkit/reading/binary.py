"""The records of the binary parts of an .xlsb package and the values in them ([MS-XLSB] §2.1.4)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.reading import guard
from toolkit.reading.room import Room


class Record(NamedTuple):
    """A record."""

    kind: int
    data: bytes


class Reader:
    """Reads parts; it counts the records, so that no sum of parts floods."""

    def __init__(self, room: Room) -> None:
        """Begin to count."""
        self._left = room.records

    def records(self, content: bytes) -> Iterator[Record]:
        """Yield the records of a part; kind and length take seven bits of each byte.

        Raises:
            Refused: R3 a record is cut off, R4 there are too many.
        """
        place = 0
        while place < len(content):
            if self._left == 0:
                raise guard.unsafe("cells")
            self._left -= 1
            kind, place = _kind(content, place)
            length, place = _length(content, place)
            data = content[place : place + length]
            place += length
            if len(data) < length:
                raise guard.damaged()
            yield Record(kind, data)


def _kind(content: bytes, place: int) -> tuple[int, int]:
    first = content[place]
    if first < 0x80:
        return first, place + 1
    if place + 1 >= len(content):
        raise guard.damaged()
    return first & 0x7F | (content[place + 1] & 0x7F) << 7, place + 2


def _length(content: bytes, place: int) -> tuple[int, int]:
    length = 0
    for shift in range(0, 28, 7):
        if place >= len(content):
            raise guard.damaged()
        byte = content[place]
        place += 1
        length |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
    return length, place


class Values:
    """A place in a record, from which values are taken one after the other."""

    def __init__(self, data: bytes, place: int = 0) -> None:
        """Begin at a place."""
        self._data = data
        self._place = place

    def number(self, kind: str) -> int:
        """Return the next integer; kinds are those of the struct module."""
        (found,) = struct.unpack_from(f"<{kind}", self._data, self._place)
        self._place += struct.calcsize(f"<{kind}")
        return int(found)

    def text(self) -> str:
        """Return the next string (§2.5.169); one that is null is empty.

        Raises:
            struct.error: the record is shorter.
        """
        count = self.number("I")
        if count == 0xFFFFFFFF:
            return ""
        raw = self._data[self._place : self._place + 2 * count]
        if len(raw) < 2 * count:
            raise struct.error
        self._place += 2 * count
        return raw.decode("utf-16-le", "replace")
