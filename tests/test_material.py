"""What outlines draw upon: it is tried on the form before a report needs it."""

from pathlib import Path

import pytest

from toolkit import definition, material
from toolkit.definition import BrokenDefinition

DATA = Path(__file__).parent / "data"
FORM = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
TEXT = """\
sentences:
  复议:
    - about: dispute/upheld
      some: 维持{{ 数['dispute/upheld'] }}件。
exhibits:
  复议图:
    kind: bars
    caption: 复议
    of: 结果
    parts: {维持: dispute/upheld, 其余: [dispute/corrected, dispute/after]}
"""


def test_a_part_of_an_exhibit_is_a_figure_or_several() -> None:
    read = material.parse(TEXT, "x.yaml", FORM)
    assert read.exhibits["复议图"].parts == {
        "维持": ("dispute/upheld",),
        "其余": ("dispute/corrected", "dispute/after"),
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("about: dispute/upheld", "about: dispute/no", 3, "没有“dispute/no”这一项"),
        ("数['dispute/upheld']", "数['dispute/no']", 4, "没有“dispute/no”这一项"),
        ("some: 维持", "none: '{{ 维持 }}", 4, "写法不对"),
        ("{维持: dispute/upheld,", "{维持: dispute/no,", 10, "没有“dispute/no”这一项"),
        ("{维持: dispute/upheld,", "{维持: charge/amount,", 6, "计量单位不同（万元、件）"),
        ("caption: 复议", "caption: '{{ 复议 }}'", 8, "“复议”不存在"),
        ("kind: bars", "kind: pie", 7, "不在允许的范围"),
        ("    of: 结果\n", "", 6, "缺少 of"),
        ("sentences:", "sentence:", 1, "不认识的项|缺少"),
    ],
)
def test_broken_material_is_refused_with_its_line(
    old: str, new: str, line: int, reason: str
) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(BrokenDefinition, match=reason) as refusal:
        material.parse(TEXT.replace(old, new), "x.yaml", FORM)
    assert refusal.value.line == line


@pytest.mark.parametrize("edition", definition.editions())
def test_every_edition_has_material_with_a_table_and_charts(edition: str) -> None:
    kinds = {one.kind for one in material.load(definition.load(edition)).exhibits.values()}
    assert kinds == {"shares", "bars", "years"}


@pytest.mark.parametrize("edition", definition.editions())
def test_shipped_exhibits_show_every_part_of_what_they_show(edition: str) -> None:
    """A share in the office's own total would be false if a part were left out."""
    form = definition.load(edition)
    for name, exhibit in material.load(form).exhibits.items():
        keys = [key for part in exhibit.parts.values() for key in part]
        assert len(keys) == len(set(keys)), name
        totals = [one for one in form.totals if set(keys) <= set(one.parts)]
        for total in totals:
            assert set(keys) == set(total.parts), (name, total.key)
