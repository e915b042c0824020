"""OpenDocument spreadsheets written by hand: what LibreOffice saves is in test_saved.py."""

import pytest

from tests.reading.open_document import SPACES, cell, flat, number, ods, row, table
from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.grid import Book, Cell, Kind, Sheet, State, Style
from toolkit.reading.room import RETURN


def only(rows: str, styles: str = "", attributes: str = 'table:name="统计表"') -> Sheet:
    (found,) = books.read(ods(table(rows, attributes), styles)).sheets
    return found


def cells(rows: str, styles: str = "") -> dict[str, Cell]:
    return {cell.address: cell for cell in only(rows, styles).cells.values()}


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


FORMULA = 'table:formula="of:=1/0"'
ERROR = 'office:string-value="" calcext:value-type="error"'
CONTENTS = [
    (number("12"), Kind.NUMBER, "12", Style.GENERAL),
    (number("9007199254740993"), Kind.NUMBER, "9007199254740993", Style.GENERAL),
    (number("1", "TRUE"), Kind.BOOLEAN, "TRUE", Style.GENERAL),
    (number("NaN"), Kind.TEXT, "NaN", Style.GENERAL),
    (number("1,180"), Kind.TEXT, "1,180", Style.GENERAL),
    (cell("float", "12"), Kind.TEXT, "12", Style.GENERAL),
    (cell("percentage", "50%", 'office:value="0.5"'), Kind.NUMBER, "0.5", Style.PERCENT),
    (cell("currency", "￥5", 'office:value="5"'), Kind.NUMBER, "5", Style.GENERAL),
    (
        cell("date", "2018年", 'office:date-value="2018-12-31"'),
        Kind.TEXT,
        "2018-12-31",
        Style.DATE,
    ),
    (cell("time", "18:00", 'office:time-value="PT18H"'), Kind.TEXT, "18:00", Style.DATE),
    (cell("boolean", "真", 'office:boolean-value="true"'), Kind.BOOLEAN, "TRUE", Style.GENERAL),
    (cell("boolean", "", 'office:boolean-value="false"'), Kind.BOOLEAN, "FALSE", Style.GENERAL),
    (cell("string", "甲"), Kind.TEXT, "甲", Style.GENERAL),
    (cell("", "甲"), Kind.TEXT, "甲", Style.GENERAL),
    (cell("string", "", 'office:string-value="甲"'), Kind.TEXT, "甲", Style.GENERAL),
    (cell("string", "#REF!", ERROR), Kind.ERROR, "#REF!", Style.GENERAL),
    (number("0", "Err:502"), Kind.ERROR, "Err:502", Style.GENERAL),
    (number("0", "#DIV/0!"), Kind.ERROR, "#DIV/0!", Style.GENERAL),
    (
        cell("string", "12<text:s text:c='2'/><text:span>件</text:span><text:tab/>  \n b"),
        Kind.TEXT,
        "12  件\t b",
        Style.GENERAL,
    ),
    (cell("string", "a</text:p><text:p>b<text:line-break/>c"), Kind.TEXT, "a\nb\nc", Style.GENERAL),
    (
        "<table:table-cell office:value-type='string'><office:annotation><text:p>批注</text:p>"
        "</office:annotation><text:p>12</text:p><draw:frame><text:p>图</text:p></draw:frame>"
        "</table:table-cell>",
        Kind.TEXT,
        "12",
        Style.GENERAL,
    ),
    (
        cell("string", "长" * 40_000),
        Kind.ERROR,
        words.say("reading.fault.long"),
        Style.GENERAL,
    ),
]


@pytest.mark.parametrize(("content", "kind", "raw", "style"), CONTENTS)
def test_a_cell_is_what_its_type_says(content: str, kind: Kind, raw: str, style: Style) -> None:
    found = cells(row(content, number("5")))
    assert (found["A1"].kind, found["A1"].raw, found["A1"].style) == (kind, raw, style)
    assert found["B1"].raw == "5"


def test_formulas_are_marked_with_and_without_a_result() -> None:
    found = cells(
        row(
            number("3", attributes=FORMULA),
            cell("", "", FORMULA),
            cell("string", "#DIV/0!", f"{FORMULA} {ERROR}"),
        )
    )
    assert [(c.kind, c.raw, c.formula) for c in found.values()] == [
        (Kind.NUMBER, "3", True),
        (Kind.EMPTY, "", True),
        (Kind.ERROR, "#DIV/0!", True),
    ]


def test_repeated_cells_and_rows_are_laid_out() -> None:
    found = cells(
        row(cell(attributes='table:number-columns-repeated="2"'), number("1"))
        + row(cell(), attributes='table:number-rows-repeated="3"')
        + row(
            number("2", attributes='table:number-columns-repeated="2"'),
            attributes='table:number-rows-repeated="2"',
        )
        + row(number("3"))
    )
    assert {name: c.raw for name, c in found.items()} == {
        "C1": "1",
        **dict.fromkeys(["A5", "B5", "A6", "B6"], "2"),
        "A7": "3",
    }


def test_a_million_empty_rows_are_nothing() -> None:
    blank = cell(attributes='table:number-columns-repeated="16384"')
    book = books.read(
        ods(
            table(
                row(number("1"), blank)
                + row(blank, attributes='table:number-rows-repeated="1048574"')
                + row(cell(attributes='table:style-name="ce1"'))
            )
        )
    )
    assert len(book.sheets[0].cells) == 1
    assert book.notes == ()


@pytest.mark.parametrize(
    "rows",
    [
        row(cell(attributes='table:number-columns-repeated="300"'), number("1")),
        row(number("1", attributes='table:number-columns-repeated="300"')),
        row(cell(), attributes='table:number-rows-repeated="999999999"') + row(number("1")),
        row(number("1"), attributes='table:number-rows-repeated="2001"'),
    ],
)
def test_what_reaches_beyond_the_limits_is_left_out_and_noted(rows: str) -> None:
    book = books.read(ods(table(rows)))
    assert book.notes == (limits.beyond("统计表", RETURN),)
    assert all(r <= RETURN.rows and c <= RETURN.columns for r, c in book.sheets[0].cells)


def test_too_many_repeated_cells_are_refused() -> None:
    many = row(
        number("1", attributes='table:number-columns-repeated="9000"'),
        attributes='table:number-rows-repeated="9000"',
    )
    assert code_of(ods(table(many))) == "R4"


@pytest.mark.parametrize("count", ["0", "-5", "x", "９", "99999999999999999999"])
def test_a_bad_count_is_one(count: str) -> None:
    bad = number("1", attributes=f'table:number-columns-repeated="{count}"')
    assert {name: c.raw for name, c in cells(row(bad, number("2"))).items()} == {
        "A1": "1",
        "B1": "2",
    }


def test_rows_and_columns_may_lie_in_groups() -> None:
    inner = f"<table:table-rows>{row(number('2'))}</table:table-rows>"
    columns = (
        "<table:table-header-columns><table:table-column/></table:table-header-columns>"
        '<table:table-column-group><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="2"/></table:table-column-group>'
        '<table:table-column table:visibility="filter" table:number-columns-repeated="16381"/>'
    )
    found = only(
        f"{columns}<table:table-header-rows>{row(number('1'))}</table:table-header-rows>"
        f"<table:table-row-group>{inner}</table:table-row-group>{row(number('3'))}"
    )
    assert [c.raw for c in found.cells.values()] == ["1", "2", "3"]
    assert found.hidden_columns == frozenset(range(2, RETURN.columns + 1))


def test_a_table_within_a_cell_is_no_row() -> None:
    chart = f"<draw:frame><draw:object>{table(row(number('9')))}</draw:object></draw:frame>"
    found = cells(
        f"<table:shapes>{chart}</table:shapes>"
        + row(f"<table:table-cell>{chart}</table:table-cell>", number("1"))
    )
    assert {name: c.raw for name, c in found.items()} == {"B1": "1"}


def test_merged_cells_keep_what_they_cover() -> None:
    merged = number(
        "7", attributes='table:number-columns-spanned="2" table:number-rows-spanned="2"'
    )
    covered = '<table:covered-table-cell office:value-type="float" office:value="9"/>'
    found = only(row(merged, "<table:covered-table-cell/>") + row(covered))
    assert found.merges == ((1, 1, 2, 2),)
    assert {c.address: c.raw for c in found.cells.values()} == {"A1": "7", "A2": "9"}


SCALED = (
    '<number:number-style style:name="N1"><number:number number:display-factor="1000"/>'
    '</number:number-style><number:number-style style:name="N2"><number:number>'
    '<number:embedded-text number:position="4">.</number:embedded-text></number:number>'
    '</number:number-style><number:number-style style:name="N3"><number:number/>'
    '<style:map style:condition="value()&gt;=0" style:apply-style-name="N1"/>'
    '<style:map style:apply-style-name="lost"/></number:number-style>'
    '<number:percentage-style style:name="N4"/><number:date-style style:name="N5"/>'
    '<number:number-style style:name="N6"><number:number number:display-factor="1"/>'
    "</number:number-style>"
) + "".join(
    f'<style:style style:name="ce{n}" style:family="table-cell" style:data-style-name="N{n}"/>'
    for n in range(1, 7)
)


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("ce1", Style.SCALED),
        ("ce2", Style.SCALED),
        ("ce4", Style.PERCENT),
        ("ce5", Style.DATE),
        ("ce6", Style.GENERAL),
        ("child", Style.SCALED),
        ("circle", Style.GENERAL),
    ],
)
def test_styles_say_what_a_number_is_shown_as(name: str, style: Style) -> None:
    styles = SCALED + (
        '<style:style style:name="child" style:family="table-cell" style:parent-style-name="ce1"/>'
        '<style:style style:name="circle" style:family="table-cell" '
        'style:parent-style-name="circle"/>'
    )
    own = row(number("1180", attributes=f'table:style-name="{name}"'))
    of_row = row(number("1180"), attributes=f'table:default-cell-style-name="{name}"')
    of_column = f'<table:table-column table:default-cell-style-name="{name}"/>' + row(
        number("1180")
    )
    for rows in (own, of_row, of_column):
        assert cells(rows, styles)["A1"].style is style


FONTS = {
    "struck": 'style:text-line-through-style="solid"',
    "raised": 'style:text-position="super 58%"',
    "plain": 'style:text-line-through-style="none" style:text-position="0% 100%"',
}


def fonts(family: str, parent: str = "struck") -> str:
    return "".join(
        f'<style:style style:name="{name}" style:family="{family}" '
        f'style:parent-style-name="{parent}"><style:text-properties {said}/></style:style>'
        for name, said in FONTS.items()
    )


def test_fonts_make_figures_uncertain() -> None:
    of_cells = [number("12", attributes=f'table:style-name="{name}"') for name in FONTS]
    spans = [f'<text:span text:style-name="{name}">1</text:span>2' for name in FONTS]
    of_texts = [cell("string", shown) for shown in spans]
    blank = cell("string", '2<text:span text:style-name="struck"> </text:span>')
    found = cells(row(*of_cells, *of_texts, blank), fonts("table-cell") + fonts("text", ""))
    # A cell that only raises is struck out by the style it is based on.
    assert [one.style for one in found.values()] == [
        *(Style.STRUCK, Style.STRUCK, Style.GENERAL),
        *(Style.STRUCK, Style.RAISED, Style.GENERAL),
        Style.GENERAL,
    ]
    assert found["D1"].raw == "12"


def test_styles_may_stand_in_a_part_of_their_own() -> None:
    part = f"<office:document-styles {SPACES}><office:styles>{SCALED}</office:styles>"
    data = ods(
        table(row(number("1180", attributes='table:style-name="ce1"'))),
        changed={"styles.xml": part + "</office:document-styles>"},
    )
    assert books.read(data).sheets[0].cells[1, 1].style is Style.SCALED


def book() -> Book:
    styles = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    tables = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        "</table:calculation-settings>"
        + table(row(number("1")), 'table:name="甲" table:protected="true"')
        + table(row(), 'table:name="乙" table:style-name="ta1"')
        + "<table:named-expressions><table:named-range table:name='总数' "
        "table:cell-range-address='$甲.$A$1'/></table:named-expressions>"
    )
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:date>2019-01-15T08:00:00</dc:date>"
        "<meta:generator>LibreOffice</meta:generator>"
        '<meta:user-defined meta:name="form">2018</meta:user-defined></office:meta>'
        "</office:document-meta>"
    )
    return books.read(ods(tables, styles, {"meta.xml": meta, "Basic/Standard/a.xml": ""}))


def test_what_is_said_of_the_whole_document() -> None:
    found = book()
    assert [(s.name, s.state, s.protected) for s in found.sheets] == [
        ("甲", State.VISIBLE, True),
        ("乙", State.HIDDEN, False),
    ]
    assert (found.names, found.properties) == ({"总数": "$甲.$A$1"}, {"form": "2018"})
    assert (found.application, found.modified) == ("LibreOffice", "2019-01-15T08:00:00")
    assert found.from_1904
    assert found.notes == (words.say("reading.note.macros"),)


def test_a_flat_file_reads_alike() -> None:
    rows = row(number("1180", attributes='table:style-name="ce1"'), cell("string", "甲"))
    assert (
        books.read(flat(table(rows), SCALED)).sheets == books.read(ods(table(rows), SCALED)).sheets
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods(), "R3"),
        (ods(table(row()) * 51), "R4"),
        (ods(table(row()), changed={"content.xml": "<a"}), "R3"),
        (ods(table(row()), changed={"content.xml": "<a/>"}), "R3"),
        (ods(table(row()), changed={"content.xml": "<!DOCTYPE a><a/>"}), "R4"),
        (
            ods(table(row()), changed={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "R5",
        ),
        (flat(table(row())) + b"<", "R3"),
        (flat(table(row())).replace(b"?>", b"?><!DOCTYPE a>", 1), "R4"),
        (flat(table(row(cell("string", "a" * 8_400_000)))), "R4"),
        (
            ods(
                table(
                    row(
                        cell(
                            attributes='table:number-rows-spanned="2" '
                            'table:number-columns-repeated="256"'
                        ),
                        attributes='table:number-rows-repeated="30"',
                    )
                )
            ),
            "R4",
        ),
    ],
)
def test_what_is_no_sound_spreadsheet_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code
