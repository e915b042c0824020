"""Comments in a copy: at the words, and without a change to the text."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.packages import parts
from tests.proofreading import drawn
from toolkit.findings import Refused
from toolkit.narrative import Narrative, Quote
from toolkit.reading.narratives import read_narrative
from toolkit.writing.comments import Comment, commented, written_out

LINES: list[str | list[str]] = [
    "一、概述",
    "全年公开信息12条，收到申请3件。",
    ["渠道", "网站"],
    ["条数", "12条"],
    "完。",
]


def quote(narrative: Narrative, said: str) -> Quote:
    """Return the first place where some words stand."""
    passages = [*narrative.passages, *(cell for grid in narrative.grids for cell in grid.cells)]
    passage = next(one for one in passages if said in one.text)
    start = passage.text.index(said)
    return Quote(passage, start, start + len(said), said)


def marked(data: bytes, *said: str) -> bytes:
    narrative = read_narrative(data)
    return commented(data, [Comment(quote(narrative, one), f"看{one}") for one in said])


def ranges(data: bytes) -> dict[str, str]:
    """Return the text that each comment of a document is about, by the comment's own text."""
    document = docx.Document(io.BytesIO(data))
    told = {str(one.comment_id): one.text for one in document.comments}
    found: dict[str, str] = {}
    open_: set[str] = set()
    for node in document.element.iter():
        if node.tag == qn("w:commentRangeStart"):
            open_.add(node.get(qn("w:id")))
        elif node.tag == qn("w:commentRangeEnd"):
            open_.discard(node.get(qn("w:id")))
        elif node.tag == qn("w:t"):
            for number in open_:
                found[told[number]] = found.get(told[number], "") + (node.text or "")
    return found


def test_a_comment_stands_at_its_words() -> None:
    data = marked(drawn.as_document(LINES), "12条", "3件", "概述", "网站")
    assert ranges(data) == {f"看{one}": one for one in ("12条", "3件", "概述", "网站")}


def test_comments_may_share_words() -> None:
    data = marked(drawn.as_document(LINES), "公开信息12条", "12条，收到", "12条")
    assert ranges(data) == {f"看{one}": one for one in ("公开信息12条", "12条，收到", "12条")}


def test_the_text_and_all_other_parts_stay_as_they_are() -> None:
    data = drawn.as_document(LINES)
    after = marked(data, "12条", "3件")
    assert texts(after) == texts(data)
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    before = {name: part for name, part in parts(data).items() if name not in changed}
    assert before.items() <= parts(after).items()


def texts(data: bytes) -> list[str]:
    narrative = read_narrative(data)
    cells = [cell.text for grid in narrative.grids for cell in grid.cells]
    return [one.text for one in narrative.passages] + cells


def test_a_comment_names_who_made_it_and_no_time() -> None:
    (comment,) = docx.Document(io.BytesIO(marked(drawn.as_document(LINES), "3件"))).comments
    assert (comment.author, comment.initials, comment.timestamp) == ("校对", "校", None)


def test_comments_that_stand_there_already_stay() -> None:
    made = docx.Document()
    made.add_comment(made.add_paragraph("公开信息12条").runs, "领导的话", "领导")
    target = io.BytesIO()
    made.save(target)
    document = docx.Document(io.BytesIO(marked(target.getvalue(), "12条")))
    assert [one.text for one in document.comments] == ["领导的话", "看12条"]


def test_formatting_goes_along_where_a_run_is_cut() -> None:
    made = docx.Document()
    run = made.add_paragraph().add_run("公开 信息12条\t其余")
    run.bold = True
    target = io.BytesIO()
    made.save(target)
    document = docx.Document(io.BytesIO(marked(target.getvalue(), "12条")))
    runs = [run for run in document.paragraphs[0].runs if run.text]
    assert [(run.text, run.bold) for run in runs] == [
        ("公开 信息", True),
        ("12条", True),
        ("\t其余", True),
    ]


def test_words_over_several_runs_and_in_tracked_changes() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("公开信息")
    inserted = f"<w:ins {nsdecls('w')} w:id='9' w:author='甲'><w:r><w:t>一十二</w:t></w:r></w:ins>"
    paragraph._p.append(parse_xml(inserted))
    paragraph.add_run("条。")
    target = io.BytesIO()
    made.save(target)
    data = marked(target.getvalue(), "信息一十二条", "十二")
    assert ranges(data) == {"看信息一十二条": "信息一十二条", "看十二": "十二"}
    assert texts(data) == ["公开信息一十二条。"]


def test_the_same_report_gives_the_same_bytes() -> None:
    data = drawn.as_document(LINES)
    assert marked(data, "12条", "3件") == marked(data, "12条", "3件")


@pytest.mark.parametrize("write", [drawn.as_text, drawn.as_page])
def test_a_text_that_is_no_document_is_written_out_first(write: Any) -> None:
    narrative = read_narrative(write(LINES))
    data = written_out(
        narrative,
        [Comment(quote(narrative, "3件"), "看"), Comment(quote(narrative, "网站"), "也看")],
    )
    assert ranges(data) == {"看": "3件", "也看": "网站"}
    assert texts(data) == ["一、概述", LINES[1], "渠道\t网站", "条数\t12条", "完。"]


def strict(data: bytes) -> bytes:
    """Return a document as Word saves it under “Strict Open XML”."""
    spaces = {
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": (
            b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts(data).items():
            written = part
            for usual, other in spaces.items():
                written = written.replace(usual, other)
            package.writestr(name, written)
    return target.getvalue()


def test_a_strict_document_is_read_and_not_marked() -> None:
    data = strict(drawn.as_document(LINES))
    assert texts(data) == texts(drawn.as_document(LINES))
    with pytest.raises(Refused) as refused:
        marked(data, "3件")
    assert refused.value.finding.code == "R82"
    assert "另存为" in str(refused.value)
