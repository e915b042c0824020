"""The quick way to read a worksheet takes nothing that the tree of the part would not give."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import by_hand, mixed
from toolkit import resources
from toolkit.findings import Refused
from toolkit.reading import books, quick_sheets
from toolkit.reading.grid import Book, address
from toolkit.reading.room import RETURN
from toolkit.reading.sheets import Shared

SHARED = Shared({"0": "甲"}, {})


@contextmanager
def only_trees() -> Iterator[None]:
    """Leave the quick way out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_sheets, "parts", lambda _: None)
        patch.setattr(quick_sheets, "strings", lambda _: None)
        yield


def by_tree(data: bytes) -> Book | None:
    with only_trees():
        try:
            return books.read(data)
        except Refused:
            return None


def ours() -> list[bytes]:
    paths = sorted(resources.data("samples", "2018", "returns").glob("*.xlsx"))
    return [path.read_bytes() for path in paths]


def again(data: bytes) -> bytes:
    """Return a workbook as openpyxl saves it."""
    target = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(target)
    return target.getvalue()


@pytest.mark.parametrize("data", [mixed.workbook(), again(mixed.workbook()), *ours()])
def test_both_ways_read_the_same(data: bytes) -> None:
    assert books.read(data) == by_tree(data)


def taken(rows: str) -> bool:
    parts = quick_sheets.parts(by_hand.sheet(rows).encode())
    return parts is not None and quick_sheets.cells(parts.data, SHARED, RETURN, 100) is not None


USUAL = [
    "",
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1"/><row r="2"></row><row r="3" ht="20"><c r="A3" s="1"/></row><row r="4"/>',
    '<row r="1"><c r="A1" t="str"><f t="shared" si="0"/><v>中文</v></c></row>',
    '<row r="1"><c r="A1"><f aca="false">IF(A2&gt;1,"a","b")</f></c></row>',
]
UNUSUAL = [
    '<row><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>&lt;</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t>1</t></is></c></row>',
    '<row r="1"><c r="A1" t="str"><v><![CDATA[1]]></v></c></row>',
    '<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>',
    '<row r="1"/><c r="A1"><v>1</v></c>',
    '<row r="1"><c r="A1"><v>1</v></c>',
    '<row r="1"><c r="A1"><v>1</v></c></row></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><c r="B1"><v>1</v></c><row r="2"></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row> ',
    '<row r="1"><c r="A1"><v>\x01</v></c></row>',
    '<row r="1"><c r="A1"><v xml:space="preserve"> 1</v></c></row>',
]


@pytest.mark.parametrize("rows", USUAL)
def test_the_usual_spelling_is_read_quickly(rows: str) -> None:
    assert taken(rows)
    data = by_hand.xlsx(rows)
    assert books.read(data) == by_tree(data)


@pytest.mark.parametrize("rows", UNUSUAL)
def test_every_other_spelling_is_left_to_the_parser(rows: str) -> None:
    assert not taken(rows)


@contextmanager
def in_pieces(length: int) -> Iterator[None]:
    """Take sheets apart in pieces hardly longer than that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_sheets, "_PIECE", length)
        yield


def lines(count: int, width: int = 1) -> str:
    return "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{address(row, column)}"><v>1</v></c>' for column in range(1, width + 1))
        + "</row>"
        for row in range(1, count + 1)
    )


def test_a_sheet_is_taken_apart_in_pieces() -> None:
    with in_pieces(1):
        assert taken(lines(3))
        assert taken(lines(3) + '<row r="4"/>')  # the last piece holds no cell
        assert not taken(lines(3) + UNUSUAL[0])
        with pytest.raises(Refused):  # two cells at one place
            taken(lines(3) + lines(1))


def test_an_endless_row_is_left_to_the_parser() -> None:
    endless = '<row r="1">' + '<c r="A1"/>' * 2**18 + "</row>"
    assert not taken(endless)
    assert taken(lines(1) + '<row r="2"><c r="A2"/></row>' * 2**17)


def test_a_long_sheet_is_read_like_a_short_one() -> None:
    data = by_hand.xlsx(lines(RETURN.rows + 1, 30))
    assert len(books.read(data).sheets[0].cells) == 30 * RETURN.rows
    assert books.read(data) == by_tree(data)


def test_strings_are_read_quickly_or_left() -> None:
    assert quick_sheets.strings(by_hand.strings("<t>甲</t>", "<t>_x0041_</t>").encode()) == [
        "甲",
        "A",
    ]
    for item in ("<t>&amp;</t>", "<r><t>a</t></r>", "<t/>", "", "<t><![CDATA[a]]></t>"):
        assert quick_sheets.strings(by_hand.strings("<t>甲</t>", item).encode()) is None
    assert quick_sheets.strings(b"<sst><si><t>\xff</t></si></sst>") is None


def small_form() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("统计表")
    page.merge_range("A1:B1", "标题")
    page.write_row("A2", ["指标", 12, True])
    page.write_formula("B3", "=B2*2", value="")
    page.write_formula("B4", '="甲"', value="甲")
    page.data_validation("B2", {"validate": "integer", "criteria": ">=", "value": 0})
    book.close()
    return target.getvalue()


FORM = small_form()
PARTS = by_hand.unpacked(FORM)
PIECES = [b"", b'"', b"<", b"/>", b"-1", b"A", b"<v>", b"\0", b" ", b"&lt;", b"\xe4\xb8", b"1"]


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([by_hand.SHEET, by_hand.STRINGS]),
    st.integers(0, 5_000),
    st.integers(0, 8),
    st.sampled_from(PIECES),
    st.sampled_from([1, 50, 2**20]),
)
def test_damage_is_never_read_otherwise_than_by_the_tree(
    name: str, place: int, length: int, piece: bytes, at_once: int
) -> None:
    part = PARTS[name]
    place %= len(part)
    damaged = part[:place] + piece + part[place + length :]
    data = by_hand.packed((PARTS | {name: damaged}).items())
    if (expected := by_tree(data)) is not None:
        with in_pieces(at_once):
            assert books.read(data) == expected
