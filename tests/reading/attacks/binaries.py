"""Hostile .xls and .xlsb."""

import struct

from tests.reading import binary_by_hand as binary
from tests.reading.attacks.kept import attack
from toolkit.reading.room import RETURN


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
    return bytes(header) + bytes(RETURN.file_bytes - 512)


@attack
def xls_blank_cells_without_end() -> bytes:
    return binary.xls([(0x201, b"")] * 1_500_000)


@attack
def xls_empty_records_without_end() -> bytes:
    stream = binary.workbook_stream({"a": []})
    return binary.compound({"Workbook": stream[:-4] + bytes(6_000_000)})


@attack
def xls_continued_without_end() -> bytes:
    return binary.xls(known=[(0xFC, bytes(8)), *[(0x3C, b"")] * 1_500_000])


@attack
def xls_strings_without_end() -> bytes:
    return binary.xls(known=[(0xFC, bytes(8)), *[(0x3C, bytes(8_000))] * 700])


@attack
def xls_one_string_in_many_cells() -> bytes:
    text = "a" * 60_000
    known = [(0xFC, struct.pack("<IIHB", 1, 1, len(text), 0) + text.encode())]
    return binary.xls([(0xFD, struct.pack("<HHHI", n, 0, 0, 0)) for n in range(2_000)], known)


@attack
def xls_many_numbers_in_a_record() -> bytes:
    return binary.xls([(0xBD, struct.pack("<HH", n, 0) + bytes(65_000)) for n in range(90)])


@attack
def xls_sheets_without_end() -> bytes:
    return binary.compound(
        {"Workbook": binary.workbook_stream({str(n): [] for n in range(30_000)})}
    )


@attack
def xls_sheets_at_one_place() -> bytes:
    """Fifty sheets that are the same million records."""
    return _at_one_place([(0x201, b"")] * 900_000)


def _at_one_place(records: binary.Records) -> bytes:
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
def xls_merges_one_by_one() -> bytes:
    """Fifty sheets with as many merged ranges as may be, each in a record of its own."""
    records = [(0xE5, struct.pack("<HHHHH", 1, n, n, 0, 1)) for n in range(RETURN.merges)]
    return _at_one_place(records)


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
    stream = stream.ljust(9_048, b"\0") + struct.pack("<II", 0x1E, 5_000_000) + b"a" * 5_000_000
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
