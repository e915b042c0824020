"""Read the streams of a compound file, the container of .xls: a small file system in a file.

The layout is that of [MS-CFB]. Every chain of sectors is followed only as long as the file has
sectors, and every place is looked up in the bytes that are there, so that nothing runs in circles
or beyond the end.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.reading import guard

_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA  # larger numbers are marks, not sectors (§2.1)
_STREAM, _ROOT = 2, 5
_ENTRIES = 4_096


class _Entry(NamedTuple):
    """A directory entry (§2.6.1)."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """An opened compound file; streams are read on demand."""

    def __init__(self, data: bytes) -> None:
        """Read header, allocation table and directory.

        Raises:
            Refused: R3 the file contradicts itself.
        """
        if len(data) < _HEADER:
            raise guard.damaged()
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise guard.damaged()
        self._size: int = 1 << shift
        self._mini_size: int = 1 << mini_shift
        directory, self._cutoff, mini_start = struct.unpack_from("<48xI4xII", data)
        self._table = self._allocation()
        self._entries = list(_directory(self._whole(directory)))
        if not self._entries or self._entries[0].kind != _ROOT:
            raise guard.damaged()
        self._mini_table = self._whole(mini_start)
        self._mini = self._whole(self._entries[0].start)
        children = list(self._children())
        self._streams = {entry.name.upper(): entry for entry in children if entry.kind == _STREAM}
        self.names = frozenset(entry.name for entry in children)
        """The names of the streams and folders of the root."""

    def stream(self, name: str) -> bytes | None:
        """Return the content of a stream of the root, None where there is no such stream.

        Args:
            name: its name; case does not matter (§2.6.4).

        Raises:
            Refused: R3 the file contradicts itself.
        """
        entry = self._streams.get(name.upper())
        if entry is None:
            return None
        if entry.size >= self._cutoff:
            return self._whole(entry.start)[: entry.size]
        size = self._mini_size
        places = _chain(entry.start, self._mini_table, len(self._mini) // size)
        pieces = (self._mini[place * size : (place + 1) * size] for place in places)
        return b"".join(pieces)[: entry.size]

    @property
    def _sectors(self) -> int:
        """Return how many sectors the file has."""
        return len(self._data) // self._size

    def _allocation(self) -> bytes:
        """Return the allocation table (§2.3), whose own sectors the header and a chain list."""
        listed = [self._data[76:_HEADER]]
        (following,) = struct.unpack_from("<I", self._data, 68)
        while following < _LAST_SECTOR:
            if len(listed) > self._sectors:
                raise guard.damaged()
            sector = self._sector(following)
            listed.append(sector[:-4])
            (following,) = struct.unpack_from("<I", sector, self._size - 4)
        numbers = [n for (n,) in struct.iter_unpack("<I", b"".join(listed)) if n < _LAST_SECTOR]
        if len(numbers) > self._sectors:
            raise guard.damaged()
        return b"".join(map(self._sector, numbers))

    def _sector(self, number: int) -> bytes:
        """Return a sector; the last one of a file may be cut short and counts as zeros there."""
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise guard.damaged()
        return found.ljust(self._size, b"\0")

    def _whole(self, start: int) -> bytes:
        """Return the sectors of a chain, one after the other."""
        return b"".join(map(self._sector, _chain(start, self._table, self._sectors)))

    def _children(self) -> Iterator[_Entry]:
        """Yield what lies in the root; streams in folders belong to embedded objects."""
        waiting, seen = [self._entries[0].child], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            yield entry
            waiting += [entry.left, entry.right]


def _chain(start: int, table: bytes, longest: int) -> Iterator[int]:
    """Yield the sectors of a chain; one that is longer than it can be runs in circles."""
    for _ in range(longest + 1):
        if start >= _LAST_SECTOR:
            return
        yield start
        if start * 4 + 4 > len(table):
            raise guard.damaged()
        (start,) = struct.unpack_from("<I", table, start * 4)
    raise guard.damaged()


def _directory(data: bytes) -> Iterator[_Entry]:
    for place in range(0, min(len(data), _ENTRIES * _ENTRY), _ENTRY):
        raw = data[place : place + _ENTRY]
        length, kind = struct.unpack_from("<HB", raw, 64)
        name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<III", raw, 68)
        start, size = struct.unpack_from("<II", raw, 116)  # a file of 10 MB needs no high half
        yield _Entry(name, kind, left, right, child, start, size)
