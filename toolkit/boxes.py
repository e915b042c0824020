"""The box in which each of the files found ends; exactly one, with the reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit import alike, check, choice, definition, words
from toolkit.choice import Fates
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Finding, Severity, finding, in_order
from toolkit.form import Form
from toolkit.owners import Owner, owners
from toolkit.record import Record
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Box, Entry, Submission, Valid
from toolkit.units import Key
from toolkit.versions import Version, versions

_ANOTHER_FORM = "R10"
_UNTOUCHED = "F10"
_NONE = Decisions()


@dataclass(frozen=True)
class Boxed:
    """All files in their boxes, by path, and whose they are."""

    entries: tuple[Entry, ...]
    owners: Mapping[str, Owner]
    """Whose each return is, by path."""

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
    found = sorted(submissions, key=_place)
    sent = [decisions.applied(_of(roster, one, decisions)) for one in found]
    fates = {one.path: decisions.fate(one.digest) for one in sent}
    set_aside = {
        one.path: entry for one in sent if (entry := _set_aside(form, roster, one, fates[one.path]))
    }
    returns = [(one, one.record) for one in sent if one.record is not None]
    valid = [(one, record) for one, record in returns if one.path not in set_aside]
    owned = owners(roster, returns, {one.path for one, _ in valid})
    entries = [_whose(entry, owned) for entry in set_aside.values()]
    for of_one in _by_office(owned, valid).values():
        unknown = roster is not None and owned[of_one[0][0].path].member is None
        decide = choice.unknown if unknown else choice.decide
        entries += [_whose(entry, owned) for entry in decide(form, owned, fates, of_one)]
    entries.sort(key=lambda entry: entry.submission.place)
    return _compared(form, Boxed(tuple(entries), owned), fates, decisions)


def _whose(entry: Entry, owned: Mapping[str, Owner]) -> Entry:
    owner = owned.get(entry.submission.path)
    return replace(entry, member=owner.member) if owner else entry


def _place(sent: Submission) -> tuple[str, str]:
    return sent.place


# ---------------------------------------------------------------- whose it is


def under(roster: Roster | None, sent: Submission, decisions: Decisions = _NONE) -> Submission:
    """Return a file under the name, code and level its unit has on the roster.

    With the level, what is wrong with the file may change.

    Args:
        roster: who must report.
        sent: the file as it was read and checked.
        decisions: what people decided; they may have said whose a file is.
    """
    if roster is None or sent.record is None:
        return sent
    before, fate = sent.record, decisions.fate(sent.digest)
    decided = roster.named(fate.unit.name) if fate else None
    record = replace(before, unit=roster.resolved(decided.unit if decided else before.unit))
    if record.unit.level == before.unit.level:
        return replace(sent, record=record)
    form = definition.load(record.form).held_to(sent.cover)
    said, holds = (
        [found.in_file(sent.path) for found in check.by_level(form, one)]
        for one in (before, record)
    )
    kept = [one for one in sent.findings if one not in said]
    return replace(sent, record=record, findings=in_order([*kept, *holds]))


def _of(roster: Roster | None, sent: Submission, decisions: Decisions) -> Submission:
    """Return a file under the name on the roster, with what its scope there contradicts."""
    resolved = under(roster, sent, decisions)
    found = [one.in_file(sent.path) for one in _out_of_scope(sent, _member(roster, resolved))]
    return replace(resolved, findings=in_order([*resolved.findings, *found])) if found else resolved


def _member(roster: Roster | None, sent: Submission) -> Member | None:
    return roster.member(sent.record.unit) if roster and sent.record else None


def _out_of_scope(sent: Submission, member: Member | None) -> Iterator[Finding]:
    """Yield R50 for a region below that sent the sum of its own offices only."""
    if member and member.scope is Scope.BELOW and sent.cover == Cover.OWN:
        yield finding("R50", own=Cover.OWN.label, all=Cover.ALL.label)


# ---------------------------------------------------------------- one file


def _set_aside(
    form: Form, roster: Roster | None, sent: Submission, fate: Decision | None
) -> Entry | None:
    """Return the box of a file that is not to be summed; None for one that may be."""
    left_out = fate is not None and fate.action is Action.LEAVE_OUT
    told = words.say("box.reason.left_out", told=fate.told()) if fate and left_out else ""
    if sent.refusal is not None:
        another = sent.refusal.code == _ANOTHER_FORM
        box = Box.NOT_THIS_FORM if another else Box.UNREADABLE
        return Entry(sent, box, told or sent.refusal.message, done=left_out)
    if left_out:
        return Entry(sent, Box.RETURNED, told, done=True)
    if roster is not None and sent.record is not None and roster.is_region(sent.record.unit):
        reason = words.say("box.reason.own_region", name=roster.region.name)
        return Entry(sent, Box.NOT_THIS_FORM, reason, done=True)
    another_edition = sent.record is not None and sent.record.form != form.edition
    if sent.errors or another_edition:  # nobody can decide that other figures count
        return Entry(sent, Box.RETURNED, words.say("box.reason.returned", **_faults(sent)))
    return None


def _faults(sent: Submission) -> Mapping[str, object]:
    """Return how many errors a return has, and their codes."""
    errors = [one for one in sent.findings if one.severity is Severity.ERROR]
    codes = words.say("text.and").join(dict.fromkeys(one.code for one in errors))
    return {"count": len(errors), "codes": codes}


def _by_office(
    owned: Mapping[str, Owner], returns: Iterable[Valid]
) -> Mapping[Member | Key, list[Valid]]:
    groups: dict[Member | Key, list[Valid]] = defaultdict(list)
    for sent, record in returns:
        groups[owned[sent.path].office].append((sent, record))
    return groups


# ---------------------------------------------------------------- what counts, compared


def _compared(form: Form, found: Boxed, fates: Fates, decisions: Decisions) -> Boxed:
    """Return the boxes after the returns that count were held against each other."""
    returns = [(entry.submission, record) for entry, record in found.adopted]
    doubts = alike.sums(form, returns)
    doubts = {path: doubt for path, doubt in doubts.items() if fates[path] is None}
    equals = alike.equal(form, [one for one in returns if one[0].path not in doubts])
    entries = [_held(entry, doubts, equals, fates, decisions) for entry in found.entries]
    return _corrected(form, replace(found, entries=tuple(entries)))


def _corrected(form: Form, found: Boxed) -> Boxed:
    """Return the boxes with those returns done that another one of the unit makes up for."""
    adopted = {
        found.owners[entry.submission.path].office: _version(form, entry.submission, record)
        for entry, record in found.adopted
    }

    def settled(entry: Entry) -> Entry:
        record = entry.submission.record
        if entry.box is not Box.RETURNED or entry.done:
            return entry
        if record is None or record.form != form.edition:
            return entry
        counts = adopted.get(found.owners[entry.submission.path].office)
        if counts is None or not _makes_up(counts, _version(form, entry.submission, record)):
            return entry
        path = counts.first[0].path
        reason = words.say("box.reason.corrected", **_faults(entry.submission), path=path)
        return replace(entry, done=True, reason=reason)

    return replace(found, entries=tuple(map(settled, found.entries)))


def _makes_up(counts: Version, returned: Version) -> bool:
    """Tell whether nothing is left to do about a return since another one counts.

    An untouched form never was one; one without a date is taken to be the older, unless it says
    that it was saved later.
    """
    untouched = any(one.code == _UNTOUCHED for one in returned.first[0].findings)
    undated = counts.filed is not None and returned.filed is None
    return untouched or counts.newer_than(returned) or (undated and not returned.newer_than(counts))


def _version(form: Form, sent: Submission, record: Record) -> Version:
    (version,) = versions(form, [(sent, record)])
    return version


def _held(
    entry: Entry,
    doubts: Mapping[str, str],
    equals: Mapping[str, tuple[Finding, ...]],
    fates: Fates,
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
    return replace(entry, submission=sent, reason=choice.adopted(sent, fates[sent.path]))
