"""What stands in one cell: a figure and what was done to it, a text, a date."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit import text, words
from toolkit.findings import Number
from toolkit.reading.grid import Cell, Kind, Style

FAULT = "R11"
"""A formula error stands in the cell."""
NO_RESULT = "R12"
"""A formula whose result the file does not hold."""
FORMULA = "R13"
"""A formula whose result was taken."""

_DAYS_0 = {Style.DATE: text.DAY_0, Style.DATE_OF_1904: text.DAY_0_OF_1904}
"""The styles of dates, each with the day from which its serial numbers count."""


class Figure(NamedTuple):
    """What a value cell says; a tuple as cells are."""

    value: Number | None = None
    raw: str = ""
    """What stood there, as people see it."""
    done: str = ""
    """The code of what was done or found, "" for a figure taken as it stood."""


def figure(cell: Cell | None, unit: str) -> Figure:
    """Read a value cell; what is no figure is never made one.

    Args:
        cell: the cell, None where nothing stands.
        unit: the indicator's unit; a typed figure may be followed by it.
    """
    if cell is None:
        return Figure()
    if cell.kind is Kind.EMPTY:
        return Figure(raw="=", done=NO_RESULT)
    raw = shown(cell)
    if cell.kind is Kind.NUMBER and cell.style is Style.SCALED:
        raw = words.say("reading.scaled", raw=raw)
    if cell.kind is Kind.ERROR:
        return Figure(raw=raw, done=FAULT)
    reading = _reading(cell, unit)
    done = str(reading.meaning)
    if cell.formula and reading.meaning not in (text.Meaning.NO_FIGURE, text.Meaning.APPROXIMATE):
        done = FORMULA
    return Figure(reading.value, raw, done)


def _reading(cell: Cell, unit: str) -> text.Reading:
    if cell.kind is Kind.TEXT:
        return text.read_figure(cell.raw, unit)
    if cell.kind is Kind.NUMBER and cell.style is Style.GENERAL:
        return text.read_number(cell.raw)
    # TRUE, a date, a percentage, thousands: the number stored for it is not what the user meant.
    return text.Reading(None, text.Meaning.NO_FIGURE)


def shown(cell: Cell | None) -> str:
    """Return what people see in a cell: a date as a date, a percentage as one, 5.0 as 5."""
    if cell is None:
        return ""
    if cell.style in _DAYS_0 and (day := _day(cell)):
        return day.isoformat()
    if cell.kind is not Kind.NUMBER:
        return cell.raw
    number = text.read_number(cell.raw).value
    if number is None:
        return cell.raw
    percent = cell.style is Style.PERCENT
    return format(Decimal(text.exact(number * 100) if percent else number), "f") + "%" * percent


def _day(cell: Cell) -> date | None:
    if cell.kind is Kind.NUMBER:
        return text.date_of_serial(cell.raw, _DAYS_0[cell.style])
    return text.read_date(cell.raw.partition("T")[0])


def written(cell: Cell | None) -> str:
    """Return the text of a cell that people write in, "" where it holds an error or nothing."""
    return "" if cell is None or cell.kind is Kind.ERROR else shown(cell).strip()


def day(content: str, *, from_1904: bool) -> str:
    """Return a date in ISO form; what is no date stays as it was written.

    Args:
        content: what stands in the field.
        from_1904: whether serial numbers count from 1904.
    """
    read = text.read_date(content, text.DAY_0_OF_1904 if from_1904 else text.DAY_0)
    return read.isoformat() if read else content
