"""Merging: every file in its box, and the sums of those that count."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import boxes, check, definition, sums, words
from toolkit.boxes import Boxed
from toolkit.check import Expected
from toolkit.decisions import Decision, Decisions
from toolkit.findings import Finding, finding, in_order
from toolkit.form import Form
from toolkit.record import Figures, Unit
from toolkit.roster import Cover, Member, Roster
from toolkit.submissions import Box, Entry, Submission
from toolkit.sums import Adjustment, Counted, Sums
from toolkit.units import Key, plain

_ANY = Expected()
_NONE = Decisions()


@dataclass(frozen=True)
class Summary:
    """The result of merging: every file in its box, and the sums of those that count."""

    form: Form
    year: int
    entries: tuple[Entry, ...]
    """All files, by path."""
    adopted: tuple[Counted, ...]
    """The returns that count, one a unit, in the order of the roster, else by code and name."""
    units: int
    """How many units reported or should have, whether or not their return counts; one whose
    returns were all left out did not report."""
    sums: Mapping[Cover, Sums]
    """Of the whole region; of the own offices too, where the roster has units below."""
    adjustments: tuple[Adjustment, ...] = ()
    unadjusted: tuple[Finding, ...] = ()
    """The adjustments that could not be added to anything (M9)."""
    roster: Roster | None = None

    @property
    def counted(self) -> int:
        """Return how many units count."""
        return len(self.adopted)

    @property
    def whole(self) -> Sums:
        """Return the sums of the whole region."""
        return self.sums[Cover.ALL]

    @property
    def region(self) -> Unit:
        """Return for whom the returns were added up; nobody in particular without a roster."""
        return self.roster.region if self.roster else Unit()

    @property
    def missing(self) -> tuple[Member, ...]:
        """Return the units on the roster of which nothing was found but what was left out."""
        known = {entry.member for entry in self.entries if not entry.done}
        expected = self.roster.expected if self.roster else ()
        return tuple(one for one in expected if one not in known)

    @property
    def boxes(self) -> Mapping[Box, tuple[Entry, ...]]:
        """Return the files in each box that holds any; together they are the files found."""
        held = {box: tuple(entry for entry in self.entries if entry.box is box) for box in Box}
        return {box: entries for box, entries in held.items() if entries}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with the merged figures."""
        broken = (one for found in self.sums.values() for one in found.findings)
        return (*self.unadjusted, *broken)

    @property
    def settled(self) -> bool:
        """Tell whether nobody has to send, send back, decide or explain anything any more."""
        found = [*self.findings, *(f for one in self.adopted for f in one.submission.findings)]
        waiting = self.missing or any(one.open for one in found)
        return not waiting and all(entry.settled for entry in self.entries)


class Undecided(Exception):
    """The returns do not tell which edition and year to merge; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The edition and year that are merged."""

    form: str
    year: int


def expected(submissions: Iterable[Submission], given: Expected = _ANY) -> Decided:
    """Return the edition and year asked for, or those that most returns carry.

    Args:
        submissions: the files found.
        given: what the caller asks for; only returns that agree with it are looked at.

    Raises:
        Undecided: no return carries both, or two pairs are equally frequent.
    """
    if given.form and given.year is not None:
        return Decided(given.form, given.year)
    carried = Counter(
        (sent.record.form, sent.record.year)
        for sent in submissions
        if sent.record is not None
        and sent.record.year is not None
        and given.form in ("", sent.record.form)
        and given.year in (None, sent.record.year)
    )
    if not carried:
        raise Undecided(words.say("merge.nothing"))
    most = max(carried.values())
    frequent = sorted(pair for pair, count in carried.items() if count == most)
    if len(frequent) > 1:
        pairs = [words.say("merge.pair", form=form, year=year) for form, year in frequent]
        raise Undecided(words.say("merge.tie", pairs=words.say("text.and").join(pairs), count=most))
    return Decided(*frequent[0])


def held_against(wanted: Expected, sent: Submission) -> Submission:
    """Return a submission with what contradicts the edition and year asked for."""
    if sent.record is None:
        return sent
    form = definition.load(sent.record.form)
    found = [
        check.placed(one, sent.record).in_file(sent.path)
        for one in check.unexpected(form, sent.record, wanted)
    ]
    return replace(sent, findings=in_order([*sent.findings, *found])) if found else sent


def merge(
    form: Form,
    year: int,
    submissions: Iterable[Submission],
    *,
    roster: Roster | None = None,
    decisions: Decisions = _NONE,
    last: Figures | None = None,
) -> Summary:
    """Put every file in its box and add up the returns that count.

    The result does not depend on the order of the files.

    Args:
        form: the edition to merge; returns of another one are sent back.
        year: the year to merge; returns for another one are sent back.
        submissions: all files found.
        roster: who must report; without it units are told apart by what returns say.
        decisions: what people decided.
        last: the merged figures of the year before, for the rules that need them.
    """
    wanted = Expected(form.edition, year)
    sent = [held_against(wanted, one) for one in submissions]
    boxed = boxes.boxed(form, sent, roster, decisions)
    counted = tuple(_in_order(boxed, roster))
    added, unknown = _adjustments(form, boxed, roster, decisions)
    region = roster.region if roster else Unit()
    return Summary(
        form,
        year,
        boxed.entries,
        counted,
        _units(boxed, roster),
        {
            cover: _sums(form, year, region, cover, counted, added, decisions, last)
            for cover in _covers(roster)
        },
        added,
        unknown,
        roster,
    )


def _adjustments(
    form: Form, boxed: Boxed, roster: Roster | None, decisions: Decisions
) -> tuple[tuple[Adjustment, ...], tuple[Finding, ...]]:
    """Return what is added by hand, and M9 for what no unit can be found for."""
    added, unknown = [], []
    for one in decisions.adjustments:
        found = _adjusted(one.unit.name, boxed, roster)
        if wrong := _unfit(form, one, found):
            told = words.say(f"sums.unfit.{wrong}", name=one.unit.name, key=one.key)
            unknown.append(finding("M9", key=one.key, number=one.number, reason=told))
        elif found is not None:
            added.append(sums.adjustment(form, one, *found))
    return tuple(added), tuple(unknown)


def _unfit(form: Form, made: Decision, found: tuple[Unit, Member | None] | None) -> str:
    """Return why an adjustment is added to no sum, as in ``sums.unfit``; "" for one that is."""
    if found is None:
        return "unit"
    _, member = found
    if member is not None and not Cover.ALL.has(member.scope):
        return "scope"
    return "" if made.key in form.indicators else "indicator"


def _adjusted(
    called: str, boxed: Boxed, roster: Roster | None
) -> tuple[Unit, Member | None] | None:
    """Return the unit that goes by a name or a code, on the roster or among the returns."""
    if not plain(called):
        return None
    for asked in (Unit(called), Unit(code=called)):
        if member := roster.member(asked) if roster else None:
            return member.unit, member
    for entry in boxed.entries:
        record = entry.submission.record
        if record and plain(called) in {plain(record.unit.name), plain(record.unit.code)}:
            return record.unit, entry.member
    return None


def _covers(roster: Roster | None) -> Sequence[Cover]:
    """Return what is added up: the own offices apart only where there are others."""
    below = roster is not None and any(
        Cover.ALL.has(m.scope) > Cover.OWN.has(m.scope) for m in roster.members
    )
    return (Cover.ALL, Cover.OWN) if below else (Cover.ALL,)


def _sums(
    form: Form,
    year: int,
    region: Unit,
    cover: Cover,
    counted: Sequence[Counted],
    adjustments: Sequence[Adjustment],
    decisions: Decisions,
    last: Figures | None,
) -> Sums:
    found = sums.summed(form, cover, counted, adjustments)
    # Last year's figures are those of the whole region.
    before = last if cover is Cover.ALL else None
    broken = sums.broken(form, year, region, found, counted, before)
    return replace(found, findings=tuple(map(decisions.answered, broken)))


def _in_order(boxed: Boxed, roster: Roster | None) -> Sequence[Counted]:
    """Return what counts in the order of the roster; units that are not on it follow by code."""
    places = {one: place for place, one in enumerate(roster.members)} if roster else {}
    counted = [Counted(entry.submission, record, entry.member) for entry, record in boxed.adopted]

    def place(one: Counted) -> tuple[int, bool, Key]:
        key = boxed.units.key(one.record.unit)
        listed = places[one.member] if one.member else len(places)
        return listed, not key[0], key

    return sorted(counted, key=place)


def _units(boxed: Boxed, roster: Roster | None) -> int:
    """Return how many units reported or should have."""
    listed = {one.unit for one in roster.expected} if roster else set()
    others = {
        boxed.units.key(entry.submission.record.unit)
        for entry in boxed.entries
        if entry.submission.record is not None and entry.member is None and not entry.done
    }
    return len(listed) + sum(any(key) for key in others)
