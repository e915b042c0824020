"""Laws of the proofreader: figures decide what it finds, not the way they are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerals import numerals
from tests.proofreading import drawn
from tests.strategies import WIDE
from toolkit import definition
from toolkit.form import Form
from toolkit.narrative import Narrative, Passage
from toolkit.proofreading.proofread import proofread

SENTENCES = {
    "2018": {
        "proactive.total": "全年主动公开政府信息{}条。",
        "normative.issued": "制发规范性文件{}件。",
        "channel.website": "政府网站公开政府信息{}条。",
        "channel.wechat": "政务微信公开政府信息{}条。",
        "interpret.articles": "发布政策解读稿件{}篇。",
        "request.mail": "收到信函申请{}件。",
        "reply.denied": "答复不予公开{}件。",
        "review.total": "因政府信息公开被申请行政复议{}件。",
        "lawsuit.total": "被提起行政诉讼{}件。",
        "org.reading_points": "设置政府信息公开查阅点{}个。",
        "fund.special": "政府信息公开专项经费{}万元。",
        "training.people": "接受培训{}人次。",
    },
    "2021": {
        "normative/issued": "制发行政规范性文件{}件。",
        "new/total": "收到政府信息公开申请{}件。",
        "carried_in/total": "上年结转{}件。",
        "granted/total": "予以公开{}件。",
        "carried_over/total": "结转下年度继续办理{}件。",
        "dispute/review.total": "被申请行政复议{}件。",
    },
}
"""Sentences that each carry one figure, by edition and key."""


@cache
def edition(name: str) -> Form:
    return definition.load(name)


@st.composite
def written(draw: st.DrawFn, number: int) -> str:
    """Draw a way to write a number: digits, thousands, full width, a numeral, spaces."""
    digits = draw(st.sampled_from([str(number), f"{number:,}"]) | numerals(number))
    if draw(st.booleans()):
        digits = digits.translate(WIDE)
    return draw(st.sampled_from(["", " ", "\u3000"])) + digits + draw(st.sampled_from(["", " "]))


@dataclass(frozen=True)
class Stated:
    """What a report states: its figures by key, and each as it is written."""

    edition: str
    figures: dict[str, int]
    written: dict[str, str]

    def lines(self, figures: Mapping[str, object]) -> list[str]:
        """Return the report's sentences with these figures in them."""
        sentences = SENTENCES[self.edition]
        return [sentences[key].format(figures[key]) for key in self.figures]


@st.composite
def reports(draw: st.DrawFn) -> Stated:
    """Draw a report that states some figures of an edition."""
    name = draw(st.sampled_from(sorted(SENTENCES)))
    keys = draw(st.lists(st.sampled_from(sorted(SENTENCES[name])), min_size=1, unique=True))
    figures = {key: draw(st.integers(0, 9999)) for key in keys}
    return Stated(name, figures, {key: draw(written(figures[key])) for key in keys})


def found(form: Form, figures: Mapping[str, int], lines: list[str]) -> list[tuple[str, str]]:
    """Return codes and keys of contradictions between a text and a table of some figures."""
    proof = proofread(drawn.text(*lines), drawn.table(form, _filled(form, figures)))
    return [(one.finding.code, one.finding.key) for one in proof.remarks]


def _filled(form: Form, figures: Mapping[str, int]) -> dict[str, int | None]:
    """Return figures with totals in the first of their parts, as a table would have them."""
    filled: dict[str, int | None] = dict(figures)
    for total in form.totals[::-1]:
        if (value := filled.pop(total.key, None)) is not None:
            filled[total.parts[0]] = value
    return filled


@settings(deadline=None)
@given(reports())
def test_a_report_made_from_the_figures_contradicts_nothing(report: Stated) -> None:
    assert found(edition(report.edition), report.figures, report.lines(report.written)) == []


@settings(deadline=None)
@given(reports(), st.data())
def test_one_figure_that_is_changed_is_the_one_that_is_named(
    report: Stated, data: st.DataObject
) -> None:
    changed = data.draw(st.sampled_from(sorted(report.figures)))
    right = report.figures[changed]
    other = data.draw(st.integers(0, 9999).filter(lambda value: value != right))
    lines = report.lines({**report.figures, changed: other})
    ((code, key),) = found(edition(report.edition), report.figures, lines)
    assert code in {"X1", "B11"}
    assert key == changed


@settings(deadline=None)
@given(reports(), st.sets(st.integers(0, 20)))
def test_the_way_a_figure_is_written_changes_no_verdict(report: Stated, wrong: set[int]) -> None:
    table = {
        key: value + (place in wrong) for place, (key, value) in enumerate(report.figures.items())
    }
    plain = found(edition(report.edition), table, report.lines(report.figures))
    assert found(edition(report.edition), table, report.lines(report.written)) == plain


WORDS = [
    "主动公开政府信息",
    "其中",
    "没有",
    "12条",
    "近",
    "余",
    "占",
    "52%",
    "率",
    "。",
    "，",
    "、",
]
WORDS += [
    "（一）",
    "二、",
    "3.",
    "我厅",
    "2017年",
    "分别为",
    "和",
    "（",
    "\n",
    "１",
    " ",
    "行政复议",
]


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=30))
def test_no_text_is_too_strange_to_be_read(pieces: list[str]) -> None:
    narrative = Narrative((Passage("".join(pieces), 1),))
    proof = proofread(narrative, drawn.table(edition("2018"), {"proactive.total": 5}))
    for one in proof.remarks:
        passage = one.words.passage
        assert 0 <= one.words.start < one.words.end <= len(passage.text)
        assert "".join(passage.text[one.words.start : one.words.end].split()) == "".join(
            one.words.said.split()
        )
