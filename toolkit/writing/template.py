"""The locked workbook: blank, issued to a unit, or filled from a record.

Built from the form definition alone; nothing of a returned file is carried over but values.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from toolkit import marks, rules, words
from toolkit.form import Form, row_of
from toolkit.marks import Kind, Mark
from toolkit.record import Record, Unit
from toolkit.writing.fields import Fields
from toolkit.writing.form_sheet import FormSheet, lock
from toolkit.writing.layout import VERDICT_WIDTH, Layout
from toolkit.writing.style import Look, Looks, height_for

GUIDE_WIDTH = 70


@dataclass(frozen=True, slots=True)
class Issue:
    """Whom and which year a workbook is issued for; what is known is locked in it."""

    unit: Unit = field(default_factory=Unit)
    year: int | None = None


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


def file_name(form: Form, issue: Issue) -> str:
    """Return the name proposed for a workbook's file; reading never relies on it."""
    if not issue.unit.name:
        return words.say("sheet.file_blank", name=form.name, edition=form.edition)
    return words.say(
        "sheet.file_issued",
        code=for_file(issue.unit.code) or form.edition,
        unit=for_file(issue.unit.name),
        year=issue.year or "",
    )


def for_file(name: str) -> str:
    """Return a name without the characters that no file on Windows may have in its name."""
    return "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name)


class Writer:
    """One workbook being written; a kind that has more in it overrides what is not private."""

    kind = Kind.RETURN
    correcting = False
    """Whether it is sent back to be corrected."""

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
        self.book = xlsxwriter.Workbook(
            self.buffer,
            {"in_memory": True, "default_format_properties": {"locked": False}},
        )
        self.look = Looks(self.book)
        self.digest = marks.digest(form, issue.year, issue.unit.code)
        self.layout = Layout(form)
        self.fields = Fields(self.layout, self.look, issue.unit, issue.year, self.digest, record)

    def bytes(self) -> bytes:
        """Write all of it and return its bytes; to be called once."""
        front, heights = self.front(), self.heights()
        opened = front
        for place in self.layout.sheets:
            sheet = FormSheet(
                self.book, self.look, self.layout, place, self.fields, correcting=self.correcting
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
        sheet.set_column(0, 0, GUIDE_WIDTH, self.look(Look.PLAIN))
        sheet.write_string("A1", words.say("sheet.guide"), self.look(Look.TITLE))
        sheet.set_row(0, 32)
        for row, paragraph in enumerate(self.form.guide, 1):
            sheet.write_string(row, 0, paragraph, self.look(Look.PARAGRAPH))
            sheet.set_row(row, height_for(paragraph, GUIDE_WIDTH - 4, 17))
        sheet.set_paper(9)
        sheet.set_margins(left=0.7, right=0.7)
        sheet.protect()

    def _marks(self) -> None:
        """Write what makes the file known again: properties and their hidden twin."""
        issue = self.issue
        stamps = {
            Mark.KIND: self.kind,
            Mark.FORM: self.form.edition,
            Mark.YEAR: str(issue.year or ""),
            Mark.UNIT: issue.unit.code,
            Mark.DIGEST: self.digest,
        }
        sheet = self.book.add_worksheet(marks.META_SHEET)
        sheet.hide()
        lock(sheet, self.look)
        for row, (name, value) in enumerate(stamps.items()):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
            self.book.set_custom_property(name, value, "text")
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
