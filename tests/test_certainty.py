"""Three verdicts on figures that contradict each other, with different codes and sentences."""

from dataclasses import replace

import pytest

from tests.returns import codes, returned
from toolkit.check import check
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.record import Record, Source


@pytest.fixture
def contradicted(form: Form) -> Record:
    parts = {"request.mail": 7, "closed.on_time": 9}
    return returned(form, parts)


def traced(record: Record, key: str, raw: str, done: str) -> Record:
    return replace(record, sources={key: Source(raw=raw, done=done)})


def test_the_source_is_wrong_where_everything_was_read_as_it_stood(
    form: Form, contradicted: Record
) -> None:
    found = check(form, traced(contradicted, "closed.on_time", "9", ""))
    assert "A12" in codes(found)
    assert not {"R40", "R41"} & set(codes(found))


def test_it_may_have_been_misread_where_a_figure_was_made(form: Form, contradicted: Record) -> None:
    record = traced(contradicted, "request.closed", "９件", "F3")
    found = {one.code: one for one in check(form, record)}
    assert "A12" not in found
    assert found["R40"].severity is Severity.WARNING  # as strict as A12
    assert "原文“９件”" in found["R40"].message
    assert "也可能是读取有误（A12）" in found["R40"].message


def test_nobody_can_tell_where_a_figure_could_not_be_had(form: Form) -> None:
    one = returned(form, {"normative.issued": 3, "proactive.normative": 5})
    assert "A5" in codes(check(form, one))
    blank = returned(form, {"proactive.normative": 5})
    unread = traced(blank, "normative.issued", "近50", "F4")
    found = {f.code: f for f in check(form, unread)}
    assert "A5" not in found
    assert found["F4"].open  # the figure itself sends the return back
    assert found["R41"].severity is Severity.NOTICE
    assert "无法判断是否符合关系A5" in found["R41"].message
    assert "原文“近50”" in found["R41"].message


def test_a_word_for_nothing_is_no_doubt(form: Form) -> None:
    blank = returned(form, {"proactive.normative": 5})
    found = check(form, traced(blank, "normative.issued", "无", "F5"))
    assert "A5" in codes(found)


def test_a_cell_in_doubt_is_one_that_could_not_be_had(form: Form) -> None:
    blank = returned(form, {"proactive.normative": 5})
    found = check(form, traced(blank, "normative.issued", "3", ""))
    assert "R41" in codes(found)
