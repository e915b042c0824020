"""Returns of every edition in every format that is read: what mutants are made of."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path

from tests.fuzz import binary_formats, formats
from tests.fuzz.formats import Parts
from tests.reading import by_hand
from toolkit import definition, intake, merge, record, resources
from toolkit.folder import Place
from toolkit.form import Form
from toolkit.reading import books
from toolkit.reading.grid import Book
from toolkit.submissions import Submission
from toolkit.writing import marked, summary


class Shape(Enum):
    """What a file is made of."""

    PACKAGE = auto()
    COMPOUND = auto()
    TAGS = auto()
    LINES = auto()
    JSON = auto()


@dataclass(frozen=True)
class Original:
    """A sound file."""

    name: str
    """Edition and format, which is also how the file is called."""
    shape: Shape
    content: Parts | bytes
    """Parts or streams by name; of a file that has none, its bytes."""

    @property
    def parts(self) -> Parts:
        """Return the parts of a file that has any."""
        assert isinstance(self.content, dict)
        return self.content

    @property
    def data(self) -> bytes:
        """Return the bytes of a file without parts."""
        assert isinstance(self.content, bytes)
        return self.content


@dataclass(frozen=True)
class _Kind:
    """A format, or a way to write it."""

    weight: int
    """How often mutants are made of it."""
    suffix: str
    shape: Shape
    make: Callable[[Path], Parts | bytes]
    """Of the path of a filled template."""


def _book(make: Callable[[Book], Parts | bytes]) -> Callable[[Path], Parts | bytes]:
    return lambda path: make(_read(path))


@cache
def _read(path: Path) -> Book:
    return books.read(path.read_bytes())


# ---------------------------------------------------------------- workbooks of ours


def _xlsx(path: Path) -> Parts:
    return by_hand.unpacked(path.read_bytes())


def _xlsm(path: Path) -> Parts:
    return _xlsx(path) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(60)}


_OOXML = b"http://purl.oclc.org/ooxml/"
_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": _OOXML + b"spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": _OOXML + b"officeDocument/",
    b"relationships/extended-properties": b"relationships/extendedProperties",
    b"relationships/custom-properties": b"relationships/customProperties",
}
_NAMESPACE = re.compile(b"|".join(map(re.escape, _STRICT)))


def _strict(path: Path) -> Parts:
    found: Parts = {}
    for name, data in _xlsx(path).items():
        found[name] = _NAMESPACE.sub(lambda match: _STRICT[match[0]], data)
    return found


def _inline(path: Path) -> Parts:
    """Return a workbook whose texts stand in their cells, each cell on a line of its own."""
    parts = _xlsx(path)
    items = re.findall(r"<si>(.*?)</si>", parts["xl/sharedStrings.xml"].decode(), re.DOTALL)

    def spelt(match: re.Match[str]) -> str:
        return f'\n<c {match[1]}t="inlineStr"><is>{items[int(match[2])]}</is></c>'

    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            content = re.sub(r'<c ([^>]*)t="s"><v>(\d+)</v></c>', spelt, data.decode())
            parts[name] = content.encode()
    return {name: data for name, data in parts.items() if name != "xl/sharedStrings.xml"}


def _marked(path: Path) -> Parts:
    """Return a return that was sent back and saved by somebody since."""
    parts = by_hand.unpacked(marked.workbook(_taken_in(path)))
    core = "docProps/core.xml"
    return parts | {core: parts[core].replace(b"2000-01-01", b"2024-01-01")}


def _summary(path: Path) -> Parts:
    sent = _taken_in(path)
    assert sent.record is not None
    merged = merge.merge(_form(sent), sent.record.year or 0, [sent])
    return by_hand.unpacked(summary.workbook(merged))


def _json(path: Path) -> bytes:
    sent = _taken_in(path)
    assert sent.record is not None
    return record.dump(sent.record).encode()


def _taken_in(path: Path) -> Submission:
    (sent,) = intake.read([Place(path, path.name)])
    assert isinstance(sent, Submission)
    return sent


def _fullness(path: Path) -> tuple[int, int]:
    """Return how many figures there are in a sample, and how much is wrong with them."""
    sent = _taken_in(path)
    assert sent.record is not None
    figures = sent.record.values.values()
    return sum(figure is not None for figure in figures), len(sent.findings)


def _form(sent: Submission) -> Form:
    assert sent.record is not None
    return definition.load(sent.record.form)


# ---------------------------------------------------------------- all of them

_KINDS: Mapping[str, _Kind] = {
    "xlsx": _Kind(14, ".xlsx", Shape.PACKAGE, _xlsx),
    "inline": _Kind(8, ".xlsx", Shape.PACKAGE, _inline),
    "strict": _Kind(4, ".xlsx", Shape.PACKAGE, _strict),
    "xlsm": _Kind(2, ".xlsm", Shape.PACKAGE, _xlsm),
    "marked": _Kind(3, ".xlsx", Shape.PACKAGE, _marked),
    "summary": _Kind(2, ".xlsx", Shape.PACKAGE, _summary),
    "xlsb": _Kind(9, ".xlsb", Shape.PACKAGE, _book(binary_formats.xlsb)),
    "ods": _Kind(10, ".ods", Shape.PACKAGE, _book(formats.ods)),
    "docx": _Kind(8, ".docx", Shape.PACKAGE, _book(formats.docx)),
    "xls": _Kind(12, ".xls", Shape.COMPOUND, _book(binary_formats.xls)),
    "fods": _Kind(4, ".fods", Shape.TAGS, _book(formats.fods)),
    "xml2003": _Kind(4, ".xml", Shape.TAGS, _book(formats.xml_2003)),
    "html": _Kind(7, ".html", Shape.TAGS, _book(formats.html)),
    "csv": _Kind(3, ".csv", Shape.LINES, _book(formats.csv)),
    "tabs": _Kind(3, ".txt", Shape.LINES, _book(formats.tabs)),
    "bars": _Kind(2, ".txt", Shape.LINES, _book(formats.bars)),
    "json": _Kind(4, ".json", Shape.JSON, _json),
}
KINDS = tuple(_KINDS)
WEIGHTS = tuple(kind.weight for kind in _KINDS.values())


@cache
def original(edition: str, kind: str) -> Original:
    """Return the return of an edition in a format.

    Args:
        edition: one of those defined.
        kind: one of ``KINDS``.
    """
    made = _KINDS[kind]
    path = max(sorted(resources.data("samples", edition, "returns").glob("*.xlsx")), key=_fullness)
    return Original(f"{edition}-{kind}{made.suffix}", made.shape, made.make(path))
