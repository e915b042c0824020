"""The JSON Schema of a record, and its errors as F1, F2 and F8."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from tests import strategies
from tests.returns import codes, returned
from toolkit import definition, record, resources, schema
from toolkit.check import Expected, check
from toolkit.findings import Number, Severity
from toolkit.form import Form
from toolkit.record import Record, Source, Unit

FORM = definition.load(definition.editions()[0])
BIG = 10**12
SMALL = Path(__file__).parent / "data" / "small.yaml"
MATRIX = SMALL.with_name("matrix.yaml")


@pytest.mark.parametrize("edition", definition.editions())
def test_the_schema_is_a_schema(edition: str) -> None:
    Draft202012Validator.check_schema(schema.record_schema(definition.load(edition)))


@pytest.mark.parametrize("edition", definition.editions())
def test_the_committed_schema_is_fresh(edition: str) -> None:
    committed = resources.data("schemas", edition, "record.schema.json")
    assert committed.read_text(encoding="utf-8") == schema.as_text(definition.load(edition))


def test_a_dumped_record_satisfies_the_schema(form: Form) -> None:
    figures: dict[str, Number | None] = {
        "request.mail": 1,
        "fee.collected": Decimal("0.07"),
        "staff.total": 2,
    }
    data = record.parse(record.dump(returned(form, figures)))
    assert Draft202012Validator(schema.record_schema(form)).is_valid(data)


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("figures", "code", "key"),
    [
        ({"request.mail": -1}, "F1", "request.mail"),
        ({"fee.collected": Decimal("-0.01")}, "F1", "fee.collected"),
        ({"denied.privacy": -1, "reply.granted": 1}, "F1", "denied.privacy"),
        ({"reply.denied": -1, "reply.granted": 1}, "F1", "reply.denied"),
        ({"request.received": -1}, "F1", "request.received"),
        ({"request.mail": Decimal("0.5")}, "F2", "request.mail"),
        ({"fee.collected": Decimal("0.001")}, "F2", "fee.collected"),
        ({"request.mail": BIG}, "F2", "request.mail"),
        ({"fee.collected": BIG}, "F2", "fee.collected"),
    ],
)
def test_a_wrong_figure_is_one_error(
    form: Form, figures: dict[str, Number], code: str, key: str
) -> None:
    found = check(form, returned(form, figures))
    assert [(f.code, f.key) for f in found if f.severity is Severity.ERROR] == [(code, key)]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"request.mail": Decimal("1.001")}, "填的是1.001，应为整数"),
        ({"fee.collected": Decimal("-0.001")}, "填的是-0.001，不能是负数"),
        ({"fee.collected": Decimal("1E-7")}, "填的是0.0000001，最多保留2位小数"),
    ],
)
def test_a_wrong_figure_is_quoted_to_its_last_digit(
    form: Form, figures: dict[str, Number], words: str
) -> None:
    assert any(words in one.message for one in check(form, returned(form, figures)))


def test_a_row_of_a_matrix_may_be_explained() -> None:
    matrix = definition.parse(MATRIX.read_text(encoding="utf-8"), MATRIX.name)
    row = next(line.key for _, line in matrix.listed() if line.key)
    assert schema.misshapen({"explanations": {row: "含上年结转"}}, matrix) == ""


def test_a_negative_fraction_of_a_count_is_two_errors(form: Form) -> None:
    found = check(form, returned(form, {"request.mail": Decimal("-0.5")}))
    assert codes(found, Severity.ERROR) == ["F1", "F2"]


def test_a_text_for_a_figure_is_one_error(form: Form) -> None:
    one = returned(form, {"request.fax": 0})
    traced = replace(one, sources={"request.mail": Source(raw="若干", done="F2")})
    assert codes(check(form, traced), Severity.ERROR) == ["F2"]


# ---------------------------------------------------------------- the head


def touched(form: Form, head: dict[str, Any]) -> Record:
    """Return a good record with parts of its head changed."""
    return replace(returned(form, {"meeting.count": 1}), **{"year": 2018} | head)


def test_a_good_head_is_no_error(form: Form) -> None:
    found = check(form, touched(form, {}), expected=Expected(form.edition, 2018))
    assert codes(found, Severity.ERROR) == []


@pytest.mark.parametrize(
    ("head", "key", "words"),
    [
        ({"form": "1066"}, "", "这是1066版的统计表，应为2018版"),
        ({"year": None}, "year", "没有填写统计年度"),
        ({"year": 2013}, "year", "用于2014年起，不用于2013年度"),
        ({"year": 20180}, "year", "不用于20180年度"),
        ({"unit": Unit("", "S01")}, "unit.name", "没有填写填报单位"),
        ({"unit": Unit(" \u3000")}, "unit.name", "没有填写填报单位"),
    ],
)
def test_a_wrong_head_is_one_error(form: Form, head: dict[str, Any], key: str, words: str) -> None:
    found = check(form, touched(form, head), expected=Expected(form.edition, 2018))
    (error,) = (one for one in found if one.severity is Severity.ERROR)
    assert (error.code, error.key) == ("F8", key)
    assert words in error.message


def test_another_year_than_asked_for_is_one_error(form: Form) -> None:
    found = check(form, touched(form, {"year": 2017}), expected=Expected(form.edition, 2018))
    assert codes(found, Severity.ERROR) == ["F8"]
    assert "这是2017年度的统计表，应为2018年度" in found[0].message


def test_another_edition_than_asked_for_is_one_error(form: Form) -> None:
    found = check(form, touched(form, {}), expected=Expected("1066"))
    assert codes(found, Severity.ERROR) == ["F8"]
    assert "应为1066版" in found[0].message


def test_an_edition_of_certain_years_names_them() -> None:
    small = definition.parse(SMALL.read_text(encoding="utf-8"), SMALL.name)
    (found,) = schema.errors(small, replace(returned(small, {}), year=2010))
    assert "2000版统计表用于2000至2009年度，不用于2010年度" in found.message


# ---------------------------------------------------------------- nothing twice


@given(strategies.records(FORM))
def test_nothing_is_reported_twice(one: Record) -> None:
    found = check(FORM, one, expected=Expected(FORM.edition, 2018))
    told = [(f.code, f.key, f.message) for f in found]
    assert len(told) == len(set(told))


# ---------------------------------------------------------------- documents that are no record


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ([], "文件顶层"),
        ("x", "文件顶层"),
        (None, "文件顶层"),
        ({"unit": "示例局"}, "unit"),
        ({"values": []}, "values"),
        ({"contacts": {"clerk": 1}}, "contacts.clerk"),
        ({"sources": {"fee.collected": "x"}}, "sources.fee.collected"),
        ({"explanations": {"fee.collected": None}}, "explanations.fee.collected"),
        ({"explanations": {"宣传次数": "x"}}, "explanations.宣传次数"),
        ({"vaules": {}}, "vaules"),
        ({"unit": {"name": "示例局", "kode": "1"}}, "unit.kode"),
        ({"contacts": {"fax": "1"}}, "contacts.fax"),
        ({"contacts": {"clerk": "李" * 32_768}}, "contacts.clerk"),
        ({"extra": {"宣传次数": "3" * 32_768}}, "extra.宣传次数"),
        ({"values": {"fee.collected": "5" * 32_768}}, "values.fee.collected"),
        ({"x" * 32_768: 1}, "x" * 79 + "…"),
        ({"": 1}, '""'),
        ({"\x01": 1}, '""'),
    ],
)
def test_the_part_no_record_has_is_named(form: Form, data: Any, part: str) -> None:
    assert schema.misshapen(data, form) == part


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"year": "2018"},
        {"values": {"fee.collected": "5万元", "宣传次数": 1}},
        {"reported": {"staff.total": "x"}},
    ],
)
def test_what_checking_can_name_is_no_misshapen_record(form: Form, data: Any) -> None:
    assert schema.misshapen(data, form) == ""
