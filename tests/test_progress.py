"""How each unit stands, who was in time, and what a coordinator is told of it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import click
import pytest

from tests.sent import COUNT, FORM, YEAR, record, refused, sent
from toolkit import columns, definition, progress
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Severity, finding
from toolkit.merge import Summary, merge
from toolkit.progress import State, account, standings
from toolkit.record import Record, Unit, settle
from toolkit.roster import Member, Roster, Scope
from toolkit.status import Status
from toolkit.submissions import Submission

DUE = date(2019, 1, 31)
NAMES = ("甲局", "乙局", "丙局", "丁局", "戊局", "气象局")
ROSTER = Roster(
    tuple(
        Member(
            Unit(name, f"X{n}"),
            scope=Scope.VERTICAL if name == "气象局" else Scope.OWN,
            deadline=None if name == "戊局" else DUE,
            person="李四",
            phone="010-1234",
        )
        for n, name in enumerate(NAMES, 1)
    )
)
EARLY = datetime(2019, 1, 31, 15, tzinfo=UTC)
LATE = datetime(2019, 2, 2, 1, tzinfo=UTC)


def waiting(one: Submission) -> Submission:
    """Return a submission with something to explain."""
    return replace(one, findings=(finding("M4", names="另一家").in_file(one.path),))


FILES = (
    sent("甲.xlsx", record("甲局", {COUNT: 0})),
    waiting(sent("乙.xlsx", record("乙局", {COUNT: 0}))),
    sent("丙.xlsx", record("丙局", {COUNT: -1})),
    sent("丁1.xlsx", record("丁局", {COUNT: 0})),
    sent("丁2.xlsx", record("丁局", {COUNT: 1})),
    refused("照片.pdf", "R2", what="图片"),
)
ARRIVALS: Mapping[str, datetime] = {"甲.xlsx": EARLY, "乙.xlsx": LATE, "丙.xlsx": EARLY}


def merged(
    *files: Submission, roster: Roster | None = ROSTER, made: Decision | None = None
) -> Summary:
    decisions = Decisions([made] if made else [])
    return merge(FORM, YEAR, files or FILES, roster=roster, decisions=decisions)


def status(today: date = DUE, **arguments: Roster | None) -> Status:
    return Status(merged(**arguments), ARRIVALS, today)  # type: ignore[arg-type]


# ---------------------------------------------------------------- how each unit stands


def test_every_unit_on_the_roster_stands_somewhere() -> None:
    found = {one.unit.name: one.state for one in standings(merged())}
    assert found == {
        "甲局": State.COUNTED,
        "乙局": State.WAITING,
        "丙局": State.RETURNED,
        "丁局": State.CONFLICT,
        "戊局": State.MISSING,
    }


def test_a_unit_nobody_knows_stands_behind_those_of_the_roster() -> None:
    found = standings(merged(*FILES, sent("己.xlsx", record("己局"))))
    assert [(one.unit.name, one.member, one.state) for one in found[-1:]] == [
        ("己局", None, State.CONFLICT)
    ]


def test_without_a_roster_those_that_sent_something_stand_by_name() -> None:
    found = standings(merged(roster=None))
    assert [one.unit.name for one in found] == sorted(["甲局", "乙局", "丙局", "丁局"])


def test_a_unit_that_once_left_out_its_code_stands_once() -> None:
    files = [sent("1.xlsx", record("己局", code="X9")), sent("2.xlsx", record("己局", {COUNT: 2}))]
    found = standings(merged(*files, roster=None))
    assert [(one.unit.name, len(one.entries)) for one in found] == [("己局", 2)]


def test_a_unit_nobody_knows_need_not_report() -> None:
    told = account(standings(merged(*FILES, sent("己.xlsx", record("己局")))))
    assert (told.expected, told.reported) == (5, 2)


def test_a_newer_return_that_is_sent_back_leaves_its_unit_waiting() -> None:
    files = [
        sent("甲1.xlsx", record("甲局", {COUNT: 0}, filed="2019-01-10")),
        sent("甲2.xlsx", record("甲局", {COUNT: -1}, filed="2019-01-20")),
    ]
    assert standings(merged(*files))[0].state is State.WAITING
    corrected = [
        sent("甲1.xlsx", record("甲局", {COUNT: -1}, filed="2019-01-10")),
        sent("甲2.xlsx", record("甲局", {COUNT: 0}, filed="2019-01-20")),
    ]
    summary = merged(*corrected)
    assert standings(summary)[0].state is State.COUNTED
    assert all(entry.settled for entry in summary.entries)
    assert "甲2.xlsx" in summary.entries[0].reason


def test_a_file_left_out_by_decision_leaves_its_unit_missing() -> None:
    made = Decision(Action.LEAVE_OUT, "张三", "错发", digest=FILES[2].digest)
    assert standings(merged(made=made))[2].state is State.MISSING


def test_a_unit_that_need_not_report_and_was_left_out_stands_nowhere() -> None:
    stranger = sent("己.xlsx", record("己局"))
    made = Decision(Action.LEAVE_OUT, "张三", "外县的", digest=stranger.digest)
    for roster in (ROSTER, None):
        found = standings(merged(*FILES, stranger, roster=roster, made=made))
        assert "己局" not in [one.unit.name for one in found]


def test_a_unit_whose_newer_return_waits_for_a_decision_is_asked_which_counts() -> None:
    old = sent("甲1.xlsx", record("甲局", {COUNT: 0}, filed="2019-01-10"))
    new = sent("甲2.xlsx", record("甲局", {COUNT: 1}, filed="2019-01-20"))
    made = Decision(Action.USE, "张三", "核实", digest=old.digest)
    found = Status(merged(old, new, made=made), {}, DUE)
    first = found.standings[0]
    assert (first.state, first.state.reported) == (State.WAITING, True)
    assert "甲1.xlsx、甲2.xlsx" in found.reminder(first)
    assert "以哪一份为准" in found.reminder(first)


def test_a_reminder_quotes_what_was_sent_back_before_what_is_to_be_explained() -> None:
    old = waiting(sent("甲2.xlsx", record("甲局", {COUNT: 0}, filed="2019-01-10")))
    new = sent("甲1.xlsx", record("甲局", {COUNT: -1}, filed="2019-01-20"))
    found = Status(merged(old, new), {}, DUE)
    assert "甲1.xlsx）需要改正" in found.reminder(found.standings[0])


# ---------------------------------------------------------------- in time


def test_a_return_without_errors_by_the_end_of_the_last_day_is_in_time() -> None:
    found = {one.unit.name: one for one in standings(merged())}
    assert found["甲局"].in_time(ARRIVALS) is True
    assert found["乙局"].in_time(ARRIVALS) is False
    assert found["丙局"].in_time(ARRIVALS) is None  # what was sent back has not come yet
    assert found["戊局"].in_time(ARRIVALS) is None


def test_a_unit_is_overdue_from_the_day_after_until_its_return_counts() -> None:
    found = {one.unit.name: one for one in standings(merged())}
    for day, overdue in ((DUE, False), (DUE + timedelta(days=1), True)):
        assert found["丙局"].overdue(day) is overdue
        assert found["乙局"].overdue(day) is False
        assert found["戊局"].overdue(day) is False


def test_rates_are_counted_on_all_that_should_report() -> None:
    told = account(standings(merged()), ARRIVALS)
    assert (told.expected, told.reported, told.in_time) == (5, 2, 1)
    assert (told.percent, told.percent_in_time) == (40, 20)
    both = account(standings(merged()), {**ARRIVALS, "丁1.xlsx": EARLY})
    assert both.in_time == 1  # what somebody has still to decide upon has not been reported
    assert account(standings(merged())).in_time is None
    assert account(standings(merged(roster=None)), ARRIVALS).in_time is None


# ---------------------------------------------------------------- what status tells


def test_the_table_names_every_unit_and_fits_a_screen() -> None:
    told = status().as_text()
    for name in NAMES[:-1]:
        assert name in told
    assert "应报5家，已报2家，报送率40%。按时1家，按时率20%。" in told
    assert "垂直管理单位1家不在应报之列：气象局。" in told
    assert "照片.pdf" in told
    table = told.split("\n\n")[1].splitlines()
    assert max(map(columns.width, table)) <= 80


def test_without_a_roster_nobody_is_said_to_be_missing() -> None:
    told = status(roster=None).as_text()
    assert "没有给名册" in told
    assert "应报" not in told


@pytest.mark.parametrize(
    ("today", "heads"),
    [
        (DUE - timedelta(days=30), ["还要单位处理（4）"]),
        (DUE, ["期限将近，请提醒（3）", "还要单位处理（1）"]),
        (DUE + timedelta(days=3), ["已过期限，请催报（2）", "还要单位处理（2）"]),
    ],
)
def test_units_are_reminded_by_how_near_the_deadline_is(today: date, heads: list[str]) -> None:
    lines = click.unstyle(status(today).as_text()).splitlines()
    assert [line for line in lines if line.startswith(("期限", "已过", "还要"))] == heads


def test_a_reminder_says_what_is_owed_and_by_when() -> None:
    found = status(DUE + timedelta(days=3))
    told = {one.unit.name: found.reminder(one) for one in found.standings}
    assert told["甲局"] == ""
    assert told["丙局"].startswith("丙局：贵单位报送的2018年度") or str(YEAR) in told["丙局"]
    assert "丙.xlsx" in told["丙局"]
    assert "2019年1月31日，已经超过3天" in told["丙局"]
    assert "尚未收到" in told["戊局"]
    assert "丁1.xlsx、丁2.xlsx" in told["丁局"]
    assert "说明栏" in told["乙局"]


def texts(*files: Submission, arrivals: Mapping[str, datetime] = ARRIVALS) -> dict[str, str]:
    """Return the text for each unit three days after the deadline, but for those missing."""
    found = Status(merged(*files), arrivals, DUE + timedelta(days=3))
    told = [(one.unit.name, found.reminder(one)) for one in found.standings]
    names = [name for name, text in told if text]
    assert len(set(names)) == len(names)  # nobody gets two
    return {name: text for name, text in told if text and "尚未收到" not in text}


def test_a_unit_with_one_file_that_is_held_up_is_not_said_to_have_sent_several() -> None:
    told = texts(sent("第二批/己.xlsx", record("己局")))
    assert list(told) == ["己局"]
    assert "（己.xlsx）已经收到，还要核实后才能计入" in told["己局"]
    assert "几份" not in told["己局"]


def test_a_file_under_a_units_name_and_anothers_code_asks_that_unit_once() -> None:
    own = sent("乙.xlsx", record("乙局", {COUNT: 0}, code="X2"))
    astray = sent("丙.xlsx", record("丙局", {COUNT: 1}, code="X2"))
    told = texts(own, astray)
    assert list(told) == ["丙局"]
    assert "收到一份写着贵单位名称的" in told["丙局"]
    assert "丙.xlsx" in told["丙局"]


def test_only_those_who_are_late_are_told_that_they_are() -> None:
    late = {"丁1.xlsx": LATE, "丁2.xlsx": LATE}
    in_time = {"丁1.xlsx": EARLY, "丁2.xlsx": LATE}
    assert "已经超过3天" in texts(*FILES, arrivals=late)["丁局"]
    assert "超过" not in texts(*FILES, arrivals=in_time)["丁局"]
    assert "请于" not in texts(*FILES, arrivals=in_time)["丁局"]
    assert "超过" not in texts()["乙局"]  # it counts, and has only to be explained
    assert "已经超过3天" in texts()["丙局"]  # what came was not right
    (row,) = [
        line
        for line in Status(merged(), in_time, DUE + timedelta(days=3)).as_text().splitlines()
        if line.startswith("X4")
    ]
    assert "逾期" not in row


def test_files_are_called_by_the_names_that_their_unit_knows() -> None:
    told = texts(
        sent("第二批/附件.zip/丙.xlsx", record("丙局", {COUNT: -1})),
        sent("第一批/丁.xlsx", record("丁局", {COUNT: 0})),
        sent("第二批/丁.xlsx", record("丁局", {COUNT: 1})),
    )
    assert "（丙.xlsx）" in told["丙局"]
    assert "（丁.xlsx）" in told["丁局"]
    assert "批" not in "".join(told.values())


@pytest.mark.parametrize(("edition", "place"), [("2018", "C12："), ("2021", "“三、申请”C12：")])
def test_a_cell_is_named_with_its_sheet_where_the_form_has_several(
    edition: str, place: str
) -> None:
    form = definition.load(edition)
    values, _ = settle(form, {}, {})
    read = Record(edition, form.first_year, Unit("丙局", "X3"), values)
    wrong = replace(finding("F10"), cell="C12", sheet="三、申请", file="丙.xlsx")
    file = Submission("丙.xlsx", "c" * 64, read, (wrong,))
    found = Status(merge(form, form.first_year, [file], roster=ROSTER), {}, DUE)
    assert f"需要改正，请于2019年1月31日前报送。{place}整张表" in found.reminder(found.standings[2])


def test_what_a_name_may_hold_does_not_reach_the_screen() -> None:
    file = sent("a.xlsx", record("甲局\x1b]0;x\x07\n乙", {COUNT: 0}))
    told = click.unstyle(Status(merged(file, roster=None), {}, DUE).as_text())
    assert ("\x1b" in told, "\x07" in told, "甲局 ]0;x  乙" in told) == (False, False, True)


def test_of_a_name_without_end_the_beginning_is_shown() -> None:
    file = sent("a.xlsx", record("局" * 5000))
    found = Status(merged(file, roster=None), {}, DUE)
    assert len(found.as_text()) < 2000
    assert json.loads(found.as_json())["units"][0]["name"] == "局" * 5000


def test_the_json_tells_the_same() -> None:
    told = json.loads(status().as_json())
    assert (told["expected"], told["reported"], told["in_time"]) == (5, 2, 1)
    assert told["vertical"] == ["气象局"]
    first = told["units"][0]
    assert (first["name"], first["state"], first["deadline"]) == ("甲局", "counted", "2019-01-31")
    assert first["arrived"] == "2019-01-31T15:00:00+00:00"
    assert {one["path"]: one["box"] for one in told["files"]} == {
        entry.submission.path: str(entry.box) for entry in merged().entries
    }


def test_the_units_under_vertical_management_are_told_apart() -> None:
    assert [one.unit.name for one in progress.vertical(merged())] == ["气象局"]
    assert progress.vertical(merged(roster=None)) == ()


def test_the_severity_of_what_is_open_decides_what_is_quoted() -> None:
    both = replace(
        FILES[2],
        findings=(*FILES[2].findings, finding("M4", names="另一家")),
    )
    found = Status(merged(both), {}, DUE)
    told = found.reminder(found.standings[2])
    assert {one.severity for one in both.findings} >= {Severity.ERROR, Severity.WARNING}
    assert "另一家" not in told
