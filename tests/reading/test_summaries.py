"""Any table as figures: a return, a record, a summary summed anew."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.office import Office
from tests.sent import COUNT, FORM, MONEY, YEAR, record, sent
from toolkit import words
from toolkit.findings import Refused
from toolkit.merge import Summary, merge
from toolkit.reading import limits
from toolkit.reading.summaries import read_table, read_units
from toolkit.record import Unit, dump
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
    assert table.values == three().totals
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
    assert [one.values for one in tables] == [record.values for _, record in merged.adopted]


def test_a_return_and_its_record_are_one_unit() -> None:
    one = record("甲局", {COUNT: -1}, code="X1")
    for data in (template.filled(FORM, one), dump(one).encode()):
        (table,) = read_units(data)
        assert table == read_table(data)
        assert [error.code for error in table.errors][:1] == ["F1"]


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
    monkeypatch.setattr(limits, "ROWS", FIRST)
    with pytest.raises(Refused, match="超过"):
        read_table(summary.workbook(three()))


@given(st.lists(st.dictionaries(st.sampled_from([COUNT, MONEY]), strategies.counts()), max_size=4))
def test_written_and_read_the_sums_are_the_same(units: list[dict[str, int]]) -> None:
    files = [sent(f"{n}.xlsx", record(f"单位{n}", one)) for n, one in enumerate(units)]
    merged = merge(FORM, YEAR, files)
    table = read_table(summary.workbook(merged))
    assert (table.values, table.counted) == (merged.totals, merged.counted)


def test_an_office_program_leaves_it_readable(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    path.write_bytes(summary.workbook(three()))
    (again,) = office.recalculate([path], tmp_path / "again")
    table = read_table(again.read_bytes())
    assert (table.values, table.counted, table.units) == (three().totals, 3, 4)
