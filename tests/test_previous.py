"""Last year's figures: whose they are, when they are used, and what is said where they are not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.returns import codes
from tests.sent import refused
from tests.years import IN, OVER, table, told
from tests.years import LATEST as FORM
from toolkit import check as checking
from toolkit import definition, folder, intake, record
from toolkit.check import check
from toolkit.findings import Finding, Severity
from toolkit.previous import Previous, Unheld, comparable, held_against, of_returns, of_tables
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Record, Source, Unit, settle
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Submission

TOTAL = "carried_in/total"
CELL = Source("三、申请", "D7", "2")


def sent(path: str, returned: Record) -> Submission:
    found = tuple(one.in_file(path) for one in check(FORM, returned))
    return Submission(path, path, returned, found)


def held(returned: Record, *tables: Table) -> tuple[Finding, ...]:
    return held_against(of_tables("上年.xlsx", tables), sent("甲局.xlsx", returned)).findings


def reason(returned: Record, *tables: Table) -> str:
    """Return what is said where a return is not held against anything."""
    (found,) = held(returned, *tables)
    assert (found.code, found.severity, found.file) == ("R29", Severity.NOTICE, "甲局.xlsx")
    return found.message


# ---------------------------------------------------------------- what is found


def test_what_was_carried_over_must_have_been_carried_in() -> None:
    found = held(told(carried_in=2), table(carried_over=3))
    assert [(one.code, one.severity, one.key) for one in found] == [
        ("B5", Severity.ERROR, TOTAL),
        ("B5", Severity.WARNING, IN),
    ]
    assert "填报2件，上年报表结转下年度3件" in found[0].message
    assert {one.file for one in found} == {"甲局.xlsx"}


def test_the_same_figures_are_nothing_to_speak_of() -> None:
    assert held(told(carried_in=3), table(carried_over=3)) == ()


def test_what_was_found_before_stays() -> None:
    returned = sent("甲局.xlsx", told(carried_in=2, filed="昨天"))
    found = held_against(of_tables("上年.xlsx", [table()]), returned)
    assert codes(found.findings) == ["B5", "B5", "R26"]


def test_a_blank_of_last_year_is_told_from_one_of_this_year() -> None:
    last = table()
    blank = replace(last, values=dict(last.values) | {"carried_over/total": None, OVER: None})
    (total, _) = held(told(carried_in=2), blank)
    assert "（上年的结转下年度继续办理·总计未填，按0计）" in total.message


def test_an_explanation_closes_a_warning() -> None:
    explained = replace(told(carried_in=2), explanations={"carried_in": "申请人类别有调整"})
    found = held(explained, table(carried_over=3))
    assert [one.open for one in found] == [True, False]


def test_findings_tell_the_cell_of_a_file_that_was_taken_in(tmp_path: Path) -> None:
    returned = replace(told(carried_in=2), sources={TOTAL: CELL, "new/person": CELL})
    path = tmp_path / "甲局.json"
    path.write_text(record.dump(returned), encoding="utf-8")
    places, _ = folder.find([path])
    (one,) = map(intake.compact, intake.read(places))
    assert isinstance(one, Submission)
    found = held_against(of_tables("上年.xlsx", [table(carried_over=3)]), one).findings
    assert (found[0].sheet, found[0].cell, found[0].key) == ("三、申请", "D7", TOTAL)
    assert one.record is not None
    assert "new/person" not in one.record.sources  # of ten thousand files not every source is kept


@given(st.data())
def test_with_what_was_found_without_last_year_it_is_all_there_is(data: st.DataObject) -> None:
    this, last = (data.draw(strategies.records(FORM)) for _ in range(2))
    together = [*check(FORM, this), *checking.year_to_year(FORM, this, last.values)]
    assert sorted(together, key=str) == sorted(check(FORM, this, last=last.values), key=str)


# ---------------------------------------------------------------- whose figures


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Unit("甲局", "X1"), Unit("甲局", "X1")),
        (Unit("甲 局"), Unit("甲局")),
        (Unit("甲局", "ｘ1"), Unit("原甲局", "X1")),  # renamed
        (Unit("甲局"), Unit("甲局", "X1")),
        (Unit("甲局", "X1"), Unit("甲局")),
    ],
)
def test_a_unit_is_found_by_code_or_name(ours: Unit, theirs: Unit) -> None:
    other = table(carried_over=9, unit=Unit("乙局", "X2"))
    same = table(carried_over=3, unit=theirs)
    assert held(told(carried_in=3, unit=ours), other, same) == ()


def test_a_unit_that_did_not_report() -> None:
    assert "2022年度的数里没有这家单位" in reason(told(), table(unit=Unit("乙局", "X2")))


def test_a_return_without_a_unit_is_nobodys() -> None:
    returned = replace(told(carried_in=2), unit=Unit())
    found = held(returned, table(unit=Unit()))
    assert codes(found) == ["F8", "R29"]


def test_code_and_name_of_two_units() -> None:
    others = table(unit=Unit("乙局", "X1")), table(unit=Unit("甲局", "X2"))
    assert "（乙局，代码X1、甲局，代码X2）" in reason(told(), *others)


def test_two_units_of_one_name() -> None:
    others = table(unit=Unit("甲局", "X1")), table(unit=Unit("甲局", "X2"))
    assert "分不清是哪一家" in reason(told(unit=Unit("甲局")), *others)


def test_a_name_under_another_code() -> None:
    said = reason(told(), table(unit=Unit("甲局", "X2")))
    assert "代码是“X2”，这份表填的是“X1”" in said


# ---------------------------------------------------------------- which figures


def test_only_the_year_before_is_used() -> None:
    said = reason(told(2023, carried_in=2), table(2021, carried_over=3), table(2023))
    assert "没有2022年度的，只有2021、2023年度的" in said


def test_the_right_one_of_several_years_is_used() -> None:
    tables = table(2021, carried_over=9), table(2022, carried_over=3)
    assert held(told(2023, carried_in=3), *tables) == ()


def test_figures_with_errors_are_not_used() -> None:
    faulty = table(carried_over=3, faulty=True)
    previous = of_tables("上年.xlsx", [faulty])
    assert "有错误" in reason(told(carried_in=2), faulty)
    assert "有错误" in reason(told(carried_in=2), faulty, table(unit=Unit("乙局")))
    ((name, why),) = [(one.name, one.reason) for one in previous.left_out({2022})]
    assert (name, why) == ("上年.xlsx", "有1处必须改正，没有采用。")


def test_nothing_at_all() -> None:
    assert "没有一份可用的报表" in reason(told())


def test_an_earlier_edition_is_used_where_keys_mean_the_same() -> None:
    old = definition.load("2019")
    values, _ = settle(old, {OVER: 3, "regulation/public_total": 7}, {})
    last = Table("2019", 2020, values, Unit("甲局", "X1"))
    found = held(told(2021, carried_in=2), last)
    assert codes(found) == ["B5", "B5"]  # what is valid was not asked in 2019: B8 is skipped
    shared = comparable(FORM, last)
    assert shared["carried_over/total"] == 3
    assert "regulation/valid" not in shared
    assert shared.keys() <= FORM.indicators.keys() & old.indicators.keys()


def test_an_earlier_edition_that_has_nothing_in_common() -> None:
    oldest = definition.load("2018")
    last = Table("2018", 2022, dict.fromkeys(oldest.indicators, 1), Unit("甲局"))
    with pytest.raises(Unheld, match="2018版"):
        comparable(FORM, last)
    assert "2018版的，没有意思相同的指标" in reason(told(), last)


def test_an_edition_that_asks_nothing_gets_no_notice() -> None:
    oldest = definition.load("2018")
    returned = Record("2018", 2018, Unit("甲局"), dict.fromkeys(oldest.indicators))
    one = Submission("甲局.xlsx", record=returned)
    assert held_against(Previous(()), one) is one


def test_figures_that_are_all_those_of_last_year_are_found() -> None:
    oldest = definition.load("2018")
    figures = {key: place % 9 for place, key in enumerate(oldest.indicators)}
    last = Table("2018", 2017, figures, Unit("甲局"))
    one = Submission("甲局.xlsx", record=Record("2018", 2018, Unit("甲局"), figures))
    (found,) = held_against(of_tables("上年.xlsx", [last]), one).findings
    assert (found.code, found.severity, "2017" in found.message) == ("M5", "warning", True)
    once = {key: min(1, value) for key, value in figures.items()}
    same = Table("2018", 2017, once, Unit("甲局"))
    few = Submission("甲局.xlsx", record=Record("2018", 2018, Unit("甲局"), once))
    assert held_against(of_tables("上年.xlsx", [same]), few) is few


@pytest.mark.parametrize("one", [refused("a.pdf", "R5"), sent("b.xlsx", told(None))])
def test_what_tells_no_year_is_held_against_nothing(one: Submission) -> None:
    assert held_against(of_tables("上年.xlsx", [table()]), one) is one


# ---------------------------------------------------------------- a folder of last year's returns


def test_of_several_returns_the_one_that_counts_is_used() -> None:
    previous = of_returns(
        [
            sent("1.xlsx", told(2022, carried_over=5, filed="2023-01-10")),
            sent("2.xlsx", told(2022, carried_over=3, filed="2023-01-20")),
            sent("3.xlsx", told(2022, carried_over=8, unit=Unit("乙局", "X2"))),
            sent("4.xlsx", told(2021, carried_over=9)),
        ]
    )
    assert held_against(previous, sent("甲局.xlsx", told(carried_in=3))).findings == ()
    assert previous.left_out({2022}) == ()


def test_returns_with_errors_or_in_conflict_are_not_used() -> None:
    wrong: Figures = dict(told(2022).values) | {IN: -1}
    previous = of_returns(
        [
            sent("1.xlsx", replace(told(2022), values=wrong)),
            sent("2.xlsx", told(2022, carried_over=1, unit=Unit("乙局"))),
            sent("3.xlsx", told(2022, carried_over=2, unit=Unit("乙局"))),
            sent("4.xlsx", replace(told(2021), values=wrong)),
            sent("5.xlsx", told(None)),
            refused("6.pdf", "R5"),
        ]
    )
    assert previous.used == ()
    for unit in (Unit("甲局", "X1"), Unit("乙局")):
        found = held_against(previous, sent("今年.xlsx", told(unit=unit))).findings
        assert "有错误，或有几份分不出先后" in found[0].message
    names = ["1.xlsx", "2.xlsx", "3.xlsx", "5.xlsx", "6.pdf"]
    assert [one.name for one in previous.left_out({2022})] == names
    assert all(one.reason.endswith("。") for one in previous.left_out({2022}))


def test_both_editions_of_a_year_are_looked_at() -> None:
    oldest = definition.load("2018")
    old = Record("2018", 2022, Unit("乙局"), dict.fromkeys(oldest.indicators, 0))
    files = [Submission("1.json", record=old), sent("2.json", told(2022, carried_over=3))]
    previous = of_returns(files)
    assert {one.form for one in previous.used} == {"2018", "2021"}
    assert held_against(previous, sent("甲局.xlsx", told(carried_in=3))).findings == ()


def test_the_notice_is_plain_data_too() -> None:
    (found,) = held(told())
    assert json.loads(json.dumps(found.as_json()))["key"] == "unit.name"


# ---------------------------------------------------------------- what it covers

COUNTY = Unit("示例县政府", "X")
BELOW = Member(Unit("示例镇政府", "X9"), scope=Scope.BELOW)


@pytest.mark.parametrize(
    ("unit", "members", "used"),
    [
        (COUNTY, [Member(Unit("甲局", "X1"))], True),
        (COUNTY, [Member(Unit("甲局", "X1")), BELOW], False),
        (BELOW.unit, [BELOW], False),
        (BELOW.unit, [replace(BELOW, scope=Scope.OWN)], True),
    ],
)
@pytest.mark.parametrize("cover", ["", *Cover])
def test_own_offices_are_not_held_against_a_whole_region(
    unit: Unit, members: list[Member], *, used: bool, cover: str
) -> None:
    told = replace(table(unit=unit), cover=cover)
    known = of_tables("上年.xlsx", [told]).under(Roster(tuple(members), COUNTY))
    if used or cover != Cover.OWN:
        assert (known.used, known.files) == ((told,), ())
        return
    assert (known.used, known.unused) == ((), (told,))
    ((year, file),) = known.files
    assert (year, file.name) == (2022, unit.name)
    assert "不含下级" in file.reason
