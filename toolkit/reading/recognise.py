"""Which edition of the form a workbook holds, and what it says of itself."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from toolkit import definition, marks, words
from toolkit.findings import Refused
from toolkit.form import Form
from toolkit.marks import Kind, Mark
from toolkit.reading import labels
from toolkit.reading.grid import Book
from toolkit.reading.grid import Kind as CellKind
from toolkit.reading.heads import read_head
from toolkit.reading.locate import locate

ENOUGH = 0.5
"""A workbook without our marks is a form if it has at least this share of a table's labels."""

_NO_RETURNS: Mapping[str, str] = {
    Kind.SUMMARY: "R14",
    Kind.NOTE: "R46",
    Kind.ROSTER: "R51",
    Kind.COMPARISON: "R52",
}
"""Workbooks of ours that are no returns, with the codes that say so."""


def metadata(book: Book) -> Mapping[str, str]:
    """Return our marks in a workbook: its properties, or the hidden sheet that repeats them."""
    stated = {**hidden(book)} | {name: value for name, value in book.properties.items() if value}
    return {mark: stated[mark].strip() for mark in Mark if mark in stated}


def hidden(book: Book) -> Mapping[str, str]:
    """Return what our hidden sheet says in a workbook, by its names."""
    return {
        cell.raw: second.raw
        for sheet in book.sheets
        if sheet.name == marks.META_SHEET
        for (row, column), cell in sheet.cells.items()
        if column == 1 and (second := sheet.cells.get((row, 2)))
    }


def recognise(book: Book) -> Form:
    """Return the edition a workbook is a return of.

    Raises:
        Refused: R14 it is a summary of ours, R46 a note of ours on a file that could not be read,
            R51 a roster, R52 a comparison; R10 it is no form, or of an edition not defined.
    """
    known = metadata(book)
    refuse_others(known)
    if edition := known.get(Mark.FORM):
        return edition_named(edition)
    return by_content(book)


def refuse_others(known: Mapping[str, str]) -> None:
    """Refuse a workbook of ours that is no return.

    Args:
        known: its marks.

    Raises:
        Refused: R14, R46, R51, R52, by what it is.
    """
    if code := _NO_RETURNS.get(known.get(Mark.KIND, "").strip()):
        raise Refused(code)


def edition_named(edition: str) -> Form:
    """Return an edition by its name.

    Raises:
        Refused: R10, it is not defined.
    """
    try:
        return definition.load(edition)
    except KeyError:
        raise Refused("R10", reason=words.say("reading.edition", edition=edition)) from None


def by_content(book: Book) -> Form:
    """Return the edition whose labels a workbook has, and as few others as can be.

    Editions have most of their labels in common. Of those that a workbook does not tell apart
    the newest that serves its year is meant, or just the newest.

    Raises:
        Refused: R10, it has too few labels of any edition.
    """
    texts = {labels.core(labels.bare(content)) for content in _texts(book)}
    forms = [definition.load(edition) for edition in definition.editions()]
    there: dict[str, set[str]] = {}  # the labels found of any edition's table, by its key
    for form in forms:
        for key, own in _words(form).items():
            there.setdefault(key, set()).update(own & texts)
    scores = {form: _score(_words(form), there) for form in forms}
    best = max(scores.values())
    if not best:
        raise Refused("R10", reason=words.say("reading.few_labels"))
    alike = [form for form in forms if scores[form] == best]
    return alike[0] if len(alike) == 1 else _serving(alike, book)


def _score(tables: Mapping[str, frozenset[str]], there: Mapping[str, set[str]]) -> float:
    """Return how well the tables of an edition fit what is there, 0 if none of them is.

    Labels that are missing count against it, and so do those of the same table in other
    editions.
    """
    score = 0.0
    for key, own in tables.items():
        found = there[key] & own
        if len(found) >= ENOUGH * len(own):
            score += len(found) / len(there[key] | own)
    return score


@cache
def _words(form: Form) -> Mapping[str, frozenset[str]]:
    """Return the labels of rows and columns by table."""
    return {
        table.key: frozenset(
            labels.core(labels.bare(line.label))
            for block in table.blocks
            for line in (*block.lines, *block.columns)
            if line.label
        )
        for table in form.tables
    }


def _serving(alike: Sequence[Form], book: Book) -> Form:
    """Return the newest of editions that serves the year a workbook states, else the newest."""
    year = read_head(alike[-1], locate(book, alike[-1]), {}).year
    serving = [form for form in alike if year is not None and form.serves(year)]
    return (serving or alike)[-1]


def _texts(book: Book) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.kind is CellKind.TEXT:
                yield cell.raw
