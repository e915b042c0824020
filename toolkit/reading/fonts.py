"""What the fonts of a cell's text say of a figure in it: struck out, or raised like a footnote."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml import etree

from toolkit.reading.grid import UNSURE, Shown, Style, gravest

_OFF = frozenset({"0", "false", "off", "baseline"})
_MARKS = {
    "strike": Style.STRUCK,
    "dstrike": Style.STRUCK,
    "vertAlign": Style.RAISED,
}
"""Properties of a font in Office Open XML (ECMA-376 part 1 §18.4.10, §18.4.14, §17.3.2.9)."""


def style(*, struck: bool, raised: bool) -> Style:
    """Return what a font makes of a figure."""
    if struck:
        return Style.STRUCK
    return Style.RAISED if raised else Style.GENERAL


def of(properties: etree._Element | None) -> Style:
    """Return what the properties of a font in Office Open XML make of a figure."""
    return gravest(() if properties is None else _told(properties))


def _told(properties: etree._Element) -> Iterator[Style]:
    for entry in properties:
        space, _, name = str(entry.tag).rpartition("}")
        if name in _MARKS and (entry.get("val") or entry.get(f"{space}}}val")) not in _OFF:
            yield _MARKS[name]


def laid(shown: Sequence[Shown], fonts: Iterable[Style]) -> tuple[Shown, ...]:
    """Return how cell formats show a figure, each with its font."""
    return tuple(map(over, shown, fonts))


def over(shown: Shown, font: Style) -> Shown:
    """Return how a cell shows a figure in a font."""
    return font if font in UNSURE else shown


def in_runs(text: str, runs: Sequence[tuple[int, Style]]) -> Style:
    """Return what the fonts in which a text is written make of a figure in it.

    Args:
        text: the whole text.
        runs: where each font begins, in characters, and what it makes of a figure.
    """
    ends = pairwise([*(start for start, _ in runs), len(text)])
    pieces = (text[start:end] for start, end in ends)
    return gravest(font for (_, font), piece in zip(runs, pieces, strict=True) if piece.strip())
