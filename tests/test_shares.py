"""Percentages by the largest remainder: they make 100, and none is far from the truth."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import counts, money
from toolkit.findings import Number
from toolkit.shares import shares

PARTS = st.lists(counts() | money(), min_size=1, max_size=12).filter(any)
STEP = Fraction(1, 10)


def shown(*parts: Number) -> list[str]:
    return [str(share) for share in shares(parts)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((1,), ["100.0"]),
        ((1, 1), ["50.0", "50.0"]),
        ((1, 1, 1), ["33.4", "33.3", "33.3"]),
        ((0, 2), ["0.0", "100.0"]),
        # A published report had 52.3, 42.3 and, to make 100, 5.5 for the last; it is 5.39.
        ((650, 525, 67), ["52.3", "42.3", "5.4"]),
        ((1, 999_999), ["0.0", "100.0"]),
        ((Decimal("0.25"), Decimal("0.75")), ["25.0", "75.0"]),
    ],
)
def test_shares_that_can_be_checked_by_hand(parts: tuple[Number, ...], expected: list[str]) -> None:
    assert shown(*parts) == expected


@pytest.mark.parametrize("parts", [(), (0,), (0, 0), (1, -1), (2, -1)])
def test_of_nothing_and_of_negative_parts_there_are_none(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"\("):
        shares(parts)


@settings(deadline=None)
@given(PARTS)
def test_they_make_100(parts: list[Number]) -> None:
    assert sum(shares(parts)) == 100


@settings(deadline=None)
@given(PARTS)
def test_none_is_a_step_away_from_the_exact_share(parts: list[Number]) -> None:
    whole = sum(map(Fraction, parts))
    for part, share in zip(parts, shares(parts), strict=True):
        assert abs(Fraction(part) * 100 / whole - Fraction(share)) < STEP


@settings(deadline=None)
@given(PARTS)
def test_a_larger_part_has_no_smaller_share(parts: list[Number]) -> None:
    ordered = [share for _, share in sorted(zip(parts, shares(parts), strict=True))]
    assert ordered == sorted(ordered)


@settings(deadline=None)
@given(PARTS)
def test_nothing_has_no_share(parts: list[Number]) -> None:
    found = zip(parts, shares(parts), strict=True)
    assert all(share == 0 for part, share in found if part == 0)


@settings(deadline=None)
@given(PARTS, st.integers(2, 1000))
def test_only_the_proportions_count(parts: list[Number], factor: int) -> None:
    assert shares([part * factor for part in parts]) == shares(parts)
