"""The rows of headings on a page, each run of them with what stands above every column.

A heading may be merged over its columns, stand only in the first of them (as pasted without its
formats), or be repeated in each. Headings that are repeated as a whole, side by side, stand above
as many tables.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from toolkit import text, words
from toolkit.reading.grid import Cell, Kind
from toolkit.reading.labels import core
from toolkit.reading.pages import Page, filled
from toolkit.reading.vocabulary import Vocabulary

ASIDE = frozenset({"unit", "explanation", "verdict", "reported", "last_year"})
"""Columns beside the figures, by their names in the catalogue."""
_END = 1 << 30
"""Beyond every column."""


class Above(NamedTuple):
    """A heading that stands above a column."""

    label: str
    """As it is compared."""
    row: int
    column: int
    """Where its text stands."""
    own: bool
    """Whether it stands in the column or is merged over it; else it stands left of it."""


class Run(NamedTuple):
    """Rows of headings, one below the other."""

    rows: tuple[int, ...]
    """From top to bottom, without the row of keys."""
    bottom: int
    """The last of them, or the row of keys."""
    columns: Mapping[int, Sequence[Above]]
    """What stands above each column, from top to bottom; only columns with headings."""
    asides: Mapping[int, Above]
    """Those of them that stand beside the figures (说明, 校验 …), with the heading that says so."""
    keys: Mapping[int, str]
    """What stands in the row of keys, by column."""
    labels: frozenset[str]
    """All texts of the headings, as they are compared."""
    across: range
    """The columns of its table: all, or those up to the next table beside it."""


def runs(page: Page, known: Vocabulary) -> Iterator[Run]:
    """Yield the runs of headings of a page, from top to bottom.

    A run has at least two headings, or one and a row of keys: a single word may stand anywhere.
    """
    numbers = list(page.rows)
    run, said, last = list[int](), set[str](), -1
    for number in sorted(page.marked):
        place = bisect_left(numbers, number)
        if place > last + 1:
            if len(said) > 1:
                yield from _runs(page, run, [], known)
            run, said = [], set()
        if _holds_keys(page, number, known):
            yield from _runs(page, run, [number], known)
            run, said = [], set()
        elif headings := _headings(page, number, known):
            run.append(number)
            said |= headings
            last = place
    if len(said) > 1:
        yield from _runs(page, run, [], known)


def _holds_keys(page: Page, number: int, known: Vocabulary) -> bool:
    row = page.rows[number]
    if len(row) == 1 and page.key(number) in known.rows:
        return False  # a row's key may be that of a column too
    return all(cell.raw.strip() in known.column_keys for cell in row.values())


def _headings(page: Page, number: int, known: Vocabulary) -> set[str]:
    """Return the headings in a row, none if it is a row of the table itself.

    A label may be that of a row and of a column; figures or a key tell that a row is meant.
    """
    labels = set(page.texts[number].values())
    if page.key(number) in known.rows:
        return set()
    headings = labels & known.above
    sure = headings - known.levels.keys()
    figures = any(cell.kind is Kind.NUMBER for cell in page.rows[number].values())
    if len(headings) > 1:
        return headings if sure or not figures else set()
    alone = sure - known.own.keys() and not figures and labels.isdisjoint(known.levels)
    return headings if alone else set()


_Spread = Mapping[int, tuple[Above, bool]]
"""The headings of a row by column, each with whether it is merged over it."""


def _runs(page: Page, rows: Sequence[int], keys: Sequence[int], known: Vocabulary) -> Iterator[Run]:
    """Yield the headings in some rows; of several tables side by side each of its own."""
    texts = [_spread(page, number, rows[0]) for number in rows]
    below = [*_dividing(page, texts, max((*rows, *keys), default=0), known)]
    texts += [_spread(page, number, rows[0], numbers=True) for number in below]
    for across in _side_by_side(texts, known):
        here = [{c: one for c, one in row.items() if c in across} for row in texts]
        yield _run(page, [*rows, *below], here, keys, known, across)


def _dividing(page: Page, texts: Sequence[_Spread], last: int, known: Vocabulary) -> Iterator[int]:
    """Yield the rows right below headings that divide the figures of a list: 2017年 | 2018年.

    They hold nothing where the labels of rows stand.
    """
    named = {c: known.own.get(one.label) for row in texts for c, (one, _) in row.items()}
    figures = {column for column, name in named.items() if name == "value"}
    numbers = list(page.rows) if figures else []
    for number in numbers[bisect_right(numbers, last) :]:
        cells = {column: cell for column, cell in page.rows[number].items() if filled(cell)}
        beside = any(named.get(column) == "label" for column in cells)
        if number in page.marked or beside or page.key(number) in known.rows:
            return
        if not any(_divides(cells[column]) for column in figures & cells.keys()):
            return
        yield number


def _divides(cell: Cell) -> bool:
    """Tell whether a cell below the heading of figures is no figure but a year or a word."""
    if cell.kind is Kind.NUMBER:
        return bool(_year().fullmatch(cell.raw))
    return cell.kind is Kind.TEXT and (
        bool(_year().fullmatch(text.tidy(cell.raw)))
        or text.read_figure(cell.raw, "").meaning is text.Meaning.NO_FIGURE
    )


@cache
def _year() -> re.Pattern[str]:
    return re.compile(words.entry("reading.heading.year"))


def _side_by_side(texts: Iterable[_Spread], known: Vocabulary) -> Sequence[range]:
    """Return the columns of each table below headings that may be repeated as a whole."""
    said: dict[int, list[str]] = {}
    for row in texts:
        for column, (one, _) in row.items():
            said.setdefault(column, []).append(one.label)
    columns = sorted(said)
    labels = [said[column] for column in columns]
    for size in range(2, len(columns) // 2 + 1):
        unit = labels[:size]
        if len(columns) % size == 0 and labels == unit * (len(columns) // size):
            stub = not known.stubs.isdisjoint(label for above in unit for label in above)
            if not stub and size < known.narrowest:
                break  # the columns of a group may have the same names as those of another one
            starts = [0, *columns[size::size]]
            ends = [*starts[1:], _END]
            return [range(start, end) for start, end in zip(starts, ends, strict=True)]
    return [range(_END)]


def _run(
    page: Page,
    rows: Sequence[int],
    texts: Sequence[_Spread],
    keys: Sequence[int],
    known: Vocabulary,
    across: range,
) -> Run:
    columns: dict[int, list[Above]] = {}
    reach: list[Above | None] = [None] * len(texts)
    """In each row the heading that reaches from the left into columns where nothing stands."""
    for column in sorted({column for row in texts for column in row}):
        above = []
        for place, row in enumerate(texts):
            if column in row:
                found, merged = row[column]
                above.append(found)
                spans = not merged and found.label in known.spanning
                reach[place] = found._replace(own=False) if spans else None
            elif (left := reach[place]) is not None:
                above.append(left)
        columns[column] = above
    asides = {
        column: one
        for column, above in columns.items()
        for one in reversed(above)
        if one.own and known.own.get(one.label) in ASIDE
    }
    named = {
        column: cell.raw.strip()
        for number in keys
        for column, cell in page.rows[number].items()
        if column in across
    }
    labels = frozenset(core(found.label) for row in texts for found, _ in row.values())
    return Run(tuple(rows), max((*rows, *keys)), columns, asides, named, labels, across)


def _spread(
    page: Page, number: int, top: int, *, numbers: bool = False
) -> dict[int, tuple[Above, bool]]:
    """Return the headings of a row by column, merged ones in every column that they span.

    Args:
        page: one sheet.
        number: the row.
        top: the first row of the run; what is merged from above it is no heading of the run.
        numbers: whether numbers are headings too.
    """
    found = {
        column: (Above(label, number, column, own=True), False)
        for column, label in page.texts[number].items()
    }
    for column, cell in page.rows[number].items() if numbers else ():
        if cell.kind is Kind.NUMBER:
            found[column] = Above(cell.raw, number, column, own=True), False
    for first, left, _, right in page.merged.get(number, ()):
        label = page.texts.get(first, {}).get(left)
        if label and first >= top:
            above = Above(label, first, left, own=True), True
            found.update(dict.fromkeys(range(left, right + 1), above))
    return found
