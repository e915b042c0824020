"""Numbers beside the figures of a table: each is one of them, understood, or said."""

from dataclasses import replace
from typing import Any

import pytest

from tests.reading.drawn import (
    EXPLANATION,
    KEY,
    REPORTED,
    UNIT,
    VALUE,
    Formula,
    Rows,
    book,
    numbered,
    row_at,
    row_of,
    template,
    without_column,
)
from tests.reading.matrices import (
    BLOCKS,
    codes,
    documents,
    found,
    without,
    written,
)
from tests.reading.matrices import numbered as all_of
from tests.reading.printouts import Look, Span, inserted
from tests.reading.printouts import book as drawn
from toolkit import definition
from toolkit.form import Form
from toolkit.reading.grid import Sheet, column_letters
from toolkit.reading.locate import locate
from toolkit.reading.returns import read_return, read_workbook

BEHIND = REPORTED + 2
"""The first column without a heading."""
FAX = "request.fax"


@pytest.fixture
def rows(form: Form) -> Rows:
    return template(form, numbered(form))


def put(rows: Rows, key: str, column: int, content: Any) -> None:
    """Write into a row, which may be shorter."""
    row = row_at(rows, key)
    row += [None] * (column + 1 - len(row))
    row[column] = content


# ---------------------------------------------------------------- right of the figures of a list


@pytest.mark.parametrize("written", [15, "15", "053", "15件", "应为15", "（更正：１５）"])
@pytest.mark.parametrize("column", [UNIT, EXPLANATION, BEHIND])
def test_a_number_beside_a_figure(form: Form, rows: Rows, written: Any, column: int) -> None:
    put(rows, FAX, column, written)
    located = locate(book(rows), form)
    (one,) = located.findings
    address = f"{column_letters(column + 1)}{row_of(rows, FAX) + 1}"
    assert (one.code, one.key, one.cell) == ("R55", FAX, address)
    assert f"一栏还有{written}" in one.message
    assert FAX not in found(located)
    record = read_workbook(book(rows), form).record
    assert FAX not in record.explanations
    assert str(written) in record.sources[FAX].raw


def test_a_number_beside_an_empty_cell(form: Form, rows: Rows) -> None:
    put(rows, FAX, VALUE, None)
    put(rows, FAX, BEHIND, 15)
    (one,) = locate(book(rows), form).findings
    assert (one.code, one.key) == ("R49", FAX)


def test_digits_spread_over_cells(form: Form, rows: Rows) -> None:
    for column, digit in enumerate([0, 5, 3], BEHIND):
        put(rows, FAX, column, digit)
    (one,) = locate(book(rows), form).findings
    assert one.code == "R55"
    assert "“I、J、K”一栏还有0、5、3" in one.message


@pytest.mark.parametrize("said", ["含下属单位3家", "去年误报，上年数应为15", "2019-01-15", "无"])
@pytest.mark.parametrize("column", [EXPLANATION, BEHIND])
def test_remarks_beside_figures(form: Form, rows: Rows, said: str, column: int) -> None:
    put(rows, FAX, column, said)
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert not located.findings


def test_what_is_worked_out_beside_the_table(form: Form, rows: Rows) -> None:
    put(rows, FAX, BEHIND, Formula(15))
    assert not locate(book(rows), form).findings


def test_another_table_behind_an_empty_column(form: Form, rows: Rows) -> None:
    for key in (FAX, "request.mail"):
        put(rows, key, BEHIND + 1, 15)
    assert not locate(book(rows), form).findings


def test_a_column_with_a_heading_is_kept(form: Form, rows: Rows) -> None:
    put(rows, FAX, BEHIND, 15)
    next(row for row in rows if "统计指标" in row).append("镇街数")
    located = locate(book(rows), form)
    assert [*located.extra] == ["镇街数"]
    assert not located.findings


def test_serial_numbers_left_of_the_labels(form: Form, rows: Rows) -> None:
    keyless = without_column(rows, KEY)
    counted = [[place, *row] for place, row in enumerate(keyless)]
    located = locate(book(counted), form)
    assert found(located) == numbered(form)
    assert codes(located) == ["R18"]


# ---------------------------------------------------------------- left of the figures of a matrix

FLAT = Look(Span.FIRST, row_keys=False, column_keys=False, beside=False)
"""Typed anew, and nothing is merged."""
ROWS = ["rules.own", "rules.other", "papers.own", "papers.other"]


def slipped(papers: Sheet, *rows: int) -> Sheet:
    """Return a sheet with rows that stand one cell further to the left."""
    moved = (
        cell._replace(column=cell.column - (cell.row in rows)) for cell in papers.cells.values()
    )
    return replace(papers, cells={(cell.row, cell.column): cell for cell in moved})


def test_a_row_that_slipped_to_the_left() -> None:
    people, papers, cases = documents(look=FLAT)
    located = locate(drawn(people, slipped(papers, 5), cases), BLOCKS)
    (one,) = (one for one in located.findings if one.code != "R18")
    assert (one.code, one.key, one.cell) == ("R53", "rules.other", "B5")
    assert found(located) == without("rules.other")


def test_where_most_rows_slipped_none_is_read() -> None:
    people, papers, cases = documents(look=FLAT)
    located = locate(drawn(people, slipped(papers, 5, 7), cases), BLOCKS)
    said = [(one.code, one.key) for one in located.findings if one.code != "R18"]
    assert said == [("R53", key) for key in ROWS]
    assert found(located) == without(*ROWS)


def test_a_row_that_slipped_where_its_first_figures_are_blank() -> None:
    """Its label stands below the one it belongs under, those beside it stand right of that."""
    people, papers, cases = documents(look=FLAT)
    blank = written(papers, (5, 4, None), (5, 5, None))
    located = locate(drawn(people, slipped(blank, 5), cases), BLOCKS)
    (one,) = (one for one in located.findings if one.code != "R18")
    assert (one.code, one.key) == ("R53", "rules.other")
    assert "rules.other/change" not in found(located)


def test_a_figure_in_a_column_of_labels() -> None:
    people, papers, cases = documents(look=FLAT)
    papers = written(papers, (10, 3, 115), (10, 4, None))
    located = locate(drawn(people, papers, cases), BLOCKS)
    assert [(one.code, one.key) for one in located.findings if one.code != "R18"] == [
        ("R53", "fees")
    ]


@pytest.mark.parametrize("heading", ["行次", None])
def test_numbers_of_the_rows_before_the_figures(heading: str | None) -> None:
    people, papers, cases = documents(look=FLAT)
    counted = written(
        inserted(papers, column=4),
        (3, 4, heading),
        *((row, 4, row - 3) for row in range(4, 8)),
    )
    located = locate(drawn(people, counted, cases), BLOCKS)
    assert found(located) == all_of(BLOCKS)
    assert {*codes(located)} == {"R18"}


def test_a_number_right_of_a_matrix_is_of_any_of_the_figures_in_its_row() -> None:
    people, papers, cases = documents(look=FLAT)
    located = locate(drawn(people, written(papers, (5, 7, 15)), cases), BLOCKS)
    (one,) = (one for one in located.findings if one.code != "R18")
    assert (one.code, one.key, one.cell) == ("R55", "rules.other", "G5")
    assert found(located) == without("rules.other")


def test_a_column_headed_further_up_needs_no_heading_again() -> None:
    people, papers, cases = documents(look=FLAT)
    noted = written(papers, (3, 7, "上年"), (4, 7, 9), (10, 7, 8))
    located = locate(drawn(people, noted, cases), BLOCKS)
    assert found(located) == all_of(BLOCKS)
    assert {*codes(located)} == {"R18"}


def test_commas_of_thousands_that_part_figures() -> None:
    lines = ["2018年度", "填报单位：示例市样例局", "统计指标,单位,统计数"]
    form = definition.load("2018")
    lines += [f"{one.label},{one.measure.name},1,053" for one in form.indicators.values()]
    record = read_return("\n".join(lines).encode()).record
    assert {record.values[one.key] for one in form.entered} == {None}
    assert {record.sources[one.key].raw for one in form.entered} == {"1、053"}


def test_a_row_of_which_no_column_holds_the_label_is_called_by_what_stands_beside_it() -> None:
    people, papers, cases = documents(look=FLAT)
    more = written(inserted(papers, row=8, column=2), (8, 2, "3.通知"), (8, 5, 5))
    located = locate(drawn(people, more, cases), BLOCKS)
    assert [*located.extra] == ["3.通知"]


# ---------------------------------------------------------------- labels over several rows


@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("figured", [0, 1, 2])
@pytest.mark.parametrize(
    "parts",
    [
        ["（一）主动公开政府信息数", "（不同渠道和方式公开", "相同信息计1条）"],
        ["（一）主动公开", "政府信息数（不同渠道和", "方式公开相同信息计1条）"],
    ],
)
def test_a_label_wrapped_over_rows(
    form: Form, rows: Rows, parts: list[str], figured: int, keyed: bool
) -> None:
    at = row_of(rows, "proactive.total")
    key, _, unit, figure, *_ = rows[at]
    rows[at : at + 1] = [[None, part] for part in parts]
    rows[at + figured] += [unit, figure]
    if keyed and parts[0].endswith("数"):
        rows[at][KEY] = key
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert located.indicators[key].label.address == f"B{at + 1}"
    assert {*codes(located)} <= {"R18"}
    assert not located.extra


def test_figures_in_both_rows_of_a_wrapped_label(form: Form, rows: Rows) -> None:
    at = row_of(rows, "proactive.total")
    key, _, unit, figure, *_ = rows[at]
    rows[at] = [key, "（一）主动公开政府信息数", unit, figure]
    rows.insert(at + 1, [None, "（不同渠道和方式公开相同信息计1条）", unit, 7])
    located = locate(book(rows), form)
    assert [*located.extra] == ["（不同渠道和方式公开相同信息计1条）"]
