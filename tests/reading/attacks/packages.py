"""Hostile strings, styles and packages of .xlsx."""

import random
import struct

from tests.reading import by_hand
from tests.reading.attacks.kept import attack
from tests.reading.attacks.spelt import number, page, row
from tests.reading.by_hand import sheet, xlsx
from toolkit.reading.room import RETURN


@attack
def strings_declared_without_end() -> bytes:
    strings = by_hand.strings("<t>a</t>").replace("<sst ", '<sst uniqueCount="4294967295" ')
    return xlsx(row(1, '<c r="A1" t="s"><v>0</v></c>'), {by_hand.STRINGS: strings})


@attack
def one_long_string_in_many_cells() -> bytes:
    rows = "".join(row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(1, 2_001))
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
    return page(row(1, f'<c r="A1"><v>{"1" * 20_000_000}</v></c>'))


@attack
def a_number_of_7_million_digits() -> bytes:
    return page(row(1, f'<c r="A1"><v>0.{"1" * 7_000_000}</v></c>'))


@attack
def a_place_of_7_million_digits() -> bytes:
    return page(f'<row r="{"1" * 7_000_000}"/>')


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
    data = bytearray(page(row(1, *(number(f"A{n}") for n in range(1, 50_000)))))
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
    data = page(row(1, number("A1")))
    return data[: len(data) // 2]


@attack
def a_sheet_cut_in_the_middle() -> bytes:
    return xlsx("", {by_hand.SHEET: sheet(row(1, number("A1")))[:-40]})


@attack
def nothing() -> bytes:
    return b""


@attack
def noise() -> bytes:
    return random.Random(0).randbytes(RETURN.file_bytes)


@attack
def zeros() -> bytes:
    return bytes(RETURN.file_bytes)
