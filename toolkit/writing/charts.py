"""Charts: which an edition has, and native ones drawn from cells of a sheet, of one look."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from toolkit import exhibits, material
from toolkit.exhibits import Exhibit, Kind, Panel
from toolkit.merge import Summary
from toolkit.swings import YearOnYear
from toolkit.wording import Wording

_THIS_COLOUR, _LAST_COLOUR = "#1F4E79", "#B7B7B7"
"""Also told apart where they are printed in black and white."""
_LINE_COLOUR = "#7F7F7F"
_GAP = 60
"""Between bars, in per cent of their width."""


class _Shape(NamedTuple):
    """How XlsxWriter calls a kind of chart, and which of its axes has the names."""

    kind: str
    names: str
    figures: str


_SHAPES = {
    Kind.BARS: _Shape("bar", "y_axis", "x_axis"),
    Kind.YEARS: _Shape("column", "x_axis", "y_axis"),
}
KINDS = frozenset(_SHAPES)
"""The kinds of exhibits that are charts."""


def panels(summary: Summary, yearly: YearOnYear | None) -> Sequence[tuple[Exhibit, Panel]]:
    """Return the charts of an edition that the figures fill, and what they are of.

    Args:
        summary: what merging found.
        yearly: the figures of the year before too, if they are known; no chart sets years beside
            each other that are not of the same units.
    """
    rows = yearly.rows if yearly and yearly.alike else ()
    figures, region = summary.whole.totals, summary.region.name
    wording = Wording(summary.form, figures, summary.year, region, beside=rows)
    known = material.load(summary.form).exhibits.values()
    shown = [one for one in known if one.kind in KINDS]
    return [(one, panel) for one in shown if (panel := exhibits.panel(one, wording))]


def chart(book: Any, panel: Panel, sheet: str, top: int, font: dict[str, Any]) -> Any:
    """Return a chart of a workbook; it has no title.

    The cells hold a row of headings with the names of the series, and below it a row for each
    part: its name, then its figures. Figures stand at the bars, so that no axis repeats them.

    Args:
        book: the XlsxWriter workbook.
        panel: what the chart shows.
        sheet: the name of the sheet with the cells.
        top: the row of the headings, counted from 0; the names stand in the first column.
        font: of all that is written in the chart.
    """
    shape = _SHAPES[panel.kind]
    made = book.add_chart({"type": shape.kind})
    first, last = top + 1, top + len(panel.names)
    colours = (_LAST_COLOUR, _THIS_COLOUR)[-len(panel.series) :]
    for column, colour in enumerate(colours, 1):
        made.add_series(
            {
                "name": [sheet, top, column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "data_labels": {"value": True, "font": font},
                "fill": {"color": colour},
                "gap": _GAP,
            }
        )
    names: dict[str, Any] = {"num_font": font, "line": {"color": _LINE_COLOUR}}
    names |= {"major_tick_mark": "none", "minor_tick_mark": "none"}
    # The first of several bars stands at the top only where the axis is turned over.
    names["reverse"] = panel.kind is Kind.BARS
    figures = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    for axis, attributes in ((shape.names, names), (shape.figures, figures)):
        getattr(made, f"set_{axis}")(attributes)
    legend = {"none": True} if len(colours) == 1 else {"position": "bottom", "font": font}
    made.set_legend(legend)
    return made
