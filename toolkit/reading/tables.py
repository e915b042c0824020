"""The figures of a located form: what was entered, what was printed as totals, 说明, sources."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit import record, text, words
from toolkit.findings import Finding, Number, finding
from toolkit.form import Form, Indicator, row_of
from toolkit.reading.cells import Placed
from toolkit.reading.figures import Figure, figure, shown, written
from toolkit.reading.grid import Cell
from toolkit.reading.locate import Located
from toolkit.reading.pages import at, filled
from toolkit.record import Source


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
        indicator, unit = form.indicators[key], form.indicators[key].measure.name
        contested = [*_told_otherwise(placed, indicator)]
        findings += contested
        taken = placed.taken and not contested
        if not taken:
            read = Figure(raw=_claimed(placed, indicator))
        elif not indicator.computed:
            read = figure(placed.value.cell, unit)
            given[key] = read.value
        elif total := _printed(placed, unit):
            read = total
            if total.done not in record.NO_FIGURE:
                printed[key] = total.value
        else:
            read = Figure()
        how = str(placed.how) if taken else record.DOUBT
        sheet, cell = placed.value.sheet.name, placed.value.address
        sources[key] = Source(sheet, cell, read.raw, read.done, how)
        if placed.explanation and (said := written(placed.explanation.cell)):
            explanations[row_of(key)] = said
    for indicator in form.entered:
        sources.setdefault(indicator.key, Source(located=record.MISSING))
    values, reported = record.settle(form, given, printed)
    extra = {label: one.content for label, one in located.extra.items()}
    return Figures(values, reported, explanations, sources, extra, tuple(findings))


def _claimed(placed: Placed, indicator: Indicator) -> str:
    """Return what stands in every cell that may be meant, "" where nothing does.

    What a formula makes of a total is not believed, whatever it is.
    """
    spots = [*(placed.rivals or (placed.value,))]
    if indicator.computed:
        told = [placed.reported] if placed.reported and placed.reported.filled else []
        spots = [spot for spot in (*spots, *told) if not (spot.cell and spot.cell.formula)]
    raws = dict.fromkeys(figure(spot.cell, indicator.measure.name).raw.strip() for spot in spots)
    return words.say("text.and").join(raw or text.show(None) for raw in raws) if any(raws) else ""


def _printed(placed: Placed, unit: str) -> Figure | None:
    """Return what the source itself printed as a total, None where it printed nothing.

    In a table that was typed anew every total was typed too, so that a blank one says blank.
    """
    cell = placed.value.cell
    formula = cell is not None and cell.formula
    if filled(cell) and not formula:
        return figure(cell, unit)
    told = placed.reported.cell if placed.reported else None
    if filled(told):
        return Figure() if _says_blank(told) else figure(told, unit)
    return None if placed.page.key_column or formula else Figure()


def _told_otherwise(placed: Placed, indicator: Indicator) -> Iterator[Finding]:
    """Yield R25 where the total that was printed is not what the 原报数 beside it says."""
    told, cell = placed.reported.cell if placed.reported else None, placed.value.cell
    if not placed.taken or not filled(told) or not filled(cell) or (cell and cell.formula):
        return
    total, beside = (figure(one, indicator.measure.name) for one in (cell, told))
    if total.done in record.NO_FIGURE or beside.value == total.value:
        return
    raw, reported = total.raw, shown(told)
    found = finding(
        "R25", key=indicator.key, value=raw, label=indicator.name, raw=raw, reported=reported
    )
    yield at(found, placed.value)


def _says_blank(cell: Cell | None) -> bool:
    return shown(cell).strip() == text.show(None)
