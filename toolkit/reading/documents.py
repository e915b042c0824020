"""Tables that stand in a document, a web page or a text, as sheets of a workbook.

Each table becomes a sheet. The short lines directly above and below it (unit, year, who signed)
become rows of their own above and below its rows, so that they are found as in a workbook.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice, takewhile
from typing import NamedTuple

from toolkit import words
from toolkit.reading import guard, limits, values
from toolkit.reading.grid import Rectangle, Sheet, Shown, State, Style
from toolkit.reading.labels import COLON, NEXT_FIELD
from toolkit.reading.limits import SHEETS, Gathered
from toolkit.reading.room import Room
from toolkit.reading.values import Value
from toolkit.text import LONGEST

_LINES = 8  # no more stand above or below a form
_LONGEST = 120  # a longer line is prose
_TOLD = 10  # cells with something in them of which it is said
_SHORT = 40  # characters that are told of it


@dataclass(slots=True)
class Table:
    """A table as it is read: its cells by their place in it, counted from 1."""

    room: Room
    cells: dict[tuple[int, int], tuple[Value, bool, Shown]] = field(default_factory=dict)
    """What stands in a cell, whether it is a formula's, and how it is shown."""
    merges: list[Rectangle] = field(default_factory=list)
    height: int = 0
    whole: bool = True
    """Whether nothing was left out beyond the limits."""
    alone: bool = False
    """Whether it is all there is in the file."""
    torn: bool = False
    """Whether a cell was said to reach down into a row that has no room for it."""
    ended: int = 0
    """How many of the merged ranges cannot reach down any further."""
    insets: dict[tuple[int, int], str] = field(default_factory=dict)
    """What stands in a cell besides its own text."""

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        *,
        formula: bool = False,
        style: Shown = Style.GENERAL,
    ) -> None:
        """Take a cell; what lies beyond the limits is left out.

        Raises:
            Refused: R4 there are too many cells.
        """
        if not value[1].strip() and not formula:
            return
        if row > self.room.rows or column > self.room.columns:
            self.whole = False
            return
        if len(self.cells) >= self.room.cells:
            raise guard.unsafe("cells")
        self.cells[row, column] = value, formula, style
        self.height = max(self.height, row)

    def merge(self, found: Rectangle) -> None:
        """Take a merged range; one of a single cell is none.

        Raises:
            Refused: R4 there are too many.
        """
        top, left, bottom, right = found
        if (top, left) == (bottom, right) or top > self.room.rows or left > self.room.columns:
            return
        if len(self.merges) == self.room.merges:
            raise guard.unsafe("merges")
        self.merges.append(found)

    def end_merges(self, row: int) -> None:
        """End at a row whatever reaches down beyond it, for which there is no room."""
        self.torn = True
        open_ones = self.merges[self.ended :]
        self.merges[self.ended :] = [(t, left, min(b, row), r) for t, left, b, r in open_ones]
        self.ended = len(self.merges)

    @property
    def single(self) -> bool:
        """Tell whether this is only one row or one column of a document, which no form is."""
        narrow = self.height < 2 or all(column == 1 for _, column in self.cells)
        return narrow and not self.alone

    def lines(self) -> Iterator[str]:
        """Yield the rows as lines of text."""
        for _, row in groupby(self.cells.items(), key=lambda entry: entry[0][0]):
            yield "\t".join(value[1] for _, (value, _, _) in row)

    def heading(self) -> Sequence[tuple[int, str]]:
        """Return the columns and texts of the first row; cells come row by row."""
        first = takewhile(lambda entry: entry[0][0] == 1, self.cells.items())
        return [(column, "".join(value[1].split())) for (_, column), (value, _, _) in first]

    def stub(self) -> Iterator[str]:
        """Yield the first text of every row; cells come row by row."""
        for _, row in groupby(self.cells.items(), key=lambda entry: entry[0][0]):
            (_, (value, _, _)) = next(row)
            yield "".join(value[1].split())


Block = str | Table
"""A line of text, or a table."""


class Inset(NamedTuple):
    """What stands in a cell besides its own text: a table, a text box."""

    text: str
    plain: bool
    """Whether it is just one text in the place of the cell's own."""


def lays_out(own: int, inner: int) -> bool:
    """Tell whether a table only lays out a page, and those in it are what is meant.

    Args:
        own: how many of its cells hold a text of their own.
        inner: how many cells of the tables within it hold something.
    """
    return 0 < inner >= own


def put(
    table: Table,
    place: tuple[int, int],
    own: str,
    insets: Sequence[Inset],
    *,
    formula: bool = False,
    style: Style = Style.GENERAL,
) -> None:
    """Take a cell of a document with whatever stands in it.

    Raises:
        Refused: R4 there are too many cells.
    """
    further = [one for one in insets if one.text.strip()]
    if not own.strip() and len(further) == 1 and further[0].plain:
        own, further = further[0].text, []
    if further:
        said = " ".join(one.text for one in further)[:LONGEST]
        table.insets[place] = said
        own, style = own if own.strip() else said, Style.INSET
    table.put(*place, values.typed(own), formula=formula, style=style)


def typed(rows: Iterable[Sequence[str]], room: Room) -> Table:
    """Return a table of plain texts."""
    table = Table(room)
    for row, texts in enumerate(rows, 1):
        for column, content in enumerate(texts[: room.columns], 1):
            table.put(row, column, values.typed(content))
        table.whole &= not any(islice(texts, room.columns, None))
    return table


# ---------------------------------------------------------------- sheets


@dataclass(slots=True)
class _Part:
    """A table, or several that are one over several pages, with the lines around it."""

    table: Table
    above: Sequence[str]
    below: list[str] = field(default_factory=list)


def sheets(blocks: Iterable[Block], room: Room) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return a sheet for every table, and notes on what was left out.

    Args:
        blocks: the lines and tables of a document, in order; cells that hold nothing are not in
            them.
        room: how much of it is read.

    Raises:
        Refused: R4 there are too many tables or cells.
    """
    found: list[Sheet] = []
    notes: list[str] = []
    left = room.cells
    for part in _parts(blocks):
        name = words.say("reading.table", number=len(found) + 1)
        gathered = _laid(part, room, left)
        left -= len(gathered.cells)
        offset = len(part.above)
        merges = [(t + offset, c, b + offset, e) for t, c, b, e in part.table.merges]
        above = None if part.table.alone else offset
        found.append(
            Sheet(name, State.VISIBLE, gathered.cells, limits.merges(merges, room), above=above)
        )
        if not (gathered.whole and part.table.whole):
            notes.append(limits.beyond(name, room))
        if part.table.torn:
            notes.append(words.say("reading.note.torn", sheet=name))
        for (row, column), said in islice(part.table.insets.items(), _TOLD):
            cell = words.say("reading.place.cell", row=row, column=column)
            told = " ".join(said.split())[:_SHORT]
            notes.append(words.say("reading.note.nested", sheet=name, cell=cell, text=told))
    return tuple(found), tuple(notes)


def _laid(part: _Part, room: Room, limit: int) -> Gathered:
    """Lay the lines and the table on one sheet, from top to bottom."""
    gathered = Gathered(room, limit)
    offset = len(part.above)
    _put_lines(gathered, part.above, 1)
    for (row, column), (value, formula, style) in part.table.cells.items():
        gathered.put(row + offset, column, value, formula=formula, style=style)
    _put_lines(gathered, part.below, offset + part.table.height + 1)
    return gathered


def _put_lines(gathered: Gathered, lines: Sequence[str], first: int) -> None:
    for row, line in enumerate(lines, first):
        for column, content in enumerate(_split(line), 1):
            gathered.put(row, column, values.text(content))


def _split(line: str) -> Iterator[str]:
    """Yield the fields of a line; what stands in front of the first colon is one label."""
    waiting = ""
    for piece in NEXT_FIELD.split(line):
        waiting = f"{waiting} {piece}".strip()
        if COLON.search(waiting):
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _parts(blocks: Iterable[Block]) -> list[_Part]:
    """Return the tables with the lines around them."""
    parts: list[_Part] = []
    around = _Around()
    for block in blocks:
        if isinstance(block, str):
            around.take(block, parts)
        elif block.single:
            for line in block.lines():  # often the head of a form, laid out by a table
                around.take(line, parts)
        elif block.cells:
            if parts and not around.prose and _continues(parts[-1].table, block):
                _append(parts[-1], block)
            elif len(parts) == SHEETS:
                raise guard.unsafe("sheets")
            else:
                parts.append(_Part(block, tuple(around.above)))
            around = _Around()
    return parts


@dataclass(slots=True)
class _Around:
    """The lines since the last table."""

    above: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))
    """Those that may belong to the next one."""
    prose: bool = False
    """Whether anything but short lines came."""

    def take(self, text: str, parts: Sequence[_Part]) -> None:
        """Take a line; the first short ones also belong to the last table."""
        line = text.strip()
        if not line:
            return
        ends = len(line) > _LONGEST
        if ends or _attached().match(line):
            self.above.clear()
        self.prose |= ends or len(self.above) == _LINES
        if not ends:
            self.above.append(line)
            if parts and not self.prose:
                parts[-1].below.append(line)


@cache
def _attached() -> re.Pattern[str]:
    """Return what begins the line in front of an annex."""
    return re.compile(words.entry("reading.annex"))


def _continues(first: Table, second: Table) -> bool:
    """Tell whether a table repeats the heading of the one before, as on a new page.

    One that begins with the same rows too is the same form once more.
    """
    heading = second.heading()
    if len(heading) < 2 or first.heading() != heading:
        return False
    return any(one != other for one, other in zip(first.stub(), second.stub(), strict=False))


def _append(part: _Part, further: Table) -> None:
    table, offset = part.table, part.table.height
    for (row, column), (value, formula, style) in further.cells.items():
        table.put(row + offset, column, value, formula=formula, style=style)
    for top, left, bottom, right in further.merges:
        table.merge((top + offset, left, bottom + offset, right))
    for (row, column), said in further.insets.items():
        table.insets[row + offset, column] = said
    table.whole &= further.whole
    table.torn |= further.torn
    part.below.clear()  # what stood between the two (续表) belongs to neither
