"""What becomes of decisions: what is added by hand, and which of them change nothing."""

from toolkit import sums, words
from toolkit.boxes import Boxed
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Finding, finding
from toolkit.form import Form
from toolkit.record import Unit
from toolkit.roster import Cover, Member, Roster
from toolkit.submissions import Box, Entry
from toolkit.sums import Adjustment
from toolkit.units import plain

_NOT_USED = (Box.RETURNED, Box.UNREADABLE, Box.NOT_THIS_FORM)
"""Boxes of files that are not used, whatever anybody decided."""


def adjustments(
    form: Form, boxed: Boxed, roster: Roster | None, decisions: Decisions
) -> tuple[tuple[Adjustment, ...], tuple[Finding, ...]]:
    """Return what is added by hand, and M9 for what no unit can be found for.

    Args:
        form: the edition that is merged.
        boxed: all files in their boxes.
        roster: who must report; with one nothing is added for anybody else.
        decisions: what people decided.
    """
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
    if roster is not None:
        member = roster.named(called)
        return (member.unit, member) if member else None
    for entry in boxed.entries:
        record = entry.submission.record
        if record and plain(called) in {plain(record.unit.name), plain(record.unit.code)} - {""}:
            return record.unit, None
    return None


def idle(boxed: Boxed, roster: Roster | None, decisions: Decisions) -> tuple[Finding, ...]:
    """Return M10 for what was decided about files that are there and changed nothing.

    Args:
        boxed: all files in their boxes.
        roster: who must report.
        decisions: what people decided.
    """
    there = {entry.submission.digest: entry for entry in reversed(boxed.entries)}
    found = []
    for one in decisions.made:
        entry = there.get(one.digest) if one.digest else None
        if entry and (reason := _in_vain(one, entry, roster, decisions)):
            path, action = entry.submission.path, one.action.label
            found.append(finding("M10", number=one.number, action=action, path=path, reason=reason))
    return tuple(found)


def _in_vain(one: Decision, entry: Entry, roster: Roster | None, decisions: Decisions) -> str:
    """Return why a decision changed nothing about its file, "" where it did."""
    record = entry.submission.record
    if one.action is Action.REJECT and not (record and record.explanation(one.key)):
        return words.say("decision.idle.no_explanation")
    if one.action is not Action.USE or decisions.fate(one.digest) is not one:
        return ""
    if entry.box in _NOT_USED:
        return entry.reason
    if one.unit.name and roster is None:
        return words.say("decision.idle.no_roster", name=one.unit.name)
    return ""
