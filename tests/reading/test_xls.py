"""BIFF8 workbooks written by hand: what LibreOffice saves is in test_saved.py."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import binary_by_hand as hand
from tests.reading.binary_by_hand import (
    compound,
    formula,
    narrow,
    short,
    wide,
    workbook_stream,
    xls,
)
from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.grid import Cell, Kind, State, Style
from toolkit.reading.room import RETURN


def cells(*records: tuple[int, bytes], known: hand.Records = ()) -> dict[str, Cell]:
    (sheet,) = books.read(xls(records, known)).sheets
    return {cell.address: cell for cell in sheet.cells.values()}


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


def at(row: int, column: int, style: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, style)


def rk(number: int) -> bytes:
    return struct.pack("<I", number)


HALF = struct.unpack("<Q", struct.pack("<d", 0.5))[0] >> 32
LONG = "主动公开" * 3_000
CONTENTS = [
    ((0x203, at(0, 0) + struct.pack("<d", 12)), Kind.NUMBER, "12"),
    ((0x203, at(0, 0) + struct.pack("<d", 0.1)), Kind.NUMBER, "0.1"),
    ((0x203, at(0, 0) + struct.pack("<d", 1e300)), Kind.NUMBER, "1e+300"),
    ((0x203, at(0, 0) + struct.pack("<d", float("nan"))), Kind.TEXT, "nan"),
    ((0x27E, at(0, 0) + rk(12 << 2 | 2)), Kind.NUMBER, "12"),
    ((0x27E, at(0, 0) + rk((-12 << 2 | 2) & 0xFFFFFFFF)), Kind.NUMBER, "-12"),
    ((0x27E, at(0, 0) + rk(1250 << 2 | 3)), Kind.NUMBER, "12.5"),
    ((0x27E, at(0, 0) + rk(HALF)), Kind.NUMBER, "0.5"),
    ((0x27E, at(0, 0) + rk(HALF | 1)), Kind.NUMBER, "0.005"),
    ((0xFD, at(0, 0) + rk(1)), Kind.TEXT, "乙"),
    ((0xFD, at(0, 0) + rk(9)), Kind.ERROR, words.say("reading.fault.reference")),
    ((0x204, at(0, 0) + wide("１２")), Kind.TEXT, "１２"),
    ((0x204, at(0, 0) + narrow("12")), Kind.TEXT, "12"),
    ((0xD6, at(0, 0) + wide("12件") + bytes(6)), Kind.TEXT, "12件"),
    ((0x205, at(0, 0) + b"\1\0"), Kind.BOOLEAN, "TRUE"),
    ((0x205, at(0, 0) + b"\0\0"), Kind.BOOLEAN, "FALSE"),
    ((0x205, at(0, 0) + b"\x17\1"), Kind.ERROR, "#REF!"),
    ((0x205, at(0, 0) + b"\x99\1"), Kind.ERROR, words.say("reading.fault.type")),
]
STRINGS = hand.strings(narrow("a"), wide("乙"))


@pytest.mark.parametrize(("content", "kind", "raw"), CONTENTS)
def test_a_cell_is_what_its_record_says(content: tuple[int, bytes], kind: Kind, raw: str) -> None:
    found = cells(content, (0x203, at(0, 1) + struct.pack("<d", 5)), known=[STRINGS])
    assert (found["A1"].kind, found["A1"].raw, found["A1"].formula) == (kind, raw, False)
    assert found["B1"].raw == "5"


def test_several_numbers_of_a_row_share_a_record() -> None:
    content = struct.pack("<HH", 3, 1) + b"".join(
        struct.pack("<HI", 0, n << 2 | 2) for n in (1, 2, 3)
    )
    found = cells((0xBD, content + struct.pack("<H", 3)))
    assert {name: cell.raw for name, cell in found.items()} == {"B4": "1", "C4": "2", "D4": "3"}


def test_formulas_have_the_results_that_are_stored() -> None:
    found = cells(
        formula(0, 0, struct.pack("<d", 3)),
        formula(0, 1, b"\0\0\0\0\0\0\xff\xff"),
        (0x4BC, b"shared formula"),
        (0x207, wide("甲")),
        formula(0, 2, b"\1\0\1\0\0\0\xff\xff"),
        formula(0, 3, b"\2\0\x07\0\0\0\xff\xff"),
        formula(0, 4, b"\3\0\0\0\0\0\xff\xff"),
        formula(0, 5, b"\0\0\0\0\0\0\xff\xff"),
        formula(0, 6, b"\0\0\0\0\0\0\xff\xff"),
        (0x207, wide("乙")),
        formula(0, 7, b"\0\0\0\0\0\0\xff\xff"),
    )
    assert [(cell.kind, cell.raw) for cell in found.values()] == [
        (Kind.NUMBER, "3"),
        (Kind.TEXT, "甲"),
        (Kind.BOOLEAN, "TRUE"),
        (Kind.ERROR, "#DIV/0!"),
        (Kind.TEXT, ""),
        (Kind.EMPTY, ""),
        (Kind.TEXT, "乙"),
        (Kind.EMPTY, ""),
    ]
    assert all(cell.formula for cell in found.values())


def test_strings_go_on_in_further_records() -> None:
    """Each piece says anew how wide its characters are; formats lie behind the characters."""
    spelt = "主动公开".encode("utf-16-le")
    first = struct.pack("<II", 3, 3) + struct.pack("<HB", 6, 1) + spelt
    second = b"\0" + b"12"  # the rest of the same string, in Latin 1
    third = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 3) + "政府".encode("utf-16-le") + bytes(2)
    fourth = bytes(5) + narrow("b")  # the rest of the formats
    known = [(0xFC, first), (0x3C, second + third), (0x3C, fourth)]
    found = cells(*((0xFD, at(0, n) + rk(n)) for n in range(3)), known=known)
    assert [cell.raw for cell in found.values()] == ["主动公开12", "政府", "b"]


def test_a_string_may_be_longer_than_a_record() -> None:
    spelt = LONG.encode("utf-16-le")
    known = [
        (0xFC, struct.pack("<IIHB", 1, 1, len(LONG), 1) + spelt[:8_000]),
        (0x3C, b"\1" + spelt[8_000:16_000]),
        (0x3C, b"\1" + spelt[16_000:]),
    ]
    assert cells((0xFD, at(0, 0) + rk(0)), known=known)["A1"].raw == LONG


@pytest.mark.parametrize("count", [0, 1, 0xFFFFFFFF])
def test_the_number_of_strings_is_not_believed(count: int) -> None:
    known = [hand.strings(narrow("a"), narrow("b"), count=count)]
    assert cells((0xFD, at(0, 0) + rk(1)), known=known)["A1"].raw == "b"


def font(flags: int = 0, script: int = 0) -> tuple[int, bytes]:
    return 0x31, struct.pack("<HHHHH6x", 200, flags, 8, 400, script) + short("宋体")


def rich(text: str, *runs: tuple[int, int]) -> bytes:
    formats = b"".join(struct.pack("<HH", *one) for one in runs)
    content = text.encode("utf-16-le")
    return struct.pack("<HBH", len(text), 9, len(runs)) + content + formats


def test_fonts_make_figures_uncertain() -> None:
    struck, raised = 5, 6  # the fifth font and the sixth; there is none with the number 4
    known = [
        *(font(), font(), font(), font(), font(8), font(0, 1)),
        *((0xE0, struct.pack("<HH16x", number, 0)) for number in (0, struck, raised, 9)),
        hand.strings(
            rich("1215", (2, 0)),
            rich("1215", (0, struck), (2, 0)),
            rich("151", (2, raised)),
            rich("15 ", (2, struck)),
        ),
    ]
    styled = [(0x203, at(0, style, style) + struct.pack("<d", 12)) for style in range(4)]
    texts = [(0xFD, at(1, place) + rk(place)) for place in range(4)]
    found = cells(*styled, *texts, known=known)
    assert [one.style for one in found.values()] == [
        *(Style.GENERAL, Style.STRUCK, Style.RAISED, Style.GENERAL),
        *(Style.GENERAL, Style.STRUCK, Style.RAISED, Style.GENERAL),
    ]
    assert found["B2"].raw == "1215"


@pytest.mark.parametrize("from_1904", [False, True])
def test_styles_come_from_the_number_formats(from_1904: bool) -> None:
    known = [
        (0x22, struct.pack("<H", from_1904)),
        (0x41E, struct.pack("<H", 164) + wide("yyyy年")),
        (0x41E, struct.pack("<H", 165) + wide("#,##0,")),
        *((0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 9, 164, 165, 14)),
    ]
    found = cells(*((0x27E, at(0, n, n) + rk(6)) for n in range(6)), known=known)
    dated = Style.DATE_OF_1904 if from_1904 else Style.DATE
    assert [cell.style for cell in found.values()] == [
        Style.GENERAL,
        Style.PERCENT,
        dated,
        Style.SCALED,
        dated,
        Style.GENERAL,
    ]


def test_a_chart_within_a_sheet_is_no_part_of_its_cells() -> None:
    number = struct.pack("<d", 9)
    found = cells(
        (0x203, at(0, 0) + number),
        hand.BEGIN_CHART,
        (0x203, at(0, 1) + number),
        hand.BEGIN_CHART,
        hand.END_OF_PART,
        hand.END_OF_PART,
        (0x203, at(0, 2) + number),
    )
    assert list(found) == ["A1", "C1"]


def test_merges_columns_and_protection() -> None:
    records = [
        (0x12, b"\1\0"),
        (0x7D, struct.pack("<HHHHH", 0, 1, 300, 0, 1)),
        (0x7D, struct.pack("<HHHHH", 2, 3, 300, 0, 0)),
        (0x7D, struct.pack("<HHHHH", 254, 65535, 300, 0, 1)),
        (0xE5, struct.pack("<HHHHH", 1, 1, 2, 1, 2)),
        (0xE5, struct.pack("<HHHHHHHHH", 2, 0, 65535, 0, 255, 4999, 5000, 0, 1)),
    ]
    (sheet,) = books.read(xls(records)).sheets
    assert sheet.protected
    assert sheet.hidden_columns == {1, 2, 255, 256}
    assert sheet.merges == ((2, 2, 3, 3), (1, 1, RETURN.rows, RETURN.columns))


def test_sheets_have_states_and_kinds() -> None:
    for state, expected in enumerate(State):
        stream = workbook_stream({"甲": [], "乙": []}, state=state)
        book = books.read(compound({"Workbook": stream}))
        assert [(one.name, one.state) for one in book.sheets] == [
            ("甲", expected),
            ("乙", expected),
        ]
    assert code_of(compound({"Workbook": workbook_stream({"图": []}, kind=2)})) == "R3"


def test_macros_are_noted_and_left_alone() -> None:
    book = books.read(compound({"Workbook": workbook_stream({"甲": []}), "_VBA_PROJECT_CUR": b""}))
    assert book.notes == (words.say("reading.note.macros"),)


def test_defined_names_point_at_cells_of_this_workbook() -> None:
    def name(spelt: str, formula: bytes, *, flags: int = 0, tab: int = 0) -> tuple[int, bytes]:
        head = struct.pack("<HBBHHHxxxx", flags, 0, len(spelt), len(formula), 0, tab)
        return 0x18, head + b"\1" + spelt.encode("utf-16-le") + formula

    cell = b"\x3a" + struct.pack("<HHH", 0, 1, 3)
    area = b"\x3b" + struct.pack("<HHHHH", 0, 1, 2, 3, 4)
    elsewhere = b"\x3a" + struct.pack("<HHH", 1, 1, 3)
    known = [
        (0x1AE, struct.pack("<HH", 1, 0x0401)),
        (0x1AE, struct.pack("<HH", 1, 3) + b"\0abc"),
        (0x17, struct.pack("<HHHHHHH", 2, 0, 0, 0, 1, 0, 0)),
        name("总数", cell),
        name("范围", area),
        name("别处", elsewhere),
        name("常数", b"\x1e\1\0"),
        name("局部", cell, tab=1),
        name("\6", cell, flags=0x20),
    ]
    assert books.read(xls(known=known)).names == {
        "总数": "统计表!$D$2",
        "范围": "统计表!$D$2:$E$3",
    }


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book"])
def test_the_stream_may_have_one_of_several_names(name: str) -> None:
    assert books.read(xls(name=name)).sheets[0].name == "统计表"


def test_what_is_beyond_the_limits_is_left_out_and_noted() -> None:
    number = struct.pack("<d", 1)
    book = books.read(xls([(0x203, at(row, 0) + number) for row in (0, 1_999, 2_000, 65_535)]))
    assert [row for row, _ in book.sheets[0].cells] == [1, 2_000]
    assert book.notes == (limits.beyond("统计表", RETURN),)


def damaged_table(change: dict[int, int]) -> bytes:
    """Return an .xls with entries of its allocation table changed."""
    data = bytearray(xls())
    first = struct.unpack_from("<I", data, 76)[0]
    for sector, following in change.items():
        struct.pack_into("<I", data, 512 * (first + 1) + 4 * sector, following)
    return bytes(data)


BIFF_5 = hand.record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0))
TWICE = [(0x203, at(0, 0) + bytes(8))] * 2
REFUSED = {
    "encrypted": ("R5", xls(known=[(0x2F, bytes(54))])),
    "excel 95": ("R6", compound({"Book": BIFF_5})),
    "excel 4": ("R6", compound({"Workbook": hand.record(0x0409, bytes(6))})),
    "no workbook": ("R3", compound({"Workbook": bytes(9)})),
    "cut header": ("R3", xls()[:300]),
    "cut file": ("R3", xls()[:1_600]),
    "circle": ("R3", damaged_table({0: 1, 1: 0})),
    "outside": ("R3", damaged_table({0: 0x00FFFFFF})),
    "no sheets": ("R3", compound({"Workbook": workbook_stream({})})),
    "many sheets": ("R4", compound({"Workbook": workbook_stream({str(n): [] for n in range(51)})})),
    "twice": ("R4", xls(TWICE)),
    "short record": ("R3", xls([(0x203, b"\0\0")])),
    "record cut": ("R3", compound({"Workbook": hand.record(0x0809, bytes(16)) + b"\1\0\xff\xff"})),
    "many merges": ("R4", xls([(0xE5, struct.pack("<H", 1000) + bytes(8_000))] * 6)),
    "many strings": ("R4", xls(known=[(0xFC, bytes(60_000)), *[(0x3C, bytes(65_000))] * 10])),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_workbook_is_refused(name: str) -> None:
    code, data = REFUSED[name]
    assert code_of(data) == code


FORM = xls(
    [
        (0x203, at(0, 0) + struct.pack("<d", 12)),
        (0xFD, at(0, 1) + rk(1)),
        formula(0, 2, b"\0\0\0\0\0\0\xff\xff"),
        (0x207, wide("甲")),
        (0xBD, struct.pack("<HHHIH", 1, 0, 0, 6, 0)),
        (0xE5, struct.pack("<HHHHH", 1, 1, 2, 1, 2)),
    ],
    [STRINGS, (0x41E, struct.pack("<H", 164) + short("0")), (0xE0, bytes(20))],
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(FORM) - 1), st.integers(0, 255)), max_size=8))
def test_damage_anywhere_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(FORM)
    for place, byte in damage:
        data[place] = byte
    try:
        book = books.read(bytes(data))
    except Refused:
        return
    assert book.sheets
