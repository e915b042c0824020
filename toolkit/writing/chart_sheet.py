"""The 图表 sheet: native charts of what readers ask for, each beside the live figures it shows.

What is shown is data of an edition (templates/<edition>/material.yaml), the same as in the Word
report.
"""

from toolkit import words
from toolkit.exhibits import Exhibit, Panel
from toolkit.swings import YearOnYear
from toolkit.writing import charts
from toolkit.writing.details import Details
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import FONT, TITLE_FONT, Look

_WIDTHS = (22.0, 14.0, 14.0, 3.0)
"""Names, figures of up to two years, the gap before the chart."""
_CHART_COLUMNS, _CHART_COLUMN = 8, 9.0
_ROW, _CHART_ROWS, _GAP = 18, 14, 2
"""The height of a row in points, and how many rows a chart takes and is from the next."""
_FIRST = 2
_ON_A_PAGE, _SCALE = 2, 78
"""So many charts, printed at so many per cent, fill a page."""
_POINTS_A_PIXEL = 0.75


def write(sheet: Sheet, details: Details, yearly: YearOnYear | None) -> None:
    """Write the charts of the edition that the figures fill.

    Args:
        sheet: an empty sheet.
        details: the sheet whose rows are added up.
        yearly: the figures of the year before too, if they are known.
    """
    summary = details.summary
    sheet.widths([*_WIDTHS, *[_CHART_COLUMN] * _CHART_COLUMNS])
    sheet.title(words.say("summary.charts", year=summary.year))
    panels = charts.panels(summary, yearly)
    if not panels:
        sheet.remark(1, words.say("summary.no_charts"))
    top, breaks = _FIRST, []
    for number, (exhibit, panel) in enumerate(panels):
        if number and number % _ON_A_PAGE == 0:
            breaks.append(top - 1)  # a line of the frame may stand just above its row
        _figures(sheet, top, exhibit, panel, details)
        sheet.check(_insert(sheet, top, panel))
        top += max(_CHART_ROWS, len(panel.names) + 1) + _GAP
    sheet.raw.set_default_row(_ROW)
    sheet.prints((0, 0), landscape=True)
    sheet.raw.set_h_pagebreaks(breaks)
    sheet.raw.set_print_scale(_SCALE)
    sheet.raw.hide_gridlines(2)


def _figures(sheet: Sheet, top: int, exhibit: Exhibit, panel: Panel, details: Details) -> None:
    """Write what a chart shows: this year's figures live, those of the year before as they are."""
    named = [
        words.say("summary.series", name=one.name, measure=panel.measure) for one in panel.series
    ]
    for column, head in enumerate((panel.of, *named)):
        sheet.text(top, column, head, Look.HEADER)
    for place, name in enumerate(panel.names):
        row = top + 1 + place
        sheet.text(row, 0, name, Look.LABEL)
        for column, series in enumerate(panel.series, 1):
            this = series is panel.series[-1]
            figure = details.total(*exhibit.parts[name]) if this else series.figures[place]
            sheet.put(row, column, figure, Look.FIGURE)


def _insert(sheet: Sheet, top: int, panel: Panel) -> int:
    """Put a chart beside its figures; what it says to those who cannot see it stands with it."""
    left = len(_WIDTHS)
    chart = charts.chart(sheet.book, panel, sheet.name, top, {"name": FONT, "size": 10})
    chart.set_title({"name": panel.caption, "name_font": {"name": TITLE_FONT, "size": 13}})
    chart.set_size(
        {
            "width": _CHART_COLUMNS * (7 * _CHART_COLUMN + 5),
            "height": _CHART_ROWS * _ROW / _POINTS_A_PIXEL,
        }
    )
    options = {"description": panel.told, "object_position": 2}
    return int(sheet.raw.insert_chart(top, left, chart, options) or 0)
