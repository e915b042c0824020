"""Chinese numerals are read where they are properly written, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numerals import writings
from toolkit import numerals

SIGNS = "零一二三四五六七八九十百千万亿两"


@given(st.data(), st.one_of(st.integers(0, 10**12 - 1), st.integers(0, 10**5)))
def test_any_number_reads_back_in_every_way_it_is_written(data: st.DataObject, number: int) -> None:
    written = data.draw(st.sampled_from(writings(number)))
    assert numerals.read(written) == number


def test_small_numbers_read_back_one_by_one() -> None:
    for number in range(11_112):
        assert {numerals.read(written) for written in writings(number)} == {number}


@given(st.text(st.sampled_from(SIGNS), min_size=1, max_size=9))
def test_what_is_read_is_how_its_number_is_written(said: str) -> None:
    number = numerals.read(said)
    assert number is None or said in writings(number)


@given(st.text())
def test_no_text_is_beyond_reading(said: str) -> None:
    assert numerals.read(said) is None or set(said) <= set(SIGNS)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "二三",
        "二〇一八",
        "一百零",
        "一百五",
        "一百十五",
        "一千五",
        "一千五十",
        "一万五百",
        "一亿五千",
        "一亿十五万",
        "三万零五千",
        "十亿三千",
        "十十",
        "二十零五",
        "十两",
        "二十两万",
        "一万零两",
        "两十",
        "零五",
        "零零",
        "百",
        "万",
        "亿万",
        "一万一万",
        "一万亿",
        "一兆",
        "三点五",
        "1百",
        "九" * 10_000,
    ],
)
def test_what_is_not_properly_written_is_none(said: str) -> None:
    assert numerals.read(said) is None
