"""Figures as they are written in a text."""

from decimal import Decimal

import pytest

from toolkit.findings import Number
from toolkit.proofreading import stated
from toolkit.proofreading.stated import Rough


@pytest.mark.parametrize(
    ("text", "value", "unit", "rough"),
    [
        ("公开1180条", 1180, "条", ""),
        ("公开1,180条", 1180, "条", ""),
        ("印发一期，", 1, "期", ""),
        ("共七千余条", 7000, "条", "余"),
        ("培训近50人次", 50, "人次", "近"),
        ("接待约6000余人次", 6000, "人次", "约余"),
        ("超过30件", 30, "件", "超过"),
        ("200件以上", 200, "件", "以上"),
        ("发布1.2万条", 12000, "条", ""),
        ("十多万条", 100000, "条", "多"),
        ("经费5万元", 5, "元", ""),
        ("经费0.5亿元", 5000, "元", ""),
        ("经费五万元", 5, "元", ""),
        ("经费20000元", 2, "元", ""),
        ("占52.3%", Decimal("52.3"), "%", ""),
        ("复议为0，", 0, "", ""),
        ("诉讼为零。", 0, "", ""),
        ("收费：无。", 0, "", ""),
    ],
)
def test_a_figure_is_read_as_it_is_written(text: str, value: Number, unit: str, rough: str) -> None:
    (found,) = stated.find(text)
    measured = stated.percentage(found)[0] if unit == "%" else found.value("万元")
    assert (measured, found.unit, found.rough) == (value, unit, rough)


@pytest.mark.parametrize(
    "text",
    [
        "2018年1月1日",
        "电话0123-4567890，",
        "第1次会议",
        "12345热线",
        "5个工作日内",
        "最近三个月",
        "文件〔2018〕31号",
        "政务110平台",
    ],
)
def test_what_is_no_figure_of_anything_is_not_found(text: str) -> None:
    assert not [one for one in stated.find(text) if one.value("件") is not None]


def test_two_words_for_roughly_are_noticed() -> None:
    (found,) = stated.find("约6000余人次")
    assert found.doubly
    assert not next(stated.find("约6000人次")).doubly


@pytest.mark.parametrize(
    ("way", "said", "count", "may"),
    [
        (Rough.OVER, 730, 730, True),
        (Rough.OVER, 730, 739, True),
        (Rough.OVER, 730, 740, False),
        (Rough.OVER, 730, 525, False),
        (Rough.OVER, 7000, 7999, True),
        (Rough.UNDER, 50, 49, True),
        (Rough.UNDER, 50, 50, True),
        (Rough.UNDER, 50, 51, False),
        (Rough.UNDER, 50, 40, False),
        (Rough.NEAR, 6000, 6800, True),
        (Rough.NEAR, 6000, 7000, False),
    ],
)
def test_a_rough_figure_speaks_of_a_step_of_its_last_digit(
    way: Rough, said: int, count: int, may: bool
) -> None:
    assert stated.may_mean(way, said, count) is may


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("730余条", Rough.OVER),
        ("超过30件", Rough.OVER),
        ("近50人次", Rough.UNDER),
        ("不足10件", Rough.UNDER),
        ("约20件", Rough.NEAR),
        ("20件左右", Rough.NEAR),
        ("约6000余人次", Rough.NEAR),
    ],
)
def test_rough_words_say_on_which_side_the_count_is(text: str, way: Rough) -> None:
    (found,) = stated.find(text)
    assert found.way is way
