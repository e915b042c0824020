"""Outlines: every edition has one that holds its whole form; a broken one is refused by line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from toolkit import definition, outline
from toolkit.definition import BrokenDefinition
from toolkit.outline import Section

DATA = Path(__file__).parent / "data"
FORM = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
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


def tables(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield from [section.table] if section.table else []
        yield from tables(section.sections)


@pytest.mark.parametrize("edition", definition.editions())
def test_every_edition_has_an_outline_that_prints_each_table_once(edition: str) -> None:
    form = definition.load(edition)
    read = outline.load(form)
    assert sorted([*tables(read.sections), *read.annexed]) == sorted(t.key for t in form.tables)
    assert bool(read.annex) == bool(read.annexed)


def test_tables_stand_in_their_sections_and_the_others_in_the_annex() -> None:
    read = outline.parse(TEXT, "x.yaml", FORM)
    assert (list(tables(read.sections)), read.annexed) == (["documents", "disputes"], ("staff",))
    assert read.sections[1].sections[0].table == "disputes"


def test_without_annex_all_tables_stand_in_sections() -> None:
    whole = changed("annex: 附表\n", "  - {heading: 人员, table: staff}\n")
    read = outline.parse(whole, "x.yaml", FORM)
    assert (read.annex, read.annexed) == ("", ())


def test_one_figure_or_several_choose_a_sentence() -> None:
    one = changed("[dispute/upheld, dispute/corrected]\n", "dispute/upheld\n")
    sentences = [
        outline.parse(text, "x.yaml", FORM).sections[1].paragraphs[0][0] for text in (TEXT, one)
    ]
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
        ("some: 有{{ 合计('dispute/upheld'", "some: 有{{ 合计('no'", 11, "填不出来（'no'）"),
        ("[dispute/upheld, dispute/corrected]\n", "[]\n", 10, "不符合要求"),
        ("dispute/corrected]\n", "dispute/upheld]\n", 10, "不符合要求"),
        ("text: 开头", "zero: 开头", 4, "缺少"),
        ("text: 开头", "{text: 开头, write: 结尾}", 4, "不符合要求"),
        ("text: 开头", "{text: 开头, none: 结尾}", 4, "缺少相配的项"),
        ("text: 开头", 'text: "{{ 没有 }}"', 4, "填不出来"),
    ],
)
def test_a_broken_outline_is_refused_with_its_line(
    old: str, new: str, line: int, reason: str
) -> None:
    with pytest.raises(BrokenDefinition, match=reason) as refusal:
        outline.parse(changed(old, new), "x.yaml", FORM)
    assert refusal.value.line == line
