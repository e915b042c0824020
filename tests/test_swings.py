"""Year on year: which changes are to be explained, and which units they come from."""

import pytest

from tests.sent import COUNT, FORM, MONEY, YEAR, record, sent
from toolkit import definition
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Number
from toolkit.merge import merge
from toolkit.previous import of_tables
from toolkit.reading.summaries import Table
from toolkit.record import Unit, settle
from toolkit.swings import YearOnYear, year_on_year


def last(
    name: str, figure: Number | None, *, edition: str = FORM.edition, year: int = YEAR - 1
) -> Table:
    form = definition.load(edition)
    values, _ = settle(form, {COUNT: figure} if edition == FORM.edition else {}, {})
    return Table(edition, year, values, Unit(name))


def compared(
    this: dict[str, Number | None], before: dict[str, Number | None], *made: Decision
) -> YearOnYear:
    files = [
        sent(f"{name}.xlsx", record(name, {COUNT: value, MONEY: 0})) for name, value in this.items()
    ]
    known = of_tables("上年.xlsx", [last(name, value) for name, value in before.items()])
    found = year_on_year(merge(FORM, YEAR, files), known, Decisions(made))
    assert found is not None
    return found


def about(found: YearOnYear) -> list[tuple[Number | None, Number | None]]:
    return [(one.row.this, one.row.last) for one in found.swings if COUNT in one.row.keys]


@pytest.mark.parametrize(
    ("this", "before", "listed"),
    [
        (150, 100, True),
        (149, 100, False),
        (50, 100, True),
        (51, 100, False),
        (7, 3, False),
        (8, 3, True),
        (100, 100, False),
        (1, 0, True),
        (0, 1, True),
        (0, 0, False),
        (5, None, False),
    ],
)
def test_a_change_by_half_and_one_from_or_to_nothing_is_to_be_explained(
    this: int, before: int | None, listed: bool
) -> None:
    found = compared({"甲局": this}, {"甲局": before})
    assert about(found) == ([(this, before)] if listed else [])
    assert found.settled is not listed


def test_the_units_that_moved_most_in_the_same_direction_are_named() -> None:
    this: dict[str, Number | None] = {"甲局": 100, "乙局": 5, "丙局": 40, "丁局": 30, "戊局": 20}
    before: dict[str, Number | None] = {"甲局": 10, "乙局": 50, "丙局": 10, "丁局": 10, "戊局": 10}
    (swing,) = [one for one in compared(this, before).swings if COUNT in one.row.keys]
    assert [(one.name, one.this, one.last) for one in swing.shares] == [
        ("甲局", 100, 10),
        ("丙局", 40, 10),
        ("丁局", 30, 10),
    ]
    assert "甲局10→100" in swing.finding.message


def test_a_unit_that_is_new_moved_from_nothing() -> None:
    (swing,) = [
        one for one in compared({"甲局": 1, "乙局": 9}, {"甲局": 1}).swings if COUNT in one.row.keys
    ]
    assert [(one.name, one.this, one.last) for one in swing.shares] == [("乙局", 9, None)]


def test_a_unit_that_has_not_reported_yet_is_named_for_what_is_missing() -> None:
    this: dict[str, Number | None] = {"甲局": 5}
    (swing,) = [
        one for one in compared(this, {"甲局": 6, "乙局": 40}).swings if COUNT in one.row.keys
    ]
    assert [(one.name, one.this, one.last) for one in swing.shares] == [
        ("乙局", None, 40),
        ("甲局", 5, 6),
    ]


def test_of_a_whole_regions_figures_no_unit_is_named() -> None:
    (swing,) = [one for one in compared({"甲局": 9}, {"示例县": 1}).swings if COUNT in one.row.keys]
    assert swing.shares == ()
    assert "单位" not in swing.finding.message


def test_what_somebody_explained_is_settled() -> None:
    made = Decision(
        Action.EXPLAIN, "张三", "新增一家", code="M6", key=COUNT, states=("warning 9/1",)
    )
    found = compared({"甲局": 9}, {"甲局": 1}, made)
    assert found.settled
    assert [one.finding.decided for one in found.swings] == ["张三：新增一家"]


def test_nothing_is_known_of_a_year_that_nobody_gave() -> None:
    summary = merge(FORM, YEAR, [sent("a.xlsx", record())])
    assert (
        year_on_year(summary, of_tables("a", [last("甲局", 1, year=YEAR - 2)]), Decisions()) is None
    )
