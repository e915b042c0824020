"""Merging: every file in its box, and the sums of those that count."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import boxes, check, definition, effects, sums, words
from toolkit.boxes import Boxed
from toolkit.check import Expected
from toolkit.decisions import Decisions
from toolkit.findings import Finding, in_order
from toolkit.form import Form
from toolkit.record import Unit
from toolkit.roster import Cover, Member, Roster
from toolkit.submissions import Box, Entry, Submission
from toolkit.sums import Adjustment, Counted, LastYear, Sums

_ANY = Expected()
_NONE = Decisions()
Before = Callable[[Sequence[Counted]], LastYear | None]
"""Tells which sums of last year may be held against those of the returns that count, if any."""


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
    """How many units there are: those that are expected; without a roster those that reported,
    whether or not their return counts, unless all that they sent was left out."""
    strangers: int
    """How many reported that are not on the roster; none of them counts."""
    sums: Mapping[Cover, Sums]
    """Of the whole region; of the own offices too, where the roster has units below."""
    adjustments: tuple[Adjustment, ...] = ()
    unadjusted: tuple[Finding, ...] = ()
    """The adjustments that could not be added to anything (M9)."""
    idle: tuple[Finding, ...] = ()
    """The decisions on files that changed nothing (M10)."""
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
        return (*self.unadjusted, *self.idle, *broken)

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
    last: Before = lambda _: None,
) -> Summary:
    """Put every file in its box and add up the returns that count.

    The result does not depend on the order of the files.

    Args:
        form: the edition to merge; returns of another one are sent back.
        year: the year to merge; returns for another one are sent back.
        submissions: all files found.
        roster: who must report; without it units are told apart by what returns say.
        decisions: what people decided.
        last: the sums of the year before, for the rules that need them.
    """
    wanted = Expected(form.edition, year)
    sent = [held_against(wanted, one) for one in submissions]
    boxed = boxes.boxed(form, sent, roster, decisions)
    counted = tuple(_in_order(boxed, roster))
    added, unknown = effects.adjustments(form, boxed, roster, decisions)
    region = roster.region if roster else Unit()
    before = last(counted)
    return Summary(
        form,
        year,
        boxed.entries,
        counted,
        len(roster.expected) if roster else _offices(boxed),
        _offices(boxed) if roster else 0,
        {
            cover: _sums(form, year, region, cover, counted, added, decisions, before)
            for cover in _covers(roster)
        },
        added,
        unknown,
        effects.idle(boxed, roster, decisions),
        roster,
    )


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
    last: LastYear | None,
) -> Sums:
    found = sums.summed(form, cover, counted, adjustments)
    # Last year's figures are those of the whole region.
    before = last if cover is Cover.ALL else None
    broken = sums.broken(form, year, region, found, counted, before)
    return replace(found, questions=tuple(map(decisions.answered, broken)))


def _in_order(boxed: Boxed, roster: Roster | None) -> Sequence[Counted]:
    """Return what counts in the order of the roster; without one by code, then by name."""
    places = {one: place for place, one in enumerate(roster.members)} if roster else {}
    counted = [Counted(entry.submission, record, entry.member) for entry, record in boxed.adopted]

    def place(one: Counted) -> tuple[object, ...]:
        if one.member is not None:
            return (places[one.member],)
        key = boxed.owners[one.submission.path].key
        return not key[0], key

    return sorted(counted, key=place)


def _offices(boxed: Boxed) -> int:
    """Return how many units that are on no roster reported; those left out did not."""
    others = {
        boxed.owners[entry.submission.path].key
        for entry in boxed.entries
        if entry.submission.record is not None and entry.member is None and not entry.done
    }
    return sum(any(key) for key in others)
