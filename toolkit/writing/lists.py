"""Lists on a sheet: a heading for each column, one row for each thing, a filter, ready to print."""

from collections.abc import Mapping, Sequence

from toolkit import words
from toolkit.writing.sheets import Content, Sheet
from toolkit.writing.style import (
    ERROR_COLOUR,
    ERROR_TEXT,
    WARNING_COLOUR,
    WARNING_TEXT,
    Look,
)

WRONG = ERROR_COLOUR, ERROR_TEXT
OPEN = WARNING_COLOUR, WARNING_TEXT
"""Background and text of what must be corrected, and of what somebody has to look at."""

_INDENT, _FIT = 1, 1.1
"""Before a text in characters; how many of its small characters fit into the place of one."""

Columns = Mapping[str, float]
"""The widths of columns, by the names of their headings in the catalogue."""


def write(
    sheet: Sheet, header: int, columns: Columns, rows: Sequence[Sequence[Content]], *, frozen: int
) -> None:
    """Write a list.

    Args:
        sheet: the sheet; its rows from the header on are empty.
        header: the row of the headings.
        columns: the columns.
        rows: what stands below the headings.
        frozen: how many columns stay in sight.
    """
    widths = list(columns.values())
    sheet.widths(widths)
    heads(sheet, header, columns)
    for number, contents in enumerate(rows, header + 1):
        row(sheet, number, columns, contents)
    sheet.raw.autofilter(header, 0, header + len(rows), len(widths) - 1)
    sheet.raw.freeze_panes(header + 1, frozen)
    sheet.prints((header, header), landscape=True)
    sheet.raw.fit_to_pages(1, 0)


def heads(sheet: Sheet, header: int, columns: Columns) -> None:
    """Write the headings of a list."""
    named = words.entry("summary.head")
    sheet.texts(header, [named[name] for name in columns], list(columns.values()), Look.HEADER)


def row(sheet: Sheet, number: int, columns: Columns, contents: Sequence[Content]) -> None:
    """Write a row of a list; texts keep their distance from figures to their left."""
    for column, content in enumerate(contents):
        if isinstance(content, str):
            sheet.text(number, column, content, Look.TEXT, indent=_INDENT)
        else:
            sheet.put(number, column, content, Look.TEXT)
    sheet.height_of(number, contents, [(width - _INDENT) * _FIT for width in columns.values()])


def highlight(
    sheet: Sheet, rows: range, column: int, colours: Mapping[str, tuple[str, str]]
) -> None:
    """Colour the cells of a column that say certain words; the colour adds nothing to the words.

    Args:
        sheet: the sheet.
        rows: the rows; none of an empty list.
        column: the column.
        colours: background and text, by what a cell says.
    """
    for said, (background, text) in colours.items() if rows else ():
        shape = sheet.book.add_format({"bg_color": background, "font_color": text})
        rule = {"type": "cell", "criteria": "==", "value": f'"{said}"', "format": shape}
        sheet.check(sheet.raw.conditional_format(rows[0], column, rows[-1], column, rule))
