"""Which words of a report speak of which indicator, and which only seem to."""

from decimal import Decimal

import pytest

from tests.proofreading import drawn
from toolkit import definition
from toolkit.findings import Number
from toolkit.proofreading import phrases
from toolkit.proofreading.claims import Claim, claims
from toolkit.proofreading.plain import plain


def of(edition: str, text: str) -> list[Claim]:
    form = definition.load(edition)
    known = phrases.load(form)
    return [c for p in drawn.text(text).passages for c in claims(form, known, plain(p))]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("共主动公开政府信息１１８０条", "proactive.total", 1180),
        ("主动公开了1,180条政府信息", "proactive.total", 1180),
        ("通过网站、微信等多种渠道公开政府信息30条", "proactive.total", 30),
        ("主动公开规范性文件25件", "proactive.normative", 25),
        ("全年制发规范性文件86件", "normative.issued", 86),
        ("县政府网站公开政府信息650条", "channel.website", 650),
        ("“微示范”微博发布信息193条", "channel.weibo", 193),
        ("政务微信525条", "channel.wechat", 525),
        ("其它方式公开政府信息数67条", "channel.other", 67),
        ("举办新闻发布会4场", "response.press", 4),
        ("组织了3场新闻发布会", "response.press", 3),
        ("开展在线访谈2期", "response.interview", 2),
        ("发布政策解读材料16篇", "interpret.articles", 16),
        ("收到政府信息公开申请9件", "request.received", 9),
        ("受理了9起信息公开申请", "request.received", 9),
        ("信函申请数6条", "request.mail", 6),
        ("不予公开2件", "reply.denied", 2),
        ("因政府信息公开被申请行政复议3件", "review.total", 3),
        ("发生1起行政诉讼", "lawsuit.total", 1),
        ("收取检索费、复印费共计2000元", "fee.collected", Decimal("0.2")),
        ("设立政府信息公开查阅点3个", "org.reading_points", 3),
        ("专职人员2名", "staff.full_time", 2),
        ("政府信息公开专项经费5万元", "fund.special", 5),
        ("召开政务公开工作会议3次", "meeting.count", 3),
        ("举办了两期政务公开培训班", "training.classes", 2),
        ("共培训政务公开工作人员253人次", "training.people", 253),
    ],
)
def test_words_speak_of_an_indicator(text: str, key: str, value: Number) -> None:
    assert [(claim.of, claim.value) for claim in of("2018", text)] == [((key,), value)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "没有发生因政府信息公开申请行政复议、提起行政诉讼的情况",
            ["review.total", "lawsuit.total"],
        ),
        ("行政复议、行政诉讼均为0件", ["review.total", "lawsuit.total"]),
        ("行政复议：无。", ["review.total"]),
        ("未收到政府信息公开申请", ["request.received"]),
        ("没有不予公开政府信息的情况", ["reply.denied"]),
        ("未收取依申请公开的复制、邮寄等费用", ["fee.collected"]),
        ("无专职从事政府信息公开工作的人员", ["staff.full_time"]),
        ("未举办培训班", ["training.classes"]),
    ],
)
def test_what_is_denied_is_nought(text: str, keys: list[str]) -> None:
    found = of("2018", text)
    assert [claim.of[0] for claim in found] == keys
    assert {claim.value for claim in found} == {0}


@pytest.mark.parametrize(
    "text",
    [
        "主动公开了93件政协提案办理结果",
        "环境保护领域主动公开信息12条",
        "新闻发布栏目发布信息5条",
        "共有政务微信29个",
        "每月至少发布政策解读1篇",
        "单位负责人年内解读重要政策不少于一次",
        "比上年增加主动公开政府信息120条",
        "上年主动公开政府信息1100条",
        "自2008年以来共收到政府信息公开申请90件",
        "计划举办政务公开培训班3次",
        "少数单位没有落实政务公开专项经费",
        "部分单位无专职政务公开工作人员",
        "未经行政复议直接起诉的情形",
        "热线受理投诉举报120件",
        "推行一窗受理、一次办好",
        "政务网站、微信、微博共发布各类信息2483条",
        "政府网站和政务微信共发布信息2483条",
    ],
)
def test_words_that_only_seem_to_speak_of_an_indicator(text: str) -> None:
    assert of("2018", text) == []


def test_parts_are_those_of_what_was_spoken_of_last() -> None:
    text = "被申请行政复议3件，其中维持2件、被依法纠错1件。被提起行政诉讼1件，其中维持1件。"
    assert [(claim.of[0], claim.value) for claim in of("2018", text)] == [
        ("review.total", 3),
        ("review.upheld", 2),
        ("review.corrected", 1),
        ("lawsuit.total", 1),
        ("lawsuit.upheld", 1),
    ]
    assert of("2018", "其中维持2件") == []
    grown = "被申请行政复议3件，比上年增加1件，增长50%，其中维持2件。"
    assert [(c.of[0], c.value) for c in of("2018", grown)][1:] == [("review.upheld", 2)]


def test_figures_in_turn_are_those_of_what_was_named_in_turn() -> None:
    found = of("2018", "行政复议、行政诉讼分别为3件和1件。")
    assert [(claim.of[0], claim.value) for claim in found] == [
        ("review.total", 3),
        ("lawsuit.total", 1),
    ]
    assert len(of("2018", "行政复议、行政诉讼分别为3件。")) == 0


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_later_editions(edition: str) -> None:
    text = (
        "新收政府信息公开申请12件，其中自然人10件、商业企业2件。上年结转1件。办结申请11件，"
        "予以公开5件、部分公开1件。不予公开2件。结转下年度继续办理2件。"
        "行政复议2件，其中结果维持1件、尚未审结1件。行政诉讼3件。未经复议直接起诉的2件。"
    )
    found = of(edition, text)
    assert [claim.value for claim in found] == [12, 10, 2, 1, 11, 5, 1, 2, 2, 2, 1, 1, 3, 2]
    assert {claim.of: claim.code for claim in found}["new/total",] == "B11"
    assert len(next(claim.of for claim in found if "不予" in claim.words.said)) == 8
    assert {("dispute/review.upheld",), ("dispute/direct.total", "dispute/after_review.total")} <= {
        claim.of for claim in found
    }


@pytest.mark.parametrize(
    ("text", "scope", "portal"),
    [
        ("县本级收到政府信息公开申请3件", "县本级", False),
        ("县政府办公室收到政府信息公开申请3件", "县政府办公室", False),
        ("“示例网”发布信息30条，收到信息公开申请3件", "示例网", True),
        ("全县收到政府信息公开申请3件", "", False),
        ("县本级机构健全。全县收到政府信息公开申请3件", "", False),
    ],
)
def test_words_that_narrow_the_scope(text: str, scope: str, portal: bool) -> None:
    claim = of("2018", text)[-1]
    assert (claim.scope, claim.portal) == (scope, portal)
