"""The same workbook as .xls and .xlsb; see formats.py."""

import struct
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from tests.fuzz.formats import Parts
from tests.reading import binary_by_hand as binary
from tests.reading import by_hand
from toolkit.reading.grid import Book, Kind, Sheet, State, Style


def xls(book: Book) -> Parts:
    """Return the streams of an .xls."""
    texts = sorted({cell.raw for sheet in book.sheets for cell in sheet.cells.values()})
    places = {content: place for place, content in enumerate(texts)}
    known = [
        (0x41E, struct.pack("<H", 164) + binary.wide("yyyy-mm-dd")),
        *((0xE0, struct.pack("<HH", 0, number)) for number in (0, 164, 9)),
        *_continued(binary.strings(*map(binary.wide, texts))),
    ]
    sheets = {sheet.name[:31]: [*_xls_records(sheet, places)] for sheet in book.sheets}
    return {
        "Workbook": binary.workbook_stream(sheets, known),
        "\5DocumentSummaryInformation": _property_set(book.properties),
    }


def _continued(record: tuple[int, bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield a record in pieces as long as may be; those of a string say anew how wide it is."""
    kind, data = record
    yield kind, data[:8_000]
    for place in range(8_000, len(data), 8_000):
        yield 0x3C, b"\1" + data[place : place + 8_000]


def _xls_records(sheet: Sheet, texts: Mapping[str, int]) -> Iterator[tuple[int, bytes]]:
    yield 0x12, struct.pack("<H", 1)
    for column in sorted(sheet.hidden_columns):
        yield 0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 9, 0, 1, 0)
    for cell in sheet.cells.values():
        at = struct.pack(
            "<HHH", cell.row - 1, cell.column - 1, 1 if cell.style is Style.DATE else 0
        )
        if cell.formula:
            yield 0x06, at + b"\0\0\0\0\0\0\xff\xff" + bytes(8)
            yield 0x207, binary.wide(cell.raw)
        elif cell.kind is Kind.NUMBER:
            yield 0x203, at + struct.pack("<d", float(cell.raw))
        else:
            yield 0xFD, at + struct.pack("<I", texts[cell.raw])
    for top, left, end, last in sheet.merges:
        yield 0xE5, struct.pack("<HHHHH", 1, top - 1, end - 1, left - 1, last - 1)


def _property_set(properties: Mapping[str, str]) -> bytes:
    """Return user-defined properties ([MS-OLEPS] §2.21), every one of them a text in UTF-8."""
    dictionary = struct.pack("<I", len(properties))
    entries = [(1, struct.pack("<IHxx", 2, 65001))]
    for number, (name, value) in enumerate(properties.items(), 2):
        spelt = name.encode() + b"\0"
        dictionary += struct.pack("<II", number, len(spelt)) + spelt
        told = value.encode() + b"\0"
        entries.append((number, struct.pack("<II", 0x1E, len(told)) + told))
    entries.insert(0, (0, dictionary))
    table, content = b"", b""
    for number, entry in entries:
        table += struct.pack("<II", number, 8 + 8 * len(entries) + len(content))
        content += entry.ljust((len(entry) + 3) // 4 * 4, b"\0")
    kind = bytes.fromhex("05D5CDD59C2E1B10939708002B2CF9AE")
    head = struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + kind + struct.pack("<I", 48)
    return head + struct.pack("<II", 8 + len(table) + len(content), len(entries)) + table + content


def xlsb(book: Book) -> Parts:
    """Return the parts of an .xlsb."""
    texts = sorted({cell.raw for sheet in book.sheets for cell in sheet.cells.values()})
    places = {content: place for place, content in enumerate(texts)}
    pages = {
        f"xl/worksheets/sheet{number}.bin": binary.binary(_xlsb_records(sheet, places))
        for number, sheet in enumerate(book.sheets, 1)
    }
    told = "".join(
        f'<property name="{escape(name)}"><lpwstr>{escape(value)}</lpwstr></property>'
        for name, value in book.properties.items()
    )
    parts: dict[str, str | bytes] = {
        **pages,
        "docProps/custom.xml": f"<Properties>{told}</Properties>",
        "_rels/.rels": by_hand.relationships(
            ("rId1", "officeDocument", "xl/workbook.bin"),
            ("rId2", "custom-properties", "docProps/custom.xml"),
        ),
    }
    states = [int(sheet.state is not State.VISIBLE) for sheet in book.sheets]
    return by_hand.unpacked(binary.xlsb(items=texts, formats=(0, 14), states=states, changed=parts))


def _xlsb_records(sheet: Sheet, texts: Mapping[str, int]) -> Iterator[tuple[int, bytes]]:
    yield 129, b""
    for column in sorted(sheet.hidden_columns):
        yield 60, struct.pack("<IIIIH", column - 1, column - 1, 9, 0, 1)
    yield 145, b""
    for row, cells in groupby(sheet.cells.values(), key=lambda cell: cell.row):
        yield binary.row(row - 1)
        for cell in cells:
            if cell.formula:
                yield binary.cell(8, cell.column - 1, binary.text(cell.raw))
            elif cell.kind is Kind.NUMBER:
                number = struct.pack("<d", float(cell.raw))
                yield binary.cell(5, cell.column - 1, number, int(cell.style is Style.DATE))
            else:
                yield binary.cell(7, cell.column - 1, struct.pack("<I", texts[cell.raw]))
    yield 146, b""
    yield 535, bytes(20)
    for top, left, end, last in sheet.merges:
        yield 176, struct.pack("<IIII", top - 1, end - 1, left - 1, last - 1)
    yield 130, b""
