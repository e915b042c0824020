"""Tables in plain text: CSV as spreadsheets save it, and tables copied out of documents."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.grid import Kind
from toolkit.reading.room import RETURN

HEADINGS = [words.entry("sheet.columns")[name] for name in ("label", "unit", "value")]
ROWS = [["甲项", "条", "12"], ["乙项", "件", "1,180"], ["丙部分", "", ""], ["丁项", "次", "0"]]


def raws(content: str, sheet: int = 0) -> dict[str, str]:
    found = books.read(content.encode()).sheets[sheet]
    return {cell.address: cell.raw for cell in found.cells.values()}


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


def laid(rows: list[list[str]], first: int = 1) -> dict[str, str]:
    """Return the cells of rows that begin at a row of the sheet."""
    return {
        f"{'ABC'[column]}{row}": text
        for row, texts in enumerate(rows, first)
        for column, text in enumerate(texts)
        if text
    }


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_separated_file_is_one_table(separator: str, encoding: str) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator)
    writer.writerows([HEADINGS, *ROWS])
    (sheet,) = books.read(target.getvalue().encode(encoding)).sheets
    found = {cell.address: cell.raw for cell in sheet.cells.values()}
    assert found == laid([HEADINGS, *ROWS])
    assert sheet.cells[2, 3].kind is Kind.NUMBER
    assert sheet.cells[3, 3].kind is Kind.TEXT


def test_rows_are_those_that_a_spreadsheet_shows() -> None:
    found = raws('a,b\r\n\r\n"第一行\n第二行","1,180"\r\n,,"x""y"\r\n')
    assert found == {"A1": "a", "B1": "b", "A3": "第一行\n第二行", "B3": "1,180", "C4": 'x"y'}


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n",'), max_size=8
)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=2, max_size=6))
def test_what_csv_writes_is_read(rows: list[list[str]]) -> None:
    target = io.StringIO()
    csv.writer(target).writerows([["标题", "标题"], *rows])
    found = books.read(target.getvalue().encode("utf-8-sig")).sheets[0].cells
    expected = {
        (row, column): text.strip()
        for row, texts in enumerate(rows, 2)
        for column, text in enumerate(texts, 1)
        if text.strip()
    }
    assert {place: c.raw.strip() for place, c in found.items() if place[0] > 1} == expected


def test_a_table_in_a_text_is_the_lines_with_tabs() -> None:
    prose = ["一、概述", "正文，没有表格。" * 30, "统计表", "填报单位：甲局"]
    table = ["\t".join(texts) for texts in [HEADINGS, *ROWS[:2], HEADINGS, *ROWS[2:]]]
    lines = [*prose, *table[:3], "", *table[3:], "", "二、打算", "正文。" * 50]
    found = raws("\n".join(lines))
    assert found == {
        "A1": "统计表",
        "A2": "填报单位：甲局",
        **laid([HEADINGS, *ROWS[:2], HEADINGS, *ROWS[2:]], 3),
        "A9": "二、打算",
    }


def test_cells_may_stand_between_bars() -> None:
    lines = ["| " + " | ".join(texts) + " |" for texts in [HEADINGS, *ROWS]]
    found = raws("\n".join(["说明", lines[0], "|---|:-:|---|", *lines[1:]]))
    assert {name: raw.strip() for name, raw in found.items()} == {
        "A1": "说明",
        **laid([HEADINGS, *ROWS], 2),
    }


def one_a_line(rows: list[list[str]]) -> list[str]:
    return [f"{text} |" if text else "|" for texts in rows for text in texts]


def test_one_cell_a_line_is_put_together() -> None:
    """Where a page ended in between, and at the end, a single bar is left over."""
    lines = [*one_a_line([HEADINGS, *ROWS[:2]]), "|", *one_a_line(ROWS[2:]), "|"]
    found = raws("\n".join(["(2018年度)", *lines, "三、结语"]))
    assert found == {"A1": "(2018年度)", **laid([HEADINGS, *ROWS], 2), "A7": "三、结语"}


def test_one_cell_a_line_without_headings_is_no_table() -> None:
    assert code_of("甲 |\n12 |\n".encode()) == "R2"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("没有表格，只有文字。".encode(), "R2"),
        (b"\n\n", "R2"),
        (b"\xff\xfe\0\xd8\n\0", "R3"),
        (b"a,b\n\xff\xff\xff,1\n", "R3"),
        (b'a,b\nc,"' + b"x" * 200_000, "R2"),
        (b'a,b\nc,d\ne,"' + b"x" * 200_000, "R3"),
        (b"1,2\n" * 2_200_000, "R4"),
        (b"a\tb\nx\n\ny\n" * 60_000, "R4"),
    ],
)
def test_what_holds_no_sound_table_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_long_and_wide_table_is_cut_and_noted() -> None:
    long = books.read(b"1,2\n" * (RETURN.rows + 5))
    assert max(long.sheets[0].cells) == (RETURN.rows, 2)
    assert long.notes == (limits.beyond(long.sheets[0].name, RETURN),)
    wide = books.read((b",".join([b"1"] * 300) + b"\n") * 2)
    assert max(wide.sheets[0].cells) == (2, RETURN.columns)
    assert wide.notes


def test_a_wide_table_of_many_cells_is_refused() -> None:
    assert code_of((b",".join([b"1"] * 256) + b"\n") * 1_000) == "R4"
