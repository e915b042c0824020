"""The comparison of several years as a table on the screen, and as JSON; cli prints it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import click
import simplejson

from toolkit import columns, comparison, screen, text, words
from toolkit.compare import Name
from toolkit.comparison import Comparison, Side
from toolkit.findings import Number
from toolkit.timeline import Line

_LABEL_PLACES = 36
"""Longer labels go on in a further line, so that a table of two years fits into 80 places."""
_INDENT = "  "
_GAP = "  "


# ---------------------------------------------------------------- JSON


def as_json(compared: Comparison) -> str:
    """Return the one JSON object that ``compare --json`` prints."""
    content = {
        "tables": [_table(side) for side in compared.sides],
        "notes": list(compared.notes),
        "rows": [_row(compared, line) for line in compared.lines],
    }
    return str(simplejson.dumps(content, ensure_ascii=False, indent=2, use_decimal=True))


def _table(side: Side) -> dict[str, Any]:
    """Return what there is to know about a table, its figures left out."""
    table = side.table
    return {
        "file": side.file,
        "form": table.form,
        "year": table.year,
        "unit": {"name": table.unit.name, "code": table.unit.code},
        "counted": table.counted,
        "units": table.units,
    }


def _row(compared: Comparison, line: Line) -> dict[str, Any]:
    years, first = compared.years, compared.form.indicators[line.keys[0]]
    return {
        "keys": list(line.keys),
        "name": compared.names[line].whole,
        "section": first.section,
        "measure": first.measure.name,
        "figures": [
            {
                "year": year,
                "keys": list(one.keys),
                "value": one.value,
                "note": one.note,
                "reason": one.reason,
            }
            for year, one in zip(years, line.figures, strict=True)
        ],
        "changes": [
            {
                "year": years[step.this],
                "since": years[step.last],
                "difference": change.difference,
                "percent": change.percent,
            }
            for step, change in zip(compared.steps, compared.changes(line), strict=True)
        ],
    }


# ---------------------------------------------------------------- the screen


def as_table(compared: Comparison, *, whole: bool) -> str:
    """Return the comparison as people read it.

    Args:
        compared: the comparison.
        whole: whether lines without any figure other than 0 are shown too.
    """
    sources = compared.told(side.file for side in compared.sides)
    title = click.style(compared.title(compared.form.name), bold=True)
    lines = [title, *map(screen.flat, sources)]
    if shown := comparison.shown(compared.lines, whole=whole):
        lines += ["", *_grid(compared, shown)]
    hint = words.say("cli.compare.hint")
    account = comparison.account(compared.lines, whole=whole, hint=hint)
    count = words.say("compare.account", count=len(compared.lines))
    return "\n".join([*lines, "", *account, *compared.gone(), count])


_Cells = tuple[str, ...]
"""Label, unit, the figure of each year, difference and per cent of each step, note."""


def _grid(compared: Comparison, shown: Sequence[Line]) -> Iterator[str]:
    """Yield the lines of the table under their sections and printed rows."""
    names, indicators = compared.names, compared.form.indicators
    lines: list[str | _Cells] = [_heads(compared)]
    for section, members in groupby(shown, lambda line: indicators[line.keys[0]].section):
        lines.append(click.style(section, bold=True))
        for printed, inner in groupby(members, lambda line: names[line].printed):
            lines += _printed_row(compared, printed, [(line, names[line]) for line in inner])
    cells = [line for line in lines if not isinstance(line, str)]
    places = [max(map(columns.width, column)) for column in zip(*cells, strict=True)]
    places[0] = min(places[0], _LABEL_PLACES)
    if len(compared.steps) > 1:
        yield _steps(compared, places)
    for line in lines:
        yield from [line] if isinstance(line, str) else _line(line, places)


def _heads(compared: Comparison) -> _Cells:
    heads: dict[str, str] = words.entry("compare.head")
    years = (words.say("compare.year", year=year) for year in compared.years)
    changes = (head for step in compared.steps for head in (heads["difference"], step.percent))
    return heads["name"], heads["measure"], *years, *changes, ""


def _steps(compared: Comparison, places: Sequence[int]) -> str:
    """Return the line above the headings that tells which years each change is between."""
    before = 2 + len(compared.years)
    parts = [" " * width for width in places[:before]]
    for number, step in enumerate(compared.steps):
        difference, percent = places[before + 2 * number : before + 2 * number + 2]
        parts.append(columns.right(step.name, difference + len(_GAP) + percent))
    return _GAP.join(parts)


def _printed_row(
    compared: Comparison, printed: str, lines: Sequence[tuple[Line, Name]]
) -> Iterator[str | _Cells]:
    """Yield the figures of a printed row, indented under its name where there are several."""
    if not printed or len(lines) == 1:
        for line, name in lines:
            yield _cells(compared, line, _INDENT + name.whole)
        return
    yield _INDENT + printed
    for line, name in lines:
        yield _cells(compared, line, 2 * _INDENT + name.figure)


def _cells(compared: Comparison, line: Line, label: str) -> _Cells:
    # The dot between two labels takes one place on some screens and two on others; a
    # full-width colon takes two on all.
    label = label.replace(words.say("definition.between"), words.say("cli.compare.between"))
    measure = compared.form.indicators[line.keys[0]].measure.name
    figures = ("" if one.reason else text.show(one.value) for one in line.figures)
    changes: list[str] = []
    for change in compared.changes(line):
        if not change.comparable:
            changes += [words.say("compare.none"), ""]
            continue
        grown, rate = change.difference, change.percent
        changes.append("" if grown is None else _sign(grown) + text.show(grown))
        changes.append("" if rate is None else f"{_sign(rate)}{rate:f}%")
    return label, measure, *figures, *changes, compared.note(line)


def _sign(number: Number) -> str:
    """Return the sign of growth; a fall has its own."""
    return "+" if number > 0 else ""


def _line(cells: _Cells, places: Sequence[int]) -> Iterator[str]:
    """Yield a line of the table: label and unit to the left, figures to the right, the note."""
    label, measure, *figures, note = cells
    first, *further = columns.folded(label, places[0])
    parts = [columns.left(first, places[0]), columns.left(measure, places[1])]
    parts += [columns.right(one, width) for one, width in zip(figures, places[2:-1], strict=True)]
    yield _GAP.join([*parts, note]).rstrip()
    indent = label[: len(label) - len(label.lstrip())]
    yield from (indent + rest for rest in further)
