"""Where everything stands in the locked workbook; rows and columns count from 1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from toolkit.form import Field, Form, Line, Table


class Column(IntEnum):
    """Columns of a list table's sheet."""

    KEY = 1
    LABEL = 2
    UNIT = 3
    VALUE = 4
    EXPLANATION = 5
    VERDICT = 6
    REPORTED = 7

    @property
    def letter(self) -> str:
        """Return the column's letter."""
        return "ABCDEFG"[self - 1]


TITLE_ROW, YEAR_ROW = 1, 2
FIRST_FIELD_ROW = 3


@dataclass(frozen=True)
class Layout:
    """The rows of one list table's sheet: head fields, table, foot fields."""

    form: Form
    table: Table

    @cached_property
    def twin_row(self) -> int:
        """Return the row of the visible twin of the metadata and the legend."""
        return FIRST_FIELD_ROW + len(self.form.head)

    @property
    def header_row(self) -> int:
        """Return the row of the column headings, repeated on every printed page."""
        return self.twin_row + 1

    @property
    def first_row(self) -> int:
        """Return the first row of the table."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """Return the last printed row: the last foot field."""
        return self.header_row + len(self.table.lines) + len(self.form.foot)

    @property
    def end_row(self) -> int:
        """Return a locked empty row below everything.

        Blocks of cells in formulas end here: a block whose corners nobody can cut or drag keeps
        its place whatever happens to the inputs inside it.
        """
        return self.last_row + 1

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Yield the table's printed rows with their row numbers."""
        yield from enumerate(self.table.lines, self.first_row)

    def fields(self) -> Iterator[tuple[int, Field]]:
        """Yield head and foot fields with their row numbers."""
        yield from enumerate(self.form.head, FIRST_FIELD_ROW)
        yield from enumerate(self.form.foot, self.first_row + len(self.table.lines))

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Return the row of every key, fields and indicators alike."""
        return {f.key: row for row, f in self.fields()} | {
            line.key: row for row, line in self.lines() if line.key
        }

    def cell(self, key: str, column: Column = Column.VALUE) -> str:
        """Return the absolute address of a key's cell, for example ``$D$12``."""
        return f"${column.letter}${self.rows[key]}"

    def lookup(self, key: str, column: Column = Column.VALUE) -> str:
        """Return a formula for a key's cell that cutting and dragging cells cannot break.

        A direct reference would follow a cell that is dragged away; a whole column stays. Only
        formulas outside the column may use it: inside, it would be its own precedent.
        """
        return f"INDEX(${column.letter}:${column.letter},{self.rows[key]})"

    def lookup_part(self, total: str, key: str) -> str:
        """Return a formula for a total's part, for use in the total's own cell.

        The block lies below the total's row, or above it where the part does, so that the total
        is never its own precedent.
        """
        own, row = self.rows[total], self.rows[key]
        first, last = (own + 1, self.end_row) if row > own else (1, own - 1)
        block = f"$A${first}:${Column.EXPLANATION.letter}${last}"
        return f"INDEX({block},{row - first + 1},{int(Column.VALUE)})"

    def reported(self, key: str) -> str:
        """Return a formula for the 原报数 cell of a computed total."""
        return self.lookup(key, Column.REPORTED)
