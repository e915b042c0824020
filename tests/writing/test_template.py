"""The locked workbook of every edition as other programs see it."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import Office, pdf_pages, pdf_text
from tests.packages import parts
from toolkit import definition, marks, words
from toolkit.form import Form, Role, row_of
from toolkit.printed import Part
from toolkit.record import Record, Source, Unit, settle
from toolkit.text import exact
from toolkit.writing import sizes, template
from toolkit.writing.layout import KEY, Layout, SheetLayout
from toolkit.writing.places import Place
from toolkit.writing.style import width_of

UNIT = Unit("某某县教育局", "X07")


@pytest.fixture(scope="module", params=definition.editions())
def form(request: pytest.FixtureRequest) -> Form:
    return definition.load(request.param)


@pytest.fixture(scope="module")
def issue(form: Form) -> template.Issue:
    return template.Issue(UNIT, form.first_year)


@pytest.fixture(scope="module")
def layout(form: Form) -> Layout:
    return Layout(form)


@pytest.fixture(scope="module")
def blank(form: Form) -> Workbook:
    return load(template.blank(form))


def load(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_of(book: Workbook, sheet: SheetLayout) -> Worksheet:
    found = book[sheet.name]
    assert isinstance(found, Worksheet)
    return found


def at(book: Workbook, place: Place) -> Cell | MergedCell:
    found = book[place.sheet]
    assert isinstance(found, Worksheet)
    return found.cell(place.row, place.column)


def field_key(form: Form, role: Role) -> str:
    return next(field.key for field in form.head if field.role is role)


def test_same_issue_gives_same_bytes(form: Form, issue: template.Issue) -> None:
    assert template.blank(form, issue) == template.blank(form, issue)
    assert template.blank(form, issue) != template.blank(form)


def test_each_table_is_a_sheet_as_printed(blank: Workbook, layout: Layout) -> None:
    assert blank.sheetnames[: len(layout.sheets)] == [sheet.name for sheet in layout.sheets]
    for sheet in layout.sheets:
        worksheet = sheet_of(blank, sheet)
        merged = {str(area) for area in worksheet.merged_cells.ranges}
        for cell in sheet.printed.cells:
            first = Place(sheet.name, sheet.rows[cell.row], 2 + cell.column)
            assert (at(blank, first).value or "") == cell.text or cell.part is Part.FIGURE
            if cell.rows > 1 or cell.columns > 1:
                row, column = sheet.rows[cell.row + cell.rows - 1], first.column + cell.columns - 1
                last = Place(sheet.name, row, column)
                assert f"{first.address}:{last.address}" in merged
        assert worksheet.column_dimensions["A"].hidden


def test_keys_stand_in_hidden_rows_and_columns(blank: Workbook, layout: Layout) -> None:
    for sheet in layout.sheets:
        worksheet = sheet_of(blank, sheet)
        keys = {worksheet.cell(row, KEY).value for row in range(1, sheet.end_row + 1)} - {None}
        rows = {row_of(key) for key in sheet.values} | {field.key for _, field in sheet.fields()}
        blocks = {b.block.key for b in sheet.printed.blocks} if sheet.table.is_matrix else set()
        assert keys == rows | blocks
        for block in sheet.printed.blocks if sheet.table.is_matrix else ():
            row = sheet.key_row(block)
            assert worksheet.row_dimensions[row].hidden
            for line in block.block.lines:
                for column in block.block.columns:
                    if key := block.block.cell(line, column):
                        assert worksheet.cell(row, sheet.values[key].column).value == column.key
                        assert (
                            worksheet.cell(row, sheet.reported(key).column).value
                            == marks.REPORTED + column.key
                        )


def test_only_inputs_are_unlocked(blank: Workbook, layout: Layout, form: Form) -> None:
    for sheet in layout.sheets:
        worksheet = sheet_of(blank, sheet)
        unlocked = {
            (cell.row, cell.column)
            for row in worksheet.iter_rows(max_row=sheet.end_row + 2, max_col=sheet.last_column + 2)
            for cell in row
            if not cell.protection.locked
        }
        values = {
            (sheet.values[i.key].row, column)
            for i in form.entered
            if i.key in sheet.values
            for column in _spanned(sheet, i.key)
        }
        explanations = {(row, sheet.explanation) for row in sheet.keyed_rows.values()}
        fields = {
            (row, column)
            for row, _ in sheet.fields()
            for column in range(sheet.field_column, sheet.last_field_column + 1)
        }
        assert unlocked == values | explanations | fields
        assert worksheet.protection.sheet
        assert worksheet.protection.selectLockedCells
        assert not worksheet.protection.selectUnlockedCells


def _spanned(sheet: SheetLayout, key: str) -> range:
    cell = next(
        cell for cell in sheet.printed.cells if cell.key == key and cell.part is Part.FIGURE
    )
    column = sheet.values[key].column
    return range(column, column + cell.columns)


def test_pasting_does_not_lock_out(form: Form, layout: Layout) -> None:
    package = parts(template.blank(form))
    assert b'<protection locked="0"/>' in package["xl/styles.xml"].partition(b"cellXfs")[0]
    for number, sheet in enumerate(layout.sheets, 1):
        content = package[f"xl/worksheets/sheet{number}.xml"]
        (unprotected,) = content.split(b"<protectedRange ")[1:]
        named = unprotected.partition(b'sqref="')[2].partition(b'"')[0].decode()
        opened = MultiCellRange(named)
        for indicator in form.entered:
            if indicator.key in sheet.values:
                assert sheet.values[indicator.key].address in opened


def test_every_formula_is_stored_without_a_result(form: Form) -> None:
    cached = openpyxl.load_workbook(io.BytesIO(template.blank(form)), data_only=True)
    live = load(template.blank(form))
    verdicts = 0
    for sheet in form.tables:
        for cells in live[sheet.name].iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    verdicts += "SUBSTITUTE" in cell.value
                    assert cached[sheet.name][cell.coordinate].value in (None, "")
                    assert len(cell.value) < 8192
    assert verdicts >= len(form.indicators)


def test_no_row_cuts_a_label_or_heading(blank: Workbook, layout: Layout) -> None:
    for sheet in layout.sheets:
        worksheet = sheet_of(blank, sheet)
        for cell in sheet.printed.cells:
            width = sum(sheet.widths[cell.column : cell.column + cell.columns])
            lines = -(-width_of(cell.text) // int(width - 2 * cell.indent - 2)) if cell.text else 0
            rows = sheet.rows[cell.row : cell.row + cell.rows]
            heights = [worksheet.row_dimensions[row].height or sizes.ROW_HEIGHT for row in rows]
            assert sum(heights) >= 13.5 * lines, cell


def test_inputs_are_guarded_and_prompted(blank: Workbook, layout: Layout, form: Form) -> None:
    for sheet in layout.sheets:
        rules = {
            str(address): rule
            for rule in sheet_of(blank, sheet).data_validations.dataValidation
            for address in rule.sqref.ranges
        }
        for indicator in form.entered:
            if indicator.key in sheet.values:
                rule = rules[sheet.values[indicator.key].address]
                assert rule.type == ("custom" if indicator.measure.decimals else "whole")
                assert indicator.help in str(rule.prompt)
                assert len(str(rule.prompt)) <= 255
                assert "留空表示未填" in str(rule.prompt)
                if rule.type == "whole":
                    assert rule.operator in ("greaterThanOrEqual", "greaterThan")
                    assert (float(rule.formula1) < 0) == indicator.measure.signed
        for _, field in sheet.fields():
            if field.role is Role.NIL:
                assert rules[sheet.field(field.key).address].formula1 == '"是,否"'
            if field.options:
                chosen = rules[sheet.field(field.key).address].formula1
                assert chosen == f'"{",".join(field.options)}"'
                assert len(str(chosen)) <= 257


def test_names_are_a_second_witness(blank: Workbook, layout: Layout, form: Form) -> None:
    for key in form.indicators:
        target = blank.defined_names[marks.defined_name(key)].attr_text
        assert target.replace("'", "") == layout.value(key).absolute.replace("'", "")


def test_metadata_and_its_twins(form: Form, issue: template.Issue, layout: Layout) -> None:
    book = load(template.blank(form, issue))
    properties = vars(book)["custom_doc_props"].props  # the stubs do not know them
    stamps = {entry.name: entry.value for entry in properties}
    assert stamps == {
        "toolkit.kind": "return",
        "toolkit.form": form.edition,
        "toolkit.year": str(form.first_year),
        "toolkit.unit": "X07",
        "toolkit.digest": marks.digest(form, form.first_year, "X07"),
    }
    twin = book[marks.META_SHEET]
    assert twin.sheet_state == "hidden"
    assert {row[0].value: row[1].value or "" for row in twin.iter_rows()} == stamps
    for sheet in layout.sheets:
        visible = str(sheet_of(book, sheet).cell(sheet.twin_row, 2).value)
        assert form.edition in visible
        assert stamps["toolkit.digest"][:12] in visible


def test_prints_on_a4_with_the_checks_left_out(blank: Workbook, layout: Layout) -> None:
    for sheet in layout.sheets:
        worksheet = sheet_of(blank, sheet)
        assert worksheet.page_setup.paperSize == 9
        assert worksheet.sheet_properties.pageSetUpPr is not None
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert worksheet.page_setup.fitToWidth in (None, 1)  # 1 is the default
        pages = worksheet.page_setup.fitToHeight
        assert pages in (None, 1) if sheet.table.is_matrix else pages == 0
        titles = str(worksheet.print_title_rows)
        assert titles == f"${sheet.header_row}:${sheet.first_row - 1}"
        area = str(worksheet.print_area).replace("$", "").rpartition("!")[2]
        last = Place(sheet.name, sheet.last_row, sheet.last_printed)
        assert area == f"B1:{last.address}"
        assert sheet.last_printed < sheet.verdict
        assert worksheet.oddFooter is not None
        assert worksheet.oddFooter.center is not None
        assert worksheet.oddFooter.center.text == "第 &P 页　共 &N 页"


def test_opens_at_the_first_input(blank: Workbook, layout: Layout, form: Form) -> None:
    assert blank.active is blank[layout.first.name]
    selected = sheet_of(blank, layout.first).sheet_view.selection[-1].activeCell
    assert selected == layout.first.field(form.head[0].key).address


def test_issued_workbook_locks_what_is_known(
    form: Form, issue: template.Issue, layout: Layout
) -> None:
    book = load(template.blank(form, issue))
    known = {
        Role.UNIT_NAME: UNIT.name,
        Role.UNIT_CODE: UNIT.code,
        Role.YEAR: form.first_year,
    }
    for role, expected in known.items():
        cell = at(book, layout.first.field(field_key(form, role)))
        assert cell.value == expected
        assert cell.protection.locked


def test_filled_workbook_shows_figures_words_and_reported_totals(
    form: Form, layout: Layout
) -> None:
    total = form.totals[0]
    part, other, third = [
        i.key for i in form.entered if i.key not in total.parts and not i.measure.decimals
    ][:3]
    money = next(i.key for i in form.entered if i.measure.decimals)
    values, reported = settle(
        form, {part: 12, money: exact("0.07"), total.parts[0]: 4}, {total.key: 5}
    )
    record = Record(
        form.edition,
        form.first_year,
        UNIT,
        values,
        reported,
        contacts={"date": "2019-01-15", "phone": "010-00000000"},
        explanations={row_of(part): "=1+1"},
        sources={other: Source(raw="无", done="F5"), third: Source(raw="近50", done="F4")},
    )
    book = load(template.filled(form, record))

    assert at(book, layout.value(part)).value == 12
    assert at(book, layout.value(money)).value == 0.07
    assert at(book, layout.value(other)).value == "无"
    assert at(book, layout.value(third)).value == "近50"
    place = layout.reported(total.key)
    assert at(book, place).value == 5
    assert not book[place.sheet].column_dimensions[place.letter].hidden
    sheet = layout.sheet_of(part)
    said = at(book, Place(sheet.name, layout.value(part).row, sheet.explanation))
    assert (said.value, said.data_type) == ("=1+1", "s")
    last = layout.sheets[-1]
    assert at(book, last.field("date")).value == datetime(2019, 1, 15)
    assert at(book, last.field("phone")).value == "010-00000000"


def test_pages_show_every_row_and_no_checks(
    form: Form, layout: Layout, office: Office, tmp_path: Path
) -> None:
    workbook = tmp_path / "空白 表.xlsx"
    workbook.write_bytes(template.blank(form))
    (pdf,) = office.convert([workbook], "pdf", tmp_path / "pdf")
    printed = "".join(pdf_text(pdf).split())
    tables = printed.partition(words.say("sheet.guide"))[0]
    for table in form.tables:
        assert table.title in tables
        for line in table.lines:
            assert line.label[:4] in tables
    assert words.say("sheet.columns.verdict") not in tables
    if not form.tables[0].is_matrix:  # a long list repeats its headings on the second page
        assert tables.count(words.say("sheet.columns.label")) == 2
    else:  # each table on a page of its own, and the guide
        pages = pdf_pages(pdf, tmp_path / "png", dots_per_inch=20)
        assert len(pages) == len(layout.sheets) + 1
