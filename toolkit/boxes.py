"""The box in which each of the files found ends; exactly one, with the reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import alike, words
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Finding, Severity, finding, in_order
from toolkit.form import Form
from toolkit.record import Record, Unit
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Box, Entry, Submission, Valid
from toolkit.units import Key, Units
from toolkit.versions import Version, newest, versions

_ANOTHER_FORM = "R10"


@dataclass(frozen=True)
class Boxed:
    """All files in their boxes, by path, and whose they are."""

    entries: tuple[Entry, ...]
    units: Units

    @property
    def adopted(self) -> tuple[tuple[Entry, Record], ...]:
        """Return the returns that count."""
        return tuple(
            (entry, entry.submission.record)
            for entry in self.entries
            if entry.box is Box.ADOPTED and entry.submission.record is not None
        )


def boxed(
    form: Form, submissions: Iterable[Submission], roster: Roster | None, decisions: Decisions
) -> Boxed:
    """Put every file in its box; the result does not depend on their order.

    Args:
        form: the edition that is merged.
        submissions: all files found, held against edition and year.
        roster: who must report; without it units are told apart by what returns say.
        decisions: what people decided.
    """
    sent = [decisions.applied(_of(roster, one)) for one in sorted(submissions, key=_place)]
    fates = {one.path: decisions.fate(one.digest) for one in sent}
    set_aside = [_set_aside(form, one, _member(roster, one), fates[one.path]) for one in sent]
    waiting = [one for one, entry in zip(sent, set_aside, strict=True) if entry is None]
    valid = [(one, one.record) for one in waiting if one.record is not None]
    reported = [one.record.unit for one in sent if one.record is not None]
    units = Units(reported, [record.unit for _, record in valid])
    entries = [entry for entry in set_aside if entry is not None]
    for returns in _by_unit(units, valid).values():
        entries += _decide(form, units, roster, fates, returns)
    found = Boxed(tuple(sorted(entries, key=lambda entry: entry.submission.place)), units)
    return _compared(form, found, fates, decisions)


def _place(sent: Submission) -> tuple[str, str]:
    return sent.place


# ---------------------------------------------------------------- whose it is


def under(roster: Roster | None, sent: Submission) -> Submission:
    """Return a file under the name and code its unit has on the roster."""
    if roster is None or sent.record is None:
        return sent
    return replace(sent, record=replace(sent.record, unit=roster.resolved(sent.record.unit)))


def _of(roster: Roster | None, sent: Submission) -> Submission:
    """Return a file under the name on the roster, with what its scope there contradicts."""
    resolved = under(roster, sent)
    found = [one.in_file(sent.path) for one in _out_of_scope(sent, _member(roster, resolved))]
    return replace(resolved, findings=in_order([*sent.findings, *found])) if found else resolved


def _member(roster: Roster | None, sent: Submission) -> Member | None:
    return roster.member(sent.record.unit) if roster and sent.record else None


def _out_of_scope(sent: Submission, member: Member | None) -> Iterator[Finding]:
    """Yield R50 for a region below that sent the sum of its own offices only."""
    if member and member.scope is Scope.BELOW and sent.cover == Cover.OWN:
        yield finding("R50", own=Cover.OWN.label, all=Cover.ALL.label)


def _doubt(units: Units, roster: Roster | None, unit: Unit) -> str:
    """Return why nobody can tell whose a valid return is, "" where it is clear."""
    return (roster.match(unit).doubt if roster else "") or units.doubt(unit)


# ---------------------------------------------------------------- one file


def _set_aside(
    form: Form, sent: Submission, member: Member | None, fate: Decision | None
) -> Entry | None:
    """Return the box of a file that is not to be summed; None for one that may be."""
    left_out = fate if fate and fate.action is Action.LEAVE_OUT else None
    if sent.refusal is not None:
        another = sent.refusal.code == _ANOTHER_FORM
        box = Box.NOT_THIS_FORM if another else Box.UNREADABLE
        return Entry(sent, box, sent.refusal.message, member, done=left_out is not None)
    if left_out is not None:
        reason = words.say("box.reason.left_out", told=left_out.told())
        return Entry(sent, Box.RETURNED, reason, member, done=True)
    another_edition = sent.record is not None and sent.record.form != form.edition
    if sent.errors or another_edition:  # nobody can decide that other figures count
        reason = words.say("box.reason.returned", **_faults(sent))
        return Entry(sent, Box.RETURNED, reason, member)
    return None


def _faults(sent: Submission) -> Mapping[str, object]:
    """Return how many errors a return has, and their codes."""
    errors = [one for one in sent.findings if one.severity is Severity.ERROR]
    codes = words.say("text.and").join(dict.fromkeys(one.code for one in errors))
    return {"count": len(errors), "codes": codes}


def _by_unit(units: Units, returns: Iterable[Valid]) -> Mapping[Key, list[Valid]]:
    groups: dict[Key, list[Valid]] = defaultdict(list)
    for sent, record in returns:
        groups[units.key(record.unit)].append((sent, record))
    return groups


# ---------------------------------------------------------------- the returns of one unit


def _decide(
    form: Form,
    units: Units,
    roster: Roster | None,
    fates: Mapping[str, Decision | None],
    returns: Sequence[Valid],
) -> Iterator[Entry]:
    """Yield the boxes of the valid returns of one unit, given in order of their paths."""
    found = versions(form, _decided_first(returns, fates))
    chosen, fate = _chosen(found, fates)
    latest = chosen or newest(found)
    for version in found:
        sent, record = version.first
        member = _member(roster, sent)
        duplicate = words.say("box.reason.duplicate", path=sent.path)
        yield from (Entry(copy, Box.DUPLICATE, duplicate, member) for copy in version.copies)
        doubt = _doubt(units, roster, record.unit)
        if member is not None and member.scope is Scope.VERTICAL:
            yield Entry(sent, Box.RETURNED, words.say("box.reason.vertical"), member)
        elif latest is None or (doubt and chosen is None):
            reason = doubt or words.say("box.reason.undated", count=len(found))
            yield Entry(sent, Box.CONFLICT, reason, member)
        elif version is latest:
            yield Entry(sent, Box.ADOPTED, _adopted(sent, fate), member)
        elif fate and not fates[sent.path] and version.newer_than(latest):
            # It may have come since; whoever decided may not have known it.
            reason = words.say("box.reason.newer", path=latest.first[0].path, told=fate.told())
            yield Entry(sent, Box.CONFLICT, reason, member)
        else:
            yield Entry(sent, Box.SUPERSEDED, _superseded(latest.first[0].path, fate), member)


def _decided_first(
    returns: Sequence[Valid], fates: Mapping[str, Decision | None]
) -> Sequence[Valid]:
    """Return returns with those first that somebody decided to use, the last decision first."""

    def number(valid: Valid) -> int:
        fate = fates[valid[0].path]
        return fate.number if fate else 0

    return sorted(returns, key=number, reverse=True)


def _chosen(
    found: Sequence[Version], fates: Mapping[str, Decision | None]
) -> tuple[Version | None, Decision | None]:
    """Return the version that somebody decided to use, and that decision; the last one counts."""
    first = found[0]  # what was decided upon stands first
    fate = fates[first.first[0].path]
    return (first, fate) if fate else (None, None)


def _superseded(path: str, fate: Decision | None) -> str:
    if fate is None:
        return words.say("box.reason.superseded", path=path)
    return words.say("box.reason.decided_other", path=path, told=fate.told())


def _adopted(sent: Submission, fate: Decision | None) -> str:
    if fate is not None:
        return words.say("box.reason.decided", told=fate.told())
    waiting = sum(one.open for one in sent.findings)
    if waiting:
        return words.say("box.reason.waiting", count=waiting)
    return words.say("box.reason.adopted")


# ---------------------------------------------------------------- what counts, compared


def _compared(
    form: Form, found: Boxed, fates: Mapping[str, Decision | None], decisions: Decisions
) -> Boxed:
    """Return the boxes after the returns that count were held against each other."""
    returns = [(entry.submission, record) for entry, record in found.adopted]
    doubts = alike.sums(form, returns)
    doubts = {path: doubt for path, doubt in doubts.items() if fates[path] is None}
    equals = alike.equal(form, [one for one in returns if one[0].path not in doubts])
    entries = [_held(entry, doubts, equals, fates, decisions) for entry in found.entries]
    return _corrected(form, replace(found, entries=tuple(entries)))


def _corrected(form: Form, found: Boxed) -> Boxed:
    """Return the boxes with those returns done that a newer one of the unit corrects."""
    adopted = {
        found.units.key(record.unit): _version(form, entry.submission, record)
        for entry, record in found.adopted
    }

    def settled(entry: Entry) -> Entry:
        record = entry.submission.record
        if entry.box is not Box.RETURNED or entry.done:
            return entry
        if record is None or record.form != form.edition:
            return entry
        counts = adopted.get(found.units.key(record.unit))
        if counts is None or not counts.newer_than(_version(form, entry.submission, record)):
            return entry
        path = counts.first[0].path
        reason = words.say("box.reason.corrected", **_faults(entry.submission), path=path)
        return replace(entry, done=True, reason=reason)

    return replace(found, entries=tuple(map(settled, found.entries)))


def _version(form: Form, sent: Submission, record: Record) -> Version:
    (version,) = versions(form, [(sent, record)])
    return version


def _held(
    entry: Entry,
    doubts: Mapping[str, str],
    equals: Mapping[str, tuple[Finding, ...]],
    fates: Mapping[str, Decision | None],
    decisions: Decisions,
) -> Entry:
    sent = entry.submission
    if entry.box is not Box.ADOPTED:
        return entry
    if sent.path in doubts:
        return replace(entry, box=Box.CONFLICT, reason=doubts[sent.path])
    if sent.path not in equals:
        return entry
    more = [one.in_file(sent.path) for one in equals[sent.path]]
    sent = decisions.applied(replace(sent, findings=in_order([*sent.findings, *more])))
    return replace(entry, submission=sent, reason=_adopted(sent, fates[sent.path]))
