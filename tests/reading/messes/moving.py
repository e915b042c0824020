"""Rows and columns of a sheet on the move, with all that stands in them and all that is merged."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.reading.grid import Rectangle

ROWS, COLUMNS = 200, 60
"""No table of the template is larger."""
EVERY = range(1, ROWS)
"""Every row."""

Places = Mapping[int, int] | None
"""The new place of each row or column; one that is not named is gone. None for all as before."""


def at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell that no merged range covers."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write into a cell, even one that a merged range covers, and return it."""
    if isinstance(sheet._cells.get((row, column)), MergedCell):
        del sheet._cells[row, column]
    cell = at(sheet, row, column)
    cell.value = value
    return cell


def sheet_of(cell: Cell) -> Worksheet:
    """Return the sheet that a cell stands on."""
    assert isinstance(cell.parent, Worksheet)
    return cell.parent


def merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    """Merge cells and keep what stands in those that are covered, as LibreOffice may do.

    What is merged among them already becomes a part of it.
    """
    for one in [*sheet.merged_cells.ranges]:
        beside = one.max_col < left or right < one.min_col
        if not (beside or one.max_row < top or bottom < one.min_row):
            sheet.merged_cells.remove(one)
    sheet.merged_cells.add(CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom))


def unmerge(sheet: Worksheet) -> list[Rectangle]:
    """Unmerge everything on a sheet and return what was merged."""
    found = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells]
    sheet.merged_cells = MultiCellRange()
    for place, one in [*sheet._cells.items()]:
        if isinstance(one, MergedCell):
            del sheet._cells[place]
    return found


def insert(sheet: Worksheet, *, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> None:
    """Insert an empty row or column before each of these."""
    rearrange(sheet, _opened(rows, ROWS), _opened(columns, COLUMNS))


def delete(
    sheet: Worksheet,
    *,
    rows: Iterable[int] = (),
    columns: Iterable[int] = (),
    only: range = EVERY,
) -> None:
    """Delete rows, and columns as far as some rows; what stands behind them moves up."""
    rearrange(sheet, _closed(rows, ROWS), _closed(columns, COLUMNS), only)


def reorder_rows(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Bring rows into this order; all others stay where they are."""
    rearrange(sheet, _ordered(rows, ROWS), None)


def reorder_columns(sheet: Worksheet, columns: Iterable[int], rows: range) -> None:
    """Bring columns into this order, as far as these rows; all others stay where they are."""
    rearrange(sheet, None, _ordered(columns, COLUMNS), rows)


def push(sheet: Worksheet, row: int, column: int) -> None:
    """Insert a cell in a row; what stands there and behind it moves to the right."""
    rearrange(sheet, None, _opened([column], COLUMNS), range(row, row + 1))


def _opened(before: Iterable[int], size: int) -> Places:
    inserted = sorted(before)
    return {place: place + sum(one <= place for one in inserted) for place in range(1, size)}


def _closed(gone: Iterable[int], size: int) -> Places:
    left_out = {*gone}
    kept = [place for place in range(1, size) if place not in left_out]
    return {place: new for new, place in enumerate(kept, 1)}


def _ordered(order: Iterable[int], size: int) -> Places:
    named = list(order)
    new = dict(zip(named, sorted(named), strict=True))
    return {place: new.get(place, place) for place in range(1, size)}


def rearrange(sheet: Worksheet, rows: Places, columns: Places, only: range = EVERY) -> None:
    """Move rows and columns with all that stands in them.

    Args:
        sheet: where.
        rows: where rows move to.
        columns: where columns move to.
        only: the rows whose cells move.
    """
    merged = {place: sheet._cells.get(place[:2]) for place in unmerge(sheet)}
    cells: dict[tuple[int, int], Any] = {**sheet._cells}
    sheet._cells.clear()
    for (row, column), one in cells.items():
        if row in only:
            one.row, one.column = _new(rows, row), _new(columns, column)
        if one.row and one.column:
            sheet._cells[one.row, one.column] = one
    _hide(sheet, rows, columns)
    for (top, left, bottom, right), held in merged.items():
        down = [*_kept(rows, top, bottom)]
        across = [*_kept(columns if top in only else None, left, right)]
        if down and across:
            if len(down) * len(across) > 1:
                merge(sheet, min(down), min(across), max(down), max(across))
            _hold(sheet, held, min(down), min(across))


def _new(places: Places, place: int) -> int:
    return place if places is None else places.get(place, 0)


def _kept(places: Places, first: int, last: int) -> Iterator[int]:
    yield from filter(None, (_new(places, place) for place in range(first, last + 1)))


def _hide(sheet: Worksheet, rows: Places, columns: Places) -> None:
    """Let what was hidden be hidden where it is now."""
    down, across = sheet.row_dimensions, sheet.column_dimensions
    hidden = [row for row, one in down.items() if one.hidden]
    folded = [column_index_from_string(name) for name, one in across.items() if one.hidden]
    for row in hidden:
        down[row].hidden = False
    for column in folded:
        across[get_column_letter(column)].hidden = False
    for row in filter(None, (_new(rows, row) for row in hidden)):
        down[row].hidden = True
    for column in filter(None, (_new(columns, column) for column in folded)):
        across[get_column_letter(column)].hidden = True


def _hold(sheet: Worksheet, held: Any, row: int, column: int) -> None:
    """Let a merged range keep what it holds in its first cell, whatever moved inside it."""
    if held is not None and (held.row, held.column) != (row, column):
        sheet._cells.pop((held.row, held.column), None)
        sheet._cells[row, column] = held
        held.row, held.column = row, column
