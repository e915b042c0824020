"""Where the fields of head and foot stand: by key, or by a label beside or before the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from toolkit.form import Form
from toolkit.reading.figures import written
from toolkit.reading.grid import Kind
from toolkit.reading.labels import Labels, bare
from toolkit.reading.pages import Page, Spot, filled

_COLON = re.compile("[:：]")


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


def fields(page: Page, last: int, form: Form, known: Labels) -> Mapping[str, Entry]:
    """Return the fields found above and below a page's table, by key.

    Args:
        page: one sheet.
        last: the last row of its table.
        form: the edition it is read as.
        known: the labels of that edition.
    """
    found: dict[str, Entry] = {}
    for row in page.rows:
        if page.header <= row <= last:
            continue
        for key, entry in _in_row(page, row, form, known):
            if key not in found or not found[key].content:
                found[key] = entry
    return found


def _in_row(page: Page, row: int, form: Form, known: Labels) -> Iterator[tuple[str, Entry]]:
    labelled = _labelled(page, row, known)
    key, column = page.key(row), page.columns["label"]
    if key in form.fields and key not in {name for name, _ in labelled.values()}:
        labelled[column] = key, ""
    for start, stop in pairwise([*sorted(labelled), _end(page, row)]):
        key, inline = labelled[start]
        if inline:
            yield key, Entry(Spot(page.sheet, row, start), inline)
        elif spot := _beside(page, row, start, stop):
            yield key, Entry(spot)


def _labelled(page: Page, row: int, known: Labels) -> dict[int, tuple[str, str]]:
    """Return the field labels of a row by column, each with the text behind it in its cell."""
    labelled: dict[int, tuple[str, str]] = {}
    for column, cell in page.rows[row].items():
        if cell.kind is Kind.TEXT and column < _end(page, row):
            label, _, inline = _COLON.sub(":", cell.raw, count=1).partition(":")
            key = known.fields.get(bare(label), "")
            # The same word once more in a row is what was filled in behind the first.
            if key and key not in {name for name, _ in labelled.values()}:
                labelled[column] = key, inline.strip()
    return labelled


def _end(page: Page, row: int) -> int:
    """Return the column where the sheet's own remarks on a field begin, else one behind all."""
    return page.columns.get("verdict", max(page.rows[row]) + 2)


def _beside(page: Page, row: int, start: int, stop: int) -> Spot | None:
    """Return the first filled place right of a label, or where it would be; None without room."""
    for column, cell in page.rows[row].items():
        if start < column < stop and filled(cell):
            return Spot(page.sheet, row, column)
    return Spot(page.sheet, row, start + 1) if start + 1 < stop else None
