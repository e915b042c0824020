"""From typed and stored texts to figures and dates."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from toolkit import text
from toolkit.findings import Number
from toolkit.text import Meaning


@pytest.mark.parametrize(
    ("typed", "unit", "value", "meaning"),
    [
        ("", "件", None, Meaning.PLAIN),
        (" \u3000\u00a0\ufeff", "件", None, Meaning.PLAIN),
        ("12", "件", 12, Meaning.TIDIED),
        ("１２ 件", "件", 12, Meaning.TIDIED),
        ("1 180", "件", 1180, Meaning.TIDIED),
        ("1 180 000 条", "条", 1180000, Meaning.TIDIED),
        ("1\u200b2", "件", 12, Meaning.TIDIED),
        ("5\n3", "件", None, Meaning.NO_FIGURE),
        ("5\n300", "件", None, Meaning.NO_FIGURE),
        ("12 34", "件", None, Meaning.NO_FIGURE),
        ("５　３", "件", None, Meaning.NO_FIGURE),
        ("5, 300", "件", None, Meaning.NO_FIGURE),
        ("1." + "0" * 36 + "1", "万元", None, Meaning.NO_FIGURE),
        ("0." + "0" * 40 + "1", "万元", None, Meaning.NO_FIGURE),
        ("1,234", "件", 1234, Meaning.TIDIED),
        ("1，234，567条", "条", 1234567, Meaning.TIDIED),
        ("5万元", "万元", 5, Meaning.TIDIED),
        ("0.07", "万元", Decimal("0.07"), Meaning.TIDIED),
        ("８．２０", "万元", Decimal("8.2"), Meaning.TIDIED),
        ("12.0", "件", 12, Meaning.TIDIED),
        ("+3", "件", 3, Meaning.TIDIED),
        ("－3", "件", -3, Meaning.TIDIED),
        ("-0", "件", 0, Meaning.TIDIED),
        ("60人次", "人次", 60, Meaning.TIDIED),
        ("999999999999", "件", 10**12 - 1, Meaning.TIDIED),
        ("无", "件", None, Meaning.NOTHING),
        (" 无 ", "件", None, Meaning.NOTHING),
        ("—", "件", None, Meaning.NOTHING),
        ("－", "件", None, Meaning.NOTHING),
        ("/", "件", None, Meaning.NOTHING),
        ("约50", "件", None, Meaning.APPROXIMATE),
        ("近５０人次", "人次", None, Meaning.APPROXIMATE),
        ("730余条", "条", None, Meaning.APPROXIMATE),
        ("100以上", "件", None, Meaning.APPROXIMATE),
        ("余", "件", None, Meaning.NO_FIGURE),
        ("12件", "条", None, Meaning.NO_FIGURE),
        ("60人次", "人", None, Meaning.NO_FIGURE),
        ("1,23", "件", None, Meaning.NO_FIGURE),
        ("1e3", "件", None, Meaning.NO_FIGURE),
        ("1/2", "件", None, Meaning.NO_FIGURE),
        ("3+4", "件", None, Meaning.NO_FIGURE),
        ("٣", "件", None, Meaning.NO_FIGURE),
        ("#REF!", "件", None, Meaning.NO_FIGURE),
        ("1000000000000", "件", None, Meaning.NO_FIGURE),
        ("-1000000000000", "件", None, Meaning.NO_FIGURE),
        ("9" * 10_000, "件", None, Meaning.NO_FIGURE),
    ],
)
def test_a_typed_text_has_one_meaning(
    typed: str, unit: str, value: Number | None, meaning: Meaning
) -> None:
    reading = text.read_figure(typed, unit)
    assert (reading.value, reading.meaning) == (value, meaning)
    assert type(reading.value) is type(value)


@given(st.data(), st.integers(1 - text.LIMIT, text.LIMIT - 1))
def test_any_integer_reads_back_however_it_was_typed(data: st.DataObject, number: int) -> None:
    typed = data.draw(strategies.typed(number, "人次"))
    assert text.read_figure(typed, "人次").value == number


@given(st.text())
def test_no_text_is_beyond_reading(typed: str) -> None:
    reading = text.read_figure(typed, "件")
    assert reading.value is None or reading.meaning is Meaning.TIDIED


@given(strategies.money())
def test_money_survives_being_stored_as_a_binary_float(number: Number) -> None:
    assert text.read_number(repr(float(number))) == text.Reading(number)
    assert text.read_number(f"{float(number):.17g}") == text.Reading(number)


@given(st.integers(1 - text.LIMIT, text.LIMIT - 1))
def test_counts_survive_being_stored(number: int) -> None:
    assert text.read_number(repr(number)) == text.Reading(number)
    assert text.read_number(repr(float(number))) == text.Reading(number)


@given(st.floats(-text.LIMIT + 1, text.LIMIT - 1).filter(lambda n: not n or abs(n) > 1e-30))
def test_a_stored_float_is_taken_as_the_shortest_decimal(number: float) -> None:
    assert text.read_number(repr(number)).value == Decimal(repr(number))


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("8.1999999999999993", Decimal("8.2")),
        ("7.0000000000000007E-2", Decimal("0.07")),
        ("33.33", Decimal("33.33")),
        ("1E3", 1000),
        ("-0", 0),
        ("5.0", 5),
    ],
)
def test_stored_numbers_are_exact(stored: str, value: Number) -> None:
    assert text.read_number(stored) == text.Reading(value)


@pytest.mark.parametrize(
    "stored", ["", "x", "nan", "inf", "-Infinity", "1e12", "-1e12", "1e999", "1e-999", "1e-31"]
)
def test_what_is_stored_as_no_figure_is_none(stored: str) -> None:
    assert text.read_number(stored) == text.Reading(None, Meaning.NO_FIGURE)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("若干", "text"),
        ("5 3", "several"),
        ("5 3元", "several"),
        ("5元", "unit"),
        ("True", "logical"),
        ("50%", "percent"),
        ("1e13", "exclusiveMaximum"),
        ("1,000,000,000,000件", "exclusiveMaximum"),
        ("1E-999999999", "digits"),
        ("1." + "0" * 36 + "1", "digits"),
    ],
)
def test_why_a_text_is_no_figure(raw: str, why: str) -> None:
    assert text.why_no_figure(raw, "件") == why


@pytest.mark.parametrize(
    ("typed", "nil"),
    [
        ("是", True),
        (" √ ", True),
        ("零报告", True),
        ("否", False),
        ("　", False),
        ("是的", None),
        ("YES", None),
        ("TRUE", None),
    ],
)
def test_a_nil_return_is_said_in_certain_words(typed: str, nil: bool | None) -> None:
    assert text.read_nil(typed) is nil


@pytest.mark.parametrize(
    "typed",
    [
        "2019-01-15",
        "20190115",
        "2019年01月15号",
        "2019-01-15 10:20",
        "2019-1-15 10：20:30",
        "43480",
        "43480.5",
        "2019/1/15",
        "2019.1.15",
        "2019年1月15日",
        "２０１９年１月１５日",
        " 2019 - 1 - 15",
    ],
)
def test_a_date_is_read_in_every_usual_form(typed: str) -> None:
    assert text.read_date(typed) == date(2019, 1, 15)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2019",
        "20191301",
        "1234567",
        "2019-01-15 左右",
        "2019-13-01",
        "2019-02-29",
        "15.1.2019",
        "一月",
        "0000-1-1",
    ],
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert text.read_date(typed) is None


def test_a_serial_day_is_a_date() -> None:
    assert text.date_of_serial("43480") == date(2019, 1, 15)
    assert text.date_of_serial("43480.75") == date(2019, 1, 15)


def test_a_time_takes_nothing_from_the_day() -> None:
    assert text.read_date("2019-1-1 12:20") == date(2019, 1, 1)


def test_a_serial_day_may_count_from_1904() -> None:
    assert text.date_of_serial("42018", text.DAY_0_OF_1904) == date(2019, 1, 15)
    assert text.read_date("42018", text.DAY_0_OF_1904) == date(2019, 1, 15)


@pytest.mark.parametrize("stored", ["", "x", "nan", "inf", "1e300", "-1e300"])
def test_what_is_no_serial_day_is_none(stored: str) -> None:
    assert text.date_of_serial(stored) is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (None, "空白"),
        (0, "0"),
        (71047, "71047"),
        (Decimal("8.2"), "8.2"),
        (Decimal("0.005"), "0.01"),
        (Decimal("0.004"), "0"),
        (Decimal("1E-400"), "0"),
        (Decimal("-0.5"), "-0.5"),
    ],
)
def test_a_figure_is_shown_as_people_read_it(number: Number | None, shown: str) -> None:
    assert text.show(number) == shown


@pytest.mark.parametrize(
    ("number", "spelt"),
    [(None, "空白"), (12, "12"), (Decimal("1.001"), "1.001"), (Decimal("-1E-3"), "-0.001")],
)
def test_a_figure_is_spelt_out_to_its_last_digit(number: Number | None, spelt: str) -> None:
    assert text.spell_out(number) == spelt


def test_labels_are_compared_without_spaces_and_widths() -> None:
    assert text.squeeze("（一） 收到申请数：１．") == text.squeeze("(一)收到申请数:1.")


def test_what_says_nothing_is_never_a_figure() -> None:
    for word in text.nothing_words():
        assert text.read_figure(word, "件") == text.Reading(None, Meaning.NOTHING)
