"""Read an .xlsx or .xlsm package into the grid; what a cell means is decided elsewhere.

The layout is that of ECMA-376: packages in part 2, SpreadsheetML in part 1 §18. Transitional and
Strict files differ in namespaces only, which are therefore not looked at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from toolkit import words
from toolkit.reading import guard, limits, parts, quick_sheets, sheets
from toolkit.reading.grid import UNSURE, Book, Sheet, Shown, State, Style
from toolkit.reading.room import Room
from toolkit.reading.styles import number_styles

_FORMULA = re.compile(rb"<f>[^<]*</f>")
_INPUT_RULES = b"<dataValidations", b"</dataValidations>"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_STATES = frozenset(State)
_TOLD = 10  # text boxes of a sheet of which it is said
_SHORT = 40  # characters that are told of one


def read(package: guard.Package) -> Book:
    """Read a workbook, every sheet of it.

    Args:
        package: the opened file.

    Returns:
        the cells that hold something, as far as its room reaches, and what is known about the
        workbook. A fault in one cell makes that cell an error and no more.

    Raises:
        Refused: R3 damaged, R4 unsafe or over the limits.
    """
    root = parts.relationships(package, "")
    path = root.of_type("officeDocument", otherwise="xl/workbook.xml")
    content = package.part(path)
    if content is None:
        raise guard.damaged("no_workbook")
    workbook = _workbook(content)
    related = parts.relationships(package, path)
    read_sheets, further = _sheets(package, workbook, related)
    about = parts.about(package, root)
    return Book(
        sheets=read_sheets,
        names=workbook.names,
        properties=about.properties,
        application=about.application,
        modified=about.modified,
        from_1904=workbook.from_1904,
        notes=(*parts.macros(package), *further),
    )


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the workbook part says."""

    sheets: tuple[tuple[str, State, str], ...]
    """Name, state and relationship of every sheet."""
    names: Mapping[str, str]
    from_1904: bool


@parts.remembered
def _workbook(content: bytes) -> _Workbook:
    """Read a workbook part (part 1 §18.2.27)."""
    root = guard.parse_xml(content)
    properties = root.find("{*}workbookPr")
    entries = root.findall("{*}sheets/{*}sheet")
    if not entries:
        raise guard.damaged("no_sheet")
    if len(entries) > limits.SHEETS:
        raise guard.unsafe("sheets")
    return _Workbook(
        sheets=tuple(map(_entry, entries)),
        names={
            name.get("name", ""): name.text or ""
            for name in root.iterfind("{*}definedNames/{*}definedName")
            if name.get("localSheetId") is None  # that one is local to a sheet (§18.2.5)
        },
        from_1904=properties is not None and properties.get("date1904") in sheets.TRUE,
    )


def _entry(entry: etree._Element) -> tuple[str, State, str]:
    state = entry.get("state", "")
    relationship = entry.get(_ID) or entry.get(_STRICT_ID) or ""
    return entry.get("name", ""), State(state) if state in _STATES else State.VISIBLE, relationship


# ---------------------------------------------------------------- sheets


def _sheets(
    package: guard.Package, workbook: _Workbook, related: parts.Relationships
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return all sheets, and notes on what was left out of them."""
    shared = _shared(package, related, from_1904=workbook.from_1904)
    found: list[Sheet] = []
    notes: list[str] = []
    left = package.room.cells
    for name, state, relationship in workbook.sheets:
        path = related.targets.get(relationship, "")
        content = package.part(path)
        if content is None:
            raise guard.damaged("no_sheet")
        sheet, whole = _sheet(name, state, content, shared, package.room, left)
        left -= len(sheet.cells)
        found.append(sheet)
        if not whole:
            notes.append(limits.beyond(name, package.room))
        # Behind the cells (§18.3.1.99), which are most of the part.
        if content.find(b"<drawing", max(0, content.rfind(b"</sheetData>"))) >= 0:
            boxes = islice(_boxes(package, path), _TOLD)
            notes += [words.say("reading.note.box", sheet=name, text=one[:_SHORT]) for one in boxes]
    return tuple(found), tuple(notes)


def _boxes(package: guard.Package, path: str) -> Iterator[str]:
    """Yield the texts that are drawn over a sheet (part 1 §20.5.2.38)."""
    drawing = package.part(parts.relationships(package, path).of_type("drawing"))
    if drawing is None or b"txBody" not in drawing:
        return
    for body in guard.parse_xml(drawing, package.room).iter("{*}txBody"):
        text = " ".join("".join(piece.text or "" for piece in body.iter("{*}t")).split())
        if text:
            yield text


def _without_the_unread(content: bytes) -> bytes:
    """Return a worksheet part without the texts of formulas and the rules of inputs.

    That a cell is a formula is all that is asked. These are four fifths of a form, and they are
    what parsing it would take the time for. A part with CDATA or comments stays whole: there, what
    looks like an element may be text. No office program writes any.
    """
    if b"!" in content and b"<!" in content:  # the first one is found much faster
        return content
    content = _FORMULA.sub(b"<f/>", content)
    start, end = _INPUT_RULES
    first = content.find(start, content.rfind(b"</sheetData>"))  # where §18.3.1.99 has them
    last = content.rfind(end)
    return content[:first] + content[last + len(end) :] if 0 <= first < last else content


def _sheet(
    name: str, state: State, content: bytes, shared: sheets.Shared, room: Room, limit: int
) -> tuple[Sheet, bool]:
    taken = quick_sheets.parts(content)
    found = quick_sheets.cells(taken.data, shared, room, limit) if taken else None
    rest = taken.rest if taken and found else content
    root = guard.parse_xml(_without_the_unread(rest), room)
    cells, whole = found or sheets.cells(root, shared, room, limit)
    sheet = Sheet(
        name=name,
        state=state,
        cells=cells,
        merges=sheets.merges(root, room),
        protected=sheets.protected(root),
        hidden_columns=sheets.hidden_columns(root, room),
    )
    return sheet, whole


# ---------------------------------------------------------------- strings and styles


def _shared(
    package: guard.Package, related: parts.Relationships, *, from_1904: bool
) -> sheets.Shared:
    """Read the shared strings and styles; declared counts are not looked at."""
    content = package.part(related.of_type("sharedStrings", otherwise="xl/sharedStrings.xml"))
    styles = package.part(related.of_type("styles", otherwise="xl/styles.xml"))
    shown = () if styles is None else _styles(styles)
    dated = Style.DATE_OF_1904 if from_1904 else Style.DATE
    strings, fonts = _strings(content, package.room) if content else ((), {})
    return sheets.Shared(
        sheets.indexed(strings),
        sheets.indexed(dated if style is Style.DATE else style for style in shown),
        fonts,
    )


def _strings(content: bytes, room: Room) -> tuple[Sequence[str], Mapping[str, Style]]:
    """Return the shared strings (part 1 §18.4.9), and what fonts make of those with several."""
    found = quick_sheets.strings(content)
    if found is not None:
        return found, {}
    items = list(guard.parse_xml(content, room))
    fonts = sheets.indexed(map(sheets.font, items))
    return list(map(sheets.string, items)), {n: f for n, f in fonts.items() if f in UNSURE}


@parts.remembered
def _styles(content: bytes) -> tuple[Shown, ...]:
    return number_styles(guard.parse_xml(content))
