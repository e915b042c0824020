"""Cells that claim to be the same figure: whether they agree, and what is said of them."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit import words
from toolkit.findings import Finding, finding
from toolkit.form import Form, Indicator, row_of
from toolkit.reading.cells import Placed
from toolkit.reading.pages import at, called, from_row, where
from toolkit.reading.vocabulary import Vocabulary

Rivals = Mapping[str, Sequence[Placed]]
"""The cells that claim to be an indicator, by its key; at least one each."""


def agree(found: Sequence[Placed], indicator: Indicator) -> bool:
    """Tell whether all cells that claim to be an indicator hold the same.

    What a formula makes of a total is not believed anyway.
    """
    said = [one for one in found if not _untold(one, indicator)]
    return len({_content(one) for one in said}) < 2


def _content(claim: Placed) -> object:
    cell = claim.value.cell
    return cell and (cell.kind, cell.raw, claim.taken)


def _untold(claim: Placed, indicator: Indicator) -> bool:
    cell = claim.value.cell
    return indicator.computed and cell is not None and cell.formula


def chosen(found: Sequence[Placed], indicator: Indicator) -> Placed:
    """Return the cell to be read of those that agree: the first that says something itself.

    Of those that do not agree it is the first that is filled in.
    """
    if len(found) == 1:  # by far the most
        return found[0]
    said = [one for one in found if not _untold(one, indicator)] or found
    return next((one for one in said if one.value.filled), said[0])


def conflicts(
    rivals: Rivals, differing: Sequence[str], form: Form, known: Vocabulary
) -> Iterator[Finding]:
    """Yield R16 for figures of which different cells say different things.

    Once for a row where several of its figures do so, else once for a column, else for the cell.

    Args:
        rivals: the cells that claim to be each indicator.
        differing: the keys of those that do not agree.
        form: the edition.
        known: its vocabulary.
    """
    rows: dict[str, list[str]] = {}
    for key in differing:
        rows.setdefault(row_of(key), []).append(key)
    columns: dict[tuple[str, str], list[str]] = {}
    for row, keys in rows.items():
        leaf = known.rows[row]
        if len(keys) > 1:
            yield _twice(rivals[keys[0]], row, leaf.name)
        else:
            columns.setdefault((leaf.block, rivals[keys[0]][0].column), []).append(keys[0])
    for (_, column), keys in columns.items():
        if column and len(keys) > 1:
            yield _twice(rivals[keys[0]], keys[0], column)
        else:
            yield from (_twice(rivals[key], key, form.indicators[key].name) for key in keys)


def _twice(found: Sequence[Placed], key: str, label: str) -> Finding:
    places = words.say("text.and").join(where(claim.value) for claim in found)
    return at(finding("R16", key=key, label=label, places=places), found[0].value)


def repeated(rivals: Rivals, indicators: Mapping[str, Placed]) -> Iterator[Finding]:
    """Yield R17 once for each two sheets, or parts of one, that hold the same figures.

    Args:
        rivals: the cells that claim to be each indicator.
        indicators: the cell that was chosen for each.
    """
    pairs: dict[tuple[int, int], list[Sequence[Placed]]] = {}
    for key, found in rivals.items():
        for other in found[1:] if indicators[key].taken else ():
            pair = id(found[0].page), id(other.page)
            pairs.setdefault(pair, []).append((found[0], other))
    for same in pairs.values():
        first, second = (
            min((one[side].label for one in same), key=lambda spot: spot.row) for side in (0, 1)
        )
        names = called(first.sheet), called(second.sheet)
        if first.sheet is second.sheet:
            names = from_row(first), from_row(second)
        yield at(finding("R17", first=names[0], second=names[1], count=len(same)), second)
