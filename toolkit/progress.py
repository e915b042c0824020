"""How far the collection has come: how each unit stands, how many reported, how many in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from toolkit import words
from toolkit.merge import Summary
from toolkit.record import Unit
from toolkit.roster import Member, Scope
from toolkit.submissions import Box, Entry
from toolkit.units import Key, Units

Arrivals = Mapping[str, datetime]
"""When each file came, by path. Never part of what must be the same bytes."""
_UNKNOWN: Arrivals = {}

_READ = frozenset({Box.ADOPTED, Box.SUPERSEDED, Box.DUPLICATE, Box.CONFLICT})
"""Boxes of returns without errors."""


class State(StrEnum):
    """How a unit stands."""

    COUNTED = "counted"
    """Its return counts, and nothing is open."""
    WAITING = "waiting"
    """Its return counts; something has still to be explained, or a newer one to be corrected or
    decided upon."""
    CONFLICT = "conflict"
    """Somebody has to decide which of its returns counts."""
    RETURNED = "returned"
    """What it sent has to be corrected."""
    MISSING = "missing"
    """Nothing that can be told to be its own."""

    @property
    def label(self) -> str:
        """Return what the state is called."""
        return words.say(f"progress.{self}")

    @property
    def reported(self) -> bool:
        """Tell whether the unit's return counts."""
        return self in (State.COUNTED, State.WAITING)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one unit stands."""

    unit: Unit
    member: Member | None
    """The unit on the roster; None without one, or where it is not on it."""
    entries: tuple[Entry, ...]
    """Its files, by path."""

    @property
    def state(self) -> State:
        """Return how the unit stands."""
        boxes = {entry.box for entry in self.entries if not entry.done}
        if Box.ADOPTED in boxes:
            return State.WAITING if self.waiting or Box.CONFLICT in boxes else State.COUNTED
        if Box.CONFLICT in boxes:
            return State.CONFLICT
        return State.RETURNED if boxes else State.MISSING

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Return the returns in which the unit has something to correct or to explain."""
        return tuple(
            entry
            for entry in self.entries
            if (entry.box is Box.RETURNED and not entry.done)
            or (entry.box is Box.ADOPTED and any(one.open for one in entry.submission.findings))
        )

    def arrived(self, arrivals: Arrivals) -> datetime | None:
        """Return when the first return without errors came; None where none has."""
        came = [
            arrivals[entry.submission.path]
            for entry in self.entries
            if entry.box in _READ and entry.submission.path in arrivals
        ]
        return min(came, default=None)

    def in_time(self, arrivals: Arrivals) -> bool | None:
        """Tell whether a unit that reported did so by the deadline; None where nobody can."""
        return self._by_deadline(arrivals) if self.state.reported else None

    def overdue(self, today: date, arrivals: Arrivals = _UNKNOWN) -> bool:
        """Tell whether the deadline has passed without a return that counts.

        A unit whose return came without errors by then is not late, whatever holds it up.
        """
        deadline = self.member.deadline if self.member else None
        passed = deadline is not None and today > deadline and not self.state.reported
        return passed and not self._by_deadline(arrivals)

    def _by_deadline(self, arrivals: Arrivals) -> bool | None:
        """Tell whether a return without errors came by the deadline; None where nobody can."""
        deadline = self.member.deadline if self.member else None
        came = self.arrived(arrivals)
        # By the clock of the place where the files lie; they came with a moment, not with a day.
        return came.astimezone().date() <= deadline if deadline and came else None


def overtaken(entry: Entry) -> bool:
    """Tell whether nobody has to look at what was found in a file: it does not count, for good."""
    return entry.settled and entry.box is not Box.ADOPTED


def standings(summary: Summary) -> tuple[Standing, ...]:
    """Return how each unit stands, in the order of the roster; others follow by code and name.

    Units under vertical management are left out: nobody waits for them. So are those that are
    not on the roster and have sent nothing but what was left out by decision.
    """
    owned: dict[Member, list[Entry]] = {}
    strangers: dict[Key, list[Entry]] = {}
    unlisted: list[tuple[Entry, Unit]] = []
    for entry in summary.entries:
        if entry.member is not None:
            owned.setdefault(entry.member, []).append(entry)
        elif entry.submission.record is not None:
            unlisted.append((entry, entry.submission.record.unit))
    valid = [unit for entry, unit in unlisted if entry.box in _READ]
    units = Units([unit for _, unit in unlisted], valid)
    for entry, unit in unlisted:
        if any(key := units.key(unit)):
            strangers.setdefault(key, []).append(entry)
    members = summary.roster.expected if summary.roster else ()
    listed = [Standing(one.unit, one, tuple(owned.get(one, ()))) for one in members]
    others = [
        _stranger(entries)
        for _, entries in sorted(strangers.items())
        if not all(entry.done for entry in entries)
    ]
    return (*listed, *others)


def _stranger(entries: Sequence[Entry]) -> Standing:
    record = entries[0].submission.record
    return Standing(record.unit if record else Unit(), None, tuple(entries))


@dataclass(frozen=True, slots=True)
class Account:
    """How many units there are and how many have reported."""

    expected: int
    reported: int
    in_time: int | None
    """How many of those in time; None where no unit has a deadline, or nobody knows when files
    came."""

    @property
    def percent(self) -> int:
        """Return the share that has reported, in whole per cent, never rounded up to 100."""
        return self.reported * 100 // self.expected if self.expected else 0

    @property
    def percent_in_time(self) -> int:
        """Return the share that has reported in time, in whole per cent."""
        return (self.in_time or 0) * 100 // self.expected if self.expected else 0


def listed(found: Sequence[Standing]) -> Sequence[Standing]:
    """Return the units that are to report: those on the roster; without one all."""
    return [one for one in found if one.member] or found


def account(found: Sequence[Standing], arrivals: Arrivals | None = None) -> Account:
    """Count units: those on the roster, since others need not report; without one all.

    Args:
        found: how each unit stands.
        arrivals: when files came, where that is known.
    """
    counted = listed(found)
    dated = any(one.member and one.member.deadline for one in counted)
    known = arrivals is not None and dated
    return Account(
        len(counted),
        sum(one.state.reported for one in counted),
        sum(bool(one.in_time(arrivals or {})) for one in counted) if known else None,
    )


def strangers(summary: Summary) -> str:
    """Return how many units reported that are not on the roster, "" where there are none."""
    count = summary.strangers
    return words.say("progress.strangers", count=count) if count else ""


def vertical(summary: Summary) -> tuple[Member, ...]:
    """Return the units on the roster that are under vertical management (M8)."""
    return summary.roster.within(Scope.VERTICAL) if summary.roster else ()
