"""The cells of claimed rows: where each indicator stands, and figures that are none of the form's.

A cell is as certain as its row and its column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit import text, values, words
from toolkit.findings import Finding, finding
from toolkit.form import Form, Indicator, cell_key
from toolkit.reading.areas import Area
from toolkit.reading.claims import Claim
from toolkit.reading.columns import How, Place, weaker
from toolkit.reading.figures import figure, shown
from toolkit.reading.grid import Kind, column_letters
from toolkit.reading.pages import Page, Spot, at
from toolkit.reading.vocabulary import Leaf, Vocabulary

_BESIDE = ("unit", "explanation")
"""The columns in which a figure may land that belongs beside them, by their names."""


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
    for number, row, how_row, label, keyed, said, shifted in claimed:
        columns = area.blocks[row.block]
        unit, explanation = area.aside(number, "unit"), area.aside(number, "explanation")
        if shifted or how_row is How.DOUBT:
            explanation = None  # a figure may have landed there
        for place in columns.places:
            key = cell_key(row.key, place.leaf.key) if place.leaf.key else row.key
            how = weaker(how_row, place.how)
            findings = said
            if place.contrary and place.leaf not in told:
                told.add(place.leaf)  # once for the column, not in each of its cells
                findings = (*said, _contrary(area, place, place.contrary, row))
            for spot, hidden in area.values(number, place, columns.figures):
                findings = (*findings, *_other_money(area, number, form.indicators[key]))
                if not spot.filled and not form.indicators[key].computed:
                    findings = (*findings, *_beside(area, number, row))
                if hidden:
                    covered = finding("R19", key=key, label=form.indicators[key].name)
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
                    how is not How.DOUBT and not hidden and not shifted,
                    findings,
                )


def _other_money(area: Area, number: int, indicator: Indicator) -> Iterator[Finding]:
    """Yield the finding on an amount beside which another unit of money stands (元 for 万元)."""
    unit, known = indicator.measure.name, values.table()["money"]["units"]
    if unit in known and (spot := area.aside(number, "unit")):
        raw = text.tidy(area.page.text(spot.row, spot.column))
        if raw in known and raw != unit:
            found = finding("R48", key=indicator.key, label=indicator.name, raw=raw, unit=unit)
            yield at(found, spot)


def _beside(area: Area, number: int, row: Leaf) -> Iterator[Finding]:
    """Yield the finding on figures in a row whose place is the unit's, the remark's or nobody's."""
    behind = max(area.blocks[row.block].figures) + 1
    spots = {words.say(f"sheet.columns.{name}"): area.aside(number, name) for name in _BESIDE}
    if behind not in area.run.columns:
        spots[column_letters(behind)] = area.page.spot(number, behind)
    for column, spot in spots.items():
        if spot is None or spot.cell is None or spot.cell.formula:
            continue
        if figure(spot.cell, "").value is not None:
            raw = shown(spot.cell)
            yield at(finding("R49", key=row.key, label=row.name, column=column, raw=raw), spot)


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
            yield Extra(area.page.text(heading.row, heading.column), typed)


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
        yield Extra(page.text(number, own[-1]) if own else "", found)
