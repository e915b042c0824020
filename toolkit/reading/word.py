"""Read the tables of a Word document (.docx) into the grid.

The layout is that of ECMA-376 part 1 §17. Transitional and Strict files differ in namespaces only,
which are therefore not looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit import words
from toolkit.reading import documents, formats, guard, limits, parts, values
from toolkit.reading.documents import Block, Table
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book
from toolkit.reading.sheets import local_name

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple"}
    | {"dir", "bdo"}
)
"""Elements that only stand around others; what was deleted or moved away is not among them."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class _Seen:
    """What was met on the way and is said in a note."""

    nested: bool = False


def read(package: guard.Package) -> Book:
    """Read a document.

    Args:
        package: the opened file.

    Returns:
        a sheet for every table, see documents.py.

    Raises:
        Refused: R2 there is no table, R3 damaged, R4 unsafe or over the limits.
    """
    root = parts.relationships(package, "")
    document = package.xml(root.of_type("officeDocument", otherwise="word/document.xml"))
    body = None if document is None else document.find("{*}body")
    if body is None:
        raise guard.damaged()
    seen = _Seen()
    found, notes = documents.sheets(_blocks(body, seen))
    if not found:
        raise formats.without_table(Format.DOCX)
    nested = (words.say("reading.note.nested"),) if seen.nested else ()
    about = parts.about(package, root)
    return Book(
        sheets=found,
        names={},
        properties=about.properties,
        application=about.application,
        modified=about.modified,
        notes=(*parts.macros(package), *nested, *notes),
    )


def _blocks(parent: etree._Element, seen: _Seen) -> Iterator[Block]:
    """Yield the paragraphs and tables of a story, in order."""
    for child in _children(parent):
        name = local_name(child)
        if name == "p":
            yield _text(child)
        elif name == "tbl":
            yield _table(child, seen)


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element, those in wrappers too."""
    for child in parent:
        if local_name(child) in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


# ---------------------------------------------------------------- tables


@dataclass(slots=True)
class _Merging:
    """The cells that reach down from an earlier row (§17.4.84 vMerge), by their column."""

    table: Table
    open: dict[int, tuple[int, int]]
    """First row and width in columns."""

    def meet(self, row: int, column: int, width: int, merge: str | None) -> None:
        """Take notice of a cell; ``merge`` is what it says of merging downwards."""
        if merge == "continue" and column in self.open:
            return
        self.close(column, row - 1)
        if merge == "restart":
            self.open[column] = row, width
        elif width > 1:
            self.table.merges.append((row, column, row, column + width - 1))

    def close(self, column: int, row: int) -> None:
        """End what reaches down to a row in a column."""
        top, width = self.open.pop(column, (row, 1))
        if row > top or width > 1:
            self.table.merges.append((top, column, row, column + width - 1))


def _table(element: etree._Element, seen: _Seen) -> Table:
    """Read a table (§17.4.37); rows that were deleted with changes tracked are none."""
    table = Table()
    merging = _Merging(table, {})
    rows = [row for row in _children(element) if local_name(row) == "tr" and not _deleted(row)]
    for row, entry in enumerate(rows[: limits.ROWS], 1):
        met = set(_row(row, entry, merging, seen))
        for column in merging.open.keys() - met:
            merging.close(column, row - 1)
    for column in list(merging.open):
        merging.close(column, min(len(rows), limits.ROWS))
    table.whole &= len(rows) <= limits.ROWS
    return table


def _row(row: int, entry: etree._Element, merging: _Merging, seen: _Seen) -> Iterator[int]:
    """Take the cells of a row (§17.4.78) and yield their columns."""
    column = 1 + _number(entry.find("{*}trPr/{*}gridBefore"), 0)
    for cell in _children(entry):
        if local_name(cell) != "tc" or column > limits.COLUMNS:
            continue
        width = max(_number(cell.find("{*}tcPr/{*}gridSpan"), 1), 1)
        down = cell.find("{*}tcPr/{*}vMerge")
        merging.meet(row, column, width, None if down is None else _said(down) or "continue")
        merging.table.put(row, column, values.typed(_content(cell, seen)), formula=_computed(cell))
        yield column
        column += width


def _deleted(row: etree._Element) -> bool:
    return row.find("{*}trPr/{*}del") is not None


def _said(element: etree._Element) -> str:
    """Return what an element says in its one attribute, val."""
    return _attribute(element, "val")


def _number(element: etree._Element | None, otherwise: int) -> int:
    told = "" if element is None else _said(element)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else otherwise


# ---------------------------------------------------------------- texts


def _content(cell: etree._Element, seen: _Seen) -> str:
    """Return the paragraphs of a cell (§17.4.65); a table within it is left out."""
    children = list(_children(cell))
    seen.nested |= any(local_name(child) == "tbl" for child in children)
    return "\n".join(_text(child) for child in children if local_name(child) == "p").strip()


def _computed(cell: etree._Element) -> bool:
    """Tell whether a field of a cell calculates (§17.16.3), as =SUM(ABOVE) does."""
    fields = [str(told.text or "") for told in cell.iterfind(".//{*}instrText")]
    fields += [_attribute(field, "instr") for field in cell.iterfind(".//{*}fldSimple")]
    return any(field.lstrip().startswith("=") for field in fields)


def _attribute(element: etree._Element, name: str) -> str:
    """Return an attribute in whatever namespace."""
    found = (told for key, told in element.items() if str(key).endswith(name))
    return str(next(found, ""))


def _text(paragraph: etree._Element) -> str:
    """Return what a paragraph shows (§17.3.1.22)."""
    return "".join(_signs(child) for run in _children(paragraph) if _shown(run) for child in run)


def _shown(run: etree._Element) -> bool:
    """Tell whether an element is a run (§17.3.2.25) that is not hidden (§17.3.2.41)."""
    hidden = run.find("{*}rPr/{*}vanish")
    return local_name(run) == "r" and (hidden is None or _said(hidden) in _OFF)


def _signs(child: etree._Element) -> str:
    name = local_name(child)
    return child.text or "" if name == "t" else _SIGNS.get(name, "")
