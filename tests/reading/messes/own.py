"""The clerk's own workbook: the official labels and figures, and nothing else of the template."""

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.reading.messes.bench import Bench
from tests.reading.messes.moving import at, merge, push, unmerge
from tests.reading.messes.oracle import LOST, Allowed
from tests.reading.messes.registry import Messes
from toolkit.findings import Severity
from toolkit.form import Role, Table
from toolkit.printed import Part, printed

mess = Messes()

_TOP, _LEFT = 4, 1
"""Where the tables begin."""


@mess()
def the_clerks_own_workbook(on: Bench) -> None:
    """No keys, no marks, no place for explanations, and the totals typed."""
    on.book = Workbook()
    on.book.remove(on.book.worksheets[0])
    for table in on.form.tables:
        sheet = on.book.create_sheet(table.name)
        sheet["A1"] = f"{on.record.year}年度{table.title}"
        if table is on.form.tables[0]:
            sheet["A2"] = f"{on.field(Role.UNIT_NAME).label}：{on.record.unit.name}"
        _print(on, table, sheet)
    on.reported |= on.totals
    on.explained |= dict.fromkeys(on.record.explanations, "")
    said = {Role.UNIT_NAME, Role.YEAR}
    on.said |= {key: "" for key, one in on.form.fields.items() if one.role not in said}


@mess()
def the_clerks_own_workbook_without_merged_cells(on: Bench) -> None:
    the_clerks_own_workbook(on)
    for sheet in on.sheets:
        unmerge(sheet)


@mess()
def a_row_of_theirs_pushed_to_the_right(on: Bench) -> None:
    """A cell was inserted before the label, which now stands in the next column of labels."""
    the_clerks_own_workbook_without_merged_cells(on)
    for sheet in on.labelled:
        key = on.rows(sheet)[-1]
        before = None
        for one in on.row(key):
            on.may(one, Allowed(before, Severity.ERROR), LOST)
            before = on.record.values[one]
        push(sheet, on.number(key), _LEFT)


def _print(on: Bench, table: Table, sheet: Worksheet) -> None:
    """Write a table as it is printed, and take its cells on the bench."""
    for one in printed(on.form, table).cells:
        row, column = _TOP + one.row, _LEFT + one.column
        cell = at(sheet, row, column)
        if one.part is Part.FIGURE:
            cell.value = on.record.values[one.key]
            on.figures[one.key] = cell
        else:
            cell.value = one.text or None
            if one.key in on.labels and one.part in {Part.LABEL, Part.SECTION}:
                on.labels[one.key] = cell
        if one.rows * one.columns > 1:
            merge(sheet, row, column, row + one.rows - 1, column + one.columns - 1)
