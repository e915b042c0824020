"""What the styles of an OpenDocument spreadsheet make of a number."""

from collections.abc import Iterator, Mapping

from lxml import etree

from toolkit.reading.grid import Style

Styles = Mapping[str, Style]
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
_KINDS = {
    _number("percentage-style"): Style.PERCENT,
    _number("date-style"): Style.DATE,
    _number("time-style"): Style.DATE,
}


def read(*roots: etree._Element | None) -> Styles:
    """Return the cell styles of a document's parts.

    Args:
        roots: the parts that hold styles, the one that counts first in front.
    """
    entries = list(_entries(roots))
    shown = _shown(entries)
    named: dict[str, etree._Element] = {}
    for entry in entries:
        if entry.tag == style("style") and entry.get(style("family")) == "table-cell":
            named.setdefault(entry.get(style("name"), ""), entry)
    found = {
        name: shown.get(_data_style(entry, named), Style.GENERAL) for name, entry in named.items()
    }
    return {name: told for name, told in found.items() if told is not Style.GENERAL}


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


def _shown(entries: list[etree._Element]) -> Styles:
    """Return what each data style (§16.29) shows a number as.

    A style that passes some numbers on to another one (§16.3) shows what either shows.
    """
    found: dict[str, Style] = {}
    passed: dict[str, list[str]] = {}
    for entry in entries:
        name = entry.get(style("name"), "")
        if entry.tag in _FIGURES:
            found.setdefault(name, Style.SCALED if _scaled(entry) else Style.GENERAL)
            maps = entry.findall(style("map"))
            passed[name] = [other.get(style("apply-style-name"), "") for other in maps]
        elif entry.tag in _KINDS:
            found.setdefault(name, _KINDS[entry.tag])
    for name, others in passed.items():
        if Style.SCALED in (found.get(other) for other in others):
            found[name] = Style.SCALED
    return found


def _scaled(entry: etree._Element) -> bool:
    """Tell whether a style shows another figure: in thousands, or with a point only drawn."""
    return any(
        digits.get(_number("display-factor"), "1") != "1"
        or any("." in (drawn.text or "") for drawn in digits)
        for digits in entry.iterfind(_number("number"))
    )
