"""The tables on a page: a run of headings, what it says of each block, and the rows below it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.reading.columns import Columns, Place, asides, columns, stub
from toolkit.reading.figures import figure
from toolkit.reading.grid import Cell, Kind
from toolkit.reading.headings import Above, Run, runs
from toolkit.reading.pages import Page, Spot
from toolkit.reading.vocabulary import Vocabulary

Value = tuple[Spot, bool]
"""The cell of a figure, and whether a merged range hides what stands there."""


@dataclass(frozen=True, eq=False, slots=True)
class Area:
    """Headings that fit one block or several, and the rows below them."""

    page: Page
    run: Run
    blocks: Mapping[str, Columns]
    """What the headings say of each block that they fit, by its key; the best fit comes first."""
    asides: Mapping[str, int]
    """The columns beside the figures by their names in the catalogue."""
    apart: Collection[int]
    """The columns that hold something else by what is written above them, here or further up."""
    edge: int
    """The last column with a heading, here or in another table of the page."""
    rows: Sequence[int]
    """The rows below the headings, down to the next headings."""
    labels: Sequence[int]
    """The columns that hold labels of rows, from left to right."""
    merged: Collection[int]
    """Rows in which figures may lie in merged ranges."""
    split: Collection[tuple[int, ...]]
    """Columns under one heading that are two of their own: different figures stand side by side."""

    @property
    def top(self) -> int:
        """Return the first row of the headings."""
        return self.run.rows[0]

    @property
    def left(self) -> int:
        """Return the first column of labels, or of figures where rows have no labels."""
        return self.labels[0] if self.labels else min(self.best.figures)

    @property
    def fits(self) -> Mapping[str, float]:
        """Return how well the headings fit each block, by its key."""
        return {key: found.fit for key, found in self.blocks.items()}

    @property
    def best(self) -> Columns:
        """Return the columns of the block that the headings fit best."""
        return next(iter(self.blocks.values()))

    @property
    def others(self) -> Mapping[int, Above]:
        """Return the columns that none of the blocks has, with their headings."""
        return {
            column: heading
            for column, heading in self.best.others.items()
            if all(column in found.others for found in self.blocks.values())
        }

    def aside(self, number: int, name: str) -> Spot | None:
        """Return a row's place in a column beside the figures, None if there is no such column."""
        return self.page.spot(number, self.asides.get(name))

    def values(self, number: int, place: Place, figures: Collection[int]) -> Sequence[Value]:
        """Return the cell of a row in a place; several where different things stand in it.

        Args:
            number: the row.
            place: a column of a block.
            figures: all columns of the block.
        """
        page = self.page
        if len(place.columns) == 1 and number not in self.merged:  # the usual case
            return ((Spot(page.sheet, number, place.columns[0]), False),)
        seen, hidden = list[Spot](), list[Spot]()
        for column in place.columns:
            spot, merged = Spot(page.sheet, number, column), page.covering(number, column)
            if merged is None or merged[:2] == (number, column):
                seen.append(spot)
            elif merged[0] == number and merged[1] not in figures:
                seen.append(Spot(page.sheet, number, merged[1]))
            elif spot.filled:
                hidden.append(spot)
        if place.columns in self.split and any(spot.filled for spot in seen):
            return [(spot, False) for spot in seen]
        contents = {(s.cell.kind, s.cell.raw): s for s in reversed(seen) if s.cell and s.filled}
        if contents:
            return [(spot, False) for spot in reversed(contents.values())]
        if hidden:
            return ((hidden[0], True),)
        return ((seen[0] if seen else Spot(page.sheet, number, place.columns[0]), False),)


def areas(page: Page, known: Vocabulary) -> Iterator[Area]:
    """Yield the tables of a page, from top to bottom.

    Args:
        page: one sheet.
        known: the vocabulary of the form it is read as.
    """
    starts: dict[int, list[tuple[Run, Mapping[str, Columns]]]] = {}
    headings: set[int] = set()
    for run in runs(page, known):
        headings |= {run.bottom} - {*run.rows}
        if blocks := _blocks(run, known):
            starts.setdefault(run.rows[0], []).append((run, blocks))
            headings |= {*run.rows}
    below: dict[int, list[int]] = {}
    rows: list[int] = []
    for number in page.rows:
        if number in starts:
            rows = below[number] = []
        elif number not in headings:
            rows.append(number)
    beside: Mapping[str, int] = {}
    apart: Collection[int] = frozenset()
    ends = {column for found in starts.values() for run, _ in found for column in run.columns}
    vague = known.spanning | {pattern.stub for pattern in known.patterns.values()}
    for start, rows in below.items():
        for run, blocks in starts[start]:
            # A table below another one may do without headings of its own for these.
            still = {n: c for n, c in beside.items() if c not in run.columns and c in run.across}
            beside = {**still, **asides(run, known)}
            others = [one for one, _ in starts[start] if one is not run]
            further = {c for c in apart if c not in run.columns}.union(*(o.columns for o in others))
            split = _split(page, blocks, rows)
            sure = {key: _sure(page, one, rows, split, known) for key, one in blocks.items()}
            labels = _labels(page, run, sure, rows, known)
            merged = _merged(page, sure, rows)
            headed = further | _headed(run, vague)
            edge = max(column for column in ends if column in run.across)
            yield Area(page, run, sure, beside, headed, edge, rows, labels, merged, split)
            apart = further | _headed(run, known.headings)


def _sure(
    page: Page,
    found: Columns,
    rows: Sequence[int],
    split: Collection[tuple[int, ...]],
    known: Vocabulary,
) -> Columns:
    """Return the columns of a block; those of a list in doubt where others may be meant as well.

    They may be where its one heading stands above two columns of figures, or figures stand under
    another heading that may be that of its figures.
    """
    if not found.pattern.is_list:
        return found
    others = {
        column: heading
        for column, heading in found.others.items()
        if known.rivals(heading.label) and any(_says(page.rows[row].get(column)) for row in rows)
    }
    return found.contended(others) if others or found.places[0].columns in split else found


def _says(cell: Cell | None) -> bool:
    return cell is not None and figure(cell, "").value is not None


def _headed(run: Run, others: Collection[str]) -> set[int]:
    """Return the columns with a heading of their own that is none of others."""
    return {
        column
        for column, above in run.columns.items()
        if any(one.own and one.label not in others for one in above)
    }


def _merged(page: Page, blocks: Mapping[str, Columns], rows: Sequence[int]) -> Collection[int]:
    """Return the rows in which a merged range may touch figures."""
    figures = {column for found in blocks.values() for column in found.figures}
    first, last = min(figures), max(figures)
    return {
        row
        for row in rows
        if any(left <= last and first <= right for _, left, _, right in page.merged.get(row, ()))
    }


def _split(
    page: Page, blocks: Mapping[str, Columns], rows: Sequence[int]
) -> Collection[tuple[int, ...]]:
    """Return the columns under one heading in which different numbers stand side by side."""
    wide = {place.columns for found in blocks.values() for place in found.places}
    return {
        columns
        for columns in wide
        if len(columns) > 1
        and any(
            len({c.raw for at, c in page.rows[row].items() if at in columns and _number(c)}) > 1
            for row in rows
        )
    }


def _number(cell: Cell) -> bool:
    return cell.kind is Kind.NUMBER and not cell.formula


def _blocks(run: Run, known: Vocabulary) -> Mapping[str, Columns]:
    """Return what a run of headings says of every block that it fits, the best fit first."""
    found = [one for pattern in known.patterns.values() if (one := columns(run, pattern, known))]
    found.sort(key=lambda one: -one.fit)
    return {one.pattern.block.key: one for one in found}


def _labels(
    page: Page,
    run: Run,
    blocks: Mapping[str, Columns],
    rows: Sequence[int],
    known: Vocabulary,
) -> Sequence[int]:
    """Return the columns that hold the labels of rows.

    In a list they are headed so. In a matrix they are those in which labels of the form stand,
    left of the figures if there are any.
    """
    pattern = next(iter(blocks.values())).pattern
    if pattern.is_list:
        ((_, headed),) = stub(run, pattern).items()
        return headed
    figures = {column for found in blocks.values() for column in found.figures}
    taken = {*figures, *asides(run, known).values(), page.key_column}
    beside = [
        (column, label in known.levels, number)
        for number in rows
        for column, label in page.texts[number].items()
        if column not in taken and column in run.across
    ]
    found = {column for column, certain, _ in beside if certain}
    # Where every label was changed, the keys still tell what is a row.
    found = found or {column for column, _, number in beside if page.key(number) in known.rows}
    left = [column for column in sorted(found) if column < min(figures)]
    return left or sorted(found)
