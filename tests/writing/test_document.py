"""The official document as its file and its pages show it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests import packages
from tests.office import Office, pdf_text
from toolkit import definition, marks
from toolkit.printed import printed
from toolkit.writing import gbt9704
from toolkit.writing.document import OfficialDocument
from toolkit.writing.word_measures import measures
from toolkit.writing.word_styles import StyleName

FORM = definition.load(definition.editions()[0])
LIST = printed(FORM, FORM.tables[0])
ISSUER = "某某县人民政府办公室"
DATE = "2019年3月31日"


def written(body: int = 1) -> bytes:
    """Return a document with everything in it."""
    document = OfficialDocument(title="某某县年度报告", subject="年度报告", issuer=ISSUER)
    document.title("某某县人民政府\n年度报告")
    for heading in ("概述", "主动公开情况"):
        document.heading(heading, 1)
        document.heading("组织领导", 2)
        document.heading("机构", 3)
        document.heading("人员", 3)
        document.heading("专职", 4)
        document.heading("兼职", 4)
    for _ in range(body):
        document.paragraph("政府信息公开" * 56)
    document.paragraph([("请联系", False), ("【待填：电话】", True), ("。", False)])
    document.signature(ISSUER, DATE)
    document.annex_heading("附表")
    document.table_title("统计表")
    document.table_note([("填报单位：", False), ("【待填：机关名称】", True)])
    document.table(LIST, measures(LIST))
    return document.save()


@pytest.fixture(scope="module")
def content() -> bytes:
    return written()


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, bytes]:
    return packages.parts(content)


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


@pytest.fixture(scope="module")
def styles(parts: dict[str, bytes]) -> dict[str, etree._Element]:
    found = etree.fromstring(parts["word/styles.xml"]).iter(qn("w:style"))
    return {value(style, "name"): style for style in found}


def only(root: etree._Element, name: str) -> etree._Element:
    """Return the one element of a name."""
    (found,) = root.iter(qn(f"w:{name}"))
    return found


def value(root: etree._Element, name: str) -> str:
    """Return the w:val of the one element of a name."""
    return str(only(root, name).attrib[qn("w:val")])


def attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes by their local names."""
    return {etree.QName(name).localname: str(text) for name, text in element.attrib.items()}


def paragraphs(body: etree._Element, style: StyleName | str) -> Iterator[str]:
    """Yield the texts of the paragraphs with a style."""
    for paragraph in body.iter(qn("w:p")):
        named = paragraph.find(f".//{qn('w:pStyle')}")
        if named is not None and named.attrib[qn("w:val")] == style:
            yield "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def test_same_content_gives_same_bytes(content: bytes) -> None:
    assert written() == content
    assert written(body=2) != content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_saved_twice_is_the_same() -> None:
    document = OfficialDocument(title="年度报告")
    document.paragraph("正文")
    assert document.save() == document.save()


def test_every_part_is_well_formed_and_none_is_left_over(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        assert etree.fromstring(part) is not None, name
    assert not [name for name in parts if "thumbnail" in name or "theme" in name]
    assert not [name for name, part in parts.items() if b"python-docx" in part]


def test_properties(content: bytes) -> None:
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert (properties.title, properties.subject) == ("某某县年度报告", "年度报告")
    assert (properties.author, properties.comments) == (ISSUER, "")
    assert properties.last_modified_by == ""
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == marks.CREATED
    assert properties.modified == properties.created


def test_page_is_that_of_the_standard(content: bytes) -> None:
    section = docx.Document(io.BytesIO(content)).sections[0]
    measures = {
        "page_width": 210,
        "page_height": 297,
        "top_margin": 37,
        "left_margin": 28,
        "right_margin": 26,
        "bottom_margin": 35,
    }
    for name, millimetres in measures.items():
        assert getattr(section, name).mm == pytest.approx(millimetres, abs=0.02), name


def test_grid_holds_22_lines(body: etree._Element) -> None:
    assert attributes(only(body, "docGrid")) == {"type": "lines", "linePitch": "579"}
    assert gbt9704.LINES_PER_PAGE * 579 / 20 <= 225 * gbt9704.POINTS_PER_MM


def test_every_typeface_is_set_for_chinese_text(styles: dict[str, etree._Element]) -> None:
    for name, style in styles.items():
        if style.attrib[qn("w:type")] != "paragraph":
            continue
        fonts = attributes(only(style, "rFonts"))
        assert set(fonts) == {"ascii", "hAnsi", "eastAsia", "cs"}, name
        assert len(set(fonts.values())) == 1, name


@pytest.mark.parametrize(
    ("name", "font", "half_points"),
    [
        (StyleName.TITLE, "方正小标宋简体", "44"),
        (StyleName.BODY, "仿宋_GB2312", "32"),
        ("heading 1", "黑体", "32"),
        ("heading 2", "楷体_GB2312", "32"),
        ("heading 3", "仿宋_GB2312", "32"),
        ("heading 4", "仿宋_GB2312", "32"),
        (StyleName.ANNEX, "黑体", "32"),
        (StyleName.TABLE_TEXT, "宋体", "21"),
        (StyleName.PAGE_ODD, "宋体", "28"),
    ],
)
def test_typefaces_are_those_of_the_standard(
    styles: dict[str, etree._Element], name: str, font: str, half_points: str
) -> None:
    assert attributes(only(styles[name], "rFonts"))["eastAsia"] == font
    assert value(styles[name], "sz") == half_points


def test_no_typeface_stands_in_the_text(parts: dict[str, bytes]) -> None:
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        root = etree.fromstring(parts[name])
        assert not list(root.iter(qn("w:rFonts"), qn("w:sz"), qn("w:color"))), name


def test_language_is_chinese(parts: dict[str, bytes]) -> None:
    language = attributes(only(etree.fromstring(parts["word/styles.xml"]), "lang"))
    assert language["eastAsia"] == "zh-CN"


def test_body_is_indented_by_two_characters(styles: dict[str, etree._Element]) -> None:
    indent = attributes(only(styles[StyleName.BODY], "ind"))
    assert indent == {"firstLineChars": "200", "firstLine": "640"}


def test_headings_are_numbered_by_one_list(
    parts: dict[str, bytes], styles: dict[str, etree._Element], body: etree._Element
) -> None:
    numbering = etree.fromstring(parts["word/numbering.xml"])
    levels = [
        (value(level, "numFmt"), value(level, "lvlText"), value(level, "pStyle"))
        for level in numbering.iter(qn("w:lvl"))
    ]
    assert levels == [
        ("chineseCountingThousand", "%1、", "Heading1"),
        ("chineseCountingThousand", "（%2）", "Heading2"),
        ("decimal", "%3.", "Heading3"),
        ("decimal", "（%4）", "Heading4"),
    ]
    for level in range(4):
        style = styles[f"heading {level + 1}"]
        assert (value(style, "ilvl"), value(style, "outlineLvl")) == (str(level), str(level))
        assert value(style, "numId") == only(numbering, "num").attrib[qn("w:numId")]
        assert only(style, "keepNext") is not None
    assert list(paragraphs(body, "Heading1")) == ["概述", "主动公开情况"]


def test_placeholders_have_their_style(body: etree._Element) -> None:
    marked = [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in body.iter(qn("w:r"))
        if run.find(f".//{qn('w:rStyle')}") is not None
    ]
    assert marked == ["【待填：电话】", "【待填：机关名称】"]


@pytest.mark.parametrize(("part", "side"), [("footer1", "right"), ("footer2", "left")])
def test_page_number_is_a_field_on_its_side(
    parts: dict[str, bytes], styles: dict[str, etree._Element], part: str, side: str
) -> None:
    runs = list(etree.fromstring(parts[f"word/{part}.xml"]).iter(qn("w:r")))
    contents = [run[0] for run in runs]
    kinds = [content.get(qn("w:fldCharType")) or content.text for content in contents]
    assert kinds == ["— ", "begin", " PAGE ", "separate", "1", "end", " —"]
    assert all(len(run) == 1 for run in runs)
    style = styles[StyleName.PAGE_ODD if side == "right" else StyleName.PAGE_EVEN]
    assert value(style, "jc") == side
    assert attributes(only(style, "ind")) == {f"{side}Chars": "100", side: "280"}


def test_footers_differ_on_odd_and_even_pages(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    footers = (section.footer, section.even_page_footer)
    named = [footer.paragraphs[0].style for footer in footers]
    assert [style.name for style in named if style] == [StyleName.PAGE_ODD, StyleName.PAGE_EVEN]


def test_table_is_off_the_grid(styles: dict[str, etree._Element]) -> None:
    for name in (StyleName.TABLE_HEADER, StyleName.TABLE_SECTION, StyleName.TABLE_TEXT):
        assert value(styles[name], "snapToGrid") == "0"


@pytest.mark.parametrize(
    ("unit", "unit_indent", "date_indent"),
    [
        (ISSUER, 2.25, 4),  # ten characters above six and a half
        ("某局", 6.25, 4),
        ("某某县政府信息公开工作领导小组办公室及成员", 0, 7.25),
    ],
)
def test_unit_is_centred_above_the_date(unit: str, unit_indent: float, date_indent: float) -> None:
    document = OfficialDocument(title="")
    document.signature(unit, DATE)
    indents = [
        paragraph.paragraph_format.right_indent for paragraph in document.document.paragraphs
    ]
    expected = [unit_indent, date_indent]
    assert [indent.pt / 16 for indent in indents if indent is not None] == pytest.approx(expected)


def test_signature_stays_with_the_text(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    (last,) = [p for p in document.paragraphs if p.text.startswith("请联系")]
    assert last.paragraph_format.keep_with_next


@pytest.fixture(scope="module")
def pages(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Sequence[str]]:
    folder = tmp_path_factory.mktemp("document")
    file = folder / "report.docx"
    file.write_bytes(written(body=6))
    (pdf,) = office.convert([file], "pdf", folder)
    printed = pdf_text(pdf).split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in printed]


def test_pages_hold_22_lines_of_28_characters(pages: Sequence[Sequence[str]]) -> None:
    *lines, _ = pages[1]
    assert len(lines) == gbt9704.LINES_PER_PAGE
    assert max(map(len, lines)) == gbt9704.CHARACTERS_PER_LINE


def test_pages_are_numbered(pages: Sequence[Sequence[str]]) -> None:
    shown = [page[-1].replace(" ", "") for page in pages]
    assert shown == [f"—{number}—" for number in range(1, len(pages) + 1)]


def test_headings_renumber_themselves(pages: Sequence[Sequence[str]]) -> None:
    shown = [line.replace(" ", "") for line in pages[0][2:14]]
    section = ["（一）组织领导", "1.机构", "2.人员", "（1）专职", "（2）兼职"]
    assert shown == ["一、概述", *section, "二、主动公开情况", *section]


def test_headings_go_on_beyond_ten(office: Office, tmp_path: Path) -> None:
    document = OfficialDocument(title="")
    for _ in range(11):
        document.heading("部分", 1)
    file = tmp_path / "eleven.docx"
    file.write_bytes(document.save())
    (pdf,) = office.convert([file], "pdf", tmp_path)
    shown = pdf_text(pdf).split()
    assert [one for one in shown if "部分" in one][-2:] == ["十、部分", "十一、部分"]


def test_header_of_the_table_stands_on_each_of_its_pages(pages: Sequence[Sequence[str]]) -> None:
    first, last = pages[-2:]
    assert first[0] == "附表"
    assert "".join(last[0].split()) == "统计指标单位统计数"
