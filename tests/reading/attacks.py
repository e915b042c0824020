"""Files made to kill their reader; ``python -m tests.reading.attacks FILE…`` reads them, bounded.

Nothing hostile is stored: every file is made when it is needed, from less than a screen of code.
"""

import json
import random
import struct
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.reading import binary_by_hand as binary
from tests.reading import by_hand, open_document
from tests.reading.by_hand import sheet, xlsx
from toolkit.findings import Refused
from toolkit.reading import books, guard

ADDRESS_SPACE = 2**30
"""How much memory the reading process may ask for at all."""

Attack = Callable[[], bytes]
ATTACKS: dict[str, Attack] = {}


def attack(make: Attack) -> Attack:
    """Keep an attack under its name."""
    ATTACKS[make.__name__] = make
    return make


def _page(rows: str, **parts: str) -> bytes:
    return xlsx("", {by_hand.SHEET: sheet(rows, **parts)})


def _row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _number(place: str) -> str:
    return f'<c r="{place}"><v>1</v></c>'


# ---------------------------------------------------------------- xlsx: sparse sheets


@attack
def far_corners() -> bytes:
    return _page(_row(1, _number("A1")) + _row(1_048_576, _number("XFD1048576")))


@attack
def wide_and_2_000_rows() -> bytes:
    return _page(_row(1, _number("A1")) + _row(2_000, _number("XFD2000")))


@attack
def stray_entry_at_the_bottom() -> bytes:
    return _page(_row(1, _number("A1")) + _row(1_048_576, _number("E1048576")))


@attack
def merged_everything() -> bytes:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return _page(_row(1, _number("A1")), after=merged)


@attack
def merges_200_000() -> bytes:
    merged = "".join(f'<mergeCell ref="A{2 * n + 1}:B{2 * n + 2}"/>' for n in range(200_000))
    return _page("", after=f"<mergeCells>{merged}</mergeCells>")


@attack
def rows_to_the_end() -> bytes:
    rows = (_row(n, *(_number(f"{c}{n}") for c in "ABCDE")) for n in range(1, 200_000))
    return _page("".join(rows))


@attack
def rows_up_to_the_limit_of_a_part() -> bytes:
    rows = (_row(n, *(f'<c r="{c}{n}"/>' for c in "ABCDE")) for n in range(1, 80_000))
    return _page("".join(rows))


@attack
def four_parts_up_to_the_limit() -> bytes:
    """As much as a package may hold, all of it to be gone through and nothing of it kept."""
    part = sheet('<row r="1">' + '<c r="A1"/>' * 700_000 + "</row>")
    names = [f"rId{n}" for n in range(1, 5)]
    entries = "".join(f'<sheet name="{name}" r:id="{name}"/>' for name in names)
    related = [(name, "worksheet", f"worksheets/{name}.xml") for name in names]
    parts: dict[str, str | bytes] = {
        by_hand.WORKBOOK: by_hand.workbook(entries),
        by_hand.RELATIONSHIPS: by_hand.relationships(*related),
    }
    return xlsx("", parts | {f"xl/worksheets/{name}.xml": part for name in names})


@attack
def empty_rows_20_million() -> bytes:
    return _page("<row/>" * 20_000_000)


@attack
def styled_blank_rows_a_million() -> bytes:
    return _page("".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(1, 1_000_000)))


@attack
def small_cells_in_the_quick_way() -> bytes:
    """Just below the size up to which a sheet is taken apart by an expression."""
    cells = (_row(n, *(f'<c r="{c}{n}"/>' for c in "ABCDEFGH")) for n in range(1, 8_000))
    return _page("".join(cells)[:1_040_000].rpartition("<row")[0])


@attack
def formulas_without_an_end() -> bytes:
    return _page('<row r="1">' + '<c r="A1"><f>1' * 70_000 + "</row>")


@attack
def attributes_without_an_end() -> bytes:
    return _page('<row r="1"' + ' a="1"' * 100_000 + "<row")


# ---------------------------------------------------------------- xlsx: strings, styles, names


@attack
def strings_declared_without_end() -> bytes:
    strings = by_hand.strings("<t>a</t>").replace("<sst ", '<sst uniqueCount="4294967295" ')
    return xlsx(_row(1, '<c r="A1" t="s"><v>0</v></c>'), {by_hand.STRINGS: strings})


@attack
def one_long_string_in_many_cells() -> bytes:
    rows = "".join(_row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(1, 2_001))
    return xlsx(rows, {by_hand.STRINGS: by_hand.strings(f"<t>{'a' * 2**20}</t>")})


@attack
def one_string_of_200_mb() -> bytes:
    return xlsx("", {by_hand.STRINGS: by_hand.strings(f"<t>{'a' * 200_000_000}</t>")})


@attack
def strings_5_million() -> bytes:
    return xlsx("", {by_hand.STRINGS: by_hand.strings(*[""] * 5_000_000)})


@attack
def strings_up_to_the_limit_of_a_part() -> bytes:
    return xlsx("", {by_hand.STRINGS: by_hand.strings(*["<t/>"] * 500_000)})


@attack
def cell_styles_2_million() -> bytes:
    return xlsx("", {by_hand.STYLES: f"<s><cellXfs>{'<xf/>' * 2_000_000}</cellXfs></s>"})


@attack
def number_formats_without_end() -> bytes:
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="0;{n}"/>' for n in range(150_000))
    used = "".join(f'<xf numFmtId="{n}"/>' for n in range(65_490))
    return xlsx(
        "", {by_hand.STYLES: f"<s><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs></s>"}
    )


@attack
def a_format_code_of_megabytes() -> bytes:
    code = "[" * 1_000_000 + "_" * 1_000_000 + "0,," * 1_000_000
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    return xlsx("", {by_hand.STYLES: f'<s>{styles}<cellXfs><xf numFmtId="200"/></cellXfs></s>'})


@attack
def defined_names_without_end() -> bytes:
    names = "".join(f'<definedName name="n{n}"/>' for n in range(280_000))
    return xlsx(
        "", {by_hand.WORKBOOK: by_hand.workbook("", f"<definedNames>{names}</definedNames>")}
    )


@attack
def a_number_of_20_million_digits() -> bytes:
    return _page(_row(1, f'<c r="A1"><v>{"1" * 20_000_000}</v></c>'))


@attack
def a_number_of_7_million_digits() -> bytes:
    return _page(_row(1, f'<c r="A1"><v>0.{"1" * 7_000_000}</v></c>'))


@attack
def a_place_of_7_million_digits() -> bytes:
    return _page(f'<row r="{"1" * 7_000_000}"/>')


# ---------------------------------------------------------------- xlsx: XML


@attack
def nested_3_million() -> bytes:
    return _page("<row>" * 3_000_000 + "</row>" * 3_000_000)


@attack
def attributes_300_000() -> bytes:
    return _page("<row " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>")


def _with_entities(declared: str, part: str) -> Attack:
    def make() -> bytes:
        content = str(by_hand.parts()[part])
        return xlsx("", {part: f"<!DOCTYPE a [{declared}]>{content.replace('>', '>&z;', 1)}"})

    return make


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(25)
)
QUADRATIC = f'<!ENTITY z "{"a" * 100_000}">'
EXTERNAL = '<!ENTITY z SYSTEM "file:///etc/hostname">'
for _part in (by_hand.SHEET, by_hand.STRINGS, by_hand.WORKBOOK):
    for _name, _declared in {
        "laughs": LAUGHS,
        "quadratic": QUADRATIC,
        "external": EXTERNAL,
    }.items():
        ATTACKS[f"{_name}_in_{_part.rpartition('/')[2]}"] = _with_entities(_declared, _part)


# ---------------------------------------------------------------- packages


@attack
def members_60_000() -> bytes:
    return by_hand.packed((f"xl/{n}.xml", "") for n in range(60_000))


@attack
def sheets_5_000() -> bytes:
    entries = "".join(f'<sheet name="{n}" r:id="rId1"/>' for n in range(5_000))
    return xlsx("", {by_hand.WORKBOOK: by_hand.workbook(entries)})


@attack
def members_twice() -> bytes:
    return by_hand.packed([*by_hand.parts().items()] * 2)


@attack
def a_member_outside() -> bytes:
    return by_hand.packed([*by_hand.parts().items(), ("../../evil.xml", "")])


@attack
def a_sheet_outside() -> bytes:
    related = by_hand.relationships(("rId1", "worksheet", "../../../etc/passwd"))
    return xlsx("", {by_hand.RELATIONSHIPS: related})


@attack
def a_declared_size_too_small() -> bytes:
    data = bytearray(_page(_row(1, *(_number(f"A{n}") for n in range(1, 50_000)))))
    directory = data.rindex(b"PK\x01\x02", 0, data.rindex(by_hand.SHEET.encode()))
    struct.pack_into("<I", data, directory + 24, 100)
    return bytes(data)


@attack
def members_that_overlap() -> bytes:
    """Every entry of the directory names the same compressed bytes."""
    data = bytearray(by_hand.packed((f"xl/{n}.xml", b"\0" * 8_000_000) for n in range(30)))
    first, place = 0, data.index(b"PK\x01\x02")
    while data[place : place + 4] == b"PK\x01\x02":
        struct.pack_into("<I", data, place + 42, first)
        place += 46 + sum(struct.unpack_from("<HHH", data, place + 28))
    return bytes(data)


@attack
def a_zip_with_the_form() -> bytes:
    return by_hand.packed([("统计表.xlsx", xlsx())])


@attack
def cut_in_the_middle() -> bytes:
    data = _page(_row(1, _number("A1")))
    return data[: len(data) // 2]


@attack
def a_sheet_cut_in_the_middle() -> bytes:
    return xlsx("", {by_hand.SHEET: sheet(_row(1, _number("A1")))[:-40]})


@attack
def nothing() -> bytes:
    return b""


@attack
def noise() -> bytes:
    return random.Random(0).randbytes(guard.FILE_BYTES)


@attack
def zeros() -> bytes:
    return bytes(guard.FILE_BYTES)


# ---------------------------------------------------------------- OpenDocument


def _repeated(name: str, count: int) -> str:
    return f'table:number-{name}-repeated="{count}"'


@attack
def repeated_cells_90_million() -> bytes:
    cell = open_document.number("1", attributes=_repeated("columns", 9_000))
    row = open_document.row(cell, attributes=_repeated("rows", 10_000))
    return open_document.ods(open_document.table(row))


@attack
def repeated_rows_in_50_sheets() -> bytes:
    cell = open_document.number("1", attributes=_repeated("columns", 2))
    row = open_document.row(cell, attributes=_repeated("rows", 999_999_999))
    return open_document.ods(open_document.table(row) * 50)


@attack
def repeated_spans() -> bytes:
    spans = 'table:number-rows-spanned="999999999" table:number-columns-spanned="2"'
    cell = open_document.cell(attributes=f"{spans} {_repeated('columns', 999_999_999)}")
    row = open_document.row(cell, attributes=_repeated("rows", 999_999_999))
    return open_document.ods(open_document.table(row))


@attack
def spaces_without_end() -> bytes:
    text = "<text:s text:c='99999999'/>" * 100_000
    return open_document.ods(
        open_document.table(
            open_document.row(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>")
        )
    )


@attack
def groups_within_groups() -> bytes:
    inner = open_document.row(open_document.number("1"))
    for _ in range(200):
        inner = f"<table:table-row-group>{inner}</table:table-row-group>"
    return open_document.ods(open_document.table(inner))


@attack
def styles_in_a_circle() -> bytes:
    styles = "".join(
        f'<style:style style:family="table-cell" style:name="s{n}" '
        f'style:parent-style-name="s{(n + 1) % 90_000}"/>'
        for n in range(90_000)
    )
    return open_document.ods(open_document.table(""), styles)


@attack
def empty_cells_up_to_the_limit_of_a_part() -> bytes:
    return open_document.ods(
        open_document.table(open_document.row("<table:table-cell/>" * 440_000))
    )


@attack
def a_flat_file_up_to_the_limit() -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = open_document.row(cell * 300) * 420
    return open_document.flat(open_document.table(rows))


# ---------------------------------------------------------------- binary workbooks


@attack
def xls_in_a_circle() -> bytes:
    data = bytearray(binary.xls([(0x203, bytes(14))]))
    table = 512 * (struct.unpack_from("<I", data, 76)[0] + 1)
    for sector in range(8):
        struct.pack_into("<I", data, table + 4 * sector, (sector + 1) % 8)
    return bytes(data)


@attack
def xls_tables_that_list_themselves() -> bytes:
    header = bytearray(binary.xls()[:512])
    struct.pack_into("<I", header, 68, 0)
    return bytes(header) + bytes(guard.FILE_BYTES - 512)


@attack
def xls_blank_cells_without_end() -> bytes:
    return binary.xls([(0x201, bytes(6))] * 1_000_000)


@attack
def xls_empty_records_without_end() -> bytes:
    stream = binary.workbook_stream({"a": []})
    return binary.compound({"Workbook": stream[:-4] + bytes(10_000_000)})


@attack
def xls_continued_without_end() -> bytes:
    return binary.xls(known=[(0xFC, bytes(8)), *[(0x3C, b"")] * 2_000_000])


@attack
def xls_strings_without_end() -> bytes:
    return binary.xls(known=[(0xFC, bytes(8)), *[(0x3C, bytes(8_000))] * 1_000])


@attack
def xls_one_string_in_many_cells() -> bytes:
    text = "a" * 60_000
    known = [(0xFC, struct.pack("<IIHB", 1, 1, len(text), 0) + text.encode())]
    return binary.xls([(0xFD, struct.pack("<HHHI", n, 0, 0, 0)) for n in range(2_000)], known)


@attack
def xls_many_numbers_in_a_record() -> bytes:
    return binary.xls([(0xBD, struct.pack("<HH", n, 0) + bytes(65_000)) for n in range(150)])


@attack
def xls_sheets_without_end() -> bytes:
    return binary.compound(
        {"Workbook": binary.workbook_stream({str(n): [] for n in range(30_000)})}
    )


@attack
def xls_sheets_at_one_place() -> bytes:
    """Fifty sheets that are the same million records."""
    records = [(0x201, bytes(6))] * 900_000
    stream = bytearray(
        binary.workbook_stream({str(n): records if n == 0 else [] for n in range(50)})
    )
    place = stream.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x10))
    entry = stream.index(b"\x85\0")
    while stream[entry : entry + 2] == b"\x85\0":
        struct.pack_into("<I", stream, entry + 4, place)
        entry += 4 + struct.unpack_from("<H", stream, entry + 2)[0]
    return binary.compound({"Workbook": bytes(stream)})


@attack
def xls_formats_without_end() -> bytes:
    formats = [(0x41E, struct.pack("<H", n) + binary.narrow('"a"0' * 20)) for n in range(65_000)]
    used = [(0xE0, struct.pack("<HH", 0, n)) for n in range(65_000)]
    return binary.xls(known=[*formats, *used])


@attack
def xls_properties_that_share_a_text() -> bytes:
    entries = b"".join(struct.pack("<II", n, 9_000) for n in range(2, 1_100))
    section = struct.pack("<II", 0, 1_098) + entries
    stream = struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + bytes(16) + struct.pack("<I", 48) + section
    stream = stream.ljust(9_048, b"\0") + struct.pack("<II", 0x1E, 8_000_000) + b"a" * 8_000_000
    workbook = binary.workbook_stream({"a": []})
    return binary.compound({"Workbook": workbook, "\5SummaryInformation": stream})


@attack
def xlsb_records_without_end() -> bytes:
    part = b"\1\0" * 4_000_000
    names = {f"xl/worksheets/sheet{n}.bin": part for n in range(1, 5)}
    return binary.xlsb(states=[0] * 4, changed=names)


@attack
def xlsb_strings_without_end() -> bytes:
    item = binary.binary([(19, bytes(5))])
    return binary.xlsb(changed={"xl/sharedStrings.bin": item * 1_000_000})


# ---------------------------------------------------------------- documents, pages, texts


def _word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return by_hand.packed([("word/document.xml", document)])


@attack
def word_cells_without_end() -> bytes:
    return _word("<w:tbl>" + f"<w:tr>{'<w:tc/>' * 500}</w:tr>" * 1_500 + "</w:tbl>")


@attack
def word_texts_without_end() -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return _word("<w:tbl>" + f"<w:tr>{cell * 63}</w:tr>" * 1_990 + "</w:tbl>")


@attack
def word_wide_and_merged_downwards() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return _word("<w:tbl>" + f"<w:tr>{cell * 10}</w:tr>" * 2_000 + "</w:tbl>")


@attack
def word_tables_without_end() -> bytes:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return _word(table * 90_000)


@attack
def word_tables_in_tables() -> bytes:
    inner = "<w:p><w:r><w:t>1</w:t></w:r></w:p>"
    for _ in range(80):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return _word(inner)


@attack
def a_page_of_open_tags() -> bytes:
    return b"<html>" + b"<b><table>" * 199_000


@attack
def a_page_of_tables_in_tables() -> bytes:
    return b"<html>" + b"<table><tr><td>1" * 130_000


@attack
def a_page_of_spans() -> bytes:
    cell = b"<td rowspan=65534 colspan=65534>1"
    return b"<html><table>" + (b"<tr>" + cell * 60) * 1_600


@attack
def a_page_of_narrow_spans() -> bytes:
    return b"<html><table>" + (b"<tr>" + b"<td rowspan=2000>1" * 100) * 1_900


@attack
def a_page_of_one_text() -> bytes:
    return b"<html><table><tr><td>" + b"a" * 8_000_000


@attack
def a_page_of_entities() -> bytes:
    return b"<html><table><tr><td>" + b"&#x4E2D;" * 1_000_000


@attack
def a_page_of_attributes() -> bytes:
    names = b" ".join(b"a%d=1" % n for n in range(390_000))
    return b"<html><table><tr><td " + names + b">1</table>"


@attack
def commas_without_end() -> bytes:
    return b"1,2\n" + b"," * 8_000_000


@attack
def lines_of_commas_without_end() -> bytes:
    return b",,,,,,,\n" * 1_000_000


@attack
def quotes_without_end() -> bytes:
    return b"a,b\nc,d\n" + b'"",' * 2_700_000


@attack
def a_quote_without_end() -> bytes:
    return b'a,b\nc,d\ne,"' + b"x\n" * 4_000_000


@attack
def lines_without_end() -> bytes:
    return b"\n" * 8_000_000


@attack
def tabs_between_prose() -> bytes:
    return b"a\tb\nx\nx\n" * 60_000


@attack
def tables_of_a_text_without_end() -> bytes:
    return b"".join(b"a%d\tb\n\nx\n\n" % n for n in range(40_000))


@attack
def bars_without_end() -> bytes:
    return b"a\n" + b"|" * 8_000_000 + b"\n" + b"b |\n" * 40


@attack
def one_cell_a_line_without_end() -> bytes:
    return b"x |\n" * 190_000


@attack
def an_xml_workbook_of_rows() -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "<Row><Cell/></Row>" * 400_000
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}"><Worksheet><Table>{rows}</Table>'
        "</Worksheet></Workbook>"
    ).encode()


# ---------------------------------------------------------------- reading them, bounded


def read(paths: list[Path]) -> Iterator[dict[str, object]]:
    """Read files, and yield of each what came out and the most memory taken so far, in MB."""
    import resource  # noqa: PLC0415  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in paths:
        data = path.read_bytes()
        start = time.perf_counter()
        try:
            books.read(data)
            code = ""
        except Refused as refused:
            code = refused.finding.code
        seconds = time.perf_counter() - start
        peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        yield {"name": path.name, "code": code, "peak": peak, "seconds": round(seconds, 3)}


if __name__ == "__main__":
    for found in read([Path(name) for name in sys.argv[1:]]):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
