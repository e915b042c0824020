"""Read an XML Spreadsheet of Excel 2003 into the grid.

The layout is that of Microsoft's "XML Spreadsheet Reference" (2003); WPS and many web programs
save it under the name of an .xls.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from toolkit.reading import fonts, guard, limits, plain_text, values
from toolkit.reading.grid import Book, Kind, Rectangle, Sheet, Shown, State, Style, gravest
from toolkit.reading.limits import Gathered
from toolkit.reading.number_formats import style_of
from toolkit.reading.room import Room
from toolkit.reading.values import Value

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_ENCODING = re.compile(rb"encoding=[\"'](gb[a-z0-9]+)", re.IGNORECASE)
_STATES = {"SheetHidden": State.HIDDEN, "SheetVeryHidden": State.VERY_HIDDEN}
_RUNS = {"S": Style.STRUCK, "Sup": Style.RAISED, "Sub": Style.RAISED}
"""Elements of HTML that pieces of a text stand in."""
# Formats that go by a name; all others are format codes.
_NAMED: Mapping[str, Shown] = {
    "Percent": Style.PERCENT,
    **dict.fromkeys(("General Date", "Long Date", "Medium Date", "Short Date"), Style.DATE),
    **dict.fromkeys(("Long Time", "Medium Time", "Short Time"), Style.DATE),
    **dict.fromkeys(("General", "General Number"), Style.GENERAL),
    **dict.fromkeys(("Standard", "Fixed", "Scientific"), Style.GENERAL),
    **dict.fromkeys(("Yes/No", "True/False", "On/Off"), Style.SCALED),
    "Currency": style_of('"¥"0'),
    "Euro Currency": style_of('"€"0'),
}


def read(data: bytes, room: Room) -> Book:
    """Read a workbook, every sheet of it.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits.
    """
    root = guard.parse_document(_in_unicode(data), room)
    entries = root.findall(f"{_SPACE}Worksheet")
    if not entries:
        raise guard.damaged("no_sheet")
    if len(entries) > limits.SHEETS:
        raise guard.unsafe("sheets")
    styles = _styles(root)
    found: list[Sheet] = []
    beyond: list[str] = []
    left = room.cells
    for entry in entries:
        sheet, whole = _sheet(entry, styles, room, left)
        left -= len(sheet.cells)
        found.append(sheet)
        if not whole:
            beyond.append(sheet.name)
    names = root.iterfind(f"{_SPACE}Names/{_SPACE}NamedRange")
    return Book(
        sheets=tuple(found),
        names={_told(name, "Name"): _told(name, "RefersTo").removeprefix("=") for name in names},
        properties={
            etree.QName(entry).localname: (entry.text or "").strip()
            for entry in root.iterfind("{*}CustomDocumentProperties/*")
        },
        application=_about(root, "AppName"),
        modified=_about(root, "LastSaved"),
        from_1904=root.find("{*}ExcelWorkbook/{*}Date1904") is not None,
        notes=tuple(limits.beyond(name, room) for name in beyond),
    )


def _in_unicode(data: bytes) -> bytes:
    """Return a file that says it is in a Chinese encoding in UTF-8, every other one as it is."""
    told = _ENCODING.search(data[:100])
    return plain_text.decoded(data, told[1].decode()).encode() if told else data


def _about(root: etree._Element, name: str) -> str:
    return (root.findtext(f"{{*}}DocumentProperties/{{*}}{name}") or "").strip()


def _styles(root: etree._Element) -> Mapping[str, Shown]:
    """Return what each style shows a number as; one without a format has its parent's."""
    found: dict[str, Shown] = {}
    for entry in root.iterfind(f"{_SPACE}Styles/{_SPACE}Style"):
        told = entry.find(f"{_SPACE}NumberFormat")
        code = "" if told is None else _told(told, "Format")
        parent = found.get(_told(entry, "Parent"), Style.GENERAL)
        shown = _NAMED.get(code) or style_of(code) if code else parent
        font = entry.find(f"{_SPACE}Font")
        found[_told(entry, "ID")] = shown if font is None else fonts.over(shown, _font(font))
    return found


def _font(font: etree._Element) -> Style:
    raised = _told(font, "VerticalAlign") in ("Superscript", "Subscript")
    return fonts.style(struck=_told(font, "StrikeThrough") == "1", raised=raised)


# ---------------------------------------------------------------- sheets


def _sheet(
    entry: etree._Element, styles: Mapping[str, Shown], room: Room, limit: int
) -> tuple[Sheet, bool]:
    gathered = Gathered(room, limit)
    merges: list[Rectangle] = []
    hidden: set[int] = set()
    table = entry.find(f"{_SPACE}Table")
    if table is not None:
        for row, line in _numbered(table, "Row"):
            for column, cell in _numbered(line, "Cell"):
                _put(gathered, row, column, cell, styles)
                merges += _merged(row, column, cell)
        for column, told in _numbered(table, "Column"):
            if _told(told, "Hidden") == "1" and column <= room.columns:
                last = min(column + _count(told, "Span", 0), room.columns)
                hidden.update(range(column, last + 1))
    state = entry.findtext("{*}WorksheetOptions/{*}Visible") or ""
    sheet = Sheet(
        name=_told(entry, "Name"),
        state=_STATES.get(state, State.VISIBLE),
        cells=gathered.cells,
        merges=limits.merges(merges, room),
        protected=_told(entry, "Protected") == "1",
        hidden_columns=frozenset(hidden),
    )
    return sheet, gathered.whole


def _numbered(parent: etree._Element, name: str) -> Iterator[tuple[int, etree._Element]]:
    """Yield rows, columns or cells with their number; one without follows the one before.

    An entry may stand for several (Span), a cell may cover several (MergeAcross).
    """
    number = 0
    for entry in parent.iterfind(f"{_SPACE}{name}"):
        number = _count(entry, "Index", number + 1)
        yield number, entry
        number += _count(entry, "Span", 0) + _count(entry, "MergeAcross", 0)


def _put(
    gathered: Gathered, row: int, column: int, cell: etree._Element, styles: Mapping[str, Shown]
) -> None:
    style = styles.get(_told(cell, "StyleID"), Style.GENERAL)
    data = cell.find(f"{_SPACE}Data")
    value = values.NOTHING if data is None else _value(_told(data, "Type"), _content(data))
    if data is not None and _told(data, "Type") == "DateTime":
        style = Style.DATE
    if data is not None and len(data):
        style = fonts.over(style, _in_runs(data))
    gathered.put(row, column, value, formula=bool(_told(cell, "Formula")), style=style)


def _content(data: etree._Element) -> str:
    """Return a text, whatever fonts its pieces have."""
    return "".join(map(str, data.itertext()))


def _in_runs(data: etree._Element) -> Style:
    """Return what the fonts of the pieces of a text make of a figure in it."""
    return gravest(
        _RUNS.get(etree.QName(run).localname, Style.GENERAL)
        for run in data.iterdescendants(etree.Element)
        if "".join(map(str, run.itertext())).strip()
    )


def _value(kind: str, content: str) -> Value:
    match kind:
        case "Number":
            return values.number(content)
        case "Boolean":
            return values.boolean(true=content.strip() == "1")
        case "Error":
            return Kind.ERROR, content or "#"
        case "String" | "DateTime":
            return values.text(content)
    return values.fault("type")


def _merged(row: int, column: int, cell: etree._Element) -> Iterator[Rectangle]:
    down, across = _count(cell, "MergeDown", 0), _count(cell, "MergeAcross", 0)
    if down or across:
        yield row, column, row + down, column + across


def _told(entry: etree._Element, name: str) -> str:
    return entry.get(f"{_SPACE}{name}", "")


def _count(entry: etree._Element, name: str, otherwise: int) -> int:
    told = _told(entry, name)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else otherwise
