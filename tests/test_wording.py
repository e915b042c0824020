"""Sentences chosen and filled by the figures; what nobody answered is never claimed."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.years import SMALL
from toolkit import compare, definition
from toolkit.filling import Unfillable
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.wording import Sentence, Wording

DATA = Path(__file__).parent / "data"
FORM = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
UPHELD, CORRECTED, AMOUNT = "dispute/upheld", "dispute/corrected", "charge/amount"
TOTAL = "dispute/direct"
"""No computed total, so that a test can say what it likes."""
SUM = Sentence(about=(UPHELD, CORRECTED), none="不知", zero="没有", some="有")


def wording(figures: Mapping[str, Number | None], *unanswered: str) -> Wording:
    return Wording(FORM, figures, 2000, unanswered=frozenset(unanswered))


@pytest.mark.parametrize(
    ("figures", "unanswered", "said"),
    [
        ({}, (), "不知"),
        ({UPHELD: None, CORRECTED: None}, (), "不知"),
        ({UPHELD: 0, CORRECTED: 0}, (), "没有"),
        ({UPHELD: 0, CORRECTED: 2}, (), "有"),
        ({UPHELD: 2}, (), "有"),
        ({UPHELD: 0}, (), "不知"),  # the other may be anything
        ({UPHELD: 0, CORRECTED: None}, (), "不知"),
        ({UPHELD: 0, CORRECTED: 0}, (CORRECTED,), "不知"),
        ({UPHELD: 0, CORRECTED: 0}, (AMOUNT,), "没有"),
        ({UPHELD: 0, CORRECTED: 2}, (UPHELD,), "有"),
    ],
)
def test_of_several_figures_the_sum_chooses(
    figures: Mapping[str, Number | None], unanswered: tuple[str, ...], said: str
) -> None:
    assert wording(figures, *unanswered).paragraph([SUM]) == said


@pytest.mark.parametrize(
    ("figures", "unanswered", "said"),
    [({}, (), "不知"), ({UPHELD: 0}, (), "没有"), ({UPHELD: 0}, (UPHELD,), "不知")],
)
def test_one_figure_chooses_alone(
    figures: Mapping[str, Number | None], unanswered: tuple[str, ...], said: str
) -> None:
    one = Sentence(about=(UPHELD,), none="不知", zero="没有", some="有")
    assert wording(figures, *unanswered).paragraph([one]) == said


def test_a_variant_left_out_says_nothing() -> None:
    assert wording({UPHELD: 0}).paragraph([Sentence(about=(UPHELD,), some="有")]) == ""


def test_what_people_write_is_a_placeholder() -> None:
    assert wording({}).paragraph([Sentence(write="{{ 年 }}年的情况")]) == "【待填：2000年的情况】"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({UPHELD: 1, CORRECTED: 2}, "3件"),
        ({UPHELD: 1}, "1件"),
        ({UPHELD: 0, CORRECTED: 0}, "0件"),
        ({UPHELD: Decimal("0.10"), CORRECTED: Decimal("0.2")}, "0.3件"),  # exact, no binary float
        ({UPHELD: 1, CORRECTED: Decimal("0.255")}, "1.26件"),  # two decimals, as everywhere
        ({}, "【待填】件"),
    ],
)
def test_a_sum_is_that_of_the_figures_there(
    figures: Mapping[str, Number | None], said: str
) -> None:
    template = f"{{{{ 合计('{UPHELD}', '{CORRECTED}') }}}}件"
    assert wording(figures).text(template) == said


def test_a_sum_may_be_asked_about() -> None:
    template = f"{{% if 合计('{UPHELD}', '{CORRECTED}') %}}有{{% else %}}没有{{% endif %}}"
    assert [wording({UPHELD: figure}).text(template) for figure in (1, 0, None)] == [
        "有",
        "没有",
        "没有",
    ]


def test_a_sum_that_may_only_be_missing_is_none() -> None:
    template = f"{{{{ 合计('{UPHELD}', '{CORRECTED}') }}}}件"
    assert wording({UPHELD: 0, CORRECTED: 0}, UPHELD).text(template) == "【待填】件"


@pytest.mark.parametrize(
    ("figures", "unanswered", "said"),
    [
        ({AMOUNT: Decimal("0.25")}, (), "0.25万元"),
        ({AMOUNT: 0}, (), "0万元"),
        ({}, (), "【待填：行政事业性收费·收费金额】万元"),
        ({AMOUNT: 0}, (AMOUNT,), "【待填：行政事业性收费·收费金额】万元"),
    ],
)
def test_a_figure_that_is_not_there_is_a_placeholder_with_its_name(
    figures: Mapping[str, Number | None], unanswered: tuple[str, ...], said: str
) -> None:
    for name in (AMOUNT, "行政事业性收费·收费金额"):
        assert wording(figures, *unanswered).text(f"{{{{ 数['{name}'] }}}}万元") == said


def test_the_years_beside_the_year_have_names() -> None:
    assert wording({}).text("{{ 上年 }}、{{ 年 }}、{{ 下年 }}") == "1999、2000、2001"


# ---------------------------------------------------------------- parts

PARTS = f"{{'维持':'{UPHELD}', '纠正':'{CORRECTED}'}}"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({TOTAL: 3, UPHELD: 2, CORRECTED: 1}, "共3件，其中维持2件、纠正1件"),
        ({TOTAL: 3, UPHELD: 2}, "共3件，其中维持2件"),
        ({TOTAL: 3, UPHELD: 3, CORRECTED: 0}, "共3件，均为维持"),
        ({TOTAL: 1, UPHELD: 1}, "共1件，为维持"),  # 均 takes two at least
        ({TOTAL: 3, UPHELD: 0, CORRECTED: 0}, "共3件"),
        ({TOTAL: 3}, "共3件"),
    ],
)
def test_parts_of_a_figure(figures: Mapping[str, Number | None], said: str) -> None:
    template = f"共{{{{ 数['{TOTAL}'] }}}}件{{{{ 其中('{TOTAL}', {PARTS}) }}}}"
    assert wording(figures).text(template) == said


@pytest.mark.parametrize(
    ("figures", "unanswered", "said"),
    [
        ({UPHELD: 2, CORRECTED: 1}, (), "看，维持2件，占比66.7%；纠正1件，占比33.3%。"),
        ({UPHELD: 1, CORRECTED: 9999}, (), "看，维持1件，占比不足0.1%；纠正9999件，占比100.0%。"),
        ({UPHELD: 3, CORRECTED: 0}, (), "看，维持3件。"),
        ({UPHELD: 3}, (), "看，维持3件。"),  # of what is not known there is no share
        ({UPHELD: 2, CORRECTED: 1}, (UPHELD,), "看，维持2件，占比66.7%；纠正1件，占比33.3%。"),
        ({UPHELD: 0, CORRECTED: 0}, (), ""),
        ({}, (), "不知"),
    ],
)
def test_parts_with_their_shares(
    figures: Mapping[str, Number | None], unanswered: tuple[str, ...], said: str
) -> None:
    template = f"{{{{ 各占('看，', {PARTS}, '不知') }}}}"
    assert wording(figures, *unanswered).text(template) == said


def test_no_share_is_told_where_a_part_is_blank() -> None:
    three = (
        f"{{{{ 各占('看，', {{'维持':'{UPHELD}', '纠正':'{CORRECTED}', '总':'{TOTAL}'}}, '') }}}}"
    )
    assert wording({UPHELD: 2, CORRECTED: 1}).text(three) == "看，维持2件、纠正1件。"
    assert wording({UPHELD: 2, CORRECTED: 1, TOTAL: 0}).text(three).count("占") == 2
    assert wording({UPHELD: 2, CORRECTED: 1, TOTAL: 0}, TOTAL).text(three).count("占") == 0


# ---------------------------------------------------------------- year on year


@pytest.mark.parametrize(
    ("this", "last", "said"),
    [
        (30, 20, "，比上年增加10件，增长50%"),
        (15, 20, "，比上年减少5件，下降25%"),
        (20, 20, "，与上年持平"),
        (0, 20, "，比上年减少20件，下降100%"),
        (3, 2, "，比上年增加1件"),  # of so few a percentage says nothing
        (100_001, 100_000, "，比上年增加1件"),  # 0.0 %
        (5, 0, ""),
        (0, 0, ""),
        (5, None, ""),
        (None, 5, ""),
    ],
)
def test_growth_is_told_where_it_means_something(
    this: int | None, last: int | None, said: str
) -> None:
    rows = compare.compare(
        FORM,
        dict.fromkeys(FORM.indicators) | {UPHELD: this},
        FORM.edition,
        dict.fromkeys(FORM.indicators) | {UPHELD: last},
    )
    assert (
        Wording(FORM, {UPHELD: this}, 2000, beside=rows).text(f"{{{{ 比上年('{UPHELD}') }}}}")
        == said
    )


def test_without_last_year_nothing_is_said_of_growth() -> None:
    assert wording({UPHELD: 3}).text(f"{{{{ 比上年('{UPHELD}') }}}}") == ""


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        # “收到” was one figure then; the definition sets the sum of today's beside it.
        (("desk/person", "mail/person"), "，比上年增加10件，增长50%"),
        (("desk/person",), ""),
        (("desk/person", "mail/person", "closed/total"), ""),
        (("desk/company",), ""),
    ],
)
def test_across_editions_only_what_means_the_same_is_compared(
    keys: tuple[str, ...], said: str
) -> None:
    this = dict.fromkeys(SMALL.indicators) | {"desk/person": 20, "mail/person": 10}
    rows = compare.compare(SMALL, this, "1990", {"asked.person": 20, "done.person": None})
    told = Wording(SMALL, this, 2000, beside=rows)
    listed = ", ".join(f"'{key}'" for key in keys)
    assert told.text(f"{{{{ 比上年({listed}) }}}}") == said


# ---------------------------------------------------------------- slips


def test_a_figure_of_another_form_is_a_slip(form: Form) -> None:
    with pytest.raises(Unfillable, match="2018版没有“dispute/upheld”这一项"):
        Wording(form, {}, 2018).text(f"{{{{ 合计('{UPHELD}') }}}}")


@pytest.mark.parametrize(
    "template",
    [
        "{{ 合计.__func__ }}",
        "{{ 合计.__self__.form }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 数.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
    ],
)
def test_the_sandbox_holds(template: str) -> None:
    with pytest.raises(Unfillable, match="不允许的写法"):
        wording({}).text(template)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ 别的 }}", "“别的”不存在"),
        ("{{ 数['别的'] }}", "没有“别的”这一项"),
        ("{{ 年.别的 }}", "不存在的内容"),
        ("{{ 年 | 别的 }}", "不存在的内容"),
        ("{{ 年", "写法不对"),
        ("{% 年 %}", "写法不对"),
        ("{{ 合计() }}", "算不出来"),
        ("{{ 年 / 0 }}", "算不出来"),
    ],
)
def test_a_slip_is_told_in_chinese(template: str, reason: str) -> None:
    with pytest.raises(Unfillable, match=reason):
        wording({}).text(template)
