"""What was changed in the locked parts of our workbooks is found cell by cell, and still read."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.office import Office
from tests.returns import codes, returned
from toolkit import definition
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.reading.returns import Return, read_return
from toolkit.writing import template
from toolkit.writing.layout import FIRST, KEY, Layout
from toolkit.writing.places import Place

CODES = {"R42", "R43", "R44", "R45"}


@pytest.fixture(scope="module", params=definition.editions())
def form(request: pytest.FixtureRequest) -> Form:
    return definition.load(request.param)


def filled(form: Form) -> bytes:
    figures = {indicator.key: 1 for indicator in form.entered}
    return template.filled(form, returned(form, figures))


def changed(form: Form, change: Callable[[Workbook], None]) -> Return:
    book = openpyxl.load_workbook(io.BytesIO(filled(form)))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return read_return(target.getvalue())


def told(read: Return) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in read.findings if one.code in CODES]


def test_nothing_is_said_of_what_was_only_filled_in(form: Form) -> None:
    assert told(read_return(filled(form))) == []


def test_office_programs_change_nothing(form: Form, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(filled(form))
    for kind in ("xlsx", "ods"):
        (saved,) = office.convert([source], kind, tmp_path / kind)
        assert told(read_return(saved.read_bytes())) == []


def test_a_label_is_named_with_its_cell(form: Form) -> None:
    sheet = Layout(form).first
    row = next(iter(sheet.keyed_rows.values()))
    column = FIRST + sheet.printed.labels - (2 if not sheet.table.is_matrix else 1)

    def change(book: Workbook) -> None:
        cell = book[sheet.name].cell(row, column)
        cell.value = f"{str(cell.value)[:1]} {str(cell.value)[1:]}"

    read = changed(form, change)
    found = [one for one in read.findings if one.code in CODES]
    assert codes(found) == ["R42"]
    assert found[0].cell == Place(sheet.name, row, column).address
    assert all(read.record.values[i.key] == 1 for i in form.entered)


def test_a_key_is_named_with_its_cell(form: Form) -> None:
    sheet = Layout(form).first
    key, row = next(iter(sheet.keyed_rows.items()))

    def change(book: Workbook) -> None:
        book[sheet.name].cell(row, KEY).value = "某个编号"

    read = changed(form, change)
    assert told(read) == [("R42", Place(sheet.name, row, KEY).address)]
    assert f"“{key}”被改成了“某个编号”" in next(iter(read.findings)).message
    assert all(read.record.values[i.key] == 1 for i in form.entered)


def test_an_overwritten_total_is_named_and_still_compared(form: Form) -> None:
    total = form.totals[0]
    place = Layout(form).value(total.key)

    def change(book: Workbook) -> None:
        book[place.sheet].cell(place.row, place.column).value = 99

    read = changed(form, change)
    assert told(read) == [("R43", place.address)]
    assert read.record.reported[total.key] == 99


def test_protection_removed_is_said_of_each_sheet(form: Form) -> None:
    def change(book: Workbook) -> None:
        for table in form.tables:
            book[table.name].protection.sheet = False

    read = changed(form, change)
    assert codes(f for f in read.findings if f.code in CODES) == ["R44"] * len(form.tables)


def test_marks_that_contradict_each_other_are_found(form: Form) -> None:
    def change(book: Workbook) -> None:
        for entry in vars(book)["custom_doc_props"].props:
            if entry.name == "toolkit.unit":
                entry.value = "X99"

    assert ("R45", "") in told(changed(form, change))


def test_none_of_it_sends_a_return_back(form: Form) -> None:
    def change(book: Workbook) -> None:
        book[form.tables[0].name].protection.sheet = False

    found = [one for one in changed(form, change).findings if one.code in CODES]
    assert {one.severity for one in found} == {Severity.NOTICE}


def test_a_workbook_that_is_not_ours_has_nothing_locked(form: Form) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(form)))
    clean = Workbook()
    clean.remove(clean.worksheets[0])
    for table in form.tables:
        sheet = clean.create_sheet(table.name)
        for row in book[table.name].iter_rows():
            for cell in row:
                if cell.value is not None and not str(cell.value).startswith("="):
                    sheet.cell(cell.row or 1, cell.column or 1).value = cell.value
    target = io.BytesIO()
    clean.save(target)
    assert told(read_return(target.getvalue())) == []
