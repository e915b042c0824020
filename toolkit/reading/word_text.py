"""Read the text of a Word document: paragraphs, small tables, text boxes, notes.

Changes that are tracked count as accepted: what was inserted is read, what was deleted is not, and
a paragraph whose mark was deleted goes on in the next one (ECMA-376 part 1 §17.13.5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from lxml import etree

from toolkit.narrative import Block, Grid, Narrative, Passage, Piece, Story
from toolkit.reading import guard, parts, word_numbering, word_styles
from toolkit.reading.word_elements import (
    DRAWN,
    SIGNS,
    attribute,
    boxes,
    children,
    deleted,
    first,
    hidden,
    kind,
    number,
)
from toolkit.reading.word_numbering import Numbering
from toolkit.reading.word_styles import Styles

_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def read(package: guard.Package) -> Narrative:
    """Read a document.

    Args:
        package: the opened file.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits.
    """
    place = parts.relationships(package, "").of_type("officeDocument", "word/document.xml")
    content = package.part(place)
    document = None if content is None else guard.parse_document(content)
    body = first(document, "body")
    if document is None or body is None:
        raise guard.damaged()
    related = parts.relationships(package, place)
    styles = word_styles.read(package.xml(related.of_type("styles")))
    reader = _Reader(
        runs={run: place for place, run in enumerate(_runs(document))},
        styles=styles,
        numbering=word_numbering.read(package.xml(related.of_type("numbering")), styles),
        notes={sign: _stories(package.xml(related.of_type(part))) for sign, part in _NOTES.items()},
    )
    return Narrative(tuple(reader.blocks(body)), parts.macros(package))


def _runs(document: etree._Element) -> Iterator[etree._Element]:
    """Yield all runs of text of the document in the order of the file."""
    space = str(document.tag).rpartition("}")[0]
    return document.iter(f"{space}}}r")


def _stories(root: etree._Element | None) -> Mapping[str, etree._Element]:
    """Return the notes of a part by their ids."""
    return {} if root is None else {attribute(entry, "id"): entry for entry in root}


@dataclass(slots=True)
class _Text:
    """The text of one or several paragraphs as it comes, and what hangs on it."""

    signs: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[etree._Element, int]] = field(default_factory=list)
    """Text boxes, each with the run that holds it."""
    notes: list[tuple[etree._Element, int]] = field(default_factory=list)
    """Footnotes and endnotes, each with the run that names it."""

    @property
    def written(self) -> str:
        """Return all of it."""
        return "".join(self.signs)

    def add(self, sign: str) -> None:
        """Take the next characters."""
        self.signs.append(sign)
        self.length += len(sign)

    def passage(self, number: int, story: Story, anchor: tuple[Piece, ...] = ()) -> Passage:
        """Return the text without the white space around it.

        Args:
            number: that of the paragraph, or of the one before.
            story: where it stands.
            anchor: where it is to be found in the body, if it does not stand there itself.
        """
        whole = self.written
        skipped = len(whole) - len(whole.lstrip())
        pieces = anchor or tuple(Piece(start - skipped, run) for start, run in self.pieces)
        return Passage(whole.strip(), number, story, pieces=pieces)


@dataclass(slots=True)
class _Reader:
    """A document as it is read from top to bottom."""

    runs: Mapping[etree._Element, int]
    styles: Styles
    numbering: Numbering
    notes: Mapping[str, Mapping[str, etree._Element]]
    paragraphs: int = 0
    tables: int = 0
    _told: set[etree._Element] = field(default_factory=set)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs and tables of the body, each with what hangs on it behind it."""
        text = _Text()
        blocks = [child for child in children(parent) if kind(child) in ("p", "tbl")]
        for child, following in zip_longest(blocks, blocks[1:]):
            if kind(child) == "tbl":
                yield from self._table(child)
                continue
            self._take(child, text)
            if _goes_on(child) and following is not None and kind(following) == "p":
                continue
            yield from self._paragraph(child, text)
            text = _Text()

    def _paragraph(self, element: etree._Element, text: _Text) -> Iterator[Block]:
        """Yield a paragraph of the body (§17.3.1.22)."""
        properties = first(element, "pPr")
        printed = self.numbering.next(*self.styles.numbered(properties))
        found = text.passage(self.paragraphs + 1, Story.BODY)
        if found.text:
            self.paragraphs += 1
            yield replace(found, level=self.styles.level(properties), numbering=printed)
        yield from self._hanging(text)

    def _hanging(self, text: _Text) -> Iterator[Block]:
        """Yield what stands in the text boxes and notes of a text."""
        for story, hanging in ((Story.BOX, text.boxes), (Story.NOTE, text.notes)):
            for element, run in hanging:
                if element in self._told:
                    continue  # a note may be named any number of times
                self._told.add(element)
                for child in element.iter("{*}p"):
                    inner = _Text()
                    self._take(child, inner)
                    found = inner.passage(self.paragraphs, story, (Piece(0, run),))
                    if found.text:
                        yield found

    def _table(self, element: etree._Element) -> Iterator[Block]:
        """Yield a table, then the tables and notes in its cells."""
        self.tables += 1
        place, rows, behind = self.tables, [], _Text()
        inner: list[etree._Element] = []
        for row, entry in enumerate(_rows(element), 1):
            cells = []
            column = 1 + number(first(first(entry, "trPr"), "gridBefore"), 0)
            for cell in children(entry):
                if kind(cell) != "tc":
                    continue
                text = self._cell(cell, inner)
                found = text.passage(self.paragraphs, Story.TABLE)
                cells.append(replace(found, table=place, row=row, column=column))
                behind.boxes += text.boxes
                behind.notes += text.notes
                column += max(number(first(first(cell, "tcPr"), "gridSpan"), 1), 1)
            rows.append(tuple(cells))
        yield Grid(tuple(rows))
        yield from self._hanging(behind)
        for table in inner:
            yield from self._table(table)

    def _cell(self, cell: etree._Element, inner: list[etree._Element]) -> _Text:
        """Return the text of a cell; tables in it are put aside."""
        text = _Text()
        for child in children(cell):
            if kind(child) == "p":
                if text.length:
                    text.add("\n")
                self._take(child, text)
            elif kind(child) == "tbl":
                inner.append(child)
        return text

    def _take(self, paragraph: etree._Element, text: _Text) -> None:
        """Take what a paragraph shows."""
        for run in children(paragraph):
            if kind(run) != "r" or hidden(run):
                continue
            place = self.runs.get(run, -1)
            text.pieces.append(Piece(text.length, place))
            for child in run:
                name = kind(child)
                if name == "t":
                    text.add(child.text or "")
                elif name in SIGNS:
                    text.add(SIGNS[name])
                elif name in _NOTES:
                    note = self.notes[name].get(attribute(child, "id"))
                    text.notes += [] if note is None else [(note, place)]
                elif name in DRAWN:
                    text.boxes += [(box, place) for box in boxes(child)]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in children(table) if kind(row) == "tr" and not deleted(row))


def _goes_on(paragraph: etree._Element) -> bool:
    """Tell whether the mark of a paragraph was deleted, so that the next one continues it."""
    return first(first(first(paragraph, "pPr"), "rPr"), "del") is not None
