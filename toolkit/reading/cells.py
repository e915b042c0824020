"""The cells of claimed rows: where each indicator stands, and figures that are none of the form's.

A cell is as certain as its row and its column.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit import words
from toolkit.findings import Finding, Severity, finding
from toolkit.form import Form, Indicator, cell_key
from toolkit.reading.areas import Area
from toolkit.reading.beside import Beside
from toolkit.reading.claims import Claim
from toolkit.reading.columns import How, Place, weaker
from toolkit.reading.figures import figure, shown
from toolkit.reading.grid import Kind
from toolkit.reading.measures import Measures
from toolkit.reading.pages import Page, Spot, at
from toolkit.reading.vocabulary import Leaf, Vocabulary

OTHER_UNIT = "R48"
"""The table names another unit for a figure than the form does."""


class Placed(NamedTuple):
    """An indicator and its cells; a tuple as cells are."""

    key: str
    page: Page
    label: Spot
    """The label of its row."""
    value: Spot
    unit: Spot | None
    explanation: Spot | None
    reported: Spot | None
    how: How
    keyed: bool
    """Whether anything stands where the keys of its row and its column belong."""
    column: str
    """What its column is called; "" in a list."""
    taken: bool = True
    """False where it is not certain that the value is meant and is this indicator's."""
    findings: tuple[Finding, ...] = ()
    rivals: tuple[Spot, ...] = ()
    """All cells that may be its value, where they differ."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Figures in a row or a column that the form does not have (附加指标)."""

    label: str
    cells: Sequence[tuple[str, Spot]]
    """Each with the label that tells it from the others; "" in a list."""

    @property
    def address(self) -> str:
        """Return where it stands; of several cells the first."""
        return self.cells[0][1].address

    @property
    def content(self) -> str:
        """Return what stands there."""
        said = ((name, shown(spot.cell)) for name, spot in self.cells)
        return words.say("text.and").join(f"{name} {told}" if name else told for name, told in said)


def cells(area: Area, claimed: Sequence[Claim], form: Form) -> Iterator[Placed]:
    """Yield the cells of rows.

    Args:
        area: headings and the rows below them.
        claimed: what the rows claim to be.
        form: the edition they are read as.
    """
    told: set[Leaf] = set()
    beside, rows = Beside(area), sorted(claim.number for claim in claimed)
    measures = Measures(area, rows)
    for claim in claimed:
        number, row, how_row, label, keyed, said, shifted = claim
        columns = area.blocks[row.block]
        unit, explanation = area.aside(number, "unit"), area.aside(number, "explanation")
        first = form.indicators[_key(row, columns.places[0].leaf)]
        stray = [*beside.stray(number, row, first.measure.name)]
        if stray:
            said = (*said, _stray(area, number, row, stray))
        lone, others = len(columns.places) == 1, tuple(spot for _, spot in stray)
        if stray or shifted or how_row is How.DOUBT:
            explanation = None  # a figure may have landed there
        for place in columns.places:
            key = _key(row, place.leaf)
            how = weaker(how_row, place.how)
            findings = said
            if place.contrary and place.leaf not in told:
                told.add(place.leaf)  # once for the column, not in each of its cells
                findings = (*said, _contrary(area, place, place.contrary, row))
            if place.contenders:
                findings = (*findings, _contended(area, place))
            shared = _shared(area, claim, place, rows) if number in area.merged else None
            for spot, hidden in area.values(number, place, columns.figures):
                indicator = form.indicators[key]
                if other := measures.other(number, place, indicator):
                    findings = (*findings, *_other_unit(other, spot, indicator))
                if shared:
                    findings = (*findings, _of_several(shared, indicator))
                elif hidden:
                    covered = finding("R19", key=key, label=indicator.name)
                    findings = (*findings, at(covered, spot))
                yield Placed(
                    key,
                    area.page,
                    label,
                    spot,
                    unit,
                    explanation,
                    area.page.spot(number, place.reported),
                    how,
                    keyed and place.keyed,
                    place.leaf.name if place.leaf.key else "",
                    how is not How.DOUBT
                    and not shifted
                    and not any(one.severity is Severity.ERROR for one in findings),
                    findings,
                    (shared,) if shared else (spot, *others) if lone and stray else (),
                )


def _key(row: Leaf, column: Leaf) -> str:
    return cell_key(row.key, column.key) if column.key else row.key


def _shared(area: Area, claim: Claim, place: Place, rows: Sequence[int]) -> Spot | None:
    """Return the cell of a figure that is merged over figures of other rows or columns.

    Args:
        area: headings and the rows below them.
        claim: the row of the figure.
        place: its column.
        rows: all rows that are the form's, from top to bottom.
    """
    number, figures = claim.number, area.blocks[claim.row.block].figures
    for column in place.columns:
        top, left, bottom, right = area.page.covering(number, column) or (number, 0, number, 0)
        first, below = Spot(area.page.sheet, top, left), bisect_right(rows, number)
        further = below < len(rows) and rows[below] <= bottom
        beside = not figures.difference(place.columns).isdisjoint(range(left, right + 1))
        if (top < number or further or beside) and left in figures and first.filled:
            return first
    return None


def _of_several(shared: Spot, indicator: Indicator) -> Finding:
    """Return the finding on one figure that stands for several."""
    raw = shown(shared.cell)
    return at(finding("R56", key=indicator.key, label=indicator.name, raw=raw), shared)


def _other_unit(raw: str, spot: Spot, indicator: Indicator) -> Iterator[Finding]:
    """Yield the finding on a figure for which the table names another unit (元 for 万元).

    Nothing is the same in every unit, and so is 0.
    """
    unit = indicator.measure.name
    if figure(spot.cell, unit).value:
        found = finding(OTHER_UNIT, key=indicator.key, label=indicator.name, raw=raw, unit=unit)
        yield at(found, spot)


def _stray(area: Area, number: int, row: Leaf, found: Sequence[tuple[str, Spot]]) -> Finding:
    """Return the finding on numbers beside a row's figures, or where it has none."""
    columns = area.blocks[row.block]
    spots = [
        spot for one in columns.places for spot, _ in area.values(number, one, columns.figures)
    ]
    typed = any(spot.filled and not (spot.cell and spot.cell.formula) for spot in spots)
    names, raws = zip(*((name, shown(spot.cell)) for name, spot in found), strict=True)
    column, raw = map(words.say("text.and").join, (names, raws))
    told = finding("R55" if typed else "R49", key=row.key, label=row.name, column=column, raw=raw)
    return at(told, found[0][1])


def _contrary(area: Area, place: Place, key: Leaf, row: Leaf) -> Finding:
    """Return the finding on a column whose key and heading disagree."""
    heading = Spot(area.page.sheet, place.heading.row, place.heading.column)
    printed = area.page.text(heading.row, heading.column)
    code = "R9" if place.how is How.DOUBT else "R15"
    # The 说明 of the first row answers for a column: a column has none.
    found = finding(
        code, key=row.key, line=words.say("reading.column"), label=printed, name=key.name
    )
    return at(found, heading)


def _contended(area: Area, place: Place) -> Finding:
    """Return the finding on a list of which nobody can tell which column is meant."""
    heading = Spot(area.page.sheet, place.heading.row, place.heading.column)
    told = (area.page.text(one.row, one.column) or one.label for one in place.contenders)
    found = finding(
        "R90",
        table=area.blocks[place.leaf.block].pattern.table.name,
        value=place.leaf.name,
        headings=words.say("text.and").join(dict.fromkeys(told)),
    )
    return at(found, heading)


def extras(area: Area, claimed: Sequence[Claim], known: Vocabulary) -> Iterator[Extra]:
    """Yield what stands in the rows and columns of an area that are none of the form's.

    Args:
        area: headings and the rows below them.
        claimed: the rows that are the form's.
        known: the vocabulary of the edition they are read as.
    """
    taken = {claim.number for claim in claimed}
    odd = [number for number in area.rows if number not in taken]
    found = [(number, one) for number in odd for one in _row(area, number, known)]
    foot = area.page.foot(odd)
    yield from (one for number, one in found if number < foot)
    for column, heading in area.others.items():
        spots = [(c.row.name, Spot(area.page.sheet, c.number, column)) for c in claimed]
        typed = [(n, s) for n, s in spots if s.cell and s.filled and not s.cell.formula]
        # A column of remarks is none of figures.
        if any(s.cell and s.cell.kind is Kind.NUMBER for _, s in typed):
            label = area.page.text(heading.row, heading.column) or heading.label
            yield Extra(label, typed)


def _row(area: Area, number: int, known: Vocabulary) -> Iterator[Extra]:
    """Yield what stands in the figure columns of a row that the form does not have."""
    page, best = area.page, area.best
    if best.figures.isdisjoint(page.rows[number]) and number not in area.merged:
        return
    texts = page.texts[number]
    own = [column for column in area.labels if column in texts]
    if own and (texts[own[-1]] in known.own or texts[own[-1]] in known.titles):
        return
    found = [
        (place.leaf.name if place.leaf.key else "", spot)
        for place in best.places
        for spot, _ in area.values(number, place, best.figures)
        if spot.filled
    ]
    numbers = any(s.cell and s.cell.kind is Kind.NUMBER for _, s in found)
    if found and (own or numbers or best.pattern.is_list):
        left = min(best.figures)
        beside = own or [one for one in texts if one < left and one != page.key_column]
        yield Extra(page.text(number, beside[-1]) if beside else "", found)
