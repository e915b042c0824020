"""Checking a record: the five reports, blank forms, explanations, the order of findings."""

from dataclasses import replace

import pytest

from tests.returns import codes, returned
from toolkit import record, resources
from toolkit.check import check
from toolkit.findings import Finding, Severity, in_order
from toolkit.form import Form
from toolkit.record import DOUBT, MISSING, Record, Source

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def sample(form: Form, name: str) -> Record:
    """Return a record of the samples."""
    file = resources.data("samples", form.edition, "records", f"{name}.json")
    return record.undump(record.parse(file.read_text(encoding="utf-8")), form)


# ---------------------------------------------------------------- the five reports


@pytest.mark.parametrize(
    ("name", "errors", "warnings"),
    [
        ("岭东区-原报", {"A13", "A19"}, {"A9", "A15", "A16"}),
        ("南昌高新区-原报", {"A10"}, {"A5", "A8"}),
        ("明月山-原报", {"A2"}, {"A21"}),
        ("罗甸县-原报", {"A3", "A13", "A19"}, {"A8", "A15", "A18"}),
        ("沅江市-原报", {"A3"}, {"A5"}),
    ],
)
def test_a_report_as_it_was_filed(
    form: Form, name: str, errors: set[str], warnings: set[str]
) -> None:
    found = check(form, sample(form, name))
    assert sorted(codes(found, ERROR)) == sorted(errors)
    assert sorted(codes(found, WARNING)) == sorted(warnings)


def found_in(form: Form, name: str, code: str) -> Finding:
    """Return the one finding of a code in a sample."""
    (found,) = (one for one in check(form, sample(form, name)) if one.code == code)
    return found


def test_the_total_typed_once_more_is_pointed_out(form: Form) -> None:
    found = found_in(form, "南昌高新区-原报", "A10")
    assert (found.key, found.value) == ("request.received", 9)
    assert "填报9，各分项合计18" in found.message
    assert "不含“信函申请数”时各分项合计为9" in found.message


def test_off_by_one_shows_both_sums(form: Form) -> None:
    found = found_in(form, "沅江市-原报", "A3")
    assert "71047，多于各渠道合计71046" in found.message
    assert "政府公报公开政府信息数未填，按0计" in found.message


def test_a_blank_total_beside_a_part_is_said_to_be_blank(form: Form) -> None:
    found = found_in(form, "岭东区-原报", "A13")
    assert (found.key, found.value) == ("reply.total", None)
    assert "填报空白，各分项合计1" in found.message


def test_up_to_three_blanks_are_named(form: Form) -> None:
    found = check(form, returned(form, {"request.received": 2, "request.mail": 1}))[0]
    assert "（当面申请数、传真申请数、网络申请数未填，按0计）" in found.message


def test_more_blanks_are_counted(form: Form) -> None:
    found = found_in(form, "罗甸县-原报", "A8")
    assert "等4项未填，按0计" in found.message


# ---------------------------------------------------------------- blank forms


def test_an_untouched_form_is_one_error(form: Form) -> None:
    assert codes(check(form, returned(form, {}))) == ["F10"]


def test_a_form_in_which_figures_stand_that_were_not_taken_is_not_untouched(form: Form) -> None:
    unread = replace(returned(form, {}), sources={"request.fax": Source(located=MISSING)})
    assert codes(check(form, unread)) == ["R57"]
    added = replace(returned(form, {}), extra={"镇街数": "3"})
    assert codes(check(form, added)) == ["R57", "F9"]


def test_a_section_of_which_figures_were_not_taken_is_not_blank(form: Form) -> None:
    record = returned(form, {"meeting.count": 1})
    blank = [one.key for one in check(form, record) if one.code == "F6"]
    unread = replace(record, sources={blank[0]: Source(located=DOUBT)})
    assert [one.key for one in check(form, unread) if one.code == "F6"] == blank[1:]


def test_a_nil_return_is_good(form: Form) -> None:
    assert check(form, replace(returned(form, {}), nil=True)) == ()


def test_a_nil_return_of_zeros_is_good(form: Form) -> None:
    zeros = replace(returned(form, {"meeting.count": 0}), nil=True)
    assert check(form, zeros) == ()


def test_a_nil_return_with_a_figure_is_one_error(form: Form) -> None:
    (found,) = check(form, replace(returned(form, {"meeting.count": 1}), nil=True))
    assert (found.code, found.severity) == ("F11", ERROR)
    assert "填了1" in found.message


def test_zeros_are_no_blanks(form: Form) -> None:
    zeros = dict.fromkeys(form.indicators, 0)
    assert check(form, returned(form, zeros)) == ()


def test_each_blank_section_is_one_notice(form: Form) -> None:
    found = check(form, returned(form, {"meeting.count": 1}))
    assert codes(found) == ["F6"] * 8
    assert {one.severity for one in found} == {NOTICE}


def test_a_word_for_nothing_is_no_blank(form: Form) -> None:
    said = replace(returned(form, {}), sources={"complaint.total": Source(raw="无", done="F5")})
    found = check(form, said)
    assert sorted(codes(found)) == ["F5"] + ["F6"] * 8
    assert all("举报投诉" not in one.message for one in found if one.code == "F6")


def test_an_extra_row_is_a_notice(form: Form) -> None:
    one = replace(returned(form, {}), nil=True, extra={"宣传次数": "3"})
    (found,) = check(form, one)
    assert (found.code, found.severity, found.value) == ("F9", NOTICE, "3")


def test_of_a_long_extra_column_the_beginning_is_quoted(form: Form) -> None:
    told = "、".join(f"第{place}项 {place}" for place in range(60))
    (found,) = check(form, replace(returned(form, {}), nil=True, extra={"镇街数": told}))
    assert "（第0项 0、第1项 1、" in found.message
    assert "…），已作为附加指标" in found.message
    assert len(found.message) < 100


# ---------------------------------------------------------------- traces


@pytest.mark.parametrize(
    ("source", "severity", "words"),
    [
        (Source(raw="１件", done="F3"), NOTICE, "填的是“１件”，已按1计"),
        (Source(raw="约1", done="F4"), ERROR, "填的是“约1”，不是确切的数"),
        (Source(raw="无", done="F5"), NOTICE, "填的是“无”，按未填计"),
        (Source(raw="若干", done="F2"), ERROR, "填的是“若干”，不是数字"),
        (Source(raw="1e13", done="F2"), ERROR, "填的是1e13，数额超出可能的范围"),
    ],
)
def test_what_reading_did_is_told(
    form: Form, source: Source, severity: Severity, words: str
) -> None:
    one = replace(returned(form, {"meeting.count": 1}), sources={"meeting.count": source})
    (found,) = (f for f in check(form, one) if f.code == source.done)
    assert (found.severity, found.key, found.value) == (severity, "meeting.count", source.raw)
    assert words in found.message


def test_a_retyped_total_is_quoted_as_it_was_reported(form: Form) -> None:
    one = returned(form, {"request.mail": 4}, {"request.received": 9})
    one = replace(one, sources={"request.received": Source(raw="９件", done="F3")})
    (found,) = (f for f in check(form, one) if f.code == "F3")
    assert "填的是“９件”，已按9计" in found.message


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("元月十五", "R26", "“填报日期”填的是“元月十五”，认不出是哪一天"),
        ("2099-01-15", "R27", "“填报日期”填的是2099-01-15，不在统计年度2018年的12月至次年12月之间"),
    ],
)
def test_a_filing_date_that_puts_nothing_in_order_is_a_notice(
    form: Form, typed: str, code: str, words: str
) -> None:
    one = replace(returned(form, {}), nil=True, year=2018, contacts={"date": typed})
    (found,) = check(form, replace(one, sources={"date": Source("统计表", "C70")}))
    assert (found.code, found.severity, found.key, found.cell) == (code, NOTICE, "date", "C70")
    assert words in found.message


@pytest.mark.parametrize("typed", ["", " ", "2019-01-15", "20190115"])
def test_a_good_filing_date_is_no_finding(form: Form, typed: str) -> None:
    one = replace(returned(form, {}), nil=True, year=2018, contacts={"date": typed})
    assert check(form, one) == ()


@pytest.mark.parametrize("done", ["X1", "R2", "message", "A1"])
def test_a_code_that_no_cell_can_have_is_passed_over(form: Form, done: str) -> None:
    one = replace(returned(form, {}), nil=True, sources={"meeting.count": Source(done=done)})
    assert check(form, one) == ()


def test_a_finding_knows_the_cell(form: Form) -> None:
    sources = {"fee.collected": Source(sheet="统计表", cell="C54", raw="-1")}
    one = replace(returned(form, {"fee.collected": -1}), sources=sources)
    found = check(form, one)[0]
    assert (found.code, found.sheet, found.cell) == ("F1", "统计表", "C54")


# ---------------------------------------------------------------- explanations


def explained(form: Form, name: str, key: str, said: str) -> tuple[Finding, ...]:
    """Return the findings in a sample with one 说明 typed in."""
    return check(form, replace(sample(form, name), explanations={key: said}))


def test_an_explanation_closes_the_warnings_of_its_row(form: Form) -> None:
    found = explained(form, "岭东区-原报", "reply.total", "含上年结转1件")
    waiting = [one.code for one in found if one.open and one.severity is WARNING]
    assert waiting == ["A9"]  # A15 and A16 stand in the row explained


def test_an_explanation_never_closes_an_error(form: Form) -> None:
    found = explained(form, "岭东区-原报", "staff.total", "以此为准")
    assert [one.code for one in found if one.open and one.severity is ERROR] == ["A13", "A19"]


@pytest.mark.parametrize("said", ["", " ", "\u3000\n"])
def test_a_blank_explanation_closes_nothing(form: Form, said: str) -> None:
    found = explained(form, "南昌高新区-原报", "proactive.normative", said)
    assert [one.code for one in found if one.open] == ["A10", "A5", "A8"]


def test_a_notice_is_never_open(form: Form) -> None:
    found = check(form, returned(form, {"meeting.count": 1}))
    assert not any(one.open for one in found)


# ---------------------------------------------------------------- order


def at(cell: str) -> Finding:
    """Return a finding in a cell."""
    return Finding("F1", ERROR, "", sheet="统计表", cell=cell)


def test_findings_stand_from_top_to_bottom() -> None:
    ordered = [at(cell) for cell in ("", "C9", "D9", "C10", "A" + "1" * 5000)]
    assert in_order(reversed(ordered)) == tuple(ordered)


def test_the_strictest_come_first(form: Form) -> None:
    ranks = [one.severity.rank for one in check(form, sample(form, "罗甸县-原报"))]
    assert ranks == sorted(ranks)


def test_findings_without_cells_stand_as_the_form_is_printed(form: Form) -> None:
    found = check(form, replace(sample(form, "罗甸县-原报"), year=None))
    assert found[0].key == "year"
    errors = [one.key for one in found if one.severity is ERROR and one.key in form.indicators]
    assert errors == [key for key in form.indicators if key in errors]
    assert len(errors) == 3


def test_sorting_again_keeps_the_order_of_the_form(form: Form) -> None:
    found = check(form, sample(form, "罗甸县-原报"))
    assert in_order(found) == found


def test_the_order_does_not_depend_on_the_order_of_the_record(form: Form) -> None:
    one = sample(form, "罗甸县-原报")
    turned = replace(one, values={key: one.values[key] for key in reversed(list(one.values))})
    assert check(form, turned) == check(form, one)
