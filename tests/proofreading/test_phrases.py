"""The phrases of the editions: they know the form's own words, and slips in them are named."""

import pytest

from tests.proofreading import drawn
from toolkit import definition
from toolkit.definition import BrokenDefinition
from toolkit.form import Form
from toolkit.proofreading import phrases
from toolkit.proofreading.claims import claims
from toolkit.proofreading.plain import plain

EDITIONS = [definition.load(edition) for edition in definition.editions()]
SMALL = """
units: {条: [条]}
words: {}
figures:
  - of: channel.website
    says: [网站公开信息]
"""


@pytest.mark.parametrize("form", EDITIONS, ids=lambda form: form.edition)
def test_an_edition_has_phrases(form: Form) -> None:
    known = phrases.load(form)
    spoken = {key for phrase in known.figures for key in phrase.of}
    totals = {key for key in form.indicators if "/" not in key or key.endswith("/total")}
    assert totals - spoken == set()


def test_the_printed_name_of_a_figure_speaks_of_it(form: Form) -> None:
    known = phrases.load(form)
    ambiguous = {"被依法纠错数", "其他情形数"}  # printed twice; told apart by what stands before
    for key, indicator in form.indicators.items():
        name = indicator.name.rpartition("·")[2]
        if name in ambiguous:
            continue
        (passage,) = drawn.text(f"政府信息公开工作中，{name}7{indicator.measure.name}。").passages
        found = [(c.of, c.value) for c in claims(form, known, plain(passage))]
        within = next((p.within for p in known.figures if p.of == (key,)), frozenset())
        assert found == [((key,), 7)] or within, (key, name, found)


@pytest.mark.parametrize(
    ("slip", "line", "said"),
    [
        (("channel.website", "channel.site"), 5, "“channel.site”不存在"),
        (("网站公开信息", "'网站(公开信息'"), 6, "不是正则表达式"),
        (("网站公开信息", "<公开>信息"), 6, "“<公开>”不存在"),
        (("says:", "say:"), 6, "不认识的项：say"),
        (("units: {条: [条]}", "units: 条"), 2, "类型不对"),
        (("    says: [网站公开信息]\n", "    units: [条]\n"), 5, "内容"),
        (("  - of", "  - within: [channel.site]\n    of"), 5, "“channel.site”不存在"),
    ],
)
def test_a_slip_is_named_with_its_line(
    form: Form, slip: tuple[str, str], line: int, said: str
) -> None:
    with pytest.raises(BrokenDefinition) as broken:
        phrases.parse(SMALL.replace(*slip), "phrases.yaml", form)
    assert f"phrases.yaml 第{line}行" in str(broken.value)
    assert said in str(broken.value)
