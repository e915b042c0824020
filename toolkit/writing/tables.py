"""A printed table on a worksheet: its labels and headings, cells that span others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.printed import Cell, Part, Printed
from toolkit.writing.style import Look, Looks

_LOOKS: Mapping[Part, Look] = {
    Part.BLOCK: Look.BLOCK,
    Part.HEADER: Look.HEADER,
    Part.SECTION: Look.SECTION,
    Part.LABEL: Look.LABEL,
    Part.UNIT: Look.CENTRED,
    Part.NOTHING: Look.NO_FIGURE,
}


@dataclass(frozen=True)
class Drawing:
    """Where a printed table stands on a worksheet; rows and columns count from 0."""

    raw: Any
    """The XlsxWriter worksheet."""
    look: Looks
    printed: Printed
    rows: Sequence[int]
    """The worksheet's row of every row of the table; there may be others between them."""
    column: int
    """The worksheet's first column of the table."""

    def labels(self) -> None:
        """Write everything but the figures."""
        for cell in self.printed.cells:
            if cell.part is not Part.FIGURE:
                self.span(cell, self._look(cell), cell.text)

    def figures(self) -> Sequence[Cell]:
        """Return the cells that hold figures."""
        return [cell for cell in self.printed.cells if cell.part is Part.FIGURE]

    def figure(self, look: Look) -> Any:
        """Return the format of a figure: in the middle of a matrix's cells, right in a list."""
        return self.look(look, align="center") if self.printed.table.is_matrix else self.look(look)

    def at(self, cell: Cell) -> tuple[int, int]:
        """Return the row and column of a cell."""
        return self.rows[cell.row], self.column + cell.column

    def span(self, cell: Cell, look: Any, content: str = "") -> None:
        """Format all that a cell spans, and write a text into it."""
        row, column = self.at(cell)
        last_row = self.rows[cell.row + cell.rows - 1]
        last_column = column + cell.columns - 1
        if last_row > row or last_column > column:
            self.raw.merge_range(row, column, last_row, last_column, "", look)
        if content:
            self.raw.write_string(row, column, content, look)
        else:
            self.raw.write_blank(row, column, None, look)

    def _look(self, cell: Cell) -> Any:
        look = _LOOKS[cell.part]
        if cell.rows > 1:
            return self.look(look, align="center")
        return self.look(look, indent=cell.indent) if cell.indent else self.look(look)
