"""Exhibits in Word: a small table under its caption, or a chart above it."""

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph

from toolkit import text, words
from toolkit.exhibits import Kind, Panel
from toolkit.form import Block, Table
from toolkit.printed import Cell, Part, Printed, PrintedBlock
from toolkit.wording import percentage
from toolkit.writing import gbt9704, word_chart, word_table
from toolkit.writing.word_measures import Measures
from toolkit.writing.word_provision import provide
from toolkit.writing.word_styles import StyleName

_TWIPS_PER_MM = gbt9704.POINTS_PER_MM * 20
_WIDTHS_MM = {3: (72, 42, 42), 2: (96, 60)}
"""Of the columns of a small table, by their number; together the width of the text."""
_ROW_PT = 20.0


class Panels:
    """The exhibits of one document, numbered as they come."""

    def __init__(self, document: Document) -> None:
        """Start with number 1."""
        self._document = document
        self._tables = self._charts = 0

    def add(self, panel: Panel) -> None:
        """Write an exhibit at the end of the document."""
        if panel.kind is Kind.SHARES:
            self._add_table(panel)
        else:
            self._add_chart(panel)

    def _add_table(self, panel: Panel) -> None:
        self._tables += 1
        self._caption(StyleName.TABLE_CAPTION, "table", self._tables, panel)
        printed = as_printed(panel)
        widths = tuple(round(width * _TWIPS_PER_MM) for width in _WIDTHS_MM[printed.width])
        word_table.add(self._document, printed, Measures(widths, row=_ROW_PT, whole=True))
        self._paragraph(StyleName.REMARK if panel.note else StyleName.TABLE_END).add_run(panel.note)

    def _add_chart(self, panel: Panel) -> None:
        self._charts += 1
        picture = self._paragraph(StyleName.PICTURE)
        word_chart.add(self._document, picture.add_run(), panel, self._charts)
        self._caption(StyleName.PICTURE_CAPTION, "chart", self._charts, panel)

    def _caption(self, style: StyleName, kind: str, number: int, panel: Panel) -> None:
        """Write a caption whose number is a field, so that Word counts again after changes."""
        label = words.say(f"report.panel.{kind}")
        paragraph = self._paragraph(style)
        paragraph.add_run(label)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), rf" SEQ {label} \* ARABIC ")
        field.append(paragraph.add_run(str(number))._r)
        paragraph._p.append(field)
        told = words.say(
            f"report.panel.caption_{kind}", caption=panel.caption, measure=panel.measure
        )
        paragraph.add_run(told)

    def _paragraph(self, style: StyleName) -> Paragraph:
        return self._document.add_paragraph(style=provide(self._document, style))


def as_printed(panel: Panel) -> Printed:
    """Return a panel as the table it is printed as: parts, figures, shares, and their sums."""
    rows = list(_rows(panel))
    parts = (Part.LABEL, Part.FIGURE, Part.FIGURE)
    cells = [
        Cell(row, column, part if row else Part.HEADER, content)
        for row, contents in enumerate(rows)
        for column, (part, content) in enumerate(zip(parts, contents, strict=False))
    ]
    table = Table("", panel.caption, panel.caption, ())
    block = PrintedBlock(Block("", ()), 0, 1, len(rows))
    return Printed(table, 1, len(rows[0]) - 1, tuple(cells), (block,))


def _rows(panel: Panel) -> Iterator[tuple[str, ...]]:
    """Yield the texts of each row; the last column is one of shares only where they are known."""
    (series,) = panel.series
    shown = [text.show(one) if one is not None else "" for one in series.figures]
    heading = (panel.of, words.say("report.panel.figure", measure=panel.measure))
    whole = (words.say("report.panel.total"), text.show(panel.total))
    if not panel.shares:
        yield from (heading, *zip(panel.names, shown, strict=True), whole)
        return
    shares = map(percentage, panel.shares, series.figures)
    yield (*heading, words.say("report.panel.share"))
    yield from zip(panel.names, shown, shares, strict=True)
    yield (*whole, words.say("report.panel.whole"))
