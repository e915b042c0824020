"""Gathering the cells and merged ranges of a sheet within its room, whatever the format."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit import words
from toolkit.reading import guard
from toolkit.reading.grid import Cell, Rectangle, Shown, Style
from toolkit.reading.room import Room
from toolkit.reading.values import Value

SHEETS = 50
"""Sheets of one workbook; ours have some twenty."""

Cells = dict[tuple[int, int], Cell]


@dataclass(slots=True)
class Gathered:
    """The cells of one sheet as they come in; those beyond its room are left out."""

    room: Room
    left: int
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
        style: Shown = Style.GENERAL,
    ) -> None:
        """Take a cell that holds something; one without text or formula holds nothing.

        Raises:
            Refused: R4 there are too many cells, or two at one place.
        """
        kind, raw = value
        if not raw and not formula:
            return
        if row > self.room.rows or column > self.room.columns:
            self.whole = False
            return
        if (row, column) in self.cells:
            raise guard.unsafe("same_cell")
        if len(self.cells) == self.left:
            raise guard.unsafe("cells")
        self.cells[row, column] = Cell(row, column, kind, raw, formula, style)


def merges(found: Iterable[Rectangle], room: Room) -> tuple[Rectangle, ...]:
    """Return merged ranges cut to the rows and columns that are read; none that run backwards.

    Raises:
        Refused: R4 there are too many, or they touch too much.
    """
    kept: list[Rectangle] = []
    rows = 0
    for count, (top, left, bottom, right) in enumerate(found, 1):
        last = min(bottom, room.rows)
        if top <= last and left <= min(right, room.columns):
            kept.append((top, left, last, min(right, room.columns)))
            rows += last - top + 1
        if count > room.merges or rows > room.merged_rows:
            raise guard.unsafe("merges")
    return tuple(kept)


def beyond(sheet: str, room: Room) -> str:
    """Return the note on a sheet of which not everything was read."""
    return words.say("reading.note.beyond", sheet=sheet, rows=room.rows, columns=room.columns)
