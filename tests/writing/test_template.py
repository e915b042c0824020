"""The locked workbook as other programs see it."""

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import Office, pdf_text
from tests.packages import parts
from toolkit import marks, words
from toolkit.form import Form
from toolkit.record import Record, Source, Unit, settle
from toolkit.writing import template
from toolkit.writing.layout import Column, Layout
from toolkit.writing.style import width_of

ISSUE = template.Issue(Unit("某某县教育局", "X07"), 2018)


def load(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def layout(form: Form) -> Layout:
    return Layout(form, form.tables[0])


@pytest.fixture(scope="module")
def blank(form: Form) -> Workbook:
    return load(template.blank(form))


@pytest.fixture(scope="module")
def sheet(blank: Workbook, form: Form) -> Worksheet:
    found = blank[form.tables[0].name]
    assert isinstance(found, Worksheet)
    return found


def test_same_issue_gives_same_bytes(form: Form) -> None:
    assert template.blank(form, ISSUE) == template.blank(form, ISSUE)
    assert template.blank(form, ISSUE) != template.blank(form)


def test_rows_are_the_form(sheet: Worksheet, layout: Layout, form: Form) -> None:
    printed = [sheet.cell(row, Column.LABEL).value for row, _ in layout.lines()]
    assert printed == [line.label for line in form.tables[0].lines]
    keys = [sheet.cell(row, Column.KEY).value for row, line in layout.lines() if line.key]
    assert keys == list(form.indicators)
    assert sheet.column_dimensions["A"].hidden


def test_only_inputs_are_unlocked(sheet: Worksheet, layout: Layout, form: Form) -> None:
    unlocked = {
        cell.coordinate
        for row in sheet.iter_rows(max_row=layout.end_row, max_col=10)
        for cell in row
        if not cell.protection.locked
    }
    values = {f"D{layout.rows[i.key]}" for i in form.entered}
    explanations = {f"E{layout.rows[key]}" for key in form.indicators}
    fields = {f"{letter}{row}" for row, _ in layout.fields() for letter in "CDE"}
    assert unlocked == values | explanations | fields
    assert sheet.protection.sheet
    assert sheet.protection.selectLockedCells
    assert not sheet.protection.selectUnlockedCells


def test_pasting_does_not_lock_out(form: Form, layout: Layout) -> None:
    package = parts(template.blank(form))
    assert b'<protection locked="0"/>' in package["xl/styles.xml"].partition(b"cellXfs")[0]
    (inputs,) = package["xl/worksheets/sheet1.xml"].split(b"<protectedRange ")[1:]
    for indicator in form.entered:
        assert f"D{layout.rows[indicator.key]}".encode() in inputs


def test_every_formula_is_stored_without_a_result(form: Form) -> None:
    cached = openpyxl.load_workbook(io.BytesIO(template.blank(form)), data_only=True)
    live = load(template.blank(form))
    formulas = 0
    for cells in live[form.tables[0].name].iter_rows():
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                formulas += 1
                assert cached[form.tables[0].name][cell.coordinate].value in (None, "")
                assert len(cell.value) < 8192
    assert formulas == len(form.indicators) + len(form.totals) + 6


def test_no_row_cuts_its_label(sheet: Worksheet, layout: Layout) -> None:
    for row, line in layout.lines():
        width = template.WIDTHS[Column.LABEL] - 2 * line.level - 2
        lines = -(-width_of(line.label) // width)
        assert (sheet.row_dimensions[row].height or template.ROW_HEIGHT) >= 13.5 * lines


def test_inputs_are_guarded_and_prompted(sheet: Worksheet, layout: Layout, form: Form) -> None:
    rules = {
        str(address): rule
        for rule in sheet.data_validations.dataValidation
        for address in rule.sqref.ranges
    }
    for indicator in form.entered:
        rule = rules[f"D{layout.rows[indicator.key]}"]
        assert rule.type == ("custom" if indicator.measure.decimals else "whole")
        assert indicator.help in str(rule.prompt)
        assert len(str(rule.prompt)) <= 255
        assert "留空表示未填" in str(rule.prompt)
    assert rules[f"C{layout.rows['nil']}"].formula1 == '"是,否"'


def test_names_are_a_second_witness(blank: Workbook, layout: Layout, form: Form) -> None:
    for key in form.indicators:
        target = blank.defined_names[marks.defined_name(key)].attr_text
        assert target.replace("'", "") == f"{form.tables[0].name}!{layout.cell(key)}"


def test_metadata_and_its_twins(form: Form) -> None:
    book = load(template.blank(form, ISSUE))
    properties = vars(book)["custom_doc_props"].props  # the stubs do not know them
    stamps = {entry.name: entry.value for entry in properties}
    assert stamps == {
        "toolkit.kind": "return",
        "toolkit.form": form.edition,
        "toolkit.year": "2018",
        "toolkit.unit": "X07",
        "toolkit.digest": marks.digest(form, 2018, "X07"),
    }
    twin = book[marks.META_SHEET]
    assert twin.sheet_state == "hidden"
    assert {row[0].value: row[1].value or "" for row in twin.iter_rows()} == stamps
    layout = Layout(form, form.tables[0])
    visible = str(book[form.tables[0].name].cell(layout.twin_row, Column.LABEL).value)
    assert form.edition in visible
    assert stamps["toolkit.digest"][:12] in visible


def test_prints_on_a4_with_the_checks_left_out(sheet: Worksheet, layout: Layout) -> None:
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is the default
    assert sheet.page_setup.fitToHeight == 0
    assert str(sheet.print_title_rows) == f"${layout.header_row}:${layout.header_row}"
    assert str(sheet.print_area).endswith(f"$B$1:$E${layout.last_row}")
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center is not None
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"


def test_opens_at_the_first_input(sheet: Worksheet, blank: Workbook) -> None:
    assert blank.active is sheet
    assert sheet.sheet_view.selection[-1].activeCell == "C3"


def test_issued_workbook_locks_what_is_known(form: Form) -> None:
    sheet = load(template.blank(form, ISSUE))[form.tables[0].name]
    layout = Layout(form, form.tables[0])
    for key, expected in {"unit.name": "某某县教育局", "unit.code": "X07", "year": 2018}.items():
        cell = sheet.cell(layout.rows[key], Column.UNIT)
        assert cell.value == expected
        assert cell.protection.locked


def test_filled_workbook_shows_figures_words_and_reported_totals(form: Form) -> None:
    layout = Layout(form, form.tables[0])
    total = form.totals[0]
    part, other, third = [i.key for i in form.entered if i.key not in total.parts][:3]
    money = next(i.key for i in form.entered if i.measure.decimals)
    values, reported = settle(
        form, {part: 12, money: Decimal("0.07"), total.parts[0]: 4}, {total.key: 5}
    )
    record = Record(
        form.edition,
        2018,
        Unit("某某县教育局", "X07"),
        values,
        reported,
        contacts={"date": "2019-01-15", "phone": "010-00000000"},
        explanations={part: "=1+1"},
        sources={other: Source(raw="无", done="F5"), third: Source(raw="近50", done="F4")},
    )
    book = load(template.filled(form, record))
    sheet = book[form.tables[0].name]

    def shown(key: str, column: Column = Column.VALUE) -> object:
        return sheet.cell(layout.rows[key], column).value

    assert shown(part) == 12
    assert shown(money) == 0.07
    assert shown(other) == "无"
    assert shown(third) == "近50"
    assert shown(total.key, Column.REPORTED) == 5
    assert not sheet.column_dimensions["G"].hidden
    assert shown(part, Column.EXPLANATION) == "=1+1"
    assert sheet.cell(layout.rows[part], Column.EXPLANATION).data_type == "s"
    assert shown("date", Column.UNIT) == datetime(2019, 1, 15)
    assert shown("phone", Column.UNIT) == "010-00000000"


def test_pages_show_every_row_and_no_checks(form: Form, office: Office, tmp_path: Path) -> None:
    workbook = tmp_path / "空白 表.xlsx"
    workbook.write_bytes(template.blank(form))
    (pdf,) = office.convert([workbook], "pdf", tmp_path / "pdf")
    printed = "".join(pdf_text(pdf).split())
    for line in form.tables[0].lines:
        assert line.label[:12] in printed
    table = printed.partition(words.say("sheet.guide"))[0]
    assert words.say("sheet.columns.verdict") not in table
    assert table.count(words.say("sheet.columns.label")) == 2  # repeated on the second page
