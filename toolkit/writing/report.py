"""The Word annual report: a skeleton without figures, or the draft that carries them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from toolkit import exhibits, text, words
from toolkit.compare import Row
from toolkit.exhibits import Exhibit
from toolkit.filling import Piece, pieces
from toolkit.form import Form, Table
from toolkit.outline import Outline, Paragraph, Section
from toolkit.printed import Cell, Part, Printed, printed
from toolkit.record import Figures
from toolkit.wording import Wording
from toolkit.writing.document import OfficialDocument
from toolkit.writing.word_measures import measures


@dataclass(frozen=True)
class Content:
    """What a report is about; without figures it is a skeleton."""

    year: int | None = None
    unit: str = ""
    """The authority that reports, as it signs."""
    figures: Figures = field(default_factory=dict)
    unanswered: frozenset[str] = frozenset()
    """Indicators that some unit left blank; a sum of 0 does not say "none" there."""
    beside: tuple[Row, ...] = ()
    """The figures beside those of the year before."""

    def wording(self, form: Form) -> Wording:
        """Return the words for these figures."""
        return Wording(form, self.figures, self.year, self.unit, self.unanswered, self.beside)


@dataclass(frozen=True, slots=True)
class Report:
    """A Word document, and what people still have to write in it."""

    content: bytes
    left: tuple[str, ...]
    """The placeholders 【待填…】 in the order in which they stand."""


def report(form: Form, outline: Outline, content: Content = Content()) -> Report:
    """Return a Word document: the outline with the figures in its sentences and the form's tables.

    The same arguments always give the same bytes (on one version of the libraries).

    Args:
        form: the edition.
        outline: how the report is arranged.
        content: figures, year and authority; what is missing becomes 【待填】.

    Raises:
        Unfillable: a sentence of the outline cannot be filled.
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
        self.wording = content.wording(form)
        self.tables = {table.key: table for table in form.tables}
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
        if self.outline.annexed:
            self.document.attachment(words.say("report.attachment", name=self.form.name))
        signature = words.entry("report.signature")
        self.document.signature(self._filled(signature["unit"]), self._filled(signature["date"]))

    def annex(self) -> None:
        if self.outline.annex:
            self.document.annex_heading(self._filled(self.outline.annex))
        for key in self.outline.annexed:
            table = self.tables[key]
            titles = words.entry("report.annex")
            self.document.table_title(self._filled(titles["title"].format(name=table.title)))
            self.document.table_note(self._filled(titles["unit"]))
            self._table(table)

    def _sections(self, sections: Iterable[Section], level: int) -> None:
        for section in sections:
            self.document.heading(self._filled(section.heading), level)
            self._paragraphs(section.paragraphs)
            self._exhibits(section.exhibits)
            if section.table:
                self._table(self.tables[section.table])
            self._sections(section.sections, level + 1)

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            written = self.wording.paragraph(paragraph)
            if written:
                self.document.paragraph(self._noted(written))

    def _exhibits(self, shown: Iterable[Exhibit]) -> None:
        for exhibit in shown:
            if panel := exhibits.panel(exhibit, self.wording):
                self.document.panel(panel)

    def _filled(self, template: str) -> Sequence[Piece]:
        return self._noted(self.wording.text(template))

    def _noted(self, written: str) -> Sequence[Piece]:
        """Split a text at its placeholders and note them."""
        split = pieces(written)
        self.left += [piece for piece, is_placeholder in split if is_placeholder]
        return split

    def _table(self, table: Table) -> None:
        shown = with_figures(self.form, table, self.wording.figures)
        self.document.table(shown, measures(shown))


def with_figures(form: Form, table: Table, figures: Figures) -> Printed:
    """Return a table as it is printed, its figures filled in; a blank stays blank."""

    def filled(cell: Cell) -> Cell:
        figure = figures.get(cell.key)
        if cell.part is not Part.FIGURE or figure is None:
            return cell
        return replace(cell, text=text.show(figure))

    blank = printed(form, table)
    return replace(blank, cells=tuple(map(filled, blank.cells)))
