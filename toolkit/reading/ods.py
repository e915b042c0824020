"""Read an OpenDocument spreadsheet into the grid, as a package (.ods) or as one XML file (.fods).

The layout is that of OpenDocument 1.3 part 3 (schema); its sections are named below.
"""

from collections.abc import Mapping

from lxml import etree

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import guard, limits, ods_fonts, ods_sheets, ods_styles
from toolkit.reading.grid import Book, Sheet, State
from toolkit.reading.ods_sheets import Looks
from toolkit.reading.ods_styles import office, style, table
from toolkit.reading.room import Room

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DATE = "{http://purl.org/dc/elements/1.1/}date"
_HIDING = f"{style('style')}[@{style('family')}='table']"


def read(package: guard.Package) -> Book:
    """Read a package.

    Args:
        package: the opened file.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits, R5 encrypted.
    """
    # Part 2 §4.8.4: parts are encrypted one by one, and the manifest says which.
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise Refused("R5")
    content = package.xml("content.xml")
    if content is None:
        raise guard.damaged("no_workbook")
    macros = any(name.startswith("basic/") for name in package.names)
    notes = (words.say("reading.note.macros"),) if macros else ()
    return _book(content, package.xml("styles.xml"), package.xml("meta.xml"), notes, package.room)


def properties(package: guard.Package) -> Mapping[str, str]:
    """Return the user-defined metadata of a package, nothing else of which is read.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits.
    """
    return _properties(_about(package.xml("meta.xml")))


def read_flat(data: bytes, room: Room) -> Book:
    """Read a spreadsheet that is one XML file.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Raises:
        Refused: as for read.
    """
    root = guard.parse_document(data, room)
    return _book(root, root, root, (), room)


def _book(
    content: etree._Element,
    styles: etree._Element | None,
    meta: etree._Element | None,
    notes: tuple[str, ...],
    room: Room,
) -> Book:
    spreadsheet = content.find(f"{office('body')}/{office('spreadsheet')}")
    if spreadsheet is None:
        raise guard.damaged("no_workbook")
    fonts = ods_fonts.read(content, styles)
    looks = Looks({**ods_styles.read(content, styles), **fonts.cells}, fonts.texts)
    found, beyond = _sheets(spreadsheet, content, looks, room)
    about = _about(meta)
    return Book(
        sheets=found,
        names=_names(spreadsheet),
        properties=_properties(about),
        application=_text(about, f"{_META}generator"),
        modified=_text(about, _DATE),
        from_1904=_from_1904(spreadsheet),
        notes=(*notes, *(limits.beyond(name, room) for name in beyond)),
    )


def _sheets(
    spreadsheet: etree._Element, content: etree._Element, looks: Looks, room: Room
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return all sheets, and the names of those that reach beyond the limits."""
    entries = spreadsheet.findall(table("table"))
    if not entries:
        raise guard.damaged("no_sheet")
    if len(entries) > limits.SHEETS:
        raise guard.unsafe("sheets")
    hidden = _hidden(content)
    found: list[Sheet] = []
    beyond: list[str] = []
    left = room.cells
    for entry in entries:
        name = entry.get(table("name"), "")
        columns = ods_sheets.columns(entry, room)
        grid = ods_sheets.grid(entry, columns, looks, room, left)
        left -= len(grid.gathered.cells)
        sheet = Sheet(
            name=name,
            state=State.HIDDEN if entry.get(table("style-name")) in hidden else State.VISIBLE,
            cells=grid.gathered.cells,
            merges=limits.merges(grid.merges, room),
            protected=entry.get(table("protected")) == "true",
            hidden_columns=columns.hidden,
        )
        found.append(sheet)
        if not grid.gathered.whole:
            beyond.append(name)
    return tuple(found), tuple(beyond)


def _hidden(content: etree._Element) -> frozenset[str]:
    """Return the names of the table styles that hide a sheet (§20.414 table:display)."""
    properties = style("table-properties")
    found = (
        entry.get(style("name"), "")
        for entry in content.iterfind(f"{office('automatic-styles')}/{_HIDING}")
        if (told := entry.find(properties)) is not None and told.get(table("display")) == "false"
    )
    return frozenset(found)


def _names(spreadsheet: etree._Element) -> dict[str, str]:
    """Return the defined names of the whole workbook (§9.4.10)."""
    entries = spreadsheet.iterfind(f"{table('named-expressions')}/{table('named-range')}")
    place = table("cell-range-address")
    return {entry.get(table("name"), ""): entry.get(place, "") for entry in entries}


def _about(meta: etree._Element | None) -> etree._Element | None:
    return None if meta is None else meta.find(office("meta"))


def _properties(about: etree._Element | None) -> Mapping[str, str]:
    """Return the user-defined metadata (§4.3.2.22), the value of every type as text."""
    entries = () if about is None else about.iterfind(f"{_META}user-defined")
    return {entry.get(f"{_META}name", ""): (entry.text or "").strip() for entry in entries}


def _text(about: etree._Element | None, name: str) -> str:
    return "" if about is None else (about.findtext(name) or "").strip()


def _from_1904(spreadsheet: etree._Element) -> bool:
    """Tell whether dates typed as serial numbers count from 1904 (§9.4.2)."""
    told = spreadsheet.find(f"{table('calculation-settings')}/{table('null-date')}")
    return told is not None and told.get(table("date-value"), "").startswith("1904")
