"""The text against itself: X3 to X9."""

import pytest

from tests.proofreading import drawn
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.proofreading.proofread import proofread


def alone(*lines: str, year: int | None = 2018) -> list[tuple[str, str]]:
    """Return codes and quotes of what is found in a text without a table."""
    proof = proofread(drawn.text(*lines), None, year)
    return [(one.finding.code, one.words.said) for one in proof.remarks]


def codes(*lines: str, year: int | None = 2018) -> list[str]:
    return [code for code, _ in alone(*lines, year=year)]


# ---------------------------------------------------------------- X3, X9


def test_one_quantity_with_two_figures() -> None:
    lines = "政务微信公开信息525条。", "全年政务微信公开信息530条。"
    assert alone(*lines) == [("X3", "全年政务微信公开信息530条")]
    assert codes("政务微信公开信息525条。", "政务微信公开信息525条。") == []


def test_parts_of_a_region_may_have_figures_of_their_own() -> None:
    assert codes("县本级公开政府信息100条。", "全县公开政府信息900条。") == []


def test_a_rough_figure_is_no_count(form: Form) -> None:
    assert alone("主动公开政府信息近700条") == [("X9", "主动公开政府信息近700条")]
    assert codes("主动公开政府信息700余条", "主动公开政府信息705条") == ["X9"]
    assert codes("主动公开政府信息700余条", "主动公开政府信息682条") == ["X3", "X9"]
    told = drawn.said(form, {"proactive.total": 525}, "主动公开政府信息700余条")
    assert [code for code, _ in told] == ["X1", "X9"]


def test_two_words_for_roughly_are_one_too_many() -> None:
    assert alone("接待群众约6000余人次") == [("X9", "约6000余人次")]
    assert codes("接待群众约6000人次") == []


# ---------------------------------------------------------------- X4


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公开政府信息1242条。政府网站公开信息650条，占总量的52.3%。", False),
        (
            "公开政府信息1242条。政府网站公开信息650条，占总量的52.4%。",
            False,
        ),  # shares that make 100
        ("公开政府信息1242条。政府网站公开信息650条，占总量的52.2%。", True),
        ("公开政府信息1242条。政府网站公开信息650条，占总量的53%。", False),
        ("公开政府信息1242条。政府网站公开信息650条，占总量的54%。", True),
        ("受理案件2670件，已办结2523件，办结率94.49%。", False),
        ("受理案件2670件，已办结2523件，办结率95%。", False),
        ("受理案件2670件，已办结2523件，办结率96%。", True),
        ("受理申请12件，全部办结，办结率100%。", False),
        ("共有事项159项，网上可办143项，可办率为89.94%。", False),
        ("事项进大厅，可办率为96%。", False),  # of what, nobody says
        ("公开信息120条，同比增长20%。", False),
        ("减少材料30%，共减少425个。", False),
    ],
)
def test_percentages_are_computed_again(text: str, wrong: bool) -> None:
    assert codes(text) == (["X4"] if wrong else [])


def test_shares_of_channels_may_be_of_their_sum(form: Form) -> None:
    figures = {"proactive.total": 900, "channel.website": 900, "channel.wechat": 300}
    text = "主动公开政府信息900条。政府网站900条，占75%；政务微信300条，占25%。"
    assert drawn.said(form, figures, text) == []


# ---------------------------------------------------------------- X5


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("受理来电3976件，其中：市转2234件；媒体2件；本级1742件。", Severity.ERROR),
        ("受理来电3978件，其中：市转2234件；媒体2件；本级1742件。", None),
        ("受理来电3980件，其中：市转2234件；媒体2件；本级1742件。", Severity.NOTICE),
        ("受理来电9000件，其中：市转2234件；媒体2件。", None),  # not all parts are told
        ("共有新媒体35个，其中微博3个、微信29个、客户端1个、其他2个，发布信息4544条。", None),
        ("受理来电12件，其中市转6件、媒体6件，已办结12件。", None),
        ("受理来电约100件，其中市转80件、媒体40件。", None),
        ("收到申请9件，结转1件，其中网络5件、信函5件。", None),  # of both together
        ("收到申请9件，比上年增加2件，其中网络5件、信函4件。", None),
        ("收到信息公开申请9件，其中网络申请4件、信函申请6件。", Severity.ERROR),
        ("收到信息公开申请10件，其中网络申请4件、信函申请6件，予以公开10件。", None),
        ("公开政府信息100条，其中政府网站100条、政务微信80条。", None),  # one thing on two channels
        ("公开政府信息100条，其中政府网站50条、政务微信49条。", Severity.NOTICE),
    ],
)
def test_parts_are_added_up(text: str, severity: Severity | None) -> None:
    found = proofread(drawn.text(text), None, 2018).remarks
    assert [(one.finding.code, one.finding.severity) for one in found] == (
        [("X5", severity)] if severity else []
    )


# ---------------------------------------------------------------- X6


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["一、甲", "二、乙", "三、丙"], []),
        (["一、甲", "三、丙"], ["三、丙"]),
        (["一、甲", "二、乙", "二、丙", "三、丁"], ["二、丙"]),
        (["二、乙", "三、丙"], ["二、乙"]),
        (["一、甲", "（一）子", "（二）丑", "二、乙", "（一）子"], []),
        (["一、甲", "（一）子", "（三）寅", "（四）卯"], ["（三）寅"]),
        (["一、甲", "（一）子", "二、乙", "（二）丑"], ["（二）丑"]),
        (["一、甲", "1.子", "2.丑", "4.卯"], ["4.卯"]),
        (["一、甲", "1.子", "2.丑。1.子", "3.寅"], []),
        (["一、甲", "1.子", "2.丑。3.寅", "5.卯。3.寅", "6.辰"], ["5.卯", "3.寅"]),
        (["一、甲", "1.子", "2.丑", "1.子", "2.丑"], []),
        (["一是甲。二是乙。三是丙。"], []),
        (["一是甲。三是丙。"], ["三是丙"]),
        (["一是甲。二是乙。", "三是丙。四是丁。"], []),
        (["一、甲", "附件：1、统计表", "附件1", "一、填表说明"], []),
        (["一、甲", "2018年全县平稳", "3.5万人参加", "二、乙"], []),
    ],
)
def test_numbers_that_skip_or_repeat(lines: list[str], wrong: list[str]) -> None:
    found = alone(*lines)
    assert {code for code, _ in found} <= {"X6"}
    assert [quote for _, quote in found] == wrong


# ---------------------------------------------------------------- X7


@pytest.mark.parametrize(
    ("unit", "text", "wrong"),
    [
        ("示例县教育局", "我局高度重视。", ""),
        ("示例县教育局", "我厅高度重视。", "我厅"),
        ("示例县教育局", "我县、我市、我省都很重视。", ""),
        ("示例县教育局", "我区高度重视。", "我区"),
        ("示例区人民政府办公室", "我区高度重视，我办加强督促。", ""),
        ("示例区人民政府办公室", "我局高度重视。", "我局"),
        ("示例市人民政府", "我县高度重视。", "我县"),
        ("示例市人民政府", "我办收到申请。", ""),
        ("", "我局高度重视。", ""),
        ("示例县人民政府", "通过样品农业微信公众号公开。", "样品农业"),
        ("示例县人民政府", "各单位利用样品教育微博等公开。", "样品教育"),
        ("示例县人民政府", "通过示例农业微信公众号公开。", ""),
        ("示例县人民政府", "通过智慧农业微信公众号公开。", ""),
        ("示例县人民政府", "通过“样品发布”微信公众号公开。", "样品发布"),
        ("示例县人民政府", "及时发布微信公众号文章。", ""),
        ("示例县人民政府", "打造政务微信、政务微博。", ""),
        ("示例县人民政府", "落实《样品县政务公开实施方案》。", "样品县"),
        ("示例县人民政府", "落实《示例县政务公开实施方案》。", ""),
        ("示例县人民政府", "落实《样品市政务公开实施方案》。", ""),  # may be its superior
        ("示例县人民政府", "提交县政府常务会议审议。", ""),
        ("示例县人民政府", "群众反映“我要办”“我要问”。", ""),
    ],
)
def test_names_of_another_authority(form: Form, unit: str, text: str, wrong: str) -> None:
    found = proofread(drawn.text(text), drawn.table(form, {}, unit)).remarks
    assert [(one.finding.code, one.words.said) for one in found] == (
        [("X7", wrong)] if wrong else []
    )


def test_a_place_that_is_named_often_is_no_slip() -> None:
    lines = ["通过样品农业微信公众号公开。", "样品是对口帮扶的地方。", "样品捐赠设备。"]
    assert codes("示例县2018年政府信息公开工作年度报告", *lines) == []
    assert codes("示例县2018年政府信息公开工作年度报告", lines[0]) == ["X7"]


# ---------------------------------------------------------------- X8


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("示例县2018年政府信息公开工作年度报告", False),
        ("示例县2017年政府信息公开工作年度报告", True),
        ("本报告的统计期限自2018年1月1日起，至12月31日止。", False),
        ("本报告数据的统计期限自2017年1月1日起，至12月31日止。", True),
        ("2017年，主动公开政府信息1200条。", True),
        ("2018年主动公开政府信息1200条，2017年主动公开政府信息1100条。", False),
        ("贯彻国办发〔2017〕9号，主动公开政府信息1200条。", False),
        ("按照《2017年工作要点》，主动公开政府信息1200条。", False),
        ("与2017年相比，主动公开政府信息1200条。", False),
        ("2019年将召开政务公开会议4次。", False),
    ],
)
def test_years_that_are_not_the_reports(line: str, wrong: bool) -> None:
    assert codes(line) == (["X8"] if wrong else [])


def test_the_year_is_that_of_the_table_of_the_option_or_of_the_title() -> None:
    title = "示例县2020年政府信息公开工作年度报告"
    assert proofread(drawn.text(title), None).year == 2020
    assert proofread(drawn.text("统计期限自2017年1月1日起。"), None).year == 2017
    assert proofread(drawn.text(title), None, 2019).year == 2019
    assert codes(title, year=None) == []
    assert codes(title, year=2019) == ["X8"]
