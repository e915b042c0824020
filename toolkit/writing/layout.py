"""Where everything stands in the locked workbook; rows and columns count from 1.

Every sheet holds one table as it is printed, from column B. Left of it the hidden column of keys,
right of it 说明, 校验, one 原报数 column for each column of figures and, in a matrix, hidden
columns with the verdict on each figure. Where a workbook shows last year's figures they stand
beside the list, and behind all else in a matrix, which has no room for them before its checks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from toolkit.form import Field, Form, Indicator, Table, row_of
from toolkit.printed import Part, Printed, PrintedBlock, printed
from toolkit.writing import sizes
from toolkit.writing.places import Place, letter, prefix

KEY = 1
"""The hidden column of keys."""
FIRST = 2
"""The first printed column."""
TITLE_ROW, YEAR_ROW, FIRST_FIELD_ROW = 1, 2, 3
EXPLANATION_WIDTH, VERDICT_WIDTH = 24.0, 46.0
_FIELD_LABEL, _FIELD, _TWIN = 20.0, 44.0, 40.0
"""Least widths of a field's label, of what is filled in behind it, and of the metadata's twin."""


@dataclass(frozen=True)
class SheetLayout:
    """The sheet of one table; the first has the head fields above it, the last the foot below."""

    form: Form
    table: Table
    last_year: bool = False
    """Whether last year's figures stand beside the table."""

    @cached_property
    def name(self) -> str:
        """Return the name of the sheet."""
        return self.table.name

    @cached_property
    def printed(self) -> Printed:
        """Return the table as it is printed."""
        return printed(self.form, self.table)

    # ------------------------------------------------------------ columns

    @property
    def first_figure(self) -> int:
        """Return the first column of figures."""
        return FIRST + self.printed.labels

    @property
    def last_figure(self) -> int:
        """Return the last column of figures, which is the last of the official table."""
        return FIRST + self.printed.width - 1

    @property
    def explanation(self) -> int:
        """Return the column of 说明."""
        return self.last_figure + 1

    @property
    def verdict(self) -> int:
        """Return the column of 校验: the verdict on each row."""
        return self.explanation + 1 + (self.last_year and not self.table.is_matrix)

    @property
    def first_reported(self) -> int:
        """Return the first of the 原报数 columns, one for each column of figures."""
        return self.verdict + 1

    @property
    def first_verdict(self) -> int:
        """Return the first of the columns with the verdict on each figure.

        A list has one figure a row: the verdict on it is that on the row.
        """
        return self.first_reported + self.printed.figures if self.table.is_matrix else self.verdict

    @property
    def first_last_year(self) -> int:
        """Return the first of the columns with last year's figures, where there are any."""
        if self.table.is_matrix:
            return self.first_verdict + self.printed.figures
        return self.explanation + 1

    @property
    def last_printed(self) -> int:
        """Return the last column that is printed: 说明 in a list; a matrix has no room for it."""
        return self.last_figure if self.table.is_matrix else self.explanation

    @property
    def last_column(self) -> int:
        """Return the last column that holds anything."""
        if self.table.is_matrix:
            return self.first_last_year + self.printed.figures * self.last_year - 1
        return self.first_reported

    @cached_property
    def widths(self) -> Sequence[float]:
        """Return the widths of the columns that are printed."""
        own = [*sizes.widths(self.printed)]
        return own if self.table.is_matrix else [*own, EXPLANATION_WIDTH]

    @cached_property
    def field_column(self) -> int:
        """Return the first column of what is filled in behind the labels of fields."""
        return FIRST + sizes.until(self.widths, _FIELD_LABEL, len(self.widths) - 1)

    @cached_property
    def last_field_column(self) -> int:
        """Return the last column of what is filled in behind the labels of fields."""
        behind = self.widths[self.field_column - FIRST :]
        return self.field_column + sizes.until(behind, _FIELD, len(behind)) - 1

    @cached_property
    def legend_column(self) -> int:
        """Return the column where the legend begins, behind the twin of the metadata."""
        return FIRST + sizes.until(self.widths, _TWIN, len(self.widths) - 1)

    # ------------------------------------------------------------ rows

    @property
    def head(self) -> Sequence[Field]:
        """Return the fields above the table."""
        return self.form.head if self.table is self.form.tables[0] else ()

    @property
    def foot(self) -> Sequence[Field]:
        """Return the fields below the table."""
        return self.form.foot if self.table is self.form.tables[-1] else ()

    @property
    def unit_row(self) -> int:
        """Return the row that repeats who reports, on a sheet without head fields; 0 for none."""
        return 0 if self.head else FIRST_FIELD_ROW

    @property
    def twin_row(self) -> int:
        """Return the row of the visible twin of the metadata and the legend."""
        return FIRST_FIELD_ROW + (len(self.head) or 1)

    @property
    def header_row(self) -> int:
        """Return the first row of the table."""
        return self.twin_row + 1

    @cached_property
    def rows(self) -> Sequence[int]:
        """Return the sheet row of every row of the printed table.

        Below the headings of a matrix block stands a hidden row of keys. Before a row of totals
        whose parts stand above it in their columns an empty, hidden, locked row is left, where
        the blocks of cells end that the totals add up.
        """
        left_out: set[int] = set()
        for block in self.printed.blocks if self.table.is_matrix else ():
            left_out.add(block.first)
        gaps = {row for row in self._total_rows() if row not in left_out}
        rows, at = [], self.header_row
        for row in range(self.printed.height):
            at += (row in left_out) + (row in gaps)
            rows.append(at)
            at += 1
        return rows

    def _total_rows(self) -> Iterator[int]:
        """Yield the printed rows of totals with parts above them in their own column."""
        places = {c.key: (c.row, c.column) for c in self.printed.cells if c.part is Part.FIGURE}
        for key, (row, column) in places.items():
            parts = [places[part] for part in self.form.indicators[key].parts]
            if any(part[1] == column and part[0] < row for part in parts):
                yield row

    def key_row(self, block: PrintedBlock) -> int:
        """Return the hidden row below a matrix block's headings that holds its keys."""
        return self.rows[block.first] - 1

    @property
    def first_row(self) -> int:
        """Return the first row below the first headings."""
        return self.rows[self.printed.blocks[0].first]

    @property
    def first_foot_row(self) -> int:
        """Return the row of the first foot field; an empty row parts it from a matrix."""
        return self.rows[-1] + (2 if self.table.is_matrix and self.foot else 1)

    @property
    def last_row(self) -> int:
        """Return the last printed row: that of the last foot field, or of the table."""
        return self.end_row - 1

    @property
    def end_row(self) -> int:
        """Return a locked empty row below everything that is printed.

        Blocks of cells in formulas end here: a block whose corners nobody can cut or drag keeps
        its place whatever happens to the inputs inside it.
        """
        return self.first_foot_row + len(self.foot)

    @property
    def table_end_row(self) -> int:
        """Return a locked row below the table that has nothing in its columns of figures.

        In a list the foot fields stand beside that column, in a matrix across it.
        """
        return self.rows[-1] + 1 if self.table.is_matrix else self.end_row

    @property
    def column_verdict_row(self) -> int:
        """Return the row that tells how each column of a matrix stands."""
        return self.end_row + 1

    def fields(self) -> Iterator[tuple[int, Field]]:
        """Yield head and foot fields with their row numbers."""
        yield from enumerate(self.head, FIRST_FIELD_ROW)
        yield from enumerate(self.foot, self.first_foot_row)

    def field(self, key: str) -> Place:
        """Return the place of what is filled in for a field."""
        row = next(row for row, field in self.fields() if field.key == key)
        return Place(self.name, row, self.field_column)

    def status(self, row: int) -> Place:
        """Return the place of a line about the whole form, beside the title or the year."""
        return Place(self.name, row, self.verdict)

    # ------------------------------------------------------------ cells

    @cached_property
    def values(self) -> Mapping[str, Place]:
        """Return the places of the table's figures."""
        return {
            cell.key: Place(self.name, self.rows[cell.row], FIRST + cell.column)
            for cell in self.printed.cells
            if cell.part is Part.FIGURE
        }

    def reported(self, key: str) -> Place:
        """Return the place of a computed total's 原报数."""
        return self._beside(key, self.first_reported)

    def of_last_year(self, key: str) -> Place:
        """Return the place of last year's figure, where the sheet has one."""
        return self._beside(key, self.first_last_year)

    def verdict_on(self, key: str) -> Place:
        """Return the place of the verdict on a figure."""
        return self._beside(key, self.first_verdict)

    def _beside(self, key: str, first: int) -> Place:
        value = self.values[key]
        return Place(self.name, value.row, first + value.column - self.first_figure)

    def row_verdict(self, key: str) -> Place:
        """Return the place of the verdict on a figure's row."""
        return Place(self.name, self.values[key].row, self.verdict)

    @cached_property
    def keyed_rows(self) -> Mapping[str, int]:
        """Return the sheet row of every row with figures, by its key."""
        return {row_of(key): place.row for key, place in self.values.items()}

    @cached_property
    def in_row(self) -> Mapping[str, Sequence[str]]:
        """Return the keys of the figures of every row, by the row's key."""
        rows: dict[str, list[str]] = {}
        for key in self.values:
            rows.setdefault(row_of(key), []).append(key)
        return rows

    def part(self, total: Indicator, part: str) -> str:
        """Return a formula for a total's part, for use in the total's own cell.

        The block it is looked up in begins and ends in locked cells and leaves out the total
        itself and the totals that are made of it: it holds the columns on the part's side of the
        total, or in the total's own column the rows on its side.
        """
        own, place = self.values[total.key], self.values[part]
        first_row, last_row = 1, self.table_end_row
        first, last = KEY, own.column
        if place.column < own.column:
            last = own.column - 1
        elif place.column > own.column:
            first, last = own.column + 1, self.explanation
        elif place.row > own.row:
            first_row = own.row + 1
        else:
            last_row = own.row - 1
        block = f"${letter(first)}${first_row}:${letter(last)}${last_row}"
        return f"INDEX({block},{place.row - first_row + 1},{place.column - first + 1})"

    def figures(self, home: str) -> str:
        """Return the columns of figures from the locked row above them to the one below."""
        return self._block(
            home, self.first_figure, self.last_figure, self.header_row, self.table_end_row
        )

    def down(self, home: str, column: int) -> str:
        """Return a column from the first head field to the locked row below everything."""
        return self._block(home, column, column, FIRST_FIELD_ROW, self.end_row)

    def _block(self, home: str, first: int, last: int, top: int, end: int) -> str:
        return f"{prefix(self.name, home)}${letter(first)}${top}:${letter(last)}${end}"


@dataclass(frozen=True)
class Layout:
    """The whole workbook."""

    form: Form
    last_year: bool = False
    """Whether last year's figures stand beside the tables."""

    @cached_property
    def sheets(self) -> Sequence[SheetLayout]:
        """Return the sheets of the tables, in printed order."""
        return [SheetLayout(self.form, table, self.last_year) for table in self.form.tables]

    @property
    def first(self) -> SheetLayout:
        """Return the sheet that has the head of the form."""
        return self.sheets[0]

    @cached_property
    def _holders(self) -> Mapping[str, SheetLayout]:
        return {key: sheet for sheet in self.sheets for key in sheet.values}

    def sheet_of(self, key: str) -> SheetLayout:
        """Return the sheet that holds a figure."""
        return self._holders[key]

    def value(self, key: str) -> Place:
        """Return the place of a figure."""
        return self._holders[key].values[key]

    def reported(self, key: str) -> Place:
        """Return the place of a computed total's 原报数."""
        return self._holders[key].reported(key)

    def verdict_on(self, key: str) -> Place:
        """Return the place of the verdict on a figure."""
        return self._holders[key].verdict_on(key)


@lru_cache(maxsize=8)
def layout_of(form: Form, *, last_year: bool = False) -> Layout:
    """Return the layout of a form's workbooks; all of an edition share it, with what it works out.

    Args:
        form: the edition.
        last_year: whether last year's figures stand beside the tables.
    """
    return Layout(form, last_year)
