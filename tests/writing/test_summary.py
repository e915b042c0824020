"""The summary workbook, seen by an independent reader and by LibreOffice."""

import io
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office import Office
from tests.sent import COUNT, FORM, MONEY, TRICK, YEAR, record, refused, sent
from toolkit import words
from toolkit.files import Unwritable
from toolkit.folder import Skipped
from toolkit.marks import Kind, Mark
from toolkit.merge import Summary, merge
from toolkit.submissions import Submission
from toolkit.writing import sheets
from toolkit.writing.summary import workbook

Sheet = Any
TOTALS, DETAILS, FINDINGS, FILES = (
    words.say(f"summary.sheet.{name}") for name in ("totals", "details", "findings", "files")
)
LABEL, UNIT, TOTAL, BLANKS, NOTHINGS = "BCDEF"
FIRST = 5
"""First row of figures in 明细."""


def files() -> list[Submission]:
    """Return a folder in which every kind of outcome occurs."""
    return [
        sent("a/甲.xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")}, code="X2")),
        sent("a/甲(1).xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")}, code="X2")),
        sent("乙.xlsx", record("乙局", {COUNT: 0, MONEY: Decimal("0.20")}, code="X1")),
        sent("丙.xlsx", record("丙局", {MONEY: 3}, words=(COUNT,))),
        sent("丁.xlsx", record("丁局", {COUNT: -1})),
        refused("戊.pdf", "R2", what="图片"),
    ]


def merged(*found: Submission) -> Summary:
    return merge(FORM, YEAR, found)


def opened(content: bytes, *, cached: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=cached)


def row_of(sheet: Sheet, key: str) -> int:
    return int(next(cell.row for cell in sheet["A"] if cell.value == key))


def column_of(sheet: Sheet, key: str) -> str:
    return str(next(cell.column_letter for cell in sheet[2] if cell.value == key))


def texts(sheet: Sheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_it_opens_at_the_totals_and_says_how_many_count() -> None:
    book = opened(workbook(merged(*files())))
    assert book.sheetnames == [TOTALS, DETAILS, FINDINGS, FILES]
    assert book.active.title == TOTALS
    assert book[TOTALS]["B3"].value == "已计入 3 / 4 家"
    assert not any(sheet.protection.sheet for sheet in book)


def test_totals_are_live_sums_with_their_results() -> None:
    content = workbook(merged(*files()))
    live, cached = opened(content)[TOTALS], opened(content, cached=True)[TOTALS]
    row, letter = row_of(live, COUNT), column_of(opened(content)[DETAILS], COUNT)
    cells = f"'{DETAILS}'!${letter}${FIRST}:${letter}${FIRST + 2}"
    assert live[f"{TOTAL}{row}"].value == f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    assert [cached[f"{c}{row}"].value for c in (TOTAL, BLANKS, NOTHINGS)] == [2, 0, 1]
    row = row_of(live, MONEY)
    assert cached[f"{TOTAL}{row}"].value == 3.3
    assert live[f"{UNIT}{row}"].value == FORM.indicators[MONEY].measure.name


def test_every_line_of_the_form_is_there_in_order() -> None:
    sheet = opened(workbook(merged(*files())))[TOTALS]
    labels = [cell.value for cell in sheet[LABEL][4:-1]]
    assert labels == [line.label for _, line in FORM.listed()]


def test_details_keep_blank_zero_and_nothing_apart() -> None:
    sheet = opened(workbook(merged(*files())))[DETAILS]
    letter = column_of(sheet, COUNT)
    names = column_of(sheet, "unit.name")
    assert [sheet[f"{names}{row}"].value for row in range(5, 8)] == ["乙局", "甲局", "丙局"]
    assert [sheet[f"{letter}{row}"].value for row in range(5, 8)] == [0, 2, "无"]
    assert sheet[f"{column_of(sheet, 'file')}6"].value == "a/甲(1).xlsx"
    assert sheet.row_dimensions[2].hidden
    assert sheet.auto_filter.ref.startswith("A4:")
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("D5", "landscape")


def test_findings_of_all_files_are_listed() -> None:
    summary = merged(*files())
    found = [one for entry in summary.entries for one in entry.submission.all_findings]
    rows = texts(opened(workbook(summary))[FINDINGS])[2:]
    assert len(rows) == len(found)
    wrong = next(row for row in rows if row[5] == "F1")
    assert wrong[:5] == ["丁.xlsx", "丁局", "退回", "强制性", "必须改正"]
    assert wrong[8] == FORM.indicators[COUNT].name


def test_every_file_is_registered_and_the_account_adds_up() -> None:
    rows = texts(opened(workbook(merged(*files()), [Skipped("~$a.xlsx", "临时文件")]))[FILES])
    account = rows[1][0]
    assert account == "收到6份 = 采用3 + 重复1 + 退回1 + 无法读取1；另有1个文件未计，列在最后。"
    by_file = {row[0]: row for row in rows[3:]}
    assert len(by_file) == 7
    assert by_file["a/甲.xlsx"][1] == "重复"
    assert by_file["戊.pdf"][6] == "0" * 64
    assert by_file["~$a.xlsx"][1:3] == ["未计", "临时文件"]


def test_it_carries_our_marks_and_no_clock() -> None:
    content = workbook(merged(*files()))
    properties = {p.name: p.value for p in opened(content).custom_doc_props.props}
    assert properties[Mark.KIND] == Kind.SUMMARY
    assert properties[Mark.FORM] == FORM.edition
    assert (properties[Mark.YEAR], properties[Mark.UNITS]) == (str(YEAR), "4")
    assert content == workbook(merged(*files()))


def test_nothing_counted_is_still_a_summary() -> None:
    sheet = opened(workbook(merged(refused("a.pdf", "R5"))))[TOTALS]
    assert sheet["B3"].value == "已计入 0 / 0 家"
    assert sheet[f"{TOTAL}{row_of(sheet, COUNT)}"].value is None


def test_texts_never_become_formulas() -> None:
    tricky = record(TRICK, {COUNT: -1}, code="=1+1")
    good = record(f"{TRICK}2", code="@SUM(1)")
    content = workbook(
        merged(sent("=1+1.xlsx", tricky), sent("+1.xlsx", good)), [Skipped("=2+2", "=3+3")]
    )
    with ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    formulas = [part for name, part in parts.items() if "<f>" in part and "sheet1.xml" not in name]
    assert formulas == []
    assert "hyperlink" not in "".join(parts.values()).replace("=HYPERLINK", "")
    assert "HYPERLINK" in parts["xl/sharedStrings.xml"]


def test_texts_no_workbook_can_hold_are_cut_and_mended() -> None:
    long, half = "长" * 40_000, "甲\ud800"
    names = [found.unit.name for found in (record(long), record(half))]
    content = workbook(merged(*(sent(f"{n}.json", record(name)) for n, name in enumerate(names))))
    sheet = opened(content)[DETAILS]
    shown = [sheet[f"{column_of(sheet, 'unit.name')}{row}"].value for row in (5, 6)]
    assert sorted(map(len, shown)) == [2, sheets.TEXT_LIMIT]
    assert "甲?" in shown


def test_a_write_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet.write_number", lambda *_: -1)
    with pytest.raises(Unwritable, match=DETAILS):
        workbook(merged(*files()))


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_change_a_byte(random: Random) -> None:
    shuffled, skipped = files(), [Skipped("a", "b"), Skipped("c", "d")]
    random.shuffle(shuffled)
    assert workbook(merged(*shuffled), skipped[::-1]) == workbook(merged(*files()), skipped)


def test_an_office_program_comes_to_the_same_sums(office: Office, tmp_path: Path) -> None:
    summary = merged(*files())
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook(summary))
    (again,) = office.recalculate([path], tmp_path / "again")
    sheet = opened(again.read_bytes(), cached=True)[TOTALS]
    for key in FORM.indicators:
        row = row_of(sheet, key)
        shown = [sheet[f"{column}{row}"].value for column in (TOTAL, BLANKS, NOTHINGS)]
        total, wanted = shown[0] or 0, summary.totals[key] or 0
        assert total == pytest.approx(float(wanted))
        assert shown[1:] == [summary.blanks[key], summary.nothings[key]]
