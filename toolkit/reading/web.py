"""Read the tables of a web page into the grid; also of one under the name of an .xls.

Elements are those of HTML (WHATWG HTML §4.9).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.reading import documents, formats, guard, plain_text, web_tables
from toolkit.reading.documents import Block
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book
from toolkit.reading.markup import Tag, tokens
from toolkit.reading.room import RETURN, Room
from toolkit.reading.web_cells import FIELDS, Cell, Nested, collapsed

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = frozenset({"title", "template", "noscript", "select", "textarea", "comment"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "ins", "label", "mark", "s"}
    | {
        "del",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "o:p",
        "img",
        "input",
        "wbr",
    }
)
_ROWS, _CELLS = "tr", frozenset({"td", "th"})
_OF_TABLES = frozenset({"table", _ROWS, *_CELLS})
_EMPTY = frozenset({"br", "hr", "img", "input", "wbr", "meta", "link", "col"})


def read(data: bytes, room: Room) -> Book:
    """Read a page.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Returns:
        a sheet for every table that holds no other one, see documents.py.

    Raises:
        Refused: R2 there is no table, R3 damaged, R4 unsafe or over the limits.
    """
    page = _taken_apart(data, room)
    found, notes = documents.sheets(page.blocks, room)
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
    return _taken_apart(data, RETURN).blocks


def _taken_apart(data: bytes, room: Room) -> "_Page":
    if len(data) > room.part_bytes or data.count(b"<") > room.page_tags:
        raise guard.unsafe("part")
    page = _Page(room)
    for token in tokens(_decoded(data)):
        page.take(token)
    page.end()
    return page


def _decoded(data: bytes) -> str:
    told = _CHARSET.search(data[:4096])
    return plain_text.decoded(data, told[1].decode() if told else "")


# ---------------------------------------------------------------- lines and tables


@dataclass(slots=True)
class _Open:
    """A table whose end has not come yet."""

    rows: list[list[Cell]] = field(default_factory=list)
    cell: Cell | None = None

    def carrier(self) -> Cell:
        """Return the cell in which another table begins; one that stands in none has its own."""
        if self.cell is None:
            self.rows = self.rows or [[]]
            self.rows[-1].append(Cell({}))
            return self.rows[-1][-1]
        return self.cell


@dataclass(slots=True)
class _Page:
    """A page as its tags come."""

    room: Room
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
            self._write(token)
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
        cell = self._cell()
        written_in = cell is not None and tag.name in FIELDS
        hidden = (tag.name in _UNSEEN and not written_in) or bool(_HIDDEN.search(tag.written))
        if hidden and not tag.closing:
            if tag.name not in _EMPTY:
                self._unseen, self._depth = tag.name, 1
        elif cell is None:
            if tag.name not in _INLINE:
                self._flush()
        elif written_in:
            cell.take_field(tag)
        else:
            if tag.name not in _EMPTY:
                cell.mark(tag)
            if tag.name not in _INLINE:
                cell.end_line()

    def _cell(self) -> Cell | None:
        """Return the cell that is open."""
        return self._tables[-1].cell if self._tables else None

    def _write(self, text: str) -> None:
        """Take a text into the cell that is open, or into a line."""
        cell = self._cell()
        if cell is None:
            self._line.append(text)
        else:
            cell.write(text)

    def _table(self, tag: Tag) -> None:
        if not tag.closing:
            self._flush()
            self._tables.append(_Open())
        elif self._tables:
            self._close()

    def _row_or_cell(self, tag: Tag) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            self._flush()
            return
        table.cell = None
        if tag.closing:
            return
        if tag.name == _ROWS or not table.rows:
            table.rows.append([])
        if tag.name != _ROWS:
            table.cell = Cell(tag.attributes())
            if not ("hidden" in table.cell.attributes or _HIDDEN.search(tag.written)):
                table.rows[-1].append(table.cell)

    def _close(self) -> None:
        table = self._tables.pop()
        self._flush()
        found, filled = web_tables.blocks(table.rows, self.room)
        if self._tables:
            cell = self._tables[-1].carrier()
            cell.nested.append(Nested(cell.length, found, filled))
        else:
            self.blocks += web_tables.flat(found)

    def _flush(self) -> None:
        if self._line:
            self.blocks.append(collapsed("".join(self._line)))
            self._line = []
