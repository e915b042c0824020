"""Rows whose figures may stand in other columns than their own, by where their labels stand."""

from collections.abc import Sequence

from toolkit.findings import finding
from toolkit.reading.areas import Area
from toolkit.reading.beside import Beside
from toolkit.reading.claims import Claim
from toolkit.reading.columns import How
from toolkit.reading.labels import core
from toolkit.reading.pages import at
from toolkit.reading.vocabulary import Vocabulary


def aligned(area: Area, found: Sequence[Claim], known: Vocabulary) -> Sequence[Claim]:
    """Return the claims, and of rows that do not stand in their columns that they do not.

    Where most rows of a table slipped to one side, the others may have done so too.

    Args:
        area: headings and the rows below them.
        found: what the rows claim to be.
        known: the vocabulary of the edition they are read as.
    """
    beside, figures = Beside(area), {c for one in area.blocks.values() for c in one.figures}
    sure = [one for one in found if one.how is not How.DOUBT]
    slipped = {one.number for one in sure if beside.between(one.number, one.row, one.label)}
    slipped |= _under_parents(area, sure)
    if len(slipped) > 1:
        rows = area.page.rows
        filled = {one.number for one in found if not figures.isdisjoint(rows.get(one.number, ()))}
        if 2 * len(slipped) >= len(filled | slipped):
            slipped |= filled
    return [
        _out_of_place(one) if one.number in slipped or _merged(area, one, known) else one
        for one in found
    ]


def _under_parents(area: Area, found: Sequence[Claim]) -> set[int]:
    """Return the rows whose labels stand where the one above them does, and others' right of it.

    A table that lost the cells that its merged labels covered has such rows.
    """
    columns: dict[tuple[str, ...], set[int]] = {}
    for one in found:
        columns.setdefault(one.row.above, set()).add(one.label.column)
    uneven = [one for one in found if max(columns[one.row.above]) > one.label.column]
    if not uneven or len(area.labels) < 2:
        return set()
    stands = {
        (core(label), column)
        for number in area.rows
        for column, label in area.page.texts[number].items()
    }
    return {
        one.number
        for one in uneven
        if one.row.above and (one.row.above[-1], one.label.column) in stands
    }


def _merged(area: Area, claim: Claim, known: Vocabulary) -> bool:
    """Tell whether a row stands in other columns than it should, by what its label is merged with.

    It does where its label is merged over figures, or where a label that it does not belong under
    is merged over rows down to it: a table that went through a word processor has such rows.
    """
    page, row, (_, number, column) = area.page, claim.row, claim.label
    figures = area.blocks[row.block].figures
    for top, left, bottom, right in page.merged.get(number, ()) if row.label else ():
        if left <= column <= right and not figures.isdisjoint(range(left, right + 1)):
            return True
        label = page.texts.get(top, {}).get(left, "")
        above = right < column and top < bottom and label in known.levels
        if above and core(label) not in row.above:
            return True
    return False


def _out_of_place(claim: Claim) -> Claim:
    """Return the claim of a row that was shifted."""
    found = at(finding("R53", key=claim.row.key, label=claim.row.name), claim.label)
    return claim._replace(findings=(*claim.findings, found), shifted=True)
