"""The year before: whose figures are known, and which return of this year is held against them.

A unit is found again by its code or its name. Where nobody can tell for sure which figures are
its own, or they cannot be relied on, its return is not held against any, and a notice says why.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit import alike, check, compare, definition, words
from toolkit.findings import Finding, finding, in_order
from toolkit.folder import Skipped
from toolkit.form import Form, Role
from toolkit.merge import merge
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Record, Unit
from toolkit.roster import Cover, Roster, Scope
from toolkit.submissions import Box, Entry, Submission
from toolkit.units import plain


class Unheld(Exception):
    """There are no figures of last year to hold a return against; the message is Chinese."""


class Register:
    """Tables found by the year and the unit they are of."""

    def __init__(self, tables: Iterable[Table]) -> None:
        """Enter each table under the code and the name of its unit."""
        self._tables: dict[tuple[int | None, str, str], list[Table]] = defaultdict(list)
        for table in tables:
            for kind, content in _known_by(table.unit):
                self._tables[table.year, kind, content].append(table)

    def like(self, unit: Unit, year: int) -> tuple[Table, ...]:
        """Return the tables of a year that may be a unit's: under its code or its name."""
        known = ((year, kind, content) for kind, content in _known_by(unit))
        found = (table for place in known for table in self._tables.get(place, ()))
        return tuple({id(table): table for table in found}.values())


def _known_by(unit: Unit) -> Iterator[tuple[str, str]]:
    for kind, content in (("code", plain(unit.code)), ("name", plain(unit.name))):
        if content:
            yield kind, content


@dataclass(frozen=True)
class Previous:
    """What units reported earlier; figures of several years may be among it."""

    used: tuple[Table, ...]
    unused: tuple[Table, ...] = ()
    """What is not to be relied on: returns with errors, or in conflict with each other."""
    files: tuple[tuple[int | None, Skipped], ...] = ()
    """The files that were not used, and why; with the year they are of, where they tell it."""

    @cached_property
    def years(self) -> Sequence[int]:
        """Return the years there are figures for."""
        return sorted({one.year for one in self.used if one.year is not None})

    def left_out(self, years: Collection[int]) -> tuple[Skipped, ...]:
        """Return the files of some years, or of no year that they tell, that were not used."""
        return tuple(file for year, file in self.files if year is None or year in years)

    def under(self, roster: Roster) -> "Previous":
        """Return the same under the codes and names of a roster; unknown units stay as they are.

        What covers only the own offices of a region that has others is not used any more.
        """
        used, unused = (
            tuple(replace(table, unit=roster.resolved(table.unit)) for table in tables)
            for tables in (self.used, self.unused)
        )
        partial = tuple(table for table in used if _partial(roster, table))
        reason = words.say("previous.partial", own=Cover.OWN.label, all=Cover.ALL.label)
        left_out = ((table.year, Skipped(table.unit.name, reason)) for table in partial)
        return Previous(
            tuple(table for table in used if table not in partial),
            (*unused, *partial),
            (*self.files, *left_out),
        )

    def of(self, unit: Unit, year: int) -> Table:
        """Return what a unit reported for a year.

        Raises:
            Unheld: nothing, nothing to be relied on, or nobody can tell which of several.
        """
        found = self._used.like(unit, year)
        if not found:
            raise Unheld(self._missing(unit, year))
        if len(found) > 1:
            names = words.say("text.and").join(sorted(_told(table.unit) for table in found))
            raise Unheld(words.say("previous.several", year=year, names=names))
        theirs = found[0].unit.code
        if plain(unit.code) and plain(theirs) and plain(unit.code) != plain(theirs):
            told = words.say("previous.other_code", year=year, theirs=theirs, ours=unit.code)
            raise Unheld(told)
        return found[0]

    def _missing(self, unit: Unit, year: int) -> str:
        if self._unused.like(unit, year):
            return words.say("previous.unused", year=year)
        if not self.years:
            return words.say("previous.nothing")
        if year not in self.years:
            years = words.say("text.and").join(map(str, self.years))
            return words.say("previous.years", wanted=year, found=years)
        return words.say("previous.missing", year=year)

    @cached_property
    def _used(self) -> Register:
        return Register(self.used)

    @cached_property
    def _unused(self) -> Register:
        return Register(self.unused)


def _partial(roster: Roster, table: Table) -> bool:
    member = roster.member(table.unit)
    others = member.scope is Scope.BELOW if member else bool(roster.within(Scope.BELOW))
    return table.cover == Cover.OWN and others


def _told(unit: Unit) -> str:
    return words.say("previous.unit", name=unit.name, code=unit.code or words.say("text.blank"))


# ---------------------------------------------------------------- what is known


def of_tables(name: str, tables: Sequence[Table]) -> Previous:
    """Return what one file tells: a return, or each unit of a summary.

    Args:
        name: how outputs call the file.
        tables: one for each unit.
    """
    faulty = tuple(table for table in tables if table.errors)
    reasons = [words.say("previous.errors", count=len(table.errors)) for table in faulty]
    return Previous(
        tuple(table for table in tables if not table.errors),
        faulty,
        tuple((None, Skipped(name, reason)) for reason in reasons),
    )


def of_returns(sent: Iterable[Submission]) -> Previous:
    """Return what a folder of returns tells: of each unit the return that would be summed."""
    groups: dict[tuple[str, int], list[Submission]] = defaultdict(list)
    entries: list[Entry] = []
    for one in sent:
        if one.refusal is not None:
            entries.append(Entry(one, Box.UNREADABLE, one.refusal.message))
        elif one.record is not None and one.record.year is not None:
            groups[one.record.form, one.record.year].append(one)
        else:
            entries.append(Entry(one, Box.RETURNED, words.say("previous.no_year")))
    for (edition, year), returns in groups.items():
        entries += merge(definition.load(edition), year, returns).entries
    entries.sort(key=lambda entry: entry.submission.place)
    waiting = [entry for entry in entries if not entry.box.settled]
    return Previous(
        tuple(_tables(entry for entry in entries if entry.box is Box.ADOPTED)),
        tuple(_tables(waiting)),
        tuple((_year(entry), Skipped(entry.submission.path, entry.reason)) for entry in waiting),
    )


def _tables(entries: Iterable[Entry]) -> Iterator[Table]:
    for entry in entries:
        if (told := entry.submission.record) is not None:
            yield Table(told.form, told.year, told.values, told.unit, cover=entry.submission.cover)


def _year(entry: Entry) -> int | None:
    record = entry.submission.record
    return record.year if record else None


# ---------------------------------------------------------------- what is held against it


def _asks(form: Form) -> bool:
    """Tell whether an edition has rules that need last year's figures."""
    return any(rule.needs_last_year for rule in form.rules)


def held_against(previous: Previous, sent: Submission) -> Submission:
    """Return a submission with what contradicts its unit's figures of the year before.

    One that cannot be held against them carries a notice (R29) that says why.
    """
    if sent.record is None or sent.record.year is None:
        return sent
    form = definition.load(sent.record.form).held_to(sent.cover)
    found = _contradictions(form, previous, sent.record, sent.record.year - 1)
    located = [one.in_file(sent.path) for one in found]
    return replace(sent, findings=in_order([*sent.findings, *located])) if located else sent


def _contradictions(form: Form, previous: Previous, record: Record, year: int) -> Sequence[Finding]:
    try:
        table = previous.of(record.unit, year)
        last = comparable(form, table)
    except Unheld as unheld:
        if not _asks(form):  # only a copy of last year's could have been found
            return []
        notice = finding("R29", key=Role.UNIT_NAME, reason=str(unheld))
        return [check.placed(notice, record)]
    return [*_again(form, record, table), *check.year_to_year(form, record, last)]


def _again(form: Form, record: Record, table: Table) -> Iterator[Finding]:
    """Yield M5 for a return whose figures are last year's."""
    if record.values == table.values and alike.telling(form, record.values):
        yield check.placed(finding("M5", year=table.year), record)


def comparable(form: Form, table: Table) -> Figures:
    """Return the figures of a table that mean the same in a form.

    What the definition sets beside each other under other names, or only as sums, is near
    enough for a comparison, and not for a rule.

    Raises:
        Unheld: there are none.
    """
    pairs = compare.pairs(form, table.form, table.values)
    same = {
        key for pair in pairs if pair.now == pair.then and len(pair.now) == 1 for key in pair.now
    }
    if not same:
        raise Unheld(words.say("previous.edition", year=table.year, edition=table.form))
    return {key: table.values[key] for key in form.indicators if key in same}
