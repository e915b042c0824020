"""Workbooks drawn as lists of rows: what the tests of reading look at."""

from dataclasses import dataclass
from typing import Any

from toolkit import words
from toolkit.form import Form
from toolkit.reading.grid import Book, Cell, Kind, Rectangle, Sheet, State, Style

Rows = list[list[Any]]
KEY, LABEL, UNIT, VALUE, EXPLANATION, VERDICT, REPORTED = range(7)
"""Places in a drawn row; the columns of the template."""


@dataclass(frozen=True)
class Formula:
    """A formula and its stored result; None where the file holds none."""

    result: Any = None


@dataclass(frozen=True)
class Fault:
    """A formula error."""

    name: str


@dataclass(frozen=True)
class Shown:
    """A number in a style that changes what it means."""

    number: str
    style: Style


TOTAL = Formula("")
"""A computed total as the template has it, never recalculated."""


def _cell(row: int, column: int, content: Any) -> Cell:
    formula = isinstance(content, Formula)
    kind, raw, style = _stored(content.result if formula else content)
    return Cell(row, column, kind, raw, formula, style)


def _stored(content: Any) -> tuple[Kind, str, Style]:
    style = content.style if isinstance(content, Shown) else Style.GENERAL
    kinds: dict[type, tuple[Kind, str]] = {
        type(None): (Kind.EMPTY, ""),
        str: (Kind.TEXT, content),
        bool: (Kind.BOOLEAN, str(content).upper()),
        Fault: (Kind.ERROR, getattr(content, "name", "")),
        Shown: (Kind.NUMBER, getattr(content, "number", "")),
    }
    kind, raw = kinds.get(type(content), (Kind.NUMBER, str(content)))
    return kind, raw, style


def sheet(rows: Rows, name: str = "统计表", merges: tuple[Rectangle, ...] = ()) -> Sheet:
    """Return a sheet with these rows; None stands for nothing."""
    cells = {
        (row, column): _cell(row, column, content)
        for row, contents in enumerate(rows, 1)
        for column, content in enumerate(contents, 1)
        if content is not None
    }
    return Sheet(name, State.VISIBLE, cells, merges)


def book(*sheets: Sheet | Rows, **properties: str) -> Book:
    """Return a workbook; properties are given without the prefix ``toolkit.``."""
    return Book(
        tuple(one if isinstance(one, Sheet) else sheet(one) for one in sheets),
        {},
        {f"toolkit.{name}": value for name, value in properties.items()},
    )


def numbered(form: Form) -> dict[str, int]:
    """Return a different figure for every input."""
    return {indicator.key: 101 + n for n, indicator in enumerate(form.entered)}


def template(form: Form, values: dict[str, Any], **head: Any) -> Rows:
    """Return the template's sheet with these figures in it.

    Args:
        form: the edition.
        values: cell contents by indicator key; totals not given are formulas.
        head: contents of head and foot fields by key, with ``_`` for ``.``.
    """
    filled = {name.replace("_", "."): content for name, content in head.items()}
    columns = words.entry("sheet.columns")
    rows: Rows = [[None, form.name], [None, Formula("")]]
    rows += [[f.key, f"{f.label}：", filled.get(f.key)] for f in form.head]
    rows += [[None, "表式"], [None, *columns.values()]]
    for _, line in form.listed():
        indicator = form.indicators.get(line.key)
        if indicator is None:
            rows.append([None, line.label])
            continue
        value = values.get(line.key, TOTAL if indicator.computed else None)
        unit = indicator.measure.name
        rows.append([line.key, line.label, unit, value, None, Formula("√"), None])
    return rows + [[f.key, f"{f.label}：", filled.get(f.key)] for f in form.foot]


def row_of(rows: Rows, key: str) -> int:
    """Return the index of the row with a key."""
    return next(n for n, row in enumerate(rows) if row[:1] == [key])


def row_at(rows: Rows, key: str) -> list[Any]:
    """Return the row with a key, to be changed."""
    return rows[row_of(rows, key)]


def without_column(rows: Rows, column: int) -> Rows:
    """Return the rows without one column."""
    return [row[:column] + row[column + 1 :] for row in rows]
