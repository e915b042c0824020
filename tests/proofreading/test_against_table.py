"""The text against the table: X1, X2, B11, and B10."""

import pytest

from tests.proofreading import drawn
from toolkit import definition
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.proofreading.proofread import proofread

FIGURES = {
    "proactive.total": 682,
    "channel.website": 650,
    "channel.wechat": 525,
    "channel.other": 67,
    "request.online": 6,
    "review.total": 2,
    "fee.collected": 5,
}


def test_a_contradiction_names_words_paragraph_and_cell(form: Form) -> None:
    proof = proofread(
        drawn.text("一、公开情况", "我县主动公开政府信息1,242条。"), drawn.table(form, FIGURES)
    )
    (one,) = proof.remarks
    assert (one.finding.code, one.finding.severity) == ("X1", Severity.ERROR)
    assert (one.words.said, one.words.passage.number) == ("我县主动公开政府信息1,242条", 2)
    assert one.heading == ("一、公开情况",)
    assert one.cell is not None
    assert (one.cell.value, one.cell.sheet, one.cell.cell) == (682, "统计表", "D1")
    assert "统计表!D1）是682" in one.finding.message
    assert "恰好是政府公报公开政府信息数等5项合计" in one.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息682条",
        "主动公开政府信息６８２条",
        "公开政府信息共 682 条",
        "主动公开政府信息六百八十二条",
        "主动公开了682条政府信息",
        "收取检索、复印费用5万元",
        "收取检索、复印费用50000元",
        "没有发生行政诉讼的情况",  # blank in the table
    ],
)
def test_what_agrees_is_no_finding(form: Form, text: str) -> None:
    assert drawn.said(form, FIGURES, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("主动公开政府信息683条", "X1"),
        ("没有发生行政复议的情况", "X1"),
        ("发生行政诉讼1件", "X1"),  # blank in the table, and not nought in the text
        ("县本级主动公开政府信息600条", "X2"),
        ("门户网站公开政府信息600条", "X2"),
        ("收取检索、复印费用5000元", "X1"),
    ],
)
def test_what_differs_is_found(form: Form, text: str, code: str) -> None:
    assert [found for found, _ in drawn.said(form, FIGURES, text)] == [code]


def test_where_a_total_is_not_its_parts_the_text_may_have_either(form: Form) -> None:
    table = drawn.table(
        form, {"request.mail": 9, "request.online": 9}, reported={"request.received": 9}
    )
    assert proofread(drawn.text("收到政府信息公开申请9件"), table).remarks == ()
    assert proofread(drawn.text("收到政府信息公开申请18件"), table).remarks == ()
    (one,) = proofread(drawn.text("收到政府信息公开申请17件"), table).remarks
    assert one.cell is not None
    assert (one.finding.code, one.cell.value) == ("X1", 9)


def test_a_part_of_the_region_with_the_figure_of_all_is_worth_a_look(form: Form) -> None:
    lines = "我县高度重视。", "县本级通过网络收到信息公开申请6件"
    (one,) = proofread(drawn.text(*lines), drawn.table(form, FIGURES)).remarks
    assert (one.finding.code, one.finding.severity) == ("X2", Severity.NOTICE)
    assert proofread(drawn.text(lines[1]), drawn.table(form, FIGURES)).remarks == ()


def test_a_neighbour_whose_figure_was_taken_is_named(form: Form) -> None:
    table = drawn.table(form, FIGURES)
    (one,) = proofread(drawn.text("政务微信公开政府信息650条"), table).remarks
    assert "与“政府网站公开政府信息数”相同" in one.finding.message


def test_figures_of_another_year_are_not_held_against_the_table(form: Form) -> None:
    assert drawn.said(form, FIGURES, "2018年主动公开政府信息682条，比上年增加100条。") == []
    assert [code for code, _ in drawn.said(form, FIGURES, "2016年主动公开政府信息600条。")] == [
        "X8"
    ]
    assert drawn.said(form, FIGURES, "2019年主动公开政府信息达到800条。") == []


def test_what_is_still_to_be_written_says_nothing(form: Form) -> None:
    text = "【待填：没有行政复议的写没有】全年的情况见附表。"
    assert drawn.said(form, FIGURES, text) == []


# ---------------------------------------------------------------- the later editions

LATER = {"new/person": 9, "new/company": 3, "carried_in/person": 1, "charge/amount": 30}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("收到政府信息公开申请12件，上年结转1件。", ""),
        ("收到政府信息公开申请13件。", "B11"),
        ("上年结转2件申请。", "B11"),
        ("没有上年结转的申请。", "B11"),
        ("被申请行政复议1件。", "B11"),
        ("被提起行政诉讼1件。", "B11"),
        ("予以公开1件。", "X1"),
    ],
)
def test_what_the_text_counts_equals_the_tables(text: str, code: str) -> None:
    form = definition.load("2021")
    assert [found for found, _ in drawn.said(form, LATER, text)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("六、其他需要报告的事项", "无。"), ["B10"]),
        (("六、其他需要报告的事项", "没有其他事项。"), ["B10"]),
        (("六、其他需要报告的事项", "本年没有收取信息处理费。"), []),
        (("六、总结", "无。"), []),
    ],
)
def test_section_six_speaks_of_fees_that_were_collected(
    lines: tuple[str, str], found: list[str]
) -> None:
    table = drawn.table(definition.load("2021"), LATER)
    codes = drawn.codes(proofread(drawn.text("五、问题", *lines), table))
    assert [code for code in codes if code != "X6"] == found
    free = drawn.table(definition.load("2021"), {"new/person": 9})
    assert "B10" not in drawn.codes(proofread(drawn.text("五、问题", *lines), free))
