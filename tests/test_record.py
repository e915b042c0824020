"""Records: computed and reported totals, and the way through JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.returns import returned
from toolkit import definition, record
from toolkit.check import check
from toolkit.findings import Number, Refused
from toolkit.form import Form
from toolkit.record import Record, Source, Unit

FORM = definition.load(definition.editions()[0])

Figures = Mapping[str, Number | None]


# ---------------------------------------------------------------- settle


@pytest.mark.parametrize(
    ("figures", "value", "reported"),
    [
        pytest.param({}, None, {}, id="nothing stated"),
        pytest.param({"staff.full_time": 1}, 1, {}, id="no total stated"),
        pytest.param({"staff.full_time": 1, "staff.total": 1}, 1, {}, id="total agrees"),
        pytest.param(
            {"staff.full_time": 1, "staff.total": 2}, 1, {"staff.total": 2}, id="total contradicts"
        ),
        pytest.param(
            {"staff.full_time": 1, "staff.total": None}, 1, {"staff.total": None}, id="total blank"
        ),
        pytest.param({"staff.total": 2}, 2, {"staff.total": 2}, id="parts blank"),
        pytest.param({"staff.total": None}, None, {}, id="all blank"),
        pytest.param(
            {"staff.full_time": 0, "staff.total": 0, "staff.part_time": 0}, 0, {}, id="all 0"
        ),
    ],
)
def test_a_total_typed_in(figures: Figures, value: Number | None, reported: Figures) -> None:
    settled = returned(FORM, figures)
    assert settled.values["staff.total"] == value
    assert settled.reported == reported


def test_a_total_known_to_be_printed_is_kept_even_where_it_agrees() -> None:
    settled = returned(FORM, {"staff.full_time": 1}, {"staff.total": 1})
    assert (settled.values["staff.total"], settled.reported) == (1, {"staff.total": 1})


def test_totals_inside_totals_are_added_up_from_within() -> None:
    settled = returned(FORM, {"denied.privacy": 1, "denied.security": 2, "reply.granted": 4})
    assert (settled.values["reply.denied"], settled.values["reply.total"]) == (3, 7)
    assert settled.reported == {}


def test_an_inner_total_without_parts_counts_in_the_outer_one() -> None:
    settled = returned(FORM, {"reply.denied": 3, "reply.granted": 4, "reply.total": 7})
    assert settled.values["reply.total"] == 7
    assert settled.reported == {"reply.denied": 3}


def test_a_contradicted_inner_total_does_not_count_in_the_outer_one() -> None:
    settled = returned(FORM, {"reply.denied": 3, "denied.privacy": 1, "reply.total": 3})
    assert settled.values["reply.total"] == 1
    assert settled.reported == {"reply.denied": 3, "reply.total": 3}


def test_every_indicator_has_a_value() -> None:
    assert list(returned(FORM, {}).values) == list(FORM.indicators)


def test_only_totals_are_reported() -> None:
    assert returned(FORM, {}, {"fee.collected": 1}).reported == {}


# ---------------------------------------------------------------- JSON


def through_json(one: Record) -> Record:
    """Return a record that was dumped and read again."""
    return record.undump(record.parse(record.dump(one)), FORM)


@given(strategies.records(FORM))
def test_a_record_survives_json(one: Record) -> None:
    again = through_json(one)
    assert again == one
    assert {key: type(v) for key, v in again.values.items()} == {
        key: type(v) for key, v in one.values.items()
    }


@given(strategies.records(FORM))
def test_a_record_is_checked_alike_before_and_after_json(one: Record) -> None:
    assert check(FORM, through_json(one)) == check(FORM, one)


@given(strategies.money())
def test_money_is_exact(amount: Number) -> None:
    assert through_json(returned(FORM, {"fee.collected": amount})).values["fee.collected"] == amount


@pytest.mark.parametrize("written", ["0.07", "33.33", "8.2"])
def test_money_stands_in_the_text_as_typed(written: str) -> None:
    one = returned(FORM, {"fee.collected": Decimal(written)})
    assert f'"fee.collected": {written},' in record.dump(one)
    assert through_json(one).values["fee.collected"] == Decimal(written)


def test_whole_amounts_are_whole_numbers() -> None:
    data = {"values": {"fee.collected": Decimal("5.00")}}
    assert repr(record.undump(data, FORM).values["fee.collected"]) == "5"


def test_blank_is_null_and_0_is_0() -> None:
    data = json.loads(record.dump(returned(FORM, {"request.mail": 0})))
    assert (data["values"]["request.mail"], data["values"]["request.fax"]) == (0, None)


def test_chinese_stands_in_the_text_as_it_is() -> None:
    assert '"name": "示例局"' in record.dump(returned(FORM, {}))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "{'form': 1}",
        '{"values": {"fee.collected": NaN}}',
        '{"values": {"fee.collected": Infinity}}',
        '{"values": {"fee.collected": -Infinity}}',
        '{"values": {"fee.collected": 1e99999999999999999999}}',
        '{"values": {"fee.collected": ' + "9" * 5000 + "}}",
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
    ids=lambda content: content[:50],
)
def test_what_is_no_json_for_us_is_refused(content: str) -> None:
    with pytest.raises(Refused) as refusal:
        record.parse(content)
    assert refusal.value.finding.code == "R7"


# ---------------------------------------------------------------- JSON by another hand


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (True, "True"),
        ([1], "[1]"),
        ({"a": 1}, "{'a': 1}"),
        (10**12, "1000000000000"),
        (-(10**12), "-1000000000000"),
        (Decimal("1E+400"), "1E+400"),
        (Decimal("1E-999999999"), "1E-999999999"),
        ("若干", "若干"),
    ],
)
def test_what_is_no_figure_is_traced_as_f2(value: Any, raw: str) -> None:
    one = record.undump({"values": {"request.mail": value}}, FORM)
    assert one.values["request.mail"] is None
    assert one.sources["request.mail"] == Source(raw=raw, done="F2")


def test_a_figure_in_quotes_is_read_and_traced() -> None:
    one = record.undump({"values": {"request.mail": "１２ 件"}}, FORM)
    assert one.values["request.mail"] == 12
    assert one.sources["request.mail"] == Source(raw="１２ 件", done="F3")


def test_figures_without_a_row_become_extra_ones() -> None:
    data = {"values": {"宣传次数": 3, "其他": None}, "reported": {"fee.collected": 1}}
    one = record.undump(data, FORM)
    assert one.extra == {"宣传次数": "3", "其他": "", "fee.collected": "1"}
    assert one.reported == {}


def test_null_is_no_text() -> None:
    data = {
        "form": None,
        "unit": {"name": None, "code": None},
        "contacts": {"clerk": None},
        "explanations": {"fee.collected": None},
        "extra": {"宣传次数": None},
    }
    says_nothing = Record("", None, Unit(), dict.fromkeys(FORM.indicators))
    assert record.undump(data, FORM) == record.undump({}, FORM) == says_nothing


def test_unknown_parts_of_a_trace_are_dropped() -> None:
    one = record.undump({"sources": {"fee.collected": {"raw": "5", "by": "x"}}}, FORM)
    assert one.sources == {"fee.collected": Source(raw="5")}


@pytest.mark.parametrize("year", ["二〇一", "18", True, Decimal("2018.5"), [2018]])
def test_what_is_no_year_is_none_and_quoted(year: Any) -> None:
    one = record.undump({"year": year}, FORM)
    assert (one.year, one.sources["year"].raw) == (None, str(year))
    assert f"填的是“{year}”" in next(f for f in check(FORM, one) if f.key == "year").message


@pytest.mark.parametrize("year", [2018, "2018", "2018年", Decimal("2018.0")])
def test_a_year_may_be_a_text(year: Any) -> None:
    assert record.undump({"year": year}, FORM).year == 2018


@pytest.mark.parametrize(
    ("value", "done", "believed"),
    [
        (None, "F2", "F2"),
        (None, "R12", "R12"),
        (5, "F3", "F3"),
        (5, "R13", "R13"),
        (5, "F2", ""),
        (5, "R11", ""),
        (5, "A1", ""),
        (None, "R8", ""),
    ],
)
def test_what_was_done_is_believed_only_where_it_can_be(
    value: int | None, done: str, believed: str
) -> None:
    data = {"values": {"request.mail": value}, "sources": {"request.mail": {"done": done}}}
    assert record.undump(data, FORM).sources["request.mail"].done == believed


def test_the_sources_of_the_head_are_kept() -> None:
    data = {"sources": {"year": {"cell": "C5"}, "date": {"cell": "C60"}, "x": {"cell": "A1"}}}
    found = record.undump(data, FORM).sources
    assert found == {"year": Source(cell="C5"), "date": Source(cell="C60")}


def test_texts_lose_what_cannot_be_printed() -> None:
    one = record.undump({"unit": {"name": "示例\u0000局"}, "contacts": {"clerk": "\ud800李"}}, FORM)
    assert (one.unit.name, one.contacts["clerk"]) == ("示例局", "李")


@pytest.mark.parametrize("content", ['{"year": 1, "year": 2}', '{"values": {"a": 1, "a": 1}}'])
def test_a_key_named_twice_is_refused(content: str) -> None:
    with pytest.raises(Refused) as refusal:
        record.parse(content)
    assert refusal.value.finding.code == "R7"
    assert "出现两次" in refusal.value.finding.message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["form", "year", "unit", "nil", "contacts", "values", "reported", "explanations", "sources"]
)
keys = st.sampled_from([*FORM.indicators, "raw", "done", "name", "x"])
parts = json_values | st.dictionaries(keys, json_values | st.dictionaries(keys, json_values))


@given(st.dictionaries(names, parts))
def test_no_json_object_is_beyond_checking(data: dict[str, Any]) -> None:
    check(FORM, record.undump(data, FORM))


# ---------------------------------------------------------------- questions to a record


def test_the_filing_date_is_read_from_the_foot(form: Form) -> None:
    one = record.undump({"contacts": {"date": "2019年1月10日"}}, form)
    assert one.filed(form) == date(2019, 1, 10)


@pytest.mark.parametrize("contacts", [{}, {"date": ""}, {"date": "元月"}])
def test_a_filing_date_may_be_missing(form: Form, contacts: dict[str, str]) -> None:
    assert record.undump({"contacts": contacts}, form).filed(form) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2018-12-01", True),
        ("2019-12-31", True),
        ("2018-11-30", False),
        ("2018-01-18", False),
        ("2020-01-01", False),
        ("2099-01-15", False),
    ],
)
def test_a_filing_date_on_which_no_return_of_the_year_is_filed_puts_nothing_in_order(
    form: Form, typed: str, kept: bool
) -> None:
    one = record.undump({"year": 2018, "contacts": {"date": typed}}, form)
    assert (one.filed(form) is not None) is kept


@pytest.mark.parametrize("said", ["无", " — ", "/", "", "　"])
def test_a_word_for_nothing_explains_nothing(said: str) -> None:
    one = Record("", None, Unit(), {}, explanations={"mail/total": said, "mail": "含上年结转"})
    assert one.explanation("mail/total") == "含上年结转"
    assert replace(one, explanations={"mail": said}).explanation("mail") == ""


def test_a_cell_is_explained_by_its_own_or_its_row() -> None:
    one = Record("", None, Unit(), {}, explanations={"closed": "行", "mail/total": "格"})
    said = [one.explanation(anchor) for anchor in ("closed/person", "mail/total", "desk/total")]
    assert said == ["行", "格", ""]
