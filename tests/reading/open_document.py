"""OpenDocument spreadsheets written by hand, so that anything can be wrong with them."""

from collections.abc import Mapping

from tests.reading import by_hand

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "meta": "meta",
        "draw": "drawing",
    }.items()
)
SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def table(rows: str, attributes: str = 'table:name="统计表"') -> str:
    """Return a sheet."""
    return f"<table:table {attributes}>{rows}</table:table>"


def row(*cells: str, attributes: str = "") -> str:
    """Return a row."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(kind: str = "", shown: str = "", attributes: str = "") -> str:
    """Return a cell of a type with its text."""
    stated = f'office:value-type="{kind}"' if kind else ""
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f"<table:table-cell {stated} {attributes}>{text}</table:table-cell>"


def number(value: str, shown: str = "", attributes: str = "") -> str:
    """Return a cell with a number."""
    return cell("float", shown or value, f'office:value="{value}" {attributes}')


def body(tables: str, styles: str = "") -> str:
    """Return what stands within the root of a content part."""
    return (
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    )


def flat(tables: str, styles: str = "") -> bytes:
    """Return a spreadsheet in one XML file."""
    content = f"<office:document {SPACES}>{body(tables, styles)}</office:document>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode()


def ods(
    tables: str = "", styles: str = "", changed: Mapping[str, str | bytes] | None = None
) -> bytes:
    """Return a package, some of its parts changed or added."""
    content = f"<office:document-content {SPACES}>{body(tables, styles)}</office:document-content>"
    parts: dict[str, str | bytes] = {"mimetype": TYPE, "content.xml": content}
    return by_hand.packed((parts | dict(changed or {})).items())
