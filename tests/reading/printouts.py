"""Workbooks of any edition, drawn from its tables as they are printed.

The layout is the template's: a hidden column of keys, the printed table, 说明, 校验 and one 原报数
column for each column of figures; below the headings of a matrix block its row of keys.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise
from random import Random
from typing import Any

from tests.reading.drawn import TOTAL, Formula, sheet
from toolkit import marks, words
from toolkit.form import Block, Field, Form, Line, Table, row_of
from toolkit.printed import Cell, Part, printed
from toolkit.reading.grid import Book, Rectangle, Sheet

NONE: Set[int] = frozenset()
KEY, FIRST = 1, 2
"""The column of keys, and the first printed column."""


class Span(Enum):
    """How a text that stands above or beside several cells is drawn."""

    MERGED = auto()
    FIRST = auto()
    """Pasted as values: the text in the first cell, the others empty."""
    REPEATED = auto()


@dataclass(frozen=True)
class Look:
    """How a workbook is drawn; as the template unless told otherwise."""

    span: Span = Span.MERGED
    row_keys: bool = True
    column_keys: bool = True
    beside: bool = True
    """Whether there are columns for 说明, 校验 and 原报数."""


TEMPLATE = Look()
TYPED_ANEW = Look(row_keys=False, column_keys=False, beside=False)


@dataclass
class Drawing:
    """A sheet being drawn; rows and columns count from 1."""

    look: Look
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[Rectangle] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the figures stand."""
    row: int = 1
    """The next free row."""

    def put(self, row: int, column: int, content: Any, rows: int = 1, columns: int = 1) -> None:
        """Draw a text or figure that spans cells."""
        self.cells[row, column] = content
        if rows * columns == 1:
            return
        if self.look.span is Span.MERGED:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))
        elif self.look.span is Span.REPEATED:
            for place in ((row + r, column + c) for r in range(rows) for c in range(columns)):
                self.cells[place] = content

    def sheet(self, name: str) -> Sheet:
        """Return the sheet as it was drawn."""
        width = max(column for _, column in self.cells)
        height = max(row for row, _ in self.cells)
        rows = [[self.cells.get((r, c)) for c in range(1, width + 1)] for r in range(1, height + 1)]
        return sheet(rows, name, tuple(self.merges))


@dataclass(frozen=True)
class Filled:
    """What is filled in."""

    values: Mapping[str, Any]
    """By key; totals that are not given are formulas, in a form typed anew they are blank."""
    explanations: Mapping[str, str] = field(default_factory=dict)
    """By the key of the row."""
    reported: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


def sheets(form: Form, filled: Filled, look: Look = TEMPLATE) -> list[Sheet]:
    """Return one sheet for each table, head fields on the first, foot fields on the last."""
    drawn = []
    for table in form.tables:
        drawing = Drawing(look)
        _table(
            drawing,
            form,
            table,
            filled,
            form.head if table is form.tables[0] else (),
            form.foot if table is form.tables[-1] else (),
        )
        drawn.append(drawing.sheet(table.name))
    return drawn


def together(form: Form, filled: Filled, look: Look = TEMPLATE) -> Sheet:
    """Return all tables on one sheet, one below the other."""
    drawing = Drawing(look)
    for table in form.tables:
        head = form.head if table is form.tables[0] else ()
        foot = form.foot if table is form.tables[-1] else ()
        _table(drawing, form, table, filled, head, foot)
        drawing.row += 1
    return drawing.sheet("Sheet1")


def book(*drawn: Sheet, **properties: str) -> Book:
    """Return a workbook; properties are given without the prefix ``toolkit.``."""
    return Book(drawn, {}, {f"toolkit.{name}": value for name, value in properties.items()})


def _table(
    drawing: Drawing,
    form: Form,
    table: Table,
    filled: Filled,
    head: tuple[Field, ...],
    foot: tuple[Field, ...],
) -> None:
    drawing.put(drawing.row, FIRST, table.title)
    drawing.row += 1
    _fields(drawing, head, filled)
    plan = printed(form, table)
    rows: list[int] = []  # of the sheet, by rows of the printed table
    for block in plan.blocks:
        for row in range(block.top, block.end):
            drawing.row += row == block.first and table.is_matrix and drawing.look.column_keys
            rows.append(drawing.row)
            drawing.row += 1
        beside = FIRST + plan.width
        if table.is_matrix and drawing.look.column_keys:
            _keys(drawing, block.block, rows[block.first] - 1, FIRST + plan.labels, beside + 2)
        if drawing.look.beside:
            _beside(drawing, rows[block.top], block.first - block.top, beside, plan.figures)
    for cell in plan.cells:
        _cell(drawing, form, cell, rows, filled, plan.width, plan.labels)
    _fields(drawing, foot, filled)


def _fields(drawing: Drawing, fields: tuple[Field, ...], filled: Filled) -> None:
    for one in fields:
        if drawing.look.row_keys:
            drawing.put(drawing.row, KEY, one.key)
        drawing.put(drawing.row, FIRST, f"{one.label}：")
        if one.key in filled.fields:
            drawing.put(drawing.row, FIRST + 1, filled.fields[one.key])
        drawing.row += 1


def _keys(drawing: Drawing, block: Block, row: int, figures: int, reported: int) -> None:
    if drawing.look.row_keys:
        drawing.put(row, KEY, block.key)
    for offset, column in enumerate(c for c in block.columns if c.key):
        drawing.put(row, figures + offset, column.key)
        if drawing.look.beside:
            drawing.put(row, reported + offset, marks.REPORTED + column.key)


def _beside(drawing: Drawing, row: int, rows: int, first: int, figures: int) -> None:
    headings = words.entry("sheet.columns")
    names = ["explanation", "verdict", *["reported"] * figures]
    for column, name in enumerate(names, first):
        drawing.put(row, column, headings[name], rows)


def _cell(
    drawing: Drawing,
    form: Form,
    cell: Cell,
    rows: list[int],
    filled: Filled,
    width: int,
    labels: int,
) -> None:
    row, column = rows[cell.row], FIRST + cell.column
    if cell.part is not Part.FIGURE:
        if cell.text:
            drawing.put(row, column, cell.text, cell.rows, cell.columns)
        return
    look, key = drawing.look, cell.key
    drawing.places[key] = row, column
    computed = form.indicators[key].computed
    content = filled.values.get(key, TOTAL if computed and look.beside else None)
    if content is not None or cell.columns > 1:
        drawing.put(row, column, content, 1, cell.columns)
    if look.row_keys:
        drawing.put(row, KEY, row_of(key))
    if look.beside:
        beside = FIRST + width
        if row_of(key) in filled.explanations:
            drawing.put(row, beside, filled.explanations[row_of(key)])
        drawing.put(row, beside + 1, Formula("√"))
        if key in filled.reported:
            drawing.put(row, beside + 2 + cell.column - labels, filled.reported[key])


# ---------------------------------------------------------------- the same form in another order


def shuffled(form: Form, random: Random) -> Form:
    """Return a form whose rows and columns stand in another order below their headings."""

    def mixed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        trees = _trees(lines, 0)
        return tuple(_flat(trees, random))

    return replace(
        form,
        tables=tuple(
            replace(
                table,
                blocks=tuple(
                    replace(block, lines=mixed(block.lines), columns=mixed(block.columns))
                    for block in table.blocks
                ),
            )
            for table in form.tables
        ),
    )


def _trees(lines: tuple[Line, ...], level: int) -> list[tuple[Line, ...]]:
    """Return the subtrees of lines, each from its top line on."""
    starts = [n for n, line in enumerate(lines) if line.level == level]
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


def _flat(trees: list[tuple[Line, ...]], random: Random) -> list[Line]:
    random.shuffle(trees)
    flat = []
    for tree in trees:
        flat.append(tree[0])
        flat += _flat(_trees(tree[1:], tree[0].level + 1), random)
    return flat


# ---------------------------------------------------------------- edits


def moved(one: Sheet, rows: Mapping[int, int] | None, columns: Mapping[int, int] | None) -> Sheet:
    """Return a sheet whose rows and columns stand elsewhere.

    Args:
        one: the sheet.
        rows: the new place of each row; a row that is not named is gone. None for all as before.
        columns: the same for columns.
    """

    def new(places: Mapping[int, int] | None, place: int) -> int | None:
        return place if places is None else places.get(place)

    cells, merges = {}, []
    for (row, column), cell in one.cells.items():
        place = new(rows, row), new(columns, column)
        if place[0] is not None and place[1] is not None:
            cells[place[0], place[1]] = cell._replace(row=place[0], column=place[1])
    for top, left, bottom, right in one.merges:
        there = [new(rows, row) for row in range(top, bottom + 1)]
        across = [new(columns, column) for column in range(left, right + 1)]
        kept_rows = [row for row in there if row is not None]
        kept_columns = [column for column in across if column is not None]
        if len(kept_rows) * len(kept_columns) > 1:
            merges.append((min(kept_rows), min(kept_columns), max(kept_rows), max(kept_columns)))
        if kept_rows and kept_columns and (first := one.cells.get((top, left))):
            # What a merged range holds stands in its first cell, whatever happens to it.
            cells.pop((new(rows, top) or 0, new(columns, left) or 0), None)
            place = min(kept_rows), min(kept_columns)
            cells[place] = first._replace(row=place[0], column=place[1])
    return replace(one, cells=cells, merges=tuple(merges))


def deleted(one: Sheet, *, rows: Set[int] = NONE, columns: Set[int] = NONE) -> Sheet:
    """Return a sheet without some rows and columns; what stood behind them moves up."""
    return moved(one, _closed(rows, 400), _closed(columns, 80))


def _closed(gone: Set[int], size: int) -> dict[int, int]:
    kept = [place for place in range(1, size) if place not in gone]
    return {place: new for new, place in enumerate(kept, 1)}


def inserted(one: Sheet, *, row: int = 0, column: int = 0) -> Sheet:
    """Return a sheet with an empty row and an empty column before these."""
    return moved(one, _opened(row, 400), _opened(column, 80))


def _opened(before: int, size: int) -> dict[int, int]:
    return {place: place + (0 < before <= place) for place in range(1, size)}
