"""What stands in a matrix beside the form's own: extra rows and columns, notes, merged cells."""

from dataclasses import replace

import pytest

from tests.reading.matrices import (
    BLOCKS,
    SMALL,
    cells_of,
    codes,
    documents,
    found,
    numbered,
    without,
    written,
)
from tests.reading.printouts import TYPED_ANEW, Filled, Look, Span, book, inserted, moved, sheets
from toolkit.reading.locate import locate
from toolkit.reading.returns import read_workbook

# ---------------------------------------------------------------- what the form does not have


def test_a_row_of_ones_own() -> None:
    people, papers, cases = documents()
    row = cells_of(papers, "第一条第（二）项")[0].row
    added = inserted(papers, row=row)
    added = written(added, (row, 3, "3.通知"), (row, 4, 5), (row, 6, "无"))
    located = locate(book(people, added, cases), BLOCKS)
    assert {label: one.content for label, one in located.extra.items()} == {
        "3.通知": "制发件数 5、有效件数 无"
    }
    assert found(located) == numbered(BLOCKS)
    assert not located.findings


def test_a_column_of_ones_own() -> None:
    people, papers, cases = documents()
    (heading,) = cells_of(papers, "本年增/减")
    added = inserted(papers, column=heading.column)
    top = cells_of(added, "rules.own")[0].row
    added = written(
        added,
        (heading.row, heading.column, "废止件数"),
        (top, heading.column, 3),
        (top + 2, heading.column, 4),
    )
    located = locate(book(people, added, cases), BLOCKS)
    assert {label: one.content for label, one in located.extra.items()} == {
        "废止件数": "一、规章·1.本级 3、二、文件·1.本级 4"
    }
    assert found(located) == numbered(BLOCKS)
    assert not located.findings


def test_a_column_of_remarks_is_none_of_figures() -> None:
    people, papers, cases = documents(look=TYPED_ANEW)
    (heading,) = cells_of(papers, "有效件数")
    column = heading.column + 1
    added = written(papers, (heading.row, column, "备注"), (heading.row + 1, column, "含联合发文"))
    assert not locate(book(people, added, cases), BLOCKS).extra


def test_reported_totals_are_known_by_the_headings_below() -> None:
    filled = Filled(numbered(SMALL), reported={"desk/total": 7, "received/person": 8})
    (drawn,) = sheets(SMALL, filled, Look(column_keys=False))
    headings = cells_of(drawn, "原报数")
    drawn = inserted(drawn, row=headings[0].row + 1)
    labels = [column.label for column in SMALL.tables[0].blocks[0].columns]
    below = [(h.row + 1, h.column, label) for h, label in zip(headings, labels, strict=True)]
    record = read_workbook(book(written(drawn, *below)), SMALL).record
    assert record.reported == filled.reported
    assert {key: record.values[key] for key in numbered(SMALL)} == numbered(SMALL)


def test_the_row_of_verdicts_on_columns_is_no_figure() -> None:
    people, papers, cases = documents()
    row = max(row for row, _ in papers.cells) + 2
    judged = written(papers, (row, 2, "校验"), (row, 4, "√"), (row, 5, "√"))
    assert not locate(book(people, judged, cases), BLOCKS).extra


def test_units_below_the_headings_are_no_figures() -> None:
    people, papers, cases = documents(look=TYPED_ANEW)
    row = cells_of(papers, "制发件数")[0].row + 1
    units = written(inserted(papers, row=row), *((row, column, "（件）") for column in (4, 5, 6)))
    located = locate(book(people, units, cases), BLOCKS)
    assert not located.extra
    assert found(located) == numbered(BLOCKS)


def test_reported_totals_without_their_keys_are_kept() -> None:
    total = BLOCKS.totals[1].key
    filled = Filled(numbered(BLOCKS), reported={total: 7})
    drawn = sheets(BLOCKS, filled, Look(column_keys=False))
    record = read_workbook(book(*drawn), BLOCKS).record
    assert not record.reported
    assert record.extra == {"原报数": "三、复议和诉讼 7"}


# ---------------------------------------------------------------- merged cells


def test_figures_of_a_column_merged() -> None:
    people, papers, cases = documents()
    figure = cells_of(papers, "rules.other")[0].row
    merged = replace(papers, merges=(*papers.merges, (figure - 1, 4, figure, 4)))
    located = locate(book(people, merged, cases), BLOCKS)
    both = ["rules.own/made", "rules.other/made"]
    assert [(one.code, one.key) for one in located.findings] == [("R56", k) for k in both]
    assert found(located) == without(*both)


def test_figures_of_a_row_merged() -> None:
    """The second is not the same as the first, and the first may be meant for both."""
    people, papers, cases = documents()
    figure = cells_of(papers, "rules.other")[0].row
    merged = replace(papers, merges=(*papers.merges, (figure, 4, figure, 5)))
    located = locate(book(people, merged, cases), BLOCKS)
    both = ["rules.other/made", "rules.other/change"]
    assert [(one.code, one.key) for one in located.findings] == [("R56", k) for k in both]
    assert found(located) == without(*both)


@pytest.mark.parametrize(("second", "said"), [("9", ["R16"]), (None, [])])
def test_two_figures_under_one_heading(second: str | None, said: list[str]) -> None:
    people, papers, cases = documents(look=Look(Span.REPEATED))
    row = cells_of(papers, "fees")[0].row
    cell = papers.cells[row, 5]
    cells = {place: c for place, c in papers.cells.items() if place not in ((row, 5), (row, 6))}
    if second:
        cells[row, 5] = cell._replace(raw=second)
    located = locate(book(people, replace(papers, cells=cells), cases), BLOCKS)
    assert codes(located) == said
    assert ("fees/amount" in found(located)) is not bool(second)


# ---------------------------------------------------------------- the row without a label


def test_blank_and_without_keys() -> None:
    located = locate(book(*documents({}, TYPED_ANEW)), BLOCKS)
    assert set(codes(located)) == {"R18"}
    heading = cells_of(documents({}, TYPED_ANEW)[2], "维持")[1]
    assert located.indicators["dispute/direct.upheld"].value.row == heading.row + 1


def test_notes_and_signatures_below_are_no_figures() -> None:
    people, papers, cases = documents({}, TYPED_ANEW)
    row = max(row for row, _ in cases.cells)
    noted = written(
        cases, (row + 1, 2, "注：2023年数据"), (row + 2, 2, "填报人：张三"), (row + 2, 5, "1380000")
    )
    located = locate(book(people, papers, noted), BLOCKS)
    assert not located.extra
    assert located.fields["clerk"].content == "张三"
    assert all(not placed.value.filled for placed in located.indicators.values())


def test_a_note_between_headings_and_figures() -> None:
    people, papers, cases = documents(look=TYPED_ANEW)
    row = cells_of(cases, "维持")[1].row
    noted = written(inserted(cases, row=row + 1), (row + 1, 2, "以下填全年数"))
    located = locate(book(people, papers, noted), BLOCKS)
    assert found(located) == numbered(BLOCKS)


def test_figures_dragged_below_the_row_with_the_key() -> None:
    people, papers, cases = documents()
    row = cells_of(cases, "dispute")[0].row
    dragged = moved(cases, {n: n + (n > row) for n in range(1, 99)}, None)
    cells = {
        (r, c): cell for (r, c), cell in dragged.cells.items() if r != row or c < 2 or cell.formula
    }
    cells |= {
        (row + 1, c): cell._replace(row=row + 1)
        for (r, c), cell in dragged.cells.items()
        if r == row and c > 1 and not cell.formula
    }
    located = locate(book(people, papers, replace(cases, cells=cells)), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    assert codes(located) == ["R18"]


def test_rows_of_figures_without_keys_that_nothing_tells_apart() -> None:
    """Below the headings stand the numbers of the columns."""
    people, papers, cases = documents(look=TYPED_ANEW)
    row = cells_of(cases, "维持")[1].row + 1
    places = [(row, column, column - 1) for column in range(2, 11)]
    located = locate(book(people, papers, written(inserted(cases, row=row), *places)), BLOCKS)
    assert [code for code in codes(located) if code != "R18"] == ["R16"]
    assert not [key for key in found(located) if key.startswith("dispute/")]


def test_an_emptied_row_with_its_key() -> None:
    people, papers, cases = documents({})
    row = cells_of(cases, "dispute")[0].row
    emptied = written(cases, *((row, column, None) for column in range(2, 11)))
    located = locate(book(people, papers, emptied), BLOCKS)
    assert {placed.how for placed in located.indicators.values()} == {"key"}
    assert not located.findings


def test_a_second_row_of_figures_is_kept() -> None:
    people, papers, cases = documents()
    row = cells_of(cases, "dispute")[0].row
    more = written(inserted(cases, row=row + 1), (row + 1, 2, 5), (row + 1, 3, 6))
    located = locate(book(people, papers, more), BLOCKS)
    assert [one.content for one in located.extra.values()] == ["行政复议·维持 5、行政复议·其他 6"]
    assert not located.findings
