"""Reports of invented offices, with the faults that published ones have, and what is to be found.

A report is its lines; a line that is a list is a row of a small table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.findings import Number

Line = str | list[str]


@dataclass(frozen=True)
class Case:
    """A report, the figures of its table, and the codes of what is to be found."""

    name: str
    unit: str
    lines: Sequence[Line]
    figures: Mapping[str, Number]
    found: Sequence[tuple[str, str]]
    """Codes, each with words that its quote must hold, in the order of the text."""
    reported: Mapping[str, Number] = field(default_factory=dict)
    """Totals as they are printed, where their parts add up to something else."""


CHANNELS = Case(
    "channels added up, a table shifted",
    "示例区人民政府办公室",
    [
        "示例区2018年政府信息公开工作年度报告",
        "本报告的统计期限自2018年1月1日起，至2018年12月31日止。",
        "一、概述",
        "（一）做好公开和解读。区政府网站发布各类信息650余条，其中政策解读15条。"
        "示例发布微信公众号发布信息730余条。"
        "区领导以出席新闻发布会、署名文章等形式解读重要政策措施4次。",
        "（二）回应关切。对教育、住房等方面的热点舆情回应6条。",
        "（四）做好政务服务。全区梳理事项159项，其中行政权力事项128项，公共服务事项31项。"
        "网上可办159项，可办率为100%。",
        "二、主动公开情况",
        "2018年，全区主动公开政府信息共1242条。网站公开信息650条，占52.3%；"
        "政务微信公开信息525条，占42.3%。",
        "从渠道看，各种渠道公开政府信息1242条：网站公开信息650条，占全部的52.2%；"
        "政务微信公开信息525条，占全部的42.3%；其他方式公开信息67条，占全部的5.5%。",
        ["渠道", "政府网站", "政务微信公开信息数", "其它方式"],
        ["条数", "1242条", "650条", "67条"],
        ["占比", "52.2%", "42.3%", "5.5%"],
        "三、行政复议和行政诉讼情况",
        "全年未发生政府信息公开方面的行政复议和行政诉讼。",
        "四、收费情况",
        "全年没有收取政府信息公开的费用。",
        "五、2019年打算",
        "2019年计划举办培训班3次。",
    ],
    {
        "proactive.total": 682,
        "proactive.normative": 25,
        "channel.website": 650,
        "channel.wechat": 525,
        "channel.other": 67,
        "response.interview": 4,
        "interpret.articles": 15,
        "response.social": 20,
        "training.classes": 1,
    },
    [
        ("X9", "650余条"),
        ("X3", "730余条"),
        ("X9", "730余条"),
        ("X2", "4次"),
        ("X1", "6条"),
        ("X6", "（四）"),
        ("X1", "1242条"),
        ("X1", "1242条"),
        ("X4", "52.2%"),
        ("X4", "5.5%"),
        ("X1", "1242条"),
        ("X1", "650条"),
        ("X4", "5.5%"),
    ],
)

STAFF = Case(
    "staff denied, a total as printed",
    "样品高新区管委会办公室",
    [
        "样品高新区管委会2018年政府信息公开工作年度报告",
        "一、主动公开政府信息情况",
        "到2018年底，在政务网站主动公开政府信息共1180条。",
        "二、依申请公开情况",
        "收到了9起信息公开申请，都已办结。",
        "三、培训和经费",
        "举办一期政府信息公开培训班。安排政府信息公开专项经费5万元。",
        "四、存在的问题",
        "一是队伍薄弱。各部门无专职的政府信息公开人员。二是机制不够完善。",
    ],
    {
        "proactive.total": 1180,
        "channel.website": 1180,
        "channel.weibo": 1095,
        "request.fax": 4,
        "request.online": 5,
        "request.mail": 9,
        "staff.full_time": 1,
        "staff.part_time": 58,
        "fund.special": 5,
        "training.classes": 1,
    },
    [("X1", "无专职的")],
    {"request.received": 9},
)

COPIED = Case(
    "a copied name, an item misplaced",
    "样例山管委会",
    [
        "# 样例山2018年政府信息公开工作年度报告",
        "## 一、概述",
        "全年举办2次政务公开培训，参加培训近50人次。",
        "## **二、主动公开情况**",
        "全年在“样例山政务网”发布信息761条。收到网民留言320条，都有回复，回复率100%。",
        "### 1. 重点领域公开",
        "通过专栏、样品农业微信公众号等形式公开农业政策。",
        "### 2. 网上办事",
        "公开办事指南。3. 优化公开渠道。",
        "### 3. 政策解读",
        "重要舆情都有回应，没有拖延的。3. 优化平台建设。",
        "### 4. 网站管理",
        "做好日常监测。",
        "## 三、依申请公开情况",
        "网上受理依申请公开0件，没有不予公开的情况。",
        "## 四、行政复议和行政诉讼情况",
        "行政复议、行政诉讼均为0件，也没有被纠错的。",
        "## 五、收费情况",
        "我区未收取政府信息公开的任何费用。",
    ],
    {
        "channel.website": 761,
        "training.classes": 2,
        "request.online": 0,
        "reply.denied": 0,
        "review.total": 0,
        "lawsuit.total": 0,
        "lawsuit.corrected": 0,
        "fee.collected": 0,
    },
    [("X9", "近50人次"), ("X7", "样品农业"), ("X6", "3."), ("X6", "3.")],
)

HEADINGS = Case(
    "a heading twice, a narrow scope",
    "示范县人民政府办公室",
    [
        "示范县2018年政府信息公开工作年度报告",
        "一、组织领导",
        "二、建设情况",
        "(一)主动公开。全年主动公开政府信息8269条。",
        "(二)解读回应。新闻发布栏目全年发布信息5条,访谈栏目发布20期,发布政策解读3条,"
        "回应公众关心的热点舆情1077次。“微示范”微博发布信息193条,“山水示范”微信公众号发布信息1813条。"
        "热线平台受理案件2670件,办结2523件,办结率94.49%。",
        "(三)依申请公开。全年收到依申请公开12条。其中网络申请6条、信函申请6条,"
        "予以公开12条,办结率100%。被提起行政诉讼1件。",
        "二、工作举措",
        "(一)加强领导。我县的政务公开由县政府办牵头,配备2名在编干部,专门负责政务公开。",
        "(二)加强培训。全年举办3次政务公开业务培训,培训253人次。",
        "三、下步打算",
    ],
    {
        "proactive.total": 8269,
        "interpret.articles": 3,
        "response.topics": 1077,
        "channel.weibo": 193,
        "channel.wechat": 1813,
        "request.online": 6,
        "request.mail": 6,
        "reply.granted": 12,
        "lawsuit.total": 1,
        "staff.full_time": 2,
        "training.classes": 3,
        "training.people": 253,
    },
    [("X6", "二、工作举措"), ("X2", "配备2名在编干部")],
)

SUMS = Case(
    "off by one, scopes mixed",
    "示例市人民政府政务服务中心",
    [
        "示例市2018年政府信息公开工作年度报告",
        "一、概述",
        "热线全年共受理来电来信3976件次，其中：上级交办2234件次；媒体转来2件次；"
        "本级受理1742件次。政策解读材料在5个工作日内公开。",
        "“示例市人民政府网”全年共发布信息4252条。",
        "全市共有35个政务新媒体，其中政务微博3个、政务微信29个、移动客户端1个、"
        "其他政务新媒体2个，全年信息发布数量为4544条。",
        "二、主动公开情况",
        "全市各种渠道公开政府信息71047条，其中公开规范性文件25件，政府网站55619条、"
        "政务微博1364条、政务微信2940条、其他方式11123条。",
        "查阅点接待群众约6000余人次。",
        "三、依申请公开情况",
        "市本级收到依申请公开3件。没有不予公开的情况。",
        "四、行政复议和行政诉讼情况",
        "没有因政府信息公开引起的行政复议、行政诉讼，也没有被举报的情况。",
        "五、收费情况",
        "市本级没有向申请人收取复印、邮寄等费用。",
    ],
    {
        "proactive.total": 71047,
        "proactive.normative": 25,
        "channel.website": 55619,
        "channel.weibo": 1364,
        "channel.wechat": 2940,
        "channel.other": 11123,
        "request.online": 3,
        "reply.denied": 0,
        "review.total": 0,
        "lawsuit.total": 0,
        "complaint.total": 0,
        "fee.collected": 0,
    },
    [
        ("X5", "3976件次"),
        ("X2", "4252条"),
        ("X3", "4544条"),
        ("X5", "71047条"),
        ("X9", "约6000余人次"),
        ("X2", "收到依申请公开3件"),
        ("X2", "收取复印、邮寄等费用"),
    ],
)

CASES = (CHANNELS, STAFF, COPIED, HEADINGS, SUMS)
