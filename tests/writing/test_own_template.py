"""An office's own Word template: filled, made safe, and never with a placeholder left behind."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests import packages, sample_template
from tests.office import Office, pdf_text
from toolkit import definition, material, record, resources
from toolkit.form import Form
from toolkit.writing import own_template
from toolkit.writing.report import Content, Report
from toolkit.writing.template_slips import BrokenTemplate
from toolkit.writing.word_styles import StyleName

FIGURES = {"request.received": 9, "review.total": 0, "channel.website": 650, "channel.wechat": 525}
CONTENT = Content(2018, "某某<县>&政府", FIGURES)


def template(*paragraphs: str, change: Callable[[Document], None] | None = None) -> bytes:
    """Return a document of Word's own, not of ours."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def filled(form: Form, content: bytes, told: Content = CONTENT) -> Report:
    return own_template.filled("我们的.docx", content, form, material.load(form), told)


def opened(written: Report) -> Document:
    return docx.Document(io.BytesIO(written.content))


def lines(written: Report) -> list[str]:
    return [one.text for one in opened(written).paragraphs]


def refusal(form: Form, content: bytes) -> str:
    with pytest.raises(BrokenTemplate) as refused:
        filled(form, content)
    return str(refused.value)


# ---------------------------------------------------------------- filling


def test_a_figure_is_named_by_key_name_or_label(form: Form) -> None:
    placeholders = [
        f"{{{{ 数['{name}'] }}}}件"
        for name in ("request.received", "收到申请数", "（一）收到申请数")
    ]
    assert lines(filled(form, template(*placeholders))) == ["9件"] * 3


def test_a_placeholder_may_be_split_over_runs_and_have_curly_quotes(form: Form) -> None:
    def split(document: Document) -> None:
        paragraph = document.add_paragraph("共{{ 数[")
        paragraph.add_run("‘收到").bold = True
        paragraph.add_run("申请数’] }")
        paragraph.add_run("}件")

    assert lines(filled(form, template(change=split))) == ["共9件"]


def test_names_are_text_and_never_xml(form: Form) -> None:
    assert lines(filled(form, template("{{ 单位 }}{{ 年 }}"))) == ["某某<县>&政府2018"]


def test_sentences_and_conditions(form: Form) -> None:
    written = filled(
        form,
        template(
            "{{ 句['收到申请'] }}",
            "{%p if 数['收到申请数'] > 5 %}",
            "多。",
            "{%p else %}",
            "少。",
            "{%p endif %}",
            "{#p 说明 #}",
            "{{ 合计('channel.website', 'channel.wechat') }}条{{ 其中('channel.website', {}) }}",
        ),
    )
    assert lines(written) == ["2018年共收到政府信息公开申请9件。", "多。", "1175条"]


def test_tables_cells_headers_and_footers_are_filled(form: Form) -> None:
    def change(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "{{ 数['收到申请数'] }}"
        document.sections[0].header.paragraphs[0].text = "{{ 单位 }}"
        document.sections[0].footer.paragraphs[0].text = "{{ 年 }}"

    document = opened(filled(form, template(change=change)))
    assert document.tables[0].cell(0, 0).text == "9"
    assert document.sections[0].header.paragraphs[0].text == "某某<县>&政府"
    assert document.sections[0].footer.paragraphs[0].text == "2018"


def test_what_is_not_there_is_marked_in_its_style(form: Form) -> None:
    def change(document: Document) -> None:
        document.add_paragraph().add_run("投诉{{ 数['举报投诉数量'] }}件").bold = True

    written = filled(form, template("【重要】不变", change=change))
    assert written.left == ("【待填：举报投诉数量】",)
    first, second = opened(written).paragraphs
    assert [run.text for run in first.runs] == ["【重要】不变"]
    assert [(run.text, run.style.name == StyleName.PLACEHOLDER) for run in second.runs] == [
        ("投诉", False),
        ("【待填：举报投诉数量】", True),
        ("件", False),
    ]
    assert all(run.bold for run in second.runs)


def test_a_zero_that_may_only_be_missing_is_no_figure(form: Form) -> None:
    told = Content(2018, "某局", FIGURES, frozenset({"review.total"}))
    placeholder = template("复议{{ 数['review.total'] }}件")
    assert lines(filled(form, placeholder)) == ["复议0件"]
    assert lines(filled(form, placeholder, told)) == ["复议【待填：行政复议数量】件"]


def test_tables_and_charts_take_the_place_of_their_paragraphs(form: Form) -> None:
    written = filled(
        form, template("前", "{{ 图['渠道图'] }}", "{{ 表['统计表'] }}", "{{ 图['申请图'] }}", "后")
    )
    document = opened(written)
    assert lines(written)[0] == "前"
    assert lines(written)[-1] == "后"
    (table,) = document.tables
    assert len(table.rows) == 66
    assert len(list(document.element.body.iter(qn("wp:inline")))) == 1  # 申请图 has no figures
    assert "ue000" not in repr(lines(written))


def test_the_office_keeps_its_styles_and_is_lent_those_it_lacks(form: Form) -> None:
    def change(document: Document) -> None:
        document.styles.add_style(StyleName.TABLE_TEXT, 1).font.name = "自己的字体"
        document.styles.add_style("TableHeader", 1)

    document = opened(filled(form, template("{{ 表['统计表'] }}", change=change)))
    assert document.styles[StyleName.TABLE_TEXT].font.name == "自己的字体"
    assert document.styles[StyleName.TABLE_HEADER].style_id == "TableHeader_"
    assert document.tables[0].cell(1, 0).paragraphs[0].style.name == StyleName.TABLE_SECTION


def test_the_same_template_gives_the_same_bytes(form: Form) -> None:
    content = template("{{ 句['收到申请'] }}", "{{ 图['渠道图'] }}", "{{ 表['统计表'] }}")
    assert filled(form, content).content == filled(form, content).content


# ---------------------------------------------------------------- refusals


def test_every_unknown_name_is_told_with_its_paragraph(form: Form) -> None:
    said = refusal(
        form,
        template(
            "第一段",
            "{{ 没有 }}",
            "{{ 数['收到申请'] }}和{{ 数['其他情形数'] }}",
            "{{ 句['没有'] }}",
            "{{ 表['没有'] }}",
        ),
    ).splitlines()
    assert said[0] == "模板有误：我们的.docx"
    assert said[1] == "  正文第2段“{{ 没有 }}”：“没有”不存在。"
    assert (
        "第3段“{{ 数['收到申请'] }}和{{ 数['其他情形数'] }}”：2018版没有“收到申请”这一项" in said[2]
    )
    assert "名称“其他情形数”不止一项" in said[3]
    assert "第4段“{{ 句['没有'] }}”：没有名叫“没有”的句子或图表，现有编制依据" in said[4]
    assert "第5段“{{ 表['没有'] }}”" in said[5]


@pytest.mark.parametrize(
    ("placeholder", "reason"),
    [
        ("{{ 年 }", "花括号不配对"),
        ("{ 年 }}", "花括号不配对"),
        ("{ 年 }", "花括号不配对"),
        ("{{ 年", "花括号不配对"),
        ("{{ {{ 年 }} }}", "花括号不配对"),
        ("｛｛ 年 ｝｝", "花括号是全角的"),
        ("{{ 年 年 }}", "写法不对"),
        ("{{ 数['收到申请数] }}", "写法不对"),
        ("{% if 年 %}", "写法不对"),
        ("{{ 年|没有 }}", "不存在的内容"),
        ("{{ 年 / 0 }}", "算不出来"),
        ("{{ 合计('没有') }}", "没有“没有”这一项"),
        ("见{{ 图['渠道图'] }}", "单独成段"),
    ],
)
def test_a_broken_placeholder_is_one_clear_sentence(
    form: Form, placeholder: str, reason: str
) -> None:
    _broken, *slips = refusal(form, template("好的。", placeholder, "好的。")).splitlines()
    assert len(slips) == 1
    assert f"正文第2段“{placeholder}”" in slips[0]
    assert reason in slips[0]


def test_a_placeholder_must_end_in_its_paragraph(form: Form) -> None:
    said = refusal(form, template("{{ 数[", "'收到申请数'] }}"))
    assert "正文第1段“{{ 数[”：占位符的花括号不配对" in said
    assert "正文第2段" in said


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 合计.__globals__ }}",
        "{{ 合计.__self__.form }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ 数.__init__.__globals__['__builtins__'] }}",
        "{% for 一 in ().__class__.__base__.__subclasses__() %}{{ 一 }}{% endfor %}",
        "{{ 年|attr('__class__') }}",
        "{{ ('%c'|format(95) ~ '_class_' ~ '_')|attr('upper') and lipsum.__globals__ }}",
    ],
)
def test_no_code_runs_from_a_template(form: Form, attack: str) -> None:
    said = refusal(form, template(attack))
    assert "不允许的写法" in said or "不存在的内容" in said


def test_a_template_reads_no_file(form: Form) -> None:
    assert "正文第1段" in refusal(form, template("{% include '/etc/passwd' %}"))


def test_slips_in_headers_and_properties_say_so(form: Form) -> None:
    def header(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ 没有 }}"

    def title(document: Document) -> None:
        document.core_properties.title = "{{ 没有 }}"

    assert "页眉第1段“{{ 没有 }}”" in refusal(form, template(change=header))
    assert "文档属性第1段“{{ 没有 }}”" in refusal(form, template(change=title))


def test_nothing_is_left_behind_where_nothing_is_filled(form: Form) -> None:
    def comment(document: Document) -> None:
        paragraph = document.add_paragraph("正文")
        document.add_comment(paragraph.runs, "见{{ 年 }}")

    def block(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = "{{ 图['渠道图'] }}"

    for change in (comment, block):
        assert "正文以外" in refusal(form, template(change=change))


def test_a_block_stands_in_no_table(form: Form) -> None:
    def cell(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "{{ 表['统计表'] }}"

    assert "“{{ 表['统计表'] }}”：表和图要自己单独成段" in refusal(form, template(change=cell))


def test_what_is_no_whole_document_is_refused(form: Form) -> None:
    for left_out in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            for name, part in packages.parts(template("{{ 年 }}")).items():
                if name != left_out:
                    package.writestr(name, part)
        assert "结构不完整" in refusal(form, file.getvalue())


def test_what_another_program_left_out_is_no_traceback(form: Form) -> None:
    def without_grid(document: Document) -> None:
        table = document.add_table(1, 1)._tbl
        table.remove(table.tblGrid)

    assert "结构不完整" in refusal(form, template("{{ 年 }}", change=without_grid))


def test_signs_of_our_own_in_a_template_mean_nothing(form: Form) -> None:
    assert lines(filled(form, template("\ue0007\ue001"))) == ["\ue0007\ue001"]


def test_the_placeholders_of_the_manual_can_be_filled(form: Form) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "手册.md").read_text(encoding="utf-8")
    table = manual[manual.index("| 写法 |") :]
    placeholders = re.findall("`({[{%].*?[%}]})`", table[: table.index("\n\n")])
    assert len(placeholders) == 11
    assert filled(form, template(*placeholders)).left == ()


# ---------------------------------------------------------------- the samples


@pytest.mark.parametrize("edition", definition.editions())
def test_the_sample_is_filled_from_every_record(edition: str) -> None:
    form = definition.load(edition)
    sample = sample_template.sample(form)
    for path in sorted(resources.data("samples", edition).glob("records/*.json"))[:3]:
        told = record.undump(record.parse(path.read_text(encoding="utf-8")), form)
        content = Content(told.year, told.unit.name, told.values)
        text = "".join(lines(filled(form, sample, content)))
        assert told.unit.name in text
        assert not set("{}｛｝") & set(text)


def test_libreoffice_prints_the_filled_sample(form: Form, office: Office, tmp_path: Path) -> None:
    path = next(resources.data("samples", form.edition).glob("records/南昌*原报.json"))
    told = record.undump(record.parse(path.read_text(encoding="utf-8")), form)
    content = Content(told.year, told.unit.name, told.values)
    file = tmp_path / "filled.docx"
    file.write_bytes(filled(form, sample_template.sample(form), content).content)
    (pdf,) = office.convert([file], "pdf", tmp_path)
    shown = "".join(pdf_text(pdf).split())
    assert f"全年主动公开政府信息{told.values['proactive.total']}条" in shown
    assert "三、依申请公开政府信息情况" in shown
    assert "政府网站" in shown
