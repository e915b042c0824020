"""The numbers that Word prints before the paragraphs of a list (ECMA-376 part 1 §17.9).

They are no part of the text; a reader who looks for 一、（一）1. would miss them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from toolkit import numerals
from toolkit.reading.word_elements import attribute, first, number, said, switched_on
from toolkit.reading.word_styles import Styles

_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting"}
    | {"taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital2"}
)
_SILENT = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list (§17.9.6)."""

    start: int = 1
    written: str = "decimal"
    text: str = ""
    plain: bool = False
    """Whether the numbers of all levels are written in digits (§17.9.4)."""
    resets: bool = True
    """Whether it begins anew below each number of a higher level."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    _lists: Mapping[str, tuple[str, Mapping[int, _Level], Mapping[int, int]]]
    """By id: what it counts with, its levels, and where it starts anew."""
    _counted: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def next(self, listed: str, level: int) -> str:
        """Count a paragraph and return the number before it, "" for none.

        Args:
            listed: the id of its list, "" for none.
            level: its level in the list, from 0.
        """
        if listed not in self._lists or level >= _LEVELS:
            return ""
        shared, levels, anew = self._lists[listed]
        counted = self._counted.setdefault(shared, [None] * _LEVELS)
        if level in anew and (listed, level) not in self._started:
            counted[level] = anew[level] - 1
        self._started.add((listed, level))
        before = counted[level]
        counted[level] = levels.get(level, _Level()).start if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            if levels.get(deeper, _Level()).resets:
                counted[deeper] = None
        return _shown(levels, level, counted)


def read(root: etree._Element | None, styles: Styles) -> Numbering:
    """Read the numbering part; a document may have none."""
    if root is None:
        return Numbering({})
    drafts = {attribute(e, "abstractNumId"): e for e in root.iterchildren("{*}abstractNum")}
    instances = {attribute(e, "numId"): e for e in root.iterchildren("{*}num")}
    lists = {}
    for name, entry in instances.items():
        draft = _draft(entry, drafts, instances, styles)
        if draft is None:
            continue
        levels = {_place(e): _level(e) for e in draft.iterchildren("{*}lvl")}
        anew: dict[int, int] = {}
        for change in entry.iterchildren("{*}lvlOverride"):
            own, start = first(change, "lvl"), first(change, "startOverride")
            if own is not None:
                levels[_place(change)] = _level(own)
            if start is not None:
                anew[_place(change)] = number(start, 1)
        lists[name] = attribute(draft, "abstractNumId"), levels, anew
    return Numbering(lists)


def _draft(
    entry: etree._Element,
    drafts: Mapping[str, etree._Element],
    instances: Mapping[str, etree._Element],
    styles: Styles,
) -> etree._Element | None:
    """Return what a list is an instance of, perhaps by way of a list style (§17.9.21)."""
    draft = drafts.get(said(first(entry, "abstractNumId")))
    style = said(first(draft, "numStyleLink"))
    other = instances.get(styles.list_of(style)) if style else None
    if other is None:
        return draft
    return drafts.get(said(first(other, "abstractNumId")))


def _place(element: etree._Element) -> int:
    told = attribute(element, "ilvl")
    return int(told) if told.isascii() and told.isdigit() and len(told) == 1 else 0


def _level(element: etree._Element) -> _Level:
    restart = first(element, "lvlRestart")
    return _Level(
        start=number(first(element, "start"), 0),
        written=said(first(element, "numFmt")) or "decimal",
        text=said(first(element, "lvlText")),
        plain=switched_on(first(element, "isLgl")),
        resets=restart is None or said(restart) != "0",
    )


def _shown(levels: Mapping[int, _Level], level: int, counted: list[int | None]) -> str:
    """Return the number of a paragraph as Word prints it."""
    own = levels.get(level, _Level())
    if own.written in _SILENT:
        return ""

    def part(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        its = levels.get(place, _Level())
        count = counted[place]
        value = its.start if count is None else count
        return _written(value, "decimal" if own.plain else its.written)

    return _PLACE.sub(part, own.text)


def _written(value: int, way: str) -> str:
    """Return a number in one of the ways of ST_NumberFormat (§17.18.59); digits for the others."""
    if way in _CHINESE:
        return numerals.write(value)
    return _WAYS.get(way, str)(value)


def _letters(value: int) -> str:
    """Return a … z, aa … zz and so on."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else str(value)


def _roman(value: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (value // worth)
        value %= worth
    return letters


def _circled(value: int) -> str:
    return _CIRCLED[value - 1] if 0 < value <= len(_CIRCLED) else str(value)


_WAYS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda value: f"{value:02}",
}
