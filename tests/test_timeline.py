"""Several years side by side: which figures stand in a line, and how they changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.returns import returned
from tests.years import SMALL as FORM
from toolkit import compare, definition, timeline
from toolkit.form import Form
from toolkit.reading.summaries import Table
from toolkit.record import Figures
from toolkit.timeline import Change, Figure, Line, Misplaced

SUM = ("desk/person", "mail/person")
"""Figures of which the edition of 1990 has only the sum."""
EDITIONS = [definition.load(edition) for edition in definition.editions()]
LISTED = [(form, edition) for form in EDITIONS for edition in (form.edition, *form.earlier)]
NAMES = [f"{form.edition}-{edition}" for form, edition in LISTED]


def table(edition: str, year: int | None, values: Figures) -> Table:
    return Table(edition, year, values)


def this(figures: Figures) -> Table:
    return table("2000", 2023, returned(FORM, figures).values)


def by_keys(*tables: Table) -> Mapping[tuple[str, ...], Line]:
    return {line.keys: line for line in timeline.lines(FORM, tables[0], tables[1:])}


def values(line: Line) -> list[object]:
    return [one.value for one in line.figures]


# ---------------------------------------------------------------- lines


def test_each_year_has_a_figure_in_every_line() -> None:
    found = by_keys(
        this({"desk/person": 5}),
        table("2000", 2022, returned(FORM, {"desk/person": 3, "mail/person": 0}).values),
        table("2000", 2021, returned(FORM, {"mail/person": 4}).values),
    )
    assert [*found] == [(key,) for key in FORM.indicators]
    assert values(found["desk/person",]) == [5, 3, None]
    assert values(found["mail/person",]) == [None, 0, 4]


def test_what_one_year_has_only_as_a_sum_is_compared_as_a_sum_and_by_itself() -> None:
    found = by_keys(
        this({"desk/person": 5, "mail/person": 1}),
        table("2000", 2022, returned(FORM, {"desk/person": 3, "mail/person": 4}).values),
        table("1990", 2021, {"asked.person": 2}),
    )
    assert found[SUM].figures == (
        Figure(6, SUM),
        Figure(7, SUM),
        Figure(2, ("asked.person",), "口径相近"),
    )
    assert found["desk/person",].figures == (
        Figure(5, ("desk/person",)),
        Figure(3, ("desk/person",)),
        Figure(None, reason="1990版没有分开，只能合计起来对比"),
    )
    order = [*found]
    place = order.index(SUM)
    assert order[place + 1 : place + 3] == [("desk/person",), ("desk/company",)]


def test_an_edition_without_anything_in_common_adds_no_line() -> None:
    now, then = this({"desk/person": 5}), table("1990", 2022, {"asked.person": 2})
    strange = table("1980", 2021, {"desk/person": 4})
    assert [*by_keys(now, then, strange)] == [*by_keys(now, then)]
    (reason,) = {line.figures[2].reason for line in by_keys(now, then, strange).values()}
    assert reason == "1980版和2000版的指标没有对照"


def test_no_edition_is_compared_by_way_of_another() -> None:
    form = definition.load("2021")
    years = [
        table(edition, year, dict.fromkeys(definition.load(edition).indicators, 1))
        for edition, year in (("2021", 2021), ("2019", 2020), ("2018", 2018))
    ]
    lines = timeline.lines(form, years[0], years[1:])
    assert any(not line.figures[1].reason for line in lines)
    assert all(line.figures[2].reason for line in lines)


def test_figures_of_one_printed_row_stay_together() -> None:
    form = definition.load("2021")
    then = definition.load("2019").indicators
    years = [
        table("2021", 2022, dict.fromkeys(form.indicators, 1)),
        table("2019", 2020, dict.fromkeys(then, 1)),
    ]
    lines = timeline.lines(form, table("2021", 2023, dict.fromkeys(form.indicators, 1)), years)
    rows = [tuple(dict.fromkeys(key.partition("/")[0] for key in line.keys)) for line in lines]
    changes = [row for row, before in zip(rows, [None, *rows], strict=False) if row != before]
    assert max(Counter(changes).values()) == 1


# ---------------------------------------------------------------- changes


def test_a_change_is_counted_from_the_earlier_year() -> None:
    change = Change(Figure(12), Figure(10))
    assert (change.comparable, change.difference, change.percent) == (True, 2, Decimal("20.0"))


def test_there_is_no_change_from_what_cannot_be_compared() -> None:
    change = Change(Figure(12), Figure(None, reason="旧表没有"))
    assert (change.comparable, change.difference, change.percent) == (False, None, None)


# ---------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("found", "wrong", "said"),
    [
        ((2023, 2022), None, ""),
        ((2023, 2020, 2019), None, ""),
        ((2023, 2023), 1, "2023年度的，应当早于前一份的2023年度"),
        ((2022, 2023), 1, "2023年度的，应当早于前一份的2022年度"),
        ((2023, 2021, 2022), 2, "2022年度的，应当早于前一份的2021年度"),
        ((None, 2022), 0, "看不出这份表是哪个年度的"),
        ((2023, 2022, None), 2, "看不出这份表是哪个年度的"),
    ],
)
def test_each_year_must_be_earlier_than_the_one_before(
    found: Sequence[int | None], wrong: int | None, said: str
) -> None:
    tables = [table("2000", year, {}) for year in found]
    if wrong is None:
        assert timeline.years(tables) == found
        return
    with pytest.raises(Misplaced, match=said) as error:
        timeline.years(tables)
    assert error.value.number == wrong


# ---------------------------------------------------------------- laws


@st.composite
def filled(draw: st.DrawFn, form: Form) -> Figures:
    """Draw the figures of a few indicators; all others are blank."""
    some = draw(st.lists(st.sampled_from(form.entered), unique_by=lambda i: i.key, max_size=12))
    return returned(form, {i.key: draw(strategies.figures(i)) for i in some}).values


SUMS = st.dictionaries(
    st.sampled_from(["asked.person", "done.person", "done.company"]),
    st.none() | st.integers(0, 99),
)
THEN = st.one_of(
    st.tuples(st.sampled_from(["2000", "1991", "1980"]), filled(FORM)),
    st.tuples(st.just("1990"), SUMS),
)
EARLIER = st.lists(THEN, min_size=1, max_size=4)


def tables(earlier: Sequence[tuple[str, Figures]]) -> list[Table]:
    return [table(edition, 2022 - n, figures) for n, (edition, figures) in enumerate(earlier)]


@given(filled(FORM), THEN)
def test_two_years_are_compared_as_ever(now: Figures, then: tuple[str, Figures]) -> None:
    lines = timeline.lines(FORM, this(now), tables([then]))
    assert [
        (line.keys, one.keys, line.figures[0].value, one.value, one.note, one.reason)
        for line in lines
        for one in line.figures[1:]
    ] == [
        (row.keys, row.then, row.this, row.last, row.note, row.reason)
        for row in compare.compare(FORM, this(now).values, *then)
    ]


@pytest.mark.parametrize(("form", "edition"), LISTED, ids=NAMES)
def test_two_years_of_any_editions_have_the_lines_of_their_comparison(
    form: Form, edition: str
) -> None:
    now, then = (
        {key: n for n, key in enumerate(one.indicators)} for one in (form, definition.load(edition))
    )
    lines = timeline.lines(form, table(form.edition, 2022, now), [table(edition, 2021, then)])
    rows = compare.compare(form, now, edition, then)
    assert [line.keys for line in lines] == [row.keys for row in rows]
    assert [line.figures[1].value for line in lines] == [row.last for row in rows]


@given(filled(FORM), EARLIER)
def test_further_years_change_nothing_between_two(
    now: Figures, earlier: Sequence[tuple[str, Figures]]
) -> None:
    found = by_keys(this(now), *tables(earlier))
    for number, then in enumerate(earlier, 1):
        for row in compare.compare(FORM, this(now).values, *then):
            if not row.reason:
                first, one = found[row.keys].figures[0], found[row.keys].figures[number]
                assert (first.value, one.value, one.note) == (row.this, row.last, row.note)


@given(filled(FORM), EARLIER)
def test_every_figure_stands_in_a_line_and_no_line_twice(
    now: Figures, earlier: Sequence[tuple[str, Figures]]
) -> None:
    lines = timeline.lines(FORM, this(now), tables(earlier))
    assert {key for line in lines for key in line.keys} == {*FORM.indicators}
    assert len({line.keys for line in lines}) == len(lines)
    assert {len(line.figures) for line in lines} == {1 + len(earlier)}


@given(filled(FORM), EARLIER)
def test_lines_stand_in_printed_order_and_a_sum_before_its_parts(
    now: Figures, earlier: Sequence[tuple[str, Figures]]
) -> None:
    found = [line.keys for line in timeline.lines(FORM, this(now), tables(earlier))]
    alone = [keys[0] for keys in found if len(keys) == 1]
    assert alone == [key for key in FORM.indicators if key in alone]
    for before, after in combinations(found, 2):
        assert not set(before) < set(after)


@given(filled(FORM), EARLIER)
def test_a_sum_is_that_of_its_parts_in_every_year_that_has_them(
    now: Figures, earlier: Sequence[tuple[str, Figures]]
) -> None:
    found = by_keys(this(now), *tables(earlier))
    for keys, line in found.items():
        parts = [found[key,] for key in keys if (key,) in found]
        if len(parts) < len(keys):
            continue
        for year, one in enumerate(line.figures):
            figures = [part.figures[year] for part in parts]
            if not any(figure.reason for figure in figures):
                whole = [figure.value for figure in figures if figure.value is not None]
                assert one.value == (sum(whole) if whole else None)


@given(filled(FORM), EARLIER)
def test_the_changes_from_year_to_year_make_that_over_all_years(
    now: Figures, earlier: Sequence[tuple[str, Figures]]
) -> None:
    for line in timeline.lines(FORM, this(now), tables(earlier)):
        steps = [
            Change(*pair).difference for pair in zip(line.figures, line.figures[1:], strict=False)
        ]
        whole = Change(line.figures[0], line.figures[-1]).difference
        if None not in steps:
            assert whole == sum(Decimal(step or 0) for step in steps)
