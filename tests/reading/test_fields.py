"""Head and foot: whose words stand, where several sheets repeat them or a table was lost."""

from dataclasses import replace

import pytest

from tests.reading.matrices import BLOCKS, cells_of, documents, numbered, written
from tests.reading.printouts import TEMPLATE, TYPED_ANEW, Filled, Look, book, deleted, sheets
from toolkit.reading.grid import Cell, Kind, Sheet
from toolkit.reading.locate import Located, locate

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
