"""What the cell formats of a workbook make of a number, those that Excel has built in too."""

from collections.abc import Mapping, Sequence
from itertools import islice

from lxml import etree

from toolkit.reading import fonts
from toolkit.reading.grid import Shown, Style
from toolkit.reading.number_formats import style_of

FORMATS = 65_490
"""No more cell formats than Excel keeps in a workbook."""

# Built-in formats, ECMA-376 part 1 §18.8.30; 27 to 36 and 50 to 58 are the East Asian dates.
_MONEY = style_of('"¥"0;-"¥"0')
_BUILT_IN: Mapping[str, Shown] = {
    **dict.fromkeys(("5", "6", "7", "8", "42", "44"), _MONEY),
    **dict.fromkeys(("9", "10"), Style.PERCENT),
    **{str(code): Style.DATE for code in (*range(14, 23), *range(27, 37), *range(45, 48))},
    **{str(code): Style.DATE for code in range(50, 59)},
}


def number_styles(root: etree._Element) -> tuple[Shown, ...]:
    """Return the style of every cell format (cellXfs, §18.8.10) of a styles part.

    Args:
        root: the root of the styles part.
    """
    custom = {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    formats = list(islice(root.iterfind("{*}cellXfs/{*}xf"), FORMATS))
    shown = shown_by([entry.get("numFmtId", "") for entry in formats], custom)
    known = {str(n): fonts.of(one) for n, one in enumerate(root.iterfind("{*}fonts/{*}font"))}
    return fonts.laid(
        shown, [known.get(entry.get("fontId", ""), Style.GENERAL) for entry in formats]
    )


def shown_by(formats: Sequence[str], custom: Mapping[str, str]) -> tuple[Shown, ...]:
    """Return the style of every cell format.

    Args:
        formats: the number format of each, by its number in digits.
        custom: the format codes that the workbook defines itself, by the same.
    """
    # What no cell uses is not looked at: a hostile file may define a million.
    styles: dict[str, Shown] = {}
    for number in formats:
        if number not in styles:
            code = custom.get(number)
            styles[number] = (
                _BUILT_IN.get(number, Style.GENERAL) if code is None else style_of(code)
            )
    return tuple(styles[number] for number in formats)
