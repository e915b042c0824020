"""One sparse grid of cells for every workbook format: what stood where, nothing interpreted."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

Rectangle = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 1 and are included."""


class Kind(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    EMPTY = "empty"
    """A formula without a stored result; other empty cells are not in the grid at all."""


class Style(StrEnum):
    """How a cell is shown, as far as it changes what a figure in it means."""

    GENERAL = "general"
    DATE = "date"
    DATE_OF_1904 = "date of 1904"
    """A date whose serial number counts from 1904."""
    PERCENT = "percent"
    SCALED = "scaled"
    """Shown as another figure: in thousands, or with a point that is only drawn."""
    STRUCK = "struck"
    """Struck out, as a whole or in part: what is left to be read is not certain."""
    RAISED = "raised"
    """Raised or lowered, as the sign of a footnote is."""
    INSET = "inset"
    """Holding more than its own text: a text box, a table, an equation that is built up."""


class Section(NamedTuple):
    """What a number format shows for some numbers: digits, and a text around them."""

    style: Style = Style.GENERAL
    before: str = ""
    after: str = ""
    digits: bool = True
    """Whether the number itself is shown; else there is only the text before it, or nothing."""
    unsigned: bool = False
    """Whether a number below zero is shown without a sign."""
    zero: bool = True
    """Whether a zero is shown as a digit."""

    def shows(self, number: Decimal | int) -> str:
        """Return what people see of a number, to its last digit."""
        if not self.digits or not (number or self.zero):
            return f"{self.before}{self.after}"
        sign = "-" if number < 0 and not self.unsigned else ""
        return f"{sign}{self.before}{abs(Decimal(number)):f}{self.after}"


class Condition(NamedTuple):
    """Which numbers a section is for."""

    sign: str
    bound: Decimal

    def holds(self, number: Decimal | int) -> bool:
        """Tell whether a section is for a number."""
        return _COMPARES[self.sign](number, self.bound)


_COMPARES: Mapping[str, Callable[[Decimal | int, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
SIGNS = frozenset(_COMPARES)
"""How conditions of a number format compare."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format that adds something to numbers, or not the same to all of them."""

    sections: tuple[tuple[Condition | None, Section], ...]
    """Each with the numbers it is for, None for all others."""

    def section(self, number: Decimal | int) -> Section:
        """Return the section that a number is shown by; without any, nobody sees the number."""
        fits = (one for when, one in self.sections if when is None or when.holds(number))
        return next(fits, Section(Style.SCALED))


Shown = Style | NumberFormat
"""How a cell shows a number."""
UNSURE = (Style.STRUCK, Style.RAISED, Style.INSET)
"""Styles of cells in which nobody can tell what belongs to a figure, the gravest in front."""


def gravest(styles: Iterable[Shown]) -> Style:
    """Return the style that makes a figure the least certain, GENERAL where none does."""
    met = {*styles}
    return next((style for style in UNSURE if style in met), Style.GENERAL)


class State(StrEnum):
    """Whether people see a sheet; the values are those of ECMA-376 part 1 §18.18.68."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


class Cell(NamedTuple):
    """A cell that holds something; rows and columns count from 1.

    A tuple, since there are hundreds in every file and a frozen dataclass takes three times as
    long to make.
    """

    row: int
    column: int
    kind: Kind
    raw: str
    """A number as stored, a whole text, TRUE or FALSE, an error such as #REF!."""
    formula: bool = False
    style: Shown = Style.GENERAL

    @property
    def address(self) -> str:
        """Return where the cell is, for example ``D12``."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``cells`` is keyed by row and column."""

    name: str
    state: State
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Rectangle, ...] = ()
    protected: bool = False
    hidden_columns: frozenset[int] = frozenset()
    above: int | None = None
    """Of a table in a document, whose cells have no addresses, how many lines stand above it."""


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    """Defined names of the whole workbook and what they point at, as spelt in the file."""
    properties: Mapping[str, str]
    """Custom document properties; values of every type as text."""
    application: str = ""
    modified: str = ""
    """When the file says it was last saved, as an ISO date and time; empty if it does not say."""
    from_1904: bool = False
    """Whether the serial numbers of its dates count from 1904 (ECMA-376 part 1 §18.2.28)."""
    notes: tuple[str, ...] = ()
    """Sentences on what was left out: macros, cells beyond the limits."""


@cache
def column_letters(column: int) -> str:
    """Return the letters of a column that counts from 1: ``A`` for 1, ``AA`` for 27."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a row and a column that count from 1."""
    return f"{column_letters(column)}{row}"
