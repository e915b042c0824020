"""What the fonts of an OpenDocument spreadsheet make of figures, those of cells and of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from toolkit.reading import fonts
from toolkit.reading.grid import UNSURE, Style
from toolkit.reading.ods_styles import office, style

_STRUCK = style("text-line-through-style"), style("text-line-through-type")
_POSITION = style("text-position")
_ON_THE_LINE = "0%"
_PARENTS = 4  # a chain of parents that is longer leads nowhere


@dataclass(frozen=True, slots=True)
class Fonts:
    """The styles whose font makes figures uncertain, by name."""

    cells: Mapping[str, Style] = field(default_factory=dict)
    texts: Mapping[str, Style] = field(default_factory=dict)
    """Those of a part of a cell's text."""


def read(*roots: etree._Element | None) -> Fonts:
    """Return what is said by the fonts of a document's parts.

    Args:
        roots: the parts that hold styles, the one that counts first in front.
    """
    told = [entry for root in roots if root is not None for entry in _entries(root)]
    if not any(map(_marked, told)):  # as in nearly every file
        return Fonts()
    return Fonts(_of(told, "table-cell"), _of(told, "text"))


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    for part in ("automatic-styles", "styles"):
        yield from root.iterfind(f"{office(part)}/{style('style')}")


def _of(told: list[etree._Element], family: str) -> Mapping[str, Style]:
    named: dict[str, etree._Element] = {}
    for entry in told:
        if entry.get(style("family")) == family:
            named.setdefault(entry.get(style("name"), ""), entry)
    found = ((name, _inherited(entry, named)) for name, entry in named.items())
    return {name: font for name, font in found if font in UNSURE}


def _inherited(entry: etree._Element, named: Mapping[str, etree._Element]) -> Style:
    """Return what a style says of its font, or a parent for it (§16.2)."""
    struck, raised = None, None
    for _ in range(_PARENTS):
        own_struck, own_raised = _said(entry)
        struck = own_struck if struck is None else struck
        raised = own_raised if raised is None else raised
        parent = named.get(entry.get(style("parent-style-name"), ""))
        if parent is None:
            break
        entry = parent
    return fonts.style(struck=bool(struck), raised=bool(raised))


def _marked(entry: etree._Element) -> bool:
    return any(_said(entry))


def _said(entry: etree._Element) -> tuple[bool | None, bool | None]:
    """Tell whether a style strikes out (§20.380) and raises (§20.384), None where it is silent."""
    properties = next(entry.iterchildren(style("text-properties")), None)
    if properties is None:
        return None, None
    lines = [told for name in _STRUCK if (told := properties.get(name))]
    position = properties.get(_POSITION, "").split()
    struck = any(line != "none" for line in lines) if lines else None
    return struck, position[0] != _ON_THE_LINE if position else None
