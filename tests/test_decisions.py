"""What people decide outweighs what was found, and is told with who and why."""

from dataclasses import replace

import pytest

from tests.sent import COUNT, DATE, FORM, MONEY, YEAR, record, refused, sent
from toolkit import rules, sums
from toolkit.check import check
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Finding, Severity, finding
from toolkit.merge import Summary, merge
from toolkit.questions import Question
from toolkit.record import Record, Unit
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Submission

JIA, YI = Unit("甲局", "X1"), Unit("乙局", "X2")


def decided(action: Action, number: int = 1, **more: object) -> Decision:
    return Decision(action, "张三", "电话核实", "2019-02-01T09:00:00+08:00", number, **more)  # type: ignore[arg-type]


def explained_by(asked: Question, number: int = 1) -> Decision:
    code, key, rule = asked.about
    more = {"code": code, "key": key, "rule": rule, "states": (asked.state,)}
    return decided(Action.EXPLAIN, number, **more)


def merged(*files: Submission, made: list[Decision], roster: Roster | None = None) -> Summary:
    return merge(FORM, YEAR, files, decisions=Decisions(made), roster=roster)


def boxes(summary: Summary) -> dict[str, str]:
    return {entry.submission.path: str(entry.box) for entry in summary.entries}


def reason(summary: Summary, path: str) -> str:
    return next(e.reason for e in summary.entries if e.submission.path == path)


# ---------------------------------------------------------------- whether a file counts


def test_of_two_returns_the_one_decided_upon_is_used() -> None:
    files = [sent("a.xlsx", record(figures={COUNT: 5})), sent("b.xlsx", record(figures={COUNT: 4}))]
    assert set(boxes(merged(*files, made=[])).values()) == {"conflict"}
    summary = merged(*files, made=[decided(Action.USE, digest=files[1].digest)])
    assert boxes(summary) == {"a.xlsx": "superseded", "b.xlsx": "adopted"}
    assert summary.whole.totals[COUNT] == 4
    assert "张三：电话核实" in reason(summary, "a.xlsx")
    assert "张三：电话核实" in reason(summary, "b.xlsx")


def test_the_last_decision_on_a_unit_counts() -> None:
    files = [sent("a.xlsx", record(figures={COUNT: 5})), sent("b.xlsx", record(figures={COUNT: 4}))]
    made = [decided(Action.USE, n, digest=one.digest) for n, one in enumerate(files[::-1], 1)]
    assert boxes(merged(*files, made=made)) == {"a.xlsx": "adopted", "b.xlsx": "superseded"}
    assert boxes(merged(*files, made=made[::-1])) == {"a.xlsx": "adopted", "b.xlsx": "superseded"}


def test_a_return_with_errors_counts_where_somebody_answers_for_it() -> None:
    file = sent("a.xlsx", record(figures={COUNT: 0, MONEY: -1}))
    assert boxes(merged(file, made=[])) == {"a.xlsx": "returned"}
    summary = merged(file, made=[decided(Action.USE, digest=file.digest)])
    assert boxes(summary) == {"a.xlsx": "adopted"}
    assert summary.whole.totals[MONEY] == -1
    (error,) = [one for one in summary.adopted[0].submission.findings if one.code == "F1"]
    assert (error.severity, error.decided, error.open) == ("error", "张三：电话核实", False)


def test_nobody_can_let_another_edition_count() -> None:
    other = replace(record(), form="2021", values={})
    file = Submission("a.xlsx", "1" * 64, other)
    summary = merged(file, made=[decided(Action.USE, digest=file.digest)])
    assert boxes(summary) == {"a.xlsx": "returned"}


def test_a_file_left_out_does_not_count_and_nothing_is_left_to_do() -> None:
    files = [sent("a.xlsx", record(figures={COUNT: 0})), refused("b.pdf", "R2", what="图片")]
    made = [decided(Action.LEAVE_OUT, n, digest=one.digest) for n, one in enumerate(files, 1)]
    summary = merged(*files, made=made)
    assert boxes(summary) == {"a.xlsx": "returned", "b.pdf": "unreadable"}
    assert "张三：电话核实" in reason(summary, "a.xlsx")
    assert summary.settled


def test_a_newer_return_than_the_one_decided_upon_waits_for_another_decision() -> None:
    old, undated, new = (
        sent(f"{name}.xlsx", record(figures={COUNT: figure}, filed=filed))
        for name, figure, filed in (("a", 5, "2019-01-10"), ("b", 4, ""), ("c", 3, "2019-01-20"))
    )
    use = decided(Action.USE, digest=old.digest)
    summary = merged(old, undated, new, made=[use])
    assert boxes(summary) == {"a.xlsx": "adopted", "b.xlsx": "superseded", "c.xlsx": "conflict"}
    assert "a.xlsx" in reason(summary, "c.xlsx")
    assert (summary.whole.totals[COUNT], summary.settled) == (5, False)
    for action, box in ((Action.LEAVE_OUT, "returned"), (Action.USE, "adopted")):
        made = [use, decided(action, 2, digest=new.digest)]
        summary = merged(old, undated, new, made=made)
        assert boxes(summary)["c.xlsx"] == box
        assert all(entry.settled for entry in summary.entries)


def test_of_files_that_say_the_same_the_one_decided_upon_stands_for_the_others() -> None:
    files = [sent(f"{name}.xlsx", record(figures={COUNT: 0})) for name in "abc"]
    doubtful = [replace(one, findings=(finding("M4", names="另一家"),)) for one in files]
    summary = merged(*doubtful, made=[decided(Action.USE, digest=files[1].digest)])
    assert boxes(summary) == {"a.xlsx": "duplicate", "b.xlsx": "adopted", "c.xlsx": "duplicate"}
    assert summary.settled


def test_a_decision_taken_after_another_decides_on_the_same_file() -> None:
    file = sent("a.xlsx", record(figures={COUNT: 0}))
    use = decided(Action.USE, 1, digest=file.digest)
    out = decided(Action.LEAVE_OUT, 2, digest=file.digest)
    assert boxes(merged(file, made=[out, use])) == {"a.xlsx": "returned"}
    again = decided(Action.USE, 3, digest=file.digest)
    assert boxes(merged(file, made=[again, out, use])) == {"a.xlsx": "adopted"}


def test_the_unit_of_a_file_that_was_left_out_owes_another() -> None:
    roster = listed(Member(JIA), Member(YI))
    files = [
        sent("a.xlsx", record("甲局", {COUNT: 0})),
        sent("b.xlsx", record("乙局", {COUNT: 0})),
        sent("c.xlsx", record("别处", {COUNT: 0})),
    ]
    out = [decided(Action.LEAVE_OUT, n, digest=one.digest) for n, one in enumerate(files[1:], 1)]
    summary = merged(*files, made=out, roster=roster)
    assert [one.unit for one in summary.missing] == [YI]
    assert (summary.counted, summary.units, summary.settled) == (1, 2, False)


def test_equal_bytes_share_a_decision_whatever_they_are_called() -> None:
    file = sent("a.xlsx", record())
    copy = replace(file, path="改名.xlsx")
    summary = merged(file, copy, made=[decided(Action.LEAVE_OUT, digest=file.digest)])
    assert set(boxes(summary).values()) == {"returned"}


def test_a_decision_holds_for_the_edition_and_year_it_was_made_for() -> None:
    made = decided(Action.ADJUST, key=COUNT, edition=FORM.edition, year=str(YEAR))
    assert made.concerns(FORM.edition, YEAR)
    assert not made.concerns(FORM.edition, YEAR + 1)
    assert not made.concerns("2021", YEAR)


# ---------------------------------------------------------------- explanations


def with_warning() -> tuple[Submission, Finding]:
    """Return a submission with a rule's warning that its 说明 closes."""
    for rule in FORM.rules:
        if rule.severity is not Severity.WARNING or rule.needs_last_year or rule.split:
            continue
        for key in rule.holds.left.keys:
            returned = replace(record(figures={key: 9}), explanations={rule.anchor: "含上年结转"})
            found = [
                one for one in check(FORM, returned) if one.code == rule.code and one.explained
            ]
            if found and any(broken.rule is rule for broken in rules.violations(FORM, returned)):
                return Submission("a.xlsx", "1" * 64, returned, (found[0],)), found[0]
    raise AssertionError


def test_a_rejected_explanation_leaves_the_warning_open() -> None:
    file, warning = with_warning()
    made = Decisions([decided(Action.REJECT, digest=file.digest, key=warning.key)])
    (found,) = made.applied(file).findings
    assert (warning.open, found.open) == (False, True)
    assert "含上年结转" in found.message
    assert "张三：电话核实" in found.message
    assert made.applied(made.applied(file)) == made.applied(file)


def test_an_explanation_rejected_after_the_file_was_to_be_used_leaves_the_warning_open() -> None:
    file, warning = with_warning()
    for use, reject, open_ in ((1, 2, True), (2, 1, False)):
        made = [
            decided(Action.USE, use, digest=file.digest),
            decided(Action.REJECT, reject, digest=file.digest, key=warning.key),
        ]
        assert [one.open for one in Decisions(made).applied(file).findings] == [open_]
        assert boxes(merged(file, made=made)) == {"a.xlsx": "adopted"}


def test_a_rejected_explanation_of_another_row_changes_nothing() -> None:
    file, _ = with_warning()
    made = Decisions([decided(Action.REJECT, digest=file.digest, key=MONEY)])
    assert made.applied(file) == file


# ---------------------------------------------------------------- adjustments


def listed(*members: Member) -> Roster:
    return Roster(members, Unit("示例县", "X"))


@pytest.mark.parametrize("called", ["甲局", "X1", "甲"])
def test_an_adjustment_is_a_row_of_its_own_in_the_sums(called: str) -> None:
    part = next(one for one in FORM.entered if any(one.key in t.parts for t in FORM.totals))
    total = next(t for t in FORM.totals if part.key in t.parts)
    roster = listed(Member(JIA, ("甲",), Scope.OWN), Member(YI, (), Scope.BELOW))
    files = [
        sent("a.xlsx", record("甲局", {part.key: 5}, code="X1")),
        sent("b.xlsx", record("乙局", {part.key: 7}, code="X2")),
    ]
    made = [decided(Action.ADJUST, unit=Unit(called), key=part.key, amount=-2)]
    summary = merged(*files, made=made, roster=roster)
    assert summary.whole.totals[part.key] == summary.whole.totals[total.key] == 10
    assert summary.sums[Cover.OWN].totals[part.key] == 3
    (row,) = summary.adjustments
    assert (row.unit, row.scope, row.figures[total.key]) == (JIA, Scope.OWN, -2)
    assert [one.record.values[part.key] for one in summary.adopted] == [5, 7]


def test_an_adjustment_for_nobody_is_an_error_and_not_added() -> None:
    made = [decided(Action.ADJUST, unit=Unit("丙局"), key=COUNT, amount=5)]
    summary = merged(sent("a.xlsx", record(figures={COUNT: 0})), made=made)
    assert summary.whole.totals[COUNT] == 0
    (found,) = summary.findings
    assert (found.code, "丙局" in found.message, summary.settled) == ("M9", True, False)


@pytest.mark.parametrize("called", ["", "　", "X2", "乙局"])
def test_an_adjustment_for_no_unit_or_for_one_that_is_never_summed_says_why(called: str) -> None:
    roster = listed(Member(JIA), Member(YI, scope=Scope.VERTICAL)) if called.strip() else None
    made = [decided(Action.ADJUST, unit=Unit(called), key=COUNT, amount=5)]
    summary = merged(sent("a.xlsx", record(figures={COUNT: 0})), made=made, roster=roster)
    assert (summary.adjustments, summary.whole.totals[COUNT]) == ((), 0)
    (found,) = summary.findings
    assert ("垂直管理" if roster else "找不到单位") in found.message


def test_an_adjustment_for_a_unit_that_is_not_on_the_roster_is_not_added() -> None:
    files = [sent("a.xlsx", record("甲局", {COUNT: 0})), sent("c.xlsx", record("丙局"))]
    made = [decided(Action.ADJUST, unit=Unit("丙局"), key=COUNT, amount=5)]
    summary = merged(*files, made=made, roster=listed(Member(JIA)))
    assert (summary.adjustments, summary.whole.totals[COUNT]) == ((), 0)
    assert "找不到单位" in summary.unadjusted[0].message


def test_an_adjustment_of_a_figure_that_the_form_does_not_have_says_so() -> None:
    made = [decided(Action.ADJUST, unit=Unit("甲局"), key="of.another.edition", amount=5)]
    (found,) = merged(sent("a.xlsx", record()), made=made).unadjusted
    assert "没有这一项" in found.message


# ---------------------------------------------------------------- the merged figures


def breaking() -> tuple[Record, str]:
    """Return a record that breaks a warning of the form, and the rule's code."""
    file, warning = with_warning()
    assert file.record
    return file.record, warning.code


def test_a_rule_that_the_merged_figures_break_names_the_units_it_comes_from() -> None:
    returned, code = breaking()
    files = [
        replace(sent("a.xlsx", record("甲局", {COUNT: 0}))),
        Submission(
            "b.xlsx",
            "2" * 64,
            replace(returned, unit=Unit("乙局"), contacts={DATE: ""}),
            tuple(one for one in check(FORM, returned) if one.code == code),
        ),
    ]
    found = [one for one in merged(*files, made=[]).findings if f"不符合{code}：" in one.message]
    assert found
    assert all(one.code == "M3" and "乙局" in one.message for one in found)
    assert not any("甲局" in one.message for one in found)


def test_what_no_return_may_be_the_merged_figures_may_not_be_either() -> None:
    file = sent("a.xlsx", record(figures={COUNT: 2}))
    made = [decided(Action.ADJUST, unit=Unit("甲局"), key=COUNT, amount=-5)]
    found = [one for one in merged(file, made=made).findings if "不符合F1" in one.message]
    assert [(one.code, one.severity, one.key, one.value) for one in found] == [
        ("M3", Severity.ERROR, COUNT, -3)
    ]


def test_what_explains_the_merged_figures_stands_in_what_is_sent_up() -> None:
    returned, code = breaking()
    found = tuple(one for one in check(FORM, returned) if one.code == code)
    file = Submission("b.xlsx", "2" * 64, returned, found)
    summary = merged(file, made=[])
    explained = [one for one in summary.findings if one.explained]
    waiting = [one for one in summary.findings if one.open and one.severity is Severity.WARNING]
    assert explained
    assert waiting
    made = [
        explained_by(one, n) for n, one in enumerate(summary.whole.questions, 1) if one.finding.open
    ]
    up = sums.record_of(FORM, YEAR, Unit("示例县"), merged(file, made=made).whole)
    assert "含上年结转" in up.explanation(explained[0].key)
    assert "电话核实" in up.explanation(waiting[0].key)
    assert not [one for one in check(FORM, up) if one.open and one.severity is Severity.WARNING]


def test_somebody_can_explain_what_is_wrong_with_the_merged_figures() -> None:
    returned, code = breaking()
    file = Submission(
        "b.xlsx",
        "2" * 64,
        returned,
        tuple(one for one in check(FORM, returned) if one.code == code),
    )
    asked = [one for one in merged(file, made=[]).whole.questions if one.finding.open]
    made = [explained_by(one, n) for n, one in enumerate(asked, 1)]
    answered = merged(file, made=made).findings
    assert asked
    assert not any(one.open for one in answered)
    assert [one.decided for one in answered if not one.explained] == ["张三：电话核实"] * len(asked)


def negative(amount: int, number: int = 9) -> Decision:
    return decided(Action.ADJUST, number, unit=Unit("甲局"), key=COUNT, amount=amount)


def of_rule(summary: Summary, rule: str) -> Question:
    return next(one for one in summary.whole.questions if one.rule == rule)


def test_an_explanation_of_one_rule_explains_no_other() -> None:
    file = sent("a.xlsx", record(figures={COUNT: 2}))
    asked = of_rule(merged(file, made=[negative(-5)]), "F1")
    other = replace(explained_by(asked), rule="F2")
    assert of_rule(merged(file, made=[negative(-5), other]), "F1").finding.open
    assert not of_rule(merged(file, made=[negative(-5), explained_by(asked)]), "F1").finding.open


def test_an_explanation_of_other_figures_explains_nothing_any_more() -> None:
    file = sent("a.xlsx", record(figures={COUNT: 2}))
    first = of_rule(merged(file, made=[negative(-5)]), "F1")
    summary = merged(file, made=[negative(-6), explained_by(first)])
    again = of_rule(summary, "F1")
    assert again.finding.open
    assert not summary.settled
    assert "原说明（张三：电话核实）因数字变化失效" in again.finding.message
    back = of_rule(
        merged(file, made=[negative(-5), explained_by(again, 2), explained_by(first)]), "F1"
    )
    assert not back.finding.open


def test_an_explanation_of_a_milder_finding_explains_no_stricter_one() -> None:
    asked = Question(
        finding("M6", key=COUNT, label="", this="1", last="9", shares=""), figures="1/9"
    )
    stricter = replace(asked, finding=replace(asked.finding, severity=Severity.ERROR))
    made = Decisions([explained_by(asked)])
    assert not made.answered(asked).finding.open
    assert made.answered(stricter).finding.open


# ---------------------------------------------------------------- without effect


def idle(*files: Submission, made: list[Decision], roster: Roster | None = None) -> list[str]:
    summary = merged(*files, made=made, roster=roster)
    assert all(one.code == "M10" and one.open for one in summary.idle)
    assert not summary.idle or not summary.settled
    return [one.message for one in summary.idle]


def test_to_use_what_cannot_be_used_is_said_to_have_no_effect() -> None:
    unread = replace(refused("b.pdf", "R2", what="图片"), digest="b" * 64)
    (told,) = idle(unread, made=[decided(Action.USE, 3, digest=unread.digest)])
    assert "第3条决定（采用“b.pdf”）没有起作用" in told
    assert "decide undo" in told
    other = Submission("a.xlsx", "1" * 64, replace(record(), form="2021", values={}))
    assert len(idle(other, made=[decided(Action.USE, digest=other.digest)])) == 1


def test_to_use_what_is_never_summed_is_said_to_have_no_effect() -> None:
    file = sent("a.xlsx", record("乙局"))
    roster = listed(Member(JIA), Member(YI, scope=Scope.VERTICAL))
    (told,) = idle(file, made=[decided(Action.USE, digest=file.digest)], roster=roster)
    assert "垂直管理" in told


def test_to_reject_an_explanation_that_is_not_there_is_said_to_have_no_effect() -> None:
    file, warning = with_warning()
    assert not idle(file, made=[decided(Action.REJECT, digest=file.digest, key=warning.key)])
    (told,) = idle(file, made=[decided(Action.REJECT, digest=file.digest, key=MONEY)])
    assert "没有写说明" in told


def test_what_a_later_decision_outweighs_is_not_said_to_have_no_effect() -> None:
    file = sent("a.xlsx", record(figures={COUNT: 0}))
    use = decided(Action.USE, 1, digest=file.digest)
    assert not idle(file, made=[use, decided(Action.LEAVE_OUT, 2, digest=file.digest)])


# ---------------------------------------------------------------- what is made up for


def returned(path: str, filed: str = "", modified: str = "") -> Submission:
    return sent(path, record(figures={COUNT: -1}, filed=filed), modified)


GOOD = sent("好.xlsx", record(figures={COUNT: 0}, filed="2019-01-20"))


def done(*files: Submission) -> dict[str, bool]:
    return {one.submission.path: one.done for one in merged(*files, made=[]).entries}


def test_an_undated_return_is_done_once_a_dated_one_counts() -> None:
    assert done(returned("错.xlsx"), GOOD)["错.xlsx"]
    assert done(returned("错.xlsx", "2019-01-10"), GOOD)["错.xlsx"]
    assert not done(returned("错.xlsx", "2019-01-21"), GOOD)["错.xlsx"]
    assert not done(returned("错.xlsx"), sent("好.xlsx", record(figures={COUNT: 0})))["错.xlsx"]


def test_an_undated_return_that_was_saved_later_than_what_counts_is_not_done() -> None:
    good = replace(GOOD, modified="2019-01-20T08:00:00")
    assert not done(returned("错.xlsx", modified="2019-01-21T08:00:00"), good)["错.xlsx"]
    assert done(returned("错.xlsx", modified="2019-01-19T08:00:00"), good)["错.xlsx"]


def test_an_untouched_form_is_done_once_any_return_of_the_unit_counts() -> None:
    blank = sent("空.xlsx", record(figures={}, filed="2019-01-30"))
    good = sent("好.xlsx", record(figures={COUNT: 0}))
    assert done(blank, good) == {"空.xlsx": True, "好.xlsx": False}
    assert done(blank) == {"空.xlsx": False}


def test_what_was_left_out_and_could_not_be_read_says_who_decided() -> None:
    file = refused("b.pdf", "R2", what="图片")
    told = reason(merged(file, made=[decided(Action.LEAVE_OUT, digest=file.digest)]), "b.pdf")
    assert told == "经人决定不计入（张三：电话核实）。"
