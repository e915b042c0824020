"""The units of the review page: how each one stands, who is missing, and what is left to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from toolkit import progress, words
from toolkit.findings import Severity
from toolkit.merge import Summary
from toolkit.progress import Arrivals, Standing, State
from toolkit.submissions import Box, Entry
from toolkit.swings import YearOnYear


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the page shows it."""

    standing: Standing
    files: tuple[tuple[int, Entry], ...]
    """Its files, each with its number on the page."""
    arrived: datetime | None
    late: str
    """That nothing came by the deadline, or that it came later; "" for a unit in time."""
    errors: int
    """What it has to correct."""
    waiting: int
    """What it has to explain."""

    @property
    def rank(self) -> int:
        """Return the place of its state among all, for sorting."""
        return list(State).index(self.standing.state)

    @property
    def deadline(self) -> date | None:
        """Return by when it has to report."""
        return self.standing.member.deadline if self.standing.member else None


def rows(
    standings: Sequence[Standing],
    numbers: Mapping[tuple[str, str], int],
    arrivals: Arrivals,
    today: date | None,
) -> tuple[UnitRow, ...]:
    """Return the units.

    Args:
        standings: how each unit stands.
        numbers: the numbers of files on the page, by their places.
        arrivals: when files came.
        today: the day on which a deadline has passed or not.
    """
    return tuple(_row(one, numbers, arrivals, today) for one in standings)


def _row(
    one: Standing,
    numbers: Mapping[tuple[str, str], int],
    arrivals: Arrivals,
    today: date | None,
) -> UnitRow:
    files = tuple((numbers[entry.submission.place], entry) for entry in one.entries)
    return UnitRow(
        one,
        files,
        one.arrived(arrivals),
        _late(one, arrivals, today),
        _open(one, Severity.ERROR) if one.state is State.RETURNED else 0,
        _open(one, Severity.WARNING) if one.state is State.WAITING else 0,
    )


def _late(one: Standing, arrivals: Arrivals, today: date | None) -> str:
    if today is not None and one.overdue(today, arrivals):
        return words.say("page.unit.overdue")
    return words.say("page.unit.late") if one.in_time(arrivals) is False else ""


def _open(one: Standing, severity: Severity) -> int:
    box = Box.RETURNED if severity is Severity.ERROR else Box.ADOPTED
    found = (f for e in one.entries if e.box is box and not e.done for f in e.submission.findings)
    return sum(f.open and f.severity is severity for f in found)


# ---------------------------------------------------------------- who is missing


def missing(
    standings: Sequence[Standing], today: date | None
) -> Sequence[tuple[str, Sequence[Standing]]]:
    """Return the units of which nothing came, those whose deadline has passed first.

    Args:
        standings: how each unit stands.
        today: without it nobody can tell whose deadline has passed.
    """
    groups: dict[str, list[Standing]] = {"overdue": [], "due": [], "open": [], "all": []}
    for one in standings:
        if one.state is State.MISSING:
            groups[_urgency(one, today)].append(one)
    return [(words.say(f"page.missing.{name}"), found) for name, found in groups.items() if found]


def _urgency(one: Standing, today: date | None) -> str:
    if today is None:
        return "all"
    if one.member is None or one.member.deadline is None:
        return "open"
    return "overdue" if one.overdue(today) else "due"


# ---------------------------------------------------------------- what is left to do


class Task(NamedTuple):
    """Something left to do, and where on the page it is shown."""

    told: str
    section: str
    field: str = ""
    """The filter of that section to be set, "" for none."""
    value: str = ""


def tasks(
    summary: Summary,
    standings: Sequence[Standing],
    yearly: YearOnYear | None,
    today: date | None,
) -> tuple[Task, ...]:
    """Return what is left to do.

    Args:
        summary: what merging found.
        standings: how each unit stands.
        yearly: the figures beside those of the year before.
        today: the day on which a deadline has passed or not.
    """
    return (
        *_about_units(standings, today),
        *_about_files(summary),
        *_about_figures(summary, yearly),
    )


def _about_units(standings: Sequence[Standing], today: date | None) -> Iterator[Task]:
    silent = [one for one in standings if one.state is State.MISSING]
    if silent and today is not None and any(m.member and m.member.deadline for m in silent):
        overdue = sum(one.overdue(today) for one in silent)
        yield Task(words.say("page.todo.missing", count=len(silent), overdue=overdue), "missing")
    elif silent:
        yield Task(words.say("page.todo.missing_undated", count=len(silent)), "missing")
    if count := sum(one.state is State.WAITING for one in standings):
        told = words.say("page.todo.waiting", count=count)
        yield Task(told, "units", "state", State.WAITING)


def _about_files(summary: Summary) -> Iterator[Task]:
    for box, entries in summary.boxes.items():
        if count := sum(not entry.settled for entry in entries):
            yield Task(words.say(f"page.todo.{box}", count=count), "files", "box", box)


def _about_figures(summary: Summary, yearly: YearOnYear | None) -> Iterator[Task]:
    if count := sum(one.open for one in summary.findings):
        yield Task(words.say("page.todo.merged", count=count), "totals")
    if yearly and (count := sum(one.finding.open for one in yearly.swings)):
        yield Task(words.say("page.todo.swings", count=count), "years")


# ---------------------------------------------------------------- how far it has come


class Segment(NamedTuple):
    """A part of the bar that shows how the units stand, in per cent of its length."""

    state: State
    units: int
    start: float
    length: float


def segments(standings: Sequence[Standing]) -> tuple[Segment, ...]:
    """Return the parts of the bar, one for each state that any unit is in."""
    found: list[Segment] = []
    before, listed = 0, progress.listed(standings)
    for state in State:
        count = sum(one.state is state for one in listed)
        if count:
            start = round(before * 100 / len(listed), 3)
            found.append(Segment(state, count, start, round(count * 100 / len(listed), 3)))
        before += count
    return tuple(found)


def vertical(summary: Summary) -> str:
    """Return the names of the units under vertical management, "" where there are none."""
    names = words.say("text.and").join(one.unit.name for one in progress.vertical(summary))
    return words.say("page.unit.vertical", names=names) if names else ""
