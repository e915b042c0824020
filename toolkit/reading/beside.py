"""Numbers in the rows of a table that are none of its figures.

Every number in a row of the form is one of its figures, stands under a heading that says what else
it is, or counts the rows. Any other may be the figure itself or a part of it: a correction, the
digits behind a comma, a row that slipped to one side.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import count

from toolkit import text, words
from toolkit.reading.areas import Area
from toolkit.reading.figures import figure
from toolkit.reading.grid import Cell, Kind, column_letters
from toolkit.reading.pages import Spot
from toolkit.reading.vocabulary import Leaf

_BESIDE = ("unit", "explanation")
"""Columns that hold no number of their own, by their names in the catalogue."""
_COUNTED = 3
"""So many numbers that count on from 1 count the rows; fewer may be figures."""
_LONGEST = 30
"""A longer text is a remark, whatever numbers it names."""


class Beside:
    """What stands beside the figures of an area's rows."""

    def __init__(self, area: Area) -> None:
        """Look at an area.

        Args:
            area: headings and the rows below them.
        """
        self._area = area
        self._asides = {area.asides[name]: name for name in _BESIDE if name in area.asides}
        self._apart = {area.page.key_column, *area.apart} - self._asides.keys()
        self._plain = self._apart.union(area.labels) - self._asides.keys()

    def between(self, number: int, row: Leaf, label: Spot) -> bool:
        """Tell whether a number stands between a row's label and its figures.

        Nothing belongs there, so that the whole row may have slipped to the left.
        """
        cells = self._area.page.rows.get(number, {})
        return bool(row.label) and any(
            (cell := cells.get(column))
            and column not in self._apart
            and column not in self._asides
            and _stray(cell, "")
            and not self._counts(column)
            for column in range(label.column + 1, min(self._area.blocks[row.block].figures))
        )

    def stray(self, number: int, row: Leaf, unit: str) -> Iterator[tuple[str, Spot]]:
        """Yield the numbers that may be figures of a row, with what their columns are called.

        Args:
            number: the row.
            row: what it claims to be.
            unit: the unit of its figures.
        """
        area, figures = self._area, self._area.blocks[row.block].figures
        left = min(figures)
        for column, cell in area.page.rows.get(number, {}).items():
            if cell.formula or column in figures or column in self._plain or cell.raw == unit:
                continue
            name = self._asides.get(column)
            if (name or self._unnamed(column, left)) and _stray(cell, unit):
                called = words.say(f"sheet.columns.{name}") if name else column_letters(column)
                yield called, Spot(area.page.sheet, number, column)

    def _unnamed(self, column: int, left: int) -> bool:
        """Tell whether a column belongs to the table though no heading says what it holds.

        Serial numbers stand left of the labels; another table begins behind an empty column.
        """
        inside = left < column and column in self._area.run.across
        return inside and (column <= self._area.edge or column <= self._end)

    @cached_property
    def _end(self) -> int:
        """Return the last column before one that is empty in all tables of the page."""
        page, top = self._area.page, min(self._area.page.marked)
        taken = {
            column
            for number, row in page.rows.items()
            if number >= top and number not in page.fields
            for column in row
        }
        return next(column for column in count(self._area.edge) if column + 1 not in taken)

    def _counts(self, column: int) -> bool:
        """Tell whether the numbers in a column count the rows."""
        raws = [
            cell.raw
            for number in self._area.rows
            if (cell := self._area.page.rows[number].get(column)) and cell.kind is Kind.NUMBER
        ]
        counted = [text.read_number(raw).value for raw in raws]
        return len(raws) >= _COUNTED and counted == [*range(1, len(raws) + 1)]


@cache
def _correction() -> re.Pattern[str]:
    return re.compile(words.entry("reading.correction"))


def _stray(cell: Cell, unit: str) -> bool:
    """Tell whether a cell holds a figure, or a text that says what a figure should be."""
    if cell.formula or len(cell.raw) > _LONGEST:
        return False
    if figure(cell, unit).value is not None:
        return True
    return cell.kind is Kind.TEXT and _correction().match(cell.raw.strip()) is not None
