"""The rows of headings on a page, each run of them with what stands above every column.

A heading may be merged over its columns, stand only in the first of them (as pasted without its
formats), or be repeated in each.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.reading.grid import Kind
from toolkit.reading.labels import core
from toolkit.reading.pages import Page
from toolkit.reading.vocabulary import Vocabulary

ASIDE = frozenset({"unit", "explanation", "verdict", "reported", "last_year"})
"""Columns beside the figures, by their names in the catalogue."""


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
                yield _run(page, run, [], known)
            run, said = [], set()
        if _holds_keys(page, number, known):
            yield _run(page, run, [number], known)
            run, said = [], set()
        elif headings := _headings(page, number, known):
            run.append(number)
            said |= headings
            last = place
    if len(said) > 1:
        yield _run(page, run, [], known)


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


def _run(page: Page, rows: Sequence[int], keys: Sequence[int], known: Vocabulary) -> Run:
    texts = [_spread(page, number, rows[0]) for number in rows]
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
    named = {column: c.raw.strip() for n in keys for column, c in page.rows[n].items()}
    labels = frozenset(core(found.label) for row in texts for found, _ in row.values())
    return Run(tuple(rows), max((*rows, *keys)), columns, asides, named, labels)


def _spread(page: Page, number: int, top: int) -> dict[int, tuple[Above, bool]]:
    """Return the headings of a row by column, merged ones in every column that they span.

    Args:
        page: one sheet.
        number: the row.
        top: the first row of the run; what is merged from above it is no heading of the run.
    """
    found = {
        column: (Above(label, number, column, own=True), False)
        for column, label in page.texts[number].items()
    }
    for first, left, _, right in page.merged.get(number, ()):
        label = page.texts.get(first, {}).get(left)
        if label and first >= top:
            above = Above(label, first, left, own=True), True
            found.update(dict.fromkeys(range(left, right + 1), above))
    return found
