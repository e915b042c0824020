"""A typed quantity: sign, digits or numeral, 万 or 亿, unit. What could mean two things is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
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


class Measure(NamedTuple):
    """A unit that a text names, and how many of it are counted as one: 万 and 元."""

    scale: str
    base: str
    """"" where only a scale is named."""


def measures(said: str) -> Sequence[Measure]:
    """Return the units that a text names.

    Args:
        said: a text in which units stand and not much else; of words each may hold a unit.
    """
    found = _units().finditer("".join(said.translate(_spelling()).split()))
    return [Measure(one[1] or one[3] or "", one[2] or "") for one in found]


@lru_cache(maxsize=1024)  # the same few words of all returns
def measured_otherwise(said: str, unit: str, *, elsewhere: bool = False) -> bool:
    """Tell whether a text names a unit in which a figure would be another one than in its own.

    That is one of money, or so many of a unit at once (万件). To call 件 what the form calls 条
    changes no figure.

    Args:
        said: a text in which units stand.
        unit: the indicator's unit.
        elsewhere: whether it is said of several figures: only of those of the same kind, then.
    """
    own = next(iter(measures(unit)), Measure("", unit))
    own = own if "".join(own) == unit else Measure("", unit)
    (smallest,) = (name for name, power in values.table()["money"]["units"].items() if not power)
    return any(
        one.scale != own.scale
        if one.base in ("", own.base)
        else not elsewhere and bool(one.scale or one.base == smallest)
        for one in measures(said)
    )


def telling(said: str) -> bool:
    """Tell whether a text may name a unit of money, or so many of a unit at once."""
    return _telling().search(said) is not None


def stated(said: str) -> Iterator[str]:
    """Yield where a text states units (金额单位：元, 以万元计), as far as it does."""
    for found in _statement().finditer(" ".join(said.translate(_spelling()).split())):
        yield found[0]


def in_brackets(said: str) -> Iterator[str]:
    """Yield the brackets of a text that hold units and nothing else: （元）, （单位：万元）."""
    for found in _brackets().finditer(" ".join(said.translate(_spelling()).split())):
        yield found[0]


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
    sign = next((sign for sign in money["signs"] if said.startswith(sign)), "")
    return _Part(said.removeprefix(sign).removesuffix(end), scales, -money["units"][unit])


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


@cache
def _units() -> re.Pattern[str]:
    """Return what finds units: with a scale before them, or a scale alone."""
    scales, known = _of_units()
    return re.compile(f"({scales}*)({known})|({scales}+)")


@cache
def _statement() -> re.Pattern[str]:
    """Return what finds words on the units of a table; of single spaces."""
    return _around_units("stated")


@cache
def _brackets() -> re.Pattern[str]:
    return _around_units("bracketed")


def _around_units(name: str) -> re.Pattern[str]:
    scales, known = _of_units()
    table = values.table()["measures"]
    unit = f"(?:{table['currency']})?{scales}*(?:{known})(?:{table['currency']})?"
    several = f"{unit}(?: ?{table['between']}? ?{unit})*"
    return re.compile(table[name].replace("{units}", several))


@cache
def _telling() -> re.Pattern[str]:
    table = values.table()
    signs = {*table["numerals"]["places"], *table["numerals"]["groups"]}
    signs = signs.union(*table["money"]["units"])
    spelt = {chr(sign) for sign, plain in _spelling().items() if plain in signs}
    return re.compile(f"[{re.escape(''.join(sorted(signs | spelt)))}]")


def _of_units() -> tuple[str, str]:
    """Return patterns of what may stand before a unit, and of units."""
    signs, known = values.table()["numerals"], values.table()["measures"]["known"]
    return f"[{signs['places']}{signs['groups']}]", "|".join(map(re.escape, known))
