"""What a number format of a workbook makes of a number: a date, a percentage, another figure."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from lxml import etree

from toolkit.reading.grid import Style

FORMATS = 65_490
"""No more cell formats than Excel keeps in a workbook."""

_LONGEST = 255  # characters of a format code that Excel keeps

# Built-in formats, ECMA-376 part 1 §18.8.30; 27 to 36 and 50 to 58 are the East Asian dates.
_BUILT_IN = {
    **dict.fromkeys(("9", "10"), Style.PERCENT),
    **{str(code): Style.DATE for code in (*range(14, 23), *range(27, 37), *range(45, 48))},
    **{str(code): Style.DATE for code in range(50, 59)},
}
# Quoted text, escaped and padding characters, and brackets (colours, conditions, locales).
# An exclamation mark escapes as a backslash does. [h], [m] and [s] count hours, minutes, seconds.
_LITERAL = re.compile(r'"[^"]*"|[\\_*!].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.DOTALL | re.IGNORECASE)
# A point that is only drawn between two digits: 12345 shown as 1.2345.
_DRAWN_POINT = re.compile(r'[0#?](?:[!\\]\.|"\.")[0#?]')
# A comma behind the last digit shows a figure in thousands.
_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")


def number_styles(root: etree._Element) -> tuple[Style, ...]:
    """Return the style of every cell format (cellXfs, §18.8.10) of a styles part.

    Args:
        root: the root of the styles part.
    """
    custom = {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    formats = islice(root.iterfind("{*}cellXfs/{*}xf"), FORMATS)
    return shown_by([entry.get("numFmtId", "") for entry in formats], custom)


def shown_by(formats: Sequence[str], custom: Mapping[str, str]) -> tuple[Style, ...]:
    """Return the style of every cell format.

    Args:
        formats: the number format of each, by its number in digits.
        custom: the format codes that the workbook defines itself, by the same.
    """
    # What no cell uses is not looked at: a hostile file may define a million.
    styles: dict[str, Style] = {}
    for number in formats:
        if number not in styles:
            code = custom.get(number)
            styles[number] = (
                _BUILT_IN.get(number, Style.GENERAL) if code is None else style_of(code)
            )
    return tuple(styles[number] for number in formats)


def style_of(code: str) -> Style:
    """Return what a format code (§18.8.31) shows a number as; of a long one, nobody knows."""
    if len(code) > _LONGEST:
        return Style.SCALED
    shown = _LITERAL.sub("", code).lower()
    if "%" in shown:
        return Style.PERCENT
    if _DRAWN_POINT.search(code) or _THOUSANDS.search(shown):
        return Style.SCALED
    if "general" in shown:
        return Style.GENERAL
    dated = any(letter in shown for letter in "ymdhs") or "aaa" in shown
    return Style.DATE if dated else Style.GENERAL
