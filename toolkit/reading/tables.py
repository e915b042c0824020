"""The figures of a located form: what was entered, what was printed as totals, 说明, sources."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit import record, text
from toolkit.findings import Finding, Number, finding
from toolkit.form import Form, Indicator, row_of
from toolkit.reading.cells import Placed
from toolkit.reading.figures import FAULT, NO_RESULT, Figure, figure, shown, written
from toolkit.reading.grid import Cell
from toolkit.reading.locate import Located
from toolkit.reading.pages import at, filled
from toolkit.record import Source

_NO_FIGURE = frozenset({text.Meaning.NO_FIGURE, text.Meaning.APPROXIMATE, FAULT, NO_RESULT})


@dataclass(frozen=True, slots=True)
class Figures:
    """What the tables of a return say."""

    values: dict[str, Number | None]
    reported: dict[str, Number | None]
    explanations: dict[str, str]
    sources: dict[str, Source]
    extra: dict[str, str]
    findings: tuple[Finding, ...] = ()


def read_tables(form: Form, located: Located) -> Figures:
    """Read every located indicator.

    The result of a formula is never believed for a computed total: one that nobody
    recalculated reads as 0.
    """
    given: dict[str, Number | None] = {}
    printed: dict[str, Number | None] = {}
    explanations: dict[str, str] = {}
    sources: dict[str, Source] = {}
    findings: list[Finding] = []
    for key, placed in located.indicators.items():
        indicator = form.indicators[key]
        if indicator.computed:
            total = _printed(placed, indicator)
            if total and total.done not in _NO_FIGURE:
                printed[key] = total.value
                findings += _told_otherwise(placed, indicator, total)
            read = total or Figure()
        else:
            read = _entered(placed, indicator)
            given[key] = read.value
        sources[key] = Source(
            placed.value.sheet.name, placed.value.address, read.raw, read.done, str(placed.how)
        )
        if placed.explanation and (said := written(placed.explanation.cell)):
            explanations[row_of(key)] = said
    values, reported = record.settle(form, given, printed)
    extra = {label: one.content for label, one in located.extra.items()}
    return Figures(values, reported, explanations, sources, extra, tuple(findings))


def _entered(placed: Placed, indicator: Indicator) -> Figure:
    """Return what stands in an input; of one that is in doubt only the trace."""
    read = figure(placed.value.cell, indicator.measure.name)
    return read if placed.taken else Figure(raw=read.raw)


def _printed(placed: Placed, indicator: Indicator) -> Figure | None:
    """Return what the source itself printed as a total, None where it printed nothing.

    In a table that was typed anew every total was typed too, so that a blank one says blank.
    """
    unit, cell = indicator.measure.name, placed.value.cell
    if not placed.taken:
        return None
    formula = cell is not None and cell.formula
    if filled(cell) and not formula:
        return figure(cell, unit)
    told = placed.reported.cell if placed.reported else None
    if filled(told):
        return Figure() if _says_blank(told) else figure(told, unit)
    return None if placed.page.key_column or formula else Figure()


def _told_otherwise(placed: Placed, indicator: Indicator, total: Figure) -> Iterator[Finding]:
    """Yield R25 where the total that was printed is not what the 原报数 beside it says."""
    told = placed.reported.cell if placed.reported else None
    if not filled(told) or figure(told, indicator.measure.name).value == total.value:
        return
    raw, reported = total.raw, shown(told)
    found = finding(
        "R25", key=indicator.key, value=raw, label=indicator.name, raw=raw, reported=reported
    )
    yield at(found, placed.value)


def _says_blank(cell: Cell | None) -> bool:
    return shown(cell).strip() == text.show(None)
