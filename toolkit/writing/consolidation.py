"""A matrix table of the summary workbook: as printed, with live sums in its cells."""

from toolkit import words
from toolkit.form import Table
from toolkit.merge import Summary
from toolkit.printed import printed
from toolkit.writing import sizes
from toolkit.writing.details import Details
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look
from toolkit.writing.tables import Drawing

_TITLE_ROW, _YEAR_ROW, _COUNTED_ROW, _TABLE_ROW = range(4)


def write(sheet: Sheet, table: Table, summary: Summary, details: Details) -> None:
    """Write the consolidated table.

    Args:
        sheet: an empty sheet.
        table: the table.
        summary: what merging found.
        details: the sheet whose rows are added up.
    """
    drawn = printed(summary.form, table)
    widths = sizes.widths(drawn)
    sheet.widths(widths)
    last = len(widths) - 1
    sheet.across(_TITLE_ROW, 0, last, words.say("summary.title", name=table.title), Look.TITLE)
    sheet.height(_TITLE_ROW, 30)
    sheet.across(_YEAR_ROW, 0, last, words.say("sheet.year", year=summary.year), Look.SUBTITLE)
    sheet.height(_YEAR_ROW, 20)
    counted = words.say("summary.counted", counted=summary.counted, units=summary.units)
    sheet.across(_COUNTED_ROW, 0, last, counted, Look.STATUS)
    sheet.height(_COUNTED_ROW, 20)
    rows = range(_TABLE_ROW, _TABLE_ROW + drawn.height)
    drawing = Drawing(sheet.raw, sheet.looks, drawn, rows, 0)
    drawing.labels()
    for cell in drawing.figures():
        row, column = drawing.at(cell)
        drawing.span(cell, drawing.figure(Look.FIGURE))
        if summary.adopted:
            total = summary.totals[cell.key]
            sheet.formula(row, column, details.total(cell.key), total, Look.FIGURE, align="center")
    for row, height in zip(rows, sizes.heights(drawn, widths), strict=True):
        sheet.height(row, height)
    first = _TABLE_ROW + drawn.blocks[0].first
    sheet.raw.freeze_panes(first, drawn.labels)
    landscape = sum(widths) > sizes.LANDSCAPE_FROM
    sheet.prints((_TABLE_ROW, first - 1), landscape=landscape)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 1)
