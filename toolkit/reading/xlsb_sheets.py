"""Read one worksheet part of an .xlsb package into cells ([MS-XLSB] §2.1.7.62), within limits."""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.reading import values
from toolkit.reading.binary import Record, Values
from toolkit.reading.grid import Rectangle, Shown, Style
from toolkit.reading.limits import Gathered
from toolkit.reading.room import Room
from toolkit.reading.values import Value
from toolkit.reading.xls_sheets import short_number

_ROW, _COLUMNS, _MERGE = 0, 60, 176
_PROTECTIONS = {535, 678}  # the second one with a modern digest of the password
_CONTENT = 8  # behind column and format of a cell


@dataclass(frozen=True, slots=True)
class Shared:
    """What the cells of all sheets point into."""

    strings: Sequence[str]
    styles: Sequence[Shown]


@dataclass(slots=True)
class Page:
    """A worksheet as its records come."""

    gathered: Gathered
    merges: list[Rectangle] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    protected: bool = False


def read(records: Iterable[Record], shared: Shared, room: Room, limit: int) -> Page:
    """Read a worksheet.

    Args:
        records: those of its part.
        shared: the strings and styles of the workbook.
        room: how much is read.
        limit: how many cells may still come.

    Raises:
        Refused: R4 there are more cells, or two at one place.
        struct.error: a record is shorter than it must be.
    """
    page = Page(Gathered(room, limit))
    row = 0
    for record in records:
        if record.kind in _READERS:
            _cell(page, row, record, shared)
        elif record.kind == _ROW:  # §2.4.727
            row = Values(record.data).number("I") + 1
        elif record.kind == _MERGE:  # §2.4.713
            top, bottom, left, right = struct.unpack_from("<IIII", record.data)
            page.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif record.kind == _COLUMNS:  # §2.4.323
            first, last, options = struct.unpack_from("<II8xH", record.data)
            if options & 1:
                page.hidden.update(range(first + 1, min(last + 1, room.columns) + 1))
        elif record.kind in _PROTECTIONS:
            page.protected = True
    return page


def _cell(page: Page, row: int, record: Record, shared: Shared) -> None:
    """Take a cell (§2.5.9); the format's number shares its four bytes with flags."""
    column, told = struct.unpack_from("<II", record.data)
    format_number = told & 0xFFFFFF
    known = format_number < len(shared.styles)
    style = shared.styles[format_number] if known else Style.GENERAL
    read_value, formula = _READERS[record.kind]
    value = read_value(record.data, shared)
    page.gathered.put(row, column + 1, value, formula=formula, style=style)


def _short_number(data: bytes, _: Shared) -> Value:
    return values.stored_number(short_number(struct.unpack_from("<I", data, _CONTENT)[0]))


def _number(data: bytes, _: Shared) -> Value:
    return values.stored_number(struct.unpack_from("<d", data, _CONTENT)[0])


def _error(data: bytes, _: Shared) -> Value:
    return values.error(struct.unpack_from("<B", data, _CONTENT)[0])


def _boolean(data: bytes, _: Shared) -> Value:
    return values.boolean(true=bool(struct.unpack_from("<B", data, _CONTENT)[0]))


def _text(data: bytes, _: Shared) -> Value:
    return values.text(Values(data, _CONTENT).text())


def _text_in_runs(data: bytes, _: Shared) -> Value:
    return values.text(Values(data, _CONTENT + 1).text())


def _shared_text(data: bytes, shared: Shared) -> Value:
    (index,) = struct.unpack_from("<I", data, _CONTENT)
    known = index < len(shared.strings)
    return values.text(shared.strings[index]) if known else values.fault("reference")


_READERS: dict[int, tuple[Callable[[bytes, Shared], Value], bool]] = {
    2: (_short_number, False),
    3: (_error, False),
    4: (_boolean, False),
    5: (_number, False),
    6: (_text, False),
    7: (_shared_text, False),
    8: (_text, True),
    9: (_number, True),
    10: (_boolean, True),
    11: (_error, True),
    62: (_text_in_runs, False),
}
"""By the kind of record (§2.3.2), how its value is read and whether it is a formula's."""
