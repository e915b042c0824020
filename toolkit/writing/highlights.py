"""The colours that follow the live checks: verdicts, the figures they are about, the status."""

from collections.abc import Mapping
from typing import Any

from toolkit import words
from toolkit.writing.formulas import quoted
from toolkit.writing.layout import FIRST_FIELD_ROW, YEAR_ROW, SheetLayout
from toolkit.writing.places import letter
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


def add(book: Any, sheet: Any, layout: SheetLayout) -> None:
    """Add the conditional formats to a sheet of the locked workbook.

    Args:
        book: the XlsxWriter workbook.
        sheet: the worksheet of the table.
        layout: where everything stands in it.
    """
    figures = (layout.first_figure, layout.last_figure)
    columns = (layout.verdict, layout.verdict)
    for sign, properties in _OF_VERDICT.items():
        own = f"${letter(layout.verdict)}{FIRST_FIELD_ROW}"
        area = _area(columns, FIRST_FIELD_ROW, layout.last_row)
        _colour(book, sheet, area, own, sign, properties)
        if layout.table.is_matrix:
            below = layout.column_verdict_row
            own = f"{letter(layout.first_figure)}{below}"
            _colour(book, sheet, _area(figures, below, below), own, sign, properties)
        if sign in _OF_FIGURE:
            # The verdicts on figures stand as the figures do: the reference moves with the cell.
            verdict = f"{letter(layout.first_verdict)}{layout.first_row}"
            area = _area(figures, layout.first_row, layout.rows[-1])
            _colour(book, sheet, area, verdict, sign, properties)
    status = layout.status(YEAR_ROW).address
    ready = quoted(words.say("sheet.ready"))
    for relation, properties in _OF_STATUS.items():
        _add(book, sheet, status, f"={status}{relation}{ready}", properties)


def _area(columns: tuple[int, int], top: int, last: int) -> str:
    first, second = columns
    return f"{letter(first)}{top}:{letter(second)}{last}"


def _colour(
    book: Any, sheet: Any, area: str, verdict: str, sign: str, properties: Properties
) -> None:
    """Colour an area wherever a verdict holds a sign.

    Args:
        book: the workbook.
        sheet: the worksheet.
        area: what is coloured.
        verdict: the verdict on the area's first cell, as formulas refer to it.
        sign: name of the sign.
        properties: the colours.
    """
    holds = quoted(words.say(f"verdict.{sign}"))
    _add(book, sheet, area, f"=ISNUMBER(FIND({holds},{verdict}))", properties)


def _add(book: Any, sheet: Any, place: str, condition: str, properties: Properties) -> None:
    look = book.add_format(dict(properties))
    sheet.conditional_format(place, {"type": "formula", "criteria": condition, "format": look})
