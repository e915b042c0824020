"""Tables of web pages: published ones, those of office programs, and those that lay out a page."""

import pytest

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.figures import shown
from toolkit.reading.grid import Book, Cell, Kind, Style
from toolkit.reading.room import RETURN

TABLE = "<table><tr><td>指标</td><td>数</td></tr><tr><td>甲</td><td>12</td></tr></table>"


def cells(html: str) -> dict[str, Cell]:
    (sheet,) = books.read(html.encode()).sheets
    return {cell.address: cell for cell in sheet.cells.values()}


def raws(html: str) -> dict[str, str]:
    return {name: cell.raw for name, cell in cells(html).items()}


def cell(content: str) -> Cell:
    return cells(f"<table><tr>{content}<td>a</tr><tr><td>b<td>c</tr></table>")["A1"]


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


@pytest.mark.parametrize(
    ("content", "kind", "raw", "style"),
    [
        ("<td>12</td>", Kind.NUMBER, "12", Style.GENERAL),
        ("<th> 主动\n 公开 </th>", Kind.TEXT, "主动 公开", Style.GENERAL),
        ("<td>1,180</td>", Kind.TEXT, "1,180", Style.GENERAL),
        ("<td>12&nbsp;件</td>", Kind.TEXT, "12\xa0件", Style.GENERAL),
        ("<td>&lt;无&gt;</td>", Kind.TEXT, "<无>", Style.GENERAL),
        ("<td>主动<br>公开<p>情况</p></td>", Kind.TEXT, "主动\n公开\n情况", Style.GENERAL),
        ("<td><b>1</b><i>2</i><!-- 9 --><script>9</script></td>", Kind.NUMBER, "12", Style.GENERAL),
        ("<td>12<span style='DISPLAY : none'>9</span></td>", Kind.NUMBER, "12", Style.GENERAL),
        ("<td>#DIV/0!</td>", Kind.ERROR, "#DIV/0!", Style.GENERAL),
        ('<td sdval="1180" sdnum="2052;">1,180</td>', Kind.NUMBER, "1180", Style.GENERAL),
        ('<td sdval="1.5">2</td>', Kind.NUMBER, "1.5", Style.GENERAL),
        ('<td x:num="1180.25">1,180.3</td>', Kind.NUMBER, "1180.25", Style.GENERAL),
        ("<td x:num>12</td>", Kind.NUMBER, "12", Style.GENERAL),
        ('<td sdval="11800">12</td>', Kind.NUMBER, "11800", Style.SCALED),
        ('<td sdval="0.5">50%</td>', Kind.TEXT, "50%", Style.GENERAL),
        ('<td sdval="43465">2018-12-31</td>', Kind.TEXT, "2018-12-31", Style.GENERAL),
        ('<td sdval="0">#REF!</td>', Kind.ERROR, "#REF!", Style.GENERAL),
        ('<td sdval="0">#DIV/0!</td>', Kind.ERROR, "#DIV/0!", Style.GENERAL),
        ('<td sdval="1e400">12</td>', Kind.NUMBER, "12", Style.GENERAL),
        ('<td sdval="12">壹拾贰</td>', Kind.TEXT, "壹拾贰", Style.GENERAL),
    ],
)
def test_a_cell_is_what_people_see(content: str, kind: Kind, raw: str, style: Style) -> None:
    found = cell(content)
    assert (found.kind, found.raw, found.style) == (kind, raw, style)


@pytest.mark.parametrize(
    ("content", "raw", "style"),
    [
        ("<td><s>12</s>15</td>", "1215", Style.STRUCK),
        ("<td><del>12</del> 15</td>", "12 15", Style.STRUCK),
        ("<td><s> </s>15</td>", "15", Style.GENERAL),
        ("<td><s>&nbsp;</s>15<s></s></td>", "15", Style.GENERAL),
        ("<td><span style='text-decoration: line-through'>12</span>15</td>", "1215", Style.STRUCK),
        ("<td style='text-decoration:line-through'>12</td>", "12", Style.STRUCK),
        ("<td><s><b>1</b></s>2<sup>3</sup></td>", "123", Style.STRUCK),
        ("<td>15<sup>1</sup></td>", "151", Style.RAISED),
        ("<td>15<font style='vertical-align:sub'>1</font></td>", "151", Style.RAISED),
        ("<td><span style='vertical-align:middle'>15</span></td>", "15", Style.GENERAL),
        ("<td></s><i>15</i></td>", "15", Style.GENERAL),
        ('<td sdval="12"><s>12</s></td>', "12", Style.STRUCK),
    ],
)
def test_what_is_struck_out_or_raised_makes_a_figure_uncertain(
    content: str, raw: str, style: Style
) -> None:
    assert (cell(content).raw, cell(content).style) == (raw, style)


@pytest.mark.parametrize(
    ("content", "raw"),
    [
        ("<input value=15>", "15"),
        ("<input type=number value='15'> 件", "15 件"),
        ("<textarea rows=2>15</textarea>", "15"),
        ("<select><option>14</option><option selected>15</option></select>", "15"),
        ("<select><option>14<option value=2>15</select>件", "14件"),
        ("15<input type=hidden value=99><input type=checkbox value=98>", "15"),
        ("15<input value=99 style='display:none'>", "15"),
        ("15<select style='display:none'><option>99</select>", "15"),
    ],
)
def test_what_is_written_in_the_fields_of_a_form_is_text(content: str, raw: str) -> None:
    assert cell(f"<td>{content}</td>").raw == raw


@pytest.mark.parametrize(
    "field",
    ["<input>", "<select><option value=''>请选择<option>15</select>", "<textarea></textarea>"],
)
def test_a_field_in_which_nothing_is_written_is_blank(field: str) -> None:
    assert raws(f"<table><tr><td>{field}<td>a<tr><td>b<td>c</table>") == {
        "B1": "a",
        "A2": "b",
        "B2": "c",
    }


@pytest.mark.parametrize("hidden", ["style='display: none'", "hidden", "hidden=''"])
def test_a_hidden_cell_is_not_there(hidden: str) -> None:
    html = f"<table><tr><td>a<td {hidden}>99<table><td>98</table><td>12<tr><td>b<td>c</table>"
    assert raws(html) == {"A1": "a", "B1": "12", "A2": "b", "B2": "c"}


FORM = "<tr><td>指标<td>数<tr><td>甲<td>{}<tr><td>乙<td>13"


def test_a_table_within_a_cell_is_a_part_of_it() -> None:
    alone = f"<table>{FORM.format('<table><tr><td>12</table>')}</table>"
    assert (cells(alone)["B2"].raw, cells(alone)["B2"].style) == ("12", Style.GENERAL)
    book = books.read(f"<table>{FORM.format('12<table><td>另<td>3</table>')}</table>".encode())
    (sheet,) = book.sheets
    assert (sheet.cells[2, 2].raw, sheet.cells[2, 2].style) == ("12", Style.INSET)
    assert sheet.cells[3, 2].raw == "13"
    place = words.say("reading.place.cell", row=2, column=2)
    note = words.say("reading.note.nested", sheet=sheet.name, cell=place, text="另 3")
    assert book.notes == (note,)


def test_a_formula_is_marked_where_the_page_tells() -> None:
    assert cell('<td x:num="3" x:fmla="=1+2">3</td>').formula
    assert not cell("<td>3</td>").formula


def test_spans_leave_room() -> None:
    html = (
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr>"
        "<tr><td>d</td><td>e</td><td>f</td></tr><tr><td>g<td>h<td>i<td>j</table>"
    )
    assert raws(html) == {
        "A1": "a",
        "B1": "b",
        "D1": "c",
        "B2": "d",
        "C2": "e",
        "D2": "f",
        "A3": "g",
        "B3": "h",
        "C3": "i",
        "D3": "j",
    }
    assert set(books.read(html.encode()).sheets[0].merges) == {(1, 1, 2, 1), (1, 2, 1, 3)}


def test_a_cell_that_reaches_into_a_full_row_ends_above_it() -> None:
    html = (
        "<table><tr><td>a<td>b<td>c</tr><tr><td rowspan=3>d<td>e<td>f</tr><tr><td>g<td>h</tr>"
        "<tr><td>i<td>j<td>k</tr></table>"
    )
    book = books.read(html.encode())
    found = {one.address: one.raw for one in book.sheets[0].cells.values()}
    assert [found["B3"], found["A4"], found["C4"]] == ["g", "i", "k"]
    assert book.sheets[0].merges == ((2, 1, 3, 1),)
    assert book.notes == (words.say("reading.note.torn", sheet=book.sheets[0].name),)


@pytest.mark.parametrize("span", ["0", "-1", "x", "9999999", ""])
def test_a_bad_span_is_one(span: str) -> None:
    found = raws(f'<table><tr><td colspan="{span}">a<td>b<tr><td>c</table>')
    assert found == {"A1": "a", "B1": "b", "A2": "c"}


def test_a_table_that_lays_out_the_page_is_none() -> None:
    html = (
        f"<table><tr><td>栏目<td><h1>统计表</h1>填报单位：甲局<br>{TABLE}<p>填报人：王一</table>"
        f"<table><tr><td>版权所有</table>{TABLE.replace('指标', '其他')}"
    )
    first, second = books.read(html.encode()).sheets
    assert [(one.address, one.raw) for one in first.cells.values()] == [
        ("A1", "栏目"),
        ("A2", "统计表"),
        ("A3", "填报单位：甲局"),
        ("A4", "指标"),
        ("B4", "数"),
        ("A5", "甲"),
        ("B5", "12"),
        ("A6", "填报人：王一"),
        ("A7", "版权所有"),
    ]
    assert second.cells[1, 1].raw == "填报人：王一"


def test_what_is_hidden_ends_with_its_table_at_the_latest() -> None:
    html = "<table><tr><td>a<div style='display:none'>x<div>y</div>z<tr><td>b<td>c</table>"
    assert raws(html) == {"A1": "a", "A2": "b", "B2": "c"}
    assert raws(f"<noscript>x{TABLE}") == raws(TABLE)


MESSY = [
    ('<table><tr><td title="a>b">1<td title="a<b">2<tr><td>3<td>4</table>', "1234"),
    ("<table><tr><td title='a\"b>1<td>2<tr><td>3<td>4</table>", "1234"),
    ("<TABLE><TR><TD>1<TD>2</TR><TR><TD>3<TD>4", "1234"),
    ("<table><td>1<td>2<tr><td>3</td></td><td>4</td></tr></tr></table></table>", "1234"),
    (
        "<table><!--[if gte mso 9]><xml><a>9</a></xml><![endif]--><tr><td>1<td>2<tr><td>3<td>4",
        "1234",
    ),
    ("<table><style>td > a { x: <9> }</style><tr><td>1<td>2<tr><td>3<td>4</table>", "1234"),
    ("<table><tr><td>1 < 2<td>3<tr><td>a & b<td><o:p>5</o:p></table>", "1 < 23a & b5"),
    ("<table><tr><td>1<td>2<tr><td>3<td>4</table><!-- <table> never closed", "1234"),
]


@pytest.mark.parametrize(("html", "texts"), MESSY)
def test_pages_are_read_as_people_write_them(html: str, texts: str) -> None:
    assert "".join(raws(html).values()) == texts


PAGE = f'<html><head><meta charset="gb2312"><title>标题</title></head><body>{TABLE}</body></html>'


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode("gb18030"),
        PAGE.encode(),  # says otherwise, and yet is UTF-8
        PAGE.replace("gb2312", "utf-8").encode("utf-8-sig"),
        PAGE.replace("gb2312", "odd").encode("gb18030"),
        PAGE.encode("utf-16"),
        TABLE.encode("gb18030"),
    ],
)
def test_the_encoding_is_found(data: bytes) -> None:
    found = [cell.raw for cell in books.read(data).sheets[0].cells.values()]
    assert found == ["指标", "数", "甲", "12"]


def test_what_is_neither_encoding_is_damaged() -> None:
    assert code_of(b"<html><table><tr><td>\xff\xff\xff</table>") == "R3"


def test_a_page_says_what_it_is() -> None:
    head = (
        '<head><meta name="generator" content="LibreOffice 7.4"/>'
        '<meta name="changed" content="2019-01-15T08:00:00"/>'
        '<meta name="toolkit.form" content="2018"/></head>'
    )
    book = books.read(f"<html>{head}<body>{TABLE}</body></html>".encode())
    assert (book.application, book.modified) == ("LibreOffice 7.4", "2019-01-15T08:00:00")
    assert book.properties["toolkit.form"] == "2018"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body><p>1</body></html>", "R2"),
        (b"<html>", "R2"),
        (b"<html><table></table></html>", "R2"),
        (b"<html>" + b"<b>" * RETURN.page_tags, "R4"),
        (b"<html>" + b"a" * RETURN.part_bytes, "R4"),
        (b"".join(b"<table><tr><td>%d<td>b<tr><td>c</table>" % n for n in range(51)), "R4"),
    ],
)
def test_what_holds_no_sound_table_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_entities_of_a_page_are_not_expanded() -> None:
    html = (
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]>'
        "<table><tr><td>&a;&b;<td>12<tr><td>13</table>"
    )
    found = [one for sheet in books.read(html.encode()).sheets for one in sheet.cells.values()]
    assert "12" in {one.raw for one in found}
    assert {len(one.raw) < 20 for one in found} == {True}


def test_a_wide_and_long_table_is_cut_and_noted() -> None:
    html = "<table>" + f"<tr>{'<td>1' * 2}</tr>" * (RETURN.rows + 1) + "</table>"
    book: Book = books.read(html.encode())
    assert len(book.sheets[0].cells) == 2 * RETURN.rows
    assert book.notes == (limits.beyond(book.sheets[0].name, RETURN),)
    wide = books.read(f"<table>{'<tr>' + '<td>1' * 300}{'<tr>' + '<td>1' * 300}</table>".encode())
    assert len(wide.sheets[0].cells) == 2 * RETURN.columns
    assert wide.notes


@pytest.mark.parametrize(
    ("content", "number", "seen"),
    [
        ('<td sdval="300" sdnum="2052;0;0&quot;元&quot;">300元</td>', "300", "300元"),
        ('<td x:num="1180.25">约1,180.3</td>', "1180.25", "约1180.25"),
        ('<td sdval="12"><br></td>', "12", ""),
        ('<td sdval="5">无</td>', "5", "无"),
        ('<td sdval="0">-</td>', "0", "-"),
    ],
)
def test_a_stored_number_keeps_the_text_it_is_shown_with(
    content: str, number: str, seen: str
) -> None:
    found = cell(content)
    assert (found.kind, found.raw, shown(found)) == (Kind.NUMBER, number, seen)
