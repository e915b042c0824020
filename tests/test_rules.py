"""Each rule of the 2018 edition at its edge, and what blanks mean to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tests.returns import returned
from toolkit import rules
from toolkit.findings import Number, Severity
from toolkit.form import Form
from toolkit.rules import Violation

Figures = Mapping[str, Number | None]
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True)
class Edge:
    """The smallest figures that break a rule, and the change that mends it."""

    code: str
    severity: Severity
    broken: Figures
    mended: Figures
    left: Number
    right: Number
    name: str = field(default="", kw_only=True)


EDGES = (
    Edge(
        "A1", ERROR, {"proactive.normative": 1, "proactive.total": 0}, {"proactive.total": 1}, 1, 0
    ),
    Edge("A2", ERROR, {"channel.website": 2, "proactive.total": 1}, {"proactive.total": 2}, 2, 1),
    Edge("A3", ERROR, {"proactive.total": 2, "channel.website": 1}, {"channel.other": 1}, 2, 1),
    Edge(
        "A4",
        NOTICE,
        {"proactive.total": 2, "channel.website": 1, "channel.weibo": 1},
        {"proactive.total": 1},
        2,
        2,
    ),
    Edge(
        "A5",
        WARNING,
        {"proactive.normative": 1, "normative.issued": 0},
        {"normative.issued": 1},
        1,
        0,
    ),
    Edge("A6", ERROR, {"response.press_lead": 1, "response.press": 0}, {"response.press": 1}, 1, 0),
    Edge(
        "A7",
        ERROR,
        {"response.interview_lead": 1, "response.interview": 0},
        {"response.interview": 1},
        1,
        0,
    ),
    Edge("A8", WARNING, {"response.topics": 1, "response.press": 0}, {"response.press": 1}, 1, 0),
    Edge(
        "A9",
        WARNING,
        {"response.social": 1, "response.topics": 0},
        {"response.topics": 1},
        1,
        0,
        name="social",
    ),
    Edge(
        "A9",
        WARNING,
        {"response.other": 1, "response.topics": 0},
        {"response.topics": 1},
        1,
        0,
        name="other",
    ),
    Edge("A10", ERROR, {"request.received": 2, "request.mail": 1}, {"request.fax": 1}, 2, 1),
    Edge("A11", ERROR, {"request.closed": 2, "closed.on_time": 1}, {"closed.extended": 1}, 2, 1),
    Edge("A12", WARNING, {"closed.on_time": 1, "request.mail": 0}, {"request.mail": 1}, 1, 0),
    Edge("A13", ERROR, {"reply.total": 2, "reply.granted": 1}, {"reply.amend": 1}, 2, 1),
    Edge("A14", ERROR, {"reply.denied": 2, "denied.privacy": 1}, {"denied.security": 1}, 2, 1),
    Edge(
        "A15",
        WARNING,
        {"reply.granted": 1, "closed.on_time": 0},
        {"closed.on_time": 1},
        1,
        0,
        name="more",
    ),
    Edge(
        "A15",
        WARNING,
        {"reply.granted": 0, "closed.on_time": 1},
        {"reply.granted": 1},
        0,
        1,
        name="less",
    ),
    Edge("A16", WARNING, {"reply.granted": 1, "request.mail": 0}, {"request.mail": 1}, 1, 0),
    Edge(
        "A17",
        ERROR,
        {"review.upheld": 1, "review.total": 0},
        {"review.total": 1},
        1,
        0,
        name="over",
    ),
    Edge(
        "A17",
        WARNING,
        {"review.total": 1, "review.upheld": 0},
        {"review.upheld": 1},
        1,
        0,
        name="under",
    ),
    Edge(
        "A18",
        ERROR,
        {"lawsuit.other": 1, "lawsuit.total": 0},
        {"lawsuit.total": 1},
        1,
        0,
        name="over",
    ),
    Edge(
        "A18",
        WARNING,
        {"lawsuit.total": 1, "lawsuit.other": 0},
        {"lawsuit.other": 1},
        1,
        0,
        name="under",
    ),
    Edge("A19", ERROR, {"staff.total": 2, "staff.full_time": 1}, {"staff.part_time": 1}, 2, 1),
    Edge(
        "A20",
        WARNING,
        {"fee.collected": Decimal("0.01"), "request.mail": 0},
        {"request.mail": 1},
        Decimal("0.01"),
        0,
    ),
    Edge(
        "A21",
        WARNING,
        {"training.classes": 1, "training.people": 0},
        {"training.people": 1},
        1,
        0,
        name="nobody",
    ),
    Edge(
        "A21",
        WARNING,
        {"training.people": 1, "training.classes": 0},
        {"training.classes": 1},
        1,
        0,
        name="no class",
    ),
    Edge(
        "A21",
        WARNING,
        {"training.classes": 2, "training.people": 1},
        {"training.people": 2},
        2,
        1,
        name="too few",
    ),
    Edge(
        "A22",
        WARNING,
        {"denied.privacy": 1, "request.mail": 0},
        {"request.mail": 1},
        1,
        0,
        name="denied",
    ),
    Edge(
        "A22",
        WARNING,
        {"review.total": 1, "request.mail": 0},
        {"request.mail": 1},
        1,
        0,
        name="review",
    ),
    Edge(
        "A22",
        WARNING,
        {"lawsuit.total": 1, "request.mail": 0},
        {"request.mail": 1},
        1,
        0,
        name="lawsuit",
    ),
    Edge(
        "A23",
        WARNING,
        {"fund.special": Decimal("0.01"), "staff.full_time": 0},
        {"staff.full_time": 1},
        Decimal("0.01"),
        0,
        name="fund",
    ),
    Edge(
        "A23",
        WARNING,
        {"org.units": 1, "staff.full_time": 0},
        {"staff.full_time": 1},
        1,
        0,
        name="office",
    ),
    Edge(
        "F7",
        WARNING,
        {"fee.collected": 500},
        {"fee.collected": Decimal("499.99")},
        500,
        Decimal("499.99"),
        name="fee",
    ),
    Edge(
        "F7",
        WARNING,
        {"fund.special": 500},
        {"fund.special": Decimal("499.99")},
        500,
        Decimal("499.99"),
        name="fund",
    ),
)


def broken(form: Form, figures: Figures, code: str) -> list[Violation]:
    """Return the violations of one code."""
    found = rules.violations(form, returned(form, figures))
    return [one for one in found if one.rule.code == code]


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.code} {edge.name}".strip())
def test_a_rule_breaks_at_its_edge_and_not_before(form: Form, edge: Edge) -> None:
    (violation,) = broken(form, edge.broken, edge.code)
    assert violation.rule.severity is edge.severity
    assert (violation.left, violation.right) == (edge.left, edge.right)
    assert broken(form, {**edge.broken, **edge.mended}, edge.code) == []


def test_every_rule_has_an_edge(form: Form) -> None:
    assert {rule.code for rule in form.rules} == {edge.code for edge in EDGES}


def test_no_rule_has_anything_to_say_of_a_blank_form(form: Form) -> None:
    assert list(rules.violations(form, returned(form, {}))) == []


def test_no_rule_has_anything_to_say_of_zeros(form: Form) -> None:
    zeros = dict.fromkeys(form.indicators, 0)
    assert list(rules.violations(form, returned(form, zeros))) == []


# ---------------------------------------------------------------- complete splits and blanks


@dataclass(frozen=True)
class Split:
    """A reported number of requests, two of its four parts, and the contradiction expected."""

    total: int | None
    parts: tuple[int | None, int | None]
    contradiction: tuple[int | None, int | None] | None


@pytest.mark.parametrize(
    "split",
    [
        Split(None, (None, None), None),
        Split(0, (None, None), None),
        Split(1, (None, None), (1, None)),
        Split(None, (0, None), None),
        Split(None, (1, None), (None, 1)),
        Split(1, (1, None), None),
        Split(2, (1, None), (2, 1)),
        Split(0, (1, None), (0, 1)),
        Split(1, (0, None), (1, 0)),
        Split(3, (1, 2), None),
        Split(2, (1, 2), (2, 3)),
    ],
)
def test_a_complete_split(form: Form, split: Split) -> None:
    online, mail = split.parts
    figures = {"request.received": split.total, "request.online": online, "request.mail": mail}
    found = [(one.left, one.right) for one in broken(form, figures, "A10")]
    assert found == ([] if split.contradiction is None else [split.contradiction])


@pytest.mark.parametrize(
    ("total", "part", "code"),
    [
        ("request.received", "request.mail", "A10"),
        ("request.closed", "closed.extended", "A11"),
        ("reply.total", "reply.other_route", "A13"),
        ("reply.denied", "denied.other_law", "A14"),
        ("staff.total", "staff.part_time", "A19"),
    ],
)
def test_each_complete_split_wants_both_total_and_parts(
    form: Form, total: str, part: str, code: str
) -> None:
    assert len(broken(form, {total: 1}, code)) == 1
    assert len(broken(form, {total: None, part: 1}, code)) == 1
    assert broken(form, {total: 1, part: 1}, code) == []


def test_a_total_left_out_altogether_contradicts_nothing(form: Form) -> None:
    assert broken(form, {"request.mail": 1}, "A10") == []


def test_blank_parts_of_a_contradicted_split_are_named(form: Form) -> None:
    (violation,) = broken(form, {"staff.total": 2, "staff.full_time": 1}, "A19")
    assert violation.blanks == ("staff.part_time",)


def test_a_total_inside_a_total_counts_as_its_parts_amount_to(form: Form) -> None:
    figures = {"reply.total": 2, "reply.denied": 2, "denied.privacy": 1, "reply.granted": 1}
    assert broken(form, figures, "A13") == []
    (violation,) = broken(form, figures, "A14")
    assert (violation.left, violation.right) == (2, 1)


# ---------------------------------------------------------------- other rules and blanks


def test_a_wholly_blank_left_side_is_skipped(form: Form) -> None:
    assert broken(form, {"proactive.total": 0}, "A1") == []
    assert broken(form, {"response.topics": 0}, "A9") == []
    assert broken(form, {"review.total": 0}, "A17") == []


def test_a_blank_right_side_counts_as_0_and_is_named(form: Form) -> None:
    (violation,) = broken(form, {"proactive.normative": 1}, "A1")
    assert (violation.right, violation.blanks) == (0, ("proactive.total",))


def test_a_left_side_of_0_passes_a_blank_right_side(form: Form) -> None:
    assert broken(form, {"proactive.normative": 0}, "A1") == []


def test_blank_parts_of_a_sum_count_as_0_and_are_named(form: Form) -> None:
    (violation,) = broken(form, {"proactive.total": 2, "channel.website": 1}, "A3")
    assert violation.blanks == (
        "channel.gazette",
        "channel.weibo",
        "channel.wechat",
        "channel.other",
    )


def test_a_maximum_ignores_blanks(form: Form) -> None:
    (violation,) = broken(form, {"channel.website": 2, "proactive.total": 1}, "A2")
    assert violation.blanks == ()


def test_a_blank_condition_counts_as_0(form: Form) -> None:
    assert len(broken(form, {"fee.collected": 1}, "A20")) == 1


def test_a_blank_total_is_replaced_by_its_parts_in_other_rules(form: Form) -> None:
    figures = {"request.received": None, "request.mail": 1, "closed.on_time": 1}
    assert broken(form, figures, "A12") == []


def test_a_total_without_parts_stands_for_itself_in_other_rules(form: Form) -> None:
    assert broken(form, {"request.received": 1, "closed.on_time": 1}, "A12") == []


def test_a_contradicted_total_counts_as_its_parts_in_other_rules(form: Form) -> None:
    figures = {"request.received": 1, "request.mail": 2, "closed.on_time": 2}
    assert broken(form, figures, "A12") == []


def test_one_channel_alone_is_no_sum_typed_in(form: Form) -> None:
    assert broken(form, {"proactive.total": 1, "channel.website": 1}, "A4") == []


def test_amounts_are_compared_exactly(form: Form) -> None:
    figures = {"fee.collected": Decimal("499.990000001")}
    assert len(broken(form, figures, "F7")) == 1


# ---------------------------------------------------------------- words


def test_the_sentence_carries_both_figures(form: Form) -> None:
    (violation,) = broken(form, {"staff.total": 1, "staff.part_time": 43}, "A19")
    assert violation.sentence == "填报1，各分项合计43"
    assert rules.verdict(form, violation) == "× A19 填报1，各分项合计43。"


def test_blank_is_said_in_words(form: Form) -> None:
    (violation,) = broken(form, {"staff.total": None, "staff.part_time": 43}, "A19")
    assert violation.sentence == "填报空白，各分项合计43"


def hint(form: Form, figures: Figures, code: str) -> str:
    """Return the hint for the one violation of a code."""
    (violation,) = broken(form, figures, code)
    return rules.hint(form, violation, returned(form, figures))


def test_the_total_typed_once_more_into_a_part_is_pointed_out(form: Form) -> None:
    figures = {"request.received": 9, "request.fax": 4, "request.online": 5, "request.mail": 9}
    said = hint(form, figures, "A10")
    assert "不含“信函申请数”时各分项合计为9" in said


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"request.received": 9, "request.fax": 4}, "A10"),  # no part makes up for it
        ({"request.received": None, "request.fax": 4}, "A10"),  # no total
        ({"request.received": 4}, "A10"),  # no parts
        ({"review.total": 2, "review.upheld": 4, "review.other": 2}, "A17"),  # no complete split
        ({"reply.granted": 0, "closed.on_time": 1}, "A15"),  # no split at all
    ],
)
def test_nothing_is_pointed_out_where_nothing_suggests_itself(
    form: Form, figures: Figures, code: str
) -> None:
    assert hint(form, figures, code) == ""
