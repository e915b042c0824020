"""Sentences chosen and filled by the figures; what nobody answered is never claimed."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from toolkit import definition
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.wording import Sentence, Wording

DATA = Path(__file__).parent / "data"
FORM = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
UPHELD, CORRECTED, AMOUNT = "dispute/upheld", "dispute/corrected", "charge/amount"
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
        ({}, "空白件"),
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


def test_a_sum_in_a_form_without_the_figure_is_a_slip(form: Form) -> None:
    with pytest.raises(KeyError):
        Wording(form, {}, 2018).text(f"{{{{ 合计('{UPHELD}') }}}}")


def test_a_sum_of_nothing_is_a_slip() -> None:
    with pytest.raises(TypeError):
        wording({}).text("{{ 合计() }}")


@pytest.mark.parametrize(
    "template",
    ["{{ 合计.__func__ }}", "{{ 合计.__self__.form }}", "{{ ''.__class__.__mro__ }}"],
)
def test_the_sandbox_holds(template: str) -> None:
    with pytest.raises(SecurityError):
        wording({}).text(template)


@pytest.mark.parametrize("template", ["{{ 别的 }}", "{{ 数['别的'] }}", "{{ 年", "{% 年 %}"])
def test_what_does_not_exist_is_a_slip(template: str) -> None:
    with pytest.raises(TemplateError):
        wording({}).text(template)
