"""Tables of several years side by side, and what is said of them, on a screen as on a sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from toolkit import compare, timeline, words
from toolkit.compare import Name
from toolkit.form import Form
from toolkit.reading.summaries import Table
from toolkit.record import Unit
from toolkit.timeline import Change, Line
from toolkit.units import plain


@dataclass(frozen=True)
class Side:
    """One of the tables that are compared."""

    file: str
    table: Table

    def told(self, file: str) -> str:
        """Return whose figures these are and where they come from.

        Args:
            file: what the file is called there.
        """
        table = self.table
        who = table.unit.name
        if not who:
            who = words.say("compare.summary", counted=table.counted, units=table.units)
        return words.say("compare.side", who=who, edition=table.form, file=file)


class Step(NamedTuple):
    """Two of the years that are compared."""

    this: int
    """The number of the later year among all."""
    last: int
    name: str
    percent: str
    """What the growth from the one to the other is called."""


@dataclass(frozen=True)
class Comparison:
    """Tables of several years and what comes of setting them side by side."""

    form: Form
    """This year's edition."""
    years: tuple[int, ...]
    """This year first."""
    sides: tuple[Side, ...]
    lines: tuple[Line, ...]

    @cached_property
    def names(self) -> Mapping[Line, Name]:
        """Return what the lines are called."""
        return compare.names(self.form, self.lines)

    @cached_property
    def steps(self) -> Sequence[Step]:
        """Return what is subtracted: each year from the one after it, the first from the last."""
        numbers = range(len(self.years))
        return [self._step(*step) for step in dict.fromkeys([*pairwise(numbers), (0, numbers[-1])])]

    def _step(self, this: int, last: int) -> Step:
        years = self.years[this], self.years[last]
        percent = "percent" if years[0] - years[1] == 1 else "growth"
        return Step(
            this,
            last,
            words.say("compare.head.step", this=years[0], last=years[1]),
            words.say(f"compare.head.{percent}"),
        )

    def changes(self, line: Line) -> Sequence[Change]:
        """Return how a figure changed in each of the steps."""
        return [Change(line.figures[step.this], line.figures[step.last]) for step in self.steps]

    def title(self, name: str) -> str:
        """Return what is compared.

        Args:
            name: of the form, or of one of its tables.
        """
        *others, first = (words.say("compare.year", year=year) for year in self.years)
        told = words.say("compare.years", others=words.say("text.and").join(others), first=first)
        return words.say("compare.title", name=name, years=told)

    def role(self, number: int) -> str:
        """Return what one of the years is to the comparison."""
        if number > 1:
            return words.say("compare.year", year=self.years[number])
        return words.say("compare.role.last" if number else "compare.role.this")

    def told(self, files: Iterable[str]) -> Sequence[str]:
        """Return of each table whose figures it has and where they come from.

        Args:
            files: what the files are called there.
        """
        return [
            words.say("compare.told", role=self.role(number), side=side.told(file))
            for number, (side, file) in enumerate(zip(self.sides, files, strict=True))
        ]

    def note(self, line: Line) -> str:
        """Return what to bear in mind about a line, and for which years if not for all."""
        held: dict[str, list[int]] = defaultdict(list)
        for year, one in zip(self.years[1:], line.figures[1:], strict=True):
            if one.note:
                held[one.note].append(year)
        compared = sum(not one.reason for one in line.figures[1:])
        return words.say("compare.notes").join(
            note if len(years) == compared else _of_years(note, years)
            for note, years in held.items()
        )

    @property
    def notes(self) -> Sequence[str]:
        """Return what to bear in mind about the tables as a whole."""
        gaps = [
            words.say("compare.gap", this=this, last=last)
            for this, last in pairwise(self.years)
            if this - last > 1
        ]
        return [*gaps, *self._unlike()]

    def _unlike(self) -> Iterator[str]:
        """Yield in what a table of an earlier year is unlike this year's."""
        first = self.sides[0].table
        for number, side in enumerate(self.sides[1:], 1):
            then, roles = side.table, {"now": self.role(0), "then": self.role(number)}
            if _of_other_units(first.unit, then.unit):
                names = {"this": first.unit.name, "last": then.unit.name}
                yield words.say("compare.units", **roles, **names)
            summaries = not first.unit.name and not then.unit.name
            if summaries and first.counted != then.counted:
                counted = {"this": first.counted, "last": then.counted}
                yield words.say("compare.counted", **roles, **counted)

    def gone(self) -> Iterator[str]:
        """Yield how many figures of each earlier year have no line."""
        for number, side in enumerate(self.sides[1:], 1):
            met = {key for line in self.lines for key in line.figures[number].keys}
            values = side.table.values.items()
            if gone := sum(1 for key, value in values if value and key not in met):
                yield words.say("compare.gone", then=self.role(number), count=gone)


def shown(lines: Iterable[Line], *, whole: bool) -> Sequence[Line]:
    """Return the lines that have any figure other than 0.

    Args:
        lines: of a comparison.
        whole: whether those without are wanted too.
    """
    return [line for line in lines if whole or any(one.value for one in line.figures)]


def account(lines: Sequence[Line], *, whole: bool, hint: str = "") -> Iterator[str]:
    """Yield how many lines are left out, and why some cannot be compared.

    Args:
        lines: of a comparison.
        whole: whether those without any figure other than 0 are shown too.
        hint: how to see what is left out.
    """
    if hidden := len(lines) - len(shown(lines, whole=whole)):
        yield words.say("compare.hidden", count=hidden, hint=hint)
    reasons = [{one.reason for one in line.figures} for line in lines]
    for reason in dict.fromkeys(one.reason for line in lines for one in line.figures):
        if reason:
            count = sum(reason in found for found in reasons)
            yield words.say("compare.reason", count=count, reason=reason)


def _of_years(note: str, years: Iterable[int]) -> str:
    told = words.say("text.and").join(words.say("compare.year", year=year) for year in years)
    return words.say("compare.note", note=note, years=told)


def _of_other_units(one: Unit, other: Unit) -> bool:
    """Tell whether two units have different names; under one code that is a renaming."""
    codes, names = {plain(one.code), plain(other.code)}, {plain(one.name), plain(other.name)}
    renamed = len(codes) == 1 and "" not in codes
    return len(names) == 2 and "" not in names and not renamed


def compared(form: Form, sides: Sequence[Side]) -> Comparison:
    """Set tables of several years side by side.

    Args:
        form: the edition of the first table.
        sides: this year's table, then those of earlier years going back.

    Raises:
        Misplaced: the years are not known or do not go back one after the other.
    """
    tables = [side.table for side in sides]
    years = timeline.years(tables)
    return Comparison(form, years, tuple(sides), timeline.lines(form, tables[0], tables[1:]))
