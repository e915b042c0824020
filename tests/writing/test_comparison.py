"""The comparison as a workbook, seen by an independent reader and by LibreOffice."""

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import Office
from tests.returns import returned
from tests.years import SMALL
from toolkit import comparison, definition
from toolkit.comparison import Comparison, Side
from toolkit.files import write
from toolkit.findings import Refused
from toolkit.folder import Place, Skipped
from toolkit.form import Form
from toolkit.intake import read_file
from toolkit.marks import Kind, Mark
from toolkit.reading.summaries import Table, read_table
from toolkit.record import Figures, Unit
from toolkit.writing.comparison import workbook

Sheet = Any
LIST, MATRIX = (definition.load(edition) for edition in ("2018", "2021"))
FIRST = 5
"""The first row below the headings."""


def side(form: Form, year: int, figures: Figures, name: str = "甲局") -> Side:
    table = Table(form.edition, year, returned(form, figures).values, Unit(name))
    return Side(f"文件夹/{year}.xlsx", table)


def over_years(form: Form, *years: Figures, name: str = "甲局") -> Comparison:
    """Compare years of one edition, that of 2023 first."""
    sides = [side(form, 2023 - n, figures, name) for n, figures in enumerate(years)]
    return comparison.compared(form, sides)


def opened(compared: Comparison, *, whole: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(compared, whole=whole)))


def rows(sheet: Sheet) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a sheet by heading; of several headings alike the first counts."""
    heads = [
        sheet.cell(FIRST - 1, column).value or sheet.cell(FIRST - 2, column).value
        for column in range(1, sheet.max_column + 1)
    ]
    for row in sheet.iter_rows(min_row=FIRST, values_only=True):
        if row[-1] is not None or row[1] is not None:
            yield dict(reversed([*zip(heads, row, strict=True)]))


def said(sheet: Sheet) -> str:
    """Return all texts of a sheet."""
    cells = (cell.value for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


THREE: tuple[Figures, ...] = (
    {"request.mail": 9, "fee.collected": Decimal("1.25"), "staff.full_time": 0},
    {"request.mail": 6, "fee.collected": 1},
    {"request.mail": 4},
)


def test_a_list_stands_on_one_sheet_under_the_headings_of_its_years() -> None:
    (sheet,) = opened(over_years(LIST, *THREE))
    assert sheet.title == LIST.tables[0].name
    assert sheet["A1"].value == f"{LIST.name}  2023年度、2022年度与2021年度对比"
    upper, lower = ([cell.value for cell in sheet[row]] for row in (FIRST - 2, FIRST - 1))
    assert upper[:6] == ["项目", "指标", "单位", "2023年度", "2022年度", "2021年度"]
    assert [one for one in upper[6:] if one] == ["2023比2022", "2022比2021", "2023比2021"]
    assert lower[6:] == ["增减", "同比", "增减", "同比", "增减", "增幅"]


def test_a_row_has_the_figures_and_their_changes_as_numbers() -> None:
    (sheet,) = opened(over_years(LIST, *THREE))
    (row,) = (row for row in sheet.iter_rows(min_row=FIRST) if row[1].value == "信函申请数")
    assert [cell.value for cell in row[2:]] == ["件", 9, 6, 4, 3, 0.5, 2, 0.5, 5, 1.25]
    assert row[6].number_format == "+General;-General;General"
    assert row[7].number_format == "+0.0%;-0.0%;0.0%"


def test_blank_is_blank_and_amounts_keep_their_decimals() -> None:
    (sheet,) = opened(over_years(LIST, *THREE))
    (row,) = (row for row in rows(sheet) if row["单位"] == "万元")
    assert (row["2023年度"], row["2022年度"], row["2021年度"]) == (1.25, 1, None)
    assert row["增减"] == 0.25


def test_it_can_be_filtered_stays_in_sight_and_prints_across() -> None:
    (sheet,) = opened(over_years(LIST, *THREE))
    count = sum(1 for _ in rows(sheet))
    assert sheet.auto_filter.ref == f"A{FIRST - 1}:L{FIRST + count - 1}"
    assert sheet.freeze_panes == f"D{FIRST}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${FIRST - 2}:${FIRST - 1}"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert not sheet.protection.sheet


def test_every_table_of_a_form_has_its_sheet() -> None:
    book = opened(over_years(MATRIX, {"new/person": 3}, {"new/person": 1}))
    assert book.sheetnames == [table.name for table in MATRIX.tables]
    found = [[(row.get("项目"), row["指标"]) for row in rows(sheet)] for sheet in book]
    new = "本年新收政府信息公开申请数量"
    assert found == [[], [(new, "自然人"), (new, "总计")], []]


@pytest.mark.parametrize("form", [LIST, MATRIX], ids=lambda form: form.edition)
def test_with_all_rows_it_has_every_figure_in_printed_order(form: Form) -> None:
    book = opened(over_years(form, {}, {}), whole=True)
    names = [row["指标"] for sheet in book for row in rows(sheet)]
    assert len(names) == len(form.indicators)
    for name, indicator in zip(names, form.indicators.values(), strict=True):
        assert indicator.name.endswith(name)


def test_what_cannot_be_compared_is_said_in_its_cells_and_why_below() -> None:
    old = Side("1990.xlsx", Table("1990", 2021, {"asked.person": 2, "gone": 1}))
    now, last = (side(SMALL, year, {"desk/company": year - 2020}) for year in (2023, 2022))
    (sheet,) = opened(comparison.compared(SMALL, [now, last, old]))
    row = next(row for row in sheet.iter_rows(min_row=FIRST) if row[1].value == "法人或其他组织")
    values = [cell.value for cell in row]
    none = "不可比"
    assert values[3:] == [3, 2, none, 1, 0.5, none, None, none, None, None]
    assert "不可比：旧表只有收到和办结。" in said(sheet)
    assert "2021年度另有1项有数的指标，本年没有可以对比的，没有列出。" in said(sheet)
    group = next(row for row in rows(sheet) if row["2021年度"] == 2)
    assert group["备注"] == "口径相近（2021年度）"


def test_whose_figures_they_are_is_said_without_the_folders() -> None:
    sides = [side(LIST, 2023, THREE[0]), side(LIST, 2021, THREE[1], "乙局")]
    (sheet,) = opened(comparison.compared(LIST, sides))
    assert sheet["A2"].value.splitlines() == [
        "本年：甲局，2018版（2023.xlsx）",
        "上年：乙局，2018版（2021.xlsx）",
        "2023年度与2021年度不是相邻的两年。",
        "两份表不是同一家单位的：本年是“甲局”，上年是“乙局”。",
    ]


def test_rows_left_out_are_counted_below_each_table() -> None:
    (sheet,) = opened(over_years(LIST, *THREE))
    count = sum(1 for _ in rows(sheet))
    left_out = len(LIST.indicators) - count
    assert f"另有{left_out}项各年都没有数或都是0，没有列出。\n共58项。" in said(sheet)


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert workbook(over_years(LIST, *THREE), whole=False) == workbook(
        over_years(LIST, *THREE), whole=False
    )


def test_texts_never_become_formulas() -> None:
    book = opened(over_years(LIST, *THREE, name="=1+1"))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)


def test_it_is_known_as_ours_and_no_return(tmp_path: Path) -> None:
    content = workbook(over_years(LIST, *THREE), whole=False)
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    properties = {one.name: one.value for one in book.custom_doc_props.props}
    assert properties == {Mark.KIND: Kind.COMPARISON, Mark.FORM: "2018"}
    file = tmp_path / "对比.xlsx"
    write(file, content)
    write(file, content)  # ours and unchanged, so it may be replaced
    outcome = read_file(Place(file, file.name))
    assert isinstance(outcome, Skipped)
    assert "对比表" in outcome.reason
    with pytest.raises(Refused, match="不是单位报表"):
        read_table(content)


def test_libreoffice_shows_signs_and_percentages(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "对比.xlsx"
    years: tuple[Figures, ...] = (*THREE[:2], {"request.mail": 8, "fee.collected": 2})
    file.write_bytes(workbook(over_years(LIST, *years), whole=False))
    (table,) = office.convert([file], "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
    (line,) = (one for one in table.read_text("utf-8").splitlines() if "信函" in one)
    assert line.split(",")[3:] == ["9", "6", "8", "+3", "+50.0%", "-2", "-25.0%", "+1", "+12.5%"]
    (line,) = (one for one in table.read_text("utf-8").splitlines() if "万元" in one)
    assert line.split(",")[6:] == ["+0.25", "+25.0%", "-1", "-50.0%", "-0.75", "-37.5%"]
