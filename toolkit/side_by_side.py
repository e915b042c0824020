"""The comparison of two years as a table on the screen, and as JSON; cli prints it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import click
import simplejson

from toolkit import columns, compare, screen, text, words
from toolkit.compare import Name, Row
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.reading.summaries import Table

_LABEL_PLACES = 36
"""Longer labels go on in a further line, so that the table fits into 80 places."""
_INDENT = "  "


@dataclass(frozen=True)
class Side:
    """One of the two tables that are compared."""

    file: str
    table: Table

    def told(self) -> str:
        """Return whose figures these are and where they come from."""
        table = self.table
        who = table.unit.name
        if not who:
            who = words.say("cli.compare.summary", counted=table.counted, units=table.units)
        told = words.say("cli.compare.side", who=who, edition=table.form, file=self.file)
        return screen.flat(told)

    def as_json(self) -> dict[str, Any]:
        """Return what there is to know about the table, its figures left out."""
        table = self.table
        return {
            "file": self.file,
            "form": table.form,
            "year": table.year,
            "unit": {"name": table.unit.name, "code": table.unit.code},
            "counted": table.counted,
            "units": table.units,
        }


@dataclass(frozen=True)
class Comparison:
    """Two tables and what comes of setting them side by side."""

    form: Form
    """This year's edition."""
    this: Side
    last: Side
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def as_json(self) -> str:
        """Return the one JSON object that ``compare --json`` prints."""
        names = compare.names(self.form, self.rows)
        content = {
            "this": self.this.as_json(),
            "last": self.last.as_json(),
            "notes": list(self.notes),
            "rows": [self._row(row, names[row]) for row in self.rows],
        }
        return str(simplejson.dumps(content, ensure_ascii=False, indent=2, use_decimal=True))

    def _row(self, row: Row, name: Name) -> dict[str, Any]:
        first = self.form.indicators[row.keys[0]]
        return {
            "keys": list(row.keys),
            "then": list(row.then),
            "name": name.whole,
            "section": first.section,
            "measure": first.measure.name,
            "this": row.this,
            "last": row.last,
            "difference": row.difference,
            "percent": row.percent,
            "note": row.note,
            "reason": row.reason,
        }

    def as_table(self, *, whole: bool) -> str:
        """Return the comparison as people read it.

        Args:
            whole: whether rows without any figure other than 0 are shown too.
        """
        shown = [row for row in self.rows if whole or row.this or row.last]
        title = words.say("cli.compare.title", name=self.form.name, **self._years)
        lines = [
            click.style(title, bold=True),
            words.say("cli.compare.this", side=self.this.told()),
            words.say("cli.compare.last", side=self.last.told()),
        ]
        if shown:
            lines += ["", *_grid(self.form, shown, self._years)]
        return "\n".join([*lines, "", *self._account(len(shown))])

    @property
    def _years(self) -> dict[str, int | None]:
        return {"this": self.this.table.year, "last": self.last.table.year}

    def _account(self, shown: int) -> Iterator[str]:
        """Yield what the table leaves out, and why something in it cannot be compared."""
        if hidden := len(self.rows) - shown:
            yield words.say("cli.compare.hidden", count=hidden)
        for reason in dict.fromkeys(row.reason for row in self.rows if row.reason):
            count = sum(row.reason == reason for row in self.rows)
            yield words.say("cli.compare.reason", count=count, reason=reason)
        met = {key for row in self.rows for key in row.then}
        gone = [key for key, value in self.last.table.values.items() if value and key not in met]
        if gone:
            yield words.say("cli.compare.gone", count=len(gone))
        yield words.say("cli.compare.account", count=len(self.rows))


# ---------------------------------------------------------------- the grid

_Cells = tuple[str, ...]
"""Label, unit, this year, last year, difference, per cent, note."""


def _grid(form: Form, rows: Sequence[Row], years: Mapping[str, int | None]) -> Iterator[str]:
    """Yield the lines of the table under their sections and printed rows."""
    names = compare.names(form, rows)
    heads = words.entry("cli.compare.head")
    lines: list[str | _Cells] = [(*(head.format(**years) for head in heads.values()), "")]
    for section, members in groupby(rows, lambda row: form.indicators[row.keys[0]].section):
        lines.append(click.style(section, bold=True))
        for printed, inner in groupby(members, lambda row: names[row].printed):
            lines += _printed_row(form, printed, [(row, names[row]) for row in inner])
    cells = [line for line in lines if not isinstance(line, str)]
    places = [max(map(columns.width, column)) for column in zip(*cells, strict=True)]
    places[0] = min(places[0], _LABEL_PLACES)
    for line in lines:
        yield from [line] if isinstance(line, str) else _line(line, places)


def _printed_row(
    form: Form, printed: str, rows: Sequence[tuple[Row, Name]]
) -> Iterator[str | _Cells]:
    """Yield the figures of a printed row, indented under its name where there are several."""
    if not printed or len(rows) == 1:
        for row, name in rows:
            yield _cells(form, row, _INDENT + name.whole)
        return
    yield _INDENT + printed
    for row, name in rows:
        yield _cells(form, row, 2 * _INDENT + name.figure)


def _cells(form: Form, row: Row, label: str) -> _Cells:
    # The dot between two labels takes one place on some screens and two on others; a
    # full-width colon takes two on all.
    label = label.replace(words.say("definition.between"), words.say("cli.compare.between"))
    measure = form.indicators[row.keys[0]].measure.name
    if row.reason:
        return label, measure, text.show(row.this), "", words.say("cli.compare.none"), "", ""
    difference = "" if row.difference is None else _sign(row.difference) + text.show(row.difference)
    percent = "" if row.percent is None else f"{_sign(row.percent)}{row.percent:f}%"
    return label, measure, text.show(row.this), text.show(row.last), difference, percent, row.note


def _sign(number: Number) -> str:
    """Return the sign of growth; a fall has its own."""
    return "+" if number > 0 else ""


def _line(cells: _Cells, places: Sequence[int]) -> Iterator[str]:
    """Yield a line of the table: label and unit to the left, figures to the right, the note."""
    label, measure, *figures, note = cells
    first, *further = columns.folded(label, places[0])
    parts = [columns.left(first, places[0]), columns.left(measure, places[1])]
    parts += [columns.right(one, width) for one, width in zip(figures, places[2:-1], strict=True)]
    yield "  ".join([*parts, note]).rstrip()
    indent = label[: len(label) - len(label.lstrip())]
    yield from (indent + rest for rest in further)
