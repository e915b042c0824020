"""How cells of our workbooks look, by the name of what they are."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

FONT = "宋体"
TITLE_FONT = "黑体"
INPUT_COLOUR = "#FFF9DB"
COMPUTED_COLOUR = "#E7E6E6"
LAST_YEAR_COLOUR = "#F2F2F2"
HEADER_COLOUR = "#DDE7F0"
ERROR_COLOUR, ERROR_TEXT = "#FFD9D9", "#B00000"
WARNING_COLOUR, WARNING_TEXT = "#FFECC7", "#8A5A00"
GOOD_TEXT = "#2E7D32"


class Look(StrEnum):
    """What a cell is; the workbook has one format for each."""

    PLAIN = "plain"
    TITLE = "title"
    SUBTITLE = "subtitle"
    FIELD_LABEL = "field_label"
    FIELD_INPUT = "field_input"
    FIELD_DATE = "field_date"
    FIELD_FIXED = "field_fixed"
    SMALL = "small"
    HEADER = "header"
    BLOCK = "block"
    SECTION = "section"
    LABEL = "label"
    CENTRED = "centred"
    INPUT = "input"
    COMPUTED = "computed"
    NO_FIGURE = "no_figure"
    TEXT_INPUT = "text_input"
    VERDICT = "verdict"
    COLUMN_VERDICT = "column_verdict"
    STATUS = "status"
    REPORTED = "reported"
    REPORTED_INPUT = "reported_input"
    LAST_YEAR = "last_year"
    PARAGRAPH = "paragraph"
    FIGURE = "figure"
    TEXT = "text"
    LINK = "link"


_BORDER: Mapping[str, Any] = {"border": 1, "border_color": "#808080"}
_INPUT: Mapping[str, Any] = {"bg_color": INPUT_COLOUR, "locked": False}
_WRAP: Mapping[str, Any] = {"text_wrap": True, "valign": "vcenter"}

_LOOKS: Mapping[Look, Mapping[str, Any]] = {
    Look.PLAIN: {},
    Look.TITLE: {
        "font_name": TITLE_FONT,
        "font_size": 18,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
    },
    Look.SUBTITLE: {"font_size": 12, "align": "center", "valign": "vcenter"},
    Look.FIELD_LABEL: {"align": "right", "valign": "vcenter"},
    Look.FIELD_INPUT: {
        **_INPUT,
        "shrink": True,
        "valign": "vcenter",
        "align": "left",
        "num_format": "@",
        "bottom": 1,
    },
    Look.FIELD_DATE: {
        **_INPUT,
        "align": "left",
        "valign": "vcenter",
        "num_format": "yyyy-mm-dd",
        "bottom": 1,
    },
    Look.FIELD_FIXED: {"shrink": True, "valign": "vcenter", "align": "left", "bottom": 1},
    Look.SMALL: {"font_size": 8, "font_color": "#606060", "valign": "vcenter"},
    Look.HEADER: {**_BORDER, **_WRAP, "bg_color": HEADER_COLOUR, "bold": True, "align": "center"},
    Look.BLOCK: {**_BORDER, **_WRAP, "bold": True, "align": "center"},
    Look.SECTION: {**_BORDER, **_WRAP, "bold": True},
    Look.LABEL: {**_BORDER, **_WRAP},
    Look.CENTRED: {**_BORDER, "align": "center", "valign": "vcenter"},
    Look.INPUT: {**_BORDER, **_INPUT, "align": "right", "valign": "vcenter"},
    Look.COMPUTED: {**_BORDER, "bg_color": COMPUTED_COLOUR, "align": "right", "valign": "vcenter"},
    Look.NO_FIGURE: {**_BORDER},
    Look.TEXT_INPUT: {**_BORDER, **_INPUT, **_WRAP, "num_format": "@", "font_size": 9},
    Look.VERDICT: {**_WRAP, "indent": 1, "font_size": 9, "font_color": "#404040"},
    Look.COLUMN_VERDICT: {"align": "center", "font_size": 9, "font_color": "#404040"},
    Look.STATUS: {**_WRAP, "indent": 1, "bold": True, "font_size": 10},
    Look.REPORTED: {**_BORDER, "align": "right", "valign": "vcenter", "font_color": "#606060"},
    Look.REPORTED_INPUT: {**_BORDER, **_INPUT, "align": "right", "valign": "vcenter"},
    Look.LAST_YEAR: {
        **_BORDER,
        "bg_color": LAST_YEAR_COLOUR,
        "font_color": "#606060",
        "align": "right",
        "valign": "vcenter",
    },
    Look.PARAGRAPH: {**_WRAP, "font_size": 11},
    Look.FIGURE: {**_BORDER, "align": "right", "valign": "vcenter"},
    Look.TEXT: {**_BORDER, **_WRAP, "font_size": 9},
    Look.LINK: {**_BORDER, "font_color": "#0563C1", "underline": 1, "font_size": 9},
}


class Looks:
    """The formats of one workbook, made as they are asked for."""

    def __init__(self, workbook: Any) -> None:
        """Keep the workbook; formats belong to exactly one."""
        self._workbook = workbook
        self._made: dict[tuple[Look, tuple[tuple[str, Any], ...]], Any] = {}

    def __call__(self, look: Look, **more: Any) -> Any:
        """Return the format of a look, with further properties where a cell needs them."""
        key = (look, tuple(sorted(more.items())) if more else ())
        if key not in self._made:
            base: dict[str, Any] = {"font_name": FONT, "font_size": 10.5, "locked": True}
            self._made[key] = self._workbook.add_format(base | dict(_LOOKS[look]) | more)
        return self._made[key]


def width_of(content: str) -> int:
    """Return the printed width of a text in columns of half-width characters."""
    if content.isascii():
        return len(content)
    return sum(1 if ord(char) < 0x2000 else 2 for char in content)


def height_for(content: str, width: float, line_height: float = 14.5) -> float:
    """Return a row height in points that shows a wrapped text whole.

    Explicit heights are needed because LibreOffice does not grow the rows of a fresh file.

    Args:
        content: the text, possibly with line breaks.
        width: usable column width in half-width characters.
        line_height: of one line, in points.
    """
    if 2 * len(content) <= width and "\n" not in content:
        return max(18.0, line_height + 4)
    lines = sum(max(1, -(-width_of(part) // max(1, int(width)))) for part in content.split("\n"))
    return max(18.0, lines * line_height + 4)
