"""What stands above the figures of a list: units, years, and more columns than one."""

from typing import Any

import pytest

from tests.reading.drawn import KEY, LABEL, VALUE, Rows, book, numbered, sheet, template
from tests.reading.matrices import codes, found
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.reading.locate import locate

YEAR = 2018


@pytest.fixture
def rows(form: Form) -> Rows:
    return template(form, numbered(form), year=f"{YEAR}年")


def top(rows: Rows) -> int:
    """Return the index of the row of headings."""
    return next(place for place, row in enumerate(rows) if "统计指标" in row)


def beside(rows: Rows, heading: str | None, figures: Any) -> Rows:
    """Return the rows with another column of figures right of the figures."""
    first = top(rows)
    new = []
    for place, row in enumerate(rows):
        more = heading if place == first else figures if place > first and row[KEY] else None
        new.append([*row[: VALUE + 1], more, *row[VALUE + 1 :]] if place >= first else row)
    return new


def below(rows: Rows, *cells: Any) -> Rows:
    """Return the rows with another row below the headings, from the figures on."""
    first = top(rows)
    return [*rows[: first + 1], [None] * VALUE + [*cells], *rows[first + 1 :]]


# ---------------------------------------------------------------- one column


@pytest.mark.parametrize(
    "heading",
    [
        "统计数（件）",
        "统计数（单位：件）",
        "2018年统计数",
        "2018年度统计数",
        "统计数（2018年）",
        "统计数(2018)",
    ],
)
def test_a_unit_of_counts_or_the_year_of_the_return_may_stand_in_the_heading(
    form: Form, rows: Rows, heading: str
) -> None:
    rows[top(rows)][VALUE] = heading
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert not located.findings


@pytest.mark.parametrize(
    "heading", ["统计数（元）", "统计数（万元）", "2017年统计数", "统计数（2017年）"]
)
def test_a_unit_of_money_or_another_year_may_not(form: Form, rows: Rows, heading: str) -> None:
    rows[top(rows)][VALUE] = heading
    located = locate(book(rows), form)
    assert not found(located)
    assert codes(located) == ["R20"]


def test_without_a_year_in_the_head_the_title_tells_it(form: Form) -> None:
    rows = [[None, "2018年度统计表"], *template(form, numbered(form))]
    rows[top(rows)][VALUE] = "2018年统计数"
    assert found(locate(book(rows), form)) == numbered(form)
    rows[0] = [None, "2017年、2018年统计表"]
    assert not found(locate(book(rows), form))


@pytest.mark.parametrize("said", ["2018年", "（2018年度）", 2018, "（件）"])
def test_a_row_below_the_heading_may_repeat_the_year_or_a_unit(
    form: Form, rows: Rows, said: Any
) -> None:
    located = locate(book(below(rows, said)), form)
    assert found(located) == numbered(form)
    assert not located.findings


@pytest.mark.parametrize("said", ["2017年", 2017, "一季度", "区本级"])
def test_a_row_below_the_heading_that_says_anything_else_leaves_doubt(
    form: Form, rows: Rows, said: Any
) -> None:
    located = locate(book(below(rows, said)), form)
    assert not found(located)
    assert codes(located) == ["R90"]


# ---------------------------------------------------------------- several columns


def two_years(rows: Rows, first: Any, second: Any) -> Rows:
    """Return the rows with another year's figures beside, both below one heading."""
    return below(beside(rows, None, 7), first, second)


def test_two_years_below_one_heading_are_said_once(form: Form, rows: Rows) -> None:
    located = locate(book(two_years(rows, "2017年", "2018年")), form)
    assert not found(located)
    (doubt,) = located.findings
    assert (doubt.code, doubt.severity) == ("R90", Severity.ERROR)
    assert doubt.cell == f"D{top(rows) + 1}"
    assert "统计数、2017年" in doubt.message
    assert list(located.extra) == ["2018年"]


@pytest.mark.parametrize(("first", "second"), [("2018年", "2017年"), (2018, 2017)])
def test_below_a_merged_heading_the_year_of_the_return_is_taken(
    form: Form, rows: Rows, first: Any, second: Any
) -> None:
    drawn = two_years(rows, first, second)
    heading = top(drawn) + 1
    merged = sheet(drawn, merges=((heading, VALUE + 1, heading, VALUE + 2),))
    located = locate(book(merged), form)
    assert found(located) == numbered(form)
    assert not located.findings
    assert list(located.extra) == [str(second)]


@pytest.mark.parametrize("quarters", [["一季度", "二季度"], ["上半年", "全年"], [2016, 2017]])
def test_below_a_merged_heading_anything_else_leaves_doubt(
    form: Form, rows: Rows, quarters: list[Any]
) -> None:
    drawn = two_years(rows, *quarters)
    heading = top(drawn) + 1
    located = locate(book(sheet(drawn, merges=((heading, VALUE + 1, heading, VALUE + 2),))), form)
    assert not found(located)
    assert codes(located) == ["R90"]


@pytest.mark.parametrize(
    "heading", ["2018年统计数", "更正数", "统计数（修改后）", "统计数", "本年数"]
)
def test_a_column_that_may_be_meant_instead_leaves_doubt(
    form: Form, rows: Rows, heading: str
) -> None:
    located = locate(book(beside(rows, heading, 7)), form)
    assert not found(located)
    assert codes(located) == ["R90"]


@pytest.mark.parametrize("heading", ["2018年统计数", "更正数"])
def test_a_column_without_figures_leaves_no_doubt(form: Form, rows: Rows, heading: str) -> None:
    located = locate(book(beside(rows, heading, "见附件")), form)
    assert found(located) == numbered(form)
    assert not located.findings


@pytest.mark.parametrize("heading", ["上年统计数", "2017年统计数", "备查", "同比增减（统计数）"])
def test_other_columns_are_kept_beside_the_figures(form: Form, rows: Rows, heading: str) -> None:
    located = locate(book(beside(rows, heading, 7)), form)
    assert found(located) == numbered(form)
    assert not located.findings
    assert list(located.extra) == [heading]


def test_a_list_in_two_columns_of_a_page_is_read_down_the_first(form: Form, rows: Rows) -> None:
    """The headings stand above both; sections go on in the second."""
    first = top(rows)
    plain = [row[LABEL : VALUE + 1] for row in rows[first + 1 :] if not row[KEY] or len(row) > 4]
    plain = [row + [None] * (3 - len(row)) for row in plain]
    half = len(plain) // 2 + 3
    heads = rows[first][LABEL : VALUE + 1]
    left, right = plain[:half], plain[half:]
    right += [[None] * 3] * (len(left) - len(right))
    page = [[*heads, None, *heads]]
    page += [[*one, None, *other] for one, other in zip(left, right, strict=True)]
    located = locate(book(page), form)
    assert found(located) == numbered(form)
    assert set(codes(located)) == {"R18"}
