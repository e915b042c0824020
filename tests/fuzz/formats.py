"""One workbook in every format that is read, written by hand: its bytes are always the same.

What office programs save is tested elsewhere; it differs from run to run, and a mutant must not.
What is written here is what the readers look at, so that few mutations fall beside it. The binary
formats are in binary_formats.py.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from tests.reading import by_hand, open_document
from toolkit.reading.grid import Book, Cell, Kind, Sheet, State, Style

Parts = dict[str, bytes]
"""The parts of a package, or the streams of a compound file, by name."""


class _Place(NamedTuple):
    """A place in a row."""

    column: int
    cell: Cell | None
    down: int = 1
    """Over how many rows it reaches."""
    across: int = 1
    covered: int = 0
    """How many columns wide the cell above is that reaches down here; 0 where none does."""


def _rows(sheet: Sheet) -> Iterator[list[_Place]]:
    """Yield every row of a sheet, its places from the first column to the last one."""
    height = max((row for row, _ in sheet.cells), default=0)
    width = max((column for _, column in sheet.cells), default=0)
    spans = {(top, left): (end - top + 1, last - left + 1) for top, left, end, last in sheet.merges}
    above = {
        (row, left): last - left + 1
        for top, left, end, last in sheet.merges
        for row in range(top + 1, end + 1)
    }
    for row in range(1, height + 1):
        places: list[_Place] = []
        column = 1
        while column <= width:
            down, across = spans.get((row, column), (1, 1))
            covered = above.get((row, column), 0)
            places.append(_Place(column, sheet.cells.get((row, column)), down, across, covered))
            column += max(across, covered)
        yield places


def _raw(cell: Cell | None) -> str:
    return cell.raw if cell else ""


# ---------------------------------------------------------------- OpenDocument


def ods(book: Book) -> Parts:
    """Return the parts of an .ods."""
    tables, styles = _open_document(book)
    content = f"{open_document.SPACES}>{open_document.body(tables, styles)}"
    return {
        "mimetype": open_document.TYPE.encode(),
        "content.xml": _xml(f"<office:document-content {content}</office:document-content>"),
        "meta.xml": _xml(
            f"<office:document-meta {open_document.SPACES}>{_meta(book)}</office:document-meta>"
        ),
        "styles.xml": _xml(
            f"<office:document-styles {open_document.SPACES}><office:styles/>"
            "</office:document-styles>"
        ),
    }


def fods(book: Book) -> bytes:
    """Return a .fods."""
    tables, styles = _open_document(book)
    content = f"{_meta(book)}{open_document.body(tables, styles)}"
    return _xml(f"<office:document {open_document.SPACES}>{content}</office:document>")


def _open_document(book: Book) -> tuple[str, str]:
    styles = (
        '<number:percentage-style style:name="N1"><number:number/></number:percentage-style>'
        '<number:date-style style:name="N2"/>'
        '<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="date" style:family="table-cell" style:data-style-name="N2"/>'
        '<style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    return "".join(map(_open_table, book.sheets)), styles


def _open_table(sheet: Sheet) -> str:
    columns = "".join(
        f'<table:table-column table:visibility="{"collapse" if hidden else "visible"}" '
        'table:number-columns-repeated="1"/>'
        for hidden in (column in sheet.hidden_columns for column in range(1, 30))
    )
    rows = "".join(open_document.row(*map(_open_cell, places)) for places in _rows(sheet))
    shown = "" if sheet.state is State.VISIBLE else 'table:style-name="hidden"'
    attributes = f'table:name="{escape(sheet.name)}" table:protected="true" {shown}'
    return open_document.table(columns + rows, attributes)


def _open_cell(place: _Place) -> str:
    cell, raw = place.cell, escape(_raw(place.cell))
    attributes = ""
    if place.down * place.across > 1:
        attributes = (
            f'table:number-rows-spanned="{place.down}" '
            f'table:number-columns-spanned="{place.across}" '
        )
    if place.covered or cell is None:
        repeated = f'table:number-columns-repeated="{place.covered or 1}"'
        name = "covered-table-cell" if place.covered else "table-cell"
        return f"<table:{name} {repeated} {attributes}/>"
    if cell.formula:
        attributes += 'table:formula="of:=SUM([.D1:.D2])" '
    if cell.style in (Style.PERCENT, Style.DATE):
        attributes += f'table:style-name="{cell.style}" '
    if cell.kind is Kind.NUMBER:
        written = open_document.number(raw, attributes=attributes)
    else:
        written = open_document.cell("string", raw, attributes)
    return written + "<table:covered-table-cell/>" * (place.across - 1)


def _meta(book: Book) -> str:
    told = "".join(
        f'<meta:user-defined meta:name="{escape(name)}">{escape(value)}</meta:user-defined>'
        for name, value in book.properties.items()
    )
    return f"<office:meta><dc:date>{book.modified}</dc:date>{told}</office:meta>"


def _xml(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode()


# ---------------------------------------------------------------- XML of Excel 2003


def xml_2003(book: Book) -> bytes:
    """Return an XML Spreadsheet."""
    told = "".join(
        f'<o:{name} dt="string">{escape(value)}</o:{name}>'
        for name, value in book.properties.items()
    )
    space = "urn:schemas-microsoft-com:office:"
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}spreadsheet" xmlns:ss="{space}spreadsheet" '
        f'xmlns:o="{space}office" xmlns:x="{space}excel">'
        f"<o:CustomDocumentProperties>{told}</o:CustomDocumentProperties>"
        '<Styles><Style ss:ID="a"/><Style ss:ID="d" ss:Parent="a">'
        '<NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>'
        '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>'
        '<Names><NamedRange ss:Name="a" ss:RefersTo="=Sheet!R1C1"/></Names>'
        f"{''.join(map(_xml_table, book.sheets))}</Workbook>"
    ).encode()


def _xml_table(sheet: Sheet) -> str:
    columns = "".join(f'<Column ss:Index="{n}" ss:Hidden="1"/>' for n in sheet.hidden_columns)
    rows = "".join(
        f'<Row ss:Index="{row}">{"".join(map(_xml_cell, places))}</Row>'
        for row, places in enumerate(_rows(sheet), 1)
    )
    hidden = "" if sheet.state is State.VISIBLE else "<x:Visible>SheetHidden</x:Visible>"
    return (
        f'<Worksheet ss:Name="{escape(sheet.name)}" ss:Protected="1"><Table>{columns}{rows}</Table>'
        f"<x:WorksheetOptions>{hidden}</x:WorksheetOptions></Worksheet>"
    )


def _xml_cell(place: _Place) -> str:
    cell = place.cell
    if place.covered or cell is None:
        return ""
    attributes = (
        f'ss:Index="{place.column}" ss:StyleID="{"d" if cell.style is Style.DATE else "a"}"'
    )
    if place.down * place.across > 1:
        across, down = place.across - 1, place.down - 1
        attributes += f' ss:MergeAcross="{across}" ss:MergeDown="{down}"'
    if cell.formula:
        attributes += ' ss:Formula="=SUM(R[1]C)"'
    kind = "Number" if cell.kind is Kind.NUMBER else "String"
    return f'<Cell {attributes}><Data ss:Type="{kind}">{escape(cell.raw)}</Data></Cell>'


# ---------------------------------------------------------------- pages and documents


def html(book: Book) -> bytes:
    """Return a page, as an office program saves it."""
    stated = "".join(
        f'<meta name="{escape(name)}" content="{escape(value)}"/>'
        for name, value in book.properties.items()
    )
    tables = "".join(map(_page_table, book.sheets))
    return (
        '<!DOCTYPE html><html><head><meta http-equiv="content-type" '
        f'content="text/html; charset=utf-8"/>{stated}<title>表</title></head>'
        f"<body>{tables}</body></html>"
    ).encode()


def _page_table(sheet: Sheet) -> str:
    rows = "".join(f"<tr>{''.join(map(_page_cell, places))}</tr>\n" for places in _rows(sheet))
    name = escape(sheet.name)
    return f'<a name="table0"><h1><em>{name}</em></h1></a>\n<table border="0">{rows}</table>\n'


def _page_cell(place: _Place) -> str:
    if place.covered:
        return ""
    raw = escape(_raw(place.cell))
    attributes = f'rowspan="{place.down}" colspan="{place.across}"'
    if place.cell and place.cell.kind is Kind.NUMBER:
        attributes += f' sdval="{raw}" sdnum="2052;"'
    return f"<td {attributes}><font face='宋体'>{raw}<br></font></td>"


def docx(book: Book) -> Parts:
    """Return the parts of a Word document."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(map(_word_table, book.sheets))
    part = "word/document.xml"
    return {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types/>',
        "_rels/.rels": by_hand.relationships(("rId1", "officeDocument", part)).encode(),
        part: _xml(f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'),
    }


def _word_table(sheet: Sheet) -> str:
    rows = "".join(f"<w:tr>{''.join(map(_word_cell, places))}</w:tr>" for places in _rows(sheet))
    return f"<w:p><w:r><w:t>{escape(sheet.name)}</w:t></w:r></w:p><w:tbl>{rows}</w:tbl>"


def _word_cell(place: _Place) -> str:
    width = max(place.across, place.covered)
    down = '<w:vMerge w:val="restart"/>' if place.down > 1 else ""
    properties = f'<w:gridSpan w:val="{width}"/>{"<w:vMerge/>" if place.covered else down}'
    run = f"<w:p><w:r><w:rPr/><w:t>{escape(_raw(place.cell))}</w:t></w:r></w:p>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{run}</w:tc>"


# ---------------------------------------------------------------- texts


def csv(book: Book) -> bytes:
    """Return all sheets one below the other, cells in quotes and apart by commas."""
    return _text([[f'"{one}"' for one in line] for line in _lines(book)], ",")


def tabs(book: Book) -> bytes:
    """Return all sheets, cells apart by tabs, as they are copied out of a page."""
    return _text([*_lines(book)], "\t")


def bars(book: Book) -> bytes:
    """Return all sheets, cells between bars."""
    return _text([["", *line, ""] for line in _lines(book)], "|")


def _lines(book: Book) -> Iterator[list[str]]:
    for sheet in book.sheets:
        for places in _rows(sheet):
            line: list[str] = []
            for place in places:
                line += [""] * (place.column - 1 - len(line))
                line.append(_raw(place.cell).replace("\n", " "))
            yield line


def _text(lines: Sequence[Sequence[str]], separator: str) -> bytes:
    return "\r\n".join(map(separator.join, lines)).encode()
