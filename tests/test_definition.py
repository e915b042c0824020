"""Form definitions: what the shipped one says, and how a broken one is refused."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from toolkit import definition, resources, words
from toolkit.definition import BrokenDefinition
from toolkit.form import Form, TermKind

DATA = Path(__file__).parent / "data"
SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- the edition of 2018


def test_rows_are_the_printed_ones_in_printed_order(form: Form) -> None:
    printed = (DATA / "rows-2018.tsv").read_text(encoding="utf-8").splitlines()
    rows = [
        (line.key, form.indicators[line.key].measure.name if line.key else "", line.label)
        for _, line in form.listed()
    ]
    assert rows == [tuple(row.split("\t")[1:]) for row in printed]


def test_there_are_65_rows_58_figures_and_7_headings(form: Form) -> None:
    headings = [line.label for _, line in form.listed() if not line.key]
    assert (len(list(form.listed())), len(form.indicators), len(headings)) == (65, 58, 7)


def test_sections_hold_as_many_figures_as_printed(form: Form) -> None:
    counts = [len(section) for section in form.sections.values()]
    assert counts == [8, 8, 23, 4, 4, 1, 1, 6, 3]


def test_complete_splits_are_computed(form: Form) -> None:
    computed = {total.key: len(total.parts) for total in form.totals}
    assert computed == {
        "request.received": 4,
        "request.closed": 2,
        "reply.denied": 6,
        "staff.total": 2,
        "reply.total": 8,
    }


def test_a_total_comes_after_the_total_inside_it(form: Form) -> None:
    keys = [total.key for total in form.totals]
    assert keys.index("reply.denied") < keys.index("reply.total")


def test_totals_that_need_not_equal_their_parts_are_entered(form: Form) -> None:
    entered = {indicator.key for indicator in form.entered}
    assert {"proactive.total", "review.total", "lawsuit.total"} <= entered


def test_the_tree_implies_its_rules(form: Form) -> None:
    implied = [(rule.code, str(rule.severity), rule.anchor) for rule in form.rules[:14]]
    assert implied == [
        ("A1", "error", "proactive.normative"),
        ("A2", "error", "proactive.total"),
        ("A3", "error", "proactive.total"),
        ("A6", "error", "response.press_lead"),
        ("A7", "error", "response.interview_lead"),
        ("A10", "error", "request.received"),
        ("A11", "error", "request.closed"),
        ("A13", "error", "reply.total"),
        ("A14", "error", "reply.denied"),
        ("A17", "error", "review.total"),
        ("A17", "warning", "review.total"),
        ("A18", "error", "lawsuit.total"),
        ("A18", "warning", "lawsuit.total"),
        ("A19", "error", "staff.total"),
    ]


def test_every_code_of_the_domain_has_a_rule(form: Form) -> None:
    assert {rule.code for rule in form.rules} == {"F7"} | {f"A{n}" for n in range(1, 24)}


def test_a_rule_answers_to_its_left_side(form: Form) -> None:
    for rule in form.rules:
        if rule.holds.left.kind is TermKind.KEY:
            assert rule.anchor == rule.holds.left.keys[0]


def test_labels_shared_by_sections_are_told_apart(form: Form) -> None:
    assert form.indicators["review.corrected"].name == "行政复议数量·被依法纠错数"
    assert form.indicators["lawsuit.corrected"].name == "行政诉讼数量·被依法纠错数"


def test_names_in_sentences_are_unambiguous(form: Form) -> None:
    assert len({indicator.name for indicator in form.indicators.values()}) == 58


def test_names_carry_neither_numbering_nor_remark(form: Form) -> None:
    assert form.indicators["proactive.total"].name == "主动公开政府信息数"
    assert form.indicators["denied.state_secret"].name == "涉及国家秘密"


def test_the_edition_is_open_ended(form: Form) -> None:
    assert [form.serves(year) for year in (2013, 2014, 2018, 2030)] == [False, True, True, True]


# ---------------------------------------------------------------- all shipped editions


@pytest.mark.parametrize("edition", definition.editions())
def test_a_definition_names_its_folder(edition: str) -> None:
    assert definition.load(edition).edition == edition


def test_an_unknown_edition_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="1066"):
        definition.load("1066")


# ---------------------------------------------------------------- broken definitions


@dataclass(frozen=True)
class Broken:
    """A change that breaks tests/data/small.yaml, and the line and reason of the refusal."""

    name: str
    old: str
    new: str
    line: int
    reason: str


BROKEN = (
    Broken("bad syntax", "foot: []", "foot: ]", 12, "YAML 写法不对"),
    Broken("YAML key twice", "guide: []", "guide: []\nguide: []", 14, "YAML 写法不对"),
    Broken("control character", "guide: []", "guide: [\x01]", 13, "YAML 写法不对"),
    Broken("undefined alias", "guide: []", "guide: *texts", 13, "YAML 写法不对"),
    Broken("missing property", "name: 小表\n", "", 1, "缺少 name"),
    Broken("unknown property at the top", "foot: []", "foot: []\nfeet: []", 13, "feet"),
    Broken("unknown property above its value", "foot: []", "foot: []\nfeet:\n  - x", 13, "feet"),
    Broken("unknown property in a row", "unit: 万元}", "unit: 万元, colour: red}", 26, "colour"),
    Broken("unknown property in a rule", "relation: ≤", "relation: ≤\n    if: x", 32, "：if"),
    Broken("unknown format code", "formats: {F1:", "formats: {X1: error, F1:", 5, "：X1"),
    Broken("wrong type", "decimals: 2", "decimals: two", 8, '类型不对，应为 "integer"'),
    Broken("true is no number", "decimals: 2", "decimals: true", 8, "true 类型不对"),
    Broken("long value", "decimals: 2", f"decimals: {'x' * 90}", 8, f"{'x' * 59}… 类型不对"),
    Broken("wrong severity", "severity: warning", "severity: fatal", 29, "不在允许的范围"),
    Broken("wrong spelling", '"2000"', '"2000a"', 1, "写法不对"),
    Broken("unknown placeholder", "{right}", "{rigth}", 33, "写法不对"),
    Broken("stray brace", "{right}", "{", 33, "写法不对"),
    Broken("unknown unit", "unit: 万元}", "unit: 吨}", 26, "计量单位“吨”没有在 units 中定义"),
    Broken("row key twice", "key: other", "key: mail", 25, "“mail”出现两次"),
    Broken("row key of a field", "key: fee", "key: unit.name", 26, "“unit.name”出现两次"),
    Broken("field key twice", "key: nil", "key: unit.name", 11, "“unit.name”出现两次"),
    Broken("rule on an unknown key", "left: fee", "left: fees", 28, "“fees”不存在"),
    Broken("bound of one for nothing", "foot: []", "foot: []\none_office: [F9]", 13, "“F9”不存在"),
    Broken("anchor unknown", "left: fee", "left: fee\n    anchor: fees", 28, "“fees”不存在"),
    Broken("anchor missing", "left: fee", "left: {max: [mail, other]}", 28, "须用 anchor 指明"),
    Broken("within nothing", "unit: 万元}", "unit: 万元, within: A3}", 26, "不能用 within"),
    Broken(
        "split into headings",
        "{key: other, label: 其他, unit: 件}",
        "{label: 其他}",
        19,
        "“received”下面",
    ),
    Broken(
        "split into itself",
        "{key: other, label: 其他, unit: 件}",
        "{key: other, label: 其他, unit: 件, split: {complete: A9, of: [received, mail]}}",
        14,
        "自己的一部分",
    ),
    Broken(
        "split without parts",
        "{key: other, label: 其他, unit: 件}",
        "{key: other, label: 其他, unit: 件, split: {complete: A9}}",
        25,
        "“other”下面",
    ),
    Broken(
        "split into the unknown",
        "{key: other, label: 其他, unit: 件}",
        "{key: other, label: 其他, unit: 件, split: {open: A9, of: [mail, elsewhere]}}",
        25,
        "“elsewhere”不存在",
    ),
    Broken(
        "each of an unknown block",
        "left: fee",
        "left: fee\n    each: {block: side, along: rows}",
        28,
        "“side”不存在",
    ),
    Broken(
        "each of a list",
        "left: fee",
        "left: fee\n    each: {block: main, along: columns}",
        28,
        "不能用 each",
    ),
)


def test_the_small_definition_is_good() -> None:
    assert list(definition.parse(SMALL, "small.yaml").indicators) == [
        "received",
        "mail",
        "other",
        "fee",
    ]


def test_what_holds_for_one_office_only_changes_no_workbook() -> None:
    form, other = (
        definition.parse(SMALL + more, "small.yaml") for more in ("", "\none_office: [F7]\n")
    )
    assert (other.rules == form.rules, other.definition) == (True, form.definition)
    assert {rule.code for rule in form.rules} - {rule.code for rule in other.for_sums.rules} == {
        "F7"
    }


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_definition_is_refused_with_its_line(case: Broken) -> None:
    assert SMALL.count(case.old) == 1
    with pytest.raises(BrokenDefinition) as refusal:
        definition.parse(SMALL.replace(case.old, case.new), "small.yaml")
    assert (refusal.value.file, refusal.value.line) == ("small.yaml", case.line)
    assert case.reason in refusal.value.reason
    assert str(refusal.value).startswith(f"定义有误：small.yaml 第{case.line}行：")


@pytest.mark.parametrize("text", ["", "[]", "- 1", "小表"])
def test_what_is_no_definition_at_all_is_refused(text: str) -> None:
    with pytest.raises(BrokenDefinition, match="文件顶层") as refusal:
        definition.parse(text, "small.yaml")
    assert refusal.value.line == 1


def test_a_definition_in_another_encoding_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "schemas" / "2000" / "form.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(SMALL.encode("gbk"))  # line 2 is the first with Chinese in it
    words.catalogue()  # read once, from its own place
    monkeypatch.setattr(resources, "data", tmp_path.joinpath)
    with pytest.raises(BrokenDefinition, match="第2行：不是 UTF-8 编码"):
        definition.load("2000")
