"""Marked workbooks that come back: nothing reads surer than it did before somebody changed it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests import strategies
from tests.office import Office
from tests.reading.messes.bench import Bench, bench
from tests.reading.messes.cases import Case, cases, made
from tests.reading.messes.figures import words_instead_of_figures
from tests.reading.messes.given import given as valid
from tests.reading.messes.head import the_year_overwritten
from tests.reading.messes.oracle import Outcome, outcome
from tests.reading.messes.rows import a_row_deleted, a_row_doubled_with_other_figures
from tests.writing.sent_back import at, load, retyped, said, saved
from toolkit import definition, marks, words
from toolkit.check import check
from toolkit.findings import Finding, Severity, finding
from toolkit.form import Form, Role, row_of
from toolkit.reading.returns import read_return
from toolkit.record import DOUBT, MISSING, Record, Source, Unit, settle
from toolkit.submissions import Submission
from toolkit.writing import marked, template
from toolkit.writing.layout import Layout
from toolkit.writing.marked_asking import Asking
from toolkit.writing.places import Place

FORMS = [definition.load(edition) for edition in definition.editions()]
BY_MESS = [[*found] for _, found in groupby(cases(), lambda case: case.mess)]
CASES = [
    of[turn % len(of)]
    for turn, of in enumerate(BY_MESS)
    if of[0].mess.solved and not of[0].mess.keyless
]
"""Every mess of a workbook, each of one edition; the editions take turns."""
MILD = Severity.NOTICE.rank


def strictest(found: Sequence[Finding]) -> int:
    """Return the rank of the strictest finding; the larger, the milder."""
    return min((one.severity.rank for one in found), default=len(Severity))


def doubt(read: Outcome, key: str) -> int:
    """Return how strict the strictest finding is that a figure is in doubt for."""
    assert read.record is not None
    if read.record.sources.get(key, Source()).unsure:
        return Severity.ERROR.rank
    own = [one for one in read.findings if one.key == key]
    row = [one for one in read.findings if one.key == row_of(key)]
    return strictest([*own, *(one for one in row if one.severity is Severity.WARNING)])


def told(read: Outcome, key: str) -> bool:
    """Tell whether a figure is no total, or one of which anything stood in the file."""
    assert read.record is not None
    computed = definition.load(read.record.form).indicators[key].computed
    return not computed or bool(read.record.sources.get(key, Source()).raw.strip())


def cleaner(form: Form, first: Outcome, again: Outcome) -> Iterator[str]:
    """Yield what reads surer in a workbook sent back than it did in the file that came in."""
    assert first.record is not None
    assert again.record is not None
    for key, indicator in form.indicators.items():
        before, now = doubt(first, key), doubt(again, key)
        was, found = first.record.values[key], again.record.values[key]
        parts = [doubt(first, part) for part in indicator.parts]
        if min([before, *parts]) >= MILD and (was != found or now < MILD):
            yield f"{key}: {was} became {found}"
        if now > before < MILD and told(first, key):
            yield f"{key}: nothing is said any more of {was}"
    for role in Role:
        were, are = ([one for one in read.findings if one.key == role] for read in (first, again))
        if strictest(are) > strictest(were) < MILD:
            yield f"{role}: {[one.code for one in were]} is gone"


def put_right(form: Form, first: Outcome, right: Record, book: Workbook) -> Mapping[Place, Any]:
    """Return what a clerk does about all that was found in reading.

    Args:
        form: the edition.
        first: the file that came in, as it was read.
        right: what should have stood there.
        book: the workbook that was sent back.
    """
    layout = Layout(form)
    changes: dict[Place, Any] = {}
    for key, indicator in form.indicators.items():
        severity = doubt(first, key)
        if severity == Severity.ERROR.rank and not indicator.computed:
            changes[layout.value(key)] = right.values[key]
        if severity == Severity.WARNING.rank:
            changes[said(layout, key)] = "核对无误"
        if indicator.computed and at(book, layout.reported(key)).value is not None:
            changes[layout.reported(key)] = None
    unit = right.unit
    now = {
        Role.YEAR: right.year,
        Role.UNIT_CODE: unit.code,
        Role.UNIT_NAME: unit.name,
        Role.NIL: None,
    }
    heads = {field.role: field.key for field in form.head}
    for role in {one.key for one in first.findings} & {*now}:
        changes[layout.first.field(heads[Role(role)])] = now[Role(role)]
    return changes


def sent(first: Outcome) -> Submission:
    return Submission("来件.xlsx", record=first.record, findings=first.findings)


# ---------------------------------------------------------------- as the file was messed up


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_mess_sent_back_reads_no_cleaner_and_can_be_put_right(case: Case) -> None:
    form, first = case.form, outcome(case.mess.after.get("xlsx", bytes)(made(case).data))
    if first.record is None or first.record.form != form.edition:
        return
    content = marked.workbook(sent(first))
    assert not [*cleaner(form, first, outcome(content))]
    book, right = load(content), valid(form, sparsely=False)
    changes = put_right(form, first, right, book)
    back = outcome(retyped(book, changes))
    assert back.record is not None
    assert [one for one in back.findings if one.open] == []
    for indicator in form.entered:
        place = Layout(form).value(indicator.key)
        wanted = changes[place] if place in changes else first.record.values[indicator.key]
        assert back.record.values[indicator.key] == wanted


def spoiled(form: Form) -> Outcome:
    """Return a return in which much went wrong, as it was read."""
    on = bench(form)
    the_year_overwritten(on)
    a_total_typed_in_words(on)
    words_instead_of_figures(on)
    a_row_doubled_with_other_figures(on)
    a_row_deleted(on)
    return outcome(on.saved())


def a_total_typed_in_words(on: Bench) -> None:
    on.figures[on.form.totals[0].key].value = "同上"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
def test_another_program_saves_what_asks_as_it_is(
    form: Form, office: Office, tmp_path: Path
) -> None:
    first, right = spoiled(form), valid(form, sparsely=False)
    assert {"F2", "F8", "R8", "R16"} <= {one.code for one in first.findings}
    source = tmp_path / "退回.xlsx"
    source.write_bytes(marked.workbook(sent(first)))
    for kind in ("xls", "ods", "xlsx"):
        (file,) = office.convert([source], kind, tmp_path / kind)
        assert not [*cleaner(form, first, outcome(file.read_bytes()))]
    book = load(file.read_bytes())
    back = outcome(retyped(book, put_right(form, first, right, book)))
    assert back.record is not None
    assert [one for one in back.findings if one.open] == []
    assert back.record.values == right.values
    assert (back.record.year, back.record.unit) == (right.year, right.unit)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
def test_the_list_knows_when_all_that_asks_is_answered(
    form: Form, office: Office, tmp_path: Path
) -> None:
    first, right = spoiled(form), valid(form, sparsely=False)
    content = marked.workbook(sent(first))
    before, after = tmp_path / "原.xlsx", tmp_path / "改.xlsx"
    before.write_bytes(content)
    book = load(content)
    after.write_bytes(retyped(book, put_right(form, first, right, book)))
    states = [
        [*states_of(openpyxl.load_workbook(file, data_only=True), Severity.ERROR)]
        for file in office.recalculate([before, after], tmp_path / "saved")
    ]
    names = words.entry("marked.state")
    assert {*states[0]} == {names["error"]}
    assert {*states[1]} == {names["settled"]}


def states_of(book: Workbook, severity: Severity) -> Iterator[Any]:
    """Yield how the findings of a severity stand, as the list says."""
    name = words.say(f"marked.severity.{severity}")
    for row in book[words.say("marked.sheet")].iter_rows(values_only=True):
        if row[1] == name:
            yield row[7]


# ---------------------------------------------------------------- whatever was found


@st.composite
def doubtful(draw: st.DrawFn, form: Form) -> Record:
    """Draw a return of which some figures were not taken, whatever stood there."""
    keys = draw(st.lists(st.sampled_from([*form.indicators]), max_size=8, unique=True))
    entered = {one.key: draw(strategies.figures(one)) for one in form.entered[::5]}
    raws = st.one_of(
        st.sampled_from(
            ["", "12", "无", "1053、15", "近50", "５万", "-3", "252.25元", "=", "2018"]
        ),
        st.integers(0, 10**6).flatmap(lambda number: strategies.typed(number, "件")),
        strategies.texts(),
    )
    sources = {
        key: Source("表", "C3", draw(raws), "", draw(st.sampled_from([DOUBT, MISSING])))
        for key in keys
    }
    typed = {key: figure for key, figure in entered.items() if key not in sources}
    values, reported = settle(form, typed, {})
    return Record(form.edition, form.first_year, Unit("局"), values, reported, sources=sources)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_what_was_not_taken_is_no_figure_whatever_it_was(form: Form, data: st.DataObject) -> None:
    record = data.draw(doubtful(form))
    for content in (
        marked.workbook(Submission("a.xlsx", record=record)),
        template.filled(form, record),
    ):
        back = read_return(content).record
        assert back.values == record.values
        found = {one.key: one.severity for one in check(form, back) if one.code in ("F2", "F4")}
        for key, source in record.sources.items():
            asks = not form.indicators[key].computed or source.raw.strip()
            assert (found.get(key) is Severity.ERROR) == bool(asks), (key, source)


def test_a_figure_taken_for_sure_is_a_figure() -> None:
    """A word for nothing stays one, and what was no figure stands as it stood."""
    form = FORMS[0]
    first, second, third = form.entered[:3]
    traces = {
        first.key: Source("表", "C3", "无", "F5", "key"),
        second.key: Source("表", "C4", "同上", "F2", "key"),
        third.key: Source("表", "C5", "12", "F3", "key"),
    }
    values, _ = settle(form, {third.key: 12}, {})
    record = Record(form.edition, form.first_year, Unit("局"), values, sources=traces)
    book = load(marked.workbook(Submission("a.xlsx", record=record)))
    shown = [at(book, Layout(form).value(one.key)).value for one in (first, second, third)]
    assert shown == ["无", "同上", 12]


def test_a_finding_about_a_column_means_all_of_its_cells() -> None:
    """It is put where the first of them is, and stands until the last has been put right."""
    form = next(form for form in FORMS if any("/" in key for key in form.indicators))
    column = next(one.column for one in form.entered if one.column)
    keys = [one.key for one in form.entered if one.column == column]
    sources = {key: Source("表", "C3", "12", "", DOUBT) for key in keys}
    values, _ = settle(form, {}, {})
    record = Record(form.edition, form.first_year, Unit("局"), values, sources=sources)
    found = finding("R9", key=row_of(keys[0]), line="这一列", label="数量", name=column)
    single = finding("R48", key=keys[1], label="乙", raw="元", unit="万元")
    asking = Asking(form, record, [found, single])
    assert asking.cells(found) == [keys[0], *keys[2:]]
    assert asking.cells(single) == [keys[1]]
    rows = load(marked.workbook(asked(record, found)))[words.say("marked.sheet")].values
    _, _, place, _, _, message, *_ = next([*map(str, row)] for row in rows if "R9" in str(row[5]))
    assert place.endswith(Layout(form).value(keys[0]).address)
    assert "请用原模板" not in message


# ---------------------------------------------------------------- questions


def asked(record: Record, *found: Finding) -> Submission:
    return Submission("a.xlsx", record=record, findings=found)


def test_a_question_comes_back_until_it_is_answered() -> None:
    form = FORMS[0]
    key = form.entered[0].key
    record = replace(valid(form, sparsely=False), explanations={})
    question = finding("R13", key=key, label="甲", figure=record.values[key])
    content = marked.workbook(asked(record, question))
    for _ in range(3):  # sent back again and again
        (found,) = (one for one in read_return(content).findings if one.open)
        assert (found.code, found.key, found.severity) == ("R59", key, Severity.WARNING)
        assert found.message.startswith("上次退回时请核实：“甲”是公式，取其结果")
        assert found.sheet
        assert found.cell
        content = marked.workbook(asked(record, found))
    layout, answers = Layout(form), load(content)
    for place, answer in ((said(layout, key), "核对无误"), (layout.value(key), 1)):
        back = read_return(retyped(load(saved(answers)), {place: answer}))
        assert not [one for one in back.findings if one.open]


def test_a_question_about_a_row_waits_for_its_explanation() -> None:
    form = next(form for form in FORMS if any("/" in key for key in form.indicators))
    row = next(row_of(one.key) for one in form.entered if one.column)
    record = replace(valid(form, sparsely=False), explanations={})
    questions = [finding("R47", key=row, label=label, name="乙") for label in ("甲", "丙")]
    content = marked.workbook(asked(record, *questions))
    back = [one.message for one in read_return(content).findings if one.open]
    assert len(back) == 2
    assert "甲" in back[0]
    assert "丙" in back[1]
    figure = next(key for key in form.indicators if row_of(key) == row)
    answered = retyped(load(content), {said(Layout(form), figure): "核对无误"})
    assert not [one for one in read_return(answered).findings if one.open]


def test_what_a_hidden_sheet_asks_about_nothing_is_not_asked() -> None:
    book = load(marked.workbook(asked(valid(FORMS[0], sparsely=False))))
    book[marks.META_SHEET].append([f"{marks.ASKED}nothing", "1\n问"])
    assert not [one for one in read_return(saved(book)).findings if one.code == "R59"]
