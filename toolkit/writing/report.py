"""The Word annual report: a skeleton without figures, or the draft that carries them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docx.enum.text import WD_ALIGN_PARAGRAPH

from toolkit import text, words
from toolkit.form import Form, Line, Table
from toolkit.outline import Outline, Paragraph, Section
from toolkit.record import Figures
from toolkit.wording import Piece, Wording, pieces
from toolkit.writing.document import Column, OfficialDocument, Row

WIDTHS_MM: Mapping[str, float] = {"label": 112.0, "unit": 16.0, "value": 28.0}
"""Columns of the annexed table; together the text width of 156 mm."""


@dataclass(frozen=True)
class Content:
    """What a report is about; without figures it is a skeleton."""

    year: int | None = None
    unit: str = ""
    """The authority that reports, as it signs."""
    figures: Figures = field(default_factory=dict)
    unanswered: frozenset[str] = frozenset()
    """Indicators that some unit left blank; a sum of 0 does not say "none" there."""


@dataclass(frozen=True, slots=True)
class Report:
    """A Word document, and what people still have to write in it."""

    content: bytes
    left: tuple[str, ...]
    """The placeholders 【待填…】 in the order in which they stand."""


def report(form: Form, outline: Outline, content: Content = Content()) -> Report:
    """Return a Word document: the outline with the figures in its sentences, the form as annex.

    The same arguments always give the same bytes (on one version of the libraries).

    Args:
        form: the edition.
        outline: how the report is arranged.
        content: figures, year and authority; what is missing becomes 【待填】.

    Raises:
        jinja2.TemplateError: a sentence of the outline cannot be filled.
    """
    writer = _Writer(form, outline, content)
    writer.body()
    writer.annex()
    return Report(writer.document.save(), tuple(writer.left))


def file_name(form: Form) -> str:
    """Return the name of the skeleton's file."""
    return words.say("report.file_skeleton", name=form.name, edition=form.edition)


class _Writer:
    """One report being written."""

    def __init__(self, form: Form, outline: Outline, content: Content) -> None:
        self.form, self.outline = form, outline
        self.wording = Wording(
            form, content.figures, content.year, content.unit, content.unanswered
        )
        self.left: list[str] = []
        self.document = OfficialDocument(
            title=self.wording.text(outline.title).replace("\n", ""),
            subject=words.say("report.subject"),
            issuer=content.unit,
        )

    def body(self) -> None:
        self.document.title(self._filled(self.outline.title))
        self._paragraphs(self.outline.preamble)
        self._sections(self.outline.sections, level=1)
        signature = words.entry("report.signature")
        self.document.signature(self._filled(signature["unit"]), self._filled(signature["date"]))

    def annex(self) -> None:
        self.document.annex_heading(self.outline.annex)
        for table in self.form.tables:
            titles = words.entry("report.annex")
            self.document.table_title(self._filled(titles["title"].format(name=self.form.name)))
            self.document.table_note(self._filled(titles["unit"]))
            self.document.table(_columns(), [self._row(table, line) for line in table.lines])

    def _sections(self, sections: Iterable[Section], level: int) -> None:
        for section in sections:
            self.document.heading(self._filled(section.heading), level)
            self._paragraphs(section.paragraphs)
            self._sections(section.sections, level + 1)

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            written = self.wording.paragraph(paragraph)
            if written:
                self.document.paragraph(self._noted(written))

    def _filled(self, template: str) -> Sequence[Piece]:
        return self._noted(self.wording.text(template))

    def _noted(self, written: str) -> Sequence[Piece]:
        """Split a text at its placeholders and note them."""
        split = pieces(written)
        self.left += [piece for piece, is_placeholder in split if is_placeholder]
        return split

    def _row(self, table: Table, line: Line) -> Row:
        indicator = self.form.indicators.get(table.cell(line))
        if indicator is None:
            return Row((line.label, "", ""), line.level, is_heading=line.level == 0)
        figure = self.wording.figures.get(indicator.key)
        shown = "" if figure is None else text.show(figure)
        cells = (line.label, indicator.measure.name, shown)
        return Row(cells, line.level, is_heading=line.level == 0)


def _columns() -> list[Column]:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    alignments = {"label": WD_ALIGN_PARAGRAPH.LEFT, "unit": centre, "value": centre}
    return [
        Column(words.say(f"sheet.columns.{name}"), width, alignments[name])
        for name, width in WIDTHS_MM.items()
    ]
