"""The records of an .xls workbook stream and the strings in them ([MS-XLS] §2.1.4, §2.5)."""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.reading import guard
from toolkit.reading.room import Room

_CONTINUE = 0x3C
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


class Record(NamedTuple):
    """A record; one longer than 8 224 bytes goes on in further pieces."""

    kind: int
    pieces: Sequence[bytes]

    @property
    def data(self) -> bytes:
        """Return the first piece."""
        return self.pieces[0]


class Stream:
    """A workbook stream; it counts the records read, so that no sum of sheets floods."""

    def __init__(self, data: bytes, room: Room) -> None:
        """Keep the bytes of the stream."""
        self._data = data
        self._left = room.records

    def records(self, place: int) -> Iterator[Record]:
        """Yield the records from a place on, with what continues them.

        Raises:
            Refused: R3 a record is cut off, R4 there are too many.
        """
        kind, pieces = -1, [b""]
        while place + 4 <= len(self._data):
            following, length = struct.unpack_from("<HH", self._data, place)
            piece = self._data[place + 4 : place + 4 + length]
            place += 4 + length
            if self._left == 0:
                raise guard.unsafe("cells")
            self._left -= 1
            if len(piece) < length:
                raise guard.damaged()
            if following == _CONTINUE:
                pieces.append(piece)
                continue
            if kind >= 0:
                yield Record(kind, pieces)
            kind, pieces = following, [piece]
        if kind >= 0:
            yield Record(kind, pieces)


class Pieces:
    """A place in the pieces of a record, from which values are taken one after the other."""

    def __init__(self, pieces: Sequence[bytes], place: int = 0) -> None:
        """Begin at a place of the first piece."""
        self._pieces = pieces
        self._number = 0
        self._place = place

    def take(self, count: int) -> bytes:
        """Return the next bytes.

        Raises:
            struct.error: the record is shorter.
        """
        found = self._within(count)
        while len(found) < count:
            self._next_piece()
            found += self._within(count - len(found))
        return found

    def skip(self, count: int) -> None:
        """Leave out the next bytes, or what there is of them."""
        while count > len(self._pieces[self._number]) - self._place:
            count -= len(self._pieces[self._number]) - self._place
            if self._number + 1 == len(self._pieces):
                return
            self._next_piece()
        self._place += count

    def characters(self, count: int, *, wide: bool) -> str:
        """Return the next characters (§2.5.293); each further piece says anew how wide they are."""
        texts: list[str] = []
        while True:
            raw = self._within(count * (2 if wide else 1))
            texts.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= len(raw) // (2 if wide else 1)
            if not count:
                return "".join(texts)
            self._next_piece()
            wide = bool(self.take(1)[0] & _WIDE)

    def text(self) -> str:
        """Return the next string, its runs of formats left out."""
        return self.rich_text()[0]

    def rich_text(self) -> tuple[str, bytes]:
        """Return the next string and its runs of formats (§2.5.293, §2.5.294).

        Each run is two numbers of two bytes: its first character, and its font (§2.5.129).
        """
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & _RICH else 0
        extended = struct.unpack("<I", self.take(4))[0] if flags & _EXTENDED else 0
        found = self.characters(count, wide=bool(flags & _WIDE))
        formats = self.take(4 * runs) if runs else b""
        self.skip(extended)
        return found, formats

    def short_text(self) -> str:
        """Return the next string with a length of one byte (§2.5.240)."""
        count, flags = self.take(2)
        return self.characters(count, wide=bool(flags & _WIDE))

    def _within(self, count: int) -> bytes:
        found = self._pieces[self._number][self._place : self._place + count]
        self._place += len(found)
        return found

    def _next_piece(self) -> None:
        if self._number + 1 >= len(self._pieces):
            raise struct.error
        self._number += 1
        self._place = 0
