"""Printed tables as Word has them: every cell once, merged, in the widths of the grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from toolkit import definition
from toolkit.form import Block, Form, Line, Table
from toolkit.printed import Cell, Part, Printed, printed
from toolkit.writing import gbt9704, word_table
from toolkit.writing.document import OfficialDocument
from toolkit.writing.word_measures import Measures, measures
from toolkit.writing.word_styles import StyleName

DATA = Path(__file__).parent.parent / "data"
BLOCKS = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
TREE = definition.parse((DATA / "matrix.yaml").read_text("utf-8"), "matrix.yaml")
FORMS = [BLOCKS, TREE, *map(definition.load, definition.editions())]
TABLES = [printed(form, table) for form in FORMS for table in form.tables]
NAMES = [f"{form.edition}-{table.key}" for form in FORMS for table in form.tables]


# ---------------------------------------------------------------- what Word makes of the elements


@dataclass(frozen=True)
class Found:
    """A cell as its elements say: where it stands, what it spans, what it says."""

    row: int
    column: int
    columns: int
    text: str
    rows: int = 1


def write(drawn: Printed, measured: Measures | None = None) -> Document:
    document = OfficialDocument(title="")
    document.table(drawn, measured or measures(drawn))
    return document.document


def word(drawn: Printed) -> WordTable:
    (table,) = write(drawn).tables
    return table


def of(form: Form, key: str) -> Printed:
    (table,) = [table for table in form.tables if table.key == key]
    return printed(form, table)


def found(table: WordTable) -> list[Found]:
    """Return the cells in document order; what continues a cell from above makes that longer."""
    cells: dict[tuple[int, int], Found] = {}
    open_cells: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(table._tbl.tr_lst):
        column = 0
        for element in row.tc_lst:
            content = "".join(text.text or "" for text in element.iter(qn("w:t")))
            if element.vMerge == "continue":
                above = cells[open_cells[column]]
                assert (above.column, above.columns) == (column, element.grid_span)
                assert above.row + above.rows == number
                assert not content
                cells[open_cells[column]] = replace(above, rows=above.rows + 1)
            else:
                cells[number, column] = Found(number, column, element.grid_span, content)
                open_cells = {place: at for place, at in open_cells.items() if place != column}
                if element.vMerge == "restart":
                    open_cells[column] = (number, column)
            column += element.grid_span
        assert column == len(table._tbl.tblGrid.gridCol_lst)
    return list(cells.values())


def wanted(drawn: Printed) -> list[Found]:
    return [Found(c.row, c.column, c.columns, c.text, c.rows) for c in drawn.cells]


def by_place(cells: Sequence[Found]) -> list[Found]:
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def widths(table: WordTable) -> list[int]:
    return [int(column.w.twips) for column in table._tbl.tblGrid.gridCol_lst if column.w]


def elements(table: WordTable, name: str) -> Iterator[etree._Element]:
    return table._tbl.iter(qn(f"w:{name}"))


def check(drawn: Printed) -> None:
    """Hold a table's elements against what is to be printed."""
    table = word(drawn)
    assert by_place(found(table)) == wanted(drawn)
    grid = widths(table)
    assert len(grid) == drawn.width
    assert min(grid) > 0
    assert sum(grid) == round(gbt9704.TEXT_WIDTH_MM * gbt9704.POINTS_PER_MM * 20)
    for row in table._tbl.tr_lst:
        column = 0
        for element in row.tc_lst:
            assert element.width is not None
            assert element.width.twips == sum(grid[column : column + element.grid_span])
            column += element.grid_span


@pytest.mark.parametrize("drawn", TABLES, ids=NAMES)
def test_the_table_is_that_which_is_printed(drawn: Printed) -> None:
    check(drawn)


# ---------------------------------------------------------------- drawn by hypothesis

LABELS = st.text("一二三（）的情况12.", min_size=1, max_size=40)
FIGURES = st.integers(0, 10**9).map(str) | st.just("")


@st.composite
def trees(draw: st.DrawFn, *, nested: bool, level: int = 0) -> list[Line]:
    """Draw rows (of which some with figures have others below) or columns (which have not)."""
    lines: list[Line] = []
    for _ in range(draw(st.integers(1, 3))):
        below = draw(trees(nested=nested, level=level + 1)) if draw(deeper(level)) else []
        is_heading = bool(below) and not (nested and draw(st.booleans()))
        lines += [Line(draw(LABELS), level, "" if is_heading else "key"), *below]
    return lines


def deeper(level: int) -> st.SearchStrategy[bool]:
    return st.booleans() if level < 2 else st.just(False)


@st.composite
def blocks(draw: st.DrawFn, *, alone: bool) -> Block:
    columns = keyed(draw(trees(nested=False)))
    label = "" if alone else draw(LABELS)
    if draw(st.booleans()):
        return Block("block", (Line("", 0, "row"),), columns, label)
    return Block("block", keyed(draw(trees(nested=True))), columns, label, draw(LABELS))


def keyed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return rows or columns with a key of its own for each that has one."""
    return tuple(
        replace(line, key=f"{line.key}{number}") if line.key else line
        for number, line in enumerate(lines)
    )


@st.composite
def matrices(draw: st.DrawFn) -> Printed:
    count = draw(st.integers(1, 3))
    own = tuple(draw(blocks(alone=count == 1)) for _ in range(count))
    blank = printed(BLOCKS, Table("key", "name", "title", own))
    cells = [
        replace(cell, text=draw(FIGURES)) if cell.part is Part.FIGURE else cell
        for cell in blank.cells
    ]
    return replace(blank, cells=tuple(cells))


@given(matrices())
def test_every_place_of_the_grid_is_covered_exactly_once(drawn: Printed) -> None:
    check(drawn)


@given(matrices())
def test_no_figure_is_wider_than_its_column(drawn: Printed) -> None:
    measured = measures(drawn)
    for cell in drawn.cells:
        if cell.part is Part.FIGURE and drawn.width <= 15:
            width = sum(measured.widths[cell.column : cell.column + cell.columns]) / 20
            assert len(cell.text) * measured.size / 2 < width or measured.size == 5.5


# ---------------------------------------------------------------- gaps


@pytest.mark.parametrize(
    "cells",
    [
        (Cell(0, 0, Part.HEADER),),
        (Cell(0, 0, Part.HEADER), Cell(0, 0, Part.HEADER, columns=2)),
        (Cell(0, 0, Part.HEADER, columns=3),),
    ],
)
def test_a_table_with_gaps_or_overlaps_is_refused(cells: tuple[Cell, ...]) -> None:
    drawn = of(BLOCKS, "disputes")
    broken = replace(drawn, labels=0, figures=2, cells=cells)
    with pytest.raises(ValueError, match="disputes"):
        list(word_table.rows(broken))


# ---------------------------------------------------------------- rows


def marked(drawn: Printed, name: str) -> list[int]:
    rows = word(drawn)._tbl.tr_lst
    return [number for number, row in enumerate(rows) if row.find(f".//{qn(name)}") is not None]


@pytest.mark.parametrize("drawn", TABLES, ids=NAMES)
def test_no_row_is_split(drawn: Printed) -> None:
    assert marked(drawn, "w:cantSplit") == list(range(drawn.height))


@pytest.mark.parametrize(
    ("form", "key", "repeated"),
    [
        (BLOCKS, "staff", [0]),
        (BLOCKS, "disputes", [0, 1, 2]),
        (TREE, "requests", [0]),
        (BLOCKS, "documents", []),  # below the second block's headings those of the first lie
    ],
)
def test_all_heading_rows_are_repeated_where_they_are_true_of_all_rows(
    form: Form, key: str, repeated: list[int]
) -> None:
    assert marked(of(form, key), "w:tblHeader") == repeated


@pytest.mark.parametrize("drawn", TABLES, ids=NAMES)
def test_a_matrix_is_kept_on_one_page_and_a_list_flows(drawn: Printed) -> None:
    kept = list(elements(word(drawn), "keepNext"))
    spans = sum(cell.rows for cell in drawn.cells)
    assert len(kept) == (spans if drawn.table.is_matrix else 0)


# ---------------------------------------------------------------- cells


def test_a_list_looks_as_the_annex_always_did() -> None:
    drawn = of(BLOCKS, "staff")
    table = word(drawn)
    assert widths(table) == [6350, 907, 1587]
    assert table.style is not None
    assert table.style.name == StyleName.TABLE
    named = [[cell.paragraphs[0].style for cell in row.cells] for row in table.rows]
    names = [[style.name for style in row if style] for row in named]
    assert names == [
        [StyleName.TABLE_HEADER] * 3,
        [StyleName.TABLE_SECTION] * 3,
        [StyleName.TABLE_TEXT] * 3,
        [StyleName.TABLE_SECTION] * 3,
    ]
    label, unit, figure = (cell.paragraphs[0] for cell in table.rows[2].cells)
    assert label.paragraph_format.left_indent is not None
    assert label.paragraph_format.left_indent.pt == gbt9704.SIZE_5_PT
    centre = WD_ALIGN_PARAGRAPH.CENTER
    alignments = [paragraph.alignment for paragraph in (label, unit, figure)]
    assert alignments == [WD_ALIGN_PARAGRAPH.LEFT, centre, centre]


def alignment(drawn: Printed, text: str) -> WD_ALIGN_PARAGRAPH | None:
    """Return how the first paragraph with a text stands; None leaves it to its style."""
    cells = (cell for row in word(drawn).rows for cell in row.cells)
    paragraphs = (paragraph for cell in cells for paragraph in cell.paragraphs)
    chosen: WD_ALIGN_PARAGRAPH | None = next(p for p in paragraphs if p.text == text).alignment
    return chosen


@pytest.mark.parametrize(
    ("form", "key", "text", "expected"),
    [
        (BLOCKS, "documents", "规章", WD_ALIGN_PARAGRAPH.CENTER),
        (BLOCKS, "documents", "信息内容", None),  # the style of headings centres them
        (TREE, "requests", "一、申请情况", WD_ALIGN_PARAGRAPH.CENTER),
        (TREE, "requests", "收到", WD_ALIGN_PARAGRAPH.LEFT),
        (TREE, "requests", "当面", WD_ALIGN_PARAGRAPH.LEFT),
    ],
)
def test_labels_of_a_tree_stand_left_and_all_else_in_the_middle(
    form: Form, key: str, text: str, expected: WD_ALIGN_PARAGRAPH | None
) -> None:
    assert alignment(of(form, key), text) is expected


def test_small_type_brings_its_own_styles_and_only_those() -> None:
    drawn = of(BLOCKS, "disputes")
    measured = replace(measures(drawn), size=9.0)
    document = write(drawn, measured)
    added = {style.name for style in document.styles} - {s.name for s in blank().styles}
    assert added == {StyleName.NARROW_TABLE, "表头（9磅）", "表格文字（9磅）"}
    for paragraph in document.tables[0].rows[0].cells[0].paragraphs:
        assert paragraph.style is not None
        assert paragraph.style.name == "表头（9磅）"
        assert paragraph.style.font.size is not None
        assert paragraph.style.font.size.pt == 9


def blank() -> Document:
    return OfficialDocument(title="").document


def test_a_document_with_lists_has_no_further_styles() -> None:
    named = {style.name for style in write(of(BLOCKS, "staff")).styles}
    assert named == {style.name for style in blank().styles}


@pytest.mark.parametrize("drawn", TABLES, ids=NAMES)
def test_a_saved_table_is_read_again_as_it_was(drawn: Printed, tmp_path: Path) -> None:
    document = OfficialDocument(title="")
    document.table(drawn, measures(drawn))
    file = tmp_path / "table.docx"
    file.write_bytes(document.save())
    (table,) = docx.Document(str(file)).tables
    assert by_place(found(table)) == wanted(drawn)
    assert document.save() == file.read_bytes()
