"""Merging with a roster: whose a return is, who is missing, and what the two sums cover."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sent import COUNT, FORM, MONEY, YEAR, record, sent
from toolkit import definition, sums
from toolkit.boxes import boxed, under
from toolkit.check import check
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Number
from toolkit.marks import Kind
from toolkit.merge import Summary, merge
from toolkit.record import Record, Unit, settle
from toolkit.roster import Cover, Member, Roster, Scope, levels
from toolkit.status import Status
from toolkit.submissions import Submission

JIA, YI, BING = Unit("示例县甲局", "X1"), Unit("示例县乙镇", "X2"), Unit("示例县气象局", "X3")
ROSTER = Roster(
    (
        Member(YI, ("乙镇",), Scope.BELOW, deadline=date(2019, 1, 31)),
        Member(JIA, ("甲局",), Scope.OWN),
        Member(BING, (), Scope.VERTICAL),
    ),
    Unit("示例县人民政府", "X"),
)


def merged(*files: Submission, roster: Roster | None = ROSTER) -> Summary:
    return merge(FORM, YEAR, files, roster=roster)


def boxes(summary: Summary) -> dict[str, str]:
    return {entry.submission.path: str(entry.box) for entry in summary.entries}


def reason(summary: Summary, path: str) -> str:
    return next(e.reason for e in summary.entries if e.submission.path == path)


def told(name: str, figure: Number = 1, *, code: str = "", filed: str = "") -> Submission:
    return sent(f"{name}{code}{filed}.xlsx", record(name, {COUNT: figure}, code=code, filed=filed))


# ---------------------------------------------------------------- whose it is


@pytest.mark.parametrize(
    ("name", "code"), [("示例县甲局", ""), ("甲局", ""), ("示例县 甲局", "Ｘ1")]
)
def test_a_return_is_taken_under_the_name_and_code_of_the_roster(name: str, code: str) -> None:
    summary = merged(told(name, code=code))
    assert [one.record.unit for one in summary.adopted] == [JIA]
    assert [one.unit for one in summary.missing] == [YI]
    assert (summary.counted, summary.units) == (1, 2)


def test_a_unit_that_is_not_on_the_roster_waits_for_a_person() -> None:
    summary = merged(told("示例县甲局（机关）"), told("别处的单位"))
    assert set(boxes(summary).values()) == {"conflict"}
    assert "示例县甲局" in reason(summary, "示例县甲局（机关）.xlsx")
    assert "名册上没有" in reason(summary, "别处的单位.xlsx")
    assert summary.whole.totals[COUNT] is None


def test_the_code_of_one_and_the_name_of_another_wait_for_a_person() -> None:
    summary = merged(told("示例县乙镇", code="X1"))
    assert boxes(summary) == {"示例县乙镇X1.xlsx": "conflict"}


def test_an_unknown_name_under_the_code_of_a_unit_is_the_units_where_no_other_return_is() -> None:
    summary = merged(told("甲乙丙中心", 2, code="X1"))
    assert [one.member for one in summary.adopted] == [ROSTER.members[1]]


def test_an_unknown_name_under_the_code_of_a_unit_that_reported_holds_up_only_itself() -> None:
    summary = merged(told("示例县甲局", code="X1"), told("甲乙丙中心", 2, code="X1"))
    assert boxes(summary) == {"示例县甲局X1.xlsx": "adopted", "甲乙丙中心X1.xlsx": "conflict"}
    assert "“甲乙丙中心”" in reason(summary, "甲乙丙中心X1.xlsx")
    assert "--unit" in reason(summary, "甲乙丙中心X1.xlsx")
    assert (summary.whole.totals[COUNT], summary.units, summary.strangers) == (1, 2, 1)


def test_two_unknown_names_under_one_code_are_a_conflict_and_the_unit_has_not_reported() -> None:
    summary = merged(told("甲乙丙中心", code="X1"), told("丁戊中心", 2, code="X1"))
    assert set(boxes(summary).values()) == {"conflict"}
    assert [one.unit for one in summary.missing] == [YI, JIA]
    assert summary.strangers == 2


def test_an_unknown_name_that_has_to_be_corrected_is_nothing_that_the_unit_owes() -> None:
    stray = told("甲乙丙中心", -1, code="X1")
    summary = merged(told("示例县甲局", code="X1"), stray)
    assert boxes(summary)[stray.path] == "returned"
    assert next(one.member for one in summary.entries if one.submission == stray) is None


def test_a_slip_in_the_code_holds_up_neither_of_the_two_units() -> None:
    slip = told("示例县乙镇", 7, code="X1")
    summary = merged(told("示例县甲局", 2), told("示例县乙镇", 3, code="X2"), slip)
    assert boxes(summary)[slip.path] == "conflict"
    assert summary.whole.totals[COUNT] == 5
    assert summary.missing == ()


def test_the_states_of_the_units_add_up_to_those_expected_strangers_apart() -> None:
    files = [told("示例县甲局"), told("别处"), told("甲乙丙中心", 2, code="X1")]
    text = Status(merged(*files), {}, date(2019, 1, 1)).as_text()
    assert "应报2家，已报1家" in text
    assert "其中已采用1家、未报1家。另有2家报来，名册上认不出，没有计入。" in text


# ---------------------------------------------------------------- whose it is, decided


def used(file: Submission, number: int = 1, unit: str = "") -> Decision:
    return Decision(
        Action.USE, "张三", "电话核实", number=number, digest=file.digest, unit=Unit(unit)
    )


def after(*files: Submission, made: list[Decision], roster: Roster | None = ROSTER) -> Summary:
    return merge(FORM, YEAR, files, roster=roster, decisions=Decisions(made))


STRAY = told("示例县甲局（盖章）", 9)


def test_to_use_a_return_does_not_say_whose_it_is() -> None:
    summary = after(told("示例县甲局", 5), STRAY, made=[used(STRAY)])
    assert boxes(summary)[STRAY.path] == "conflict"
    assert summary.whole.totals[COUNT] == 5
    assert "张三：电话核实" in reason(summary, STRAY.path)
    assert "--unit" in reason(summary, STRAY.path)


@pytest.mark.parametrize("called", ["示例县甲局", "X1", "甲局", "ｘ１"])
def test_a_return_decided_to_be_of_a_unit_competes_with_its_other_returns(called: str) -> None:
    other = told("示例县甲局", 5, filed="2019-01-10")
    summary = after(other, STRAY, made=[used(STRAY, unit=called)])
    assert boxes(summary) == {STRAY.path: "adopted", other.path: "superseded"}
    assert [one.record.unit for one in summary.adopted] == [JIA]
    assert summary.whole.totals[COUNT] == 9
    assert boxes(after(other, STRAY, made=[used(STRAY, 1, called), used(other, 2)])) == {
        STRAY.path: "superseded",
        other.path: "adopted",
    }


def test_a_slip_in_the_code_can_be_decided_and_the_unit_has_reported() -> None:
    slip = told("示例县乙镇", 7, code="X1")
    summary = after(told("示例县甲局", 2), slip, made=[used(slip, unit="示例县乙镇")])
    assert summary.whole.totals[COUNT] == 9
    assert (summary.missing, summary.strangers) == ((), 0)


def test_a_return_decided_to_be_of_nobody_on_the_roster_waits() -> None:
    summary = after(STRAY, made=[used(STRAY, unit="丙局")])
    assert boxes(summary) == {STRAY.path: "conflict"}
    assert "名册上找不到" in reason(summary, STRAY.path)


def test_a_return_with_errors_may_be_used_for_a_unit() -> None:
    wrong = told("甲乙丙中心", -1)
    summary = after(wrong, made=[used(wrong, unit="X1")])
    assert (boxes(summary), summary.whole.totals[COUNT]) == ({wrong.path: "adopted"}, -1)


def test_without_a_roster_a_unit_that_was_named_is_not_known() -> None:
    summary = after(STRAY, made=[used(STRAY, unit="示例县甲局")], roster=None)
    assert boxes(summary) == {STRAY.path: "adopted"}
    (idle,) = summary.idle
    assert "没有给名册" in idle.message


# ---------------------------------------------------------------- the region's own


@pytest.mark.parametrize("kind", [str(Kind.REGION), ""])
@pytest.mark.parametrize(
    ("name", "code"), [("示例县人民政府", "X"), ("示例县人民政府", ""), ("示例县人民政府", "X1")]
)
def test_the_regions_own_return_is_of_no_unit(kind: str, name: str, code: str) -> None:
    own = replace(told(name, 99, code=code), kind=kind, cover=str(Cover.ALL) if kind else "")
    summary = merged(told("示例县甲局", 2), told("示例县乙镇", 3), own)
    assert boxes(summary)[own.path] == "not_this_form"
    assert "本地区（示例县人民政府）自己的上报表" in reason(summary, own.path)
    assert summary.whole.totals[COUNT] == 5
    assert all(entry.settled for entry in summary.entries)
    assert summary.strangers == 0


def test_a_government_that_is_a_unit_of_its_own_roster_reports_like_any_other() -> None:
    region = Unit("示例县人民政府", "X")
    roster = Roster((Member(region), *ROSTER.members), region)
    summary = merged(told("示例县人民政府", 4), roster=roster)
    assert [one.member for one in summary.adopted] == [roster.members[0]]


def test_two_returns_of_one_unit_under_its_name_and_its_alias_are_told_apart_by_date() -> None:
    summary = merged(told("甲局", 5, filed="2019-01-20"), told("示例县甲局", 4, filed="2019-01-10"))
    assert summary.whole.totals[COUNT] == 5
    assert sorted(boxes(summary).values()) == ["adopted", "superseded"]


def test_units_stand_in_the_order_of_the_roster() -> None:
    summary = merged(told("示例县甲局"), told("示例县乙镇"))
    assert [one.record.unit for one in summary.adopted] == [YI, JIA]


# ---------------------------------------------------------------- scope


def test_units_under_vertical_management_are_never_summed() -> None:
    summary = merged(told("示例县气象局"))
    assert boxes(summary) == {"示例县气象局.xlsx": "returned"}
    assert "垂直管理" in reason(summary, "示例县气象局.xlsx")
    assert (summary.whole.totals[COUNT], summary.units) == (None, 2)


def test_the_own_offices_and_the_whole_region_are_added_up_apart() -> None:
    summary = merged(told("示例县甲局", 2), told("示例县乙镇", 3))
    totals = {cover: found.totals[COUNT] for cover, found in summary.sums.items()}
    assert totals == {Cover.ALL: 5, Cover.OWN: 2}
    assert {cover: found.counted for cover, found in summary.sums.items()} == {
        Cover.ALL: 2,
        Cover.OWN: 1,
    }


def test_without_units_below_there_is_one_sum() -> None:
    roster = Roster((Member(JIA),))
    assert list(merged(told("示例县甲局"), roster=roster).sums) == [Cover.ALL]
    assert list(merged(told("示例县甲局"), roster=None).sums) == [Cover.ALL]


def test_a_region_below_that_sends_its_own_offices_only_has_to_send_the_whole() -> None:
    part = replace(told("示例县乙镇"), kind=str(Kind.REGION), cover=str(Cover.OWN))
    whole = replace(part, cover=str(Cover.ALL))
    summary = merged(part)
    assert boxes(summary) == {part.path: "returned"}
    assert "R50" in reason(summary, part.path)
    assert boxes(merged(whole)) == {whole.path: "adopted"}


# ---------------------------------------------------------------- what counts twice


def test_a_region_among_its_own_units_is_not_added_to_them() -> None:
    region = replace(told("示例县人民政府", 9), kind=str(Kind.REGION), cover=str(Cover.ALL))
    files = [region, told("示例县甲局", 4), told("示例县乙镇", 5)]
    summary = merged(*files, roster=None)
    assert boxes(summary)[region.path] == "conflict"
    assert "示例县甲局" in reason(summary, region.path)
    assert summary.whole.totals[COUNT] == 9


def test_a_region_beside_other_regions_is_added_to_them() -> None:
    files = [
        replace(told(name, 4), kind=str(Kind.REGION), cover=str(Cover.ALL))
        for name in ("甲县", "乙县", "丙县人民政府")
    ]
    assert merged(*files, roster=None).whole.totals[COUNT] == 12


def figures(first: int) -> dict[str, Number | None]:
    return {one.key: first + place for place, one in enumerate(FORM.entered)}


def test_a_return_that_is_the_sum_of_all_others_is_not_added_to_them() -> None:
    files = [sent(f"{n}.xlsx", record(f"{n}局", figures(n))) for n in (1, 20)]
    both = {key: (value or 0) * 2 + 19 for key, value in figures(1).items()}
    total = sent("合计.xlsx", record("合计", both))
    summary = merged(*files, total, roster=None)
    assert boxes(summary) == {"1.xlsx": "adopted", "20.xlsx": "adopted", "合计.xlsx": "conflict"}
    assert "2家的合计" in reason(summary, "合计.xlsx")


def test_equal_figures_of_two_units_are_to_be_explained() -> None:
    files = [sent(f"{n}.xlsx", record(f"{n}局", figures(1))) for n in (1, 2)]
    found = [
        one for entry in merged(*files, roster=None).adopted for one in entry.submission.findings
    ]
    assert [(one.code, one.file) for one in found] == [("M4", "1.xlsx"), ("M4", "2.xlsx")]
    assert "2局" in found[0].message


def test_equal_figures_that_say_little_are_nothing_to_explain() -> None:
    few = dict.fromkeys(figures(1), 1)
    files = [sent(f"{n}.xlsx", record(f"{n}局", few)) for n in (1, 2)]
    found = [
        one for entry in merged(*files, roster=None).adopted for one in entry.submission.findings
    ]
    assert found == []


# ---------------------------------------------------------------- one level up


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.one_of(st.none(), st.integers(0, 9)),
                st.one_of(st.none(), st.decimals(0, 9, places=2)),
            ),
            max_size=4,
        ),
        max_size=4,
    )
)
def test_merging_by_counties_and_merging_all_at_once_gives_the_same(
    counties: list[list[tuple[int | None, Number | None]]],
) -> None:
    every, above = [], []
    for number, units in enumerate(counties):
        files = [
            sent(f"{number}-{n}.xlsx", record(f"{number}县{n}局", {COUNT: count, MONEY: money}))
            for n, (count, money) in enumerate(units)
            if (count, money) != (None, None)
        ]
        every += files
        if files:
            county = merge(FORM, YEAR, files)
            told = sums.record_of(FORM, YEAR, Unit(f"{number}县"), county.whole)
            above.append(sent(f"{number}.xlsx", told))
    assert merge(FORM, YEAR, above).whole.totals == merge(FORM, YEAR, every).whole.totals


def test_the_sum_sent_up_keeps_totals_whose_parts_are_blank() -> None:
    total = FORM.totals[0]
    values, reported = settle(FORM, {total.key: 0}, {})
    returned = replace(record("甲局"), values=values, reported=reported)
    summary = merge(FORM, YEAR, [sent("a.xlsx", returned)])
    up = sums.record_of(FORM, YEAR, Unit("县"), summary.whole)
    assert (up.values[total.key], up.reported) == (0, {total.key: 0})


# ---------------------------------------------------------------- what the level tells


LEVELLED, RULE = next(
    (form, rule)
    for form in map(definition.load, definition.editions())
    for rule in form.rules
    if rule.except_levels
)


@pytest.mark.parametrize("said", ["", "无此级别"])
def test_the_level_on_the_roster_decides_what_holds(said: str) -> None:
    values, reported = settle(LEVELLED, {RULE.anchor: 1}, {})
    unit = Unit("示例市政府", "S1", said)
    returned = Record(LEVELLED.edition, LEVELLED.first_year, unit, values, reported)
    found = tuple(one.in_file("市.xlsx") for one in check(LEVELLED, returned))
    file = Submission("市.xlsx", "0" * 64, returned, found)

    def codes(level: str) -> list[str]:
        roster = Roster((Member(Unit("示例市政府", "S1", level)),))
        (entry,) = boxed(LEVELLED, [file], roster, Decisions()).entries
        return [one.code for one in entry.submission.findings]

    assert RULE.code in codes("")
    assert RULE.code not in codes(RULE.except_levels[0])
    others = [one for one in codes("") if one != RULE.code]
    assert codes(RULE.except_levels[0]) == others


def test_a_level_that_is_only_claimed_gives_way_to_the_roster() -> None:
    values, reported = settle(LEVELLED, {RULE.anchor: 1}, {})
    unit = Unit("示例镇", "S2", RULE.except_levels[0])
    returned = Record(LEVELLED.edition, LEVELLED.first_year, unit, values, reported)
    lower = next(one for one in levels() if one not in RULE.except_levels)
    told = under(
        Roster((Member(Unit("示例镇", "S2", lower)),)), Submission("镇.xlsx", "0" * 64, returned)
    )
    assert [(one.code, one.key, one.file) for one in told.findings] == [
        (RULE.code, RULE.anchor, "镇.xlsx")
    ]
