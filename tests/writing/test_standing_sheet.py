"""The 报送情况 sheet: how every unit stands, the account, vertical units apart."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import openpyxl

from tests.collected import BING, DING, FILES, JIA, QI, YI, collection, told, waiting
from tests.sent import COUNT, record, sent
from toolkit import words
from toolkit.merge import Summary
from toolkit.writing.summary import workbook

SHEET = words.say("summary.sheet.standing")


def rows(summary: Summary) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(summary)))[SHEET]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def states(summary: Summary) -> dict[str, Sequence[Any]]:
    """Return state, file that counts, errors and what waits, by unit."""
    return {row[2]: row[6:] for row in rows(summary)[3:] if isinstance(row[0], int)}


def test_every_unit_of_the_roster_stands_there_in_its_order() -> None:
    found = rows(collection())
    assert found[1][0] == "应报4家，已报3家，报送率75%。"
    assert [row[:4] for row in found[3:7]] == [
        [1, JIA.code, JIA.name, "本级"],
        [2, YI.code, YI.name, "本级"],
        [3, BING.code, BING.name, "下级"],
        [4, DING.code, DING.name, "本级"],
    ]
    assert found[3][4:8] == [datetime(2019, 1, 20), "张三 010-1", "已采用", f"{JIA.name}.xlsx"]
    assert found[6][6:8] == ["未报", None]


def test_units_under_vertical_management_stand_apart() -> None:
    found = rows(collection())
    assert found[8][0] == words.say("summary.vertical", count=1)
    assert found[9][:4] == [None, QI.code, QI.name, "垂直管理"]
    assert QI.name not in states(collection())


def test_what_is_wrong_with_a_unit_is_counted() -> None:
    files = [
        waiting(FILES[0]),
        told(YI, {COUNT: -1}),
        told(BING, {COUNT: 1}),
        sent("丙镇2.xlsx", record(BING.name, {COUNT: 2}, code=BING.code)),
    ]
    assert states(collection(files)) == {
        JIA.name: ["已采用，待说明", f"{JIA.name}.xlsx", None, 1],
        YI.name: ["退回", None, 1, None],
        BING.name: ["冲突待定", None, None, None],
        DING.name: ["未报", None, None, None],
    }


def test_without_a_roster_only_those_that_sent_something_are_there() -> None:
    found = rows(collection(roster=None))
    assert found[1][0] == words.say("status.unlisted", reported=4)
    assert found[2] == ["序号", "代码", "单位名称", "状态", "采用的文件", "必须改正", "待说明"]
    assert [row[2] for row in found[3:]] == [JIA.name, YI.name, BING.name, QI.name]


def test_when_files_came_is_not_told() -> None:
    assert workbook(collection()) == workbook(collection())
