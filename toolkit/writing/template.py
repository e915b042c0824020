"""The locked workbook: blank, issued to a unit, or filled from a record.

Built from the form definition alone; nothing of a returned file is carried over but values.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from toolkit import marks, rules, text, words
from toolkit.findings import Number
from toolkit.form import Field, Form, Indicator, Line, Role
from toolkit.marks import Kind, Mark
from toolkit.record import Record, Unit
from toolkit.writing import formulas, highlights, prompts
from toolkit.writing.layout import TITLE_ROW, YEAR_ROW, Column, Layout
from toolkit.writing.style import (
    Look,
    Looks,
    height_for,
)

FIRST_DATE = date(1900, 3, 1)
"""Before this the serial numbers of workbooks are off by one (ECMA-376 part 1, 18.17.4.1)."""
WIDTHS = {
    Column.KEY: 10,
    Column.LABEL: 46,
    Column.UNIT: 7,
    Column.VALUE: 13,
    Column.EXPLANATION: 24,
    Column.VERDICT: 46,
    Column.REPORTED: 10,
}
ROW_HEIGHT = 18.0
"""Of a row with one line of text, in points."""
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
    return _Writer(form, issue, None).bytes()


def filled(form: Form, record: Record) -> bytes:
    """Return the locked workbook with a record's figures, explanations and head fields in it."""
    return _Writer(form, Issue(record.unit, record.year), record).bytes()


def file_name(form: Form, issue: Issue) -> str:
    """Return the name proposed for a workbook's file; reading never relies on it."""
    if not issue.unit.name:
        return words.say("sheet.file_blank", name=form.name, edition=form.edition)
    return words.say(
        "sheet.file_issued",
        code=_for_file(issue.unit.code) or form.edition,
        unit=_for_file(issue.unit.name),
        year=issue.year or "",
    )


def _for_file(name: str) -> str:
    return "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name)


class _Writer:
    """One workbook being written."""

    def __init__(self, form: Form, issue: Issue, record: Record | None) -> None:
        self.form, self.issue, self.record = form, issue, record
        self.buffer = io.BytesIO()
        # The unlocked Normal style keeps pasted cells editable; every column is locked below.
        self.book = xlsxwriter.Workbook(
            self.buffer,
            {"in_memory": True, "default_format_properties": {"locked": False}},
        )
        self.look = Looks(self.book)
        self.verdicts: dict[str, str] = {}
        for broken in rules.violations(form, record) if record else ():
            anchor = broken.rule.anchor
            self.verdicts[anchor] = self.verdicts.get(anchor, "") + broken.verdict
        self.digest = marks.digest(form, issue.year, issue.unit.code)

    def bytes(self) -> bytes:
        for number, table in enumerate(self.form.tables):
            self._table(Layout(self.form, table), first=number == 0)
        self._guide()
        self._marks()
        self.book.close()
        return self.buffer.getvalue()

    # ------------------------------------------------------------ the form's own sheet

    def _table(self, layout: Layout, *, first: bool) -> None:
        sheet = self.book.add_worksheet(layout.table.name)
        locked = self._locked(sheet)
        sheet.set_default_row(ROW_HEIGHT)
        for column, width in WIDTHS.items():
            hidden = column is Column.KEY or (column is Column.REPORTED and not self._reported())
            sheet.set_column(column - 1, column - 1, width, locked, {"hidden": hidden})
        self._heading(sheet, layout)
        inputs = [*self._fields(sheet, layout), *self._lines(sheet, layout)]
        highlights.add(self.book, sheet, layout)
        _print_setup(sheet, layout)
        allowed = {
            "select_locked_cells": False,
            "select_unlocked_cells": True,
            "format_rows": True,  # a long 说明 may want a higher row
        }
        sheet.protect("", allowed)
        sheet.unprotect_range(" ".join(inputs))
        sheet.freeze_panes(layout.header_row, Column.LABEL)
        if first:
            sheet.activate()
            sheet.set_selection(inputs[0].partition(":")[0])

    def _locked(self, sheet: Any) -> Any:
        """Lock every cell of a fresh sheet, so that Tab visits only what is unlocked later."""
        locked = self.look(Look.PLAIN)
        sheet.set_column(0, 16383, None, locked)
        # Formatted columns are no content: left in, they would make the sheet's dimension
        # 16,384 columns wide and writing it ten times slower.
        sheet.dim_colmin = sheet.dim_colmax = None
        return locked

    def _reported(self) -> bool:
        return self.record is not None and bool(self.record.reported)

    def _heading(self, sheet: Any, layout: Layout) -> None:
        title = self.look(Look.TITLE)
        sheet.merge_range(_across(TITLE_ROW), self.form.name, title)
        sheet.set_row(TITLE_ROW - 1, 30)
        years = [f.key for f in self.form.head if f.role is Role.YEAR]
        before, after = words.say("sheet.year", year="{}").split("{}")
        cell = layout.lookup(years[0], Column.UNIT) if years else '""'
        spaces = formulas.quoted(words.say("sheet.no_year"))
        shown = f"IF(LEN({cell})=0,{spaces},{cell})"
        year = f"={formulas.quoted(before)}&{shown}&{formulas.quoted(after)}"
        sheet.merge_range(_across(YEAR_ROW), "", self.look(Look.SUBTITLE))
        sheet.write_formula(f"B{YEAR_ROW}", year, self.look(Look.SUBTITLE), "")
        sheet.set_row(YEAR_ROW - 1, 20)
        verdict = Column.VERDICT.letter
        status = self.look(Look.STATUS)
        sheet.write_formula(f"{verdict}{TITLE_ROW}", formulas.progress(layout), status, "")
        sheet.write_formula(f"{verdict}{YEAR_ROW}", formulas.ready(layout), status, "")
        twin = words.say(
            "sheet.twin",
            edition=self.form.edition,
            issued_by=self.form.issued_by,
            digest=self.digest[:12],
        )
        small = self.look(Look.SMALL)
        sheet.write_string(f"B{layout.twin_row}", twin, small)
        sheet.merge_range(
            f"C{layout.twin_row}:E{layout.twin_row}",
            words.say("sheet.legend"),
            self.look(Look.SMALL, align="right"),
        )
        for column in list(Column)[1:]:
            header = words.say(f"sheet.columns.{column.name.lower()}")
            sheet.write_string(layout.header_row - 1, column - 1, header, self.look(Look.HEADER))
        sheet.set_row(layout.header_row - 1, 22)

    def _fields(self, sheet: Any, layout: Layout) -> Iterator[str]:
        """Write head and foot fields; yield the addresses of those that are inputs."""
        for row, entry in layout.fields():
            sheet.write_string(f"A{row}", entry.key, self.look(Look.PLAIN))
            label = words.say("sheet.field", label=entry.label)
            sheet.write_string(f"B{row}", label, self.look(Look.FIELD_LABEL))
            value = self._field_value(entry)
            locked = self._issued(entry)
            self._field(sheet, row, entry, value, locked=locked)
            verdict = formulas.head_verdict(layout, entry.role)
            if verdict:
                sheet.write_formula(
                    f"{Column.VERDICT.letter}{row}", verdict, self.look(Look.VERDICT), ""
                )
            sheet.set_row(row - 1, 20)
            if not locked:
                yield f"C{row}:E{row}"

    def _issued(self, entry: Field) -> bool:
        """Tell whether a field was settled when the workbook was issued."""
        known = {
            Role.UNIT_NAME: self.issue.unit.name,
            Role.UNIT_CODE: self.issue.unit.code,
            Role.YEAR: self.issue.year,
        }
        return bool(known.get(entry.role))

    def _field_value(self, entry: Field) -> str | int:
        if entry.role is Role.UNIT_NAME:
            return self.issue.unit.name
        if entry.role is Role.UNIT_CODE:
            return self.issue.unit.code
        if entry.role is Role.YEAR:
            return self.issue.year or ""
        if self.record is None:
            return ""
        if entry.role is Role.NIL:
            return text.nil_words()[0] if self.record.nil else ""
        return self.record.contacts.get(entry.key, "")

    def _field(self, sheet: Any, row: int, entry: Field, value: str | int, *, locked: bool) -> None:
        look = self.look(Look.FIELD_FIXED if locked else Look.FIELD_INPUT)
        day = text.read_date(str(value)) if entry.role is Role.DATE else None
        if entry.role in (Role.YEAR, Role.NIL) and not locked:
            look = self.look(Look.FIELD_INPUT, num_format="General")
        if entry.role is Role.DATE:
            look = self.look(Look.FIELD_DATE)
        sheet.merge_range(f"C{row}:E{row}", "", look)
        if day is not None and day >= FIRST_DATE:
            sheet.write_datetime(f"C{row}", datetime(day.year, day.month, day.day), look)
        elif isinstance(value, int):
            sheet.write_number(f"C{row}", value, look)
        elif value:
            sheet.write_string(f"C{row}", value, look)
        if not locked:
            sheet.data_validation(f"C{row}", prompts.of_field(entry))

    def _lines(self, sheet: Any, layout: Layout) -> Iterator[str]:
        """Write the table; yield the addresses of its inputs, 说明 included."""
        last = layout.header_row + len(layout.table.lines)
        sheet.data_validation(f"E{layout.first_row}:E{last}", prompts.of_explanation())
        for row, line in layout.lines():
            look = Look.SECTION if line.level == 0 else Look.LABEL
            sheet.write_string(f"B{row}", line.label, self.look(look, indent=line.level))
            height = self._height(line)
            if height > ROW_HEIGHT:  # all other rows keep the freedom to grow with their 说明
                sheet.set_row(row - 1, height)
            if not line.key:
                for column in (Column.UNIT, Column.VALUE, Column.EXPLANATION):
                    sheet.write_blank(row - 1, column - 1, None, self.look(Look.NO_FIGURE))
                continue
            indicator = self.form.indicators[line.key]
            explanation = self.record.explanations.get(line.key, "") if self.record else ""
            yield from self._indicator(sheet, layout, row, indicator, explanation)

    def _height(self, line: Line) -> float:
        """Return the height that shows a row's label, and of a record its 说明 and verdict."""
        label = height_for(line.label, WIDTHS[Column.LABEL] - 2 * line.level - 2)
        if self.record is None or not line.key:
            return label
        told = self.record.explanations.get(line.key, "")
        explanation = height_for(told, WIDTHS[Column.EXPLANATION] - 2, 12.5)
        verdict = height_for(self.verdicts.get(line.key, ""), WIDTHS[Column.VERDICT] - 4, 12.5)
        return max(label, explanation, verdict)

    def _indicator(
        self, sheet: Any, layout: Layout, row: int, indicator: Indicator, explanation: str
    ) -> Iterator[str]:
        key, unit = indicator.key, indicator.measure.name
        sheet.write_string(f"A{row}", key, self.look(Look.PLAIN))
        sheet.write_string(f"C{row}", unit, self.look(Look.CENTRED))
        cell, said = f"D{row}", f"E{row}"
        self.book.define_name(marks.defined_name(key), f"='{layout.table.name}'!{layout.cell(key)}")
        if indicator.computed:
            total = formulas.total(layout, indicator)
            sheet.write_formula(cell, total, self.look(Look.COMPUTED), "")
            self._reported_total(sheet, row, key)
        else:
            self._value(sheet, cell, key)
            sheet.data_validation(cell, prompts.of_indicator(indicator, cell))
            yield cell
        if explanation:
            sheet.write_string(said, explanation, self.look(Look.TEXT_INPUT))
        else:
            sheet.write_blank(said, None, self.look(Look.TEXT_INPUT))
        yield said
        verdict = formulas.verdict(layout, indicator)
        sheet.write_formula(f"F{row}", verdict, self.look(Look.VERDICT), "")

    def _value(self, sheet: Any, cell: str, key: str) -> None:
        """Write an input's figure, or the words that stood for none, or leave it blank."""
        look = self.look(Look.INPUT)
        value = self.record.values[key] if self.record else None
        source = self.record.sources.get(key) if self.record else None
        if value is not None:
            sheet.write_number(cell, _stored(value), look)
        elif source is not None and source.raw:
            sheet.write_string(cell, source.raw, look)
        else:
            sheet.write_blank(cell, None, look)

    def _reported_total(self, sheet: Any, row: int, key: str) -> None:
        if self.record is None or key not in self.record.reported:
            return
        look, reported = self.look(Look.REPORTED), self.record.reported[key]
        if reported is None:
            sheet.write_string(f"G{row}", text.show(None), look)
        else:
            sheet.write_number(f"G{row}", _stored(reported), look)

    # ------------------------------------------------------------ the other sheets

    def _guide(self) -> None:
        sheet = self.book.add_worksheet(words.say("sheet.guide"))
        self._locked(sheet)
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
            Mark.KIND: Kind.RETURN,
            Mark.FORM: self.form.edition,
            Mark.YEAR: str(issue.year or ""),
            Mark.UNIT: issue.unit.code,
            Mark.DIGEST: self.digest,
        }
        sheet = self.book.add_worksheet(marks.META_SHEET)
        sheet.hide()
        self._locked(sheet)
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


def _across(row: int) -> str:
    return f"B{row}:E{row}"


def _stored(number: Number) -> int | float:
    """Return a figure as workbooks store it; 15 digits of a float are exact decimals."""
    return float(number) if isinstance(number, Decimal) else number


def _print_setup(sheet: Any, layout: Layout) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(layout.header_row - 1)
    sheet.print_area(f"B1:E{layout.last_row}")
    sheet.set_footer("&C" + words.say("sheet.footer", page="&P", pages="&N"))
