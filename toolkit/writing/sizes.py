"""How wide the columns and how high the rows of a printed table are in a workbook.

Widths are in half-width characters, heights in points.
"""

from collections.abc import Sequence

from toolkit.printed import Cell, Part, Printed
from toolkit.writing.style import height_for, width_of

ROW_HEIGHT, HEADER_HEIGHT = 18.0, 22.0
"""Of a row, and of one of headings, with one line of text."""

_LIST = (46.0, 7.0, 13.0)
"""Label, unit and figure of a list."""
LANDSCAPE_FROM = 110.0
"""From this width a table is printed on A4 the long way round."""
_PAGE = 92.0
"""What fits across A4 in the size of the form."""
_MARGIN = 2
_NARROW, _WIDE = 8.0, 18.0
"""The least and the most that a column of figures of a matrix takes."""
_LONGEST_LABEL = 36.0
_LINES_A_ROW = 1.2
"""Lines of a label that fit in a row of the usual height."""


def widths(printed: Printed) -> Sequence[float]:
    """Return the widths of a printed table's columns.

    Labels of a matrix are wrapped: one that spans many rows needs few characters a line. What is
    left of the page is shared by the figures.
    """
    if not printed.table.is_matrix:
        return _LIST
    labels = [_label_width(printed, column) for column in range(printed.labels)]
    left = (_PAGE - sum(labels)) / printed.figures
    return [*labels, *[min(_WIDE, max(_NARROW, left))] * printed.figures]


def _label_width(printed: Printed, column: int) -> float:
    """Return the width that the labels of one column need."""
    own = [
        cell
        for cell in printed.cells
        if cell.part is Part.LABEL and cell.column == column and _ends_at(cell, column)
    ]
    if column == printed.labels - 1:
        return min(_LONGEST_LABEL, _MARGIN + max((width_of(c.text) for c in own), default=0))
    needed = [width_of(c.text) / max(1, int(c.rows * _LINES_A_ROW)) for c in own]
    return max(4, *needed, 0) + _MARGIN


def _ends_at(cell: Cell, column: int) -> bool:
    return cell.column + cell.columns - 1 == column


def heights(printed: Printed, columns: Sequence[float]) -> Sequence[float]:
    """Return the heights that show every label and heading whole.

    Args:
        printed: the table.
        columns: the widths of its columns.
    """
    rows = [ROW_HEIGHT] * printed.height
    texts = [cell for cell in printed.cells if cell.text]
    for cell in sorted(texts, key=lambda cell: cell.rows):
        width = sum(columns[cell.column : cell.column + cell.columns])
        needed = height_for(cell.text, width - 2 * cell.indent - 2)
        if cell.part is Part.HEADER:
            needed = max(needed, HEADER_HEIGHT)
        last = cell.row + cell.rows - 1
        rows[last] += max(0.0, needed - sum(rows[cell.row : last + 1]))
    return rows


def until(columns: Sequence[float], wanted: float, most: int) -> int:
    """Return how many columns from the first are needed for a width; at most so many."""
    count = 1
    while count < most and sum(columns[:count]) < wanted:
        count += 1
    return count
