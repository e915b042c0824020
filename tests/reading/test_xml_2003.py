"""XML Spreadsheets of Excel 2003, written by hand; LibreOffice reads the same."""

from pathlib import Path

import pytest

from tests.office import Office
from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.grid import Cell, Kind, State, Style
from toolkit.reading.room import RETURN

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def workbook(table: str, before: str = "", after: str = "", attributes: str = "") -> bytes:
    content = (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}" '
        f'xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel">{before}'
        f'<Worksheet ss:Name="统计表" {attributes}><Table>{table}</Table>{after}</Worksheet>'
        "</Workbook>"
    )
    return content.encode()


def cell(kind: str, content: str, attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{content}</Data></Cell>'


def cells(rows: str, before: str = "") -> dict[str, Cell]:
    (sheet,) = books.read(workbook(rows, before)).sheets
    return {one.address: one for one in sheet.cells.values()}


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


@pytest.mark.parametrize(
    ("content", "kind", "raw"),
    [
        (cell("Number", "12"), Kind.NUMBER, "12"),
        (cell("Number", "1.5E+3"), Kind.NUMBER, "1.5E+3"),
        (cell("Number", "1,180"), Kind.TEXT, "1,180"),
        (cell("String", "１２"), Kind.TEXT, "１２"),
        (cell("String", "<B xmlns='x'>12</B><Font>件</Font>"), Kind.TEXT, "12件"),
        (cell("Boolean", "1"), Kind.BOOLEAN, "TRUE"),
        (cell("Boolean", "0"), Kind.BOOLEAN, "FALSE"),
        (cell("Error", "#REF!"), Kind.ERROR, "#REF!"),
        (cell("DateTime", "2018-12-31T00:00:00.000"), Kind.TEXT, "2018-12-31T00:00:00.000"),
        (cell("Odd", "1"), Kind.ERROR, words.say("reading.fault.type")),
        (cell("String", "长" * 40_000), Kind.ERROR, words.say("reading.fault.long")),
    ],
)
def test_a_cell_is_what_its_type_says(content: str, kind: Kind, raw: str) -> None:
    found = cells(f"<Row>{content}</Row>")["A1"]
    assert (found.kind, found.raw, found.formula) == (kind, raw, False)
    assert (found.style is Style.DATE) == ("DateTime" in content)


def test_formulas_are_marked_with_and_without_a_result() -> None:
    result = cell("Number", "3", 'ss:Formula="=1+2"')
    found = cells(f'<Row>{result}<Cell ss:Formula="=A1"/><Cell/></Row>')
    assert [(one.kind, one.raw, one.formula) for one in found.values()] == [
        (Kind.NUMBER, "3", True),
        (Kind.EMPTY, "", True),
    ]


ONE = cell("Number", "1")
SAME_PLACE = cell("Number", "2", 'ss:Index="1"')


def placed() -> str:
    across = cell("Number", "2", 'ss:MergeAcross="1"')
    third = cell("Number", "3", 'ss:Index="3"')
    down = cell("Number", "4", 'ss:MergeDown="1"')
    return (
        f'<Column/><Column ss:Hidden="1" ss:Span="1"/><Row>{ONE}{across}{ONE}</Row>'
        f'<Row ss:Index="4">{third}{ONE}</Row><Row/><Row>{down}</Row>'
    )


def test_cells_follow_each_other() -> None:
    (sheet,) = books.read(workbook(placed())).sheets
    assert {one.address: one.raw for one in sheet.cells.values()} == {
        "A1": "1",
        "B1": "2",
        "D1": "1",
        "C4": "3",
        "D4": "1",
        "A6": "4",
    }
    assert sheet.merges == ((1, 2, 1, 3), (6, 1, 7, 1))
    assert sheet.hidden_columns == {2, 3}


def test_a_row_may_stand_for_several() -> None:
    found = cells(f'<Row ss:Span="2"/><Row>{ONE}</Row>')
    assert list(found) == ["A4"]


STYLES = (
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="y"><NumberFormat ss:Format="yyyy&quot;年&quot;"/></Style>'
    '<Style ss:ID="t"><NumberFormat ss:Format="#,##0,"/></Style>'
    '<Style ss:ID="s"><NumberFormat ss:Format="Standard"/></Style>'
    '<Style ss:ID="c" ss:Parent="p"><Font/></Style><Style ss:ID="n"/></Styles>'
)


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("p", Style.PERCENT),
        ("d", Style.DATE),
        ("y", Style.DATE),
        ("t", Style.SCALED),
        ("s", Style.GENERAL),
        ("c", Style.PERCENT),
        ("n", Style.GENERAL),
        ("odd", Style.GENERAL),
    ],
)
def test_styles_say_what_a_number_is_shown_as(name: str, style: Style) -> None:
    styled = cell("Number", "1", f'ss:StyleID="{name}"')
    assert cells(f"<Row>{styled}</Row>", STYLES)["A1"].style is style


def test_what_is_said_of_the_whole_workbook() -> None:
    before = (
        "<o:DocumentProperties><o:LastSaved>2019-01-15T08:00:00Z</o:LastSaved>"
        "<o:AppName>WPS</o:AppName></o:DocumentProperties><o:CustomDocumentProperties>"
        '<o:form dt:dt="string" xmlns:dt="urn:x">2018</o:form></o:CustomDocumentProperties>'
        "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook><Names>"
        '<NamedRange ss:Name="总数" ss:RefersTo="=统计表!R2C4"/></Names>'
    )
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    book = books.read(workbook("", before, hidden, 'ss:Protected="1"'))
    (sheet,) = book.sheets
    assert (sheet.name, sheet.state, sheet.protected) == ("统计表", State.HIDDEN, True)
    assert (book.application, book.modified) == ("WPS", "2019-01-15T08:00:00Z")
    assert (book.properties, book.names) == ({"form": "2018"}, {"总数": "统计表!R2C4"})
    assert book.from_1904


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030"])
def test_chinese_encodings_are_read(encoding: str) -> None:
    content = workbook(f"<Row>{cell('String', '主动公开')}</Row>").decode()
    told = content.replace('"1.0"', f'"1.0" encoding="{encoding}"', 1)
    assert books.read(told.encode("gb18030")).sheets[0].cells[1, 1].raw == "主动公开"


def test_libreoffice_reads_the_same(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(workbook(placed()))
    (saved,) = office.convert([source], "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    theirs, ours = books.read(saved.read_bytes()), books.read(source.read_bytes())
    assert theirs.sheets[0].cells == ours.sheets[0].cells
    assert set(theirs.sheets[0].merges) == set(ours.sheets[0].merges)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook("").replace(b"Worksheet", b"Other"), "R3"),
        (workbook("")[:-5], "R3"),
        (workbook("", "<Worksheet/>" * 51), "R4"),
        (workbook("").replace(b"?>", b"?><!DOCTYPE a>", 1), "R4"),
        (workbook(f"<Row>{ONE}{SAME_PLACE}</Row>"), "R4"),
        (workbook("<Row/>" * 1_500_000), "R4"),
    ],
)
def test_what_is_no_sound_workbook_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_what_is_beyond_the_limits_is_left_out_and_noted() -> None:
    book = books.read(workbook(f'<Row ss:Index="1048576">{ONE}</Row>'))
    assert (dict(book.sheets[0].cells), book.notes) == ({}, (limits.beyond("统计表", RETURN),))


def test_fonts_make_figures_uncertain() -> None:
    styles = (
        '<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style>'
        '<Style ss:ID="s2"><Font ss:VerticalAlign="Superscript"/></Style>'
        '<Style ss:ID="s3"><Font ss:Bold="1"/></Style></Styles>'
    )
    rich = 'xmlns="http://www.w3.org/TR/REC-html40"'
    found = cells(
        "<Row>"
        + "".join(cell("Number", "12", f'ss:StyleID="s{number}"') for number in (1, 2, 3))
        + f'<Cell><ss:Data ss:Type="String" {rich}><S>12</S>15</ss:Data></Cell>'
        + f'<Cell><ss:Data ss:Type="String" {rich}>15<B><Sup>1</Sup></B></ss:Data></Cell>'
        + f'<Cell><ss:Data ss:Type="String" {rich}><B>15</B><S> </S></ss:Data></Cell></Row>',
        styles,
    )
    assert [one.style for one in found.values()] == [
        *(Style.STRUCK, Style.RAISED, Style.GENERAL),
        *(Style.STRUCK, Style.RAISED, Style.GENERAL),
    ]
