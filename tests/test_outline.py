"""Outlines: every edition has one that holds its whole form; a broken one is refused by line."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from toolkit import definition, material, outline, words
from toolkit.definition import BrokenDefinition
from toolkit.form import Form
from toolkit.outline import Outline, Section

DATA = Path(__file__).parent / "data"
FORM = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
MATERIAL = material.parse(
    """\
sentences:
  复议:
    - {about: dispute/upheld, some: 维持一些。}
    - text: 如此。
exhibits:
  图一:
    kind: bars
    caption: 复议
    of: 结果
    parts: {维持: dispute/upheld, 纠正: dispute/corrected}
""",
    "material.yaml",
    FORM,
)
SHIPPED = [
    (edition, name)
    for edition in definition.editions()
    for name in outline.names(definition.load(edition))
]
TEXT = """\
name: 小提纲
title: 报告
preamble:
  - - text: 开头
sections:
  - heading: 公开
    table: documents
  - heading: 复议
    paragraphs:
      - - about: [dispute/upheld, dispute/corrected]
          some: 有{{ 合计('dispute/upheld', 'dispute/corrected') }}件。
    sections:
      - heading: 情况
        table: disputes
annex: 附表
"""


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def parsed(text: str) -> Outline:
    return outline.parse(text, "x.yaml", FORM, MATERIAL)


def tables(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield from [section.table] if section.table else []
        yield from tables(section.sections)


@pytest.mark.parametrize("edition", definition.editions())
def test_every_edition_has_an_outline_after_the_regulation(edition: str) -> None:
    form = definition.load(edition)
    first, *_ = outline.names(form)
    assert first == words.entry("report.outline")
    assert outline.load(form) == outline.load(form, first)


@pytest.mark.parametrize(("edition", "name"), SHIPPED)
def test_an_outline_prints_each_table_once(edition: str, name: str) -> None:
    form = definition.load(edition)
    read = outline.load(form, name)
    assert sorted([*tables(read.sections), *read.annexed]) == sorted(t.key for t in form.tables)
    assert bool(read.annex) == bool(read.annexed)


def test_tables_stand_in_their_sections_and_the_others_in_the_annex() -> None:
    read = parsed(TEXT)
    assert (list(tables(read.sections)), read.annexed) == (["documents", "disputes"], ("staff",))
    assert read.sections[1].sections[0].table == "disputes"


def test_without_annex_all_tables_stand_in_sections() -> None:
    whole = changed("annex: 附表\n", "  - {heading: 人员, table: staff}\n")
    read = parsed(whole)
    assert (read.annex, read.annexed) == ("", ())


def test_one_figure_or_several_choose_a_sentence() -> None:
    one = changed("[dispute/upheld, dispute/corrected]\n", "dispute/upheld\n")
    sentences = [parsed(text).sections[1].paragraphs[0][0] for text in (TEXT, one)]
    assert [s.about for s in sentences] == [
        ("dispute/upheld", "dispute/corrected"),
        ("dispute/upheld",),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("table: documents", "table: nothing", 7, "“nothing”不存在"),
        ("table: disputes", "table: documents", 14, "“documents”出现两次"),
        ("annex: 附表\n", "", 5, "staff没有放进任何一节"),
        ("annex: 附表\n", "  - {heading: 人员, table: staff}\nannex: 附表\n", 16, "附表）里没有表"),
        ("upheld, dispute/corrected]\n", "upheld, dispute/no]\n", 10, "“dispute/no”填不出来"),
        (
            "some: 有{{ 合计('dispute/upheld'",
            "some: 有{{ 合计('no'",
            11,
            "填不出来（2000版没有“no”这一项）",
        ),
        ("[dispute/upheld, dispute/corrected]\n", "[]\n", 10, "不符合要求"),
        ("dispute/corrected]\n", "dispute/upheld]\n", 10, "不符合要求"),
        ("text: 开头", "zero: 开头", 4, "缺少"),
        ("text: 开头", "{text: 开头, write: 结尾}", 4, "不符合要求"),
        ("text: 开头", "{text: 开头, none: 结尾}", 4, "缺少相配的项"),
        ("text: 开头", 'text: "{{ 没有 }}"', 4, "填不出来（“没有”不存在）"),
        ("text: 开头", 'text: "{{ 年"', 4, "写法不对"),
        ("- text: 开头", "- 没有的", 4, "没有名叫“没有的”的句子或图表，现有复议"),
        ("- text: 开头", '- ""', 4, "不符合要求"),
        ("    table: documents\n", "    exhibits: [没有的]\n", 7, "现有图一"),
        (
            "        table: disputes\n",
            "        table: disputes\n        sections:"
            " [{heading: 三, sections: [{heading: 四, sections: [{heading: 五}]}]}]\n",
            15,
            "最多4层",
        ),
    ],
)
def test_a_broken_outline_is_refused_with_its_line(
    old: str, new: str, line: int, reason: str
) -> None:
    with pytest.raises(BrokenDefinition, match=reason) as refusal:
        parsed(changed(old, new))
    assert refusal.value.line == line


def test_sentences_of_the_material_stand_where_they_are_named() -> None:
    read = parsed(changed("  - - text: 开头", "  - [复议, {text: 开头}]"))
    assert [[one.some or one.text for one in each] for each in read.preamble] == [
        ["维持一些。", "如此。", "开头"]
    ]


def test_exhibits_of_the_material_stand_where_they_are_named() -> None:
    read = parsed(changed("table: documents", "table: documents\n    exhibits: [图一]"))
    assert [one.caption for one in read.sections[0].exhibits] == ["复议"]


def test_there_may_be_no_preamble() -> None:
    assert parsed(changed("preamble:\n  - - text: 开头\n", "")).preamble == ()


def test_an_office_may_keep_its_own_outline(form: Form, tmp_path: Path) -> None:
    file = tmp_path / "我们的.yaml"
    file.write_text(
        "name: 我们的\ntitle: 报告\nannex: 附件\n"
        "sections: [{heading: 收费, paragraphs: [[收费]]}]\n",
        encoding="utf-8",
    )
    assert outline.load_file(file, form).sections[0].paragraphs[0]


ARRANGED = ["四部分", "五部分", "六部分", "七部分", "十一部分"]


@pytest.mark.parametrize("name", ARRANGED)
def test_the_arrangements_of_published_reports_have_as_many_parts_as_their_name_says(
    name: str, form: Form
) -> None:
    parts = ["四", "五", "六", "七", "八", "九", "十", "十一"].index(name.removesuffix("部分")) + 4
    assert len(outline.load(form, name).sections) == parts


@pytest.mark.parametrize("name", ARRANGED)
def test_the_arrangements_say_what_the_outline_of_the_regulation_says(
    name: str, form: Form
) -> None:
    def said(sections: Sequence[Section]) -> Iterator[str]:
        for section in sections:
            yield from (one.some for each in section.paragraphs for one in each if one.some)
            yield from said(section.sections)

    assert set(said(outline.load(form).sections)) <= set(said(outline.load(form, name).sections))


def test_the_outline_in_the_manual_can_be_used(form: Form) -> None:
    manual = (Path(__file__).parents[1] / "docs" / "手册.md").read_text(encoding="utf-8")
    (example,) = re.findall("```yaml\n(.*?)```", manual, re.DOTALL)
    read = outline.parse(example, "手册.md", form, material.load(form))
    assert [section.heading for section in read.sections] == ["主动公开情况", "依申请公开情况"]
