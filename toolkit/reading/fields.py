"""Where the fields of head and foot stand: by key, or by a label beside or before the text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.form import Form
from toolkit.reading.figures import written
from toolkit.reading.grid import Kind
from toolkit.reading.labels import inline
from toolkit.reading.pages import Page, Spot, filled
from toolkit.reading.vocabulary import Vocabulary

_COLONS = ("：", ":")


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands around the tables of a sheet."""

    page: Page
    rows: Sequence[int]
    """The rows above, between and below the tables."""
    top: int
    """The first row of the first table."""
    left: int
    """The first column of the tables, where the labels of fields stand too."""
    end: int | None
    """The column where the sheet's own remarks begin, None if there is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field and where it is filled in."""

    spot: Spot
    inline: str = ""
    """The text behind the label where both share a cell (填报单位：某某局)."""

    @property
    def content(self) -> str:
        """Return what was filled in."""
        return self.inline or written(self.spot.cell)


def fields(margin: Margin, form: Form, known: Vocabulary) -> Mapping[str, Entry]:
    """Return the fields found around the tables of a sheet, by key.

    Args:
        margin: where to look.
        form: the edition it is read as.
        known: the vocabulary of that edition.
    """
    found: dict[str, Entry] = {}
    for row in (number for number in margin.rows if number in margin.page.fields):
        for key, entry in _in_row(margin, row, form, known):
            if key not in found or not found[key].content:
                found[key] = entry
    return found


def _in_row(margin: Margin, row: int, form: Form, known: Vocabulary) -> Iterator[tuple[str, Entry]]:
    page, end = margin.page, margin.end or max(margin.page.rows[row]) + 2
    labelled = _labelled(page, row, end, known)
    key = page.key(row)
    if key in form.fields and key not in {name for name, _ in labelled.values()}:
        labelled[margin.left] = key, ""
    for start, stop in pairwise([*sorted(labelled), end]):
        key, behind = labelled[start]
        if behind:
            yield key, Entry(Spot(page.sheet, row, start), behind)
        elif spot := _beside(page, row, start, stop):
            yield key, Entry(spot)


def _labelled(page: Page, row: int, end: int, known: Vocabulary) -> dict[int, tuple[str, str]]:
    """Return the field labels of a row by column, each with the text behind it in its cell.

    A formula that repeats a field on another sheet is no field: its result may be an old one.
    """
    labelled: dict[int, tuple[str, str]] = {}
    for column, cell in page.rows[row].items():
        if cell.kind is Kind.TEXT and column < end and not cell.formula:
            label, behind = inline(cell.raw)
            key = known.fields.get(label, "")
            # The same word once more in a row is what was filled in behind the first.
            if key and key not in {name for name, _ in labelled.values()}:
                labelled[column] = key, "" if _is_label(behind, known) else behind
    return labelled


def _is_label(content: str, known: Vocabulary) -> bool:
    """Tell whether a text is a field's label and its colon, which nobody fills in."""
    label, behind = inline(content)
    return content.endswith(_COLONS) and not behind and label in known.fields


def _beside(page: Page, row: int, start: int, stop: int) -> Spot | None:
    """Return the first filled place right of a label, or where it would be; None without room.

    A label with its colon may be repeated in every cell that it was merged over.
    """
    label, last = page.text(row, start), start
    for column, cell in page.rows[row].items():
        if start < column < stop and filled(cell):
            if not label.endswith(_COLONS) or cell.raw.strip() != label:
                return Spot(page.sheet, row, column)
            last = column
    merged = page.covering(row, start)
    free = max(merged[3] if merged else start, last) + 1
    return Spot(page.sheet, row, free) if free < stop else None
