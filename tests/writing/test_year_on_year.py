"""The 同比 sheet: live figures, what cannot be compared and why, swings with their units."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from tests.collected import BING, JIA, REGION, YI, collection, of_form, told
from tests.office import Office
from tests.sent import COUNT, FORM, MONEY, YEAR
from toolkit import definition, swings, words
from toolkit.compare import Row
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Number
from toolkit.merge import Summary
from toolkit.previous import of_tables
from toolkit.reading.summaries import Table
from toolkit.record import Unit, settle
from toolkit.swings import YearOnYear
from toolkit.writing.summary import workbook

SHEET = words.say("summary.sheet.yearly")
NAME, MEASURE, THIS, LAST, DIFFERENCE, PERCENT, STATE, SHARES, DECIDED = range(9)
HEADER = 3


def last(unit: Unit, figures: dict[str, Number | None]) -> Table:
    values, _ = settle(FORM, figures, {})
    return Table(FORM.edition, YEAR - 1, values, unit)


BEFORE = (last(JIA, {COUNT: 1, MONEY: 1}), last(YI, {COUNT: 0}), last(BING, {COUNT: 9}))


def years(*made: Decision) -> tuple[Summary, YearOnYear]:
    """Return 44 this year and 10 the year before."""
    files = [told(JIA, {COUNT: 2, MONEY: 1}), told(YI, {COUNT: 0}), told(BING, {COUNT: 42})]
    summary = collection(files, Decisions([]))
    found = swings.year_on_year(summary, of_tables("上年.xlsx", BEFORE), Decisions(made))
    assert found is not None
    return summary, found


def rows(content: bytes, *, live: bool = False) -> dict[str, list[Any]]:
    """Return the rows of the sheet by what they are called."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=not live)[SHEET]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 2)]
    return {str(row[NAME]): row for row in found}


def test_it_stands_behind_the_sums_and_has_a_row_for_every_indicator() -> None:
    summary, yearly = years()
    book = openpyxl.load_workbook(io.BytesIO(workbook(summary, (), yearly)))
    assert book.sheetnames.index(SHEET) == 2
    told_ = rows(workbook(summary, (), yearly))
    assert list(told_) == [indicator.name for indicator in FORM.indicators.values()]
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(workbook(summary))).sheetnames


def test_a_row_tells_both_years_the_difference_and_the_growth() -> None:
    summary, yearly = years()
    row = rows(workbook(summary, (), yearly))[FORM.indicators[COUNT].name]
    assert row[THIS : PERCENT + 1] == [44, 10, 34, 3.4]
    heads = openpyxl.load_workbook(io.BytesIO(workbook(summary, (), yearly)))[SHEET][HEADER + 1]
    assert [cell.value for cell in heads][THIS : LAST + 1] == [f"{YEAR}年度", f"{YEAR - 1}年度"]


def test_a_swing_names_its_units_and_waits_for_an_explanation() -> None:
    summary, yearly = years()
    row = rows(workbook(summary, (), yearly))[FORM.indicators[COUNT].name]
    assert row[STATE:] == ["待说明", f"{BING.name}9→42；{JIA.name}1→2", None]
    steady = rows(workbook(summary, (), yearly))[FORM.indicators[MONEY].name]
    assert steady[STATE:] == [None, None, None]


def test_what_somebody_explained_stands_with_the_swing() -> None:
    told_of = ("warning 44/10",)
    summary, yearly = years(
        Decision(Action.EXPLAIN, "李四", "并入一镇", code="M6", key=COUNT, states=told_of)
    )
    content = workbook(summary, (), yearly)
    row = rows(content)[FORM.indicators[COUNT].name]
    assert (row[STATE], row[DECIDED]) == ("已说明", "李四：并入一镇")
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert sheet["A2"].value == "变化较大的1项，其中0项待说明。"


def test_it_says_that_only_those_that_count_are_compared() -> None:
    files = [told(JIA, {COUNT: 2, MONEY: 1}), told(YI, {COUNT: 0})]
    summary = collection(files, Decisions([]))
    yearly = swings.year_on_year(summary, of_tables("上年.xlsx", BEFORE), Decisions([]))
    content = workbook(summary, (), yearly)
    row = rows(content)[FORM.indicators[COUNT].name]
    assert row[THIS : LAST + 1] == [2, 1]
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert sheet["A3"].value == (
        f"本年计入2家；上年是2家的合计，{FORM.edition}版。"
        "同口径：只比较已计入的2家，还有2家未计入。"
    )


def test_beside_a_mere_total_it_says_that_nothing_is_concluded_yet() -> None:
    summary = collection([told(JIA, {COUNT: 2})], Decisions([]))
    total = of_tables("上年.xlsx", [last(REGION, {COUNT: 90})])
    yearly = swings.year_on_year(summary, total, Decisions([]))
    content = workbook(summary, (), yearly)
    assert rows(content)[FORM.indicators[COUNT].name][THIS : LAST + 1] == [2, 90]
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert sheet["A2"].value.startswith("上年只有合计数，本年还有3家未计入，两年不是同口径")
    assert sheet["A3"].value == f"本年计入1家；上年是1家的合计，{FORM.edition}版。"


def test_what_a_unit_said_stands_with_its_share() -> None:
    said = told(JIA, {COUNT: 30})
    assert said.record is not None
    file = replace(said, record=replace(said.record, explanations={COUNT: "新设一处平台"}))
    summary = collection([file], Decisions([]))
    yearly = swings.year_on_year(summary, of_tables("a", BEFORE), Decisions([]))
    row = rows(workbook(summary, (), yearly))[FORM.indicators[COUNT].name]
    assert row[SHARES] == f"{JIA.name}1→30（说明：新设一处平台）"


def test_what_cannot_be_compared_says_why() -> None:
    summary = of_form(definition.load(definition.editions()[-1]))
    then = Table("2018", summary.year - 1, {"request.received": 5}, REGION)
    yearly = swings.year_on_year(summary, of_tables("上年.xlsx", [then]), Decisions([]))
    assert yearly is not None
    told_ = rows(workbook(summary, (), yearly))
    reasons = {row.reason for row in yearly.rows if row.reason}
    strange = [row for row in told_.values() if row[STATE] == "不可比"]
    assert len(strange) == sum(bool(row.reason) for row in yearly.rows) > 0
    assert {row[SHARES] for row in strange} == reasons
    assert {tuple(row[LAST : PERCENT + 1]) for row in strange} == {(None, None, None)}


def test_an_office_program_comes_to_the_same_growth(office: Office, tmp_path: Path) -> None:
    summary, yearly = years()
    path = tmp_path / "汇总.xlsx"
    # Without our results, which it would believe.
    openpyxl.load_workbook(io.BytesIO(workbook(summary, (), yearly))).save(path)
    (again,) = office.recalculate([path], tmp_path / "again")
    shown = rows(again.read_bytes())
    assert all(row[THIS] for row in shown.values() if row[LAST])
    for row, content in zip(yearly.rows, shown.values(), strict=True):
        assert [one or None for one in content[THIS : PERCENT + 1]] == expected(row)


def expected(row: Row) -> list[float | None]:
    """Return the figures of a row as a workbook has them; 0 and nothing alike."""
    growth = None if row.percent is None else row.percent / 100
    figures = (row.this, row.last, row.difference, growth)
    return [float(one) if one else None for one in figures]
