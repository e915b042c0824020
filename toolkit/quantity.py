"""A typed quantity: sign, digits or numeral, 万 or 亿, unit. What could mean two things is none."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from toolkit import numerals, values

_ARABIC = re.compile(r"[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
# Groups of three digits parted by white space that is no line break and no tab.
_GROUPS = re.compile(
    r"\A[+-]?[1-9][0-9]{0,2}([^\S\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029][0-9]{3})+(?![0-9])"
)


class _Part(NamedTuple):
    """A quantity without its unit."""

    said: str
    scales: Mapping[str, int]
    """Powers of ten that may follow its digits."""
    shift: int = 0
    """The power of ten that makes it one of the indicator's unit."""
    whole: bool = False
    """Whether a scale has to make it a whole number."""
    small: bool = False
    """Whether a numeral has to do without scales."""


def read(typed: str, unit: str) -> Decimal | None:
    """Return the exact number that a typed text names, None if it is not wholly one.

    Args:
        typed: the text with plain digits; white space that people see is still there.
        unit: the indicator's unit; it may follow, and between units of money is converted.
    """
    said, minus = _spelt(typed), values.table()["numerals"]["minus"]
    if _apart().search(said):
        return None
    if _mistakable(typed):
        return None
    said = "".join(said.split())
    part = _money(said, unit) or _count(said, unit)
    if not part.said.startswith(minus):
        return _number(part)
    number = _number(part._replace(said=part.said.removeprefix(minus)))
    twice = part.said[1:2] in ("+", "-")
    return None if number is None or twice else number.copy_negate()


def approximate(bare: str, unit: str) -> bool:
    """Tell whether a text without spaces is a figure and a word that makes it a rough one."""
    words = values.table()["words"]["approximate"]
    if not any(word in bare for word in words):
        return False
    figure = re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), "", bare)
    return bool(_measured().fullmatch(_spelt(figure).removesuffix(unit)))


def why_none(typed: str, unit: str) -> str:
    """Return the name of the words (``format.…``) on why a text names no number.

    Args:
        typed: the text with plain digits; white space that people see is still there.
        unit: the indicator's unit.
    """
    said = _spelt(typed)
    if _apart().search(said):
        return "several"
    said, bare = "".join(said.split()), "".join(typed.split())
    if _mistakable(typed):
        return "stroke"
    if numerals.read(said) is not None:
        return "scale"
    measured, money = _measured().fullmatch(said), values.table()["money"]
    own = (unit, *money["ends"]) if unit in money["units"] else (unit,)
    if measured and measured[1] and measured[1] not in own:
        return "unit"
    for why in values.table()["why"]:
        if re.search(why["pattern"], bare):
            return str(why["name"])
    return "text"


def _mistakable(typed: str) -> bool:
    return typed.strip() in values.table()["numerals"]["mistakable"]


def _spelt(typed: str) -> str:
    """Return a text in plain characters, thousands not parted by spaces, no quote before it."""
    table = values.table()
    said = typed.translate(_spelling())
    if said[:1] and said[0] in table["quotes"]:
        said = said[1:]
    return _GROUPS.sub(lambda found: "".join(found[0].split()), said, count=1)


def _money(said: str, unit: str) -> _Part | None:
    """Return what stands before 元 where the unit is one of money."""
    money = values.table()["money"]
    end = next((end for end in money["ends"] if said.endswith(end)), "")
    if unit not in money["units"] or not end:
        return None
    scales = values.table()["scales"]["money"]
    return _Part(said.removesuffix(end), scales, -money["units"][unit])


def _count(said: str, unit: str) -> _Part:
    """Return what stands before the unit itself, or without one.

    Behind 5万 in a place for 万元 people may think of 元 or of 万元: without a unit a scale says
    nothing there.
    """
    scales = values.table()["scales"]
    stated = bool(unit) and said.endswith(unit)
    doubtful = not stated and unit[:1] in scales["money"]
    known = {} if doubtful else scales["count"]
    return _Part(said.removesuffix(unit), known, whole=True, small=doubtful)


def _number(part: _Part) -> Decimal | None:
    """Return the number that digits with their sign, or a numeral, name."""
    power = part.scales.get(part.said[-1:], 0)
    digits = part.said[:-1] if power else part.said
    if _ARABIC.fullmatch(digits):
        number = _shifted(Decimal(digits.replace(",", "")), power + part.shift)
        broken = part.whole and power and number != number.to_integral_value()
        return None if broken else number
    scales = values.table()["scales"]["money"]
    if part.small and not scales.keys().isdisjoint(part.said):
        return None
    count = numerals.read(part.said)
    return None if count is None else _shifted(Decimal(count), part.shift)


def _shifted(number: Decimal, power: int) -> Decimal:
    """Return a number times a power of ten, to the last digit."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # digits are never NaN
    return Decimal((sign, digits, exponent + power))


@cache
def _spelling() -> dict[int, str]:
    return str.maketrans(values.table()["spelling"])


@cache
def _apart() -> re.Pattern[str]:
    """Return what finds two figures: white space after a sign, between digits or numerals."""
    signs = re.escape("".join(numerals.characters()))
    minus = values.table()["numerals"]["minus"]
    return re.compile(rf"[0-9.,+-]\s+[0-9.,]|[{signs}{minus}]\s+[{signs}]")


@cache
def _measured() -> re.Pattern[str]:
    """Return what a figure, rightly written or not, looks like, with a unit or without."""
    signs = re.escape("".join(numerals.characters()))
    known = "|".join(map(re.escape, values.table()["measures"]["known"]))
    return re.compile(rf"[+-]?[0-9.,{signs}]+({known})?")
