"""Read one worksheet of an .xls workbook into cells ([MS-XLS] §2.1.7.20.5), within the limits."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.reading import fonts, guard, values
from toolkit.reading.biff import Pieces, Record
from toolkit.reading.grid import Kind, Rectangle, Shown, Style
from toolkit.reading.limits import Gathered
from toolkit.reading.room import Room
from toolkit.reading.values import Value

_BEGIN, _END = 0x0809, 0x0A
_STRING = 0x0207
_NO_NUMBER = b"\xff\xff"
_TEXT_FOLLOWS, _BOOLEAN, _ERROR, _EMPTY_TEXT = range(4)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the cells of all sheets point into."""

    strings: Sequence[str]
    styles: Sequence[Shown]
    fonts: Mapping[int, Style]
    """What the fonts within a string make of a figure, where they make anything of it."""


@dataclass(slots=True)
class Page:
    """A worksheet as its records come."""

    shared: Shared
    gathered: Gathered
    merges: list[Rectangle] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    protected: bool = False
    waiting: tuple[int, int, int] | None = None
    """Row, column and format of a formula whose text follows."""

    def put(
        self,
        row: int,
        column: int,
        style: int,
        value: Value,
        *,
        formula: bool = False,
        font: Style = Style.GENERAL,
    ) -> None:
        """Take a cell; rows and columns count from 0 here, as they do in the file."""
        styles = self.shared.styles
        shown = fonts.over(styles[style] if style < len(styles) else Style.GENERAL, font)
        self.gathered.put(row + 1, column + 1, value, formula=formula, style=shown)


def read(records: Iterable[Record], shared: Shared, room: Room, limit: int) -> Page:
    """Read a worksheet.

    Args:
        records: its records, what follows them not left out.
        shared: the strings and styles of the workbook.
        room: how much is read.
        limit: how many cells may still come.

    Raises:
        Refused: R4 there are more cells, two at one place, or too many merged ranges.
        struct.error: a record is shorter than it must be.
    """
    page = Page(shared, Gathered(room, limit))
    depth = 0
    for record in records:
        if record.kind == _BEGIN:
            depth += 1  # a chart in the sheet has records of its own
        elif record.kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and (take := _TAKERS.get(record.kind)):
            if page.waiting and record.kind in _CELLS:
                _without_result(page)
            take(page, record)
    if page.waiting:
        _without_result(page)
    return page


# ---------------------------------------------------------------- cells


def _number(page: Page, record: Record) -> None:
    """Take a number (§2.4.180)."""
    row, column, style, number = struct.unpack_from("<HHHd", record.data)
    page.put(row, column, style, values.stored_number(number))


def _short_number(page: Page, record: Record) -> None:
    """Take a number in four bytes (§2.4.220)."""
    row, column, style, number = struct.unpack_from("<HHHI", record.data)
    page.put(row, column, style, values.stored_number(short_number(number)))


def _short_numbers(page: Page, record: Record) -> None:
    """Take several of them in a row (§2.4.175)."""
    row, column = struct.unpack_from("<HH", record.data)
    count = (len(record.data) - 6) // 6
    for place, (style, number) in enumerate(
        struct.iter_unpack("<HI", record.data[4 : 4 + 6 * count]), column
    ):
        page.put(row, place, style, values.stored_number(short_number(number)))


def short_number(stored: int) -> float:
    """Return the number in four bytes: an integer or half a float, or hundredths (§2.5.217).

    Args:
        stored: the four bytes without a sign.
    """
    if stored & 2:
        number = float((stored >> 2) - (1 << 30 if stored & 0x80000000 else 0))
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, stored & 0xFFFFFFFC))
    return number / 100 if stored & 1 else number


def _shared_text(page: Page, record: Record) -> None:
    """Take a text from the shared strings (§2.4.149)."""
    row, column, style, index = struct.unpack_from("<HHHI", record.data)
    strings = page.shared.strings
    known = index < len(strings)
    value = values.text(strings[index]) if known else values.fault("reference")
    page.put(row, column, style, value, font=page.shared.fonts.get(index, Style.GENERAL))


def _own_text(page: Page, record: Record) -> None:
    """Take a text that stands in its cell (§2.4.148)."""
    row, column, style = struct.unpack_from("<HHH", record.data)
    page.put(row, column, style, values.text(Pieces(record.pieces, 6).text()))


def _boolean_or_error(page: Page, record: Record) -> None:
    """Take a truth value or an error (§2.4.24)."""
    row, column, style, code, is_error = struct.unpack_from("<HHHBB", record.data)
    value = values.error(code) if is_error else values.boolean(true=bool(code))
    page.put(row, column, style, value)


def _formula(page: Page, record: Record) -> None:
    """Take the stored result of a formula (§2.4.127, §2.5.133)."""
    row, column, style, result = struct.unpack_from("<HHH8s", record.data)
    if not result.endswith(_NO_NUMBER):
        (number,) = struct.unpack("<d", result)
        page.put(row, column, style, values.stored_number(number), formula=True)
        return
    kind, code = result[0], result[2]
    if kind == _TEXT_FOLLOWS:
        page.waiting = row, column, style
        return
    found = {
        _BOOLEAN: values.boolean(true=bool(code)),
        _ERROR: values.error(code),
        _EMPTY_TEXT: (Kind.TEXT, ""),
    }
    page.put(row, column, style, found.get(kind, values.NOTHING), formula=True)


def _result_text(page: Page, record: Record) -> None:
    """Take the text that a formula has as its result (§2.4.268)."""
    if page.waiting:
        page.put(*page.waiting, values.text(Pieces(record.pieces).text()), formula=True)
        page.waiting = None


def _without_result(page: Page) -> None:
    """Take a formula whose text never came."""
    assert page.waiting is not None
    page.put(*page.waiting, values.NOTHING, formula=True)
    page.waiting = None


# ---------------------------------------------------------------- the sheet itself


def _merges(page: Page, record: Record) -> None:
    """Take merged ranges (§2.4.168)."""
    (count,) = struct.unpack_from("<H", record.data)
    ranges = struct.iter_unpack("<HHHH", record.data[2 : 2 + (len(record.data) - 2) // 8 * 8])
    for _, (top, bottom, left, right) in zip(range(count), ranges, strict=False):
        page.merges.append((top + 1, left + 1, bottom + 1, right + 1))
    # There may be a thousand records of a thousand each.
    if len(page.merges) > page.gathered.room.merges:
        raise guard.unsafe("merges")


def _columns(page: Page, record: Record) -> None:
    """Take the columns that are hidden (§2.4.53)."""
    first, last, options = struct.unpack_from("<HH4xH", record.data)
    if options & 1:
        page.hidden.update(range(first + 1, min(last + 1, page.gathered.room.columns) + 1))


def _protection(page: Page, record: Record) -> None:
    """Take the protection of the sheet (§2.4.207)."""
    page.protected = bool(struct.unpack_from("<H", record.data)[0])


_CELLS = {
    0x0006: _formula,
    0x00BD: _short_numbers,
    0x00D6: _own_text,  # a text in runs of several fonts; those come behind it
    0x00FD: _shared_text,
    0x0203: _number,
    0x0204: _own_text,
    0x0205: _boolean_or_error,
    0x027E: _short_number,
}
_TAKERS = _CELLS | {
    0x0012: _protection,
    0x007D: _columns,
    0x00E5: _merges,
    _STRING: _result_text,
}
