"""From the text in a cell to a figure, a date or a word; nothing is ever guessed."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from toolkit import quantity, values, words
from toolkit.findings import Number

LIMIT = 10**12
"""No figure of the form reaches this; larger ones are slips or damage."""

LONGEST = 32_767
"""No text is longer: the most characters that Excel keeps in a cell."""
_WRITTEN = 24
"""No office program takes more characters to store a number."""

DAY_0 = date(1899, 12, 30)
"""The day from which the serial numbers of dates count in nearly every workbook."""
DAY_0_OF_1904 = date(1904, 1, 1)
"""The day from which they count in a workbook that says date1904 (18.2.28)."""

_DIGITS = 18
"""No figure has more significant digits; a binary float has at most 17."""
_SMALLEST = -30
"""The exponent below which a number is damage and no figure."""
_EXACT_FLOATS = 2**53
"""Below this a whole float is the integer it was made from."""
_SHORT = len(str(LIMIT - 1))
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")


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
def _plain_table() -> dict[int, str | None]:
    dropped: dict[str, str | None] = dict.fromkeys(values.table()["ignored"])
    return str.maketrans(dropped | values.table()["plain"])


@cache
def _spaced_table() -> dict[int, str | None]:
    """Return what makes digits plain and leaves spaces that can be seen."""
    unseen = (char for char in values.table()["ignored"] if not char.isspace())
    dropped: dict[str, str | None] = dict.fromkeys(unseen)
    return str.maketrans(dropped | values.table()["plain"])


def nothing_words() -> tuple[str, ...]:
    """Return the words that say in so many words that nothing is filled in."""
    return tuple(values.table()["words"]["nothing"])


def says_nothing(content: str) -> bool:
    """Tell whether a text is only spaces or a word for nothing."""
    bare = tidy(content)
    return not bare or _is_nothing(bare)


@cache
def _nothing() -> frozenset[str]:
    return frozenset(word.upper() for word in nothing_words())


def _is_nothing(bare: str) -> bool:
    return bare.upper() in _nothing()


def nil_words() -> tuple[str, str]:
    """Return what is written for 零报告 and for its absence."""
    return values.table()["nil"]["yes"][0], values.table()["nil"]["no"][0]


def read_nil(content: str) -> bool | None:
    """Read what stands for 零报告; None if it says neither yes nor no."""
    bare, said = tidy(content), values.table()["nil"]
    return bare in said["yes"] if bare in (*said["yes"], *said["no"]) else None


def tidy(text: str) -> str:
    """Return a text without spaces and with full-width digits and signs made plain."""
    return text.translate(_plain_table())


def exact(number: Decimal | float | int | str) -> Number:
    """Return a number as int where it is whole, otherwise as Decimal without trailing zeros.

    Binary floats count as the shortest decimal that names them, so 0.07 is 0.07. Of a number
    that ``sound`` refuses, digits may be lost.
    """
    if isinstance(number, int):
        return int(number)
    if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT_FLOATS:
        return int(number)
    decimal = Decimal(repr(number) if isinstance(number, float) else number)
    if decimal == decimal.to_integral_value():
        return int(decimal)
    return decimal.normalize()


def sound(number: Decimal) -> bool:
    """Tell whether a number is within the limit, and short enough to be kept to the last digit."""
    if not number:
        return True
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return -LIMIT < number < LIMIT and len(digits) <= _DIGITS and number.adjusted() >= _SMALLEST


def why_no_figure(raw: str, unit: str) -> str:
    """Return the name of the words (``format.…``) on why a text is no figure.

    Args:
        raw: what stood there.
        unit: the indicator's unit.
    """
    spaced = _spaced(raw)
    number = quantity.read(spaced, unit)
    if number is None:
        try:
            number = Decimal(spaced)  # as a workbook or a record has it, 1E+13
        except InvalidOperation:
            return quantity.why_none(spaced, unit)
    if not number.is_finite() or sound(number):
        return quantity.why_none(spaced, unit)
    return "digits" if -LIMIT < number < LIMIT else "exclusiveMaximum"


def _spaced(typed: str) -> str:
    """Return a text with plain digits and the spaces inside it that people see."""
    return typed.translate(_spaced_table()).strip()


def _is_short(typed: str) -> bool:
    """Tell whether a text is nothing but so many digits as are always within the limit."""
    return len(typed) <= _SHORT and typed.isascii() and typed.isdecimal()


def read_figure(text: str, unit: str) -> Reading:
    """Read a typed text as a figure.

    Args:
        text: the text as it stood in the cell.
        unit: the indicator's unit; a figure may be followed by it.
    """
    spaced = _spaced(text)
    if _is_short(spaced):  # nearly all, and the rest takes ten times as long
        return Reading(int(spaced), Meaning.TIDIED)
    bare = "".join(spaced.split())
    if not bare:
        return Reading(None)
    if _is_nothing(bare):
        return Reading(None, Meaning.NOTHING)
    number = quantity.read(spaced, unit)
    if number is not None and sound(number):
        return Reading(exact(number), Meaning.TIDIED)
    if number is None and quantity.approximate(bare, unit):
        return Reading(None, Meaning.APPROXIMATE)
    return Reading(None, Meaning.NO_FIGURE)


def read_number(stored: str) -> Reading:
    """Read a number as a workbook stores it, a binary float written in up to 17 digits."""
    return _known_number(stored) if len(stored) <= _WRITTEN else _read_number(stored)


@lru_cache(maxsize=4096)  # each cell is asked several times, and most returns hold small numbers
def _known_number(stored: str) -> Reading:
    return _read_number(stored)


def _read_number(stored: str) -> Reading:
    try:
        number = float(stored)
    except ValueError:
        return Reading(None, Meaning.NO_FIGURE)
    if not abs(number) < LIMIT:  # also refuses NaN, which compares false
        return Reading(None, Meaning.NO_FIGURE)
    vanished = not number and bool(Decimal(stored))
    if vanished or (number and abs(number) < 10.0**_SMALLEST):
        return Reading(None, Meaning.NO_FIGURE)
    return Reading(exact(number))


@cache
def _year() -> re.Pattern[str]:
    return re.compile(words.entry("reading.year"), re.ASCII)


def read_year(content: str) -> int | None:
    """Return the year that a text names in four digits, with or without the word; else None."""
    match = _year().fullmatch(_plain_year(content))
    return int(match[1]) if match else None


def years_named(title: str) -> list[int]:
    """Return the years that a title names."""
    return [int(year) for year in _title_year().findall(_plain_year(title))]


@cache
def _title_year() -> re.Pattern[str]:
    return re.compile(words.entry("reading.title_year"), re.ASCII)


def _plain_year(content: str) -> str:
    """Return a text, tidied, with years in plain digits that were written in numerals (二〇一八年).

    A circle or a letter among them can only be meant for 〇.
    """
    pattern, digits = _year_in_numerals()
    return pattern.sub(lambda found: found[0].translate(digits), tidy(content))


@cache
def _year_in_numerals() -> tuple[re.Pattern[str], dict[int, str]]:
    """Return what finds a year in numerals, and the digits that they stand for."""
    numerals = values.table()["numerals"]
    plain = {sign: str(digit) for digit, sign in enumerate(numerals["digits"])}
    digits = str.maketrans(plain | dict.fromkeys(numerals["zeros"], "0"))
    signs = re.escape("".join(map(chr, digits)))
    pattern: str = words.entry("reading.numeral_year")
    return re.compile(pattern.replace("{signs}", f"[{signs}]")), digits


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, values.table()["date"]["patterns"]))


def read_date(content: str, day_0: date = DAY_0) -> date | None:
    """Read a typed date in one of the usual ways, with or without a time; None if it is none.

    Args:
        content: the text; the five digits of a serial day number are a date too.
        day_0: the day from which serial numbers count.
    """
    spaced = _spaced(content)
    if _SERIAL.fullmatch(spaced):
        return date_of_serial(spaced, day_0)
    match = next((m for pattern in _dates() if (m := pattern.fullmatch(spaced))), None)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def date_of_serial(stored: str, day_0: date = DAY_0) -> date | None:
    """Read the serial day number by which a workbook stores a date (ECMA-376 part 1, 18.17.4.1)."""
    try:
        return day_0 + timedelta(days=int(float(stored)))
    except (ValueError, OverflowError):
        return None


def show(number: Number | None) -> str:
    """Write a figure as people read it, at most two decimals; blank in words."""
    if number is None:
        return words.say("text.blank")
    rounded = Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def show_day(day: date) -> str:
    """Write a date as people read it."""
    return words.say("text.day", year=day.year, month=day.month, day=day.day)


def asks(content: str) -> bool:
    """Tell whether a text ends in a question mark, as what was not read for sure does."""
    return content.strip().endswith(("?", "？"))


def spell_out(number: Number | None) -> str:
    """Write a figure to its last digit, as it stands in the record; blank in words."""
    return words.say("text.blank") if number is None else f"{Decimal(number):f}"


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
