"""The merged figures of the review page, as printed, and the sources that each is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from toolkit import text, words
from toolkit.findings import Finding, Number
from toolkit.form import Form, Indicator, Table
from toolkit.merge import Summary
from toolkit.printed import Cell, printed
from toolkit.record import Record, Source
from toolkit.roster import Cover, Scope
from toolkit.sums import Counted, Sums
from toolkit.writing.marked_words import one_line
from toolkit.writing.review_files import place
from toolkit.writing.sources import done

_RAW = 120
"""So many characters of what stood in a cell are shown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A merged figure."""

    index: int
    """Its place in the order of the form."""
    shown: str
    blank: bool
    label: str
    """What is read out for it."""
    signs: str
    """That it was adjusted, or breaks a rule."""


class Drawn(NamedTuple):
    """A printed table, row by row."""

    title: str
    counts: bool
    """Whether it has columns that count who filled a figure in; a matrix has no room for them."""
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Panel:
    """The tables of one cover."""

    cover: Cover
    counted: int
    tables: tuple[Drawn, ...]
    sums: Sums
    figures: Mapping[str, Figure]
    findings: tuple[Finding, ...]


def panels(summary: Summary) -> tuple[Panel, ...]:
    """Return the tables of the whole region, then of the own offices where they are apart."""
    form = summary.form
    tables = tuple(_drawn(form, table) for table in form.tables)
    return tuple(
        Panel(cover, found.counted, tables, found, _figures(summary, found), found.findings)
        for cover, found in summary.sums.items()
    )


def _drawn(form: Form, table: Table) -> Drawn:
    rows = groupby(printed(form, table).cells, lambda cell: cell.row)
    return Drawn(table.title, not table.is_matrix, tuple(tuple(cells) for _, cells in rows))


def _figures(summary: Summary, found: Sums) -> Mapping[str, Figure]:
    broken: dict[str, Finding] = {}
    for one in sorted(found.findings, key=lambda one: one.severity.rank):
        broken.setdefault(one.key, one)
    adjusted = {
        key
        for one in summary.adjustments
        if found.cover.has(one.scope)
        for key, amount in one.figures.items()
        if amount is not None
    }
    return {
        key: _figure(index, indicator, found, key in adjusted, broken.get(key))
        for index, (key, indicator) in enumerate(summary.form.indicators.items())
    }


def _figure(
    index: int, indicator: Indicator, found: Sums, adjusted: bool, broken: Finding | None
) -> Figure:
    total = found.totals[indicator.key]
    shown = text.show(total)
    label = words.say(
        "page.totals.button",
        name=indicator.name,
        cover=found.cover.label,
        figure=shown,
        measure="" if total is None else indicator.measure.name,
    )
    signs = ""
    if adjusted:
        signs += words.say("page.totals.adjusted")
        label += words.say("page.totals.corrected")
    if broken:
        signs += words.say(f"verdict.{broken.severity}")
        label += words.say("page.totals.noted")
    return Figure(index, shown, total is None, label, signs)


# ---------------------------------------------------------------- what a figure is made of


def sources(summary: Summary, numbers: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """Return what the page needs to show of what each figure is made, as plain data.

    Figures stand in the order of the form, so that keys need not be said for every unit.

    Args:
        summary: what merging found.
        numbers: the numbers of files on the page, by their places.
    """
    indicators = summary.form.indicators
    return {
        "names": [one.name for one in indicators.values()],
        "measures": [one.measure.name for one in indicators.values()],
        "computed": [int(one.computed) for one in indicators.values()],
        "covers": {
            str(cover): {
                "label": cover.label,
                "totals": [text.show(found.totals[key]) for key in indicators],
                "blanks": [found.blanks[key] for key in indicators],
                "nothings": [found.nothings[key] for key in indicators],
            }
            for cover, found in summary.sums.items()
        },
        "units": [_unit(summary, one, numbers) for one in summary.adopted],
        "adjustments": list(_adjustments(summary)),
        "words": words.entry("page.script"),
    }


def _unit(summary: Summary, one: Counted, numbers: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    record, indicators = one.record, summary.form.indicators
    traces = {
        str(index): trace
        for index, key in enumerate(indicators)
        if any(trace := _trace(record, key))
    }
    return {
        "name": record.unit.name,
        "file": numbers[one.submission.place],
        "path": one.submission.path,
        "covers": _covers(summary, one.scope),
        "values": [_plain(record.values[key]) for key in indicators],
        "traces": traces,
    }


def _adjustments(summary: Summary) -> Iterator[dict[str, Any]]:
    for one in summary.adjustments:
        figures = enumerate(one.figures.values())
        yield {
            "name": one.unit.name,
            "covers": _covers(summary, one.scope),
            "values": {str(n): signed(amount) for n, amount in figures if amount is not None},
            "told": one.decision.told(),
        }


def _covers(summary: Summary, scope: Scope) -> list[str]:
    return [str(cover) for cover in summary.sums if cover.has(scope)]


def _plain(value: Number | None) -> int | str | None:
    """Return a figure that the page shows to its last digit: money as text."""
    return value if value is None or isinstance(value, int) else text.spell_out(value)


def _trace(record: Record, key: str) -> tuple[str, str]:
    """Return where a figure stood, and what stood there if it was not that."""
    source = record.sources.get(key, Source())
    how = done(record, key, source)
    if not how and not source.done:
        return place(source.sheet, source.cell), ""
    raw = one_line(source.raw, _RAW) or text.show(record.reported.get(key))
    told = words.say("page.totals.stood", raw=raw)
    if how:
        told += words.say("page.totals.done", done=words.say(f"summary.done.{how}"))
    return place(source.sheet, source.cell), told


def signed(number: Number) -> str:
    """Write a change as people read it; growth has a sign too."""
    return ("+" if number > 0 else "") + text.show(number)


def adjustments(summary: Summary) -> Sequence[Mapping[str, str]]:
    """Return what was adjusted by hand, as the page lists it."""
    indicators = summary.form.indicators
    return [
        {
            "unit": one.unit.name,
            "indicator": indicators[one.decision.key].name,
            "amount": signed(one.decision.amount) + indicators[one.decision.key].measure.name,
            "told": one.decision.told(),
        }
        for one in summary.adjustments
    ]
