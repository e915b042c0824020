"""How much of a workbook is read, whatever its format, and the gathering of cells within that."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit import words
from toolkit.reading import guard
from toolkit.reading.grid import Cell, Rectangle, Style
from toolkit.reading.values import Value

ROWS = 2_000
COLUMNS = 256
CELLS = 200_000
"""Cells of all sheets together."""
SHEETS = 50
MERGES = 5_000
"""Merged ranges of one sheet."""
MERGED_ROWS = 50_000
"""Rows that these touch together; in a form each touches one or a few."""

Cells = dict[tuple[int, int], Cell]


@dataclass(slots=True)
class Gathered:
    """The cells of one sheet as they come in; those beyond the limits are left out."""

    left: int = CELLS
    """How many may still come."""
    cells: Cells = field(default_factory=dict)
    whole: bool = True
    """Whether nothing was left out."""

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        *,
        formula: bool = False,
        style: Style = Style.GENERAL,
    ) -> None:
        """Take a cell that holds something; one without text or formula holds nothing.

        Raises:
            Refused: R4 there are too many cells, or two at one place.
        """
        kind, raw = value
        if not raw and not formula:
            return
        if row > ROWS or column > COLUMNS:
            self.whole = False
            return
        if (row, column) in self.cells:
            raise guard.unsafe("same_cell")
        if len(self.cells) == self.left:
            raise guard.unsafe("cells")
        self.cells[row, column] = Cell(row, column, kind, raw, formula, style)


def merges(found: Iterable[Rectangle]) -> tuple[Rectangle, ...]:
    """Return merged ranges cut to the rows and columns that are read; none that run backwards.

    Raises:
        Refused: R4 there are too many, or they touch too much.
    """
    kept: list[Rectangle] = []
    rows = 0
    for count, (top, left, bottom, right) in enumerate(found, 1):
        if top <= min(bottom, ROWS) and left <= min(right, COLUMNS):
            kept.append((top, left, min(bottom, ROWS), min(right, COLUMNS)))
            rows += min(bottom, ROWS) - top + 1
        if count > MERGES or rows > MERGED_ROWS:
            raise guard.unsafe("merges")
    return tuple(kept)


def beyond(sheet: str) -> str:
    """Return the note on a sheet of which not everything was read."""
    return words.say("reading.note.beyond", sheet=sheet, rows=ROWS, columns=COLUMNS)
