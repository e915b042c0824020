"""Year on year: the merged figures beside those of the year before, and swings to explain (M6)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit import compare, previous, sums, text, words
from toolkit.compare import Row
from toolkit.decisions import Decisions
from toolkit.findings import Finding, Number, finding
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.previous import Previous, Unheld
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Record, Unit

_PERCENT = 50
"""A change of at least so many per cent is listed for explanation."""
_LEAST = 5
"""Smaller changes are no swing, whatever they are in per cent: few cases vary by chance."""
_NAMED = 3
"""So many units are named for a swing."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit has to do with a swing."""

    name: str
    this: Number | None
    last: Number | None
    explanation: str
    """The 说明 the unit gave in that row."""


@dataclass(frozen=True, slots=True)
class Swing:
    """A change that somebody has to explain."""

    row: Row
    shares: tuple[Share, ...]
    """The units with the largest changes in the same direction."""
    finding: Finding
    """M6, about the first indicator of the row."""


@dataclass(frozen=True)
class YearOnYear:
    """The merged figures beside those of the year before."""

    last: Table
    """The sums of the year before."""
    rows: tuple[Row, ...]
    swings: tuple[Swing, ...]

    @property
    def settled(self) -> bool:
        """Tell whether every swing is explained."""
        return not any(one.finding.open for one in self.swings)


def last_total(known: Previous, year: int) -> Table | None:
    """Return the sum of what units reported for the year before; None if nothing is known.

    Where editions are mixed, the one that most units used is added up.

    Args:
        known: what is known of earlier years.
        year: the year that is merged.
    """
    tables = [one for one in known.used if one.year == year - 1]
    if not tables:
        return None
    edition, _ = max(Counter(one.form for one in tables).items(), key=lambda one: (one[1], one[0]))
    same = [one for one in tables if one.form == edition]
    values = sums.totals([one.values for one in same])
    counted, units = (sum(one.counted for one in found) for found in (same, tables))
    return Table(edition, year - 1, values, counted=counted, units=units)


def last_figures(form: Form, known: Previous, year: int) -> Figures | None:
    """Return last year's sums as far as rules may use them; None if there are none.

    Args:
        form: the edition that is merged.
        known: what is known of earlier years.
        year: the year that is merged.
    """
    total = last_total(known, year)
    if total is None:
        return None
    try:
        return previous.comparable(form, total)
    except Unheld:
        return None


def year_on_year(summary: Summary, known: Previous, decisions: Decisions) -> YearOnYear | None:
    """Hold the merged figures of the whole region against those of the year before.

    Args:
        summary: what merging found.
        known: what is known of earlier years.
        decisions: what people decided; they may have explained a swing.

    Returns:
        None where nothing of the year before is known.
    """
    last = last_total(known, summary.year)
    if last is None:
        return None
    form = summary.form
    rows = compare.compare(form, summary.whole.totals, last.form, last.values)
    moved = [row for row in rows if _swings(row)]
    units = _units(summary, known) if moved else ()
    return YearOnYear(last, rows, tuple(_swing(form, units, row, decisions) for row in moved))


def _swings(row: Row) -> bool:
    """Tell whether a figure changed much, or from nothing to something, or back."""
    change = Decimal(row.difference or 0)
    if not change or not row.this or not row.last:
        return bool(change)
    much = row.percent is None or abs(row.percent) >= _PERCENT
    return much and abs(change) >= _LEAST


class _Unit(NamedTuple):
    """A unit in both years; in one of them it may not have reported."""

    name: str
    this: Record | None
    last: Table | None


def _units(summary: Summary, known: Previous) -> Sequence[_Unit]:
    """Return the units of both years; none where last year's figures are not of single units."""
    year = summary.year - 1
    found = [
        _Unit(one.record.unit.name, one.record, _before(known, one.record.unit, year))
        for one in summary.adopted
    ]
    taken = {id(one.last) for one in found if one.last is not None}
    gone = [one for one in known.used if one.year == year and id(one) not in taken]
    return [*found, *(_Unit(one.unit.name, None, one) for one in gone)] if taken else ()


def _before(known: Previous, unit: Unit, year: int) -> Table | None:
    try:
        return known.of(unit, year)
    except Unheld:
        return None


def _swing(form: Form, units: Sequence[_Unit], row: Row, decisions: Decisions) -> Swing:
    grown = (row.difference or 0) > 0
    shares = sorted((_share(one, row) for one in units), key=_change, reverse=grown)
    moved = tuple(one for one in shares if _change(one) and (_change(one) > 0) == grown)[:_NAMED]
    told = [
        words.say("swings.share", name=one.name, this=text.show(one.this), last=text.show(one.last))
        for one in moved
    ]
    names = compare.names(form, [row])
    found = finding(
        "M6",
        key=row.keys[0],
        value=row.this,
        label=names[row].whole,
        this=text.show(row.this),
        last=text.show(row.last),
        shares=words.say("swings.shares", shares="；".join(told)) if told else "",
    )
    return Swing(row, moved, decisions.answered(found))


def _share(unit: _Unit, row: Row) -> Share:
    this, last = unit.this, unit.last
    return Share(
        unit.name,
        compare.total(this.values, row.keys) if this else None,
        compare.total(last.values, row.then) if last else None,
        this.explanation(row.keys[0]) if this else "",
    )


def _change(share: Share) -> Decimal:
    return Decimal(share.this or 0) - Decimal(share.last or 0)
