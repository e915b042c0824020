"""The locked workbook: blank, issued to a unit, or filled from a record.

Built from the form definition alone; nothing of a returned file is carried over but values.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from toolkit import filenames, marks, rules, words
from toolkit.form import Form, row_of
from toolkit.marks import Kind, Mark
from toolkit.record import Figures, Record, Unit
from toolkit.roster import Cover
from toolkit.writing import guide
from toolkit.writing.fields import Fields
from toolkit.writing.form_sheet import FormSheet, lock
from toolkit.writing.layout import VERDICT_WIDTH, layout_of
from toolkit.writing.locked import LockedBook
from toolkit.writing.style import Looks, height_for

_SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class Issue:
    """Whom and which year a workbook is issued for; what is known is locked in it."""

    unit: Unit = field(default_factory=Unit)
    year: int | None = None
    last_year: Figures | None = None
    """What the unit reported the year before, as far as it means the same; shown beside the
    inputs, and never read as this year's. None for a workbook that has no room for it.
    """


def blank(form: Form, issue: Issue = Issue()) -> bytes:
    """Return the locked workbook of a form, ready to hand out.

    The same form and issue always give the same bytes (on one version of the libraries).

    Args:
        form: the edition.
        issue: the unit and year it is handed out to; what is missing becomes an input.
    """
    return Writer(form, issue, None).bytes()


def filled(form: Form, record: Record) -> bytes:
    """Return the locked workbook with a record's figures, explanations and head fields in it."""
    return Writer(form, Issue(record.unit, record.year), record).bytes()


def region(form: Form, record: Record, cover: Cover) -> bytes:
    """Return a region's own return: the locked workbook, filled, ready for the next level up.

    It is read like any other return and tells, to people and to programs, what it covers.

    Args:
        form: the edition.
        record: the sums, under the name and code of the region.
        cover: what they are the sums of.
    """
    return _Region(form, Issue(record.unit, record.year), record, cover).bytes()


def file_names(form: Form, issues: Iterable[Issue]) -> Sequence[str]:
    """Return the names proposed for the files of several workbooks, no two alike."""
    taken: set[str] = set()
    return [filenames.apart(_names(form, issue), taken) for issue in issues]


def _names(form: Form, issue: Issue) -> Iterator[str]:
    """Yield the name proposed for a file, and others for when it is taken."""
    name = file_name(form, issue)
    yield name
    stem = name.removesuffix(_SUFFIX)
    yield from (words.say("sheet.file_again", name=stem, number=number) for number in count(2))


def file_name(form: Form, issue: Issue) -> str:
    """Return the name proposed for a workbook's file; reading never relies on it."""
    if not issue.unit.name:
        return words.say("sheet.file_blank", name=form.name, edition=form.edition)
    code, unit = for_file(issue.unit.code) or form.edition, for_file(issue.unit.name)
    if issue.year is None:
        return words.say("sheet.file_unit", code=code, unit=unit)
    return words.say("sheet.file_issued", code=code, unit=unit, year=issue.year)


def for_file(name: str) -> str:
    """Return a name without the characters that no file on Windows may have in its name."""
    return "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name)


class Writer:
    """One workbook being written; a kind that has more in it overrides what is not private."""

    kind = Kind.RETURN
    correcting = False
    """Whether it is sent back to be corrected."""
    cover = ""
    """What a region's figures cover, as people read it."""

    def __init__(self, form: Form, issue: Issue, record: Record | None) -> None:
        """Begin the workbook.

        Args:
            form: the edition.
            issue: the unit and year it is handed out to.
            record: the return it is filled with.
        """
        self.form, self.issue, self.record = form, issue, record
        self.buffer = io.BytesIO()
        # The unlocked Normal style keeps pasted cells editable; every column is locked below.
        self.book = LockedBook(
            self.buffer,
            {"in_memory": True, "default_format_properties": {"locked": False}},
        )
        self.look = Looks(self.book)
        self.digest = marks.digest(form, issue.year, issue.unit.code)
        self.layout = layout_of(form, last_year=issue.last_year is not None)
        self.fields = Fields(self.layout, self.look, issue.unit, issue.year, self.digest, record)

    def bytes(self) -> bytes:
        """Write all of it and return its bytes; to be called once."""
        front, heights = self.front(), self.heights()
        opened = front
        for place in self.layout.sheets:
            sheet = FormSheet(
                self.book,
                self.look,
                self.layout,
                place,
                self.fields,
                correcting=self.correcting,
                last_year=self.issue.last_year,
                cover=self.cover,
            )
            sheet.write(self.record, heights)
            self.onto(sheet)
            opened = opened or sheet.raw
        # Exactly one: what is typed goes into every sheet that is open at the same time.
        opened.activate()
        self._guide()
        self._marks()
        self.book.close()
        return self.buffer.getvalue()

    def front(self) -> Any:
        """Write the sheet before the tables and return it; None for none."""
        return None

    def onto(self, sheet: FormSheet) -> None:
        """Write more onto the finished sheet of a table."""

    def heights(self) -> Mapping[str, float]:
        """Return the least heights of the rows by their keys: what the checks say must fit in."""
        verdicts: dict[str, str] = {}
        for broken in rules.violations(self.form, self.record) if self.record else ():
            row = row_of(broken.rule.anchor)
            verdicts[row] = verdicts.get(row, "") + rules.verdict(self.form, broken)
        return {row: height_for(said, VERDICT_WIDTH - 4, 12.5) for row, said in verdicts.items()}

    def _guide(self) -> None:
        sheet = self.book.add_worksheet(words.say("sheet.guide"))
        lock(sheet, self.look)
        more = [words.say("sheet.last_year_guide")] if self.layout.last_year else []
        paragraphs = [*self.form.guide, *more]
        guide.fill(sheet, self.look, words.say("sheet.guide"), paragraphs)
        sheet.protect()

    def stamps(self) -> Mapping[Mark, str]:
        """Return the marks by which the file is known again."""
        return {
            Mark.KIND: self.kind,
            Mark.FORM: self.form.edition,
            Mark.YEAR: str(self.issue.year or ""),
            Mark.UNIT: self.issue.unit.code,
            Mark.DIGEST: self.digest,
        }

    def questions(self) -> Mapping[str, str]:
        """Return what else the hidden sheet holds, by its names."""
        return {}

    def _marks(self) -> None:
        """Write what makes the file known again: properties and their hidden twin."""
        issue, stamps = self.issue, self.stamps()
        sheet = self.book.add_worksheet(marks.META_SHEET)
        sheet.hide()
        lock(sheet, self.look)
        for mark, value in stamps.items():
            self.book.set_custom_property(mark, value, "text")
        for row, (name, value) in enumerate((*stamps.items(), *self.questions().items())):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        sheet.protect()
        self.book.set_properties(
            {
                "title": self.form.name,
                "subject": words.say(
                    "sheet.subject", name=self.form.name, edition=self.form.edition
                ),
                "company": issue.unit.name,
                "created": marks.CREATED,
            }
        )


class _Region(Writer):
    """A region's own return, being written."""

    kind = Kind.REGION

    def __init__(self, form: Form, issue: Issue, record: Record, cover: Cover) -> None:
        super().__init__(form.held_to(cover), issue, record)
        self.cover, self._scope = cover.label, cover

    def stamps(self) -> Mapping[Mark, str]:
        return {**super().stamps(), Mark.SCOPE: self._scope}
