"""Which edition of the form a workbook holds, and what it says of itself."""

from collections.abc import Iterator, Mapping

from toolkit import definition, marks, words
from toolkit.findings import Refused
from toolkit.form import Form
from toolkit.marks import Kind, Mark
from toolkit.reading import labels
from toolkit.reading.grid import Book
from toolkit.reading.grid import Kind as CellKind

ENOUGH = 0.5
"""A workbook without our marks is a form if it has at least this share of its labels."""


def metadata(book: Book) -> Mapping[str, str]:
    """Return our marks in a workbook: its properties, or the hidden sheet that repeats them."""
    hidden = {
        cell.raw: second.raw
        for sheet in book.sheets
        if sheet.name == marks.META_SHEET
        for (row, column), cell in sheet.cells.items()
        if column == 1 and (second := sheet.cells.get((row, 2)))
    }
    stated = hidden | {name: value for name, value in book.properties.items() if value}
    return {mark: stated[mark].strip() for mark in Mark if mark in stated}


def recognise(book: Book) -> Form:
    """Return the edition a workbook is a return of.

    Raises:
        Refused: R14 it is a summary of ours; R10 it is no form, or of an edition not defined.
    """
    known = metadata(book)
    if known.get(Mark.KIND) == Kind.SUMMARY:
        raise Refused("R14")
    if edition := known.get(Mark.FORM):
        return edition_named(edition)
    texts = set(_texts(book))
    share, best = max(
        ((_share(form, texts), form) for form in map(definition.load, definition.editions())),
        key=lambda rated: rated[0],
    )
    if share < ENOUGH:
        raise Refused("R10", reason=words.say("reading.few_labels"))
    return best


def edition_named(edition: str) -> Form:
    """Return an edition by its name.

    Raises:
        Refused: R10, it is not defined.
    """
    if edition not in definition.editions():
        raise Refused("R10", reason=words.say("reading.edition", edition=edition))
    return definition.load(edition)


def _texts(book: Book) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.kind is CellKind.TEXT:
                yield labels.bare(cell.raw)


def _share(form: Form, texts: set[str]) -> float:
    lines = [labels.spellings(line.label) for _, line in form.listed()]
    return sum(not texts.isdisjoint(spellings) for spellings in lines) / len(lines)
