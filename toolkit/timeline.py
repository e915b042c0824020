"""Figures of several years side by side: those of this year's form and of earlier years.

Each earlier year is held against this year's form directly. What a definition does not say of two
editions is not inferred from a third that stands between them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit import compare, words
from toolkit.compare import Row
from toolkit.findings import Number
from toolkit.form import Form, row_of
from toolkit.reading.summaries import Table


class Misplaced(Exception):
    """Tables do not go back year by year; the message is Chinese."""

    def __init__(self, reason: str, number: int) -> None:
        """Keep the reason, and which of the tables is in the wrong place."""
        super().__init__(reason)
        self.number = number


@dataclass(frozen=True, slots=True)
class Figure:
    """What a line says of one year."""

    value: Number | None
    keys: tuple[str, ...] = ()
    """Figures of that year's form that mean the same; empty where none do."""
    note: str = ""
    """What to bear in mind when comparing."""
    reason: str = ""
    """Why it cannot be compared; "" where it can."""


@dataclass(frozen=True, slots=True)
class Change:
    """From the figure of one year to that of a later one."""

    this: Figure
    last: Figure

    @property
    def comparable(self) -> bool:
        """Tell whether both years can be compared with this year's form."""
        return not (self.this.reason or self.last.reason)

    @property
    def difference(self) -> Number | None:
        """Return by how much the figure grew; None where either year has none."""
        return compare.difference(self.this.value, self.last.value)

    @property
    def percent(self) -> Decimal | None:
        """Return the growth in per cent, to one decimal; None where it would mean nothing."""
        return compare.percent(self.this.value, self.last.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of this year's form, or several whose sum alone an earlier year has."""

    keys: tuple[str, ...]
    figures: tuple[Figure, ...]
    """One for each year, this year first."""


def years(tables: Iterable[Table]) -> tuple[int, ...]:
    """Return the years of tables, each earlier than the one before it.

    Raises:
        Misplaced: a year is not known, or not earlier than the one before it.
    """
    found: list[int] = []
    for number, table in enumerate(tables):
        if table.year is None:
            raise Misplaced(words.say("compare.no_year"), number)
        if found and table.year >= found[-1]:
            wrong = words.say("compare.order", this=found[-1], last=table.year)
            raise Misplaced(wrong, number)
        found.append(table.year)
    return tuple(found)


def lines(form: Form, this: Table, earlier: Sequence[Table]) -> tuple[Line, ...]:
    """Set the figures of several years side by side.

    Every figure of the form stands in at least one line: on its own where an earlier year has
    it on its own or no earlier year has it at all, and in a sum where one has only the sum.

    Args:
        form: the edition of this year's table.
        this: this year's table.
        earlier: those of earlier years.
    """
    rows = [compare.compare(form, this.values, one.form, one.values) for one in earlier]
    found = [{key: row for row in members for key in row.keys} for members in rows]
    told = []
    for keys in _in_order(form, _groups(form, rows)):
        now = Figure(compare.total(this.values, keys), keys)
        then = (_figure(*one, keys) for one in zip(earlier, found, strict=True))
        told.append(Line(keys, (now, *then)))
    return tuple(told)


def _figure(table: Table, rows: Mapping[str, Row], keys: tuple[str, ...]) -> Figure:
    """Return what an earlier year has for figures of this year's form.

    Args:
        table: the earlier year's.
        rows: that year's comparison with this year, by the key of each figure.
        keys: the figures that are added up.
    """
    parts = [*dict.fromkeys(rows[key] for key in keys)]
    if reason := next((row.reason for row in parts if row.reason), ""):
        return Figure(None, reason=reason)
    if any(not set(row.keys) <= set(keys) for row in parts):
        return Figure(None, reason=words.say("compare.together", then=table.form))
    then = tuple(key for row in parts for key in row.then)
    notes = dict.fromkeys(row.note for row in parts if row.note)
    return Figure(compare.total(table.values, then), then, words.say("compare.notes").join(notes))


def _groups(form: Form, years: Iterable[Iterable[Row]]) -> Sequence[tuple[str, ...]]:
    """Return what is compared with at least one year; figures that never are stand alone."""
    groups = dict.fromkeys(row.keys for rows in years for row in rows if not row.reason)
    compared = {key for keys in groups for key in keys}
    return [*groups, *((key,) for key in form.indicators if key not in compared)]


def _in_order(form: Form, groups: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """Return groups of figures in printed order, a sum before its parts.

    What shares its printed rows stays together, as it does in the form.
    """
    place = {key: number for number, key in enumerate(form.indicators)}

    def first(keys: tuple[str, ...]) -> int:
        return min(place[key] for key in keys)

    def printed(keys: tuple[str, ...]) -> frozenset[str]:
        return frozenset(map(row_of, keys))

    starts: dict[frozenset[str], int] = {}
    for keys in groups:
        starts[printed(keys)] = min(first(keys), starts.get(printed(keys), len(place)))

    def order(keys: tuple[str, ...]) -> tuple[int, ...]:
        rows = printed(keys)
        return starts[rows], -len(rows), first(keys), -len(keys)

    return sorted(groups, key=order)
