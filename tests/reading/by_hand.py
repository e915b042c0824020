"""Workbooks written by hand, so that anything can be wrong with them."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def packed(members: Iterable[tuple[str, str | bytes]], *, compressed: bool = True) -> bytes:
    """Zip members as given; the same name may come twice, and mimetype is never compressed."""
    target = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of duplicate names
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relationships(*entries: tuple[str, str, str]) -> str:
    """Return a relationships part; entries are id, last word of the type, target."""
    lines = (
        f'<Relationship Id="{identifier}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for identifier, kind, target in entries
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def sheet(rows: str = "", before: str = "", after: str = "") -> str:
    """Return a worksheet part."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    """Return a shared strings part."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def workbook(sheets: str = "", after: str = "") -> str:
    """Return a workbook part with one sheet unless told otherwise."""
    sheets = sheets or '<sheet name="统计表" sheetId="1" r:id="rId1"/>'
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{sheets}</sheets>{after}</workbook>'
    )


def parts(rows: str = "") -> dict[str, str | bytes]:
    """Return the parts of a sound workbook with one sheet."""
    return {
        "_rels/.rels": relationships(("rId1", "officeDocument", WORKBOOK)),
        WORKBOOK: workbook(),
        RELATIONSHIPS: relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        SHEET: sheet(rows),
        STRINGS: strings("<t>甲</t>", "<t>乙</t>"),
    }


def xlsx(rows: str = "", changed: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a workbook with one sheet of these rows, some of its parts changed or added."""
    return packed((parts(rows) | dict(changed or {})).items())
