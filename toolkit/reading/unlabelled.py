"""The one row of a block whose row has no label: its key and its figures are the witnesses."""

from collections.abc import Sequence

from toolkit.form import Form, cell_key
from toolkit.reading.areas import Area
from toolkit.reading.figures import figure
from toolkit.reading.vocabulary import Leaf
from toolkit.text import Meaning

ENOUGH = 0.5
"""Headings that fit a block by less say nothing about a row without a label."""


def only_row(
    area: Area,
    row: Leaf,
    keyed: Sequence[int],
    others: Sequence[int],
    foot: float,
    form: Form,
) -> Sequence[int]:
    """Return which rows of a sheet may be the one row of a block.

    It is the one with its key, unless that is empty while figures stand in another. Without a
    key every row of figures may be it, else the first in which a figure stands. Where there are
    no keys at all and no numbers below the headings, it is blank and stands right below them.

    Args:
        area: headings and the rows below them.
        row: the row of the block.
        keyed: the rows that carry its key.
        others: the rows that are nothing else.
        foot: the first row below the headings in which a field of the form stands.
        form: the edition they are read as.
    """
    found = area.blocks[row.block]
    if found.fit < ENOUGH or any(_count(area, n, row, form, typed=True) for n in keyed):
        return keyed
    for typed in (True, False):
        counts = {n: _count(area, n, row, form, typed=typed) for n in others}
        filled = [n for n, count in counts.items() if count]
        several = [n for n in filled if counts[n] > 1]
        if filled:
            return several or filled[:1]
        if keyed:
            return keyed
    if area.page.key_column:
        return ()  # a row of ours that is blank still has its key
    free = area.run.bottom + 1
    taken = bool(found.figures & area.page.rows.get(free, {}).keys()) or any(
        area.page.next_number(free, column) < foot for column in found.figures
    )
    return () if taken else (free,)


def _count(area: Area, number: int, row: Leaf, form: Form, *, typed: bool) -> int:
    """Return how many figures, or words for none, stand in a row; typed, or formulas too."""
    found, count = area.blocks[row.block], 0
    for place in found.places:
        unit = form.indicators[cell_key(row.key, place.leaf.key)].measure.name
        for spot, _ in area.values(number, place, found.figures):
            cell = spot.cell
            if cell is not None and spot.filled and not (typed and cell.formula):
                count += figure(cell, unit).done != Meaning.NO_FIGURE
    return count
