"""Like for like: last year's sums leave out who is still expected, and what that is good for."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sent import COUNT, FORM, YEAR
from tests.years import LATEST, table, told
from toolkit import definition, like_for_like, sums, swings
from toolkit.check import check
from toolkit.decisions import Decisions
from toolkit.findings import Finding, Number, Severity
from toolkit.like_for_like import basis, last_year
from toolkit.merge import Summary, merge
from toolkit.previous import Previous, held_against, of_tables
from toolkit.reading.summaries import Table
from toolkit.record import Record, Unit, settle
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Submission

THIS = 2023
JIA, YI, BING = (
    Unit(f"示例县{name}", f"X{number}") for number, name in enumerate(("甲局", "乙局", "丙局"), 1)
)
OLD = Unit("示例县撤并局", "X8")
"""On no roster any more."""
TAXES = Unit("示例县税务局", "X9")
"""Under vertical management."""
COUNTY = Unit("示例县", "X0")
ROSTER = Roster((*map(Member, (JIA, YI, BING)), Member(TAXES, scope=Scope.VERTICAL)), COUNTY)
TOTAL = "carried_in/total"


def sent(unit: Unit, carried_in: int | None) -> Submission:
    """Return the return of a unit; None stands for a nil return."""
    record = told(THIS, carried_in=carried_in or 0, unit=unit)
    if carried_in is None:
        record = replace(record, values=dict.fromkeys(LATEST.indicators), reported={}, nil=True)
    name = f"{unit.name}.xlsx"
    return Submission(name, unit.code.ljust(64, "0"), record)


def known(last: dict[Unit, int]) -> Previous:
    tables = [table(carried_over=figure, unit=unit) for unit, figure in last.items()]
    return of_tables("上年.xlsx", tables)


def merged(
    this: dict[Unit, int | None], before: Previous, roster: Roster | None = ROSTER
) -> Summary:
    return merge(
        LATEST,
        THIS,
        [sent(unit, figure) for unit, figure in this.items()],
        roster=roster,
        last=lambda counted: last_year(LATEST, before, THIS, roster, counted),
    )


def carried_over(summary: Summary, before: Previous) -> Number | None:
    found = basis(before, THIS, summary.roster, summary.adopted)
    assert found is not None
    return found.total.values["carried_over/total"]


def about(summary: Summary) -> list[Finding]:
    """Return what is found about what was carried in, all columns together."""
    return [one for one in summary.findings if one.key == TOTAL]


# ---------------------------------------------------------------- whose figures are added up


def test_units_that_do_not_count_yet_are_left_out_of_last_years_sum() -> None:
    before = known({JIA: 3, YI: 20, BING: 100})
    summary = merged({JIA: 3}, before)
    assert carried_over(summary, before) == 3
    assert summary.findings == ()
    found, alone = (
        swings.year_on_year(summary, one, Decisions()) for one in (before, known({JIA: 3}))
    )
    assert found is not None
    assert found == alone
    assert found.basis == "同口径：只比较已计入的1家，还有2家未计入。"


def test_a_unit_that_is_on_no_roster_any_more_stays_in_last_years_sum() -> None:
    before = known({JIA: 3, OLD: 40})
    summary = merged({JIA: 3}, before)
    assert carried_over(summary, before) == 43
    ((message),) = [one.message for one in about(summary)]
    assert "填报3件，上年报表结转下年度43件" in message
    assert message.endswith("本身就不符合的单位：示例县撤并局。")


def test_a_unit_under_vertical_management_is_in_no_sum_of_either_year() -> None:
    before = known({JIA: 3, YI: 0, BING: 0, TAXES: 500})
    summary = merged({JIA: 3, YI: 0, BING: 0}, before)
    assert carried_over(summary, before) == 3


def test_when_all_count_nothing_is_left_out_and_nothing_is_said() -> None:
    before = known({JIA: 3, YI: 2, BING: 1})
    summary = merged({JIA: 3, YI: 2, BING: 1}, before)
    found = swings.year_on_year(summary, before, Decisions())
    assert found is not None
    assert (carried_over(summary, before), found.basis, found.alike) == (6, "", True)


def test_without_a_roster_nobody_is_waited_for() -> None:
    before = known({JIA: 3, YI: 20})
    summary = merged({JIA: 3}, before, None)
    assert carried_over(summary, before) == 23
    found = swings.year_on_year(summary, before, Decisions())
    assert found is not None
    assert found.basis == ""


def test_where_only_new_units_count_there_is_nothing_to_compare_with() -> None:
    before = known({YI: 20})
    summary = merged({JIA: 3}, before)
    assert (carried_over(summary, before), summary.findings) == (None, ())
    found = swings.year_on_year(summary, before, Decisions())
    assert found is not None
    assert (found.swings, found.last.counted) == ((), 0)


# ---------------------------------------------------------------- only a total


def test_of_a_mere_total_nothing_is_concluded_until_all_count() -> None:
    before = known({COUNTY: 60})
    summary = merged({JIA: 3}, before)
    found = swings.year_on_year(summary, before, Decisions())
    assert found is not None
    assert (carried_over(summary, before), summary.findings, found.swings) == (60, (), ())
    assert not found.alike
    assert "上年只有合计数，本年还有2家未计入" in found.basis
    row = next(one for one in found.rows if one.keys == (TOTAL,))
    assert (row.this, row.last) == (3, 0)  # both are shown all the same


def test_a_mere_total_is_held_against_the_sum_of_all() -> None:
    before = known({COUNTY: 60})
    summary = merged({JIA: 3, YI: 2, BING: 0}, before)
    ((message),) = [one.message for one in about(summary)]
    assert "填报5件，上年报表结转下年度60件" in message
    assert "单位：" not in message  # nobody knows whose it is
    found = swings.year_on_year(summary, before, Decisions())
    assert found is not None
    assert found.alike
    assert found.swings


# ---------------------------------------------------------------- whose difference it is


def test_the_units_named_are_those_whose_own_figures_differ() -> None:
    before = known({JIA: 100, YI: 8, BING: 2})
    ((message),) = [one.message for one in about(merged({JIA: 100, YI: None, BING: 2}, before))]
    assert "填报102件，上年报表结转下年度110件" in message
    assert message.endswith("本身就不符合的单位：示例县乙局。")


def test_the_sum_is_explained_where_all_whose_figures_differ_have_explained_theirs() -> None:
    before = known({JIA: 3, YI: 8, BING: 2})
    files = [sent(JIA, 3), sent(YI, 5), sent(BING, 2)]
    key = "carried_in/person"
    said = Finding("B5", Severity.WARNING, "相差3件。", key=key, explanation="类别有调整")
    files[1] = replace(files[1], findings=(said,))
    summary = merge(
        LATEST,
        THIS,
        files,
        roster=ROSTER,
        last=lambda counted: last_year(LATEST, before, THIS, ROSTER, counted),
    )
    found = {one.key: one for one in summary.findings}
    assert (found[key].open, found[TOTAL].open) == (False, True)
    assert found[key].explanation == "示例县乙局：类别有调整"


FIGURE = st.integers(0, 3)
REPORTED = st.dictionaries(st.sampled_from([JIA, YI, BING]), st.one_of(st.none(), FIGURE))
BEFORE = st.dictionaries(st.sampled_from([JIA, YI, BING, OLD, TAXES]), FIGURE, min_size=1)


@given(REPORTED, BEFORE)
def test_last_years_sum_is_of_those_that_count_and_those_that_are_no_more(
    this: dict[Unit, int | None], last: dict[Unit, int]
) -> None:
    before = known(last)
    kept = [figure for unit, figure in last.items() if unit in this or unit == OLD]
    single = last.keys() != {OLD}
    expected = (sum(kept) if kept else None) if single else last[OLD]
    assert carried_over(merged(this, before), before) == expected


@given(REPORTED, BEFORE)
def test_a_difference_of_sums_is_that_of_the_units_it_names(
    this: dict[Unit, int | None], last: dict[Unit, int]
) -> None:
    summary = merged(this, known(last))
    units = [unit for unit in (JIA, YI, BING, OLD) if unit in this or unit == OLD]
    grown = {unit: (this.get(unit) or 0) - last.get(unit, 0) for unit in units}
    names = [unit.name for unit in units if grown[unit]]
    held = this and any(unit in last for unit in units) and last.keys() != {OLD}
    if not held or not sum(grown.values()):
        assert last.keys() == {OLD} or about(summary) == []
        return
    ((message),) = [one.message for one in about(summary)]
    assert message.endswith(f"本身就不符合的单位：{'、'.join(names)}。")


@given(REPORTED, BEFORE)
def test_sums_of_units_that_carry_in_what_they_carried_over_are_in_order(
    this: dict[Unit, int | None], last: dict[Unit, int]
) -> None:
    last.pop(OLD, None)
    same = {unit: last[unit] for unit in this if unit in last}
    assert about(merged(dict(same), known(last))) == []


# ---------------------------------------------------------------- editions


def test_of_two_editions_the_one_that_most_units_used_is_added_up() -> None:
    tables = [_table("甲局", 1), _table("乙局", 2), _table("丙局", 7, edition="2021")]
    tables.append(_table("丁局", 4, year=YEAR))
    found = basis(Previous(tuple(tables)), YEAR, None, ())
    assert found is not None
    total = found.total
    assert (total.form, total.year, total.counted, total.units) == (FORM.edition, YEAR - 1, 2, 3)
    assert total.values[COUNT] == 3


def _table(name: str, figure: int, *, edition: str = FORM.edition, year: int = YEAR - 1) -> Table:
    figures = {COUNT: figure} if edition == FORM.edition else {}
    values, _ = settle(definition.load(edition), figures, {})
    return Table(edition, year, values, Unit(name))


def test_figures_that_cannot_be_compared_hold_nothing_up() -> None:
    before = Previous((Table("2018", LATEST.first_year - 1, {"proactive.total": 5}),))
    found = basis(before, LATEST.first_year, None, ())
    assert found is not None
    assert found.total.values == {"proactive.total": 5}
    assert last_year(LATEST, before, LATEST.first_year, None, ()) is None


def test_nothing_is_known_of_a_year_that_nobody_gave() -> None:
    assert basis(known({JIA: 1}), THIS + 1, None, ()) is None
    assert last_year(LATEST, Previous(()), THIS, None, ()) is None
    assert like_for_like.basis(Previous(()), THIS, ROSTER, ()) is None


# ---------------------------------------------------------------- nil returns


def test_a_nil_return_says_that_nothing_was_carried_in() -> None:
    found = held_against(known({YI: 8}), sent(YI, None)).findings
    total = next(one for one in found if one.key == TOTAL)
    assert (total.code, total.severity) == ("B5", Severity.ERROR)
    assert "填报0件，上年报表结转下年度8件（零报告，按0计）" in total.message
    assert held_against(known({YI: 0}), sent(YI, None)).findings == ()


def test_what_nobody_filled_in_says_nothing() -> None:
    blank = sent(YI, None)
    assert blank.record is not None
    record = replace(blank.record, nil=False)
    assert held_against(known({YI: 8}), replace(blank, record=record)).findings == ()


# ---------------------------------------------------------------- rules about one office


@pytest.mark.parametrize("edition", definition.editions())
def test_a_bound_for_one_office_is_none_for_several(edition: str) -> None:
    form = definition.load(edition)
    bounded = next(i for i in form.entered if i.measure.plausible_to is not None)
    most = Decimal(bounded.measure.plausible_to or 0)
    half = round(most * 2 / 3, bounded.measure.decimals)
    values, reported = settle(form, {bounded.key: half}, {})
    records = [Record(edition, form.first_year, unit, values, reported) for unit in (JIA, YI)]
    files = [Submission(f"{n}.xlsx", str(n) * 64, one) for n, one in enumerate(records)]
    summary = merge(form, form.first_year, files)
    assert (summary.whole.totals[bounded.key] or 0) > most
    assert "F7" not in {one.rule for one in summary.whole.questions}
    sent_up = sums.record_of(form, form.first_year, COUNTY, summary.whole)
    codes = {one.code for one in check(form, sent_up)}
    assert codes - {one.code for one in check(form.held_to(Cover.ALL), sent_up)} == {"F7"}
    assert form.held_to("") is form
