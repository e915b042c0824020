"""Tables of Word documents, as python-docx writes them and as people leave them."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.office import Office
from tests.reading import by_hand
from toolkit import words
from toolkit.findings import Refused
from toolkit.form import Form
from toolkit.reading import books, limits
from toolkit.reading.grid import Book, Cell, Kind, Style
from toolkit.reading.locate import locate
from toolkit.reading.returns import read_return
from toolkit.reading.room import RETURN

Rows = list[list[str]]
Change = Callable[[Any], None]
SMALL = [["指标", "数"], ["甲", "乙"]]
ROWS = [["统计指标", "单位", "统计数"], ["一、主动公开", "条", "12"], ["二、收费", "万元", "1,180"]]


def document(*blocks: str | Rows, change: Change = lambda _: None) -> bytes:
    """Return a document with these paragraphs and tables, changed before it is saved."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(len(block), len(block[0]))
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    change(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def cells(data: bytes) -> dict[str, Cell]:
    return {cell.address: cell for cell in books.read(data).sheets[0].cells.values()}


def raws(book: Book, sheet: int = 0) -> dict[str, str]:
    return {cell.address: cell.raw for cell in book.sheets[sheet].cells.values()}


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


def test_a_table_is_a_sheet_with_the_lines_around_it() -> None:
    data = document(
        "很长的正文。" * 30,
        "统计表",
        "（2018年度）",
        "填报单位（盖章）：甲局  单位代码：001",
        "",
        ROWS,
        "单位负责人：王一 审核人：李二\t填报日期： 2019年1月15日",
    )
    (sheet,) = books.read(data).sheets
    assert sheet.name == words.say("reading.table", number=1)
    assert {cell.address: (cell.kind, cell.raw) for cell in sheet.cells.values()} == {
        "A1": (Kind.TEXT, "统计表"),
        "A2": (Kind.TEXT, "（2018年度）"),
        "A3": (Kind.TEXT, "填报单位（盖章）：甲局"),
        "B3": (Kind.TEXT, "单位代码：001"),
        "A4": (Kind.TEXT, "统计指标"),
        "B4": (Kind.TEXT, "单位"),
        "C4": (Kind.TEXT, "统计数"),
        "A5": (Kind.TEXT, "一、主动公开"),
        "B5": (Kind.TEXT, "条"),
        "C5": (Kind.NUMBER, "12"),
        "A6": (Kind.TEXT, "二、收费"),
        "B6": (Kind.TEXT, "万元"),
        "C6": (Kind.TEXT, "1,180"),
        "A7": (Kind.TEXT, "单位负责人：王一"),
        "B7": (Kind.TEXT, "审核人：李二"),
        "C7": (Kind.TEXT, "填报日期： 2019年1月15日"),
    }


def test_a_table_of_one_row_or_column_is_lines() -> None:
    head = [["填报单位：甲局", "2018年度"]]
    found = raws(books.read(document(head, ROWS, [["单位负责人：王一"], ["填报人：李二"]])))
    assert (found["A1"], found["A5"], found["A6"]) == (
        "填报单位：甲局",
        "单位负责人：王一",
        "填报人：李二",
    )
    assert found["B1"] == "2018年度"


def test_an_annex_begins_anew() -> None:
    found = raws(books.read(document("2019年1月2日", "附件1", "统计表", ROWS)))
    assert [found["A1"], found["A2"], found["A3"]] == ["附件1", "统计表", "统计指标"]


def test_a_table_that_repeats_its_heading_goes_on() -> None:
    second = [ROWS[0], ["三、其他", "件", "0"]]
    book = books.read(document(ROWS, "续表", second, "正文。" * 50, second))
    assert len(book.sheets) == 2
    assert raws(book)["A5"] == "三、其他"
    other = [["事项", "数量"], ["许可", "3"]]
    assert len(books.read(document(ROWS, other)).sheets) == 2


def test_a_table_that_repeats_its_rows_is_another_one() -> None:
    book = books.read(document("填报单位：甲局", ROWS, "填报单位：乙局", ROWS))
    assert [raws(book, place)["A1"] for place in (0, 1)] == ["填报单位：甲局", "填报单位：乙局"]


def test_two_offices_in_one_document_are_not_one(form: Form) -> None:
    labels = [[line.label, "12" if line.key else ""] for _, line in form.listed()]
    rows = [["统计指标", "统计数"], *labels]
    both = document("统计年度：2018", "填报单位：甲局", rows, "填报单位：乙局", rows)
    located = locate(books.read(both), form)
    assert [one.code for one in located.findings] == ["R92", "R18"]
    assert "“表1”、“表2”" in located.findings[0].message


def test_a_place_in_a_document_is_told_by_row_and_column(form: Form) -> None:
    labels = [[line.label, "12" if line.key else ""] for _, line in form.listed()]
    rows = [["统计指标", "统计数"], *labels, [labels[1][0], "13"]]
    read = locate(books.read(document("2018年度", "填报单位：甲局", rows)), form)
    (twice,) = (one for one in read.findings if one.code == "R16")
    assert (twice.sheet, twice.cell) == ("表1", "第3行第2列")
    assert f"“表1”第3行第2列、“表1”第{len(rows)}行第2列" in twice.message


@pytest.mark.parametrize(
    ("text", "kind", "raw"),
    [
        ("12", Kind.NUMBER, "12"),
        (" 12.50 ", Kind.NUMBER, "12.50"),
        ("-3", Kind.NUMBER, "-3"),
        ("0", Kind.NUMBER, "0"),
        ("001", Kind.TEXT, "001"),
        ("１２", Kind.TEXT, "１２"),
        ("12件", Kind.TEXT, "12件"),
        ("1e3", Kind.TEXT, "1e3"),
        ("50%", Kind.TEXT, "50%"),
        ("91370000004501234567", Kind.TEXT, "91370000004501234567"),
        ("#DIV/0!", Kind.ERROR, "#DIV/0!"),
        ("长" * 40_000, Kind.ERROR, words.say("reading.fault.long")),
    ],
)
def test_a_plain_decimal_is_a_number(text: str, kind: Kind, raw: str) -> None:
    found = cells(document([["指标", "数"], ["甲", text]]))["B2"]
    assert (found.kind, found.raw.strip()) == (kind, raw)


def test_merged_cells_are_merged_ranges() -> None:
    def change(made: Any) -> None:
        table = made.tables[0]
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(1, 2).merge(table.cell(3, 3))

    rows = [[f"{row}{column}" for column in "abcd"] for row in range(4)]
    (sheet,) = books.read(document(rows, change=change)).sheets
    assert set(sheet.merges) == {(1, 1, 1, 2), (2, 1, 3, 1), (2, 3, 4, 4)}
    assert sheet.cells[1, 3].raw == "0c"
    assert sheet.cells[4, 2].raw == "3b"


def inserted(xml: str) -> Change:
    """Put XML in place of the paragraph of the last cell of the first table."""

    def change(made: Any) -> None:
        cell = made.tables[0].rows[-1].cells[-1]._tc
        cell.remove(cell.p_lst[0])
        for element in parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"):
            cell.append(element)

    return change


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(ABOVE) </w:instrText>'
    f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TEXTS = [
    (run("1") + run("2"), "12", False),
    (
        run("1") + f"<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>{run('2')}</w:ins>",
        "12",
        False,
    ),
    (f"<w:moveFrom>{run('9')}</w:moveFrom><w:moveTo>{run('12')}</w:moveTo>", "12", False),
    (run("12") + run("9", "<w:vanish/>") + run("件", '<w:vanish w:val="0"/>'), "12件", False),
    (f"<w:sdt><w:sdtContent>{run('12')}</w:sdtContent></w:sdt>", "12", False),
    (f'<w:hyperlink w:anchor="a">{run("12")}</w:hyperlink>', "12", False),
    ("<w:r><w:t>12</w:t><w:tab/><w:t>件</w:t><w:br/><w:t>整</w:t></w:r>", "12\t件\n整", False),
    (FIELD, "12", True),
    (f'<w:fldSimple w:instr=" =1+1 ">{run("12")}</w:fldSimple>', "12", True),
    (f'<w:fldSimple w:instr=" DATE ">{run("12")}</w:fldSimple>', "12", False),
]


@pytest.mark.parametrize(("content", "raw", "formula"), TEXTS)
def test_the_text_is_what_people_see(content: str, raw: str, formula: bool) -> None:
    found = cells(document(SMALL, change=inserted(f"<w:p>{content}</w:p>")))["B2"]
    assert (found.raw, found.formula) == (raw, formula)


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    content = f"<w:p>{run('主动')}</w:p><w:p/><w:p>{run('公开')}</w:p>"
    found = cells(document(SMALL, change=inserted(content)))["B2"]
    assert found.raw.split() == ["主动", "公开"]


MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
BOX = f"<w:pict><w:txbxContent><w:p>{run('9')}</w:p></w:txbxContent></w:pict>"
REMARK = BOX.replace("9", "2018年起由办公室统一填写，不再另行报送")
EQ = "<w:r><w:instrText> eq \\o\\ac(○,</w:instrText><w:instrText>5)</w:instrText></w:r>"
UNSURE = [
    (run("12", "<w:strike/>") + run("15"), "1215", Style.STRUCK),
    (run("12", "<w:dstrike/>"), "12", Style.STRUCK),
    (run("12", '<w:strike w:val="0"/>') + run(" ", "<w:strike/>"), "12", Style.GENERAL),
    (run("15") + run("1", '<w:vertAlign w:val="superscript"/>'), "151", Style.RAISED),
    (run("15", '<w:vertAlign w:val="baseline"/>'), "15", Style.GENERAL),
    (f"<m:oMath {MATHS}><m:r><m:t>15</m:t></m:r></m:oMath>", "15", Style.GENERAL),
    (
        f"<m:oMath {MATHS}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        "12",
        Style.INSET,
    ),
    (
        f"<w:r><w:ruby><w:rt>{run('yi')}</w:rt><w:rubyBase>{run('1')}</w:rubyBase></w:ruby></w:r>",
        "1",
        Style.GENERAL,
    ),
    (
        f"<w:r><w:ruby><w:rt>{run('9')}</w:rt><w:rubyBase>{run('1')}</w:rubyBase></w:ruby></w:r>",
        "1",
        Style.INSET,
    ),
    (f"<w:r>{BOX}</w:r>", "9", Style.INSET),
    (f"{run('12')}<w:r>{BOX}</w:r>", "12", Style.INSET),
    (f"{run('12')}<w:r>{REMARK}</w:r>", "12", Style.GENERAL),
    (EQ, "eq \\o\\ac(○,5)", Style.INSET),
    (f"{EQ}{run('12')}", "12", Style.GENERAL),
]


@pytest.mark.parametrize(("content", "raw", "style"), UNSURE)
def test_what_makes_a_figure_uncertain_is_kept(content: str, raw: str, style: Style) -> None:
    found = cells(document(SMALL, change=inserted(f"<w:p>{content}</w:p>")))["B2"]
    assert (found.raw, found.style) == (raw, style)


def test_a_text_that_only_asks_for_one_is_none() -> None:
    asks = f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击')}</w:sdtContent>"
    for content in (f"<w:p><w:sdt>{asks}</w:sdt></w:p>", "<w:p/>"):
        assert "B2" not in cells(document(SMALL, change=inserted(content)))


def test_a_deleted_cell_counts_as_struck_out() -> None:
    def change(made: Any) -> None:
        cell = made.tables[0].rows[1].cells[2]._tc
        cell.get_or_add_tcPr().append(OxmlElement("w:cellDel"))

    found = cells(document(ROWS, change=change))
    assert (found["C2"].raw, found["C2"].style) == ("12", Style.STRUCK)


def test_a_table_of_one_cell_within_a_cell_is_its_text() -> None:
    def change(made: Any) -> None:
        made.tables[0].cell(1, 2).text = ""
        made.tables[0].cell(1, 2).add_table(1, 1).cell(0, 0).text = "15"

    book = books.read(document(ROWS, change=change))
    assert (raws(book)["C2"], book.notes) == ("15", ())


def test_a_table_within_a_cell_makes_it_uncertain_and_is_told() -> None:
    def change(made: Any) -> None:
        inner = made.tables[0].cell(1, 2).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "微博", "3"

    book = books.read(document("统计表", ROWS, change=change))
    found = book.sheets[0].cells[3, 3]
    assert (found.raw, found.style) == ("12", Style.INSET)
    place = words.say("reading.place.cell", row=2, column=3)
    note = words.say("reading.note.nested", sheet=book.sheets[0].name, cell=place, text="微博 3")
    assert book.notes == (note,)


def test_a_table_that_lays_out_the_page_is_none() -> None:
    def change(made: Any) -> None:
        form = made.tables[0]._tbl
        frame = made.add_table(2, 1)
        frame.cell(0, 0).text = "填报单位：甲局"
        frame.cell(1, 0)._tc.insert(1, form)

    (sheet,) = books.read(document(ROWS, change=change)).sheets
    assert (sheet.cells[1, 1].raw, sheet.cells[3, 3].raw) == ("填报单位：甲局", "12")


def test_a_deleted_row_is_none() -> None:
    def change(made: Any) -> None:
        properties = made.tables[0].rows[1]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:del"))

    assert "一、主动公开" not in raws(books.read(document(ROWS, change=change))).values()


def test_a_row_may_begin_further_right() -> None:
    def change(made: Any) -> None:
        row = made.tables[0].rows[1]._tr
        before = OxmlElement("w:gridBefore")
        before.set(qn("w:val"), "2")
        row.get_or_add_trPr().append(before)

    assert raws(books.read(document(ROWS, change=change)))["C2"] == "一、主动公开"


def test_properties_are_those_of_the_document() -> None:
    def change(made: Any) -> None:
        made.core_properties.author = "甲"

    book = books.read(document(ROWS, change=change))
    assert book.application.startswith("Microsoft")
    assert book.modified


def strict(data: bytes) -> bytes:
    parts = by_hand.unpacked(data)
    spaces = (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006",
            b"http://purl.oclc.org/ooxml/officeDocument",
        ),
    )
    for transitional, other in spaces:
        parts = {name: part.replace(transitional, other) for name, part in parts.items()}
    return by_hand.packed(parts.items())


def test_strict_documents_read_alike() -> None:
    data = document("标题", ROWS)
    assert books.read(strict(data)).sheets == books.read(data).sheets


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (document("没有表格"), "R2"),
        (by_hand.packed([("word/document.xml", "<a/>")]), "R3"),
        (by_hand.packed([("word/other.xml", "<a/>")]), "R3"),
        (by_hand.packed([("word/document.xml", "<!DOCTYPE a><a/>")]), "R4"),
    ],
)
def test_what_holds_no_table_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def long_table(rows: int) -> bytes:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 2 + "</w:tr>"
    body = f"<w:body><w:tbl>{row * rows}</w:tbl></w:body>"
    return by_hand.packed(
        [("word/document.xml", f"<w:document {nsdecls('w')}>{body}</w:document>")]
    )


def test_a_long_table_is_cut_and_noted() -> None:
    book = books.read(long_table(RETURN.rows + 1))
    assert len(book.sheets[0].cells) == 2 * RETURN.rows
    assert book.notes == (limits.beyond(words.say("reading.table", number=1), RETURN),)


# ---------------------------------------------------------------- a form typed anew


def retyped(form: Form, figures: dict[str, int]) -> bytes:
    headings = words.entry("sheet.columns")
    rows = [[headings["label"], headings["unit"], headings["value"]]]
    for _, line in form.listed():
        indicator = form.indicators.get(line.key)
        number = str(figures.get(line.key, "")) if indicator else ""
        rows.append([line.label, indicator.measure.name if indicator else "", number])
    return document(form.name, "（2018年度）", "填报单位（盖章）：甲局", rows, "填报人：王一")


def test_a_form_typed_anew_in_word_is_read_with_one_notice(
    form: Form, office: Office, tmp_path: Path
) -> None:
    figures = {indicator.key: 100 + n for n, indicator in enumerate(form.entered)}
    source = tmp_path / "a.docx"
    source.write_bytes(retyped(form, figures))
    (saved,) = office.convert([source], "docx:MS Word 2007 XML", tmp_path / "saved")
    for path in (source, saved):
        returned = read_return(path.read_bytes())
        found = {key: returned.record.values[key] for key in figures}
        assert found == figures
        assert (returned.record.year, returned.record.unit.name) == (2018, "甲局")
        assert [one.code for one in returned.findings] == ["R18"]
        done = {returned.record.sources[key].done for key in figures}
        assert done == {""}
