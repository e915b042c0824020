"""The 来源 sheet: only figures that are not as they stood in their file, and what was done."""

import io
from dataclasses import replace
from typing import Any

import openpyxl

from tests.collected import JIA, added, collection, told
from tests.sent import COUNT, FORM, MONEY
from toolkit import words
from toolkit.decisions import Decisions
from toolkit.findings import Number
from toolkit.record import Source, settle
from toolkit.text import Meaning
from toolkit.writing.summary import workbook

SHEET = words.say("summary.sheet.sources")
THIRD = next(one.key for one in FORM.entered if one.key not in (COUNT, MONEY))
TOTAL = FORM.totals[0]


def rows(sources: dict[str, Source], figures: dict[str, Number | None], *made: Any) -> list[Any]:
    """Return the rows for one return with these sources."""
    file = told(JIA, figures)
    assert file.record is not None
    file = replace(file, record=replace(file.record, sources=sources))
    content = workbook(collection([file], Decisions(made)))
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def test_a_figure_that_was_tidied_is_traced_to_its_cell() -> None:
    tidied = Source("统计表", "D7", "１２ 件", Meaning.TIDIED, "key")
    plain = Source("统计表", "D8", "1", "", "key")
    assert rows({COUNT: tidied, MONEY: plain}, {COUNT: 12, MONEY: 1}) == [
        [
            JIA.name,
            FORM.indicators[COUNT].name,
            12,
            "整理成数字",
            "１２ 件",
            f"{JIA.name}.xlsx",
            "统计表",
            "D7",
        ]
    ]


def test_what_was_found_by_a_similar_label_or_not_read_is_told() -> None:
    sources = {
        COUNT: Source("表", "D7", "3", "", "similar"),
        MONEY: Source("表", "D8", "约5", Meaning.APPROXIMATE, "key"),
        THIRD: Source("表", "D9", "=3+4", "R13", "label"),
    }
    found = {row[1]: row[2:5] for row in rows(sources, {COUNT: 3, THIRD: 7})}
    assert found == {
        FORM.indicators[COUNT].name: [3, "按相近的名称识别", "3"],
        FORM.indicators[MONEY].name: [None, "没有读到数", "约5"],
        FORM.indicators[THIRD].name: [7, "取公式的结果", "=3+4"],
    }


def test_a_word_for_nothing_was_not_changed() -> None:
    assert rows({COUNT: Source("表", "D7", "无", Meaning.NOTHING, "key")}, {}) == []


def test_a_total_that_was_added_up_again_tells_what_was_reported() -> None:
    part = TOTAL.parts[0]
    file = told(JIA, {part: 4})
    assert file.record is not None
    values, reported = settle(FORM, {part: 4}, {TOTAL.key: 9})
    file = replace(file, record=replace(file.record, values=values, reported=reported))
    content = workbook(collection([file], Decisions([])))
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    told_ = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[1:5] for row in told_] == [[TOTAL.name, 4, "按分项重新加总", "9"]]


def test_adjustments_tell_who_and_why() -> None:
    (row,) = rows({}, {COUNT: 1}, added(JIA, -2, why="重复统计"))
    assert row == [
        JIA.name,
        FORM.indicators[COUNT].name,
        -2,
        "手工调整",
        None,
        "手工调整1（李四：重复统计）",
        None,
        None,
    ]
