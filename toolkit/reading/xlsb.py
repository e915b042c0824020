"""Read a binary .xlsb package into the grid.

The package is that of .xlsx, its parts are records instead of XML ([MS-XLSB]); sheets are read by
xlsb_sheets.py.
"""

import posixpath
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.reading import guard, limits, parts, styles, xlsb_sheets
from toolkit.reading.binary import Reader, Values
from toolkit.reading.grid import Book, Sheet, Shown, State, Style
from toolkit.reading.room import Room
from toolkit.reading.xlsb_sheets import Shared

_SHEET, _WORKBOOK_PROPERTIES = 156, 153
_STRING = 19
_NUMBER_FORMAT, _CELL_FORMAT, _CELL_FORMATS, _CELL_FORMATS_END = 44, 47, 617, 618
_STATES = {1: State.HIDDEN, 2: State.VERY_HIDDEN}
_WORKSHEETS = "worksheets"


@dataclass(slots=True)
class _Workbook:
    """What the workbook part says."""

    sheets: list[tuple[str, str, State]] = field(default_factory=list)
    """Name, relationship and state of every sheet."""
    from_1904: bool = False


def read(package: guard.Package) -> Book:
    """Read a workbook, every sheet of it.

    Args:
        package: the opened file.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits.
    """
    try:
        return _book(package)
    except struct.error as error:  # a record is shorter than it must be
        raise guard.damaged() from error


def _book(package: guard.Package) -> Book:
    root = parts.relationships(package, "")
    path = root.of_type("officeDocument", otherwise="xl/workbook.bin")
    content = package.part(path)
    if content is None:
        raise guard.damaged("no_workbook")
    reader = Reader(package.room)
    workbook = _workbook(reader, content)
    related = parts.relationships(package, path)
    sheets, beyond = _sheets(reader, package, workbook, related)
    about = parts.about(package, root)
    return Book(
        sheets=sheets,
        names={},
        properties=about.properties,
        application=about.application,
        modified=about.modified,
        from_1904=workbook.from_1904,
        notes=(*parts.macros(package), *(limits.beyond(name, package.room) for name in beyond)),
    )


def _workbook(reader: Reader, content: bytes) -> _Workbook:
    found = _Workbook()
    for record in reader.records(content):
        if record.kind == _WORKBOOK_PROPERTIES:  # §2.4.822
            found.from_1904 = bool(Values(record.data).number("I") & 1)
        elif record.kind == _SHEET:  # §2.4.301
            values = Values(record.data)
            state, _ = values.number("I"), values.number("I")
            relationship, name = values.text(), values.text()
            found.sheets.append((name, relationship, _STATES.get(state, State.VISIBLE)))
    return found


def _sheets(
    reader: Reader, package: guard.Package, workbook: _Workbook, related: parts.Relationships
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return all worksheets, and the names of those that reach beyond the limits."""
    if len(workbook.sheets) > limits.SHEETS:
        raise guard.unsafe("sheets")
    shared = _shared(reader, package, related, from_1904=workbook.from_1904)
    found: list[Sheet] = []
    beyond: list[str] = []
    left = package.room.cells
    for name, relationship, state in workbook.sheets:
        path = related.targets.get(relationship, "")
        if posixpath.basename(posixpath.dirname(path)).lower() not in (_WORKSHEETS, "xl"):
            continue  # a sheet that is a chart, or of old macros
        content = package.part(path)
        if content is None:
            raise guard.damaged("no_sheet")
        page = xlsb_sheets.read(reader.records(content), shared, package.room, left)
        left -= len(page.gathered.cells)
        merged, hidden = limits.merges(page.merges, package.room), frozenset(page.hidden)
        found.append(Sheet(name, state, page.gathered.cells, merged, page.protected, hidden))
        if not page.gathered.whole:
            beyond.append(name)
    if not found:
        raise guard.damaged("no_sheet")
    return tuple(found), tuple(beyond)


# ---------------------------------------------------------------- strings and styles


def _shared(
    reader: Reader, package: guard.Package, related: parts.Relationships, *, from_1904: bool
) -> Shared:
    strings = package.part(related.of_type("sharedStrings", otherwise="xl/sharedStrings.bin"))
    told = package.part(related.of_type("styles", otherwise="xl/styles.bin"))
    dated = Style.DATE_OF_1904 if from_1904 else Style.DATE
    shown = [dated if one is Style.DATE else one for one in _styles(reader, told or b"")]
    return Shared(list(_strings(reader, strings or b"", package.room)), shown)


def _strings(reader: Reader, content: bytes, room: Room) -> Iterator[str]:
    """Yield the shared strings (§2.4.825); declared counts are not looked at."""
    count = 0
    for record in reader.records(content):
        if record.kind == _STRING:
            count += 1
            if count > room.cells:
                raise guard.unsafe("cells")
            yield Values(record.data, 1).text()


def _styles(reader: Reader, content: bytes) -> Sequence[Shown]:
    """Return the style of every cell format (§2.4.839); those of named styles come before."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    within = False
    for record in reader.records(content):
        if record.kind == _NUMBER_FORMAT:  # §2.4.682
            values = Values(record.data)
            number = values.number("H")
            codes[str(number)] = values.text()
        elif record.kind in (_CELL_FORMATS, _CELL_FORMATS_END):
            within = record.kind == _CELL_FORMATS
        elif record.kind == _CELL_FORMAT and within and len(formats) < styles.FORMATS:
            formats.append(str(Values(record.data, 2).number("H")))
    return styles.shown_by(formats, codes)
