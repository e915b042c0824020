"""One sparse grid of cells for every workbook format: what stood where, nothing interpreted."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """How a number is shown, as far as it changes what the number means."""

    GENERAL = "general"
    DATE = "date"
    DATE_OF_1904 = "date of 1904"
    """A date whose serial number counts from 1904."""
    PERCENT = "percent"
    SCALED = "scaled"
    """Shown as another figure: in thousands, or with a point that is only drawn."""


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
    style: Style = Style.GENERAL

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
