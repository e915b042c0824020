"""Binary .xlsb packages: LibreOffice writes none, so they are written by hand and held against
LibreOffice and calamine, which both read them.
"""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.office import Office
from tests.reading import by_hand
from tests.reading.binary_by_hand import binary, cell, row, text, xlsb
from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.grid import Cell, Kind, State, Style
from toolkit.reading.room import RETURN


def cells(*records: tuple[int, bytes]) -> dict[str, Cell]:
    (sheet,) = books.read(xlsb(records, items=["甲", "乙"])).sheets
    return {cell.address: cell for cell in sheet.cells.values()}


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


def double(number: float) -> bytes:
    return struct.pack("<d", number)


NO_FORMULA = struct.pack("<HI", 0, 0) + bytes(4)
CONTENTS = [
    (2, struct.pack("<I", 12 << 2 | 2), Kind.NUMBER, "12", False),
    (2, struct.pack("<I", 1250 << 2 | 3), Kind.NUMBER, "12.5", False),
    (3, b"\x17", Kind.ERROR, "#REF!", False),
    (3, b"\x99", Kind.ERROR, words.say("reading.fault.type"), False),
    (4, b"\1", Kind.BOOLEAN, "TRUE", False),
    (5, double(0.1), Kind.NUMBER, "0.1", False),
    (6, text("１２"), Kind.TEXT, "１２", False),
    (7, struct.pack("<I", 1), Kind.TEXT, "乙", False),
    (7, struct.pack("<I", 9), Kind.ERROR, words.say("reading.fault.reference"), False),
    (8, text("甲") + NO_FORMULA, Kind.TEXT, "甲", True),
    (8, text("") + NO_FORMULA, Kind.TEXT, "", True),
    (9, double(3) + NO_FORMULA, Kind.NUMBER, "3", True),
    (10, b"\0" + NO_FORMULA, Kind.BOOLEAN, "FALSE", True),
    (11, b"\x07" + NO_FORMULA, Kind.ERROR, "#DIV/0!", True),
    (62, b"\0" + text("12件"), Kind.TEXT, "12件", False),
]


@pytest.mark.parametrize(("number", "content", "kind", "raw", "formula"), CONTENTS)
def test_a_cell_is_what_its_record_says(
    number: int, content: bytes, kind: Kind, raw: str, formula: bool
) -> None:
    found = cells(row(2), cell(number, 1, content), cell(5, 2, double(5)))
    assert (found["B3"].kind, found["B3"].raw, found["B3"].formula) == (kind, raw, formula)
    assert found["C3"].raw == "5"


def test_a_blank_cell_is_nothing() -> None:
    assert cells(row(0), cell(1, 0, b"")) == {}


@pytest.mark.parametrize("from_1904", [False, True])
def test_styles_come_from_the_number_formats(from_1904: bool) -> None:
    book = books.read(
        xlsb(
            [row(0), *(cell(5, n, double(1), n) for n in range(5))],
            formats=[0, 9, 164, 14],
            codes={164: "#,##0,"},
            from_1904=from_1904,
        )
    )
    dated = Style.DATE_OF_1904 if from_1904 else Style.DATE
    styles = [found.style for found in book.sheets[0].cells.values()]
    assert styles == [Style.GENERAL, Style.PERCENT, Style.SCALED, dated, Style.GENERAL]
    assert book.from_1904 is from_1904


def test_sheets_have_states_merges_columns_and_protection() -> None:
    book = books.read(
        xlsb(
            states=[0, 1, 2],
            before=[(60, struct.pack("<IIIIH", 0, 1, 300, 0, 1))],
            after=[(535, bytes(66)), (176, struct.pack("<IIII", 1, 2, 1, 2))],
        )
    )
    assert [one.state for one in book.sheets] == list(State)
    assert {one.hidden_columns for one in book.sheets} == {frozenset({1, 2})}
    assert {one.merges for one in book.sheets} == {((2, 2, 3, 3),)}
    assert all(one.protected for one in book.sheets)


def test_what_is_beyond_the_limits_is_left_out_and_noted() -> None:
    book = books.read(xlsb([row(1_048_575), cell(5, 16_383, double(1))]))
    assert (dict(book.sheets[0].cells), book.notes) == ({}, (limits.beyond("表1", RETURN),))


def test_macros_are_noted_and_left_alone() -> None:
    book = books.read(xlsb(changed={"xl/vbaProject.bin": b"\0"}))
    assert book.notes == (words.say("reading.note.macros"),)


WHOLE = xlsb(
    [
        row(0),
        cell(7, 0, struct.pack("<I", 0)),
        cell(2, 1, struct.pack("<I", 12 << 2 | 2)),
        cell(5, 2, double(0.25), 1),
        row(4),
        cell(6, 3, text("直接")),
        cell(4, 4, b"\1"),
    ],
    items=["政府信息公开"],
    formats=[0, 9],
)


def test_calamine_reads_the_same() -> None:
    page = CalamineWorkbook.from_filelike(io.BytesIO(WHOLE)).get_sheet_by_index(0)
    rows = page.to_python(skip_empty_area=False)
    theirs = {(r, c): v for r, line in enumerate(rows, 1) for c, v in enumerate(line, 1) if v != ""}
    assert theirs == {
        (1, 1): "政府信息公开",
        (1, 2): 12,
        (1, 3): 0.25,
        (5, 4): "直接",
        (5, 5): True,
    }
    found = books.read(WHOLE).sheets[0].cells
    assert {place: one.raw for place, one in found.items()} == {
        place: "TRUE" if value is True else str(value) for place, value in theirs.items()
    }


def test_libreoffice_reads_the_same(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsb"
    source.write_bytes(WHOLE)
    (saved,) = office.convert([source], "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    theirs, ours = books.read(saved.read_bytes()), books.read(WHOLE)
    assert theirs.sheets[0].name == ours.sheets[0].name
    # It takes a truth value for a formula.
    assert [one._replace(formula=False) for one in theirs.sheets[0].cells.values()] == list(
        ours.sheets[0].cells.values()
    )


EMPTY = binary([(19, bytes(5))])
SHEET = "xl/worksheets/sheet1.bin"
REFUSED = {
    "no workbook": ("R3", by_hand.packed([("xl/workbook.bin", b"")])),
    "no sheets": ("R3", xlsb(states=[])),
    "many sheets": ("R4", xlsb(states=[0] * 51)),
    "missing sheet": ("R3", xlsb(changed={"xl/_rels/workbook.bin.rels": by_hand.relationships()})),
    "cut record": ("R3", xlsb(changed={SHEET: binary([row(0)])[:-3]})),
    "endless length": ("R3", xlsb(changed={SHEET: b"\5\xff\xff\xff\xff"})),
    "short cell": ("R3", xlsb([row(0), (5, b"\0")])),
    "long string": ("R3", xlsb([row(0), cell(6, 0, b"\xff\xff\xff\x7f")])),
    "twice": ("R4", xlsb([row(0), cell(5, 0, double(1)), cell(5, 0, double(1))])),
    "many records": ("R4", xlsb(changed={SHEET: b"\1\0" * 1_000_001})),
    "many strings": ("R4", xlsb(changed={"xl/sharedStrings.bin": EMPTY * 200_001})),
    "many merges": ("R4", xlsb(after=[(176, struct.pack("<IIII", 1, 2, 1, 2))] * 5_001)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_workbook_is_refused(name: str) -> None:
    code, data = REFUSED[name]
    assert code_of(data) == code


PARTS = by_hand.unpacked(WHOLE)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(name for name in PARTS if name.endswith(".bin"))),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=5),
)
def test_damage_within_a_part_is_read_or_refused(name: str, damage: list[tuple[int, int]]) -> None:
    part = bytearray(PARTS[name])
    for place, byte in damage:
        part[place % len(part)] = byte
    try:
        book = books.read(by_hand.packed((PARTS | {name: bytes(part)}).items()))
    except Refused:
        return
    assert book.sheets
