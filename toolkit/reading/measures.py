"""The units that a table names for its figures, where a figure would be another one in them.

They stand beside a figure, behind its label, in its heading, or in a line around the table.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit import quantity
from toolkit.form import Indicator
from toolkit.reading.areas import Area
from toolkit.reading.columns import Place
from toolkit.reading.grid import Kind
from toolkit.reading.labels import LONGEST

_UNIT = "unit"
"""The column of units, by its name in the catalogue."""


class Measures:
    """What an area says of the units of its figures."""

    def __init__(self, area: Area, claimed: Collection[int]) -> None:
        """Look at an area.

        Args:
            area: headings and the rows below them.
            claimed: the numbers of the rows that are the form's.
        """
        self._area = area
        self._around = [*self._lines(claimed)]
        self._above: dict[tuple[int, ...], Sequence[str]] = {}
        self._beside: dict[int, Sequence[str]] = {}

    def other(self, number: int, place: Place, indicator: Indicator) -> str:
        """Return what names another unit for a figure than the form does, "" for nothing.

        Args:
            number: its row.
            place: its column.
            indicator: what it is a figure of.
        """
        unit = indicator.measure.name
        if number not in self._beside:
            self._beside[number] = [*self._own(number)]
        for said in self._beside[number]:
            if said != unit and quantity.measured_otherwise(said, unit):
                return said
        for said in self._of_several(place.columns):
            if quantity.measured_otherwise(said, unit, elsewhere=True):
                return said
        return ""

    def _own(self, number: int) -> Iterator[str]:
        """Yield what is said of the units of a row: beside its figures, behind its labels."""
        area = self._area
        said = area.page.text(number, area.asides.get(_UNIT))
        if said and len(said) <= LONGEST:
            yield said
        for column in area.labels:
            yield from _told(area.page.text(number, column)).brackets

    def _of_several(self, columns: tuple[int, ...]) -> Sequence[str]:
        """Return the units in the headings of figures and of units, and in lines around them."""
        if columns not in self._above:
            unit = self._area.asides.get(_UNIT)
            above = [
                one
                for column in (*columns, *([unit] if unit else ()))
                for one in self._area.run.columns.get(column, ())
            ]
            texts = dict.fromkeys(self._area.page.text(one.row, one.column) for one in above)
            self._above[columns] = [
                *(said for text in texts for said in _told(text).all),
                *self._around,
            ]
        return self._above[columns]

    def _lines(self, claimed: Collection[int]) -> Iterator[str]:
        """Yield the units that lines around the rows of the form name, headings left out."""
        page = self._area.page
        for number, texts in page.texts.items():
            if number in claimed or number in self._area.run.rows:
                continue
            row = page.rows[number]
            told = [found for column in texts if (found := _told(row[column].raw)).all]
            alone = told and all(cell.kind is not Kind.NUMBER for cell in row.values())
            for one in told:
                yield from one.all if alone else one.statements


class _Told(NamedTuple):
    """The units that a text names."""

    statements: Sequence[str] = ()
    brackets: Sequence[str] = ()

    @property
    def all(self) -> Sequence[str]:
        """Return all of them."""
        return (*self.statements, *self.brackets)


_NOTHING = _Told()


def _told(text: str) -> _Told:
    return _known(text) if len(text) <= LONGEST else _found(text)


@lru_cache(maxsize=4096)  # every return of a year holds the same texts
def _known(text: str) -> _Told:
    return _found(text)


def _found(text: str) -> _Told:
    if not quantity.telling(text):  # of nothing but what is counted piece by piece
        return _NOTHING
    return _Told((*quantity.stated(text),), (*quantity.in_brackets(text),))
