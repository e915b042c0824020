"""Chinese numerals: a text is one only if it is how the number it seems to name is written."""

import re
from functools import cache
from typing import NamedTuple

from toolkit import values

_GROUP = 4
"""Digits from one of 万, 亿 to the next."""
_LONGEST = 30
"""No numeral has more characters."""


class _Signs(NamedTuple):
    """The characters of numerals."""

    digits: str
    """From 零 to 九."""
    places: str
    """十, 百, 千."""
    groups: str
    """万, 亿."""
    two: str
    """两, for 二 in certain places."""


@cache
def _signs() -> _Signs:
    table = values.table()["numerals"]
    return _Signs(*(table[name] for name in _Signs._fields))


@cache
def characters() -> frozenset[str]:
    """Return every character that may stand in a numeral."""
    return frozenset("".join(_signs()))


def read(said: str) -> int | None:
    """Return the whole number that a numeral names, None if it is no proper numeral.

    Args:
        said: a text in plain characters, those of ``spelling`` in values.toml replaced.
    """
    if not said or len(said) > _LONGEST or not characters().issuperset(said):
        return None
    number = _count(said)
    if number >= 10 ** (_GROUP * (len(_signs().groups) + 1)):
        return None
    return number if re.fullmatch(_written(number), said) else None


def _count(said: str) -> int:
    """Return what the characters add up to, properly arranged or not."""
    signs = _signs()
    total = group = digit = 0
    for char in said:
        if char in signs.groups:
            total += (group + digit) * 10 ** (_GROUP * (signs.groups.index(char) + 1))
            group = digit = 0
        elif char in signs.places:
            group += (digit or 1) * 10 ** (signs.places.index(char) + 1)
            digit = 0
        else:
            digit = 2 if char == signs.two else signs.digits.index(char)
    return total + group + digit


def _written(number: int) -> str:
    """Return a pattern of all the ways in which a number is properly written.

    Zeros between two digits are one 零. Before the thousands of the very next group it may be left
    out (十万零三千, 十万三千): the rules for writing cheques allow both.
    """
    signs = _signs()
    zero = signs.digits[0]
    pattern, skipped, above = "", False, 0
    for count in reversed(range(len(signs.groups) + 1)):
        group = number // 10 ** (_GROUP * count) % 10**_GROUP
        for place in reversed(range(_GROUP)):
            digit = group // 10**place % 10
            if digit and skipped and pattern:
                pattern += f"{zero}?" if above and place == _GROUP - 1 else zero
            if digit:
                alone = group == digit and (count > 0 or number == digit)
                pattern += _digit(digit, place, first=not pattern, alone=alone)
            skipped = not digit
        if group:
            pattern += signs.groups[count - 1 : count]
        above = group
    return pattern or zero


def _digit(digit: int, place: int, *, first: bool, alone: bool) -> str:
    """Return a pattern of the ways in which one digit of a number is written.

    Args:
        digit: from 1 to 9.
        place: its power of ten within its group.
        first: whether the number begins with it; 十 needs no 一 there.
        alone: whether it is all there is of a group; 两 may stand for 二 there, as it may
            before 百 and 千.
    """
    signs = _signs()
    written = signs.digits[digit]
    if digit == place == 1 and first:
        written += "?"
    if digit == 2 and (place > 1 or alone):
        written = f"[{written}{signs.two}]"
    return written + signs.places[place - 1 : place]


def write(number: int) -> str:
    """Return the numeral of a whole number from 0 to 9999, as headings are numbered."""
    signs = _signs()
    zero, ten = signs.digits[0], signs.digits[1] + signs.places[0]
    said = ""
    for place in reversed(range(_GROUP)):
        digit = number // 10**place % 10
        if digit:
            said += signs.digits[digit] + ("" if place == 0 else signs.places[place - 1])
        elif said and not said.endswith(zero):
            said += zero
    said = said.rstrip(zero) or zero
    return said[1:] if said.startswith(ten) else said
