"""What is sent back: the form with the findings at their cells, or a note on an unreadable file.

Built from the form definition and the record alone; nothing of the returned file is carried over
but figures and texts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count, repeat
from pathlib import PurePosixPath
from typing import Any

from toolkit import definition, filenames, words
from toolkit.findings import Finding, Severity
from toolkit.form import Role
from toolkit.marks import Kind, Mark
from toolkit.record import Record, Source
from toolkit.roster import Cover
from toolkit.submissions import Submission
from toolkit.writing import marked_list
from toolkit.writing.form_sheet import FormSheet
from toolkit.writing.marked_cells import CellMarks
from toolkit.writing.marked_note import note
from toolkit.writing.marked_remarks import Remarks
from toolkit.writing.marked_standing import Standing
from toolkit.writing.template import Issue, Writer, for_file

_SUFFIX = ".xlsx"
_HEAD = "F8"
_OURS = frozenset({"R1", "R22"})
"""Refusals for which the sender can do nothing: our disk, our program."""
_LONGEST = 180
"""The most bytes of a name that are kept; file systems hold 255."""


def wanted(sent: Submission) -> bool:
    """Tell whether there is anything that the sender has to put right or explain."""
    if sent.refusal is not None:
        return sent.refusal.code not in _OURS
    return any(found.open for found in sent.findings)


def workbook(sent: Submission) -> bytes:
    """Return the workbook to send back; the same submission always gives the same bytes.

    A return on another edition than asked for gets a note too: put right in its own layout, it
    would still be the wrong form.

    Args:
        sent: a return with its findings, or a file that could not be read.

    Raises:
        ValueError: the submission has neither a record nor a refusal.
        Unwritable: a sheet cannot hold what has to be written.
    """
    file = PurePosixPath(sent.path).name
    if sent.refusal is not None:
        return note(file, sent.refusal)
    if sent.record is None:
        raise ValueError(sent.path)
    for found in sent.findings:
        if found.code == _HEAD and not found.key:  # on another edition of the form
            return note(file, found)
    theirs = [one for one in sent.findings if one.code not in words.entry("marked.ours")]
    return _Marked(file, sent.record, theirs, sent.cover).bytes()


def file_names(submissions: Iterable[Submission]) -> Mapping[str, str]:
    """Return names for the workbooks sent back, by the paths of the files, no two alike.

    Folders are kept, so that equal names in different folders stay apart.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted({sent.path for sent in submissions}):
        names[path] = filenames.apart(map(file_name, repeat(path), count(1)), taken)
    return names


def file_name(path: str, number: int = 1) -> str:
    """Return the name of the workbook for a file, with forward slashes; it never leads outside.

    Args:
        path: of the file, relative to the folder given.
        number: counts the files that would otherwise have the same name.
    """
    *folders, name = [for_file(part) for part in PurePosixPath(path).parts] or [""]
    inside = [folder for folder in folders if folder.strip(". _")]
    # A short name is what people expect; what is no .xlsx keeps its ending, to stay apart.
    stem = _short(name.removesuffix(_SUFFIX)).strip() or words.say("marked.nameless")
    if number > 1:
        file = words.say("marked.file_again", name=stem, number=number)
    else:
        file = words.say("marked.file", name=stem)
    return "/".join([*map(_short, inside), file])


def _short(name: str) -> str:
    return name.encode()[:_LONGEST].decode("utf-8", "ignore")


class _Marked(Writer):
    """A return sent back, being written."""

    kind = Kind.MARKED
    correcting = True

    def __init__(
        self, file: str, record: Record, findings: Iterable[Finding], cover: str = ""
    ) -> None:
        found = tuple(findings)
        form = definition.load(record.form).held_to(cover)
        super().__init__(form, _issue(record, found), _asking(record, found))
        self.cover, self._scope = Cover(cover).label if cover else "", cover
        self._file, self._record = file, record
        self._remarks = Remarks(self.layout, self.fields, record, found)
        self._told = self._remarks.all()
        self._standing = Standing(self._remarks)
        self._cells = CellMarks(self.book, self._remarks, self._standing)

    def front(self) -> Any:
        return marked_list.write(
            self.book, self.look, self.layout, self._record, self._file, self._told, self._standing
        )

    def onto(self, sheet: FormSheet) -> None:
        self._cells.put(sheet, self._told)

    def stamps(self) -> Mapping[Mark, str]:
        return {**super().stamps(), **({Mark.SCOPE: self._scope} if self._scope else {})}

    def questions(self) -> Mapping[str, str]:
        return self._remarks.asking.questions()

    def heights(self) -> Mapping[str, float]:
        own, more = super().heights(), self._cells.heights()
        return {row: max(own.get(row, 0.0), more.get(row, 0.0)) for row in own.keys() | more.keys()}


def _issue(record: Record, findings: Iterable[Finding]) -> Issue:
    """Return whom and which year the workbook is for; what was found fault with stays open.

    A year that may be wrong is neither locked in the workbook nor kept in its marks: corrected,
    it would contradict them.
    """
    doubted = {found.key for found in findings}
    unit = replace(
        record.unit,
        **{
            name: ""
            for role, name in (
                (Role.UNIT_NAME, "name"),
                (Role.UNIT_CODE, "code"),
                (Role.UNIT_LEVEL, "level"),
            )
            if role in doubted
        },
    )
    return Issue(unit, None if Role.YEAR in doubted else record.year)


def _asking(record: Record, findings: Iterable[Finding]) -> Record:
    """Return a record in which a year and a code that are wrong ask, as its figures do."""
    wrong = {found.key for found in findings if found.severity is Severity.ERROR}
    if Role.YEAR in wrong and record.year is not None:
        raw = words.say("sheet.unsure", raw=record.year)
        source = replace(record.sources.get(Role.YEAR, Source()), raw=raw)
        record = replace(record, year=None, sources={**record.sources, Role.YEAR: source})
    if Role.UNIT_CODE in wrong and (code := record.unit.code):
        unit = replace(record.unit, code=words.say("sheet.unsure", raw=code))
        record = replace(record, unit=unit)
    return record
