"""The tables of a web page: which of them only lay it out, and where the cells of the others are.

Office programs save a sheet as a page with the stored number beside the one shown: LibreOffice in
``sdval``, Excel in ``x:num``.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit import text
from toolkit.reading import documents, fonts, values
from toolkit.reading.documents import Block, Inset, Table
from toolkit.reading.grid import Kind, NumberFormat, Section, Shown, Style
from toolkit.reading.room import Room
from toolkit.reading.values import Value
from toolkit.reading.web_cells import Cell, Nested
from toolkit.text import LONGEST

_STORED = ("sdval", "x:num")
# A figure as it is shown, with its decimals.
_FIGURE = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")
_LONGEST = 40


def blocks(rows: list[list[Cell]], room: Room) -> tuple[list[object], int]:
    """Return what a table is, and how many of its cells hold something.

    Args:
        rows: its cells.
        room: how much is read.

    Returns:
        a table; of one that only lays out the page its lines and the tables in it.
    """
    cells = [cell for row in rows for cell in row]
    holding = [cell for cell in cells if cell.nested]
    own = sum(bool(cell.text) for cell in cells) if holding else 0
    inner = sum(one.filled for cell in holding for one in cell.nested)
    if documents.lays_out(own, inner):
        return [block for cell in cells for block in _as_lines(cell)], own + inner
    for cell in holding:
        cell.insets += map(_inset, cell.nested)
    table = _laid(rows, room) if rows else Table(room)
    return [table] if rows else [], len(table.cells)


def _as_lines(cell: Cell) -> Iterator[object]:
    """Yield the lines of a cell and the tables in it."""
    start = 0
    for one in cell.nested:
        yield from cell.part(start, one.place).split("\n")
        yield one.blocks
        start = one.place
    yield from cell.part(start, cell.length).split("\n")


def _inset(nested: Nested) -> Inset:
    """Return a table within a cell as a part of what the cell says."""
    lines: list[str] = []
    for block in flat(nested.blocks):
        lines += block.lines() if isinstance(block, Table) else [block]
    return Inset("\n".join(filter(None, lines))[:LONGEST], plain=nested.filled == 1)


def flat(found: Sequence[object]) -> Iterator[Block]:
    """Yield lines and tables, those within others in their place; there may be any number."""
    waiting = [iter(found)]
    while waiting:
        block = next(waiting[-1], None)
        if block is None:
            waiting.pop()
        elif isinstance(block, str | Table):
            yield block
        elif isinstance(block, Sequence):
            waiting.append(iter(block))


def _laid(rows: list[list[Cell]], room: Room) -> Table:
    """Lay the cells of a table out, with what they span (§4.9.11)."""
    table = Table(room, whole=len(rows) <= room.rows)
    del rows[room.rows :]
    widths = [sum(cell.span("colspan") for cell in row) for row in rows]
    widest = max(widths, default=0)  # a row as wide as that has no room for cells from above
    reaching: dict[int, int] = {}  # by column, the last row that a cell above reaches down to
    for row, cells in enumerate(rows, 1):
        if widths[row - 1] == widest and any(last >= row for last in reaching.values()):
            # LibreOffice counts rows that are hidden, and leaves them out of the page.
            table.end_merges(row - 1)
            reaching.clear()
        column = 1
        for cell in cells:
            while reaching.get(column, 0) >= row:
                column += 1
            width = cell.span("colspan")
            last = min(row + cell.span("rowspan") - 1, len(rows))
            _put(table, row, column, cell)
            table.merge((row, column, last, column + width - 1))
            for covered in range(column, min(column + width, room.columns + 1)):
                reaching[covered] = last
            column += width
    return table


def _put(table: Table, row: int, column: int, cell: Cell) -> None:
    formula = "x:fmla" in cell.attributes
    if cell.insets:
        documents.put(table, (row, column), cell.text, cell.insets, formula=formula)
    else:
        value, style = _value(cell)
        shown = fonts.over(style, cell.style)
        table.put(row, column, value, formula=formula, style=shown)


def _value(cell: Cell) -> tuple[Value, Shown]:
    """Return what a cell holds: the stored number, with what the page shows of it."""
    shown = cell.text
    stored = next((told for name in _STORED if (told := cell.attributes.get(name))), "")
    kind, raw = values.number(stored)
    if kind is not Kind.NUMBER or len(shown) >= _LONGEST or values.shows_error(shown):
        return values.typed(shown), Style.GENERAL
    figure = _FIGURE.fullmatch(shown.replace(",", ""))
    if figure is None:
        how = _around(shown, raw)
        return (values.typed(shown), Style.GENERAL) if how is None else ((kind, raw), how)
    return (kind, raw), Style.GENERAL if _same(figure, raw) else Style.SCALED


def _around(shown: str, raw: str) -> NumberFormat | None:
    """Return how a number is shown with a text around it, or not at all; None for anything else."""
    figures = [*_FIGURE.finditer(shown.replace(",", ""))]
    if text.says_nothing(shown):
        return NumberFormat(((None, Section(before=shown, digits=False)),))
    if len(figures) != 1 or not _same(figures[0], raw):
        return None
    before, after = figures[0].string[: figures[0].start()], figures[0].string[figures[0].end() :]
    return NumberFormat(((None, Section(before=before.strip(), after=after.strip())),))


def _same(figure: re.Match[str], raw: str) -> bool:
    """Tell whether a figure that is shown is the stored one, rounded."""
    places = len(figure[1] or "")
    return abs(Decimal(figure[0]) - Decimal(raw)) <= Decimal(5).scaleb(-places - 1)
