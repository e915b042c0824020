"""What stands in one cell: a figure and what was done to it, a text, a date."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit import text, words
from toolkit.findings import Number
from toolkit.reading.grid import UNSURE, Cell, Kind, NumberFormat, Section, Shown, Style

FAULT = "R11"
"""A formula error stands in the cell."""
NO_RESULT = "R12"
"""A formula whose result the file does not hold."""
FORMULA = "R13"
"""A formula whose result was taken."""

_DAYS_0: Mapping[Shown, date] = {Style.DATE: text.DAY_0, Style.DATE_OF_1904: text.DAY_0_OF_1904}
"""The styles of dates, each with the day from which its serial numbers count."""
# What makes a zero look like another figure.
_COUNTS = re.compile("[1-9]")


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
    if isinstance(cell.style, NumberFormat):
        return _formatted(cell, cell.style, unit)
    raw = shown(cell)
    if cell.style in UNSURE and cell.kind is not Kind.ERROR and text.tidy(raw):
        said = words.say(f"reading.unsure.{cell.style}", raw=raw)
        return Figure(None, said, str(text.Meaning.NO_FIGURE))
    if cell.kind is Kind.NUMBER and cell.style is Style.SCALED:
        raw = words.say("reading.scaled", raw=raw)
    if cell.kind is Kind.ERROR:
        return Figure(raw=raw, done=FAULT)
    reading = _reading(cell, unit)
    done = str(reading.meaning)
    if cell.formula and reading.meaning not in (text.Meaning.NO_FIGURE, text.Meaning.APPROXIMATE):
        done = FORMULA
    return Figure(reading.value, raw, done)


def _formatted(cell: Cell, how: NumberFormat, unit: str) -> Figure:
    """Read a cell whose format adds something to a number: 300 that is shown as 300元.

    The number stands where what people see would be read as the same one, had it been typed.
    """
    number = text.read_number(cell.raw).value if cell.kind is Kind.NUMBER else None
    if number is None:
        return figure(cell._replace(style=Style.GENERAL), unit)
    section = how.section(number)
    if section.style is not Style.GENERAL or section == Section():
        return figure(cell._replace(style=section.style), unit)
    said = section.shows(number)
    reading = text.read_figure(said, unit)
    rough = reading.meaning is text.Meaning.APPROXIMATE
    if reading.value == number or not (number or rough or _COUNTS.search(said)):
        return figure(cell._replace(style=Style.GENERAL), unit)
    raw = shown(cell._replace(style=Style.GENERAL))
    if not said.strip():
        return Figure(None, words.say("reading.hidden", raw=raw), str(text.Meaning.NO_FIGURE))
    if not rough:
        said = words.say("reading.shown_as", raw=raw, shown="".join(said.split()))
    return Figure(None, said, str(text.Meaning.APPROXIMATE if rough else text.Meaning.NO_FIGURE))


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
    if isinstance(cell.style, NumberFormat):
        return _seen(cell, cell.style)
    if cell.style in _DAYS_0 and (day := _day(cell)):
        return day.isoformat()
    if cell.kind is not Kind.NUMBER:
        return cell.raw
    number = text.read_number(cell.raw).value
    if number is None:
        return cell.raw
    percent = cell.style is Style.PERCENT
    return format(Decimal(text.exact(number * 100) if percent else number), "f") + "%" * percent


def _seen(cell: Cell, how: NumberFormat) -> str:
    number = text.read_number(cell.raw).value if cell.kind is Kind.NUMBER else None
    section = Section() if number is None else how.section(number)
    if number is None or section.style is not Style.GENERAL:
        return shown(cell._replace(style=section.style))
    return section.shows(number)


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
