"""Read worksheets and strings spelt as all office programs spell them, without building a tree.

Most of the time of reading a return goes into its cells. Excel, WPS, LibreOffice, XlsxWriter and
openpyxl write a cell's attributes in one order and nothing between the elements. Where every
character of the sheet data is of that spelling, one expression takes the cells apart; where a
single one is not, nothing is taken and sheets.py reads the part; the same goes for the shared
strings. Tests hold both against each other.

Taking a cell apart takes ten times the memory of its text, so that a long sheet is taken apart in
pieces of whole rows; one with a row too long for that is left to sheets.py.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from toolkit.reading import guard
from toolkit.reading.grid import Cell, Kind, Style
from toolkit.reading.limits import Cells
from toolkit.reading.room import Room
from toolkit.reading.sheets import BEYOND, COLUMN_NUMBERS, Shared, unescaped, value_of
from toolkit.reading.values import NOTHING
from toolkit.text import LONGEST

_START, _END = b"<sheetData>", b"</sheetData>"
_ROW_END = b"</row>"
_PIECE = 2**20
"""Bytes of sheet data taken apart at once; a form has a tenth of that."""
_LONGEST_ROW = 2**20
# Sheet data is looked at as Latin 1, a character for a byte: what is not ASCII stands in texts
# only, and those are decoded one by one. Characters that XML writes escaped are left to the parser.
_TEXT = "[^<&\x00-\x08\x0b-\x1f]*"
_OTHERS = "[^<>/\x00-\x1f]*"  # attributes that are not looked at
# Column, row, style, type, formula and value of a cell (ECMA-376 part 1 §18.3.1.4).
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|>'
    rf"(<f(?: {_OTHERS})?(?:/>|>[^<]*</f>))?(?:<v>({_TEXT})</v>)?</c>)"
)
_GROUPS = 6
_ROW = rf'<row r="[1-9][0-9]{{0,6}}"{_OTHERS}'
_EMPTY = re.compile(rf"(?:{_ROW}/>|{_ROW}></row>)*")
_BEFORE = re.compile(rf"{_EMPTY.pattern}{_ROW}>")
_AFTER = re.compile(rf"</row>{_EMPTY.pattern}")
_BETWEEN = re.compile(rf"(?:{_AFTER.pattern}{_ROW}>\|)*")
_STRING = re.compile(rf'<si><t(?: xml:space="preserve")?>({_TEXT})</t></si>')
_STRINGS = re.compile(r"\ufeff?(?:<\?xml [^<>&?]*\?>)?\s*<sst [^<>&]*>")
_WHOLE = re.compile("[0-9]{1,15}")
_cell = partial(tuple.__new__, Cell)  # the constructor of a NamedTuple takes twice the time


class Parts(NamedTuple):
    """A worksheet part taken apart."""

    data: bytes
    """What stands within the sheet data."""
    rest: bytes
    """The part without it."""


def parts(content: bytes) -> Parts | None:
    """Take a worksheet part apart, None for one in which no sheet data is found.

    Where a comment or CDATA only looks like sheet data, cells does not find it usual.
    """
    first, last = content.find(_START), content.rfind(_END)
    if not 0 <= first < last:
        return None
    start = first + len(_START)
    return Parts(content[start:last], content[:start] + content[last:])


def cells(data: bytes, shared: Shared, room: Room, limit: int) -> tuple[Cells, bool] | None:
    """Return the cells of a sheet, and whether those are all of them; see sheets.cells.

    Args:
        data: what stands within the sheet data.
        shared: the strings and styles of the workbook.
        room: how much is read.
        limit: how many cells may still come.

    Returns:
        None where the data is spelt in any other way.

    Raises:
        Refused: R4 there are more cells, or two at one place.
    """
    kept: Cells = {}
    count, whole = 0, True
    rows, columns = room.rows, room.columns
    for piece in _pieces(data):
        if len(piece) > _PIECE + _LONGEST_ROW:
            return None
        pieces = _CELL.split(piece)
        if not _usual(pieces[:: _GROUPS + 1]):
            return None
        try:
            found = _found(pieces, shared)
        except UnicodeDecodeError:
            return None
        near = [cell for cell in found if cell[0] <= rows and cell[1] <= columns]
        whole &= len(near) == len(found)
        count += len(near)
        kept |= {cell[:2]: cell for cell in near}
        if len(kept) < count:
            raise guard.unsafe("same_cell")
        if count > limit:
            raise guard.unsafe("cells")
    return kept, whole


def _pieces(data: bytes) -> Iterator[str]:
    """Yield sheet data in pieces that end where a row does."""
    start = 0
    while (last := data.find(_ROW_END, start + _PIECE)) >= 0:
        end = last + len(_ROW_END)
        yield data[start:end].decode("latin-1")
        start = end
    yield data[start:].decode("latin-1")


def _found(pieces: list[str], shared: Shared) -> list[Cell]:
    """Return the cells that hold something, those far away too."""
    found: list[Cell] = []
    strings, styles, general, fonts = shared.strings, shared.styles, Style.GENERAL, shared.fonts
    fields = (pieces[n :: _GROUPS + 1] for n in range(1, _GROUPS + 1))
    for letters, digits, style, stored, formula, text in zip(*fields, strict=True):
        if text is None and formula is None:
            continue
        if stored == "s" and (told := strings.get(text)) and len(told) <= LONGEST:
            kind, raw = Kind.TEXT, told
        elif stored is None and text and _WHOLE.fullmatch(text):
            kind, raw = Kind.NUMBER, text
        elif text is None or not (text or stored):
            kind, raw = NOTHING
        else:
            kind, raw = value_of(stored or "n", _decoded(text), shared)
        if raw or formula is not None:
            column = COLUMN_NUMBERS.get(letters, BEYOND)
            shown = styles.get(style, general) if stored != "d" else Style.DATE
            if fonts and stored == "s":
                shown = fonts.get(text, shown)
            found.append(_cell((int(digits), column, kind, raw, formula is not None, shown)))
    return found


def _decoded(text: str) -> str:
    return text if text.isascii() else text.encode("latin-1").decode()


def strings(content: bytes) -> list[str] | None:
    """Return the shared strings (part 1 §18.4.9), None where one is spelt in any other way."""
    try:
        before, *pieces = _STRING.split(content.decode())
    except UnicodeDecodeError:
        return None
    if not pieces or any(pieces[1:-1:2]) or pieces[-1].strip() != "</sst>":
        return None
    if not _STRINGS.fullmatch(before):
        return None
    return [unescaped(text) for text in pieces[::2]] if b"_x" in content else pieces[::2]


def _usual(gaps: list[str]) -> bool:
    """Tell whether nothing but whole rows stands before, between and behind the cells."""
    if len(gaps) == 1:
        return bool(_EMPTY.fullmatch(gaps[0]))
    before, *between, after = gaps
    return bool(
        _BEFORE.fullmatch(before)
        and _BETWEEN.fullmatch("|".join([*filter(None, between), ""]))
        and _AFTER.fullmatch(after)
    )
