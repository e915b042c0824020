"""A question is the same as long as rule, severity and figures are; the ledger keeps it as text."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from toolkit.findings import Finding, Severity
from toolkit.questions import Question, dump, undump

FOUND = Finding("M3", Severity.WARNING, "全行政区域汇总数不符合A21。", key="training.classes")
ASKED = Question(FOUND, "A21", "all 3/2")
QUESTIONS = st.builds(
    Question,
    st.builds(
        Finding, st.sampled_from(["M3", "M6"]), st.sampled_from(Severity), st.text(), key=st.text()
    ),
    st.text(),
    st.text(),
)


@given(st.lists(QUESTIONS))
def test_what_is_kept_is_what_was_asked(asked: list[Question]) -> None:
    assert undump(dump(asked)) == tuple(asked)


def test_a_question_goes_by_its_code_and_by_its_rule() -> None:
    assert ASKED.goes_by("M3")
    assert ASKED.goes_by("A21")
    assert not ASKED.goes_by("A2")
    assert not replace(ASKED, rule="").goes_by("A21")


def test_its_state_changes_with_figures_and_severity_and_with_nothing_else() -> None:
    stricter = replace(FOUND, severity=Severity.ERROR)
    reworded = replace(FOUND, message="另一句话", explanation="已说明")
    assert replace(ASKED, figures="all 4/2").state != ASKED.state
    assert replace(ASKED, finding=stricter).state != ASKED.state
    assert replace(ASKED, finding=reworded).state == ASKED.state
