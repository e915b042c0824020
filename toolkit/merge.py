"""Merging: the box in which each of the files found ends, and the sums of those that count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import check, definition, text, words
from toolkit.check import Expected
from toolkit.findings import Number, in_order
from toolkit.form import Form
from toolkit.record import Figures, Record, Unit
from toolkit.submissions import Box, Entry, Submission, Valid
from toolkit.units import Key, Units
from toolkit.versions import newest, versions

_ANOTHER_FORM = "R10"
_ANY = Expected()


@dataclass(frozen=True)
class Summary:
    """The result of merging: every file in its box, and the sums of those that count."""

    form: Form
    year: int
    entries: tuple[Entry, ...]
    """All files, by path."""
    adopted: tuple[Valid, ...]
    """The returns that count, one a unit, by unit code and name."""
    units: int
    """How many units reported, whether or not their return counts."""
    totals: Figures
    """Sum of every indicator; None where no unit filled it in."""
    blanks: Mapping[str, int]
    """How many units left an indicator blank."""
    nothings: Mapping[str, int]
    """How many units wrote a word for nothing (无) in its place."""

    @property
    def counted(self) -> int:
        """Return how many units count."""
        return len(self.adopted)

    @property
    def boxes(self) -> Mapping[Box, tuple[Entry, ...]]:
        """Return the files in each box that holds any; together they are the files found."""
        held = {box: tuple(entry for entry in self.entries if entry.box is box) for box in Box}
        return {box: entries for box, entries in held.items() if entries}

    @property
    def settled(self) -> bool:
        """Tell whether nobody has to send back, decide or explain anything any more."""
        waiting = any(finding.open for sent, _ in self.adopted for finding in sent.findings)
        return not waiting and all(box.settled for box in self.boxes)


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


def merge(form: Form, year: int, submissions: Iterable[Submission]) -> Summary:
    """Put every file in its box and add up the returns that count.

    The result does not depend on the order of the files.

    Args:
        form: the edition to merge; returns of another one are sent back.
        year: the year to merge; returns for another one are sent back.
        submissions: all files found.
    """
    wanted = Expected(form.edition, year)
    sent = [held_against(wanted, one) for one in sorted(submissions, key=_place)]
    valid = [(one, one.record) for one in sent if one.record is not None and not one.errors]
    reported = [one.record.unit for one in sent if one.record is not None]
    units = Units(reported, [record.unit for _, record in valid])
    entries = [entry for one in sent if (entry := _set_aside(one)) is not None]
    for returns in _by_unit(units, valid).values():
        entries += _decide(form, units, returns)
    entries.sort(key=lambda entry: entry.submission.place)
    adopted = sorted(_adopted(entries), key=lambda pair: _unit_order(units, pair[1].unit))
    records = [record for _, record in adopted]
    return Summary(
        form,
        year,
        tuple(entries),
        tuple(adopted),
        len({key for unit in reported if any(key := units.key(unit))}),
        {key: _total(key, records) for key in form.indicators},
        {key: sum(_blank(record, key) for record in records) for key in form.indicators},
        {key: sum(bool(record.nothing(key)) for record in records) for key in form.indicators},
    )


def _place(sent: Submission) -> tuple[str, str]:
    return sent.place


# ---------------------------------------------------------------- boxes


def _set_aside(sent: Submission) -> Entry | None:
    """Return the box of a file that is not a valid return; None for one that is."""
    if sent.refusal is not None:
        another = sent.refusal.code == _ANOTHER_FORM
        box = Box.NOT_THIS_FORM if another else Box.UNREADABLE
        return Entry(sent, box, sent.refusal.message)
    if sent.errors:
        codes = words.say("text.and").join(dict.fromkeys(one.code for one in sent.errors))
        reason = words.say("box.reason.returned", count=len(sent.errors), codes=codes)
        return Entry(sent, Box.RETURNED, reason)
    return None


def _by_unit(units: Units, returns: Iterable[Valid]) -> Mapping[Key, list[Valid]]:
    groups: dict[Key, list[Valid]] = defaultdict(list)
    for sent, record in returns:
        groups[units.key(record.unit)].append((sent, record))
    return groups


def _decide(form: Form, units: Units, returns: Sequence[Valid]) -> Iterator[Entry]:
    """Yield the boxes of the valid returns of one unit, given in order of their paths."""
    found = versions(form, returns)
    latest = newest(found)
    for version in found:
        sent, record = version.first
        duplicate = words.say("box.reason.duplicate", path=sent.path)
        yield from (Entry(copy, Box.DUPLICATE, duplicate) for copy in version.copies)
        doubt = units.doubt(record.unit)
        if doubt or latest is None:
            reason = doubt or words.say("box.reason.undated", count=len(found))
            yield Entry(sent, Box.CONFLICT, reason)
        elif version is latest:
            yield Entry(sent, Box.ADOPTED, _adopted_reason(sent))
        else:
            path = latest.first[0].path
            yield Entry(sent, Box.SUPERSEDED, words.say("box.reason.superseded", path=path))


def _adopted_reason(sent: Submission) -> str:
    waiting = sum(finding.open for finding in sent.findings)
    if waiting:
        return words.say("box.reason.waiting", count=waiting)
    return words.say("box.reason.adopted")


# ---------------------------------------------------------------- sums


def _adopted(entries: Iterable[Entry]) -> Iterator[Valid]:
    for entry in entries:
        if entry.box is Box.ADOPTED and entry.submission.record is not None:
            yield entry.submission, entry.submission.record


def _unit_order(units: Units, unit: Unit) -> tuple[bool, Key]:
    """Sort by code; units without one follow by name."""
    key = units.key(unit)
    return not key[0], key


def _total(key: str, records: Iterable[Record]) -> Number | None:
    filled = [value for record in records if (value := record.values[key]) is not None]
    return text.exact(sum(filled)) if filled else None


def _blank(record: Record, key: str) -> bool:
    return record.values[key] is None and not record.nil and not record.nothing(key)
