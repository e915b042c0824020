"""The comparison as people and as programs read it."""

import json
from decimal import Decimal

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.returns import returned
from tests.years import SMALL as FORM
from toolkit import columns, comparison
from toolkit.comparison import Comparison, Side
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Unit
from toolkit.side_by_side import as_json, as_table


def compared(this: Figures, last: Figures, edition: str = "2000") -> Comparison:
    now = Table("2000", 2023, returned(FORM, this).values, Unit("甲\n局", "X1"))
    then = Table(edition, 2022, last, counted=3, units=4)
    return comparison.compared(FORM, [Side("今.xlsx", now), Side("昔.xlsx", then)])


def over_years(*years: Figures) -> Comparison:
    """Compare years of one edition, 2023 first."""
    tables = [
        Table("2000", 2023 - n, returned(FORM, figures).values, Unit("甲局"))
        for n, figures in enumerate(years)
    ]
    return comparison.compared(FORM, [Side(f"{table.year}.xlsx", table) for table in tables])


def shown(comparison: Comparison, *, whole: bool = False) -> list[str]:
    return click.unstyle(as_table(comparison, whole=whole)).splitlines()


def test_a_printed_row_stands_above_its_figures() -> None:
    last = returned(FORM, {"desk/person": 10, "desk/company": 1}).values
    lines = shown(compared({"desk/person": 12, "desk/company": 0}, last))
    place = lines.index("  当面")
    assert [line.split() for line in lines[place + 1 : place + 4]] == [
        ["自然人", "件", "12", "10", "+2", "+20.0%"],
        ["法人或其他组织", "件", "0", "1", "-1", "-100.0%"],
        ["总计", "件", "12", "11", "+1", "+9.1%"],
    ]


def test_whose_figures_they_are_is_said_in_one_line_each() -> None:
    lines = shown(compared({}, {}))
    assert lines[:3] == [
        "小表  2023年度与2022年度对比",
        "本年：甲 局，2000版（今.xlsx）",
        "上年：汇总，计入3/4家，2000版（昔.xlsx）",
    ]


def test_without_any_figure_there_is_no_table() -> None:
    assert shown(compared({}, {}))[3:] == [
        "",
        "另有12项各年都没有数或都是0，没有列出；要看的加 --all。",
        "共12项。",
    ]


def test_rows_without_a_figure_are_counted_and_not_shown() -> None:
    last = returned(FORM, {"desk/person": 0}).values
    comparison = compared({"mail/company": 3}, last)
    lines = shown(comparison)
    assert not any("自然人" in line for line in lines)
    # mail, received and their totals have a figure
    assert "另有8项各年都没有数或都是0，没有列出；要看的加 --all。" in lines
    whole = shown(comparison, whole=True)
    assert sum(" 件 " in line for line in whole) == len(FORM.indicators)
    assert not any("没有列出" in line for line in whole)
    assert lines[-1] == whole[-1] == "共12项。"


def test_what_cannot_be_compared_is_said_with_its_reason_once() -> None:
    lines = shown(compared({"desk/company": 3, "mail/company": 1}, {"asked.person": 2}, "1990"))
    line = lines[lines.index("  当面") + 1]
    assert line.split() == ["法人或其他组织", "件", "3", "不可比"]
    assert "有9项不可比：旧表只有收到和办结。" in lines


def test_figures_of_last_year_that_have_no_row_are_counted() -> None:
    last = {"asked.person": 2, "gone": 3, "gone.blank": None, "gone.zero": 0}
    assert any("上年另有1项" in line for line in shown(compared({}, last, "1990")))


def test_notes_of_a_pair_stand_behind_the_figures() -> None:
    lines = shown(compared({"desk/person": 3}, {"asked.person": 2}, "1990"))
    (line,) = (one for one in lines if "合计" in one)
    assert line.split()[1:] == ["件", "3", "2", "+1", "+50.0%", "口径相近"]


def test_blank_is_said_in_a_word() -> None:
    lines = shown(compared({"closed/person": 3}, dict.fromkeys(FORM.indicators)))
    assert [line.split() for line in lines if "自然人" in line] == [["自然人", "件", "3", "空白"]]


def test_figures_stand_one_under_the_other_however_wide() -> None:
    last = returned(FORM, {"desk/person": 123_456_789, "mail/company": 1}).values
    lines = shown(compared({"desk/person": 1}, last))
    figures = [line for line in lines if " 件 " in line]
    (place,) = {columns.width(line[: line.index(" 件 ")]) for line in figures}
    head = next(line for line in lines if line.startswith("指标"))
    assert columns.width(head[: head.index("单位")]) == place + 1


def test_two_years_fit_into_80_places() -> None:
    last = returned(FORM, {"desk/person": 98765}).values
    lines = shown(compared({"desk/person": 12345, "mail/company": 99999}, last), whole=True)
    assert max(map(columns.width, lines)) <= 80


def test_more_years_have_a_column_each_and_their_changes_under_a_heading() -> None:
    lines = shown(over_years({"desk/person": 9}, {"desk/person": 6}, {"desk/person": 4}))
    place = next(n for n, line in enumerate(lines) if line.startswith("指标"))
    assert lines[place - 1].split() == ["2023比2022", "2022比2021", "2023比2021"]
    years = ["2023年度", "2022年度", "2021年度"]
    assert lines[place].split() == ["指标", "单位", *years, *["增减", "同比"] * 2, "增减", "增幅"]
    row = next(line for line in lines if "自然人" in line)
    steps = ["+3", "+50.0%", "+2", "+50.0%", "+5", "+125.0%"]
    assert row.split() == ["自然人", "件", "9", "6", "4", *steps]
    assert columns.width(lines[place - 1]) == columns.width(lines[place])


def test_the_changes_end_under_their_years_however_wide() -> None:
    figures = ({"desk/person": 10**9}, {"desk/person": 1}, {"desk/person": 10**9})
    lines = shown(over_years(*figures))
    place = next(n for n, line in enumerate(lines) if line.startswith("指标"))
    for first, second in (("2023比2022", "同比"), ("2023比2021", "增幅")):
        ends = [
            columns.width(line[: line.index(head) + len(head)])
            for line, head in ((lines[place - 1], first), (lines[place], second))
        ]
        assert ends[0] == ends[1]


def test_a_year_that_cannot_be_compared_is_blank_and_so_are_its_changes() -> None:
    now = Table("2000", 2023, returned(FORM, {"desk/company": 3}).values)
    last = Table("2000", 2022, returned(FORM, {"desk/company": 1}).values)
    old = Table("1990", 2021, {"asked.person": 2})
    found = comparison.compared(FORM, [Side("文件", one) for one in (now, last, old)])
    line = next(one for one in shown(found) if "法人" in one)
    changes = ["+2", "+200.0%", "不可比", "不可比"]
    assert line.split() == ["法人或其他组织", "件", "3", "1", *changes]


def test_the_table_can_be_shown_on_a_gbk_console() -> None:
    for edition in ("2000", "1990", "1980"):
        found = compared({"desk/person": 3}, {"asked.person": 2}, edition)
        as_table(found, whole=True).encode("gbk")


def test_the_object_has_every_row() -> None:
    last = returned(FORM, {"desk/person": 3}).values
    content = json.loads(as_json(compared({"desk/person": 4}, last)), parse_float=Decimal)
    assert content.keys() == {"tables", "notes", "rows"}
    assert content["tables"][0] == {
        "file": "今.xlsx",
        "form": "2000",
        "year": 2023,
        "unit": {"name": "甲\n局", "code": "X1"},
        "counted": 1,
        "units": 1,
    }
    assert content["notes"] == []
    assert [row["keys"] for row in content["rows"]] == [[key] for key in FORM.indicators]
    row = next(row for row in content["rows"] if row["keys"] == ["desk/person"])
    told = {"keys": ["desk/person"], "note": "", "reason": ""}
    assert row == {
        "keys": ["desk/person"],
        "name": "当面·自然人",
        "section": FORM.indicators["desk/person"].section,
        "measure": "件",
        "figures": [{"year": 2023, "value": 4, **told}, {"year": 2022, "value": 3, **told}],
        "changes": [{"year": 2023, "since": 2022, "difference": 1, "percent": Decimal("33.3")}],
    }


def test_the_object_has_a_figure_of_each_year_and_every_change() -> None:
    years: tuple[Figures, ...] = ({"desk/person": 9}, {"desk/person": 6}, {})
    content = json.loads(as_json(over_years(*years)), parse_float=Decimal)
    row = next(row for row in content["rows"] if row["keys"] == ["desk/person"])
    assert [(one["year"], one["value"]) for one in row["figures"]] == [
        (2023, 9),
        (2022, 6),
        (2021, None),
    ]
    assert [(one["year"], one["since"], one["difference"]) for one in row["changes"]] == [
        (2023, 2022, 3),
        (2022, 2021, None),
        (2023, 2021, None),
    ]


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(("content", "places"), [("", 0), ("abc", 3), ("统计", 4), ("（1）", 5)])
def test_wide_characters_take_two_places(content: str, places: int) -> None:
    assert columns.width(content) == places


TEXTS = st.text(st.sampled_from("ab1统计（　"), max_size=30)


@given(TEXTS, st.integers(2, 20))
def test_folding_loses_nothing_and_keeps_to_its_places(content: str, places: int) -> None:
    lines = columns.folded(content, places)
    assert "".join(lines) == content
    assert all(columns.width(line) <= places for line in lines)


@given(TEXTS, st.integers(60, 70))
def test_aligned_text_takes_its_places(content: str, places: int) -> None:
    for align in (columns.left, columns.right):
        assert columns.width(align(content, places)) == places
