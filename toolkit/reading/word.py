"""Read the tables of a Word document (.docx) into the grid.

The layout is that of ECMA-376 part 1 §17. Transitional and Strict files differ in namespaces only,
which are therefore not looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from toolkit import words
from toolkit.reading import documents, formats, guard, limits, parts, values
from toolkit.reading.documents import Block, Table
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book
from toolkit.reading.word_elements import (
    SIGNS,
    attribute,
    children,
    deleted,
    first,
    hidden,
    kind,
    number,
    said,
)


@dataclass(slots=True)
class _Seen:
    """What was met on the way and is said in a note."""

    nested: bool = False


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
    document = None if content is None else guard.parse_document(content)
    body = None if document is None else document.find("{*}body")
    if body is None:
        raise guard.damaged()
    seen = _Seen()
    found, notes = documents.sheets(_blocks(body, seen))
    if not found:
        raise formats.without_table(Format.DOCX)
    nested = (words.say("reading.note.nested"),) if seen.nested else ()
    about = parts.about(package, root)
    return Book(
        sheets=found,
        names={},
        properties=about.properties,
        application=about.application,
        modified=about.modified,
        notes=(*parts.macros(package), *nested, *notes),
    )


def _blocks(parent: etree._Element, seen: _Seen) -> Iterator[Block]:
    """Yield the paragraphs and tables of a story, in order."""
    for child in children(parent):
        name = kind(child)
        if name == "p":
            text = _Text()
            text.paragraph(child)
            yield text.shown
        elif name == "tbl":
            yield _table(child, seen)


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


def _table(element: etree._Element, seen: _Seen) -> Table:
    """Read a table (§17.4.37); rows that were deleted with changes tracked are none."""
    table = Table()
    merging = _Merging(table, {})
    rows = [row for row in children(element) if kind(row) == "tr" and not deleted(row)]
    for row, entry in enumerate(rows[: limits.ROWS], 1):
        met = set(_row(row, entry, merging, seen))
        for column in merging.open.keys() - met:
            merging.close(column, row - 1)
    for column in list(merging.open):
        merging.close(column, min(len(rows), limits.ROWS))
    table.whole &= len(rows) <= limits.ROWS
    return table


def _row(row: int, entry: etree._Element, merging: _Merging, seen: _Seen) -> Iterator[int]:
    """Take the cells of a row (§17.4.78) and yield their columns."""
    column = 1 + number(first(first(entry, "trPr"), "gridBefore"), 0)
    for cell in children(entry):
        if kind(cell) != "tc" or column > limits.COLUMNS:
            continue
        properties = first(cell, "tcPr")
        width = max(number(first(properties, "gridSpan"), 1), 1)
        down = first(properties, "vMerge")
        merging.meet(row, column, width, None if down is None else said(down) or "continue")
        text = _content(cell, seen)
        merging.table.put(row, column, values.typed(text.shown), formula=text.computed)
        yield column
        column += width


# ---------------------------------------------------------------- texts


@dataclass(slots=True)
class _Text:
    """A text as its pieces come."""

    pieces: list[str] = field(default_factory=list)
    computed: bool = False
    """Whether a field in it calculates (§17.16.3), as =SUM(ABOVE) does."""

    @property
    def shown(self) -> str:
        """Return what people see."""
        return "".join(self.pieces).strip()

    def paragraph(self, element: etree._Element) -> None:
        """Take what a paragraph shows (§17.3.1.22)."""
        for simple in element.iterchildren("{*}fldSimple"):
            self._instruction(attribute(simple, "instr"))
        for run in children(element):
            if kind(run) == "r" and not hidden(run):
                for child in run:
                    self._sign(child)
        self.pieces.append("\n")

    def _sign(self, child: etree._Element) -> None:
        name = kind(child)
        if name == "t":
            self.pieces.append(child.text or "")
        elif name == "instrText":
            self._instruction(child.text or "")
        elif name in SIGNS:
            self.pieces.append(SIGNS[name])

    def _instruction(self, instruction: str) -> None:
        self.computed |= instruction.lstrip().startswith("=")


def _content(cell: etree._Element, seen: _Seen) -> _Text:
    """Return the paragraphs of a cell (§17.4.65); a table within it is left out."""
    text = _Text()
    for child in children(cell):
        name = kind(child)
        if name == "p":
            text.paragraph(child)
        elif name == "tbl":
            seen.nested = True
    return text
