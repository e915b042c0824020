"""The Word annual report: a skeleton without figures, or the draft that carries them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from toolkit import text, words
from toolkit.form import Form, Table
from toolkit.outline import Outline, Paragraph, Section
from toolkit.printed import Cell, Part, printed
from toolkit.record import Figures
from toolkit.wording import Piece, Wording, pieces
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
            if section.table:
                self._table(self.tables[section.table])
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

    def _table(self, table: Table) -> None:
        blank = printed(self.form, table)
        filled = replace(blank, cells=tuple(map(self._cell, blank.cells)))
        self.document.table(filled, measures(filled))

    def _cell(self, cell: Cell) -> Cell:
        """Return a printed cell with the figure that belongs into it; a blank stays blank."""
        figure = self.wording.figures.get(cell.key)
        if cell.part is not Part.FIGURE or figure is None:
            return cell
        return replace(cell, text=text.show(figure))
