"""Figures as they are written in a text: 1180条, 七千余条, 近50人次, 5万元, 52.3%."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from toolkit import numerals, quantity, text, values
from toolkit.findings import Number
from toolkit.proofreading import language

PERCENT = "%"
COIN = "元"
"""The measure in which amounts of money are compared with each other."""
_NOTHING = "无"


class Rough(Enum):
    """How a figure that is no count stands to the count it speaks of."""

    OVER = "over"
    UNDER = "under"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in a plain text."""

    start: int
    end: int
    said: str
    """Digits or numeral with 万 or 亿 and the unit, no word that makes it a rough one."""
    unit: str
    rough: str = ""
    """The words that make it a rough one, "" for a count."""
    doubly: bool = False
    """Whether more than one such word stands with it (约6000余)."""

    def value(self, measure: str) -> Number | None:
        """Return the number in a unit of the form, None where it is no proper number.

        Args:
            measure: the indicator's unit, into which money is converted.
        """
        if self.said == _NOTHING:
            return 0
        money = self.unit.endswith(_money())
        number = quantity.read(self.said, measure if money else self.unit)
        return None if number is None else text.exact(number)

    @property
    def way(self) -> Rough:
        """Return how a rough figure stands to the count."""
        if language.pattern("figure.under").search(self.rough):
            return Rough.UNDER
        over = language.pattern("figure.over").search(self.rough)
        near = re.sub(language.entry("figure.over"), "", self.rough)
        return Rough.OVER if over and not near else Rough.NEAR


def may_mean(rough: Rough, said: Number, count: Number) -> bool:
    """Tell whether a rough figure may speak of a count.

    730余 is 730 to 739, 近50 is 41 to 50, 约6000 is 5001 to 6999: a step of the last digit written.
    """
    step = _step(said)
    apart = Decimal(count) - Decimal(said)
    if rough is Rough.OVER:
        return 0 <= apart < step
    if rough is Rough.UNDER:
        return -step < apart <= 0
    return abs(apart) < step


def _step(number: Number) -> Decimal:
    """Return the worth of the last digit of a number that is not 0."""
    exponent = Decimal(number).normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # figures are finite
    return Decimal(1).scaleb(exponent)


def find(content: str) -> Iterator[Stated]:
    """Yield the figures of a plain text from left to right.

    A number without a unit counts where a figure may end: before punctuation.
    """
    for found in _figure().finditer(content):
        words = [found[name] for name in ("before", "inner", "after") if found[name]]
        unit = found["unit"] or ""
        said = (found["number"] or found["bare"]) + (found["scale"] or "") + unit
        yield Stated(found.start(), found.end(), said, unit, "".join(words), len(words) > 1)


def percentage(stated: Stated) -> tuple[Decimal, int]:
    """Return a percentage and its number of decimals."""
    number = Decimal(stated.said.removesuffix(PERCENT).replace(",", ""))
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # written in digits
    return number, -exponent


@cache
def _money() -> tuple[str, ...]:
    return tuple(unit for unit in language.entry("figure.units") if unit.endswith("元"))


@cache
def _figure() -> re.Pattern[str]:
    words = language.entry("figure")
    units = "|".join(words["units"])
    plain = numerals.characters()
    others = (char for char, said in values.table()["spelling"].items() if plain.issuperset(said))
    signs = "".join(sorted({*plain, *others}))
    digits = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    return re.compile(
        rf"(?P<before>{words['before']})?"
        r"(?<![第0-9.,\-—–/A-Za-z#])"
        rf"(?:(?P<number>{digits}(?:[千万亿](?!元))?|(?<![{signs}])[{signs}]+)"
        rf"(?:(?P<inner>{words['inner']})(?=[万亿]?(?:{units})))?"
        rf"(?P<scale>[万亿](?={units}))?"
        rf"(?P<unit>%|{units})(?!{words['other']})"
        rf"(?P<after>{words['after']})?"
        rf"|(?P<bare>{digits}|零|(?<=[：为]){_NOTHING})(?=[，。；、）]|$))"
    )
