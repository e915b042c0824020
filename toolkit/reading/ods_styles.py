"""What the styles of an OpenDocument spreadsheet make of a number."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from toolkit.reading.grid import Shown, Style
from toolkit.reading.number_formats import style_of

Styles = Mapping[str, Shown]
"""The cell styles that change what a number means, by name."""

_PARENTS = 4  # a chain of parents that is longer leads nowhere


def office(name: str) -> str:
    """Return a name in the namespace of documents."""
    return f"{{urn:oasis:names:tc:opendocument:xmlns:office:1.0}}{name}"


def table(name: str) -> str:
    """Return a name in the namespace of tables."""
    return f"{{urn:oasis:names:tc:opendocument:xmlns:table:1.0}}{name}"


def style(name: str) -> str:
    """Return a name in the namespace of styles."""
    return f"{{urn:oasis:names:tc:opendocument:xmlns:style:1.0}}{name}"


def _number(name: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}}{name}"


_FIGURES = {_number("number-style"), _number("currency-style")}
# What these show needs no closer look; nor does a style of any other kind.
_KINDS = {
    _number("percentage-style"): "0%",
    _number("date-style"): "y",
    _number("time-style"): "h",
}
_OTHERS = {"scientific-number": "0E+0", "fraction": "# ?/?"}
_COLOUR = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}color"
_RED = "#ff0000"
_CONDITION = re.compile(r"\s*value\(\)\s*(<|>|<=|>=|=|!=)\s*(-?[0-9.]+)\s*")


def read(*roots: etree._Element | None) -> Styles:
    """Return the cell styles of a document's parts.

    Args:
        roots: the parts that hold styles, the one that counts first in front.
    """
    named: dict[str, etree._Element] = {}
    shown: dict[str, etree._Element] = {}
    for entry in _entries(roots):
        if entry.tag != style("style"):
            shown.setdefault(entry.get(style("name"), ""), entry)
        elif entry.get(style("family")) == "table-cell":
            named.setdefault(entry.get(style("name"), ""), entry)
    data = {name: _data_style(entry, named) for name, entry in named.items()}
    told = {name: style_of(_code(name, shown)) for name in {*data.values()}}
    return {name: told[by] for name, by in data.items() if told[by] is not Style.GENERAL}


def _entries(roots: tuple[etree._Element | None, ...]) -> Iterator[etree._Element]:
    for root in roots:
        for part in ("automatic-styles", "styles"):
            yield from () if root is None else root.iterfind(f"{office(part)}/*")


def _data_style(entry: etree._Element, named: Mapping[str, etree._Element]) -> str:
    """Return the data style of a cell style, its own or that of a parent (§16.2)."""
    for _ in range(_PARENTS):
        if told := entry.get(style("data-style-name")):
            return told
        parent = named.get(entry.get(style("parent-style-name"), ""))
        if parent is None:
            break
        entry = parent
    return ""


def _code(name: str, shown: Mapping[str, etree._Element]) -> str:
    """Return the format code of a data style (§16.29).

    Such a style passes some numbers on to other ones (§16.3), as a code has sections for them.
    """
    own = shown.get(name)
    if own is None:
        return ""
    sections = []
    for entry in islice(own.iterfind(style("map")), _PARENTS):
        other = shown.get(entry.get(style("apply-style-name"), ""))
        found = _CONDITION.fullmatch(entry.get(style("condition"), ""))
        condition = f"[{found[1].replace('!=', '<>')}{found[2]}]" if found else ""
        sections.append(condition + ("" if other is None else _section(other)))
    return ";".join([*sections, _section(own)])


def _section(entry: etree._Element) -> str:
    """Return what one data style shows, as a section of a format code."""
    if entry.tag not in _FIGURES:
        return _KINDS.get(str(entry.tag), "General")
    return "".join(map(_piece, entry))


def _piece(part: etree._Element) -> str:
    kind, content = etree.QName(part).localname, part.text or ""
    if kind == "number":
        return _digits(part)
    if kind in {"text", "currency-symbol"}:
        return _quoted(content)
    if kind == "fill-character":
        return f"*{content[:1] or ' '}"
    return "[RED]" if part.get(_COLOUR) == _RED else _OTHERS.get(kind, "")


def _digits(number: etree._Element) -> str:
    """Return the digits of a style: in thousands, with texts drawn between them, or neither."""
    drawn = "".join(_quoted(text.text or "") for text in number)
    least = number.get(_number("min-integer-digits"), "1"), number.get(_number("decimal-places"))
    digit = "#" if least in {("0", None), ("0", "0")} else "0"
    thousands = "," if number.get(_number("display-factor"), "1") != "1" else ""
    return f"{digit}{drawn}{digit}{thousands}" if drawn else digit + thousands


def _quoted(text: str) -> str:
    return "".join(f"\\{char}" for char in text)
