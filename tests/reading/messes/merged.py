"""Messes of merged cells: figures and labels merged, everything unmerged."""

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import DOCUMENTS, WORKBOOKS
from tests.reading.messes.moving import merge, put, sheet_of, unmerge
from tests.reading.messes.registry import MATRIX, Messes

mess = Messes()


@mess(kinds=WORKBOOKS, twice=True)
def figures_merged_downwards(on: Bench) -> None:
    """One figure stands for two; the lower one is covered, and nobody sees it any more."""
    for sheet in on.sheets:
        rows = on.rows(sheet)[:2]
        if len(rows) > 1:
            _merged(on, *(on.row(key)[0] for key in rows))


@mess(kinds=WORKBOOKS, only=MATRIX, twice=True)
def figures_merged_sideways(on: Bench) -> None:
    for sheet in on.matrices:
        _merged(on, *on.row(on.rows(sheet)[0])[:2])


@mess(kinds=(*WORKBOOKS, *DOCUMENTS), twice=True)
def one_figure_for_two_rows(on: Bench) -> None:
    """As Excel merges cells: only the upper figure is left, meant as the sum of both."""
    for sheet in on.sheets:
        rows = [on.row(key)[0] for key in on.rows(sheet)]
        places = [on.figures[key].row for key in rows]
        pairs = [place for place in range(1, len(rows)) if places[place] == places[place - 1] + 1]
        for one, other in ((rows[place - 1], rows[place]) for place in pairs[:1]):
            on.figures[other].value = None
            on.changed(other, None)
            _merged(on, one, other)


@mess(kinds=WORKBOOKS, twice=True)
def labels_merged_over_figures(on: Bench) -> None:
    """Where the label of a row reaches over its first figure, the row may have been shifted."""
    for sheet in on.labelled:
        key = on.rows(sheet)[-1]
        label, figure = on.labels[key], on.figures[on.row(key)[0]]
        merge(sheet, label.row, label.column, figure.row, figure.column)
        on.lost(*on.row(key))


@mess(twice=True)
def nothing_merged(on: Bench) -> None:
    for sheet in on.sheets:
        unmerge(sheet)


@mess(twice=True)
def merged_text_repeated_in_every_cell(on: Bench) -> None:
    for sheet in on.sheets:
        for top, left, bottom, right in unmerge(sheet):
            value = sheet.cell(top, left).value
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if isinstance(value, str) and not value.startswith("="):
                        put(sheet, row, column, value)


# ---------------------------------------------------------------- helpers


def _merged(on: Bench, first: str, second: str) -> None:
    """Merge the cells of two figures; what stands in the first, if anything, may be either's."""
    one, other = on.figures[first], on.figures[second]
    merge(sheet_of(one), one.row, one.column, other.row, other.column)
    if one.value is not None:
        on.lost(first, second)
    elif other.value is not None:
        on.lost(second)
