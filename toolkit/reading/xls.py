"""Read an .xls workbook (BIFF8, also WPS's .et) into the grid.

The layout is that of [MS-XLS]; the container is read by compound.py, sheets by xls_sheets.py.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import fonts, formats, guard, limits, property_sets, styles, xls_sheets
from toolkit.reading.biff import Pieces, Record, Stream
from toolkit.reading.compound import CompoundFile
from toolkit.reading.formats import Format
from toolkit.reading.grid import UNSURE, Book, Sheet, State, Style, address
from toolkit.reading.room import Room
from toolkit.reading.xls_sheets import Shared

_BIFF_8 = 0x0600
_END = 0x0A
_STRUCK, _RAISED = 0x08, (1, 2)
_NO_FONT = 4
_NAMES = 10_000  # one for each cell of the largest form, ten times over
_STATES = {1: State.HIDDEN, 2: State.VERY_HIDDEN}
_WORKSHEET, _MACRO_SHEET = 0, 1
_SUMMARY, _DOCUMENT_SUMMARY = "\5SummaryInformation", "\5DocumentSummaryInformation"
_REFERENCES = {0x3A: 1, 0x5A: 1, 0x7A: 1, 0x3B: 2, 0x5B: 2, 0x7B: 2}
"""Formula tokens that name one cell, or two corners, of a sheet (§2.5.198.27, §2.5.198.86)."""


@dataclass(slots=True)
class _Globals:
    """What is said of the whole workbook, as it comes."""

    room: Room
    sheets: list[tuple[str, int, State]] = field(default_factory=list)
    """Name, place in the stream and state of every worksheet."""
    tabs: list[str] = field(default_factory=list)
    """The names of sheets of every kind."""
    macros: bool = False
    strings: list[str] = field(default_factory=list)
    runs: dict[int, bytes] = field(default_factory=dict)
    """The fonts within strings, by the number of the string."""
    fonts: list[Style] = field(default_factory=list)
    """What every font makes of a figure."""
    codes: dict[str, str] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    """The font of every cell format."""
    from_1904: bool = False
    own: int = -1
    """Which of the supporting books is this workbook."""
    books: int = 0
    links: list[tuple[int, int]] = field(default_factory=list)
    """Supporting book and first sheet of every reference to another sheet."""
    names: list[tuple[str, bytes]] = field(default_factory=list)
    """Defined names and the formulas they stand for."""


def read(data: bytes, room: Room) -> Book:
    """Read a workbook, every sheet of it.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits, R5 encrypted, R6 of Excel 95 or older,
            R2 it is another document in which a workbook lies.
    """
    try:
        return _book(CompoundFile(data), room)
    except struct.error as error:  # a record is shorter than it must be
        raise guard.damaged() from error


def properties(data: bytes) -> Mapping[str, str]:
    """Return the custom properties of a file, nothing else of which is read.

    Raises:
        Refused: R3 damaged.
    """
    return _properties(CompoundFile(data))


def _properties(file: CompoundFile) -> Mapping[str, str]:
    return property_sets.custom(file.stream(_DOCUMENT_SUMMARY) or b"")


def _book(file: CompoundFile, room: Room) -> Book:
    content = file.stream("Workbook") or file.stream("Book")
    if content is None:  # it lies deeper, in another document
        raise formats.refusal(Format.OLE)
    stream = Stream(content, room)
    known = _globals(stream, room)
    shown = styles.shown_by(known.formats, known.codes)
    dated = Style.DATE_OF_1904 if known.from_1904 else Style.DATE
    written = fonts.laid(shown, [_font_of(known, number) for number in known.written])
    shared = Shared(
        known.strings,
        [dated if one is Style.DATE else one for one in written],
        dict(_in_runs(known)) if any(font in UNSURE for font in known.fonts) else {},
    )
    sheets, beyond = _sheets(stream, known, shared, room)
    summary = property_sets.summary(file.stream(_SUMMARY) or b"")
    macros = known.macros or "_VBA_PROJECT_CUR" in file.names
    notes = (words.say("reading.note.macros"),) if macros else ()
    return Book(
        sheets=sheets,
        names=dict(_names(known)),
        properties=_properties(file),
        application=summary.get(property_sets.APPLICATION, ""),
        modified=summary.get(property_sets.LAST_SAVED, ""),
        from_1904=known.from_1904,
        notes=(*notes, *(limits.beyond(name, room) for name in beyond)),
    )


def _sheets(
    stream: Stream, known: _Globals, shared: Shared, room: Room
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return all worksheets, and the names of those that reach beyond the limits."""
    if not known.sheets:
        raise guard.damaged("no_sheet")
    found: list[Sheet] = []
    beyond: list[str] = []
    left = room.cells
    for name, place, state in known.sheets:
        page = xls_sheets.read(stream.records(place), shared, room, left)
        left -= len(page.gathered.cells)
        merged = limits.merges(page.merges, room)
        hidden = frozenset(page.hidden)
        found.append(Sheet(name, state, page.gathered.cells, merged, page.protected, hidden))
        if not page.gathered.whole:
            beyond.append(name)
    return tuple(found), tuple(beyond)


# ---------------------------------------------------------------- the whole workbook


def _globals(stream: Stream, room: Room) -> _Globals:
    """Read the records in front of the sheets (§2.1.7.20.3)."""
    known = _Globals(room)
    records = stream.records(0)
    _check_version(next(records, None))
    for record in records:
        if record.kind == _END:
            break
        if take := _TAKERS.get(record.kind):
            take(known, record)
    return known


def _check_version(first: Record | None) -> None:
    """Refuse what is not BIFF8 (§2.4.21)."""
    if first is None or first.kind & 0xFF != 0x09:
        raise guard.damaged("no_workbook")
    if first.kind != 0x0809 or struct.unpack_from("<H", first.data)[0] != _BIFF_8:
        raise formats.refusal(Format.XLS_95)


def _encrypted(_: _Globals, __: Record) -> None:
    raise Refused("R5")


def _sheet(known: _Globals, record: Record) -> None:
    """Take a sheet (§2.4.28)."""
    place, state, kind = struct.unpack_from("<IBB", record.data)
    name = Pieces(record.pieces, 6).short_text()
    known.tabs.append(name)
    if len(known.tabs) > limits.SHEETS:
        raise guard.unsafe("sheets")
    if kind == _WORKSHEET:
        known.sheets.append((name, place, _STATES.get(state & 3, State.VISIBLE)))
    known.macros |= kind == _MACRO_SHEET


def _strings(known: _Globals, record: Record) -> None:
    """Take the shared strings (§2.4.265); how many there are is not believed but found out."""
    pieces = Pieces(record.pieces, 8)
    known.strings = []
    try:
        while len(known.strings) <= known.room.cells:
            content, runs = pieces.rich_text()
            if runs:
                known.runs[len(known.strings)] = runs
            known.strings.append(content)
    except struct.error:
        return
    raise guard.unsafe("cells")


def _format(known: _Globals, record: Record) -> None:
    """Take a number format (§2.4.126)."""
    number = str(struct.unpack_from("<H", record.data)[0])
    known.codes[number] = Pieces(record.pieces, 2).text()


def _cell_format(known: _Globals, record: Record) -> None:
    """Take the font and the number format of a cell format (§2.4.353)."""
    if len(known.formats) < styles.FORMATS:
        font, number = struct.unpack_from("<HH", record.data)
        known.formats.append(str(number))
        known.written.append(font)


def _font(known: _Globals, record: Record) -> None:
    """Take what a font makes of a figure (§2.4.122)."""
    if len(known.fonts) < styles.FORMATS:
        flags, script = struct.unpack_from("<2xH4xH", record.data)
        known.fonts.append(fonts.style(struck=bool(flags & _STRUCK), raised=script in _RAISED))


def _font_of(known: _Globals, number: int) -> Style:
    """Return what a font makes of a figure; there is none with the number 4 (§2.5.129)."""
    place = number - (number > _NO_FONT)
    return known.fonts[place] if place < len(known.fonts) else Style.GENERAL


def _in_runs(known: _Globals) -> Iterator[tuple[int, Style]]:
    """Yield what the fonts within strings make of a figure, with the number of the string."""
    for place, told in known.runs.items():
        runs = [(start, _font_of(known, n)) for start, n in struct.iter_unpack("<HH", told)]
        font = fonts.in_runs(known.strings[place], runs)
        if font in UNSURE:
            yield place, font


def _dates(known: _Globals, record: Record) -> None:
    known.from_1904 = bool(struct.unpack_from("<H", record.data)[0])


def _supporting_book(known: _Globals, record: Record) -> None:
    """Take a workbook that is referred to (§2.4.271); 0x0401 stands for this one."""
    if record.data[2:4] == b"\x01\x04":
        known.own = known.books
    known.books += 1


def _links(known: _Globals, record: Record) -> None:
    """Take the sheets that formulas refer to (§2.4.105)."""
    entries = record.data[2 : len(record.data) - (len(record.data) - 2) % 6]
    known.links = [(book, first) for book, first, _ in struct.iter_unpack("<HHH", entries)]


def _name(known: _Globals, record: Record) -> None:
    """Take a defined name of the whole workbook (§2.4.150); built-in ones are no names."""
    flags, length, size, tab = struct.unpack_from("<HxBH2xH", record.data)
    if tab or flags & 0x20 or len(known.names) == _NAMES:
        return
    pieces = Pieces(record.pieces, 14)
    name = pieces.characters(length, wide=bool(pieces.take(1)[0] & 1))
    known.names.append((name, pieces.take(size)))


def _names(known: _Globals) -> Iterator[tuple[str, str]]:
    """Yield the names that stand for a cell or a range, with the place in words."""
    for name, formula in known.names:
        corners = _REFERENCES.get(formula[0], 0) if formula else 0
        if corners and len(formula) == 3 + 4 * corners:
            (link,) = struct.unpack_from("<H", formula, 1)
            if place := _place(known, link, struct.unpack_from(f"<{2 * corners}H", formula, 3)):
                yield name, place


def _place(known: _Globals, link: int, corners: tuple[int, ...]) -> str:
    book, tab = known.links[link] if link < len(known.links) else (-1, 0)
    if book != known.own or tab >= len(known.tabs):
        return ""
    half = len(corners) // 2
    places = [
        "${}${}".format(*_split(address(row + 1, (column & 0x3FFF) + 1)))
        for row, column in zip(corners[:half], corners[half:], strict=True)
    ]
    return f"{known.tabs[tab]}!{':'.join(places)}"


def _split(place: str) -> tuple[str, str]:
    letters = place.rstrip("0123456789")
    return letters, place[len(letters) :]


_TAKERS = {
    0x0017: _links,
    0x0018: _name,
    0x0022: _dates,
    0x002F: _encrypted,
    0x0031: _font,
    0x0085: _sheet,
    0x00E0: _cell_format,
    0x00FC: _strings,
    0x01AE: _supporting_book,
    0x041E: _format,
}
