"""Read the tables of a web page into the grid; also of one under the name of an .xls.

Office programs save a sheet as a page with the stored number beside the one shown: LibreOffice in
``sdval``, Excel in ``x:num``. Elements are those of HTML (WHATWG HTML §4.9).
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from toolkit.reading import documents, formats, guard, limits, plain_text, values
from toolkit.reading.documents import Block, Table
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book, Kind, Style
from toolkit.reading.values import Value

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "select", "comment"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "ins", "label", "mark", "s"}
    | {"small", "span", "strike", "strong", "sub", "sup", "tt", "u", "o:p"}
)
_CELLS = frozenset({"td", "th"})
_STORED = ("sdval", "x:num")
# A figure as it is shown, with its decimals.
_FIGURE = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")
_LONGEST = 40


def read(data: bytes) -> Book:
    """Read a page.

    Args:
        data: the bytes of the file.

    Returns:
        a sheet for every table that holds no other one, see documents.py.

    Raises:
        Refused: R2 there is no table, R3 damaged, R4 unsafe or over the limits.
    """
    root = guard.parse_html(_decoded(data))
    if root is None:
        raise formats.without_table(Format.HTML)
    found, notes = documents.sheets(_blocks(root))
    if not found:
        raise formats.without_table(Format.HTML)
    stated = _stated(root)
    return Book(
        sheets=found,
        names={},
        properties=stated,
        application=stated.get("generator", ""),
        modified=stated.get("changed", ""),
        notes=notes,
    )


def _decoded(data: bytes) -> str:
    told = _CHARSET.search(data[:4096])
    return plain_text.decoded(data, told[1].decode() if told else "")


def _stated(root: etree._Element) -> dict[str, str]:
    """Return what a page says of itself (§4.2.5); LibreOffice keeps custom properties there."""
    entries = root.iterfind(".//head/meta[@name]")
    return {entry.get("name", ""): entry.get("content", "").strip() for entry in entries}


# ---------------------------------------------------------------- lines and tables


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Yield the lines and the tables of a page; a table around others only lays them out."""
    line: list[str] = []
    inner = {table for table in root.iter("table") if table.find(".//table") is None}
    waiting: list[tuple[etree._Element, bool]] = [(root, False)]
    while waiting:
        element, left = waiting.pop()
        name = element.tag
        block = name not in _INLINE
        if block and line:
            yield _collapsed("".join(line))
            line = []
        if left:
            line.append(element.tail or "")
            continue
        waiting.append((element, True))
        if element in inner:
            yield _table(element)
        elif name not in _UNSEEN and not _HIDDEN.search(element.get("style", "")):
            line.append(element.text or "")
            waiting += [(child, False) for child in reversed(element)]
    if line:
        yield _collapsed("".join(line))


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _table(element: etree._Element) -> Table:
    """Read a table, with what its cells span (§4.9.11)."""
    table = Table()
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in element.iter("tr")]
    table.whole = len(rows) <= limits.ROWS
    del rows[limits.ROWS :]
    widths = [sum(_span(cell, "colspan") for cell in row) for row in rows]
    widest = max(widths, default=0)  # a row as wide as that has no room for cells from above
    reaching: dict[int, int] = {}  # by column, the last row that a cell above reaches down to
    for row, cells in enumerate(rows, 1):
        if widths[row - 1] == widest and any(last >= row for last in reaching.values()):
            # LibreOffice counts rows that are hidden, and leaves them out of the page.
            _cut(table, row - 1)
            reaching.clear()
        _lay(table, row, cells, len(rows), reaching)
    return table


def _lay(
    table: Table, row: int, cells: list[etree._Element], rows: int, reaching: dict[int, int]
) -> None:
    """Take the cells of a row, in the columns that no cell above reaches into."""
    column = 1
    for cell in cells:
        while reaching.get(column, 0) >= row:
            column += 1
        width, last = _span(cell, "colspan"), min(row + _span(cell, "rowspan") - 1, rows)
        value, style = _value(cell)
        table.put(row, column, value, formula=cell.get("x:fmla") is not None, style=style)
        if width > 1 or last > row:
            table.merges.append((row, column, last, column + width - 1))
        for covered in range(column, min(column + width, limits.COLUMNS + 1)):
            reaching[covered] = last
        column += width


def _cut(table: Table, row: int) -> None:
    """End all merged ranges at a row."""
    table.torn = True
    table.merges = [
        (top, left, min(bottom, row), right) for top, left, bottom, right in table.merges
    ]


def _span(cell: etree._Element, name: str) -> int:
    told = cell.get(name, "1").strip()
    whole = told.isascii() and told.isdigit() and len(told) < 6
    return max(int(told), 1) if whole else 1


# ---------------------------------------------------------------- cells


def _value(cell: etree._Element) -> tuple[Value, Style]:
    """Return what a cell holds: the stored number where the one shown is the same, rounded."""
    shown = "\n".join(filter(None, map(_collapsed, "".join(_texts(cell)).split("\n\n"))))
    stored = next((told for name in _STORED if (told := cell.get(name))), "")
    figure = _FIGURE.fullmatch(shown.replace(",", "")) if len(shown) < _LONGEST else None
    kind, raw = values.number(stored)
    if kind is not Kind.NUMBER or figure is None:
        return values.typed(shown), Style.GENERAL
    places = len(figure[1] or "")
    apart = abs(Decimal(figure[0]) - Decimal(raw))
    same = apart <= Decimal(5).scaleb(-places - 1)
    return (kind, raw), Style.GENERAL if same else Style.SCALED


def _texts(cell: etree._Element) -> Iterator[str]:
    """Yield the pieces of a cell's text; two line feeds stand for the end of a line."""
    waiting: list[tuple[etree._Element, bool]] = [(cell, False)]
    while waiting:
        element, left = waiting.pop()
        if left:
            yield element.tail or "" if element is not cell else ""
            continue
        waiting.append((element, True))
        if element.tag in _UNSEEN:
            continue
        if element is not cell and _HIDDEN.search(element.get("style", "")):
            continue
        if element.tag not in _INLINE and element is not cell:
            yield "\n\n"
        yield element.text or ""
        waiting += [(child, False) for child in reversed(element)]
