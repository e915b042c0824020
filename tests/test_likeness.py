"""Names are alike where people shorten them, add to them or mistype one character of many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.likeness import likeness

NAMES = st.text("教育体统审计局镇", max_size=6)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("教育局(盖章)", "教育局"),
        ("教体局", "教育和体育局"),
        ("市监局", "市场监督管理局"),
        ("农业局", "农业农村局"),
        ("市场监督菅理局", "市场监督管理局"),
        ("退役军人局", "退役军人事务局"),
    ],
)
def test_names_of_one_office_are_alike(written: str, known: str) -> None:
    assert 0 < likeness(written, known) < 1


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("统计局", "审计局"),
        ("统计局", "财政局"),
        ("统计局", "水利局"),
        ("局", "教育局"),
        ("", "局"),
    ],
)
def test_names_of_two_offices_are_not(written: str, known: str) -> None:
    assert likeness(written, known) == 0


@given(NAMES, NAMES)
def test_likeness_is_a_share_and_of_a_name_with_itself_the_whole(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(NAMES.filter(lambda name: len(name) > 1), NAMES)
def test_a_name_with_something_added_is_alike(name: str, more: str) -> None:
    assert likeness(name, name + more) > 0
    assert likeness(more + name, name) > 0
