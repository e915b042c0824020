"""Cells of a workbook as formulas refer to them; rows and columns count from 1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the workbook."""

    sheet: str
    row: int
    column: int

    @property
    def letter(self) -> str:
        """Return the letters of its column."""
        return letter(self.column)

    @property
    def address(self) -> str:
        """Return its address on its sheet, for example ``D12``."""
        return f"{self.letter}{self.row}"

    @property
    def absolute(self) -> str:
        """Return its address in the workbook, for example ``'统计表'!$D$12``."""
        return f"{quoted(self.sheet)}!${self.letter}${self.row}"

    def lookup(self, home: str) -> str:
        """Return a formula for the cell that cutting and dragging cells cannot break.

        A direct reference would follow a cell that is dragged away; a whole column stays. Only
        formulas outside the column may use it: inside, it would be its own precedent.

        Args:
            home: the sheet that the formula stands on.
        """
        return f"INDEX({prefix(self.sheet, home)}${self.letter}:${self.letter},{self.row})"


def letter(column: int) -> str:
    """Return the letters of a column."""
    return str(xl_col_to_name(column - 1))


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas spell it."""
    return f"'{sheet}'"


def prefix(sheet: str, home: str) -> str:
    """Return what stands before references to a sheet in the formulas of another one."""
    return "" if sheet == home else f"{quoted(sheet)}!"


def runs(places: Sequence[Place]) -> Iterator[str]:
    """Yield the addresses of cells, those of neighbours in a row as one range."""
    ordered = sorted(places, key=lambda place: (place.row, place.column))
    numbered = enumerate(ordered)
    for _, group in groupby(numbered, key=lambda pair: (pair[1].row, pair[1].column - pair[0])):
        run = [place for _, place in group]
        first, last = run[0].address, run[-1].address
        yield first if first == last else f"{first}:{last}"
