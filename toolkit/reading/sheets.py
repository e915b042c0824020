"""Read one worksheet part into cells, within the limits.

Element names are those of SpreadsheetML, ECMA-376 part 1 §18, without their namespace, so that
Transitional and Strict files read alike.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, islice
from typing import TypeVar

from lxml import etree

from toolkit.reading import fonts, guard, limits, values
from toolkit.reading.grid import Cell, Kind, Rectangle, Shown, Style, column_letters, gravest
from toolkit.reading.room import Room
from toolkit.reading.values import Value
from toolkit.text import LONGEST

TRUE = frozenset({"1", "true", "on"})

BEYOND = 1_025
"""Stands for every column that no room reaches."""
COLUMN_NUMBERS = {column_letters(column): column for column in range(1, BEYOND)}
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,9})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Shared:
    """What the cells of all sheets point into, by the index as it is written in a cell.

    Looking up the text itself is faster than counting, and an index that is negative, too large
    or no number at all simply leads nowhere.
    """

    strings: Mapping[str, str]
    styles: Mapping[str, Shown]
    fonts: Mapping[str, Style] = field(default_factory=dict)
    """What the fonts within a string make of a figure, where they make anything of it."""


def indexed(values: Iterable[_Item]) -> dict[str, _Item]:
    """Return values by their index in digits."""
    return dict(zip(map(str, count()), values, strict=False))


# ---------------------------------------------------------------- cells


def cells(
    root: etree._Element, shared: Shared, room: Room, limit: int
) -> tuple[dict[tuple[int, int], Cell], bool]:
    """Return the cells of a sheet that hold something, and whether those are all of them.

    Args:
        root: the root of the worksheet part; its ``dimension`` is not believed.
        shared: the strings and styles of the workbook.
        room: how much is read.
        limit: how many cells may still come.

    Raises:
        Refused: R4 there are more cells, or two at one place; R3 a cell's place is unreadable.
    """
    kept: dict[tuple[int, int], Cell] = {}
    whole = True
    space = root.tag[: root.tag.rfind("}") + 1]  # the same for all elements that matter
    names = space + "v", space + "f", space + "is"
    for row, column, element in _placed(root):
        cell = _cell(row, column, element, names, shared)
        if cell is None:
            continue
        if row > room.rows or column > room.columns:
            whole = False
            continue
        if (row, column) in kept:
            raise guard.unsafe("same_cell")
        if len(kept) == limit:
            raise guard.unsafe("cells")
        kept[row, column] = cell
    return kept, whole


def _placed(root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Yield each cell that is not empty with its place (§18.3.1.4).

    One without ``r`` follows the one before, which may be an empty one.
    """
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        number = line.get("r")
        row = _line_number(number, row + 1)
        column, empty = 0, ""
        for cell in line:
            reference = cell.get("r")
            if reference is None:
                place, column = row, (_place(empty)[1] if empty else column) + 1
            elif not len(cell):
                empty = reference  # there may be a million of them
                continue
            elif number and (letters := reference.removesuffix(number)) in COLUMN_NUMBERS:
                place, column = row, COLUMN_NUMBERS[letters]  # the usual case, and the fast one
            else:
                place, column = _place(reference)
            empty = ""
            if len(cell):
                yield place, column, cell


def _line_number(number: str | None, following: int) -> int:
    """Return the number of a row or column; without one it follows the one before."""
    if number is None:
        return following
    if not number.isdecimal() or len(number) > 9 or int(number) < 1:
        raise guard.damaged("position")
    return int(number)


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of an A1 reference; columns beyond the limit all count as one past."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise guard.damaged("position")
    return int(match[2]), COLUMN_NUMBERS.get(match[1].upper(), BEYOND)


def _cell(
    row: int, column: int, element: etree._Element, names: tuple[str, str, str], shared: Shared
) -> Cell | None:
    """Read a cell (§18.3.1.4) with the elements of these names; None for one only styled."""
    value, calculation, inline = names
    text: str | None = None
    formula = False
    written = Style.GENERAL
    for child in element:
        name = child.tag
        if name == value:
            text = child.text or ""
        elif name == calculation:
            formula = True
        elif name == inline:
            text, written = string(child), font(child)
    stored = element.get("t", "n")
    kind, raw = (Kind.EMPTY, "") if text is None else value_of(stored, text, shared)
    if not raw and not formula:
        return None
    if stored == "s" and text is not None:
        written = shared.fonts.get(text.strip(), Style.GENERAL)
    style = shared.styles.get(element.get("s", ""), Style.GENERAL)
    shown = fonts.over(Style.DATE if stored == "d" else style, written)
    return Cell(row, column, kind, raw, formula, shown)


# ---------------------------------------------------------------- values


def value_of(stored: str, text: str, shared: Shared) -> Value:
    """Make out a stored value by its type (§18.18.11); a fault stays in its cell."""
    kind, raw = _READERS.get(stored, _unknown)(text, shared)
    return (kind, raw) if len(raw) <= LONGEST else values.fault("long")


def _number(text: str, _: Shared) -> Value:
    return values.number(text)


def _shared_string(text: str, shared: Shared) -> Value:
    found = shared.strings.get(text.strip())
    return values.fault("reference") if found is None else (Kind.TEXT, found)


def _formula_string(text: str, _: Shared) -> Value:
    return Kind.TEXT, unescaped(text)


def _plain(text: str, _: Shared) -> Value:
    return Kind.TEXT, text


def _boolean(text: str, _: Shared) -> Value:
    word = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}.get(text.strip())
    return (Kind.BOOLEAN, word) if word else values.fault("type")


def _error(text: str, _: Shared) -> Value:
    return Kind.ERROR, text


def _unknown(_text: str, _: Shared) -> Value:
    return values.fault("type")


_READERS: dict[str, Callable[[str, Shared], Value]] = {
    "n": _number,
    "s": _shared_string,
    "str": _formula_string,
    "inlineStr": _plain,
    "d": _plain,
    "b": _boolean,
    "e": _error,
}


def string(item: etree._Element) -> str:
    """Return the text of a string item, plain or in runs (§18.4.8); phonetic runs are no text."""
    if len(item) == 1 and local_name(item[0]) == "t":  # the usual case, and the fast one
        return unescaped(item[0].text or "")
    texts: list[str] = []
    for child in item:
        name = local_name(child)
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [run.text or "" for run in child if local_name(run) == "t"]
    return unescaped("".join(texts))


def font(item: etree._Element) -> Style:
    """Return what the fonts of the runs of a string item make of a figure in it (§18.4.4)."""
    return gravest(
        fonts.of(next(run.iterchildren("{*}rPr"), None))
        for run in item.iterchildren("{*}r")
        if "".join(piece.text or "" for piece in run.iterchildren("{*}t")).strip()
    )


def unescaped(text: str) -> str:
    """Undo _xHHHH_ (§22.9.2.19)."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    """Return the character an escape names, U+FFFD for one that XML cannot hold."""
    code = int(match[1], 16)
    legal = 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or chr(code) in "\t\n\r"
    return chr(code) if legal else "\ufffd"


# ---------------------------------------------------------------- merges and columns


def merges(root: etree._Element, room: Room) -> tuple[Rectangle, ...]:
    """Return the merged ranges (§18.3.1.55), cut to the rows and columns that are read.

    Raises:
        Refused: R4 there are too many, R3 one of them is no range.
    """
    entries = _within(root, "mergeCells")
    return limits.merges((_rectangle(entry.get("ref", "")) for entry in entries), room)


@lru_cache(maxsize=4096)  # every return of a form has the same; what is none is not kept
def _rectangle(reference: str) -> Rectangle:
    first, _, last = reference.partition(":")
    top, left = _place(first)
    bottom, right = _place(last or first)
    return top, left, bottom, right


def hidden_columns(root: etree._Element, room: Room) -> frozenset[int]:
    """Return the columns that are hidden (§18.3.1.13)."""
    hidden: set[int] = set()
    # Entries are in order and do not overlap, so no more than these reach the columns read.
    for entry in islice(_within(root, "cols"), room.columns):
        if entry.get("hidden") in TRUE:
            first = _line_number(entry.get("min"), 1)
            last = _line_number(entry.get("max"), first)
            hidden.update(range(first, min(last, room.columns) + 1))
    return frozenset(hidden)


def protected(root: etree._Element) -> bool:
    """Tell whether the sheet is protected (§18.3.1.85)."""
    told = next(root.iterchildren("{*}sheetProtection"), None)
    return told is not None and told.get("sheet") in TRUE


def _within(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of the children of a name; a path would take five times as long."""
    for group in root.iterchildren(f"{{*}}{name}"):
        yield from group


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
