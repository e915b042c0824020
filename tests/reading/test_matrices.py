"""Matrices in a workbook that is whole: every figure is found, however it is laid out."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.reading.matrices import BLOCKS, FORMS, codes, found, numbered
from tests.reading.printouts import (
    Filled,
    Look,
    Span,
    book,
    inserted,
    moved,
    sheets,
    shuffled,
    together,
)
from toolkit.form import Form
from toolkit.reading.grid import Sheet
from toolkit.reading.locate import locate
from toolkit.reading.returns import read_workbook

every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)

# ---------------------------------------------------------------- every edition, every look

LOOKS = [
    Look(span, row_keys, column_keys, beside)
    for span, row_keys, column_keys, beside in product(
        Span, (True, False), (True, False), (True, False)
    )
]


@every_form
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("arranged", ["sheets", "reversed", "together"])
def test_every_figure_is_found(form: Form, look: Look, arranged: str) -> None:
    filled = Filled(numbered(form))
    drawn = [together(form, filled, look)] if arranged == "together" else sheets(form, filled, look)
    if arranged == "reversed":
        drawn = [replace(one, name=f"Sheet{n}") for n, one in enumerate(reversed(drawn))]
    located = locate(book(*drawn), form)
    assert found(located) == numbered(form)
    assert list(located.indicators) == list(form.indicators)
    assert not located.extra
    keyed = look.row_keys and (look.column_keys or form.edition == "2018")
    assert {p.how for p in located.indicators.values()} <= {"key", "label"}
    if keyed:
        assert {placed.how for placed in located.indicators.values()} == {"key"}
        assert not located.findings
    else:
        assert set(codes(located)) == {"R18"}


@every_form
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_the_order_and_the_figures(form: Form, data: st.DataObject) -> None:
    filled = data.draw(st.lists(st.sampled_from(form.entered), unique_by=lambda i: i.key))
    values = numbered(form) | {i.key: data.draw(strategies.figures(i)) for i in filled}
    look = data.draw(st.sampled_from(LOOKS))
    order = shuffled(form, Random(data.draw(st.integers(0, 99))))
    drawn = sheets(order, Filled({k: v for k, v in values.items() if v is not None}), look)
    data.draw(st.randoms()).shuffle(drawn)
    record = read_workbook(book(*drawn), form).record
    assert {key: record.values[key] for key in values} == values
    assert not record.extra


# ---------------------------------------------------------------- what the office programs do


def edits() -> dict[str, Callable[[Sheet], Sheet]]:
    """Return what may be done to a sheet without harm."""
    return {
        "row above": lambda one: inserted(one, row=1),
        "rows everywhere": lambda one: moved(one, {n: 2 * n for n in range(1, 200)}, None),
        "column in front": lambda one: inserted(one, column=1),
        "column before labels": lambda one: inserted(one, column=2),
        "columns everywhere": lambda one: moved(one, None, {n: 2 * n for n in range(1, 80)}),
        "columns mirrored": lambda one: moved(one, None, {n: 80 - n for n in range(1, 80)}),
    }


@every_form
@pytest.mark.parametrize("edit", edits())
def test_undisturbed(form: Form, edit: str) -> None:
    drawn = [edits()[edit](one) for one in sheets(form, Filled(numbered(form)))]
    located = locate(book(*drawn), form)
    assert found(located) == numbered(form)
    assert not located.findings
    assert not located.extra


@every_form
def test_where_things_stand(form: Form) -> None:
    rows = {key.partition("/")[0] for key in form.indicators}
    reported = {total.key: 7 for total in form.totals}
    filled = Filled(numbered(form), {row: f"说明{row}" for row in rows}, reported)
    record = read_workbook(book(*sheets(form, filled)), form).record
    assert record.explanations == {row: f"说明{row}" for row in rows}
    assert record.reported == reported


def test_addresses() -> None:
    located = locate(book(*sheets(BLOCKS, Filled(numbered(BLOCKS)))), BLOCKS)
    placed = located.indicators["papers.own/change"]
    places = (placed.label, placed.value, placed.explanation, placed.reported)
    assert [place.address for place in places if place] == ["C7", "E7", "G7", "J7"]


def test_head_and_foot_around_several_sheets() -> None:
    fields = {
        "unit.name": "甲局",
        "unit.level": "设区的市，自治州政府",
        "year": 2001,
        "clerk": "张三",
    }
    for drawn in (
        sheets(BLOCKS, Filled({}, fields=fields)),
        [together(BLOCKS, Filled({}, fields=fields))],
    ):
        record = read_workbook(book(*drawn), BLOCKS).record
        assert (record.unit.name, record.unit.level) == ("甲局", "设区的市、自治州政府")
        assert (record.year, record.contacts) == (2001, {"clerk": "张三"})
        assert record.sources["unit.level"].cell == "C3"


def test_level_that_is_not_offered_stays_as_it_stands() -> None:
    drawn = sheets(BLOCKS, Filled({}, fields={"unit.level": "村"}))
    assert read_workbook(book(*drawn), BLOCKS).record.unit.level == "村"


@pytest.mark.parametrize(("typed", "figure"), [("+12", 12), ("-8", -8), ("－８", -8)])
def test_signs_typed_as_text(typed: str, figure: int) -> None:
    drawn = sheets(BLOCKS, Filled({"rules.own/change": typed}))
    record = read_workbook(book(*drawn), BLOCKS).record
    assert record.values["rules.own/change"] == figure
    assert record.sources["rules.own/change"].done == "F3"
