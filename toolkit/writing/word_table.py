"""Printed tables in Word: merged cells, a heading on every page, rows that stay whole."""

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, Twips
from docx.table import Table, _Cell, _Row

from toolkit.printed import Cell, Part, Printed
from toolkit.writing import word_styles
from toolkit.writing.word_measures import Measures, stacked
from toolkit.writing.word_provision import provide
from toolkit.writing.word_styles import StyleName

_HEADINGS = frozenset({Part.BLOCK, Part.HEADER})
_LABELS = frozenset({Part.LABEL, Part.SECTION})


def add(document: Document, printed: Printed, measures: Measures) -> None:
    """Write a table at the end of a document.

    Args:
        document: the document.
        printed: the table; the texts of its figures are filled in.
        measures: widths of its columns and size of its type.

    Raises:
        ValueError: its cells leave gaps or overlap.
    """
    _Writer(document, printed, measures).write()


class _Writer:
    """One table being written."""

    def __init__(self, document: Document, printed: Printed, measures: Measures) -> None:
        self.document, self.printed, self.measures = document, printed, measures
        blocks = printed.blocks
        # Below the first of several blocks its headings would be false.
        self.repeated = blocks[0].first if len(blocks) == 1 else 0
        self.sections = {cell.row for cell in printed.cells if cell.part is Part.SECTION}

    def write(self) -> None:
        table = self._empty_table()
        for number, cells in enumerate(rows(self.printed)):
            row = _add_row(table, self.measures.row)
            if number < self.repeated:
                _mark(row, "w:tblHeader")
            self._merge(row, number, cells)

    def _empty_table(self) -> Table:
        style = StyleName.NARROW_TABLE if self.measures.narrow else StyleName.TABLE
        provide(self.document, style)
        table: Table = self.document.add_table(0, self.printed.width, style)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        # LibreOffice goes by these; every row added takes its cells' widths from them too.
        for place, width in zip(table.columns, self.measures.widths, strict=True):
            place.width = Twips(width)
        return table

    def _merge(self, row: _Row, number: int, cells: Sequence[Cell]) -> None:
        """Make one element of every cell in a row; below a cell's first row they are empty."""
        elements = row._tr.tc_lst
        for cell in cells:
            element, *spanned = elements[cell.column : cell.column + cell.columns]
            for other in spanned:
                row._tr.remove(other)
            if spanned:
                element.width = Twips(sum(self._widths(cell)))
                element.grid_span = cell.columns
            if cell.rows > 1:
                element.vMerge = "restart" if cell.row == number else "continue"
            self._fill(_Cell(element, row.table), cell, cell.text if cell.row == number else "")

    def _widths(self, cell: Cell) -> Sequence[int]:
        return self.measures.widths[cell.column : cell.column + cell.columns]

    def _fill(self, target: _Cell, cell: Cell, text: str) -> None:
        (paragraph,) = target.paragraphs
        paragraph.style = self._style(cell)
        paragraph.add_run(text)
        if cell.part not in _HEADINGS:  # their style centres them
            paragraph.alignment = self._alignment(cell)
        form = paragraph.paragraph_format
        if cell.part in _LABELS:
            form.left_indent = Pt(cell.indent * self.measures.size)
        elif sides := self._sides(cell):
            form.left_indent = form.right_indent = Pt(sides)
        if self.measures.whole:
            form.keep_with_next = True

    def _sides(self, cell: Cell) -> float:
        """Return how far a heading of a narrow table is indented on both sides."""
        if cell.part is not Part.HEADER or not self.measures.narrow:
            return 0.0
        return stacked(cell.text, sum(self._widths(cell)) / 20, self.measures.size)

    def _alignment(self, cell: Cell) -> WD_ALIGN_PARAGRAPH:
        """Return how a text below the headings stands: a tree of labels left, all else centred."""
        is_tree = not self.printed.table.is_matrix or self.printed.labels > 1 or cell.indent > 0
        left = cell.part in _LABELS and is_tree and cell.rows == 1
        return WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER

    def _style(self, cell: Cell) -> str:
        style = StyleName.TABLE_TEXT
        if cell.part in _HEADINGS:
            style = StyleName.TABLE_HEADER
        elif cell.row in self.sections:
            style = StyleName.TABLE_SECTION
        return provide(self.document, word_styles.sized(style, self.measures.size))


def rows(printed: Printed) -> Iterator[Sequence[Cell]]:
    """Yield the cells in every row of a table from left to right, those from above among them.

    Raises:
        ValueError: they leave gaps or overlap.
    """
    found: list[list[Cell]] = [[] for _ in range(printed.height)]
    for cell in printed.cells:
        for row in found[cell.row : cell.row + cell.rows]:
            row.append(cell)
    for row in found:
        row.sort(key=lambda cell: cell.column)
        ends = [0, *(cell.column + cell.columns for cell in row)]
        if ends != [*(cell.column for cell in row), printed.width]:
            raise ValueError(printed.table.key, row)
        yield row


def _add_row(table: Table, height: float) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row.height = Pt(height)
    _mark(row, "w:cantSplit")
    return row


def _mark(row: _Row, property_name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(property_name))
