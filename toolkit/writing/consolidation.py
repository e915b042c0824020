"""A matrix table of the summary workbook: as printed, with live sums in its cells."""

from toolkit.form import Table
from toolkit.printed import printed
from toolkit.roster import Cover
from toolkit.writing import headings, sizes
from toolkit.writing.details import Details
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look
from toolkit.writing.tables import Drawing

_COUNTED_ROW, _TABLE_ROW = 2, 3


def write(sheet: Sheet, table: Table, details: Details, cover: Cover) -> None:
    """Write the consolidated table.

    Args:
        sheet: an empty sheet.
        table: the table.
        details: the sheet whose rows are added up.
        cover: which units.
    """
    summary = details.summary
    drawn = printed(summary.form, table)
    widths = sizes.widths(drawn)
    sheet.widths(widths)
    last = len(widths) - 1
    headings.of_table(sheet, headings.Span(0, last, sum(widths)), table, summary, cover)
    sheet.across(_COUNTED_ROW, 0, last, headings.counted(summary, cover), Look.STATUS)
    sheet.height(_COUNTED_ROW, 20)
    rows = range(_TABLE_ROW, _TABLE_ROW + drawn.height)
    drawing = Drawing(sheet.raw, sheet.looks, drawn, rows, 0)
    drawing.labels()
    for cell in drawing.figures():
        row, column = drawing.at(cell)
        drawing.span(cell, drawing.figure(Look.FIGURE))
        sheet.put(row, column, details.total(cell.key, cover=cover), Look.FIGURE, align="center")
    for row, height in zip(rows, sizes.heights(drawn, widths), strict=True):
        sheet.height(row, height)
    first = _TABLE_ROW + drawn.blocks[0].first
    sheet.raw.freeze_panes(first, drawn.labels)
    landscape = sum(widths) > sizes.LANDSCAPE_FROM
    sheet.prints((_TABLE_ROW, first - 1), landscape=landscape)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 1)
