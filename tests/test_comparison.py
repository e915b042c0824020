"""Tables of several years side by side: what is said of them."""

from collections.abc import Sequence

import pytest

from tests.returns import returned
from tests.years import SMALL as FORM
from toolkit import comparison
from toolkit.comparison import Comparison, Side
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Unit


def of(
    year: int,
    name: str = "",
    code: str = "",
    counted: int = 1,
    *,
    edition: str = "2000",
    values: Figures | None = None,
) -> Table:
    whole = returned(FORM, {}).values if values is None else values
    return Table(edition, year, whole, Unit(name, code), counted)


def compared(*tables: Table) -> Comparison:
    sides = [Side(f"{table.year}.xlsx", table) for table in tables]
    return comparison.compared(FORM, sides)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2023, 2022), "小表  2023年度与2022年度对比"),
        ((2023, 2022, 2020), "小表  2023年度、2022年度与2020年度对比"),
    ],
)
def test_the_title_names_the_years(years: Sequence[int], said: str) -> None:
    assert compared(*map(of, years)).title(FORM.name) == said


def test_whose_figures_they_are_is_said_of_each_table() -> None:
    found = compared(of(2023, "甲局"), of(2022, counted=3), of(2021, "甲局"))
    assert found.told(["今", "昔", "古"]) == [
        "本年：甲局，2000版（今）",
        "上年：汇总，计入3/1家，2000版（昔）",
        "2021年度：甲局，2000版（古）",
    ]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2023, 2022), [("2023比2022", "同比")]),
        ((2023, 2020), [("2023比2020", "增幅")]),
        (
            (2023, 2022, 2020),
            [("2023比2022", "同比"), ("2022比2020", "增幅"), ("2023比2020", "增幅")],
        ),
    ],
)
def test_each_year_is_held_against_the_next_and_the_first_against_the_last(
    years: Sequence[int], said: Sequence[tuple[str, str]]
) -> None:
    assert [(step.name, step.percent) for step in compared(*map(of, years)).steps] == said


def test_changes_are_those_of_the_steps() -> None:
    figures = [{"desk/person": number} for number in (9, 6, 4)]
    found = compared(
        *(of(2023 - n, values=returned(FORM, one).values) for n, one in enumerate(figures))
    )
    (line,) = (line for line in found.lines if line.keys == ("desk/person",))
    assert [change.difference for change in found.changes(line)] == [3, 2, 5]
    assert [str(change.percent) for change in found.changes(line)] == ["50.0", "50.0", "125.0"]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ((of(2023, "甲局"), of(2022, "甲 局")), []),
        (
            (of(2023, "甲局"), of(2022, "乙局")),
            ["两份表不是同一家单位的：本年是“甲局”，上年是“乙局”。"],
        ),
        (
            (of(2023, "甲局"), of(2022, "甲局"), of(2021, "乙局")),
            ["两份表不是同一家单位的：本年是“甲局”，2021年度是“乙局”。"],
        ),
        ((of(2023, "甲局", "X1"), of(2022, "原甲局", "Ｘ1")), []),  # renamed, same code
        (
            (of(2023, "甲局", "X1"), of(2022, "乙局", "X2")),
            ["两份表不是同一家单位的：本年是“甲局”，上年是“乙局”。"],
        ),
        ((of(2023, "甲局"), of(2022)), []),  # a return beside a summary
        ((of(2023, counted=5), of(2022, counted=5)), []),
        (
            (of(2023, counted=5), of(2022, counted=4), of(2021, counted=5)),
            ["两份汇总计入的家数不同：本年5家，上年4家。"],
        ),
        ((of(2023), of(2021)), ["2023年度与2021年度不是相邻的两年。"]),
        (
            (of(2023), of(2021), of(2020), of(2018)),
            ["2023年度与2021年度不是相邻的两年。", "2020年度与2018年度不是相邻的两年。"],
        ),
    ],
)
def test_notes_about_the_tables(tables: Sequence[Table], said: Sequence[str]) -> None:
    assert compared(*tables).notes == said


def test_a_note_on_a_line_names_its_years_unless_it_holds_for_all_that_can_be_compared() -> None:
    old, strange = of(2021, edition="1990"), of(2020, edition="1980")
    told = []
    for tables in ((of(2023), old), (of(2023), of(2022), old), (of(2023), old, strange)):
        found = compared(*tables)
        told.append({found.note(line) for line in found.lines} - {""})
    assert told == [{"口径相近"}, {"口径相近（2021年度）"}, {"口径相近"}]


def test_figures_of_an_earlier_year_that_have_no_line_are_counted() -> None:
    old = of(2021, edition="1990", values={"asked.person": 2, "gone": 3, "zero": 0, "blank": None})
    assert [*compared(of(2023), old).gone()] == [
        "上年另有1项有数的指标，本年没有可以对比的，没有列出。"
    ]
    assert [*compared(of(2023), of(2022), old).gone()] == [
        "2021年度另有1项有数的指标，本年没有可以对比的，没有列出。"
    ]


def test_lines_left_out_and_reasons_are_counted_once() -> None:
    last = of(2022, values=returned(FORM, {"desk/company": 3}).values)
    lines = compared(of(2023), last, of(2021, edition="1980")).lines
    assert [*comparison.account(lines, whole=True)] == [
        "有12项不可比：1980版和2000版的指标没有对照。"
    ]
    left_out = len(lines) - len(comparison.shown(lines, whole=False))
    assert [*comparison.account(lines, whole=False, hint="，加号")] == [
        f"另有{left_out}项各年都没有数或都是0，没有列出，加号。",
        "有12项不可比：1980版和2000版的指标没有对照。",
    ]
