"""The text of reports: paragraphs, headings, small tables, and what Word hangs on them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.proofreading import drawn
from tests.reading import by_hand
from toolkit.findings import Refused
from toolkit.narrative import Narrative, Passage, Story
from toolkit.reading import narratives
from toolkit.reading.narratives import read_narrative

Change = Callable[[Any], None]
LINES = ["一、概述", "公开信息12条。", ["渠道", "网站"], ["条数", "12"], "完。"]


def saved(made: Any) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def read(*blocks: str, change: Change = lambda _: None) -> Narrative:
    """Read a document with these paragraphs, changed before it is saved."""
    made = docx.Document()
    for block in blocks:
        made.add_paragraph(block)
    change(made)
    return read_narrative(saved(made))


def texts(narrative: Narrative, story: Story = Story.BODY) -> list[str]:
    return [one.text for one in narrative.passages if one.story is story]


@pytest.mark.parametrize("write", [drawn.as_text, drawn.as_page, drawn.as_document])
def test_every_format_gives_the_same_text(write: Callable[[Any], bytes]) -> None:
    narrative = read_narrative(write(LINES))
    assert [(one.number, one.text) for one in narrative.passages] == [
        (1, "一、概述"),
        (2, "公开信息12条。"),
        (3, "完。"),
    ]
    (grid,) = narrative.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["渠道", "网站"], ["条数", "12"]]
    cell = grid.rows[1][1]
    assert (cell.story, cell.number, cell.table, cell.row, cell.column) == (Story.TABLE, 2, 1, 2, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_text_may_be_in_any_usual_encoding(encoding: str) -> None:
    assert texts(read_narrative("一、概述\n完。".encode(encoding))) == ["一、概述", "完。"]


def test_marks_of_markdown_are_no_text() -> None:
    narrative = read_narrative("# 报告\n\n## **一、概述**\n完。".encode())
    assert [(one.text, one.level) for one in narrative.passages] == [
        ("报告", 1),
        ("一、概述", 2),
        ("完。", 0),
    ]


# ---------------------------------------------------------------- Word


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    def change(made: Any) -> None:
        paragraph = made.paragraphs[0]._p
        for kind, tag, text in (
            ("ins", "t", "12"),
            ("del", "delText", "34"),
            ("moveFrom", "t", "5"),
        ):
            changed = OxmlElement(f"w:{kind}")
            run = OxmlElement("w:r")
            piece = OxmlElement(f"w:{tag}")
            piece.text = text
            run.append(piece)
            changed.append(run)
            paragraph.append(changed)
        made.paragraphs[0].add_run("条")

    assert texts(read("公开信息", change=change)) == ["公开信息12条"]


def test_a_paragraph_whose_mark_was_deleted_goes_on() -> None:
    def change(made: Any) -> None:
        properties = made.paragraphs[0]._p.get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:del"))
        properties.append(mark)

    narrative = read("公开信息", "12条。", "完。", change=change)
    assert texts(narrative) == ["公开信息12条。", "完。"]
    assert [piece.start for piece in narrative.passages[0].pieces] == [0, 4]
    assert texts(read("公开信息", change=change)) == ["公开信息"]  # with nothing to go on in


def test_hidden_text_is_not_read_and_a_field_is_read_as_it_shows() -> None:
    def change(made: Any) -> None:
        hidden = made.paragraphs[0].add_run("不看见")
        hidden.font.hidden = True
        for kind, text in (("instrText", " PAGE "), ("t", "12")):
            run = made.paragraphs[0].add_run()
            piece = OxmlElement(f"w:{kind}")
            piece.text = text
            run._r.append(piece)

    assert texts(read("公开信息", change=change)) == ["公开信息12"]


BOX = (
    "<w:r {0}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
    "<w:p><w:r><w:t>框里12条</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框里12条</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once() -> None:
    space = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"

    def change(made: Any) -> None:
        made.paragraphs[0]._p.append(parse_xml(BOX.format(f"{nsdecls('w')} {space}")))

    narrative = read("正文", "下一段", change=change)
    assert [(one.story, one.text) for one in narrative.passages] == [
        (Story.BODY, "正文"),
        (Story.BOX, "框里12条"),
        (Story.BODY, "下一段"),
    ]
    box = narrative.passages[1]
    assert (box.number, box.pieces[0].run) == (1, 1)  # the run that holds it


def with_parts(data: bytes, parts: dict[str, str], related: dict[str, str]) -> bytes:
    """Return a document with more parts, related to its main part."""
    source = zipfile.ZipFile(io.BytesIO(data))
    relations = source.read("word/_rels/document.xml.rels").decode()
    for kind, name in related.items():
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        entry = f'<Relationship Id="x{kind}" Type="{base}/{kind}" Target="{name}"/>'
        relations = relations.replace("</Relationships>", entry + "</Relationships>")
    contents = {name: source.read(name) for name in source.namelist()}
    contents["word/_rels/document.xml.rels"] = relations.encode()
    contents |= {name: part.encode() for name, part in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return target.getvalue()


def test_a_footnote_is_read_behind_the_paragraph_that_names_it() -> None:
    made = docx.Document()
    made.add_paragraph("正文")
    made.add_paragraph("下一段")
    run = made.paragraphs[0].add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    run._r.append(reference)
    note = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>注里12条</w:t></w:r>"
        "</w:p></w:footnote></w:footnotes>"
    )
    data = with_parts(saved(made), {"word/footnotes.xml": note}, {"footnotes": "footnotes.xml"})
    narrative = read_narrative(data)
    assert [(one.story, one.text) for one in narrative.passages] == [
        (Story.BODY, "正文"),
        (Story.NOTE, "注里12条"),
        (Story.BODY, "下一段"),
    ]


def test_a_table_in_a_table_is_a_table_of_its_own() -> None:
    def change(made: Any) -> None:
        outer = made.add_table(1, 2)
        outer.cell(0, 0).text = "外"
        inner = outer.cell(0, 1).add_table(1, 1)
        inner.cell(0, 0).text = "里12条"

    narrative = read("正文", change=change)
    assert [[cell.text for cell in grid.cells] for grid in narrative.grids] == [
        ["外", ""],
        ["里12条"],
    ]


LEVEL = (
    "<w:lvl w:ilvl='{}'><w:start w:val='1'/><w:numFmt w:val='{}'/><w:lvlText w:val='{}'/></w:lvl>"
)
LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("bullet", "●"),
)
NUMBERING = """<w:numbering {0}>
<w:abstractNum w:abstractNumId='1'>{1}</w:abstractNum>
<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>
<w:num w:numId='2'><w:abstractNumId w:val='1'/>
<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(*levels: tuple[int, int]) -> list[str]:
    """Return the numbers before paragraphs of these lists and levels."""
    made = docx.Document()
    part = made.part.numbering_part
    written = "".join(LEVEL.format(place, *entry) for place, entry in enumerate(LEVELS))
    part._element = parse_xml(NUMBERING.format(nsdecls("w"), written))
    for listed, level in levels:
        properties = made.add_paragraph("甲")._p.get_or_add_pPr()
        place = f"<w:ilvl w:val='{level}'/><w:numId w:val='{listed}'/>"
        properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))
    return [one.numbering for one in read_narrative(saved(made)).passages]


def test_numbers_that_word_prints_are_known() -> None:
    found = numbered((1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (0, 0), (2, 0), (2, 0))
    assert found == ["一、", "（一）", "（二）", "1.", "", "二、", "（一）", "", "五、", "六、"]


def test_a_heading_style_gives_its_level() -> None:
    made = docx.Document()
    made.add_heading("概述", 2)
    made.add_paragraph("正文")
    assert [one.level for one in read_narrative(saved(made)).passages] == [2, 0]


# ---------------------------------------------------------------- what is no report


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "R3", "空"),
        (b"%PDF-1.7", "R80", "PDF"),
        (b'{"form": "2018"}', "R80", "JSON"),
        (b"{\\rtf1 x}", "R81", "RTF"),
        (by_hand.xlsx(), "R80", "电子表格"),
    ],
)
def test_what_is_no_report_is_named(data: bytes, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_narrative(data)
    assert refused.value.finding.code == code
    assert said in str(refused.value)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_narrative("长".encode() * (narratives.LETTERS + 1))
    assert refused.value.finding.code == "R80"


def test_a_passage_without_runs_has_no_pieces() -> None:
    assert read_narrative("甲".encode()).passages == (Passage("甲", 1),)
