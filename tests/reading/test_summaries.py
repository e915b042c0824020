"""Any table as figures: a return, a record, a summary summed anew."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from tests.collected import BING, DING, JIA, YI, added, collection, collections
from tests.office import Office
from tests.sent import COUNT, FORM, MONEY, YEAR, record, sent
from toolkit import words
from toolkit.decisions import Decisions
from toolkit.findings import Refused
from toolkit.merge import Summary, merge
from toolkit.reading import summaries
from toolkit.reading.room import COLLECTION
from toolkit.reading.summaries import read_table, read_units
from toolkit.record import Unit, dump
from toolkit.roster import Cover
from toolkit.sums import totals
from toolkit.writing import summary, template

DETAILS = words.say("summary.sheet.details")
FIRST = 5


def three() -> Summary:
    """Return a summary of three units that count and one that does not."""
    files = [
        sent("a.xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")})),
        sent("b.xlsx", record("乙局", {COUNT: 0, MONEY: Decimal("0.20")})),
        sent("c.xlsx", record("丙局", {MONEY: 3}, words=(COUNT,))),
        sent("d.xlsx", record("丁局", {COUNT: -1})),
    ]
    return merge(FORM, YEAR, files)


def edited(change: dict[str, Any], sheet: str = DETAILS) -> bytes:
    """Return the summary with cells of a sheet changed by a person."""
    book = openpyxl.load_workbook(io.BytesIO(summary.workbook(three())))
    for cell, value in change.items():
        book[sheet][cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def column(key: str) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(summary.workbook(three())))[DETAILS]
    return str(next(cell.column_letter for cell in sheet[2] if cell.value == key))


def test_a_return_and_its_record_are_tables() -> None:
    one = record("甲局", {COUNT: 2}, code="X1")
    for data in (template.filled(FORM, one), dump(one).encode()):
        table = read_table(data)
        assert (table.form, table.year, table.unit) == (FORM.edition, YEAR, one.unit)
        assert (table.values, table.counted, table.units) == (one.values, 1, 1)


def test_a_summary_is_summed_from_its_details() -> None:
    table = read_table(summary.workbook(three()))
    assert (table.form, table.year, table.unit.name) == (FORM.edition, YEAR, "")
    assert (table.counted, table.units) == (3, 4)
    assert table.values == three().whole.totals
    assert table.values[MONEY] == Decimal("3.3")


def test_a_summary_is_read_unit_by_unit() -> None:
    files = [
        sent("a.xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")}, code="X02")),
        sent("b.xlsx", record("乙局", {COUNT: 0})),
    ]
    merged = merge(FORM, YEAR, files)
    tables = read_units(summary.workbook(merged))
    assert [(one.form, one.year, one.unit) for one in tables] == [
        (FORM.edition, YEAR, Unit("甲局", "X02")),
        (FORM.edition, YEAR, Unit("乙局")),
    ]
    assert [one.values for one in tables] == [one.record.values for one in merged.adopted]


def test_a_return_and_its_record_are_one_unit() -> None:
    one = record("甲局", {COUNT: -1}, code="X1")
    for data in (template.filled(FORM, one), dump(one).encode()):
        (table,) = read_units(data)
        assert table == read_table(data)
        assert [error.code for error in table.errors][:1] == ["F1"]


# ---------------------------------------------------------------- scopes and adjustments


def test_adjustments_are_summed_and_are_no_units() -> None:
    table = read_table(summary.workbook(collection()))
    assert table.values == collection().whole.totals
    assert table.values[COUNT] == 44  # 42 were reported
    assert (table.counted, table.units) == (3, 4)


def test_the_own_offices_of_a_summary_are_added_up_apart() -> None:
    table = read_table(summary.workbook(collection()), Cover.OWN)
    assert table.values == collection().sums[Cover.OWN].totals
    assert (table.values[COUNT], table.counted) == (7, 2)


def test_a_unit_is_read_with_what_was_added_to_it() -> None:
    decisions = Decisions([added(JIA, 5), added(DING, 9, number=2), added(DING, -1, number=3)])
    tables = read_units(summary.workbook(collection(decisions=decisions)))
    told = [(one.unit.name, one.values[COUNT], one.counted) for one in tables]
    # 丁局 sent nothing; what was added for it is there, and counts as no return
    assert told == [(JIA.name, 7, 1), (YI.name, 0, 1), (BING.name, 40, 1), (DING.name, 8, 0)]


def test_a_scope_that_nobody_knows_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(summary.workbook(collection())))
    letter = next(cell.column_letter for cell in book[DETAILS][2] if cell.value == "scope")
    for content, told in (("市直", "市直"), (None, "空白"), ("垂直管理", "垂直管理")):
        book[DETAILS][f"{letter}{FIRST}"] = content
        buffer = io.BytesIO()
        book.save(buffer)
        with pytest.raises(Refused, match=f"第{FIRST}行的统计范围是“{told}”，只能是本级、下级"):
            read_table(buffer.getvalue())


def test_a_summary_without_scopes_is_all_of_the_own_offices() -> None:
    names = ("scope", "row")
    book = openpyxl.load_workbook(io.BytesIO(summary.workbook(three())))
    for letter in [cell.column_letter for cell in book[DETAILS][2] if cell.value in names]:
        for row in range(2, FIRST + 3):
            book[DETAILS][f"{letter}{row}"] = None
    buffer = io.BytesIO()
    book.save(buffer)
    for cover in Cover:
        assert read_table(buffer.getvalue(), cover).values == three().whole.totals


@settings(max_examples=40, deadline=None)
@given(collections(FORM))
def test_whatever_was_merged_is_read_back(merged: Summary) -> None:
    content = summary.workbook(merged)
    for cover, sums in merged.sums.items():
        table = read_table(content, cover)
        assert (table.values, table.counted) == (sums.totals, sums.counted)
        told = [one.record for one in merged.adopted if cover.has(one.scope) and not one.record.nil]
        assert table.blanks == {
            key: sum(one.values[key] is None for one in told) for key in sums.totals
        }
    units = read_units(content)
    if units:
        assert totals([one.values for one in units]) == merged.whole.totals
    assert sum(one.counted for one in units) == merged.counted


# ---------------------------------------------------------------- changed by a person


def test_units_of_a_summary_that_somebody_spoilt_are_refused() -> None:
    with pytest.raises(Refused, match="编号"):
        read_units(edited({f"{column(COUNT)}2": None}))


def test_its_own_sums_are_never_believed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(summary.workbook(three())))
    totals = book.worksheets[0]
    row = next(cell.row for cell in totals["A"] if cell.value == COUNT)
    assert read_table(edited({f"D{row}": 999}, totals.title)).values[COUNT] == 2


def test_a_figure_corrected_in_the_details_counts() -> None:
    assert read_table(edited({f"{column(COUNT)}{FIRST}": 7})).values[COUNT] == 9


@pytest.mark.parametrize("content", ["=1+1", "约5", "#REF!"])
def test_what_is_no_figure_is_not_added_up(content: str) -> None:
    place = f"{column(COUNT)}{FIRST}"
    with pytest.raises(Refused, match=place) as refused:
        read_table(edited({place: content}))
    assert refused.value.finding.code == "R24"


def test_a_row_of_sums_is_not_taken_for_a_unit() -> None:
    with pytest.raises(Refused, match="第8行"):
        read_table(edited({"C8": "合计", f"{column(COUNT)}8": 2}))


def test_without_its_keys_it_cannot_be_added_up() -> None:
    with pytest.raises(Refused, match="编号"):
        read_table(edited({f"{column(COUNT)}2": None}))


def test_what_reaches_beyond_the_limits_is_refused_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(summaries, "COLLECTION", replace(COLLECTION, rows=FIRST))
    with pytest.raises(Refused, match=f"超过{FIRST}行"):
        read_table(summary.workbook(three()))


def test_a_remark_far_away_cuts_nothing() -> None:
    assert read_table(edited({"AMK1": "备注"})).values == three().whole.totals


def test_an_office_program_leaves_it_readable(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    path.write_bytes(summary.workbook(three()))
    (again,) = office.recalculate([path], tmp_path / "again")
    table = read_table(again.read_bytes())
    assert (table.values, table.counted, table.units) == (three().whole.totals, 3, 4)
