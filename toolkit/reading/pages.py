"""A sheet seen as a page of the form: its header row, its columns, what stands in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from toolkit import words
from toolkit.form import Form
from toolkit.reading import grid
from toolkit.reading.grid import Cell, Kind, Sheet
from toolkit.reading.labels import bare

Row = Mapping[int, Cell]


class Spot(NamedTuple):
    """A place on a sheet, whether or not anything stands there; a tuple as cells are."""

    sheet: Sheet
    row: int
    column: int

    @property
    def address(self) -> str:
        """Return where it is, for example ``D12``."""
        return grid.address(self.row, self.column)

    @property
    def cell(self) -> Cell | None:
        """Return what stands there."""
        return self.sheet.cells.get((self.row, self.column))

    @property
    def filled(self) -> bool:
        """Tell whether anything but spaces stands there."""
        return filled(self.cell)


def filled(cell: Cell | None) -> bool:
    """Tell whether a cell holds anything but spaces; a formula always does."""
    return cell is not None and (cell.formula or bool(cell.raw.strip()))


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with a header row."""

    sheet: Sheet
    rows: Mapping[int, Row]
    """Cells by row and column, top to bottom."""
    header: int
    columns: Mapping[str, int]
    """Columns by their names in the catalogue (label, value, explanation …)."""
    key_column: int | None
    merged: Mapping[int, grid.Rectangle]
    """Merged ranges that touch the value column below the header row, by each of their rows."""

    def text(self, row: int, column: int | None) -> str:
        """Return the text in a cell, "" for none."""
        cell = self.rows[row].get(column) if column else None
        return cell.raw.strip() if cell is not None and cell.kind is Kind.TEXT else ""

    def key(self, row: int) -> str:
        """Return what stands in the key column."""
        return self.text(row, self.key_column)

    def label(self, row: int) -> str:
        """Return what stands in the label column."""
        return self.text(row, self.columns["label"])

    def spot(self, row: int, name: str) -> Spot | None:
        """Return a row's place in a column, None if the page has no such column."""
        column = self.columns.get(name)
        return Spot(self.sheet, row, column) if column else None

    def value(self, row: int) -> Spot:
        """Return the place of a row's value: of a merged range its first cell, which is seen."""
        column = self.columns["value"]
        merged = self.merged.get(row)
        if merged and merged[0] == row:
            column = merged[1]
        return Spot(self.sheet, row, column)

    def covered(self, row: int) -> bool:
        """Tell whether a row's value is there but hidden under a merged range."""
        column, merged = self.columns["value"], self.merged.get(row)
        first = merged is None or merged[:2] == (row, column)
        return not first and Spot(self.sheet, row, column).filled


def page(sheet: Sheet, form: Form) -> Page | None:
    """Return a sheet as a page of the form, None if it has no header row."""
    rows = _rows(sheet)
    for number, row in rows.items():
        columns = _columns(row)
        if "label" in columns and "value" in columns:
            value = columns["value"]
            merges = [m for m in sheet.merges if m[1] <= value <= m[3] and m[2] > number]
            merged = {row: m for m in reversed(merges) for row in range(m[0], m[2] + 1)}
            return Page(sheet, rows, number, columns, _key_column(rows, form), merged)
    return None


def _rows(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        rows.setdefault(row, {})[column] = cell
    return rows


@cache
def headings() -> Mapping[str, str]:
    """Return the names of the columns by the words that head them."""
    return {bare(word): name for name, word in words.entry("sheet.columns").items()}


def _columns(row: Row) -> dict[str, int]:
    """Return the columns that a row's words name, each named once."""
    named = [
        (name, column)
        for column, cell in row.items()
        if cell.kind is Kind.TEXT and (name := headings().get(bare(cell.raw)))
    ]
    names = [name for name, _ in named]
    return {name: column for name, column in named if names.count(name) == 1}


def _key_column(rows: Mapping[int, Row], form: Form) -> int | None:
    """Return the column with the most indicator keys, None if there is none."""
    counts: dict[int, int] = {}
    for row in rows.values():
        for column, cell in row.items():
            if cell.raw.strip() in form.indicators:
                counts[column] = counts.get(column, 0) + 1
    return max(counts, key=lambda column: (counts[column], -column), default=None)
