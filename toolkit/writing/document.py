"""Official Word documents after GB/T 9704-2012, piece by piece from top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from unicodedata import east_asian_width

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from toolkit import marks
from toolkit.writing import gbt9704
from toolkit.writing.word_package import blank_document, without_times
from toolkit.writing.word_styles import HEADINGS, StyleName

Pieces = str | Sequence[tuple[str, bool]]
r"""Text, or stretches of text each with whether it is a placeholder (【待填…】).

``\n`` breaks the line, as in a title that is broken where its sense allows.
"""

_ROW_HEIGHT = Pt(16)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    header: str
    width_mm: float
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    """Of the cells below the header."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: Sequence[str]
    """One text for each column."""
    level: int = 0
    """Characters by which the first cell is indented."""
    is_heading: bool = False
    """Whether the row opens a section; it then stays with the row below it."""


class OfficialDocument:
    """An official document that grows from top to bottom.

    ``document`` is the document of python-docx, for what has no method here.
    """

    def __init__(self, *, title: str, subject: str = "", issuer: str = "") -> None:
        """Start with an empty document.

        Args:
            title: title in the document's properties.
            subject: subject in the document's properties.
            issuer: the issuing authority, author in the document's properties.
        """
        self.document = docx.Document(BytesIO(blank_document()))
        properties = self.document.core_properties
        properties.title = title
        properties.subject = subject
        properties.author = issuer
        properties.language = "zh-CN"
        properties.created = properties.modified = marks.CREATED

    def title(self, pieces: Pieces) -> None:
        """Write the title: 2号小标宋, centred (§7.3.1)."""
        self._paragraph(pieces, StyleName.TITLE)

    def heading(self, pieces: Pieces, level: int) -> None:
        """Write a heading, numbered by Word as 一、（一） or 1. (§7.3.3).

        Args:
            pieces: the heading without its number.
            level: 1, 2 or 3.
        """
        self._paragraph(pieces, HEADINGS[level - 1])

    def paragraph(self, pieces: Pieces) -> None:
        """Write a paragraph of 3号仿宋, indented by two characters (§7.3.3)."""
        self._paragraph(pieces, StyleName.BODY)

    def annex_heading(self, pieces: Pieces) -> None:
        """Start an annex on a new page, with 附件 or 附表 at the top left (§7.3.7)."""
        self._paragraph(pieces, StyleName.ANNEX)

    def table_title(self, pieces: Pieces) -> None:
        """Write the title of an annex's table, centred in the third line (§7.3.7)."""
        self._paragraph(pieces, StyleName.TABLE_TITLE)

    def table_note(self, pieces: Pieces) -> None:
        """Write a small line above a table, such as the unit it is about."""
        self._paragraph(pieces, StyleName.TABLE_NOTE)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Write a table whose header is repeated on every page and whose rows stay whole.

        Args:
            columns: headers, widths and alignments; the text area is 156 mm wide.
            rows: the rows below the header.
        """
        table = self._empty_table(columns)
        header = _add_row(table)
        _mark(header, "w:tblHeader")
        for cell, column in zip(header.cells, columns, strict=True):
            _fill(cell.paragraphs[0], column.header, StyleName.TABLE_HEADER)
        for row in rows:
            _write_row(_add_row(table), row, columns)
        self._paragraph("", StyleName.TABLE_END)

    def signature(self, unit: Pieces, date: Pieces) -> None:
        """Sign the document: the date four characters in, the unit centred above it (§7.3.5.1).

        Args:
            unit: the issuing authority.
            date: the date in words, months and days without leading zeros.
        """
        # A page must not hold the signature alone.
        for last in self.document.paragraphs[-1:]:
            last.paragraph_format.keep_with_next = True
        signed = self._paragraph(unit, StyleName.UNIT)
        dated = self._paragraph(date, StyleName.DATE)
        surplus = _characters(signed.text) - _characters(dated.text)
        indent = max(0.0, gbt9704.DATE_CHARACTERS - surplus / 2)
        signed.paragraph_format.right_indent = Pt(indent * gbt9704.SIZE_3_PT)
        dated.paragraph_format.right_indent = Pt((indent + surplus / 2) * gbt9704.SIZE_3_PT)

    def save(self) -> bytes:
        """Return the document as a .docx file; same content, same bytes."""
        package = BytesIO()
        self.document.save(package)
        return without_times(package.getvalue())

    def _paragraph(self, pieces: Pieces, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        for text, is_placeholder in [(pieces, False)] if isinstance(pieces, str) else pieces:
            paragraph.add_run(text, StyleName.PLACEHOLDER if is_placeholder else None)
        return paragraph

    def _empty_table(self, columns: Sequence[Column]) -> Table:
        table: Table = self.document.add_table(rows=0, cols=len(columns), style=StyleName.TABLE)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        # LibreOffice goes by these; every row added takes its cells' widths from them too.
        for place, column in zip(table.columns, columns, strict=True):
            place.width = Mm(column.width_mm)
        return table


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row.height = _ROW_HEIGHT
    _mark(row, "w:cantSplit")
    return row


def _mark(row: _Row, property_name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(property_name))


def _write_row(target: _Row, row: Row, columns: Sequence[Column]) -> None:
    style = StyleName.TABLE_SECTION if row.is_heading else StyleName.TABLE_TEXT
    paragraphs = [cell.paragraphs[0] for cell in target.cells]
    for paragraph, column, text in zip(paragraphs, columns, row.cells, strict=True):
        _fill(paragraph, text, style)
        paragraph.alignment = column.alignment
    indent = Pt(row.level * gbt9704.SIZE_5_PT)
    paragraphs[0].paragraph_format.left_indent = indent


def _fill(paragraph: Paragraph, text: str, style: StyleName) -> None:
    paragraph.style = style
    paragraph.add_run(text)


def _characters(text: str) -> float:
    """Return the width of a text in Chinese characters; Latin letters and digits are half one."""
    return sum(1 if east_asian_width(sign) in "WF" else 0.5 for sign in text)
