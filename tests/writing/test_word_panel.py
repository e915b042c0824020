"""Small tables and charts in Word: whole packages, editable figures, captions that count again."""

import io
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests import packages
from tests.office import Office, pdf_text
from toolkit.exhibits import Kind, Panel, Series
from toolkit.writing.document import OfficialDocument
from toolkit.writing.word_styles import StyleName

NAMES = ("政府公报", "政府网站", "=1+1")
THIS = Series("2018年", (0, 650, Decimal("67.25")))
LAST = Series("2017年", (3, 600, 60))
BARS = Panel(Kind.BARS, "各渠道情况", "公开渠道", "条", NAMES, (THIS,))
YEARS = Panel(Kind.YEARS, "两年情况", "公开渠道", "条", NAMES, (LAST, THIS))
SHARES = Panel(
    Kind.SHARES,
    "各渠道占比",
    "公开渠道",
    "条",
    NAMES,
    (THIS,),
    (Decimal("0.0"), Decimal("90.6"), Decimal("9.4")),
    "注：如此。",
)
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def written(*panels: Panel) -> bytes:
    document = OfficialDocument(title="图表")
    document.paragraph("前文。")
    for panel in panels:
        document.panel(panel)
    document.paragraph("后文。")
    return document.save()


@pytest.fixture(scope="module")
def content() -> bytes:
    return written(SHARES, BARS, YEARS)


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, bytes]:
    return packages.parts(content)


def chart(parts: dict[str, bytes], number: int) -> etree._Element:
    return etree.fromstring(parts[f"word/charts/chart{number}.xml"])


# ---------------------------------------------------------------- the package


def test_every_part_has_a_type_and_every_relationship_a_part(parts: dict[str, bytes]) -> None:
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {one.get("PartName") for one in types if one.get("PartName")}
    endings = {one.get("Extension") for one in types if one.get("Extension")}
    for name in parts:
        assert (
            name == "[Content_Types].xml"
            or f"/{name}" in named
            or name.rpartition(".")[2] in endings
        )
    for name in (one for one in parts if one.endswith(".rels")):
        folder = Path(name).parent.parent
        for relation in etree.fromstring(parts[name]):
            target = str(relation.get("Target"))
            found = target.lstrip("/") if target.startswith("/") else folder.joinpath(target)
            assert Path(str(found)).as_posix().replace("charts/../", "") in parts, (name, target)


def test_charts_and_their_workbooks_have_the_types_of_the_standard(
    parts: dict[str, bytes],
) -> None:
    types = parts["[Content_Types].xml"].decode()
    assert types.count("application/vnd.openxmlformats-officedocument.drawingml.chart+xml") == 2
    assert "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" in types
    assert [name for name in parts if name.startswith("word/embeddings/")] == [
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        "word/embeddings/Microsoft_Excel_Sheet2.xlsx",
    ]


def test_the_same_panels_give_the_same_bytes(content: bytes) -> None:
    assert written(SHARES, BARS, YEARS) == content


def test_the_document_can_be_opened_and_saved_again(content: bytes) -> None:
    again = io.BytesIO()
    docx.Document(io.BytesIO(content)).save(again)
    assert set(packages.parts(again.getvalue())) == set(packages.parts(content))


# ---------------------------------------------------------------- figures


def test_a_chart_can_be_edited_in_its_workbook(parts: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(parts["word/embeddings/Microsoft_Excel_Sheet2.xlsx"]))
    (sheet,) = book.worksheets
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["公开渠道", "2017年", "2018年"],
        ["政府公报", 3, 0],
        ["政府网站", 600, 650],
        ["=1+1", 60, 67.25],
    ]
    assert sheet["A4"].data_type == "s"  # text, and no formula


def test_a_chart_shows_its_figures_without_its_workbook(parts: dict[str, bytes]) -> None:
    root = chart(parts, 2)
    series = [
        [str(value.text) for value in one.iter(f"{CHART}v")] for one in root.iter(f"{CHART}ser")
    ]
    assert series == [
        ["2017年", *NAMES, "3", "600", "60"],
        ["2018年", *NAMES, "0", "650", "67.25"],
    ]
    assert [str(one.text) for one in root.iter(f"{CHART}f")][:3] == [
        "数据!$B$1",
        "数据!$A$2:$A$4",
        "数据!$B$2:$B$4",
    ]


def test_a_chart_knows_its_workbook(parts: dict[str, bytes]) -> None:
    for number in (1, 2):
        *_, external = chart(parts, number)
        assert external.tag == f"{CHART}externalData"
        (relation,) = etree.fromstring(parts[f"word/charts/_rels/chart{number}.xml.rels"])
        assert relation.get("Id") == external.get(f"{RELATION}id")
        assert str(relation.get("Target")).endswith(f"Microsoft_Excel_Sheet{number}.xlsx")


def test_only_figures_stand_at_the_bars(parts: dict[str, bytes]) -> None:
    for labels in chart(parts, 2).iter(f"{CHART}dLbls"):
        shown = {str(one.tag).removeprefix(CHART): one.get("val") for one in labels}
        assert shown.pop("showVal") == "1"
        assert {value for name, value in shown.items() if name.startswith("show")} == {"0"}


def test_chinese_text_of_a_chart_has_its_typeface(parts: dict[str, bytes]) -> None:
    root = chart(parts, 1)
    fonts = [one.get("typeface") for one in root.iter(f"{DRAWING}ea")]
    assert fonts == [one.get("typeface") for one in root.iter(f"{DRAWING}latin")]
    assert set(fonts) == {"宋体"}
    (language,) = root.iter(f"{CHART}lang")
    assert language.get("val") == "zh-CN"


# ---------------------------------------------------------------- what people read


def test_a_chart_is_told_in_words_to_those_who_cannot_see_it(content: bytes) -> None:
    body = docx.Document(io.BytesIO(content)).element.body
    told = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert told[1] == (
        "两年情况。2017年：政府公报3条、政府网站600条、=1+1 60条。".replace(" ", "")
        + "2018年：政府公报0条、政府网站650条、=1+167.25条。"
    )


def test_captions_count_tables_and_charts_apart(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    captions = {
        "".join(str(text.text) for text in one.iter(qn("w:t"))): [
            field.get(qn("w:instr")) for field in one.iter(qn("w:fldSimple"))
        ]
        for one in document.element.body.iter(qn("w:p"))
        if one.style in {"TableCaption", "PictureCaption"}
    }
    assert captions == {
        "表1　各渠道占比": [r" SEQ 表 \* ARABIC "],
        "图1　各渠道情况（单位：条）": [r" SEQ 图 \* ARABIC "],
        "图2　两年情况（单位：条）": [r" SEQ 图 \* ARABIC "],
    }


def test_a_table_has_its_caption_above_and_a_chart_below(content: bytes) -> None:
    blocks = docx.Document(io.BytesIO(content)).iter_inner_content()
    assert [block.style.name if block.style else "" for block in blocks] == [
        StyleName.BODY,
        StyleName.TABLE_CAPTION,
        StyleName.TABLE,
        StyleName.REMARK,
        StyleName.PICTURE,
        StyleName.PICTURE_CAPTION,
        StyleName.PICTURE,
        StyleName.PICTURE_CAPTION,
        StyleName.BODY,
    ]


def rows(*panels: Panel) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(written(*panels))).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_table_has_shares_and_sums() -> None:
    assert rows(SHARES) == [
        ["公开渠道", "数量（条）", "占比"],
        ["政府公报", "0", "0.0%"],
        ["政府网站", "650", "90.6%"],
        ["=1+1", "67.25", "9.4%"],
        ["合计", "717.25", "100%"],
    ]


def test_without_shares_a_table_has_no_column_for_them() -> None:
    blank = Panel(Kind.SHARES, "占比", "渠道", "条", NAMES, (Series("", (None, 650, 0)),))
    assert rows(blank)[:2] == [["渠道", "数量（条）"], ["政府公报", ""]]


def test_a_table_stays_whole_under_its_caption() -> None:
    document = docx.Document(io.BytesIO(written(SHARES)))
    (table,) = document.tables
    cells = [cell.paragraphs[0] for row in table.rows for cell in row.cells]
    assert all(one.paragraph_format.keep_with_next for one in cells)
    assert table._tbl.tr_lst[0].xpath("./w:trPr/w:tblHeader")
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in table._tbl.tr_lst)


def test_libreoffice_draws_what_the_charts_say(
    content: bytes, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "chart.docx"
    file.write_bytes(content)
    (pdf,) = office.convert([file], "pdf", tmp_path)
    shown = "".join(pdf_text(pdf).split())
    drawn = shown[shown.index("如此") :]
    for said in ("政府公报", "政府网站", "650", "67.25", "600", "2017年", "2018年"):
        assert said in drawn, said


def test_libreoffice_keeps_charts_and_workbooks(
    content: bytes, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "chart.docx"
    file.write_bytes(content)
    (again,) = office.convert([file], "docx", tmp_path / "again")
    names = packages.parts(again.read_bytes())
    assert sum(name.startswith("word/charts/chart") for name in names) == 2
    assert sum(name.startswith("word/embeddings/") for name in names) == 2
    for name, part in names.items():
        if name.startswith("word/charts/chart"):
            assert "650" in "".join(ElementTree.fromstring(part).itertext())
