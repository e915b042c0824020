"""The colours that follow the live checks: verdicts, the figures they are about, the status."""

from collections.abc import Mapping
from typing import Any

from toolkit import words
from toolkit.writing.formulas import quoted
from toolkit.writing.layout import FIRST_FIELD_ROW, YEAR_ROW, Column, Layout
from toolkit.writing.style import (
    ERROR_COLOUR,
    ERROR_TEXT,
    GOOD_TEXT,
    WARNING_COLOUR,
    WARNING_TEXT,
)

Properties = Mapping[str, str]

_OF_VERDICT: Mapping[str, Properties] = {
    "error": {"bg_color": ERROR_COLOUR, "font_color": ERROR_TEXT},
    "warning": {"bg_color": WARNING_COLOUR, "font_color": WARNING_TEXT},
    "ok": {"font_color": GOOD_TEXT},
}
_OF_FIGURE = ("error", "warning")
_OF_STATUS: Mapping[str, Properties] = {
    "=": {"font_color": GOOD_TEXT},
    "<>": {"font_color": ERROR_TEXT},
}


def add(book: Any, sheet: Any, layout: Layout) -> None:
    """Add the conditional formats to a sheet of the locked workbook.

    Args:
        book: the XlsxWriter workbook.
        sheet: the worksheet of the table.
        layout: where everything stands in it.
    """
    for sign, properties in _OF_VERDICT.items():
        _colour(book, sheet, layout, (Column.VERDICT, FIRST_FIELD_ROW), sign, properties)
        if sign in _OF_FIGURE:
            _colour(book, sheet, layout, (Column.VALUE, layout.first_row), sign, properties)
    status = f"{Column.VERDICT.letter}{YEAR_ROW}"
    ready = quoted(words.say("sheet.ready"))
    for relation, properties in _OF_STATUS.items():
        _add(book, sheet, status, f"={status}{relation}{ready}", properties)


def _colour(
    book: Any,
    sheet: Any,
    layout: Layout,
    start: tuple[Column, int],
    sign: str,
    properties: Properties,
) -> None:
    """Colour a column from a row on wherever the verdict of the row holds a sign."""
    column, row = start
    holds = quoted(words.say(f"verdict.{sign}"))
    place = f"{column.letter}{row}:{column.letter}{layout.last_row}"
    found = f"=ISNUMBER(FIND({holds},${Column.VERDICT.letter}{row}))"
    _add(book, sheet, place, found, properties)


def _add(book: Any, sheet: Any, place: str, condition: str, properties: Properties) -> None:
    look = book.add_format(dict(properties))
    sheet.conditional_format(place, {"type": "formula", "criteria": condition, "format": look})
