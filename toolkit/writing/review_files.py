"""The files of the review page: each one in its box, with all that was found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from toolkit import progress, words
from toolkit.findings import Finding
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.progress import Arrivals
from toolkit.submissions import Entry
from toolkit.writing.marked_words import one_line
from toolkit.writing.registers import name_of, state_of

LONGEST = 600
"""So many characters of a text are shown; a returned file may hold very long ones."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as the page shows it."""

    code: str
    state: str
    """Its severity, or what became of it: waiting, explained, decided, overtaken."""
    place: str
    indicator: str
    """What it is about, where the message does not say so itself."""
    message: str
    explanation: str = ""
    decided: str = ""

    @property
    def label(self) -> str:
        """Return what the state is called."""
        return words.say(f"summary.state.{self.state}")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as the page shows it."""

    number: int
    entry: Entry
    filed: date | None
    """The 填报日期."""
    arrived: datetime | None
    remarks: tuple[Remark, ...]

    @property
    def unit(self) -> str:
        """Return what the unit is called, "" where the file does not tell."""
        record = self.entry.submission.record
        return record.unit.name if record else ""

    @property
    def open(self) -> bool:
        """Tell whether somebody has to do something about the file."""
        found = self.entry.submission.findings
        counts = self.entry.settled and not progress.overtaken(self.entry)
        return not self.entry.settled or (counts and any(one.open for one in found))

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many findings there are in each state, by what it is called."""
        found: dict[str, int] = {}
        for one in self.remarks:
            found[one.label] = found.get(one.label, 0) + 1
        return found


def numbers(summary: Summary) -> Mapping[tuple[str, str], int]:
    """Return the number that each file has on the page, by its place."""
    return {entry.submission.place: number for number, entry in enumerate(summary.entries, 1)}


def rows(summary: Summary, arrivals: Arrivals) -> tuple[FileRow, ...]:
    """Return all files by path, those with which somebody has to do something first.

    Args:
        summary: what merging found.
        arrivals: when files came.
    """
    found = [_row(summary.form, n, e, arrivals) for n, e in enumerate(summary.entries, 1)]
    return tuple(sorted(found, key=lambda row: not row.open))


def _row(form: Form, number: int, entry: Entry, arrivals: Arrivals) -> FileRow:
    sent = entry.submission
    filed = sent.record.filed(form) if sent.record else None
    remarks = tuple(remark(form, one, entry) for one in sent.all_findings)
    return FileRow(number, entry, filed, arrivals.get(sent.path), remarks)


def remark(form: Form, one: Finding, entry: Entry | None = None) -> Remark:
    """Return a finding as the page shows it.

    Args:
        form: the edition that is merged.
        one: what was found, in a file or in the merged figures.
        entry: the file; None for the merged figures.
    """
    called = name_of(form, one.key)
    return Remark(
        one.code,
        state_of(one, entry),
        place(one.sheet, one.cell),
        "" if called in one.message else called,
        one_line(one.message, LONGEST),
        one_line(one.explanation, LONGEST),
        one_line(one.decided, LONGEST),
    )


def place(sheet: str, cell: str) -> str:
    """Return where something stands in a file, as people name it."""
    if sheet and not cell:
        return words.say("marked.in_sheet", sheet=sheet)
    return words.say("marked.place", sheet=sheet, cell=cell) if sheet else cell


def codes(files: Sequence[FileRow]) -> Sequence[str]:
    """Return all codes that occur, for the filter."""
    return sorted({one.code for file in files for one in file.remarks})


def states(files: Sequence[FileRow]) -> Mapping[str, str]:
    """Return all states of findings that occur with what they are called, strictest first."""
    found = {one.state: one.label for file in files for one in file.remarks}
    order = ("error", "waiting", "explained", "decided", "overtaken", "notice")
    return {state: found[state] for state in order if state in found}
