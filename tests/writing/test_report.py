"""The annual report: sentences, the whole form in its place, placeholders for what people write."""

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.office import Office, pdf_text
from toolkit import compare, definition, material, outline, record, resources, text, words
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.material import Material
from toolkit.printed import Part, printed
from toolkit.record import Figures, Record
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
    Material(),
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
FULL, SPARSE = "南昌高新区-原报", "岭东区-原报"
"""Two records of the edition with several outlines: one has every figure, one has few."""
ARRANGED = [
    (sample.name, name)
    for sample in SAMPLES
    for name in outline.names(sample.form)
    if sample.name in {FULL, SPARSE} or name == words.entry("report.outline")
]
arranged = pytest.mark.parametrize(
    ("sample", "name"), ARRANGED, ids=["-".join(one) for one in ARRANGED]
)


def small(**figures: int) -> Report:
    values = {f"dispute/{column}": figure for column, figure in figures.items()}
    return report(BLOCKS, OUTLINE, Content(2000, "某局", values))


def record_of(sample: str) -> Sample:
    (found,) = [one for one in SAMPLES if one.name == sample]
    return found


@cache
def draft(sample: str, name: str) -> Report:
    """Return the draft of a sample's report in one of the outlines."""
    found = record_of(sample)
    told = found.record
    content = Content(told.year, told.unit.name, told.values)
    return report(found.form, outline.load(found.form, name), content)


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
    """Return the tables of the form, without the small ones under a caption."""
    found, captioned = [], False
    for block in docx.Document(io.BytesIO(written.content)).iter_inner_content():
        if isinstance(block, Paragraph):
            captioned = bool(block.style and block.style.name == StyleName.TABLE_CAPTION)
        elif not captioned:
            found.append(block)
    return found


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
        "附件：小表",
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


@arranged
def test_every_figure_of_a_record_stands_where_the_form_has_it(sample: str, name: str) -> None:
    form, values = record_of(sample).form, record_of(sample).record.values
    for table, drawn in zip(form.tables, tables(draft(sample, name)), strict=True):
        figures = {
            cell.key: content
            for cell, content in zip(printed(form, table).cells, shown(drawn), strict=True)
            if cell.part is Part.FIGURE
        }
        expected = {
            key: "" if values.get(key) is None else text.show(values[key]) for key in figures
        }
        assert figures == expected


@arranged
def test_no_sentence_speaks_of_a_blank(sample: str, name: str) -> None:
    said = "".join(body(draft(sample, name)))
    assert words.say("text.blank") not in said
    assert words.say("report.missing.figure") not in said
    assert not re.search(r"[，、。；]{2}|，$", said)


@arranged
def test_every_number_of_the_text_is_one_of_the_table(sample: str, name: str) -> None:
    """Or a sum that a sentence forms, a share, a date, or 计1条 of a printed label."""
    form, told = record_of(sample).form, record_of(sample).record
    known = {text.show(value) for value in told.values.values() if value is not None}
    known |= {text.show(one) for one in sums(form, told.values)}
    known |= {"1", "12", "31", str(told.year), str((told.year or 0) + 1)}
    prose = re.sub(r"占比[0-9.]+%", "", "".join(sentences(draft(sample, name))))
    assert set(re.findall(r"-?[0-9]+(?:\.[0-9]+)?", prose)) <= known


@arranged
def test_printed_shares_make_100(sample: str, name: str) -> None:
    for line in sentences(draft(sample, name)):
        shares = re.findall(r"占比([0-9.]+)%", line)
        assert not shares or sum(map(Decimal, shares)) == 100, line


def sentences(written: Report) -> list[str]:
    paragraphs = docx.Document(io.BytesIO(written.content)).paragraphs
    return [one.text for one in paragraphs if one.style and one.style.name == StyleName.BODY]


def sums(form: Form, values: Figures) -> Iterator[Number]:
    """Yield what the sentences of an edition's outlines may add up."""
    for group in material.load(form).sentences.values():
        for one in group:
            for keys in re.findall(r"合计\(([^)]*)\)", one.some):
                if (total := compare.total(values, re.findall("'([^']*)'", keys))) is not None:
                    yield total


@pytest.mark.parametrize("form", FORMS, ids=EDITIONS)
def test_of_unanswered_zeros_nothing_is_claimed(form: Form) -> None:
    zeros = dict.fromkeys(form.indicators, 0)
    everything = frozenset(form.indicators)
    content = Content(form.first_year, "某局", zeros, everything)
    for name in outline.names(form):
        said = "".join(
            piece
            for line in body(report(form, outline.load(form, name), content))
            for piece in re.split("【[^】]*】", line)
        )
        assert not re.search("没有|未|没", said), name


@pytest.mark.parametrize("form", FORMS, ids=EDITIONS)
def test_of_reported_zeros_every_sentence_says_so(form: Form) -> None:
    zeros = dict.fromkeys(form.indicators, 0)
    written = report(form, outline.load(form), Content(form.first_year, "某局", zeros))
    said = "".join(body(written))
    assert re.search("未收到(新的)?政府信息公开申请。", said)
    assert "未发生因政府信息公开被提起行政诉讼的情况。" in said
    assert not written.content.count(b"word/charts/")


@pytest.mark.parametrize("form", FORMS, ids=EDITIONS)
def test_last_year_is_spoken_of_only_where_it_is_given(form: Form) -> None:
    this = dict.fromkeys(form.indicators, 30)
    rows = compare.compare(form, this, form.edition, dict.fromkeys(form.indicators, 20))
    said = [
        "".join(
            body(
                report(form, outline.load(form), Content(form.first_year, "某局", this, beside=one))
            )
        )
        for one in ((), rows)
    ]
    assert ["上年增加" in one for one in said] == [False, True]


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
