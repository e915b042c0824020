"""Tables as they are printed: cells with their spans, one picture for workbook and report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit import words
from toolkit.form import Block, Form, Line, Table


class Part(StrEnum):
    """What a printed cell is."""

    BLOCK = "block"
    """The heading of one of several blocks."""
    HEADER = "header"
    """A heading above columns; with a key above the one column it names."""
    LABEL = "label"
    """The label of a row, or of the rows that a heading spans."""
    SECTION = "section"
    """The label of a top-level row of a list."""
    UNIT = "unit"
    FIGURE = "figure"
    NOTHING = "nothing"
    """Where a list's heading has no unit and no figure."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell; rows and columns count from 0 at the table's upper left corner."""

    row: int
    column: int
    part: Part
    text: str = ""
    key: str = ""
    """Of a figure its indicator, of a label its row, of a heading its column; "" for none."""
    rows: int = 1
    columns: int = 1
    """How many rows and columns the cell spans."""
    indent: int = 0
    """Characters by which the text is indented."""


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """The rows that a block takes up: headings first, then one for each of its rows."""

    block: Block
    top: int
    first: int
    """The first row below the headings."""
    end: int
    """The row after its last."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as it is printed."""

    table: Table
    labels: int
    """How many columns hold labels (and units), left of the figures; 0 where rows have none."""
    figures: int
    """How many columns hold figures."""
    cells: tuple[Cell, ...]
    """From top to bottom, each row from left to right."""
    blocks: tuple[PrintedBlock, ...]

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return self.labels + self.figures

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return self.blocks[-1].end


def printed(form: Form, table: Table) -> Printed:
    """Return a table of a form as it is printed.

    A list has one line for every row and heading. In a matrix headings are merged cells beside
    the rows, or above the columns, that they span (as in the notices of 2019 and 2021); where a
    block has fewer columns than the widest one, its last column is wider.
    """
    if not table.is_matrix:
        return _list(form, table)
    labels = max(map(_label_columns, table.blocks))
    figures = max(sum(bool(c.key) for c in block.columns) for block in table.blocks)
    cells: list[Cell] = []
    blocks: list[PrintedBlock] = []
    top = 0
    for block in table.blocks:
        own = _matrix(block, labels, figures)
        cells += [replace(cell, row=cell.row + top) for cell in own]
        first = top + _header_rows(block)
        end = first + sum(bool(line.key) for line in block.lines)
        blocks.append(PrintedBlock(block, top, first, end))
        top = end
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Printed(table, labels, figures, tuple(cells), tuple(blocks))


# ---------------------------------------------------------------- lists


def _list(form: Form, table: Table) -> Printed:
    (block,) = table.blocks
    headings = [words.say(f"sheet.columns.{name}") for name in ("label", "unit", "value")]
    cells = [Cell(0, column, Part.HEADER, text) for column, text in enumerate(headings)]
    for row, line in enumerate(block.lines, 1):
        part = Part.LABEL if line.level else Part.SECTION
        cells.append(Cell(row, 0, part, line.label, line.key, indent=line.level))
        if line.key:
            unit = form.indicators[line.key].measure.name
            cells.append(Cell(row, 1, Part.UNIT, unit))
            cells.append(Cell(row, 2, Part.FIGURE, key=line.key))
        else:
            cells += [Cell(row, column, Part.NOTHING) for column in (1, 2)]
    whole = PrintedBlock(block, 0, 1, 1 + len(block.lines))
    return Printed(table, 2, 1, tuple(cells), (whole,))


# ---------------------------------------------------------------- matrices


def _matrix(block: Block, labels: int, figures: int) -> Iterator[Cell]:
    """Yield the cells of a block, its own rows counted from 0."""
    if block.label:
        yield Cell(0, 0, Part.BLOCK, block.label, columns=labels + figures)
    top, header = int(bool(block.label)), _header_rows(block)
    if labels:
        yield Cell(top, 0, Part.HEADER, block.stub, rows=header - top, columns=labels)
    places = list(_places([column for column in block.columns if column.key], figures))
    yield from _headings(block, labels, places, top)
    row = header
    for line, depth, indent, span in _stubs(block.lines):
        if labels:
            columns = labels - depth if line.key else 1
            label = Cell(row, depth, Part.LABEL, line.label, line.key, span, columns, indent)
            yield label
        if line.key:
            for column, at, width in places:
                key = block.cell(line, column)
                yield Cell(row, labels + at, Part.FIGURE, key=key, columns=width)
            row += 1


def _places(columns: Sequence[Line], figures: int) -> Iterator[tuple[Line, int, int]]:
    """Yield each column that holds figures with its place and width; the last takes the rest."""
    for place, column in enumerate(columns):
        yield column, place, figures - place if column is columns[-1] else 1


def _headings(
    block: Block, labels: int, places: Sequence[tuple[Line, int, int]], top: int
) -> Iterator[Cell]:
    """Yield the headings above the columns; one without a key spans those below it."""
    bottom = _header_rows(block)
    widths = {column.key: (place, width) for column, place, width in places}
    for index, column in enumerate(block.columns):
        row = top + column.level
        below = [widths[line.key] for line in _below(block.columns, index) if line.key]
        place, width = below[0][0], sum(width for _, width in below)
        rows = bottom - row if column.key else 1
        yield Cell(row, labels + place, Part.HEADER, column.label, column.key, rows, width)


def _below(lines: Sequence[Line], index: int) -> Iterator[Line]:
    """Yield a node of a tree and all nodes below it."""
    yield lines[index]
    for line in lines[index + 1 :]:
        if line.level <= lines[index].level:
            return
        yield line


def _stubs(lines: Sequence[Line]) -> Iterator[tuple[Line, int, int, int]]:
    """Yield each row or heading with its column, its indentation, and the rows it spans.

    A heading takes up a column of its own; below a row with figures labels are indented.
    """
    above: list[Line] = []
    for index, line in enumerate(lines):
        above = [other for other in above if other.level < line.level]
        depth = sum(not other.key for other in above)
        span = 1 if line.key else sum(bool(other.key) for other in _below(lines, index))
        yield line, depth, len(above) - depth, span
        above.append(line)


def _label_columns(block: Block) -> int:
    if not any(line.label for line in block.lines):
        return 0
    return max(depth + 1 for line, depth, _, _ in _stubs(block.lines) if line.key)


def _header_rows(block: Block) -> int:
    return bool(block.label) + 1 + max(column.level for column in block.columns)
