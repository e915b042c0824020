"""A sheet seen as rows of cells: their texts, merged ranges, and the column of keys."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from toolkit import words
from toolkit.findings import Finding
from toolkit.reading import grid
from toolkit.reading.grid import Cell, Kind, Rectangle, Sheet, State
from toolkit.reading.labels import COLON, bare, core, inline
from toolkit.reading.room import RETURN
from toolkit.reading.vocabulary import Vocabulary

Row = Mapping[int, Cell]
"""The cells of one row, by column."""


class Spot(NamedTuple):
    """A place on a sheet, whether or not anything stands there; a tuple as cells are."""

    sheet: Sheet
    row: int
    column: int

    @property
    def address(self) -> str:
        """Return where it is, for example ``D12``, or 第12行第4列 of a table in a document."""
        if self.sheet.above is None:
            return grid.address(self.row, self.column)
        row = self.row - self.sheet.above
        if row < 1:
            return words.say("reading.place.above")
        return words.say("reading.place.cell", row=row, column=self.column)

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


def called(sheet: Sheet) -> str:
    """Return what a sheet is called, and that nobody sees it."""
    if sheet.above is not None:
        return words.say("reading.place.table", sheet=sheet.name)
    hidden = sheet.state is not State.VISIBLE
    return words.say(f"reading.place.{'hidden' if hidden else 'sheet'}", sheet=sheet.name)


def from_row(spot: Spot) -> str:
    """Return what a part of a sheet is called that begins at a place."""
    row = spot.row - (spot.sheet.above or 0)
    return words.say("reading.place.from", sheet=called(spot.sheet), row=row)


def where(spot: Spot) -> str:
    """Return where a place is among all sheets."""
    if spot.sheet.above is None and spot.sheet.state is State.VISIBLE:
        return f"{spot.sheet.name}!{spot.address}"
    return f"{called(spot.sheet)}{spot.address}"


def at(found: Finding, spot: Spot) -> Finding:
    """Return a finding with the place it is about."""
    return replace(found, sheet=spot.sheet.name, cell=spot.address)


@dataclass(frozen=True, eq=False, slots=True)
class Page:
    """A sheet by rows."""

    sheet: Sheet
    rows: Mapping[int, Row]
    """Cells by row and column, top to bottom; empty rows are left out."""
    texts: Mapping[int, Mapping[int, str]]
    """The texts of each of these rows by column, as labels are compared."""
    merged: Mapping[int, Sequence[Rectangle]]
    """The merged ranges that touch a row."""
    key_column: int | None
    """The column that holds the keys of rows, None if there is none."""
    marked: frozenset[int]
    """The rows in which a heading or a key of the form's columns stands."""
    fields: frozenset[int]
    """The rows in which a field of the form's head or foot stands."""
    numbers: Mapping[int, Sequence[int]]
    """The rows in which numbers stand, from top to bottom, by column."""

    def text(self, row: int, column: int | None) -> str:
        """Return the text in a cell, "" for none."""
        cell = self.sheet.cells.get((row, column)) if column else None
        return cell.raw.strip() if cell is not None and cell.kind is Kind.TEXT else ""

    def key(self, row: int) -> str:
        """Return what stands in the key column."""
        cell = self.rows[row].get(self.key_column or 0)
        return cell.raw.strip() if cell is not None and cell.kind is Kind.TEXT else ""

    def spot(self, row: int, column: int | None) -> Spot | None:
        """Return a place, None without a column."""
        return Spot(self.sheet, row, column) if column else None

    def foot(self, rows: Collection[int]) -> float:
        """Return the first of some rows in which a field of the form stands, else infinity."""
        return min(self.fields.intersection(rows), default=inf)

    def next_number(self, row: int, column: int) -> float:
        """Return the first row from one on in which a number stands in a column, else infinity."""
        found = self.numbers.get(column, ())
        place = bisect_left(found, row)
        return found[place] if place < len(found) else inf

    def covering(self, row: int, column: int) -> Rectangle | None:
        """Return the merged range that a place lies in, None for none."""
        for found in self.merged.get(row, ()):
            if found[1] <= column <= found[3]:
                return found
        return None


def page(sheet: Sheet, known: Vocabulary) -> Page:
    """Return a sheet as rows.

    Args:
        sheet: the sheet.
        known: the vocabulary of the form it is read as.
    """
    rows: dict[int, dict[int, Cell]] = {}
    texts: dict[int, dict[int, str]] = {}
    keyed: list[tuple[int, int, bool]] = []
    across: dict[int, int] = {}
    marked: set[int] = set()
    fields: set[int] = set()
    numbers: dict[int, list[int]] = {}
    for (number, column), cell in sorted(sheet.cells.items()):
        if number not in rows:
            row, labels = rows[number], texts[number] = {}, {}
        row[column] = cell
        if cell.kind is Kind.TEXT and (raw := cell.raw):
            if raw in known.keys:
                keyed.append((number, column, raw in known.patterns))
            else:
                labels[column] = label = bare(raw)
                if label in known.above:
                    marked.add(number)
                if core(label) in known.fields or (
                    COLON.search(raw) and inline(raw)[0] in known.fields
                ):
                    fields.add(number)
            if raw in known.column_keys:
                marked.add(number)
                across[number] = across.get(number, 0) + 1
        elif cell.kind is Kind.NUMBER:
            numbers.setdefault(column, []).append(number)
    # Rows and columns may have the same keys; in a row of several those of columns are meant.
    counts = Counter(column for row, column, block in keyed if block or across.get(row, 0) < 2)
    most = max(counts, key=lambda column: (counts[column], -column), default=None)
    if most:
        keys = known.fields.values()
        fields |= {n for n, row in rows.items() if most in row and row[most].raw.strip() in keys}
    merged = _merged(sheet)
    return Page(sheet, rows, texts, merged, most, frozenset(marked), frozenset(fields), numbers)


def _merged(sheet: Sheet) -> Mapping[int, Sequence[Rectangle]]:
    merged: dict[int, list[Rectangle]] = {}
    covered: dict[int, int] = {}
    for found in sheet.merges:
        width = found[3] - found[1] + 1
        for row in range(found[0], found[2] + 1):
            # Ranges that cover more columns than there are overlap, and the file is no honest one.
            columns = covered.get(row, 0) + width
            if columns <= RETURN.columns:
                covered[row] = columns
                merged.setdefault(row, []).append(found)
    return merged
