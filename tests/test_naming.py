"""A figure is known by key, name or label; what could be two figures is refused."""

import re

import pytest

from toolkit import definition
from toolkit.form import Form
from toolkit.naming import Unknown, key_of, row_meant

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


# ---------------------------------------------------------------- what is printed in a matrix


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("行政许可", "licence/decisions"),
        ("行政许可 本年处理决定数量", "licence/decisions"),
        ("行政许可本年处理决定数量", "licence/decisions"),
        ("（一）予以公开·自然人", "granted/person"),
        ("予以公开 自然人", "granted/person"),
    ],
)
def test_a_cell_of_a_matrix_goes_by_what_is_printed(said: str, key: str) -> None:
    assert key_of(LATEST, said) == key


def test_a_row_of_several_figures_is_refused_with_what_to_write() -> None:
    with pytest.raises(Unknown, match="“予以公开·自然人”、“予以公开·商业企业”") as refused:
        key_of(LATEST, "予以公开")
    assert "不止一项" in str(refused.value)
    assert row_meant(LATEST, "予以公开") == "granted"


def test_a_column_of_many_rows_lists_the_first_of_them() -> None:
    with pytest.raises(Unknown, match=r"、.*等\d+项$"):
        key_of(LATEST, "自然人")
    with pytest.raises(Unknown, match=r"等\d+项$"):
        row_meant(LATEST, "自然人")


def test_what_is_a_part_of_a_label_is_offered() -> None:
    with pytest.raises(Unknown, match="是不是“行政许可·"):
        key_of(LATEST, "许可")


@pytest.mark.parametrize("edition", definition.editions())
def test_what_is_offered_can_be_written(edition: str) -> None:
    form = definition.load(edition)
    for indicator in form.indicators.values():
        for said in indicator.label.split("·"):
            try:
                assert key_of(form, said) in form.indicators
            except Unknown as unknown:
                offered = re.findall("“([^·]+·[^”]+)”", str(unknown).partition("：")[2])
                assert offered
                assert all(key_of(form, name) for name in offered)
