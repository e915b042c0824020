"""Like for like: which of last year's figures this year's sums can stand beside.

While units that are expected do not count yet, theirs are left out of last year's sums too. Of a
mere total nothing can be left out; until everybody counts, nothing follows from it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from toolkit import previous, sums
from toolkit.form import Form
from toolkit.previous import Previous, Unheld
from toolkit.reading.summaries import Table
from toolkit.record import Unit
from toolkit.roster import Roster
from toolkit.sums import Both, Counted, LastYear


@dataclass(frozen=True)
class Basis:
    """Last year's sums beside those of the returns that count."""

    total: Table
    """Without the units that do not count yet, where last year's figures are of single units."""
    units: tuple[Both, ...]
    """Every unit of either year; none where last year's figures are not of single units."""
    waiting: int
    """How many units on the roster do not count yet; 0 without a roster."""
    alike: bool
    """Whether both years are of the same units, as far as anybody knows."""


def basis(
    known: Previous, year: int, roster: Roster | None, counted: Sequence[Counted]
) -> Basis | None:
    """Return the sums of the year before for the units that count this year.

    Units that are on no roster any more stay in them, as those that are new stay in this year's.
    Where editions are mixed, the one that most units used is added up.

    Args:
        known: what is known of earlier years.
        year: the year that is merged.
        roster: who must report.
        counted: the returns that count.

    Returns:
        None where nothing of the year before is known.
    """
    tables = [one for one in known.used if one.year == year - 1]
    if not tables:
        return None
    members = {one.member for one in counted}
    waiting = [one for one in roster.expected if one not in members] if roster else []
    owners = [roster.member(one.unit) if roster else None for one in tables]
    kept = [
        one for one, owner in zip(tables, owners, strict=True) if owner is None or owner in members
    ]
    used = _of_one_edition(kept or tables)
    single = any(owners)
    total = _total(used, kept, year)
    units = _units(known, used if kept else (), year, counted, single=single)
    return Basis(total, units, len(waiting), single or not waiting)


def last_year(
    form: Form, known: Previous, year: int, roster: Roster | None, counted: Sequence[Counted]
) -> LastYear | None:
    """Return last year's sums as far as rules may use them; None if there are none.

    Args:
        form: the edition that is merged.
        known: what is known of earlier years.
        year: the year that is merged.
        roster: who must report.
        counted: the returns that count.
    """
    found = basis(known, year, roster, counted)
    if found is None or not found.alike or not found.total.counted:
        return None
    try:
        return LastYear(previous.comparable(form, found.total), found.units)
    except Unheld:
        return None


def _of_one_edition(tables: Sequence[Table]) -> Sequence[Table]:
    counts = Counter(one.form for one in tables)
    edition, _ = max(counts.items(), key=lambda one: (one[1], one[0]))
    return [one for one in tables if one.form == edition]


def _total(used: Sequence[Table], kept: Sequence[Table], year: int) -> Table:
    """Return the sum of tables of one edition; without any that is kept, all of it is blank."""
    figures = sums.totals([one.values for one in used])
    if not kept:
        figures = dict.fromkeys(figures)
    counted = sum(one.counted for one in used) if kept else 0
    units = sum(one.counted for one in kept)
    return Table(used[0].form, year - 1, figures, counted=counted, units=units)


def _units(
    known: Previous,
    used: Collection[Table],
    year: int,
    counted: Sequence[Counted],
    *,
    single: bool,
) -> tuple[Both, ...]:
    """Return the units of both years, first those that count; none where no unit is known.

    Args:
        known: what is known of earlier years.
        used: what is in last year's sums.
        year: the year that is merged.
        counted: the returns that count.
        single: whether last year's figures are known to be of single units.
    """
    rest = {id(one): one for one in used}
    found = []
    for one in counted:
        table = rest.pop(id(_before(known, one.record.unit, year - 1)), None)
        found.append(Both(one.record.unit.name, one, table.values if table else {}))
    if not single and len(rest) == len(used):
        return ()
    return (*found, *(Both(one.unit.name, None, one.values) for one in rest.values()))


def _before(known: Previous, unit: Unit, year: int) -> Table | None:
    try:
        return known.of(unit, year)
    except Unheld:
        return None
