"""Two years side by side: what is compared with what, and what is not compared at all."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.returns import returned
from tests.years import SMALL as FORM
from toolkit import compare, definition
from toolkit.compare import Row
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.record import Figures

EDITIONS = [definition.load(edition) for edition in definition.editions()]
LISTED = [(form, edition) for form in EDITIONS for edition in form.earlier]
NAMES = [f"{form.edition}-{edition}" for form, edition in LISTED]


def rows(edition: str, this: Figures, last: Figures) -> Mapping[tuple[str, ...], Row]:
    found = compare.compare(FORM, returned(FORM, this).values, edition, last)
    return {row.keys: row for row in found}


def one(this: Number | None, last: Number | None) -> Row:
    return rows("2000", {"desk/person": this}, {"desk/person": last})["desk/person",]


@st.composite
def figures(draw: st.DrawFn, form: Form) -> Figures:
    """Draw the figures of a few indicators; all others are blank."""
    filled = draw(st.lists(st.sampled_from(form.entered), unique_by=lambda i: i.key, max_size=12))
    return returned(form, {i.key: draw(strategies.figures(i)) for i in filled}).values


# ---------------------------------------------------------------- one figure


@pytest.mark.parametrize(
    ("this", "last", "difference", "percent"),
    [
        (12, 10, 2, "20.0"),
        (8, 10, -2, "-20.0"),
        (10, 10, 0, "0.0"),
        (0, 3, -3, "-100.0"),
        (1, 3, -2, "-66.7"),
        (Decimal("1.5"), Decimal("0.5"), 1, "200.0"),
        (2000, 2001, -1, "0.0"),  # a fall that is rounded away has no sign
        (5, 0, 5, None),  # nothing to measure the growth by
        (5, -2, 7, None),
        (None, 10, None, None),  # blank is not 0
        (10, None, None, None),
        (None, None, None, None),
    ],
)
def test_difference_and_per_cent(
    this: Number | None, last: Number | None, difference: Number | None, percent: str | None
) -> None:
    row = one(this, last)
    assert row.difference == difference
    assert (None if row.percent is None else str(row.percent)) == percent


def test_the_smallest_and_the_largest_figure_can_be_compared() -> None:
    assert one(10**12 - 1, Decimal("1E-30")).percent == Decimal("99999999999900E+30")


# ---------------------------------------------------------------- what is compared with what


def test_in_one_edition_every_figure_is_compared_with_itself() -> None:
    found = rows("2000", {"desk/person": 2}, {"desk/person": 1, "mail/person": 4})
    assert [*found] == [(key,) for key in FORM.indicators]
    assert all(row.then == row.keys and not row.reason for row in found.values())
    assert found["mail/person",].last == 4


def test_sums_are_compared_where_the_definition_says_so() -> None:
    last = {"asked.person": 4, "done.person": 1, "done.company": 2}
    found = rows("1990", {"desk/person": 2, "mail/person": 3, "closed/person": 5}, last)
    group = found["desk/person", "mail/person"]
    assert (group.this, group.last, group.note) == (5, 4, "口径相近")
    assert (found["closed/total",].this, found["closed/total",].last) == (5, 3)
    assert found["closed/total",].then == ("done.person", "done.company")


def test_a_group_stands_where_its_first_figure_is_printed() -> None:
    order = [*rows("1990", {}, {})]
    assert order.index(("desk/person", "mail/person")) == order.index(("desk/company",)) - 1


def test_what_is_not_listed_cannot_be_compared() -> None:
    found = rows("1990", {"desk/company": 2}, {"desk/company": 7})
    row = found["desk/company",]
    assert (row.this, row.last, row.difference) == (2, None, None)
    assert row.reason == "旧表只有收到和办结"


def test_same_keys_are_compared_where_the_definition_says_so() -> None:
    last = {"desk/person": 1, "desk/company": 2, "mail/company": 3}
    found = rows("1991", {"desk/person": 4, "desk/company": 9}, last)
    assert (found["desk/person",].last, found["desk/person",].reason) == (1, "")
    # What a written pair speaks of is compared in that pair and nowhere else.
    assert (found["desk/company",].last, found["mail/company",].then) == (5, ())
    # A key that the earlier edition does not have is not blank there: it cannot be compared.
    assert found["closed/person",].reason == "旧表不分当面和信函"


def test_an_edition_that_is_not_listed_has_nothing_to_compare() -> None:
    found = rows("1980", {"desk/person": 4}, {"desk/person": 4})
    assert {row.reason for row in found.values()} == {"1980版和2000版的指标没有对照"}


def test_a_sum_of_blanks_is_blank() -> None:
    group = rows("1990", {"desk/person": 2}, {"asked.person": None})["desk/person", "mail/person"]
    assert (group.this, group.last, group.difference) == (2, None, None)


# ---------------------------------------------------------------- laws


EDITION = st.sampled_from(["2000", "1990", "1991", "1980"])


@given(EDITION, figures(FORM), figures(FORM))
def test_every_figure_stands_in_exactly_one_row(edition: str, this: Figures, last: Figures) -> None:
    found = compare.compare(FORM, this, edition, last)
    assert Counter(key for row in found for key in row.keys) == Counter([*FORM.indicators])


@given(EDITION, figures(FORM), figures(FORM))
def test_last_year_and_the_difference_make_this_year(
    edition: str, this: Figures, last: Figures
) -> None:
    for row in compare.compare(FORM, this, edition, last):
        if row.this is not None and row.last is not None:
            assert row.difference is not None
            assert Decimal(row.last) + Decimal(row.difference) == row.this
        else:
            assert (row.difference, row.percent) == (None, None)


@pytest.mark.parametrize("form", EDITIONS, ids=lambda form: form.edition)
def test_a_table_beside_itself_has_no_difference(form: Form) -> None:
    values = returned(form, {i.key: n for n, i in enumerate(form.entered)}).values
    found = compare.compare(form, values, form.edition, values)
    assert len(found) == len(form.indicators)
    assert {row.difference for row in found} == {0}
    assert {str(row.percent) for row in found} <= {"0.0", "None"}


# ---------------------------------------------------------------- the editions


@pytest.mark.parametrize(("form", "edition"), LISTED, ids=NAMES)
def test_what_an_edition_is_compared_with_exists(form: Form, edition: str) -> None:
    then = definition.load(edition)
    assert then.first_year < form.first_year
    pairs = form.earlier[edition].pairs
    assert {key for pair in pairs for key in pair.then} <= then.indicators.keys()
    assert {key for pair in pairs for key in pair.now} <= form.indicators.keys()


@pytest.mark.parametrize(("form", "edition"), LISTED, ids=NAMES)
def test_no_figure_of_an_edition_is_compared_twice(form: Form, edition: str) -> None:
    pairs = compare.pairs(form, edition, definition.load(edition).indicators)
    for side in ("now", "then"):
        keys = Counter(key for pair in pairs for key in getattr(pair, side))
        assert set(keys.values()) == {1}


@pytest.mark.parametrize(("form", "edition"), LISTED, ids=NAMES)
def test_only_figures_in_one_unit_are_compared(form: Form, edition: str) -> None:
    then = definition.load(edition)
    for pair in compare.pairs(form, edition, then.indicators):
        units = {form.indicators[key].measure.name for key in pair.now}
        assert units == {then.indicators[key].measure.name for key in pair.then}


def test_of_the_oldest_form_only_requests_and_disputes_can_be_compared() -> None:
    form, then = (definition.load(edition) for edition in ("2019", "2018"))
    found = [
        row
        for row in compare.compare(form, dict.fromkeys(form.indicators, 1), "2018", {})
        if not row.reason
    ]
    assert {form.indicators[key].table for row in found for key in row.keys} == {
        "requests",
        "disputes",
    }
    sections = {then.indicators[key].section[0] for row in found for key in row.then}
    assert sections == {"三", "四", "五"}  # requests, reviews, lawsuits
    received = next(row for row in found if row.keys == ("new/total",))
    assert received.then == ("request.received",)


def test_no_edition_is_compared_across_another() -> None:
    assert not compare.pairs(definition.load("2021"), "2018", definition.load("2018").indicators)


# ---------------------------------------------------------------- what rows are called


def test_rows_are_called_by_printed_row_and_figure() -> None:
    found = compare.compare(FORM, dict.fromkeys(FORM.indicators), "1990", {})
    names = {row.keys: name for row, name in compare.names(FORM, found).items()}
    single, group = names["closed/company",], names["desk/person", "mail/person"]
    assert (single.printed, single.figure) == ("办结", "法人或其他组织")
    assert (group.printed, group.figure) == ("当面、信函（合计）", "自然人")
    assert single.whole == FORM.indicators["closed/company"].name


@pytest.mark.parametrize("form", EDITIONS, ids=lambda form: form.edition)
def test_the_whole_name_is_that_of_the_indicator(form: Form) -> None:
    found = compare.compare(form, dict.fromkeys(form.indicators), form.edition, {})
    for row, name in compare.names(form, found).items():
        assert name.whole == form.indicators[row.keys[0]].name
        assert name.figure


def test_figures_of_one_printed_row_are_named_together() -> None:
    form = definition.load("2019")
    found = compare.compare(form, dict.fromkeys(form.indicators), "2018", {})
    (name,) = {
        name.whole
        for row, name in compare.names(form, found).items()
        if row.keys == ("dispute/direct.upheld", "dispute/after_review.upheld")
    }
    assert name == "未经复议直接起诉·结果维持、复议后起诉·结果维持（合计）"
