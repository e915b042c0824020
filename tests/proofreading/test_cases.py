"""Whole reports: what is found is what was put in, in every format."""

from collections.abc import Callable, Iterable

import pytest

from tests.proofreading import drawn
from tests.proofreading.reports import CASES, Case, Line
from toolkit import definition
from toolkit.proofreading.proofread import proofread
from toolkit.reading.narratives import read_narrative

Write = Callable[[Iterable[Line]], bytes]


def gbk(lines: Iterable[Line]) -> bytes:
    return drawn.as_text(lines, "gbk")


@pytest.mark.parametrize(
    "write", [drawn.as_text, gbk, drawn.as_page, drawn.as_document], ids=lambda w: w.__name__
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_faults_of_a_report_are_found_and_nothing_else(case: Case, write: Write) -> None:
    form = definition.load("2018")
    table = drawn.table(form, case.figures, case.unit, case.reported)
    proof = proofread(read_narrative(write(case.lines)), table)
    found = [(one.finding.code, one.words.said) for one in proof.remarks]
    assert [code for code, _ in found] == [code for code, _ in case.found], found
    for (_, quote), (_, wanted) in zip(found, case.found, strict=True):
        assert wanted in quote


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_a_table_the_text_is_held_against_itself(case: Case) -> None:
    proof = proofread(drawn.text(*case.lines), None)
    assert proof.form.edition == "2018"
    assert {"X1", "X2", "B11"}.isdisjoint(drawn.codes(proof))
    own = [code for code, _ in case.found if code in {"X5", "X6", "X7"}]
    assert [code for code in drawn.codes(proof) if code in {"X5", "X6", "X7"}] == own
