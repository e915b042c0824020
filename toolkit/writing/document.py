"""Official Word documents after GB/T 9704-2012, piece by piece from top to bottom."""

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from toolkit import marks
from toolkit.exhibits import Panel
from toolkit.printed import Printed
from toolkit.writing import gbt9704, word_table
from toolkit.writing.word_measures import Measures, characters
from toolkit.writing.word_package import blank_document, without_times
from toolkit.writing.word_panel import Panels
from toolkit.writing.word_provision import provide
from toolkit.writing.word_styles import HEADINGS, StyleName

Pieces = str | Sequence[tuple[str, bool]]
r"""Text, or stretches of text each with whether it is a placeholder (【待填…】).

``\n`` breaks the line, as in a title that is broken where its sense allows.
"""


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
        self._panels = Panels(self.document)
        properties = self.document.core_properties
        properties.title = title
        properties.subject = subject
        properties.author = issuer
        properties.language = "zh-CN"
        properties.created = properties.modified = marks.CREATED

    @classmethod
    def within(cls, document: Document) -> "OfficialDocument":
        """Return one that goes on at the end of somebody's document, in its styles."""
        self = cls.__new__(cls)
        self.document = document
        self._panels = Panels(document)
        return self

    def title(self, pieces: Pieces) -> None:
        """Write the title: 2号小标宋, centred (§7.3.1)."""
        self._paragraph(pieces, StyleName.TITLE)

    def heading(self, pieces: Pieces, level: int) -> None:
        """Write a heading, numbered by Word as 一、（一）1. or （1） (§7.3.3).

        Args:
            pieces: the heading without its number.
            level: 1 to 4.
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

    def panel(self, panel: Panel) -> None:
        """Write a small table or a chart with its caption; both are numbered as they come."""
        self._panels.add(panel)

    def table(self, printed: Printed, measures: Measures) -> None:
        """Write a table whose heading is repeated on every page and whose rows stay whole.

        Args:
            printed: the table; the texts of its figures are filled in.
            measures: widths of its columns and size of its type.
        """
        word_table.add(self.document, printed, measures)
        self._paragraph("", StyleName.TABLE_END)

    def attachment(self, pieces: Pieces) -> None:
        """Name what is attached, before the document is signed (§7.3.4)."""
        self._kept_with_next()
        self._paragraph(pieces, StyleName.ATTACHMENT)

    def signature(self, unit: Pieces, date: Pieces) -> None:
        """Sign the document: the date four characters in, the unit centred above it (§7.3.5.1).

        Args:
            unit: the issuing authority.
            date: the date in words, months and days without leading zeros.
        """
        self._kept_with_next()
        signed = self._paragraph(unit, StyleName.UNIT)
        dated = self._paragraph(date, StyleName.DATE)
        surplus = characters(signed.text) - characters(dated.text)
        indent = max(0.0, gbt9704.DATE_CHARACTERS - surplus / 2)
        signed.paragraph_format.right_indent = Pt(indent * gbt9704.SIZE_3_PT)
        dated.paragraph_format.right_indent = Pt((indent + surplus / 2) * gbt9704.SIZE_3_PT)

    def _kept_with_next(self) -> None:
        """Keep what was written last with what comes now; no page holds a signature alone."""
        for last in self.document.paragraphs[-1:]:
            last.paragraph_format.keep_with_next = True

    def save(self) -> bytes:
        """Return the document as a .docx file; same content, same bytes."""
        package = BytesIO()
        self.document.save(package)
        return without_times(package.getvalue())

    def _paragraph(self, pieces: Pieces, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph(style=provide(self.document, style))
        for text, is_placeholder in [(pieces, False)] if isinstance(pieces, str) else pieces:
            paragraph.add_run(text, StyleName.PLACEHOLDER if is_placeholder else None)
        return paragraph
