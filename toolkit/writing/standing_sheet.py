"""The 报送情况 sheet: how each unit stands, and how many of how many have reported.

When files came is not told: the same returns must give the same bytes on any day.
"""

from collections.abc import Sequence

from toolkit import progress, words
from toolkit.findings import Finding, Severity
from toolkit.merge import Summary
from toolkit.progress import Standing, State
from toolkit.roster import Member
from toolkit.submissions import Box
from toolkit.writing import lists
from toolkit.writing.sheets import Content, Sheet

_COLUMNS = {
    "number": 6.0,
    "code": 11.0,
    "unit_name": 30.0,
    "scope": 9.0,
    "deadline": 11.0,
    "contact": 22.0,
    "standing": 15.0,
    "adopted": 36.0,
    "errors": 9.0,
    "waiting": 9.0,
}
_BY_ROSTER = {"scope", "deadline", "contact"}
"""Columns that only a roster can fill."""
_HEADER = 2


def write(sheet: Sheet, summary: Summary) -> None:
    """Write how the units stand.

    Args:
        sheet: an empty sheet.
        summary: what merging found.
    """
    listed = summary.roster is not None
    columns = {name: w for name, w in _COLUMNS.items() if listed or name not in _BY_ROSTER}
    found = progress.standings(summary)
    rows = [_unit(number, one, listed=listed) for number, one in enumerate(found, 1)]
    sheet.title(words.say("summary.standing", name=summary.form.name, year=summary.year))
    sheet.remark(1, _account(summary, found))
    lists.write(sheet, _HEADER, columns, rows, frozen=3)
    state = list(columns).index("standing")
    colours = {
        one.label: lists.WRONG if one in (State.RETURNED, State.MISSING) else lists.OPEN
        for one in State
        if one is not State.COUNTED
    }
    lists.highlight(sheet, range(_HEADER + 1, _HEADER + 1 + len(rows)), state, colours)
    _vertical(sheet, _HEADER + len(rows) + 2, progress.vertical(summary), columns)


def _account(summary: Summary, found: Sequence[Standing]) -> str:
    account = progress.account(found)
    return words.say(
        "status.account" if summary.roster else "status.unlisted",
        expected=account.expected,
        reported=account.reported,
        percent=account.percent,
    ) + progress.strangers(summary)


def _unit(number: int, one: Standing, *, listed: bool) -> Sequence[Content]:
    counts = [entry.submission.path for entry in one.entries if entry.box is Box.ADOPTED]
    open_ = [found for found in _found(one) if found.open]
    errors = sum(found.severity is Severity.ERROR for found in open_)
    roster = _of_roster(one.member) if listed else ()
    told = (number, one.unit.code, one.unit.name, *roster, one.state.label)
    return *told, "".join(counts), errors or "", (len(open_) - errors) or ""


def _of_roster(member: Member | None) -> Sequence[Content]:
    if member is None:
        return "", "", ""
    return member.scope.label, member.deadline or "", member.contact


def _found(one: Standing) -> Sequence[Finding]:
    """Return what was found in the files that are not overtaken by others."""
    waiting = [entry for entry in one.entries if not progress.overtaken(entry)]
    return [found for entry in waiting for found in entry.submission.all_findings]


def _vertical(sheet: Sheet, row: int, members: Sequence[Member], columns: lists.Columns) -> None:
    """Name the units under vertical management apart: nobody waits for them (M8)."""
    if not members:
        return
    sheet.remark(row, words.say("summary.vertical", count=len(members)))
    for number, one in enumerate(members, row + 1):
        told = {"code": one.unit.code, "unit_name": one.unit.name, "contact": one.contact}
        told["scope"] = one.scope.label
        lists.row(sheet, number, columns, [told.get(name, "") for name in columns])
