"""Binary workbooks written by hand: .xls ([MS-CFB], [MS-XLS]) and .xlsb ([MS-XLSB])."""

import struct
from collections.abc import Iterable, Mapping, Sequence

from tests.reading import by_hand

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_CUTOFF = 4096

# ---------------------------------------------------------------- compound files


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams in its root, none of them in a mini stream."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, child=1 if streams else FREE)]
    for number, (name, content) in enumerate(streams.items(), 1):
        whole = content.ljust(max(_CUTOFF, len(content)), b"\0")
        right = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, right=right, start=len(sectors), size=len(whole)))
        _add(sectors, table, whole)
    directory = len(sectors)
    _add(sectors, table, b"".join(entries))
    count = 1
    while len(sectors) + count > count * 128:
        count += 1
    first = len(sectors)
    table += [TABLE] * count
    table += [FREE] * (count * 128 - len(table))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, count, directory, 0, _CUTOFF, END, 0, END, 0, first)
    header += b"".join(struct.pack("<I", first + n) for n in range(1, count))
    header = header.ljust(_SECTOR, b"\xff")
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _add(sectors: list[bytes], table: list[int], content: bytes) -> None:
    first = len(sectors)
    places = range(0, len(content), _SECTOR)
    sectors += [content[place : place + _SECTOR].ljust(_SECTOR, b"\0") for place in places]
    table += [*range(first + 1, len(sectors)), END]


def _entry(
    name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = END, size: int = 0
) -> bytes:
    spelt = name.encode("utf-16-le")
    entry = spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt) + 2, kind, 1)
    entry += struct.pack("<III", FREE, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)


# ---------------------------------------------------------------- xls

BEGIN_WORKBOOK = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
BEGIN_SHEET = (0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
BEGIN_CHART = (0x0809, struct.pack("<HHHHII", 0x0600, 0x20, 0, 0, 0, 0))
END_OF_PART = (0x000A, b"")
Records = Sequence[tuple[int, bytes]]


def record(kind: int, data: bytes) -> bytes:
    """Return a record."""
    return struct.pack("<HH", kind, len(data)) + data


def short(text: str) -> bytes:
    """Return a string with a length of one byte, in UTF-16."""
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def wide(text: str) -> bytes:
    """Return a string with a length of two bytes, in UTF-16."""
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def narrow(text: str) -> bytes:
    """Return a string with a length of two bytes, in Latin 1."""
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def strings(*texts: bytes, count: int | None = None) -> tuple[int, bytes]:
    """Return the record of the shared strings."""
    told = len(texts) if count is None else count
    return 0xFC, struct.pack("<II", told, told) + b"".join(texts)


def formula(row: int, column: int, result: bytes) -> tuple[int, bytes]:
    """Return the record of a formula with a stored result of eight bytes."""
    return 0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8)


def workbook_stream(
    sheets: Mapping[str, Records], known: Records = (), *, state: int = 0, kind: int = 0
) -> bytes:
    """Return a workbook stream.

    Args:
        sheets: the records of each sheet, without those at its beginning and end.
        known: the records in front of the sheets, without those that name them.
        state: whether all of the sheets are hidden.
        kind: what kind of sheet all of them are.
    """
    names = [(name, [BEGIN_SHEET, *records, END_OF_PART]) for name, records in sheets.items()]
    parts = [b"".join(record(*one) for one in records) for _, records in names]
    head = [BEGIN_WORKBOOK, *known]
    size = sum(4 + len(data) for _, data in head) + 4
    size += sum(4 + 6 + len(short(name)) for name in sheets)
    for (name, _), part in zip(names, parts, strict=True):
        head.append((0x85, struct.pack("<IBB", size, state, kind) + short(name)))
        size += len(part)
    return b"".join(record(*one) for one in [*head, END_OF_PART]) + b"".join(parts)


def xls(records: Records = (), known: Records = (), name: str = "Workbook") -> bytes:
    """Return an .xls with one sheet."""
    return compound({name: workbook_stream({"统计表": records}, known)})


# ---------------------------------------------------------------- xlsb


def binary(records: Iterable[tuple[int, bytes]]) -> bytes:
    """Return a part of an .xlsb."""
    return b"".join(_kind(kind) + _length(len(data)) + data for kind, data in records)


def _kind(kind: int) -> bytes:
    return bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])


def _length(length: int) -> bytes:
    found = bytearray()
    while length >= 0x80:
        found.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([*found, length])


def text(content: str) -> bytes:
    """Return a string with a length of four bytes."""
    spelt = content.encode("utf-16-le")
    return struct.pack("<I", len(spelt) // 2) + spelt


def row(number: int) -> tuple[int, bytes]:
    """Return the record that begins a row."""
    return 0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0)


def cell(kind: int, column: int, content: bytes, style: int = 0) -> tuple[int, bytes]:
    """Return the record of a cell."""
    return kind, struct.pack("<II", column, style) + content


def xlsb(
    records: Iterable[tuple[int, bytes]] = (),
    *,
    items: Sequence[str] = (),
    formats: Sequence[int] = (0,),
    codes: Mapping[int, str] | None = None,
    states: Sequence[int] = (0,),
    from_1904: bool = False,
    after: Iterable[tuple[int, bytes]] = (),
    before: Iterable[tuple[int, bytes]] = (),
    changed: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an .xlsb; all of its sheets hold the same.

    Args:
        records: rows and cells.
        items: the shared strings.
        formats: the number format of each cell format.
        codes: the number formats that the workbook defines.
        states: whether each sheet is hidden.
        from_1904: whether dates count from 1904.
        after: the records of a sheet behind its cells.
        before: those in front of them.
        changed: parts changed or added.
    """
    numbers = range(1, len(states) + 1)
    sheets = [
        (156, struct.pack("<II", state, n) + text(f"rId{n}") + text(f"表{n}"))
        for n, state in zip(numbers, states, strict=True)
    ]
    workbook = [
        (131, b""),
        (153, struct.pack("<III", int(from_1904), 0, 0)),
        (143, b""),
        *sheets,
        (144, b""),
        (132, b""),
    ]
    dimension = 148, struct.pack("<IIII", 0, 4, 0, 4)  # calamine wants one
    page = [(129, b""), dimension, *before, (145, b""), *records, (146, b""), *after, (130, b"")]
    styles = [(278, b"")]
    if codes:
        styles.append((615, struct.pack("<I", len(codes))))
        styles += [(44, struct.pack("<H", n) + text(code)) for n, code in codes.items()]
        styles.append((616, b""))
    # A font, two fills and a border, without which no program opens the file.
    styles += [(626, struct.pack("<I", 1)), (47, _format(0xFFFF, 0)), (627, b"")]
    styles.append((617, struct.pack("<I", len(formats))))
    styles += [(47, _format(0, number)) for number in formats]
    styles += [(618, b""), (279, b"")]
    related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in numbers]
    related += [("rIdS", "sharedStrings", "sharedStrings.bin"), ("rIdF", "styles", "styles.bin")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": by_hand.relationships(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": binary(workbook),
        "xl/_rels/workbook.bin.rels": by_hand.relationships(*related),
        "xl/sharedStrings.bin": binary(
            [(159, struct.pack("<II", len(items), len(items)))]
            + [(19, b"\0" + text(item)) for item in items]
            + [(160, b"")]
        ),
        "xl/styles.bin": binary(styles),
        **{f"xl/worksheets/sheet{n}.bin": binary(page) for n in numbers},
    }
    return by_hand.packed((parts | dict(changed or {})).items())


def _format(parent: int, number: int) -> bytes:
    return struct.pack("<HHHHHBBHBB", parent, number, 0, 0, 0, 0, 0, 0x1010, 0, 0)


_TYPES = "application/vnd.ms-excel"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="bin" ContentType="{_TYPES}.sheet.binary.macroEnabled.main"/>'
    f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{_TYPES}.worksheet"/>'
    f'<Override PartName="/xl/sharedStrings.bin" ContentType="{_TYPES}.sharedStrings"/>'
    f'<Override PartName="/xl/styles.bin" ContentType="{_TYPES}.styles"/></Types>'
)
