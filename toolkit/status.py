"""Who has sent what: the table, the JSON, and the texts to remind units by; cli prints them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import click
import simplejson

from toolkit import columns, progress, screen, words
from toolkit.findings import Finding, Severity
from toolkit.merge import Summary
from toolkit.progress import Account, Standing, State
from toolkit.record import Unit
from toolkit.roster import Member
from toolkit.submissions import Box, Entry

_NEAR = 7
"""Days before the deadline from which a unit is reminded."""
_LISTED = 3
"""So many findings are quoted in a reminder; the marked workbook has them all."""
_NAME_PLACES = 28
_NAME_LENGTH = 80
_SILENT = (Box.UNREADABLE, Box.NOT_THIS_FORM)
"""Boxes of files that do not say whose they are."""
_RIVALS = (Box.ADOPTED, Box.CONFLICT)
"""Boxes of the returns of a unit of which somebody has to decide which one counts."""


@dataclass(frozen=True)
class Status:
    """How a collection stands on a day."""

    summary: Summary
    arrivals: Mapping[str, datetime]
    today: date

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Return how each unit stands."""
        return progress.standings(self.summary)

    @cached_property
    def account(self) -> Account:
        """Return how many have reported."""
        return progress.account(self.standings, self.arrivals)

    # ------------------------------------------------------------ JSON

    def as_json(self) -> str:
        """Return the one JSON object that ``status --json`` prints."""
        account = self.account
        content = {
            "form": self.summary.form.edition,
            "year": self.summary.year,
            "date": self.today.isoformat(),
            "expected": account.expected,
            "reported": account.reported,
            "in_time": account.in_time,
            "units": [self._unit(one) for one in self.standings],
            "vertical": [one.unit.name for one in progress.vertical(self.summary)],
            "files": [self._file(one) for one in self.summary.entries],
        }
        return str(simplejson.dumps(content, ensure_ascii=False, indent=2, use_decimal=True))

    def _unit(self, one: Standing) -> dict[str, Any]:
        member, arrived = one.member, one.arrived(self.arrivals)
        deadline = member.deadline if member else None
        return {
            "code": one.unit.code,
            "name": one.unit.name,
            "scope": str(member.scope) if member else None,
            "contact": member.contact if member else "",
            "state": str(one.state),
            "deadline": deadline.isoformat() if deadline else None,
            "arrived": _moment(arrived),
            "in_time": one.in_time(self.arrivals),
            "overdue": one.overdue(self.today, self.arrivals),
            "files": [entry.submission.path for entry in one.entries],
            "reminder": self.reminder(one),
        }

    def _file(self, one: Entry) -> dict[str, Any]:
        return {
            "path": one.submission.path,
            "digest": one.submission.digest,
            "arrived": _moment(self.arrivals.get(one.submission.path)),
            "box": str(one.box),
            "reason": one.reason,
            "unit": one.submission.record.unit.name if one.submission.record else "",
        }

    # ------------------------------------------------------------ text

    def as_text(self) -> str:
        """Return the table, the files that tell no unit, and the reminders."""
        form, year = self.summary.form, self.summary.year
        title = words.say("status.title", year=year, name=form.name, date=_day(self.today))
        lines = [click.style(title, bold=True), self._told(), "", *self._table()]
        silent = [one for one in self.summary.entries if one.box in _SILENT and not one.done]
        if silent:
            lines += ["", click.style(words.say("status.silent", count=len(silent)), bold=True)]
            lines += [_entry(one) for one in silent]
        if apart := progress.vertical(self.summary):
            names = words.say("text.and").join(one.unit.name for one in apart)
            lines += ["", words.say("status.vertical", count=len(apart), names=names)]
        return "\n".join([*lines, *self._reminders()])

    def _told(self) -> str:
        account = self.account
        told = words.say(
            "status.account" if self.summary.roster else "status.unlisted",
            expected=account.expected,
            reported=account.reported,
            percent=account.percent,
        )
        if account.in_time is not None:
            told += words.say(
                "status.in_time", count=account.in_time, percent=account.percent_in_time
            )
        counts = [
            words.say("status.count", state=state.label, count=count)
            for state in State
            if (count := sum(one.state is state for one in progress.listed(self.standings)))
        ]
        told += words.say("status.counts", counts=words.say("text.and").join(counts))
        return told + progress.strangers(self.summary)

    def _table(self) -> Iterator[str]:
        heads = tuple(words.entry("status.head").values())
        rows = [heads, *(self._row(one) for one in self.standings)]
        places = [max(map(columns.width, column)) for column in zip(*rows, strict=True)]
        places[1] = min(places[1], _NAME_PLACES)
        for row in rows:
            name, *further = columns.folded(row[1], places[1])
            cells = (row[0], name, *row[2:])
            padded = (columns.left(cell, to) for cell, to in zip(cells, places, strict=True))
            yield "  ".join(padded).rstrip()
            yield from (" " * (places[0] + 2) + rest for rest in further)

    def _row(self, one: Standing) -> tuple[str, ...]:
        deadline = one.member.deadline if one.member else None
        arrived = one.arrived(self.arrivals)
        in_time = one.in_time(self.arrivals)
        overdue = one.overdue(self.today, self.arrivals)
        late = words.say("status.late") if in_time is False or overdue else ""
        return (
            screen.flat(one.unit.code),
            _called(one),
            one.state.label,
            deadline.isoformat() if deadline else "",
            arrived.astimezone().date().isoformat() if arrived else "",
            late,
        )

    # ------------------------------------------------------------ reminders

    def _reminders(self) -> Iterator[str]:
        """Yield the texts to remind units by, those that are overdue apart from the others."""
        groups: dict[str, list[str]] = {"overdue": [], "near": [], "other": []}
        for one in self.standings:
            if told := self.reminder(one):
                groups[self._urgency(one)].append(told)
        for urgency, texts in groups.items():
            if texts:
                head = words.say(f"status.remind.{urgency}", count=len(texts))
                yield from ("", click.style(head, bold=True), *map(screen.flat, texts))

    def _urgency(self, one: Standing) -> str:
        deadline = one.member.deadline if one.member else None
        if deadline is None:
            return "other"
        if one.overdue(self.today, self.arrivals):
            return "overdue"
        return "near" if 0 <= (deadline - self.today).days <= _NEAR else "other"

    def reminder(self, one: Standing) -> str:
        """Return the text to send to a unit that owes something, "" for one that does not.

        Where a file stands under a name of the roster and under another unit's code, the unit of
        that name is asked, once.
        """
        form, year = self.summary.form, self.summary.year
        named = {"unit": _called(one), "year": year, "name": form.name, "due": self._due(one)}
        match one.state:
            case _ if self._namesake(one):
                return ""
            case State.MISSING if one.member in self._claimed:
                files = _names(self._claimed[one.member])
                return words.say("status.text.claimed", **named, files=files)
            case State.MISSING:
                return words.say("status.text.missing", **named)
            case State.RETURNED | State.WAITING if one.waiting:
                returned = [entry for entry in one.waiting if entry.box is Box.RETURNED]
                entry = (returned or one.waiting)[-1]
                which = "returned" if returned else "waiting"
                told = {"files": _names([entry]), "told": self._quoted(entry)}
                return words.say(f"status.text.{which}", **named, **told)
            case State.RETURNED | State.WAITING | State.CONFLICT:
                rivals = [entry for entry in one.entries if entry.box in _RIVALS]
                which = "conflict" if len(rivals) > 1 else "held"
                return words.say(f"status.text.{which}", **named, files=_names(rivals))
            case State.COUNTED:
                return ""

    def _namesake(self, one: Standing) -> Member | None:
        """Return the unit on the roster whose name a unit has that is not on it."""
        roster = self.summary.roster
        return roster.member(Unit(one.unit.name)) if roster and one.member is None else None

    @cached_property
    def _claimed(self) -> Mapping[Member | None, list[Entry]]:
        """Return the files in the name of a unit of which nobody can tell whether they are its."""
        found: dict[Member | None, list[Entry]] = {}
        for other in self.standings:
            if member := self._namesake(other):
                open_ = [entry for entry in other.entries if not entry.done]
                found.setdefault(member, []).extend(open_)
        return found

    def _due(self, one: Standing) -> str:
        """Return by when it was or is due; of a unit that is not late nothing once that is past."""
        deadline = one.member.deadline if one.member else None
        late = one.overdue(self.today, self.arrivals)
        if deadline is None or (self.today > deadline and not late):
            return ""
        told = {"date": _day(deadline), "days": (self.today - deadline).days}
        return words.say(f"status.text.{'overdue' if late else 'due'}", **told)

    def _quoted(self, entry: Entry) -> str:
        """Return the first things that are wrong with a file."""
        open_ = [one for one in entry.submission.findings if one.open]
        strictest = [one for one in open_ if one.severity is Severity.ERROR] or open_
        told = [self._placed(one) for one in strictest[:_LISTED]]
        if len(strictest) > _LISTED:
            told.append(words.say("status.text.more", count=len(strictest)))
        return "".join(told) or entry.reason

    def _placed(self, one: Finding) -> str:
        """Return a finding with its cell, and the sheet where a form has several."""
        if not one.cell:
            return one.message
        several = len(self.summary.form.tables) > 1
        which = "on_sheet" if several and one.sheet else "placed"
        place = {"sheet": one.sheet, "cell": one.cell}
        return words.say(f"status.text.{which}", **place, message=one.message)


def _called(one: Standing) -> str:
    """Return a unit's name in one line; of one that no office has, the beginning."""
    name = screen.flat(one.unit.name)
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"


def _names(entries: Iterable[Entry]) -> str:
    """Return files by the names that their unit knows, without the folders they were put into."""
    names = (entry.submission.path.rpartition("/")[2] for entry in entries)
    return words.say("text.and").join(dict.fromkeys(names))


def _entry(one: Entry) -> str:
    told = words.say("cli.merge.entry", path=one.submission.path, reason=one.reason)
    return screen.flat(told)


def _day(day: date) -> str:
    return words.say("status.day", year=day.year, month=day.month, day=day.day)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
