"""Read an .xlsx or .xlsm package into the grid; what a cell means is decided elsewhere.

The layout is that of ECMA-376: packages in part 2, SpreadsheetML in part 1 §18. Transitional and
Strict files differ in namespaces only, which are therefore not looked at.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import guard, sheets
from toolkit.reading.grid import Book, Sheet, State, Style
from toolkit.reading.styles import number_styles

SHEETS = 50
CELLS = 200_000

_FORMULA = re.compile(rb"<f>[^<]*</f>")
_INPUT_RULES = b"<dataValidations", b"</dataValidations>"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_STATES = frozenset(State)


def read(data: bytes) -> Book:
    """Read a workbook, every sheet of it.

    Args:
        data: the bytes of the file.

    Returns:
        the cells that hold something, up to row 2 000 and column 256, and what is known about
        the workbook. A fault in one cell makes that cell an error and no more.

    Raises:
        Refused: R2 or R6 it is no .xlsx, R3 damaged, R4 unsafe or over the limits, R5 encrypted.
    """
    return _book(guard.open_workbook(data))


def _book(package: guard.Package) -> Book:
    parts = _relationships(package, "")
    path = parts.of_type("officeDocument", otherwise="xl/workbook.xml")
    workbook = package.xml(path)
    if workbook is None:
        raise _damaged("no_workbook")
    from_1904 = _from_1904(workbook)
    shared = _shared(package, _relationships(package, path), from_1904=from_1904)
    read_sheets, beyond = _sheets(package, workbook, _relationships(package, path), shared)
    return Book(
        sheets=read_sheets,
        names=_names(workbook),
        properties=_properties(package.xml(parts.of_type("custom-properties"))),
        application=_text(package.xml(parts.of_type("extended-properties")), "Application"),
        modified=_text(package.xml(parts.of_type("core-properties")), "modified"),
        from_1904=from_1904,
        notes=_notes(package, beyond),
    )


def _from_1904(workbook: etree._Element) -> bool:
    """Tell whether dates count from 1904 (part 1 §18.2.28)."""
    properties = workbook.find("{*}workbookPr")
    return properties is not None and properties.get("date1904") in sheets.TRUE


def _names(workbook: etree._Element) -> dict[str, str]:
    """Return the defined names that are not local to one sheet (part 1 §18.2.5)."""
    return {
        name.get("name", ""): name.text or ""
        for name in workbook.iterfind("{*}definedNames/{*}definedName")
        if name.get("localSheetId") is None
    }


def _properties(root: etree._Element | None) -> dict[str, str]:
    """Return the custom properties (part 1 §22.3.2.2), the value of every type as text."""
    entries = () if root is None else root.iterfind("{*}property")
    return {entry.get("name", ""): "".join(map(str, entry.itertext())).strip() for entry in entries}


def _text(root: etree._Element | None, name: str) -> str:
    return "" if root is None else (root.findtext(f"{{*}}{name}") or "").strip()


def _notes(package: guard.Package, beyond: tuple[str, ...]) -> tuple[str, ...]:
    limits = {"rows": sheets.ROWS, "columns": sheets.COLUMNS}
    cut = tuple(words.say("reading.note.beyond", sheet=name, **limits) for name in beyond)
    if any(name.endswith("vbaproject.bin") for name in package.names):
        return words.say("reading.note.macros"), *cut
    return cut


# ---------------------------------------------------------------- where the parts are


@dataclass(frozen=True, slots=True)
class _Relationships:
    """The relationships of one part: targets by id, and by the last word of the type."""

    targets: Mapping[str, str]
    types: Mapping[str, str]

    def of_type(self, kind: str, otherwise: str = "") -> str:
        """Return the part of a kind; Strict files write extendedProperties for the hyphened."""
        strict = re.sub("-(.)", lambda match: match[1].upper(), kind)
        return self.types.get(kind) or self.types.get(strict) or otherwise


def _relationships(package: guard.Package, source: str) -> _Relationships:
    """Read the relationships of a part, of the package itself for "" (part 2 §6.5)."""
    folder, name = posixpath.split(source)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    targets: dict[str, str] = {}
    types: dict[str, str] = {}
    for relationship in () if root is None else root:
        if relationship.get("TargetMode") == "External":
            continue  # a hyperlink or a linked workbook, never a part
        target = _resolved(folder, relationship.get("Target", ""))
        targets[relationship.get("Id", "")] = target
        types.setdefault(relationship.get("Type", "").rpartition("/")[2], target)
    return _Relationships(targets, types)


def _resolved(folder: str, target: str) -> str:
    path = posixpath.normpath(posixpath.join(folder, target.replace("\\", "/")))
    if path.startswith(".."):
        raise _unsafe("outside")
    return path


# ---------------------------------------------------------------- sheets


def _sheets(
    package: guard.Package, workbook: etree._Element, related: _Relationships, shared: sheets.Shared
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return all sheets, and the names of those that reach beyond the limits."""
    entries = workbook.findall("{*}sheets/{*}sheet")
    if not entries:
        raise _damaged("no_sheet")
    if len(entries) > SHEETS:
        raise _unsafe("sheets")
    found: list[Sheet] = []
    beyond: list[str] = []
    left = CELLS
    for entry in entries:
        part = related.targets.get(entry.get(_ID) or entry.get(_STRICT_ID) or "", "")
        content = package.part(part)
        if content is None:
            raise _damaged("no_sheet")
        root = guard.parse_xml(_without_the_unread(content))
        sheet, whole = _sheet(entry, root, shared, left)
        left -= len(sheet.cells)
        found.append(sheet)
        if not whole:
            beyond.append(sheet.name)
    return tuple(found), tuple(beyond)


def _without_the_unread(content: bytes) -> bytes:
    """Return a worksheet part without the texts of formulas and the rules of inputs.

    That a cell is a formula is all that is asked. These are four fifths of a form, and they are
    what parsing it would take the time for. A part with CDATA or comments stays whole: there, what
    looks like an element may be text. No office program writes any.
    """
    if b"<!" in content:
        return content
    content = _FORMULA.sub(b"<f/>", content)
    start, end = _INPUT_RULES
    first = content.find(start, content.rfind(b"</sheetData>"))  # where §18.3.1.99 has them
    last = content.rfind(end)
    return content[:first] + content[last + len(end) :] if 0 <= first < last else content


def _sheet(
    entry: etree._Element, root: etree._Element, shared: sheets.Shared, limit: int
) -> tuple[Sheet, bool]:
    cells, whole = sheets.cells(root, shared, limit)
    protection = root.find("{*}sheetProtection")
    state = entry.get("state", "")
    sheet = Sheet(
        name=entry.get("name", ""),
        state=State(state) if state in _STATES else State.VISIBLE,
        cells=cells,
        merges=sheets.merges(root),
        protected=protection is not None and protection.get("sheet") in sheets.TRUE,
        hidden_columns=sheets.hidden_columns(root),
    )
    return sheet, whole


def _shared(package: guard.Package, related: _Relationships, *, from_1904: bool) -> sheets.Shared:
    """Read the shared strings (part 1 §18.4.9) and styles; declared counts are not looked at."""
    strings = package.xml(related.of_type("sharedStrings", otherwise="xl/sharedStrings.xml"))
    texts = () if strings is None else (sheets.string(item) for item in strings)
    styles = package.part(related.of_type("styles", otherwise="xl/styles.xml"))
    shown = {} if styles is None else _styles(styles, from_1904)
    return sheets.Shared(sheets.indexed(texts), shown)


@lru_cache(maxsize=8)  # files filled in one program from one template have the same styles
def _styles(content: bytes, from_1904: bool) -> Mapping[str, Style]:
    found = number_styles(guard.parse_xml(content))
    dated = Style.DATE_OF_1904 if from_1904 else Style.DATE
    return sheets.indexed(dated if style is Style.DATE else style for style in found)


# ---------------------------------------------------------------- refusals


def _damaged(reason: str) -> Refused:
    return Refused("R3", reason=words.say(f"reading.reason.{reason}"))


def _unsafe(reason: str) -> Refused:
    return Refused("R4", reason=words.say(f"reading.reason.{reason}"))
