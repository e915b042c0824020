"""A typed quantity is read whole, exactly and in one way, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import text, values
from toolkit.text import Meaning

TABLE = values.table()
SPACES = "".join(char for char in TABLE["ignored"] if char.isspace())
FIGURES = set("0123456789+-.,") | set(TABLE["ignored"]) | set(TABLE["quotes"]) | {*TABLE["plain"]}
FIGURES |= set("".join(sign for sign in TABLE["numerals"].values() if isinstance(sign, str)))
FIGURES |= {*TABLE["spelling"]} | set("".join((*TABLE["money"]["ends"], *TABLE["money"]["signs"])))
OTHERS = "abeIlOoxX%‰#()（）[]年月日约近余无同上/\\—~～①½²٣丨○¥$=*'\"\u00ad\u202e\u200f"
UNITS = ("件", "人次", "万元", "元", "千元")


def figurelike() -> st.SearchStrategy[str]:
    """Draw texts of which many are nearly a figure."""
    often = "0123456789" * 3 + "+-.,，． \n\u200b零一二三十百千万亿两负元整件人次"
    return st.text(st.sampled_from(often + OTHERS), max_size=9)


@given(st.one_of(figurelike(), st.text()), st.sampled_from(UNITS))
def test_only_what_consists_of_a_figure_is_one(typed: str, unit: str) -> None:
    reading = text.read_figure(typed, unit)
    if reading.value is not None:
        assert reading.meaning is Meaning.TIDIED
        assert set(typed) <= FIGURES | set(unit)


@given(figurelike(), st.sampled_from(OTHERS), st.integers(0, 9), st.sampled_from(UNITS))
def test_one_other_character_is_enough(typed: str, other: str, where: int, unit: str) -> None:
    marked = typed[:where] + other + typed[where:]
    quoted = other in {*TABLE["quotes"], *TABLE["money"]["signs"]}
    assert quoted or text.read_figure(marked, unit).value is None


@given(st.integers(10, text.LIMIT - 1), st.data(), st.sampled_from("\n\t\r\u2028"))
def test_a_line_break_makes_two_figures(number: int, data: st.DataObject, space: str) -> None:
    digits = str(number)
    where = data.draw(st.integers(1, len(digits) - 1))
    broken = f"{digits[:where]}{space}{digits[where:]}"
    assert text.read_figure(broken, "件") == text.Reading(None, Meaning.NO_FIGURE)


@given(st.integers(1000, text.LIMIT - 1), st.sampled_from(" \u3000\u00a0\u202f"))
def test_spaces_may_part_thousands(number: int, space: str) -> None:
    typed = f"{number:,}".replace(",", space)
    assert text.read_figure(typed, "件") == text.Reading(number, Meaning.TIDIED)


@given(st.integers(10, 999), st.integers(0, 99), st.sampled_from(" \u3000\u00a0\u202f"))
def test_spaces_elsewhere_make_two_figures(first: int, second: int, space: str) -> None:
    assert text.read_figure(f"{first}{space}{second:02}", "件").value is None
    assert text.read_figure(f"0{space}{first:03}", "件").value is None
    assert text.read_figure(f"{first}{space}{second:04}", "件").value is None
    assert text.read_figure(f"{first}{space}{second:03}{space}{second:02}", "件").value is None


@given(
    st.integers(0, 10**13),
    st.sampled_from([("元", 0), ("千元", 3), ("万元", 4), ("亿元", 8)]),
    st.sampled_from([("元", 0), ("千元", 3), ("万元", 4), ("亿元", 8)]),
)
def test_money_is_converted_exactly(
    cents: int, typed: tuple[str, int], asked: tuple[str, int]
) -> None:
    (behind, from_power), (unit, to_power) = typed, asked
    amount = f"{Decimal(cents).scaleb(-2):f}{behind}"
    meant = Decimal(cents).scaleb(from_power - to_power - 2)
    reading = text.read_figure(amount, unit)
    assert reading.value == (meant if text.sound(meant) else None)


@given(st.integers(0, text.LIMIT - 1), st.sampled_from([("万", 4), ("亿", 8)]))
def test_ten_thousands_of_a_count_are_exact(number: int, scale: tuple[str, int]) -> None:
    name, power = scale
    typed = f"{Decimal(number).scaleb(-power):f}{name}"
    assert text.read_figure(typed, "件").value == number
    broken = f"{Decimal(10 * number + 1).scaleb(-power - 1):f}{name}"
    assert text.read_figure(broken, "件") == text.Reading(None, Meaning.NO_FIGURE)


@given(st.integers(0, 10**6), st.sampled_from(["千", "万", "亿"]))
def test_a_scale_says_nothing_beside_a_unit_that_has_one(number: int, scale: str) -> None:
    for unit in ("万元", "千元", "万人"):
        assert text.read_figure(f"{number}{scale}", unit).value is None


@given(st.integers(0, 10**6), st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_no_count_is_converted(number: int, unit: str) -> None:
    for asked in ("件", "条", "人次", "项"):
        assert text.read_figure(f"{number}{unit}", asked).value is None
        assert text.why_no_figure(f"{number}{unit}", asked) == "unit"


@pytest.mark.parametrize("typed", ["负-8", "负+8", "负负8", "--8", "+-8", "-八", "负", "8-", "- 8"])
def test_a_figure_has_one_sign_before_it(typed: str) -> None:
    assert text.read_figure(typed, "项") == text.Reading(None, Meaning.NO_FIGURE)


@pytest.mark.parametrize(
    "typed",
    [
        "9" * 30_000,
        "1" + " 111" * 8_000,
        "1" + ",111" * 8_000,
        "1" + " " * 30_000 + "1",
        "负" * 30_000,
        "一" * 30_000,
        "近" * 30_000 + "1",
        "5" + "元整" * 15_000,
    ],
)
def test_a_long_text_is_no_figure(typed: str) -> None:
    for unit in UNITS:
        assert text.read_figure(typed, unit).value is None
        assert text.why_no_figure(typed, unit)
