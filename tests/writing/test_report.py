"""The annual report: sentences, the whole form in its place, placeholders for what people write."""

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.office import Office, pdf_text
from toolkit import definition, outline, record, resources, text, words
from toolkit.form import Form
from toolkit.printed import Part, printed
from toolkit.record import Record
from toolkit.writing.report import Content, Report, report
from toolkit.writing.word_styles import StyleName

DATA = Path(__file__).parent.parent / "data"
BLOCKS = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
OUTLINE = outline.parse(
    """\
name: 小提纲
title: "{{ 单位 }}报告"
preamble: [[{text: 开头。}]]
sections:
  - heading: 公开
    table: documents
  - heading: 复议
    paragraphs: [[{about: [dispute/upheld, dispute/corrected], none: 【待填：件数】, some: "{{ 合计('dispute/upheld', 'dispute/corrected') }}件。"}]]
    table: disputes
    sections:
      - heading: 以后
        paragraphs: [[{text: 结尾。}]]
annex: 附表
""",  # noqa: E501
    "outline.yaml",
    BLOCKS,
)
FORMS = [definition.load(edition) for edition in definition.editions()]
EDITIONS = [form.edition for form in FORMS]


@dataclass(frozen=True)
class Sample:
    form: Form
    record: Record
    name: str


def samples() -> Iterator[Sample]:
    for form in FORMS:
        for path in sorted(resources.data("samples", form.edition).glob("records/*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            yield Sample(form, record.undump(data, form), path.stem)


SAMPLES = list(samples())


def small(**figures: int) -> Report:
    values = {f"dispute/{column}": figure for column, figure in figures.items()}
    return report(BLOCKS, OUTLINE, Content(2000, "某局", values))


def of(form: Form, returned: Record) -> Report:
    content = Content(returned.year, returned.unit.name, returned.values)
    return report(form, outline.load(form), content)


def body(written: Report) -> list[str]:
    """Return the text of every paragraph, and ``[columns×rows]`` for every table."""
    found = []
    for block in docx.Document(io.BytesIO(written.content)).iter_inner_content():
        if isinstance(block, Paragraph):
            style = block.style.name if block.style else ""
            found += [] if style == StyleName.TABLE_END else [block.text]
        else:
            found.append(f"[{len(block.columns)}×{len(block.rows)}]")
    return found


def tables(written: Report) -> Sequence[Table]:
    return docx.Document(io.BytesIO(written.content)).tables


def shown(table: Table) -> list[str]:
    """Return the texts of a table's cells as they are printed, a merged one once."""
    return [
        "".join(run.text for paragraph in element.p_lst for run in paragraph.r_lst)
        for row in table._tbl.tr_lst
        for element in row.tc_lst
        if element.vMerge != "continue"
    ]


def test_tables_stand_below_the_paragraphs_of_their_sections() -> None:
    assert body(small(upheld=2, corrected=3)) == [
        "某局报告",
        "开头。",
        "公开",
        "[4×7]",
        "复议",
        "5件。",
        "[5×4]",
        "以后",
        "结尾。",
        "某局",
        "【待填：成文日期】",
        "附表",
        "小表\n（2000年度）",
        "填报单位（盖章）：某局",
        "[3×4]",
    ]


def test_placeholders_are_noted_in_their_order() -> None:
    assert small().left == ("【待填：件数】", "【待填：成文日期】")


def test_figures_stand_in_their_cells_and_blanks_stay_blank() -> None:
    _, disputes, _ = tables(small(upheld=2, corrected=0, total=9))
    assert shown(disputes)[-5:] == ["2", "0", "9", "", ""]


def test_same_arguments_give_same_bytes() -> None:
    assert small(upheld=1).content == small(upheld=1).content


@pytest.mark.parametrize("form", FORMS, ids=EDITIONS)
def test_the_skeleton_holds_the_whole_form_without_figures(form: Form) -> None:
    skeleton = report(form, outline.load(form))
    for table, drawn in zip(form.tables, tables(skeleton), strict=True):
        assert shown(drawn) == [cell.text for cell in printed(form, table).cells]
    assert words.entry("report.missing")["unit"] in skeleton.left


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_every_figure_of_a_record_stands_where_the_form_has_it(sample: Sample) -> None:
    values = sample.record.values
    for table, drawn in zip(
        sample.form.tables, tables(of(sample.form, sample.record)), strict=True
    ):
        cells = printed(sample.form, table).cells
        figures = {
            cell.key: content
            for cell, content in zip(cells, shown(drawn), strict=True)
            if cell.part is Part.FIGURE
        }
        expected = {
            key: "" if values.get(key) is None else text.show(values[key]) for key in figures
        }
        assert figures == expected


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_no_sentence_speaks_of_a_blank(sample: Sample) -> None:
    said = "".join(body(of(sample.form, sample.record)))
    assert words.say("text.blank") not in said
    assert not re.search(r"[，、。]{2}|，$", said)


@pytest.mark.parametrize("form", FORMS, ids=EDITIONS)
def test_of_unanswered_zeros_nothing_is_claimed(form: Form) -> None:
    zeros = dict.fromkeys(form.indicators, 0)
    everything = frozenset(form.indicators)
    content = Content(form.first_year, "某局", zeros, everything)
    assert "没有" not in "".join(
        piece
        for line in body(report(form, outline.load(form), content))
        for piece in re.split("【[^】]*】", line)
    )


def test_the_largest_matrix_stands_on_one_page(office: Office, tmp_path: Path) -> None:
    form = FORMS[-1]
    file = tmp_path / "skeleton.docx"
    file.write_bytes(report(form, outline.load(form)).content)
    (pdf,) = office.convert([file], "pdf", tmp_path)
    pages = ["".join(page.split()) for page in pdf_text(pdf).split("\f")]
    table = max(form.tables, key=lambda table: len(table.lines))
    first, last = table.lines[0].label, table.lines[-1].label
    assert [first in page for page in pages] == [last in page for page in pages]
    assert sum(first in page for page in pages) == 1
