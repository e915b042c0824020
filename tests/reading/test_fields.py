"""Head and foot: whose words stand, where several sheets repeat them or a table was lost."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.reading import drawn
from tests.reading.matrices import BLOCKS, cells_of, documents, numbered, written
from tests.reading.printouts import TEMPLATE, TYPED_ANEW, Filled, Look, book, deleted, sheets
from toolkit import definition
from toolkit.form import Form, Role
from toolkit.reading.grid import Cell, Kind, Sheet
from toolkit.reading.locate import Located, locate
from toolkit.reading.returns import read_workbook
from toolkit.record import Record

UNIT = BLOCKS.head[0]
"""The first field of the head."""
FOOT = BLOCKS.foot[-1]


def said(located: Located) -> dict[str, str]:
    return {key: entry.content for key, entry in located.fields.items() if entry.content}


def filled(look: Look, **fields: str) -> list[Sheet]:
    return sheets(BLOCKS, Filled(numbered(BLOCKS), fields=fields), look)


def headed(one: Sheet, name: str) -> Sheet:
    """Return a sheet that says above its table who reports."""
    moved = {(r + 1, c): cell._replace(row=r + 1) for (r, c), cell in one.cells.items()}
    merges = tuple((top + 1, left, end + 1, right) for top, left, end, right in one.merges)
    head = Cell(1, 2, Kind.TEXT, f"{UNIT.label}：{name}")
    return replace(one, cells={(1, 2): head, **moved}, merges=merges)


@pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW])
def test_of_several_heads_that_of_the_first_sheet_stands(look: Look) -> None:
    first, *others = documents(look=look)
    copies = [headed(replace(one, name=f"{n}"), f"单位{n}") for n in range(9) for one in others]
    located = locate(book(first, *copies), BLOCKS)
    assert said(located)[UNIT.key] == "单位0"


@pytest.mark.parametrize("label", [UNIT.label, FOOT.label])
@pytest.mark.parametrize("colon", ["：", ":"])
def test_a_label_is_nothing_that_was_filled_in(label: str, colon: str) -> None:
    first, *others = documents(look=TYPED_ANEW)
    located = locate(book(headed(first, label + colon), *others), BLOCKS)
    assert UNIT.key not in said(located)


def test_what_begins_like_a_label_was_filled_in() -> None:
    first, *others = documents(look=TYPED_ANEW)
    located = locate(book(headed(first, f"{FOOT.label}管理局"), *others), BLOCKS)
    assert said(located)[UNIT.key] == f"{FOOT.label}管理局"


@pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW])
def test_the_foot_of_a_lost_table_is_read(look: Look) -> None:
    *others, last = filled(look, **{FOOT.key: "2019-01-15"})
    (heading,) = cells_of(last, BLOCKS.tables[-1].blocks[-1].columns[0].label)
    lost = deleted(last, rows={*range(heading.row, heading.row + 4)})
    located = locate(book(*others, lost), BLOCKS)
    assert located.missing
    assert said(located)[FOOT.key] == "2019-01-15"


def test_the_foot_of_another_sheet_does_not_fill_a_blank() -> None:
    first, *others = filled(TEMPLATE, head="王一")
    notes = written(replace(first, name="通讯录", cells={}, merges=()), (1, 2, f"{FOOT.label}：9"))
    assert FOOT.key not in said(locate(book(first, *others, notes), BLOCKS))


# ---------------------------------------------------------------- several fields in one cell


@pytest.fixture(scope="module")
def list_form() -> Form:
    return definition.load(definition.editions()[0])


def headed_by(form: Form, *head: Sequence[Any]) -> Record:
    """Return what is read of a list that an office typed anew, under lines of its own."""
    rows: list[list[Any]] = [
        ["政府信息公开情况统计表"],
        *map(list, head),
        ["统计指标", "单位", "统计数"],
    ]
    labels = [line for _, line in form.listed()]
    rows += [[line.label, "件", number] for number, line in enumerate(labels)]
    return read_workbook(drawn.book(rows), form).record


@pytest.mark.parametrize(
    ("head", "name", "code"),
    [
        (["填报单位:示例市样例局 单位代码:X07"], "示例市样例局", "X07"),
        (["填报单位：示例市样例局\n单位代码：X07"], "示例市样例局", "X07"),
        (["单位代码：X07　填 报 单 位：示例市 样例局"], "示例市 样例局", "X07"),
        (["填报单位：示例市样例局          单位：件、条"], "示例市样例局", ""),
        (["填报单位", "示例市样例局 单位代码:X07"], "示例市样例局", "X07"),
        (["填报单位：", "示例市样例局", "单位代码：", "X07"], "示例市样例局", "X07"),
        (["填报单位：  单位代码：", "X07"], "", "X07"),
        (["填报单位：示例市样例局  联系地址：某路1号"], "示例市样例局", ""),
        (["填报单位(公章)：示例市样例局"], "示例市样例局", ""),
        (["填报单位（盖章）", "示例市样例局"], "示例市样例局", ""),
        (["填报单位：示例市样例局（盖章）"], "示例市样例局", ""),
        (["填报单位：示例市样例局（本级）"], "示例市样例局（本级）", ""),
        (["填报单位：（盖章）"], "", ""),
        (["填报单位：（盖章）", "示例市样例局"], "示例市样例局", ""),
        (["填报单位：", "（盖章）"], "", ""),
    ],
)
def test_fields_that_share_a_cell(
    list_form: Form, head: Sequence[str], name: str, code: str
) -> None:
    record = headed_by(list_form, head, ["统计年度：2018 填报日期：2019-01-15 10:30"])
    assert (record.unit.name, record.unit.code) == (name, code)
    assert record.year == 2018
    assert "2019-01-15" in record.contacts.values()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("政府信息公开情况统计表（2018）", 2018),
        ("（2018）年度政府信息公开情况统计表", 2018),
        ("二〇一八年政府信息公开情况统计表", 2018),
        ("国办发（2014）32号", None),
        ("2017年、（2018）统计表", None),
    ],
)
def test_a_title_names_the_year(list_form: Form, title: str, year: int | None) -> None:
    assert headed_by(list_form, [title]).year == year


def test_a_code_that_asks_is_none(list_form: Form) -> None:
    record = headed_by(list_form, ["单位代码：X07？"])
    assert record.unit.code == ""
    assert "X07？" in record.sources[Role.UNIT_CODE].raw
