"""A filled form on the bench: a workbook that messes are made of, and what may be read after.

The workbook is the template filled in, as openpyxl loads it. Cells are held as objects, so that
they are known wherever rows and columns have moved to.
"""

import io
import pickle
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import NamedTuple

import openpyxl
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from tests.reading.messes.given import given
from tests.reading.messes.moving import at
from tests.reading.messes.oracle import LOST, Allowance, Allowed, Expected, fields
from toolkit.findings import Number, Severity
from toolkit.form import Field, Form, Role, row_of
from toolkit.printed import Part
from toolkit.record import Figures, Record
from toolkit.writing import template
from toolkit.writing.layout import FIRST, KEY, Layout, SheetLayout

_WORDS = frozenset({Part.BLOCK, Part.HEADER, Part.LABEL, Part.SECTION})


class _Filled(NamedTuple):
    """A filled template and the cells in it that matter, as they lie on the bench."""

    book: Workbook
    figures: dict[str, Cell]
    keys: dict[str, Cell]
    labels: dict[str, Cell]
    sections: dict[str, Cell]
    heads: dict[str, list[Cell]]
    words: list[Cell]
    fields: dict[str, Cell]


@dataclass
class Bench:
    """A filled workbook that a mess is made of, and what may be read of it afterwards."""

    form: Form
    record: Record
    """What was filled in."""
    book: Workbook
    figures: dict[str, Cell]
    """By indicator."""
    keys: dict[str, Cell]
    """The cells that hold the keys of rows, by key."""
    labels: dict[str, Cell]
    """The labels of rows, by the key of the row."""
    sections: dict[str, Cell]
    """The labels of the sections of a list, by label."""
    heads: dict[str, list[Cell]]
    """The lowest headings of columns, by the key of the column; "" for a list's."""
    words: list[Cell]
    """All printed labels and headings."""
    fields: dict[str, Cell]
    """What is filled in in head and foot, by field."""

    allowed: dict[str, Allowance] = field(default_factory=dict)
    reported: dict[str, Number | None] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """What the fields of head and foot say now, where that is something else."""
    explained: dict[str, str] = field(default_factory=dict)
    """What is explained now, by row, where that is something else."""
    retyped: set[str] = field(default_factory=set)
    """Figures of which only cells with types tell how they were typed."""
    troubled: set[str] = field(default_factory=set)
    """Totals whose cells something is wrong with."""
    kept: set[str] = field(default_factory=set)
    """Texts that must be kept among the rows and columns that the form does not have."""
    codes: set[str] = field(default_factory=set)
    """Codes of findings about the file rather than about single figures."""
    refusals: frozenset[str] = frozenset()
    """Codes with which the whole file may be refused."""

    # ------------------------------------------------------------ what it holds

    @property
    def given(self) -> Figures:
        """Return the figures that were typed in."""
        return {one.key: self.record.values[one.key] for one in self.form.entered}

    @property
    def typed(self) -> dict[str, Number]:
        """Return the inputs in which a figure stands."""
        return {key: value for key, value in self.given.items() if value is not None}

    @property
    def totals(self) -> dict[str, Number]:
        """Return what the computed totals amount to, blank ones left out."""
        values = {one.key: self.record.values[one.key] for one in self.form.totals}
        return {key: value for key, value in values.items() if value is not None}

    @property
    def sheets(self) -> list[Worksheet]:
        """Return the sheets of the tables."""
        return [self.book[table.name] for table in self.form.tables]

    @property
    def matrices(self) -> list[Worksheet]:
        """Return the sheets of the tables that are matrices."""
        return [self.book[table.name] for table in self.form.tables if table.is_matrix]

    @property
    def labelled(self) -> list[Worksheet]:
        """Return the sheets whose rows have labels."""
        labelled = {cell.parent.title for cell in self.labels.values()}
        return [sheet for sheet in self.sheets if sheet.title in labelled]

    @cached_property
    def _layouts(self) -> dict[str, SheetLayout]:
        return {one.name: one for one in Layout(self.form).sheets}

    def layout(self, sheet: Worksheet) -> SheetLayout:
        """Return where everything stood on a sheet before anything was moved."""
        return self._layouts[sheet.title]

    def entered(self, sheet: Worksheet | None = None) -> list[str]:
        """Return the inputs, of one sheet or of all."""
        keys = [one.key for one in self.form.entered]
        return [key for key in keys if sheet is None or self.figures[key].parent is sheet]

    def row(self, key: str) -> list[str]:
        """Return the figures in a row, by its key."""
        return [one for one in self.form.indicators if row_of(one) == key]

    def number(self, key: str) -> int:
        """Return the number of a row on its sheet, by its key."""
        return self.figures[self.row(key)[0]].row

    def rows(self, sheet: Worksheet) -> list[str]:
        """Return the keys of the rows of a sheet with figures, from top to bottom."""
        return list(dict.fromkeys(row_of(k) for k, c in self.figures.items() if c.parent is sheet))

    def section(self, number: int) -> list[str]:
        """Return the keys of the rows of a section, which are counted from 0."""
        found = [*self.form.sections.values()][number]
        return list(dict.fromkeys(row_of(one.key) for one in found))

    def field(self, role: Role) -> Field:
        """Return the field of the head or foot with a role."""
        return next(one for one in self.form.fields.values() if one.role is role)

    # ------------------------------------------------------------ what is expected

    def may(self, key: str, *allowed: Allowed) -> None:
        """Say how a cell may be read."""
        if self.form.indicators[key].computed:
            self.troubled.add(key)
        else:
            self.allowed[key] = allowed

    def changed(self, key: str, value: Number | None, least: Severity | None = None) -> None:
        """Say that a cell holds another figure now."""
        self.may(key, Allowed(value, least))

    def lost(self, *keys: str) -> None:
        """Say that figures cannot be had."""
        for key in keys:
            self.may(key, LOST)

    def told(self, severity: Severity, *keys: str) -> None:
        """Say that figures are read right, and that a finding asks to look at them."""
        for key in keys:
            self.may(key, Allowed(self.given.get(key), severity))

    def traced(self, key: str) -> None:
        """Say that a figure is read right, and that it leaves a trace how it was typed."""
        self.told(Severity.NOTICE, key)
        self.retyped.add(key)

    def doubtful(self, *keys: str) -> None:
        """Say that figures may be read right, or be lost with an error."""
        for key in keys:
            self.may(key, Allowed(self.given.get(key)), LOST)

    def states(self, role: Role, text: str) -> None:
        """Let a field of the head or foot say something else."""
        key = self.field(role).key
        self.fields[key].value = text or None
        self.said[key] = text

    def expected(self) -> Expected:
        """Return what may be read of the workbook."""
        values = {key: (Allowed(value),) for key, value in self.given.items()}
        return Expected(
            values=values | self.allowed,
            retyped=frozenset(self.retyped),
            reported=self.reported,
            fields=fields(self.form, self.record) | self.said,
            explanations={**self.record.explanations, **self.explained},
            troubled=frozenset(self.troubled),
            kept=frozenset(self.kept),
            codes=frozenset(self.codes),
            refusals=self.refusals,
            due=True,
        )

    def saved(self) -> bytes:
        """Return the workbook as openpyxl writes it."""
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def bench(form: Form, *, sparsely: bool = False) -> Bench:
    """Return a filled workbook on the bench."""
    # Unpickling is many times faster than loading; cells and book must come out of one pickle.
    filled: _Filled = pickle.loads(_filled(form, sparsely=sparsely))
    for sheet in filled.book:
        # What pickle forgets.
        sheet.row_dimensions.default_factory = partial(RowDimension, sheet)
        sheet.column_dimensions.default_factory = partial(ColumnDimension, sheet)
    return Bench(form, given(form, sparsely=sparsely), *filled)


@cache
def _filled(form: Form, *, sparsely: bool) -> bytes:
    data = template.filled(form, given(form, sparsely=sparsely))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:  # nothing of it is read, and LibreOffice takes longest over it
        sheet.conditional_formatting = ConditionalFormattingList()
        sheet.data_validations = DataValidationList()
        _one_by_one(sheet)
    found = _Filled(book, {}, {}, {}, {}, {}, [], {})
    for layout in Layout(form).sheets:
        _find(found, layout, book[layout.name])
    return pickle.dumps(found)


def _one_by_one(sheet: Worksheet) -> None:
    """Let every column have widths of its own, not those of a group that it was loaded with."""
    groups = [*sheet.column_dimensions.values()]
    sheet.column_dimensions.clear()
    for one in groups:
        for column in range(one.min or 1, min(one.max or 1, sheet.max_column) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = one.width
            sheet.column_dimensions[get_column_letter(column)].hidden = one.hidden


def _find(found: _Filled, layout: SheetLayout, sheet: Worksheet) -> None:
    """Find the cells of a sheet that matter."""
    for key, place in layout.values.items():
        found.figures[key] = at(sheet, place.row, place.column)
    for key, row in layout.keyed_rows.items():
        found.keys[key] = at(sheet, row, KEY)
    for row, one in layout.fields():
        found.fields[one.key] = at(sheet, row, layout.field_column)
    for cell in layout.printed.cells:
        if cell.part in _WORDS and cell.text:
            here = at(sheet, layout.rows[cell.row], FIRST + cell.column)
            found.words.append(here)
            if cell.part is Part.SECTION:
                found.sections[cell.text] = here
            if cell.part in {Part.LABEL, Part.SECTION} and cell.key:
                found.labels[cell.key] = here
            if cell.part is Part.HEADER and layout.table.is_matrix and cell.key:
                found.heads.setdefault(cell.key, []).append(here)
            elif cell.part is Part.HEADER and not layout.table.is_matrix:
                found.heads[""] = [here]
