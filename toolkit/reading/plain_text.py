"""Read tables in plain text into the grid: CSV, and tables copied out of reports and pages.

A file whose lines nearly all hold the same separator is one table (RFC 4180, with tab or semicolon
as well). Otherwise the tables are the runs of lines between which the text goes on: cells apart by
tabs, cells between ``|``, or one cell a line, each line closed by ``|``.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import Enum
from itertools import groupby, islice, takewhile

from toolkit import text, words
from toolkit.reading import documents, formats, guard
from toolkit.reading.documents import Block
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book
from toolkit.reading.room import RETURN, Room

_SEPARATORS = "\t,;"
_SHARE = 0.8  # of the lines of a file that hold the separator
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936"})
_BAR = "|"
_RULE = frozenset("|-+:= ")  # a line of nothing else divides a table


def read(data: bytes, room: Room) -> Book:
    """Read a text.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Returns:
        a sheet for every table, see documents.py.

    Raises:
        Refused: R2 there is no table, R3 damaged, R4 unsafe or over the limits.
    """
    if len(data) > room.part_bytes:
        raise guard.unsafe("part")
    content = decoded(data)
    separator = _separator(content, room)
    found, notes = documents.sheets(
        _separated(content, separator, room) if separator else blocks(content, room), room
    )
    if not found:
        raise formats.without_table(Format.TEXT)
    return Book(sheets=found, names={}, properties={}, notes=notes)


def decoded(data: bytes, told: str = "") -> str:
    """Return a text: in UTF-16 with a mark, in UTF-8, or else in GB 18030, which is also GBK.

    Args:
        data: the bytes of the file.
        told: the encoding that the file names, believed only where it is one of these.

    Raises:
        Refused: R3 it is none of them.
    """
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif told.lower() in _CHINESE:
        encodings.reverse()
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise guard.damaged("encoding")


# ---------------------------------------------------------------- one table


def _separator(content: str, room: Room) -> str:
    """Return what separates the cells of a file that is one table, "" for one that is not."""
    for separator in _SEPARATORS:
        several: list[bool] = []
        with suppress(csv.Error):
            several += (len(row) > 1 for row in islice(_rows(content, separator), room.rows) if row)
        if sum(several) > 1 and sum(several) >= _SHARE * len(several):
            return separator
    return ""


def _separated(content: str, separator: str, room: Room) -> Iterator[Block]:
    """Yield the one table of a file; its rows are those that a spreadsheet would show."""
    try:
        table = documents.typed(islice(_rows(content, separator), room.rows + 1), room)
    except csv.Error as error:  # a text longer than any cell holds
        raise guard.damaged() from error
    table.alone = True
    yield table


def _rows(content: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(content, newline=""), delimiter=separator)


# ---------------------------------------------------------------- tables between the lines


def blocks(content: str, room: Room = RETURN) -> Iterator[Block]:
    """Yield the lines and the tables of a text.

    Raises:
        Refused: R4 there are too many lines or cells.
    """
    lines = content.splitlines()
    if len(lines) > room.lines:
        raise guard.unsafe("part")
    for kind, run in groupby(lines, _kind):
        if kind is _Kind.PROSE:
            yield from run
        else:
            yield documents.typed(_ROWS[kind](list(run)), room)


class _Kind(Enum):
    """What a line is."""

    PROSE = 0
    TABS = 1
    """Its cells are apart by tabs."""
    BARS = 2
    """Its cells stand between bars."""
    CELL = 3
    """It is one cell, closed by a bar."""


def _kind(line: str) -> _Kind:
    if "\t" in line.strip(" "):
        return _Kind.TABS
    bare = line.strip()
    if _BAR not in bare:
        return _Kind.PROSE
    return _Kind.CELL if bare.find(_BAR) == len(bare) - 1 else _Kind.BARS


def _between_tabs(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    return (line.split("\t") for line in lines)


def _between_bars(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for line in lines:
        if not _RULE.issuperset(line):
            yield line.strip().removeprefix(_BAR).removesuffix(_BAR).split(_BAR)


def _one_a_line(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Put single cells together to rows as wide as the heading.

    A row begins with a cell that is not empty; empty ones in between are where a page ended.
    """
    cells = [line.strip().removesuffix(_BAR).strip() for line in lines]
    width = _width(cells)
    place = 0
    while place < len(cells):
        if cells[place]:
            yield cells[place : place + width]
            place += width
        else:
            place += 1


def _width(cells: Sequence[str]) -> int:
    """Return how many of the first cells are headings of columns; 1 where none is."""
    headings = {text.squeeze(heading) for heading in words.entry("sheet.columns").values()}
    known = takewhile(lambda cell: text.squeeze(cell) in headings, cells)
    return max(sum(1 for _ in known), 1)


_ROWS = {
    _Kind.TABS: _between_tabs,
    _Kind.BARS: _between_bars,
    _Kind.CELL: _one_a_line,
}
