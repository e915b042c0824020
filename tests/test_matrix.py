"""A matrix table: its cells, its computed totals, its rules along rows and columns."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.returns import codes, returned
from toolkit import definition
from toolkit.check import check
from toolkit.findings import Severity
from toolkit.form import Form

FILE = Path(__file__).parent / "data" / "matrix.yaml"

GOOD = {
    "desk/person": 1,
    "desk/company": 0,
    "mail/person": 2,
    "mail/company": 2,
    "closed/person": 3,
    "closed/company": 2,
}
"""
              自然人  法人  总计
    收到         3      2     5
      当面       1      0     1
      信函       2      2     4
    办结         3      2     5
"""


@pytest.fixture(scope="module")
def matrix() -> Form:
    return definition.parse(FILE.read_text(encoding="utf-8"), FILE.name)


def test_every_row_with_a_key_crosses_every_column(matrix: Form) -> None:
    assert list(matrix.indicators) == [
        f"{row}/{column}"
        for row in ("received", "desk", "mail", "closed")
        for column in ("person", "company", "total")
    ]


def test_the_heading_has_no_cells(matrix: Form) -> None:
    ((_, block),) = matrix.blocks()
    assert block.cell(block.lines[0], block.columns[0]) == ""
    assert block.cell(block.lines[1], block.columns[0]) == "received/person"
    assert block.cell(block.lines[1]) == ""


def test_a_cell_is_named_by_row_and_column(matrix: Form) -> None:
    assert matrix.indicators["desk/person"].label == "当面·自然人"


def test_totals_of_rows_and_columns_are_computed(matrix: Form) -> None:
    assert {total.key: total.parts for total in matrix.totals} == {
        "received/total": ("received/person", "received/company"),
        "received/person": ("desk/person", "mail/person"),
        "received/company": ("desk/company", "mail/company"),
        "desk/total": ("desk/person", "desk/company"),
        "mail/total": ("mail/person", "mail/company"),
        "closed/total": ("closed/person", "closed/company"),
    }


def test_the_corner_adds_up(matrix: Form) -> None:
    values = returned(matrix, GOOD).values
    assert (values["received/total"], values["received/person"], values["closed/total"]) == (
        5,
        3,
        5,
    )


@pytest.mark.parametrize(
    ("code", "anchors"),
    [
        ("B1", ["closed/person", "closed/company", "closed/total"]),
        ("B2", ["received/person", "received/company", "received/total"]),
        ("B3", ["received/total", "desk/total", "mail/total", "closed/total"]),
        ("B5", ["desk/total"]),
        ("B6", ["received/company", "desk/company", "mail/company", "closed/company"]),
    ],
)
def test_a_rule_stands_once_in_each_row_or_column(
    matrix: Form, code: str, anchors: list[str]
) -> None:
    assert [rule.anchor for rule in matrix.rules if rule.code == code] == anchors


def test_good_figures_break_no_rule(matrix: Form) -> None:
    assert check(matrix, returned(matrix, GOOD)) == ()


def test_a_rule_along_columns_names_its_column(matrix: Form) -> None:
    record = returned(matrix, GOOD | {"closed/person": 4, "closed/company": 1})
    (found,) = check(matrix, record)
    assert (found.code, found.key) == ("B1", "closed/person")
    assert "办结4，多于收到3" in found.message


def test_a_rule_along_rows_names_its_row(matrix: Form) -> None:
    record = returned(matrix, GOOD | {"desk/person": 2, "mail/person": 1})
    (found,) = check(matrix, record)
    assert (found.code, found.key) == ("B6", "mail/company")


def test_at_least_is_broken_by_less_and_not_by_the_same(matrix: Form) -> None:
    less = returned(matrix, {"desk/person": 2, "mail/person": 1})
    same = returned(matrix, {"desk/person": 1, "mail/person": 1})
    assert "B7" in codes(check(matrix, less))
    assert "B7" not in codes(check(matrix, same))


def test_the_corner_is_held_against_rows_and_columns(matrix: Form) -> None:
    found = check(matrix, returned(matrix, GOOD, {"received/total": 6}))
    assert [(one.code, one.key, one.value) for one in found] == [
        ("B2", "received/total", 6),
        ("B3", "received/total", 6),
    ]


def test_the_explanation_of_a_row_answers_for_its_cells(matrix: Form) -> None:
    record = returned(matrix, GOOD | {"closed/person": 4, "closed/company": 1})
    explained = replace(record, explanations={"closed": "含上年结转1件"})
    (found,) = check(matrix, explained)
    assert (found.severity, found.open) == (Severity.WARNING, False)


def test_last_year_is_compared_only_where_it_is_known(matrix: Form) -> None:
    record = returned(matrix, GOOD)  # desk/total is 1
    same = returned(matrix, {"mail/person": 1})
    other = returned(matrix, {"mail/person": 2})
    blank = returned(matrix, {})
    assert codes(check(matrix, record)) == []
    assert codes(check(matrix, record, last=same.values)) == []
    assert codes(check(matrix, record, last=other.values)) == ["B5"]
    assert codes(check(matrix, record, last=blank.values)) == ["B5"]


def test_a_row_key_of_another_table_is_refused() -> None:
    text = FILE.read_text(encoding="utf-8")
    second = (
        "  - {key: second, kind: list, name: 表四, rows: [{key: closed, label: 办结, unit: 件}]}\n"
    )
    doubled = text.replace("rules:\n", second + "rules:\n")
    with pytest.raises(definition.BrokenDefinition, match="“closed”出现两次"):
        definition.parse(doubled, FILE.name)


def test_a_column_key_twice_is_refused_at_the_column() -> None:
    text = FILE.read_text(encoding="utf-8").replace("key: company", "key: person")
    with pytest.raises(definition.BrokenDefinition, match="“person”出现两次") as refusal:
        definition.parse(text, FILE.name)
    assert refusal.value.line == 21


# ---------------------------------------------------------------- what cannot be meant

BROKEN = [
    ("a label missing", "{key: mail, label: 信函}", "{key: mail}", "“mail”没有 label"),
    ("a heading over nothing", "{key: closed, label: 办结}", "{label: 办结}", "下面也没有行"),
    ("of an unknown column", "along: columns}", "along: columns, of: [none]}", "“none”不存在"),
    ("an unknown level", "sentence: 办结", "except_levels: [县]\n    sentence: 办结", "“县”不存在"),
    (
        "an unknown figure of now",
        "rules:\n",
        'earlier: {"1990": {reason: 无, pairs: [{now: [nothing], then: [any]}]}}\nrules:\n',
        "“nothing”不存在",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_contradiction_is_refused(old: str, new: str, reason: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    with pytest.raises(definition.BrokenDefinition, match=reason):
        definition.parse(text.replace(old, new), FILE.name)


def test_a_rule_may_except_levels_of_office() -> None:
    text = FILE.read_text(encoding="utf-8")
    level = "  - {key: level, role: unit.level, label: 层级, options: [县, 乡]}\nfoot:"
    text = text.replace("foot:", level, 1)
    text = text.replace("sentence: 办结", "except_levels: [县]\n    sentence: 办结")
    form = definition.parse(text, FILE.name)
    record = returned(form, GOOD | {"closed/person": 4, "closed/company": 1})
    for level, expected in (("", ["B1"]), ("县", []), ("乡", ["B1"])):
        unit = replace(record.unit, level=level)
        assert codes(check(form, replace(record, unit=unit))) == expected


def test_a_level_that_is_not_offered_is_a_notice() -> None:
    text = FILE.read_text(encoding="utf-8")
    level = "  - {key: level, role: unit.level, label: 层级, options: [县, 乡]}\nfoot:"
    form = definition.parse(text.replace("foot:", level, 1), FILE.name)
    record = returned(form, GOOD)
    odd = replace(record, unit=replace(record.unit, level="村"))
    (found,) = check(form, odd)
    assert (found.code, found.severity.value, found.open) == ("R28", "notice", False)


def test_last_year_may_stand_in_a_sum() -> None:
    text = FILE.read_text(encoding="utf-8").replace(
        "right: {last: mail/total}", "right: {sum: [{last: mail/total}, closed/total]}"
    )
    form = definition.parse(text, FILE.name)
    record = returned(form, {"desk/person": 5, "mail/person": 5, "closed/person": 3})
    assert codes(check(form, record, last={"mail/total": 2})) == []
    assert codes(check(form, record, last={"mail/total": 1})) == ["B5"]
    assert codes(check(form, record, last={})) == []  # an edition that did not ask for it
