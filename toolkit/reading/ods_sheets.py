"""Read one table of an OpenDocument spreadsheet into cells, within the limits.

Rows, columns and cells may stand for many equal ones; they are repeated only as far as is read.
Only the children of a table are its rows: a chart inside it may hold tables of its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from toolkit.reading import fonts, values
from toolkit.reading.grid import Kind, Rectangle, Shown, Style, gravest
from toolkit.reading.limits import Gathered
from toolkit.reading.ods_styles import Styles, office, table
from toolkit.reading.room import Room
from toolkit.reading.values import Value
from toolkit.text import LONGEST

_CELLS = {table("table-cell"), table("covered-table-cell")}
_COLUMNS_REPEATED = table("number-columns-repeated")
_ROWS_REPEATED = table("number-rows-repeated")
_ROWS_SPANNED, _COLUMNS_SPANNED = table("number-rows-spanned"), table("number-columns-spanned")
_STYLE, _FORMULA, _TYPE = table("style-name"), table("formula"), office("value-type")
_NOTHING = {_COLUMNS_REPEATED, _STYLE, table("content-validation-name")}
"""Attributes of a cell that holds nothing."""
_ROW_GROUPS = {table(name) for name in ("table-row-group", "table-header-rows", "table-rows")}
_COLUMN_GROUPS = {
    table(name) for name in ("table-column-group", "table-header-columns", "table-columns")
}
_STATED_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NUMBERS = frozenset({"float", "currency", "percentage"})
_IMPLIED = {"percentage": Style.PERCENT, "date": Style.DATE, "time": Style.DATE}
_SPACE = re.compile("[ \t\r\n]+")


def _of_text(name: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:text:1.0}}{name}"


_TEXT_STYLE = _of_text("style-name")
_PARAGRAPHS = {_of_text("p"), _of_text("h")}
_INLINE = {_of_text(name) for name in ("span", "a", "meta", "ruby", "ruby-base")}
_SIGNS = {_of_text("tab"): "\t", _of_text("line-break"): "\n"}


# ---------------------------------------------------------------- columns


@dataclass(frozen=True, slots=True)
class Columns:
    """What is said of columns."""

    hidden: frozenset[int]
    styles: tuple[str, ...]
    """The default cell style of each column that is read."""


def columns(sheet: etree._Element, room: Room) -> Columns:
    """Return what a table says of its columns (§9.1.6)."""
    hidden: set[int] = set()
    styles: list[str] = []
    for entry in _children(sheet, table("table-column"), _COLUMN_GROUPS):
        count = min(_count(entry, _COLUMNS_REPEATED), room.columns - len(styles))
        if entry.get(table("visibility"), "visible") != "visible":
            hidden.update(range(len(styles) + 1, len(styles) + count + 1))
        styles += [entry.get(table("default-cell-style-name"), "")] * count
    return Columns(frozenset(hidden), tuple(styles))


# ---------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles that change what is meant, by name."""

    cells: Styles
    texts: Mapping[str, Style]
    """Those of a part of a cell's text."""


@dataclass(slots=True)
class Grid:
    """The cells of a table and its merged ranges."""

    gathered: Gathered
    merges: list[Rectangle] = field(default_factory=list)


class _Filled(NamedTuple):
    """A cell that holds something, or spans others, and the columns it stands in."""

    first: int
    last: int
    value: Value
    formula: bool
    style: Shown
    spans: tuple[int, int]
    """Rows and columns it covers."""


def grid(sheet: etree._Element, columns: Columns, looks: Looks, room: Room, limit: int) -> Grid:
    """Return the cells of a table that hold something (§9.1.3).

    Args:
        sheet: the table.
        columns: what it says of its columns.
        looks: the styles that change what is meant.
        room: how much is read.
        limit: how many cells may still come.

    Raises:
        Refused: R4 there are more cells.
    """
    found = Grid(Gathered(room, limit))
    row = 1
    for entry in _children(sheet, table("table-row"), _ROW_GROUPS):
        count = _count(entry, _ROWS_REPEATED)
        filled = list(_filled(entry, columns, looks))
        for number in range(row, min(row + count, room.rows + 1) if filled else row):
            _lay(found, number, filled)
        row += count
        if filled and row > room.rows + 1:
            found.gathered.whole = False
    return found


def _lay(found: Grid, row: int, filled: Collection[_Filled]) -> None:
    beyond = found.gathered.room.columns + 1  # stands for all columns that are not read
    for cell in filled:
        for column in range(min(cell.first, beyond), min(cell.last, beyond) + 1):
            found.gathered.put(row, column, cell.value, formula=cell.formula, style=cell.style)
            height, width = cell.spans
            if height > 1 or width > 1:
                found.merges.append((row, column, row + height - 1, column + width - 1))


def _filled(row: etree._Element, columns: Columns, looks: Looks) -> Iterator[_Filled]:
    column = 1
    usual = row.get(table("default-cell-style-name"))
    for entry in row:
        if entry.tag not in _CELLS:
            continue
        first, column = column, column + _count(entry, _COLUMNS_REPEATED)
        if not len(entry) and _NOTHING.issuperset(entry.keys()):
            continue
        spans = _count(entry, _ROWS_SPANNED), _count(entry, _COLUMNS_SPANNED)
        value, style = _value(entry)
        formula = _FORMULA in entry.attrib
        if not value[1] and not formula and spans == (1, 1):
            continue
        if style is Style.GENERAL:
            default = columns.styles[first - 1] if first <= len(columns.styles) else ""
            style = looks.cells.get(entry.get(_STYLE) or usual or default, style)
        if looks.texts:
            style = fonts.over(style, _in_spans(entry, looks.texts))
        yield _Filled(first, column - 1, value, formula, style, spans)


def _in_spans(cell: etree._Element, styles: Mapping[str, Style]) -> Style:
    """Return what the fonts of parts of a text make of a figure in it."""
    return gravest(
        styles.get(span.get(_TEXT_STYLE, ""), Style.GENERAL)
        for span in cell.iterdescendants(_of_text("span"))
        if "".join(map(str, span.itertext())).strip()
    )


def _children(parent: etree._Element, wanted: str, groups: set[str]) -> Iterator[etree._Element]:
    """Yield the children of a kind, those in groups too; trees are never deep enough to matter."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in groups:
            yield from _children(child, wanted, groups)


def _count(entry: etree._Element, name: str) -> int:
    """Return a number of repetitions or of cells spanned; 1 where it is no number."""
    told = entry.get(name)
    if told is None:
        return 1
    return max(int(told), 1) if told.isascii() and told.isdigit() and len(told) < 10 else 1


# ---------------------------------------------------------------- values


def _value(cell: etree._Element) -> tuple[Value, Shown]:
    """Make out what a cell holds (§19.385 office:value-type), and the style its type implies."""
    shown = _shown(cell)
    stated = cell.get(_TYPE, "")
    if cell.get(_STATED_ERROR) == "error" or values.shows_error(shown):
        # Some programs store an error as the number 0, so what is shown decides.
        value = (Kind.ERROR, shown) if shown else values.fault("type")
    elif stated in _NUMBERS:
        value = _number(cell, shown)
    elif stated == "boolean":
        value = values.boolean(true=cell.get(office("boolean-value")) == "true")
    elif stated == "date":
        value = values.text(cell.get(office("date-value")) or shown)
    elif stated or shown:
        value = values.text(shown or cell.get(office("string-value"), ""))
    else:
        value = values.NOTHING
    return value, _IMPLIED.get(stated, Style.GENERAL)


def _number(cell: etree._Element, shown: str) -> Value:
    """Return a number; LibreOffice stores TRUE as the number 1 that is shown as TRUE."""
    if shown in ("TRUE", "FALSE"):
        return values.boolean(true=shown == "TRUE")
    found = values.number(cell.get(office("value"), ""))
    return values.text(shown) if found == values.NOTHING else found


def _shown(cell: etree._Element) -> str:
    """Return the text of a cell, as far as any cell can hold it.

    Remarks and drawings in it are none of its paragraphs.
    """
    pieces: list[str] = []
    length = 0
    for paragraph in (child for child in cell if child.tag in _PARAGRAPHS):
        for piece in _runs(paragraph):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                return "".join(pieces)
        pieces.append("\n")
    return "".join(pieces[:-1])


def _runs(element: etree._Element) -> Iterator[str]:
    """Yield the pieces of a text (§6.1.2: white space collapses, spaces and tabs are elements)."""
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        if child.tag in _INLINE:
            yield from _runs(child)
        elif child.tag == _of_text("s"):
            count = child.get(_of_text("c"), "1")
            yield " " * (min(int(count), LONGEST) if count.isdecimal() and len(count) < 9 else 1)
        elif child.tag in _SIGNS:
            yield _SIGNS[str(child.tag)]
        yield _SPACE.sub(" ", child.tail or "")
