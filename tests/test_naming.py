"""A figure is known by key, name or label; what could be two figures is refused."""

import pytest

from toolkit import definition
from toolkit.form import Form
from toolkit.naming import Unknown, key_of

LATEST = definition.load(definition.editions()[-1])


@pytest.mark.parametrize(
    "said",
    [
        "request.received",
        "收到申请数",
        "（一）收到申请数",
        "(一) 收到申请数",
    ],
)
def test_key_name_and_label_mean_the_same(form: Form, said: str) -> None:
    assert key_of(form, said) == "request.received"


@pytest.mark.parametrize("edition", definition.editions())
def test_every_figure_is_found_by_its_name(edition: str) -> None:
    form = definition.load(edition)
    for key, indicator in form.indicators.items():
        assert key_of(form, indicator.name) == key


@pytest.mark.parametrize("quoted", ["“三安全一稳定”", '"三安全一稳定"', "‘三安全一稳定’"])
def test_quotes_may_be_any(quoted: str) -> None:
    assert key_of(LATEST, f"危及{quoted}·总计") == "denied.stability/total"


@pytest.mark.parametrize("said", ["（二）被依法纠错数", "被依法纠错数"])
def test_a_label_of_two_rows_is_refused_with_their_names(form: Form, said: str) -> None:
    with pytest.raises(Unknown, match=r"不止一项.*行政复议.*行政诉讼"):
        key_of(form, said)


def test_a_near_miss_is_offered_and_never_taken(form: Form) -> None:
    with pytest.raises(Unknown, match="是不是“收到申请数"):
        key_of(form, "收到的申请数")


def test_what_is_near_nothing_is_only_refused(form: Form) -> None:
    with pytest.raises(Unknown, match=r"没有“天气”这一项$"):
        key_of(form, "天气")
