"""The charts of the review page: bars as long as their figures, drawn in the page itself."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit import text
from toolkit.exhibits import Panel
from toolkit.findings import Number
from toolkit.merge import Summary
from toolkit.swings import YearOnYear
from toolkit.writing import charts as native


class Length(NamedTuple):
    """A figure as a bar."""

    shown: str
    percent: float
    """Of the longest bar of its chart."""


class Bar(NamedTuple):
    """What a chart shows of one part: the figures of each year, this one last."""

    name: str
    figures: tuple[Length, ...]


class Chart(NamedTuple):
    """A chart."""

    title: str
    measure: str
    years: tuple[str, ...]
    bars: tuple[Bar, ...]


def charts(summary: Summary, yearly: YearOnYear | None) -> Sequence[Chart]:
    """Return the charts of an edition that there are figures for.

    Args:
        summary: what merging found.
        yearly: the figures of the year before too, if they are known.
    """
    return [_chart(panel) for _, panel in native.panels(summary, yearly)]


def _chart(panel: Panel) -> Chart:
    years = tuple(series.name for series in panel.series)
    return Chart(panel.caption, panel.measure, years, tuple(_bars(panel)))


def _bars(panel: Panel) -> Iterator[Bar]:
    longest = max(float(one or 0) for series in panel.series for one in series.figures)
    for place, name in enumerate(panel.names):
        figures = (series.figures[place] for series in panel.series)
        yield Bar(name, tuple(_length(figure, longest) for figure in figures))


def _length(figure: Number | None, longest: float) -> Length:
    """Return a figure as a bar; one below 0, as columns of growth have, is only told."""
    part = float(figure or 0) / longest if longest > 0 else 0.0
    return Length(text.show(figure), max(0.0, round(part * 100, 2)))
