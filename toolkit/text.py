"""From the text in a cell to a figure, a date or a word; nothing is ever guessed."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from toolkit import resources, words
from toolkit.findings import Number

LIMIT = 10**12
"""No figure of the form reaches this; larger ones are slips or damage."""

_EXACT_FLOATS = 2**53
"""Below this a whole float is the integer it was made from."""
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_SERIAL_DAY_0 = date(1899, 12, 30)


class Meaning(StrEnum):
    """What a text turned out to be; the value is the code of the finding it leads to."""

    PLAIN = ""
    """A figure as it should be, or nothing at all."""
    TIDIED = "F3"
    """A figure after harmless re-typing was undone."""
    APPROXIMATE = "F4"
    NOTHING = "F5"
    """Blank said in words (无, —)."""
    NO_FIGURE = "F2"


class Reading(NamedTuple):
    """A text and what was made of it; a tuple, since every figure of every file makes one."""

    value: Number | None
    meaning: Meaning = Meaning.PLAIN


@cache
def _data() -> Mapping[str, Any]:
    with resources.data("schemas", "values.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _plain_table() -> dict[int, str | None]:
    dropped: dict[str, str | None] = dict.fromkeys(_data()["ignored"])
    return str.maketrans(dropped | _data()["plain"])


def nothing_words() -> tuple[str, ...]:
    """Return the words that say in so many words that nothing is filled in."""
    return tuple(_data()["words"]["nothing"])


def nil_words() -> tuple[str, str]:
    """Return what is written for 零报告 and for its absence."""
    return _data()["nil"]["yes"][0], _data()["nil"]["no"][0]


def tidy(text: str) -> str:
    """Return a text without spaces and with full-width digits and signs made plain."""
    return text.translate(_plain_table())


def exact(number: Decimal | float | int | str) -> Number:
    """Return a number as int where it is whole, otherwise as Decimal without trailing zeros.

    Binary floats count as the shortest decimal that names them, so 0.07 is 0.07.
    """
    if isinstance(number, int):
        return int(number)
    if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT_FLOATS:
        return int(number)
    decimal = Decimal(repr(number) if isinstance(number, float) else number)
    if decimal == decimal.to_integral_value():
        return int(decimal)
    return decimal.normalize()


def read_figure(text: str, unit: str) -> Reading:
    """Read a typed text as a figure.

    Args:
        text: the text as it stood in the cell.
        unit: the indicator's unit; a figure may be followed by it.
    """
    bare = tidy(text)
    if not bare:
        return Reading(None)
    if bare in nothing_words():
        return Reading(None, Meaning.NOTHING)
    figure = bare.removesuffix(unit)
    if _NUMBER.fullmatch(figure):
        value = exact(figure.replace(",", ""))
        if not -LIMIT < value < LIMIT:
            return Reading(None, Meaning.NO_FIGURE)
        return Reading(value, Meaning.TIDIED)
    if any(char.isdigit() for char in figure) and any(
        word in bare for word in _data()["words"]["approximate"]
    ):
        return Reading(None, Meaning.APPROXIMATE)
    return Reading(None, Meaning.NO_FIGURE)


def read_number(stored: str) -> Reading:
    """Read a number as a workbook stores it, a binary float written in up to 17 digits."""
    try:
        number = float(stored)
    except ValueError:
        return Reading(None, Meaning.NO_FIGURE)
    if not abs(number) < LIMIT:  # also refuses NaN, which compares false
        return Reading(None, Meaning.NO_FIGURE)
    return Reading(exact(number))


def read_date(text: str) -> date | None:
    """Read a typed date, 2019-01-15, 2019/1/15, 2019.1.15 or 2019年1月15日; None if it is none."""
    match = _DATE.fullmatch(tidy(text))
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def date_of_serial(stored: str) -> date | None:
    """Read the serial day number by which a workbook stores a date (ECMA-376 part 1, 18.17.4.1)."""
    try:
        return _SERIAL_DAY_0 + timedelta(days=int(float(stored)))
    except (ValueError, OverflowError):
        return None


def show(number: Number | None) -> str:
    """Write a figure as people read it, at most two decimals; blank in words."""
    if number is None:
        return words.say("text.blank")
    rounded = Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def squeeze(label: str) -> str:
    """Return a label in the form in which labels are compared.

    Spaces are dropped, full-width brackets, digits and colons made plain.
    """
    return tidy(label).translate(_LABEL)


_LABEL = str.maketrans("（）：、．", "():..")


# What XML 1.0 cannot hold (§2.2): control characters, halves of surrogate pairs.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(content: str) -> str:
    """Return a text without the characters that no workbook or document can hold."""
    return _UNPRINTABLE.sub("", content)
