"""Read the tables of a Word document (.docx) into the grid.

The layout is that of ECMA-376 part 1 §17. Transitional and Strict files differ in namespaces only,
which are therefore not looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from toolkit.reading import documents, formats, guard, parts
from toolkit.reading.documents import Block, Table
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book, Style
from toolkit.reading.room import Room
from toolkit.reading.word_cells import Content, Text
from toolkit.reading.word_elements import children, deleted, first, kind, number, said


def read(package: guard.Package) -> Book:
    """Read a document.

    Args:
        package: the opened file.

    Returns:
        a sheet for every table, see documents.py.

    Raises:
        Refused: R2 there is no table, R3 damaged, R4 unsafe or over the limits.
    """
    root = parts.relationships(package, "")
    content = package.part(root.of_type("officeDocument", otherwise="word/document.xml"))
    document = None if content is None else guard.parse_document(content, package.room)
    body = None if document is None else document.find("{*}body")
    if body is None:
        raise guard.damaged()
    found, notes = documents.sheets(_blocks(body, package.room), package.room)
    if not found:
        raise formats.without_table(Format.DOCX)
    about = parts.about(package, root)
    return Book(
        sheets=found,
        names={},
        properties=about.properties,
        application=about.application,
        modified=about.modified,
        notes=(*parts.macros(package), *notes),
    )


def _blocks(parent: etree._Element, room: Room) -> Iterator[Block]:
    """Yield the paragraphs and tables of a story, in order."""
    for child in children(parent):
        name = kind(child)
        if name == "p":
            text = Text()
            text.paragraph(child)
            yield text.shown
        elif name == "tbl":
            yield from _table(child, room)[0]


# ---------------------------------------------------------------- tables


@dataclass(slots=True)
class _Merging:
    """The cells that reach down from an earlier row (§17.4.84 vMerge), by their column."""

    table: Table
    open: dict[int, tuple[int, int]]
    """First row and width in columns."""

    def meet(self, row: int, column: int, width: int, merge: str | None) -> None:
        """Take notice of a cell; ``merge`` is what it says of merging downwards."""
        if merge == "continue" and column in self.open:
            return
        self.close(column, row - 1)
        if merge == "restart":
            self.open[column] = row, width
        elif width > 1:
            self.table.merge((row, column, row, column + width - 1))

    def close(self, column: int, row: int) -> None:
        """End what reaches down to a row in a column."""
        top, width = self.open.pop(column, (row, 1))
        if row > top or width > 1:
            self.table.merge((top, column, row, column + width - 1))


class _Cell(NamedTuple):
    """A cell in its place."""

    row: int
    column: int
    content: Content


def _table(element: etree._Element, room: Room) -> tuple[Sequence[Block], int]:
    """Read a table (§17.4.37), and count the cells of it that hold something.

    Rows that were deleted with changes tracked are none. One that only lays out the page is its
    lines and the tables in it.
    """
    table = Table(room)
    merging = _Merging(table, {})
    rows = [row for row in children(element) if kind(row) == "tr" and not deleted(row)]
    cells: list[_Cell] = []
    for row, entry in enumerate(rows[: room.rows], 1):
        found = list(_row(row, entry, merging, room))
        for column in merging.open.keys() - {cell.column for cell in found}:
            merging.close(column, row - 1)
        cells += found
    for column in list(merging.open):
        merging.close(column, min(len(rows), room.rows))
    table.whole &= len(rows) <= room.rows
    inner = sum(cell.content.inner for cell in cells)
    own = sum(bool(cell.content.text.shown) for cell in cells) if inner else 0
    if documents.lays_out(own, inner):
        return [block for cell in cells for block in cell.content.blocks], own + inner
    for row, column, content in cells:
        text = content.text
        documents.put(
            table,
            (row, column),
            text.shown,
            text.besides,
            formula=text.computed,
            style=text.style,
        )
    return [table], len(table.cells)


def _row(row: int, entry: etree._Element, merging: _Merging, room: Room) -> Iterator[_Cell]:
    """Yield the cells of a row (§17.4.78)."""
    column = 1 + number(first(first(entry, "trPr"), "gridBefore"), 0)
    for cell in children(entry):
        if kind(cell) != "tc" or column > room.columns:
            continue
        properties = first(cell, "tcPr")
        width = max(number(first(properties, "gridSpan"), 1), 1)
        down = first(properties, "vMerge")
        merging.meet(row, column, width, None if down is None else said(down) or "continue")
        yield _Cell(row, column, _content(cell, room))
        column += width


def _content(cell: etree._Element, room: Room) -> Content:
    """Read what stands in a cell; one deleted with changes tracked counts as struck out."""
    content = Content()
    if first(first(cell, "tcPr"), "cellDel") is not None:
        content.text.mark(Style.STRUCK)
    for child in children(cell):
        name = kind(child)
        if name == "p":
            content.paragraph(child)
        elif name == "tbl":
            content.table(*_table(child, room))
    return content
