"""Where a sheet lists units: the row of headings, the columns below it, the region above it.

Columns are known by their headings, of which the catalogue knows ours and what offices call them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from toolkit import words
from toolkit.findings import Finding, finding
from toolkit.reading import grid
from toolkit.reading.figures import written
from toolkit.reading.grid import Cell, Rectangle, Sheet
from toolkit.reading.labels import bare, core, inline

NEEDED = ("code", "name")
"""The columns that a list of units has at least."""
TOGETHER = "aliases"
"""What may stand in several columns, short names in one and former names in another."""

_COLONS = ("：", ":")


@dataclass(frozen=True, slots=True)
class UnitList:
    """A sheet that lists units."""

    sheet: Sheet
    top: int
    """The row of its headings."""
    bottom: int
    """The last row that they reach down to."""
    columns: Mapping[str, Sequence[int]]
    """The columns of each kind; more than one where nobody can tell which is meant."""
    above: Mapping[str, tuple[str, Cell]]
    """What is said of the region above the headings, and the cell that says it."""

    @property
    def used(self) -> frozenset[int]:
        """Return the columns that are read."""
        return frozenset(column for found in self.columns.values() for column in found)

    def at(self, found: Finding, row: int, column: int) -> Finding:
        """Return a finding with the place it is about."""
        return replace(found, sheet=self.sheet.name, cell=grid.address(row, column))


@cache
def known(table: str) -> Mapping[str, tuple[str, int]]:
    """Return what a word stands for, and its rank among those that stand for the same.

    Args:
        table: which words, ``head``, ``region`` or ``scope``; ours come first.
    """
    ranked: dict[str, tuple[str, int]] = {}
    for kind, own in words.entry(f"roster.{table}").items():
        for rank, label in enumerate([own, *words.entry(f"roster.also.{table}").get(kind, ())]):
            ranked.setdefault(compared(label), (kind, rank))
    return ranked


def compared(label: str) -> str:
    """Return a word as it is compared: without spaces, numbering and closing remark."""
    return core(bare(label))


def printed(kind: str) -> str:
    """Return what ours calls a kind of column."""
    return words.say(f"roster.head.{kind}")


# ---------------------------------------------------------------- finding it


def unit_list(sheet: Sheet) -> UnitList | None:
    """Return the list on a sheet, None where there is none.

    Its headings are the row that has the most of them, the heading of codes or of names and at
    least one other.
    """
    rows: dict[int, dict[int, tuple[str, int]]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        content = written(cell)
        heading = known("head").get(compared(content))
        if heading and not content.endswith(_COLONS):  # that is the label of a field
            rows.setdefault(row, {})[column] = heading
    kinds = {row: {kind for kind, _ in found.values()} for row, found in rows.items()}
    heads = [row for row, found in kinds.items() if len(found) > 1 and found & {*NEEDED}]
    if not heads:
        return None
    top = max(heads, key=lambda row: (len(kinds[row]), -row))
    spans = [end for first, left, end, _ in sheet.merges if first == top and left in rows[top]]
    bottom = max([top, *spans])
    return UnitList(sheet, top, bottom, _columns(rows, top, bottom), _above(sheet, top))


def _columns(
    rows: Mapping[int, Mapping[int, tuple[str, int]]], top: int, bottom: int
) -> Mapping[str, Sequence[int]]:
    """Return the columns of each kind: those of its lowest heading, of several its first word."""
    found: dict[str, dict[tuple[int, int], list[int]]] = {}
    for row in range(top, bottom + 1):
        for column, (kind, rank) in rows.get(row, {}).items():
            found.setdefault(kind, {}).setdefault((-row, rank), []).append(column)
    return {
        kind: sorted({column for columns in ranked.values() for column in columns})
        if kind == TOGETHER
        else ranked[min(ranked)]
        for kind, ranked in found.items()
    }


def _above(sheet: Sheet, top: int) -> Mapping[str, tuple[str, Cell]]:
    """Return what is said of the region above the headings: behind its label, or beside it."""
    said: dict[str, tuple[str, Cell]] = {}
    asked = "", 0
    for (row, _), cell in sorted(sheet.cells.items()):
        content = written(cell)
        if row >= top or not content:
            continue
        label, behind = inline(content)
        kind, _ = known("region").get(core(label), ("", 0))
        if not kind and asked[1] == row:
            said.setdefault(asked[0], (content, cell))
        elif kind and behind:
            said.setdefault(kind, (behind, cell))
        asked = (kind, row) if kind and not behind else ("", 0)
    return said


# ---------------------------------------------------------------- what is wrong with it


def faults(one: UnitList) -> Iterator[Finding]:
    """Yield what is wrong with a list as a whole: its headings, and cells that are merged."""
    for kind in NEEDED:
        if kind not in one.columns:
            wrong = words.say("roster.reason.missing", column=printed(kind))
            yield one.at(finding("N2", wrong=wrong), one.top, min(one.used))
    for kind, columns in one.columns.items():
        if kind != TOGETHER and len(columns) > 1:
            cells = words.say("text.and").join(map(grid.column_letters, columns))
            wrong = words.say("roster.reason.twice", column=printed(kind), cells=cells)
            yield one.at(finding("N2", wrong=wrong), one.top, columns[1])
    for merge in sorted(one.sheet.merges):
        if _hides(one, merge):
            top, left, bottom, right = merge
            cells = f"{grid.address(top, left)}:{grid.address(bottom, right)}"
            yield one.at(finding("N9", cells=cells), top, left)


def _hides(one: UnitList, merge: Rectangle) -> bool:
    """Tell whether merged cells may hide a unit; within one column of one row they hide none."""
    top, left, bottom, right = merge
    touched = [column for column in one.used if left <= column <= right]
    return bottom > one.bottom and bool(touched) and (bottom > top or len(touched) > 1)
