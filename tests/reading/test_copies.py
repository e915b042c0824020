"""Workbooks that hold a form more than once: blank copies, forms that disagree, two offices."""

from dataclasses import replace
from typing import Any

import pytest

from tests.reading.drawn import Rows, template
from tests.reading.drawn import book as drawn
from tests.reading.drawn import sheet as page
from tests.reading.matrices import FORMS, codes, found, numbered
from tests.reading.printouts import (
    TEMPLATE,
    TYPED_ANEW,
    Filled,
    Look,
    book,
    sheets,
)
from toolkit import definition
from toolkit.findings import Severity
from toolkit.form import Form, Role
from toolkit.reading.grid import Sheet, State
from toolkit.reading.locate import locate

LOOKS = pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW], ids=["template", "typed"])
EDITIONS = [definition.load(edition) for edition in definition.editions()]
EVERY = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)


def forms(form: Form, look: Look, values: Any = None, name: str = "", **head: str) -> list[Sheet]:
    """Return the sheets of a filled form.

    Args:
        form: the edition.
        look: how it is drawn.
        values: its figures, all different unless given.
        name: what is put behind the names of the sheets.
        head: what the fields of the head say, by role.
    """
    figures = numbered(form) if values is None else values
    said = {one.key: head[one.role] for one in form.head if one.role in head}
    made = sheets(form, Filled(figures, fields=said), look)
    return [replace(one, name=one.name + name) for one in made]


def said(found_codes: list[str]) -> list[str]:
    """Return codes without the notice on figures that have lost their keys."""
    return [code for code in found_codes if code != "R18"]


# ---------------------------------------------------------------- blank copies


@EVERY
@LOOKS
@pytest.mark.parametrize("before", [False, True])
def test_a_blank_copy_is_left_out(form: Form, look: Look, before: bool) -> None:
    filled, blank = forms(form, look), forms(form, look, {}, " (2)")
    located = locate(book(*blank, *filled) if before else book(*filled, *blank), form)
    assert found(located) == numbered(form)
    assert {*said(codes(located))} == {"R91"}
    assert all(one.severity is Severity.NOTICE for one in located.findings)
    assert {one.sheet for one in located.findings if one.code == "R91"} == {
        one.name for one in blank
    }


@EVERY
def test_two_blank_forms_are_alike(form: Form) -> None:
    located = locate(book(*forms(form, TEMPLATE, {}), *forms(form, TEMPLATE, {}, " (2)")), form)
    assert {*codes(located)} == {"R17"}


@EVERY
@LOOKS
def test_a_blank_copy_beside_the_form_is_left_out(form: Form, look: Look) -> None:
    both = []
    for one, blank in zip(forms(form, look), forms(form, look, {}), strict=True):
        width = max(column for _, column in one.cells) + 1
        cells = {
            (row, column + width): cell._replace(column=column + width)
            for (row, column), cell in blank.cells.items()
            if row >= 2 and column > 1
        }
        merges = [(top, a + width, bottom, b + width) for top, a, bottom, b in blank.merges]
        both.append(replace(one, cells={**one.cells, **cells}, merges=(*one.merges, *merges)))
    located = locate(book(*both), form)
    assert found(located) == numbered(form)
    assert {*said(codes(located))} <= {"R91", "R17"}


# ---------------------------------------------------------------- several forms


@EVERY
@LOOKS
def test_two_forms_that_disagree_are_one_finding(form: Form, look: Look) -> None:
    others = {key: figure + 1 for key, figure in numbered(form).items()}
    hidden = [replace(one, state=State.HIDDEN) for one in forms(form, look, others, " (2)")]
    located = locate(book(*forms(form, look), *hidden), form)
    assert not found(located)
    (one,) = (one for one in located.findings if one.severity is not Severity.NOTICE)
    assert (one.code, one.severity) == ("R92", Severity.ERROR)
    for sheet in hidden:
        assert f"工作表“{sheet.name.removesuffix(' (2)')}”、" in one.message
        assert f"隐藏的工作表“{sheet.name}”" in one.message
    entered = [located.indicators[indicator.key] for indicator in form.entered]
    assert all(len(placed.rivals) == 2 for placed in entered)


@EVERY
def test_a_few_figures_that_disagree_are_told_one_by_one(form: Form) -> None:
    key = form.entered[0].key
    hidden = [
        replace(one, state=State.VERY_HIDDEN)
        for one in forms(form, TEMPLATE, numbered(form) | {key: 7}, " (2)")
    ]
    located = locate(book(*forms(form, TEMPLATE), *hidden), form)
    assert {key for key in numbered(form) if key not in found(located)} == {key}
    (one,) = (one for one in located.findings if one.severity is Severity.ERROR)
    assert one.code == "R16"
    assert "、隐藏的工作表“" in one.message


@pytest.mark.parametrize("form", EDITIONS, ids=lambda form: form.edition)
@pytest.mark.parametrize(
    ("role", "one", "other"),
    [
        (Role.UNIT_NAME, "甲局", "乙局"),
        (Role.UNIT_CODE, "X01", "X02"),
        (Role.YEAR, "2018", "2019年"),
    ],
)
def test_the_same_figures_of_two_offices_are_two_forms(
    form: Form, role: Role, one: str, other: str
) -> None:
    first = forms(form, TYPED_ANEW, **{role: one})
    second = forms(form, TYPED_ANEW, name=" (2)", **{role: other})
    located = locate(book(*first, *second), form)
    assert not found(located)
    assert said(codes(located)) == ["R92"]


@EVERY
def test_a_short_name_of_the_same_office_is_no_other_one(form: Form) -> None:
    first = forms(form, TYPED_ANEW, **{Role.UNIT_NAME: "示例市甲局"})
    second = forms(form, TYPED_ANEW, name=" (2)", **{Role.UNIT_NAME: "甲局"})
    located = locate(book(*first, *second), form)
    assert found(located) == numbered(form)
    assert {*said(codes(located))} == {"R17"}


def test_forms_on_one_sheet_are_told_apart_by_their_rows(form: Form) -> None:
    rows: Rows = template(form, {one.key: 5 for one in form.entered})
    other: Rows = template(form, {one.key: 6 for one in form.entered})
    located = locate(drawn(page([*rows, *other])), form)
    (one,) = located.findings
    first = next(place for place, row in enumerate(rows, 1) if "统计指标" in row)
    assert one.code == "R92"
    assert f"“统计表”第{first}行起、工作表“统计表”第{first + len(rows)}行起" in one.message
