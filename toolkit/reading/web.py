"""Read the tables of a web page into the grid; also of one under the name of an .xls.

Office programs save a sheet as a page with the stored number beside the one shown: LibreOffice in
``sdval``, Excel in ``x:num``. Elements are those of HTML (WHATWG HTML §4.9).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.reading import documents, formats, guard, limits, plain_text, values
from toolkit.reading.documents import Block, Table
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book, Kind, Style
from toolkit.reading.markup import Tag, tokens
from toolkit.reading.values import Value

TAGS = 400_000
"""No form comes near."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = frozenset({"title", "template", "noscript", "select", "textarea", "comment"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "ins", "label", "mark", "s"}
    | {"small", "span", "strike", "strong", "sub", "sup", "tt", "u", "o:p", "img", "input", "wbr"}
)
_ROWS, _CELLS = "tr", frozenset({"td", "th"})
_OF_TABLES = frozenset({"table", _ROWS, *_CELLS})
_EMPTY = frozenset({"br", "hr", "img", "input", "wbr", "meta", "link", "col"})
_STORED = ("sdval", "x:num")
_END_OF_LINE = "\0"
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
    page = _taken_apart(data)
    found, notes = documents.sheets(page.blocks)
    if not found:
        raise formats.without_table(Format.HTML)
    return Book(
        sheets=found,
        names={},
        properties=page.stated,
        application=page.stated.get("generator", ""),
        modified=page.stated.get("changed", ""),
        notes=notes,
    )


def blocks(data: bytes) -> Sequence[Block]:
    """Return the lines and the tables of a page.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits.
    """
    return _taken_apart(data).blocks


def _taken_apart(data: bytes) -> "_Page":
    if len(data) > guard.PART_BYTES or data.count(b"<") > TAGS:
        raise guard.unsafe("part")
    page = _Page()
    for token in tokens(_decoded(data)):
        page.take(token)
    page.end()
    return page


def _decoded(data: bytes) -> str:
    told = _CHARSET.search(data[:4096])
    return plain_text.decoded(data, told[1].decode() if told else "")


# ---------------------------------------------------------------- lines and tables


@dataclass(slots=True)
class _Cell:
    """A cell of a page, and the pieces of its text."""

    attributes: Mapping[str, str]
    pieces: list[str] = field(default_factory=list)

    def span(self, name: str) -> int:
        """Return over how many rows or columns the cell reaches."""
        told = self.attributes.get(name, "1").strip()
        whole = told.isascii() and told.isdigit() and len(told) < 6
        return max(int(told), 1) if whole else 1

    @property
    def text(self) -> str:
        """Return what people read in the cell."""
        lines = map(_collapsed, "".join(self.pieces).split(_END_OF_LINE))
        return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _Open:
    """A table whose end has not come yet."""

    rows: list[list[_Cell]] = field(default_factory=list)
    cell: _Cell | None = None
    layout: bool = False
    """Whether it holds another table, and so only lays out the page."""


@dataclass(slots=True)
class _Page:
    """A page as its tags come."""

    blocks: list[Block] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    """What it says of itself (§4.2.5); LibreOffice keeps custom properties there."""
    _line: list[str] = field(default_factory=list)
    _tables: list[_Open] = field(default_factory=list)
    _unseen: str = ""
    """The name of an element that nobody sees, while it lasts."""
    _depth: int = 0

    def take(self, token: Tag | str) -> None:
        """Take the next tag or text."""
        if self._unseen and self._skipped(token):
            return
        if isinstance(token, str):
            self._pieces().append(token)
        elif token.name == "table":
            self._table(token)
        elif token.name in _OF_TABLES:
            self._row_or_cell(token)
        elif token.name == "meta":
            attributes = token.attributes()
            if name := attributes.get("name"):
                self.stated[name] = attributes.get("content", "").strip()
        else:
            self._other(token)

    def end(self) -> None:
        """Close what was left open."""
        while self._tables:
            self._close()
        self._flush()

    def _skipped(self, token: Tag | str) -> bool:
        """Tell whether a token belongs to what nobody sees; a table is read all the same."""
        if isinstance(token, str):
            return True
        if token.name in _OF_TABLES:
            self._unseen = ""
            return False
        if token.name == self._unseen:
            self._depth += -1 if token.closing else 1
            if not self._depth:
                self._unseen = ""
        return True

    def _other(self, tag: Tag) -> None:
        hidden = tag.name in _UNSEEN or bool(_HIDDEN.search(tag.written))
        if hidden and not tag.closing and tag.name not in _EMPTY:
            self._unseen, self._depth = tag.name, 1
        elif tag.name not in _INLINE:
            table = self._tables[-1] if self._tables else None
            if table and table.cell:
                table.cell.pieces.append(_END_OF_LINE)
            else:
                self._flush()

    def _pieces(self) -> list[str]:
        """Return where a text goes: into the cell that is open, or into a line."""
        table = self._tables[-1] if self._tables else None
        return table.cell.pieces if table and table.cell else self._line

    def _table(self, tag: Tag) -> None:
        if tag.closing:
            if self._tables:
                self._close()
            return
        if self._tables:
            self._lay_out(self._tables[-1])
        self._flush()
        self._tables.append(_Open())

    def _row_or_cell(self, tag: Tag) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.layout:
            self._flush()
            return
        table.cell = None
        if tag.closing:
            return
        if tag.name == _ROWS or not table.rows:
            table.rows.append([])
        if tag.name != _ROWS:
            table.cell = _Cell(tag.attributes())
            table.rows[-1].append(table.cell)

    def _lay_out(self, table: _Open) -> None:
        """Turn what a table held so far into lines: it holds another one."""
        for row in table.rows:
            for cell in row:
                self._flush()
                self.blocks += cell.text.split("\n")
        table.rows, table.cell, table.layout = [], None, True

    def _close(self) -> None:
        table = self._tables.pop()
        self._flush()
        if table.rows:
            self.blocks.append(_laid(table.rows))

    def _flush(self) -> None:
        if self._line:
            self.blocks.append(_collapsed("".join(self._line)))
            self._line = []


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


# ---------------------------------------------------------------- tables


def _laid(rows: list[list[_Cell]]) -> Table:
    """Lay the cells of a table out, with what they span (§4.9.11)."""
    table = Table(whole=len(rows) <= limits.ROWS)
    del rows[limits.ROWS :]
    widths = [sum(cell.span("colspan") for cell in row) for row in rows]
    widest = max(widths, default=0)  # a row as wide as that has no room for cells from above
    reaching: dict[int, int] = {}  # by column, the last row that a cell above reaches down to
    for row, cells in enumerate(rows, 1):
        if widths[row - 1] == widest and any(last >= row for last in reaching.values()):
            # LibreOffice counts rows that are hidden, and leaves them out of the page.
            table.end_merges(row - 1)
            reaching.clear()
        column = 1
        for cell in cells:
            while reaching.get(column, 0) >= row:
                column += 1
            width = cell.span("colspan")
            last = min(row + cell.span("rowspan") - 1, len(rows))
            value, style = _value(cell)
            table.put(row, column, value, formula="x:fmla" in cell.attributes, style=style)
            table.merge((row, column, last, column + width - 1))
            for covered in range(column, min(column + width, limits.COLUMNS + 1)):
                reaching[covered] = last
            column += width
    return table


def _value(cell: _Cell) -> tuple[Value, Style]:
    """Return what a cell holds: the stored number where the one shown is the same, rounded."""
    shown = cell.text
    stored = next((told for name in _STORED if (told := cell.attributes.get(name))), "")
    figure = _FIGURE.fullmatch(shown.replace(",", "")) if len(shown) < _LONGEST else None
    kind, raw = values.number(stored)
    if kind is not Kind.NUMBER or figure is None:
        return values.typed(shown), Style.GENERAL
    places = len(figure[1] or "")
    apart = abs(Decimal(figure[0]) - Decimal(raw))
    same = apart <= Decimal(5).scaleb(-places - 1)
    return (kind, raw), Style.GENERAL if same else Style.SCALED
