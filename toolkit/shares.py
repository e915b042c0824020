"""Percentages that add up to 100: the method of the largest remainder (Hare and Niemeyer).

Rounded one by one, the shares of a whole add up to 99.9 or 100.1; published reports show it, and
some bend a share to hide it. Here each share is cut off first, and what is missing to 100 goes, a
step at a time, to those that lost most.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from toolkit.findings import Number

DECIMALS = 1
"""Decimals of a percentage."""
_STEPS = 100 * 10**DECIMALS
"""How many steps, the smallest that a percentage shows, make 100 per cent."""


def shares(parts: Sequence[Number]) -> tuple[Decimal, ...]:
    """Return the percentages that parts have in their sum; printed, they make exactly 100.

    Each is the exact percentage, cut off or raised to a full step. Of parts that lost equally much
    the first is raised first.

    Args:
        parts: none below 0, and at least one above it.

    Raises:
        ValueError: a part is below 0, or all are 0.
    """
    whole = sum(map(Fraction, parts), Fraction())
    if not whole or any(part < 0 for part in parts):
        raise ValueError(parts)
    exact = [Fraction(part) * _STEPS / whole for part in parts]
    steps = [int(share) for share in exact]
    by_loss = sorted(range(len(parts)), key=lambda place: steps[place] - exact[place])
    for place in by_loss[: _STEPS - sum(steps)]:
        steps[place] += 1
    return tuple(Decimal(step).scaleb(-DECIMALS) for step in steps)
