"""A region's own return: it says what it covers, and is read like any other."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.packages import parts
from tests.returns import returned
from tests.strategies import figures
from toolkit import definition, folder, intake, marks
from toolkit.form import Form
from toolkit.marks import Kind, Mark
from toolkit.reading.returns import read_return
from toolkit.record import Record, Unit, settle
from toolkit.roster import Cover
from toolkit.submissions import Submission
from toolkit.writing import template
from toolkit.writing.layout import YEAR_ROW, Layout

FORMS = [definition.load(edition) for edition in definition.editions()]
REGION = Unit("示例县人民政府", "L00")


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: form.edition)
def form(request: pytest.FixtureRequest) -> Form:
    found: Form = request.param
    return found


def sums(form: Form) -> Record:
    """Return the sums of a region, a figure in every input."""
    values, _ = settle(form, {one.key: n for n, one in enumerate(form.entered, 1)}, {})
    return Record(form.edition, form.first_year, REGION, values)


@pytest.mark.parametrize("cover", Cover)
def test_it_is_read_like_a_return_and_says_what_it_covers(form: Form, cover: Cover) -> None:
    read = read_return(template.region(form, sums(form), cover))
    assert (read.kind, read.scope) == (Kind.REGION, cover)
    assert (read.record.unit, read.record.year) == (REGION, form.first_year)
    assert read.record.values == sums(form).values
    assert read.record.reported == {}
    assert read.findings == ()


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_every_figure_comes_back(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    keys = st.lists(st.sampled_from(form.entered), unique_by=lambda i: i.key, max_size=20)
    drawn = data.draw(keys)
    given_figures = {one.key: data.draw(figures(one)) for one in drawn}
    values, _ = settle(form, given_figures, {})
    record = Record(form.edition, form.first_year, REGION, values)
    assert read_return(template.region(form, record, Cover.ALL)).record.values == values


def test_no_bound_for_one_office_is_held_against_it(form: Form, tmp_path: Path) -> None:
    bounded = [one for one in form.entered if one.measure.plausible_to is not None]
    values, _ = settle(form, {one.key: 10**6 for one in bounded}, {})
    record = Record(form.edition, form.first_year, REGION, values)
    told = {"one": template.filled(form, record), "sums": template.region(form, record, Cover.ALL)}
    for name, content in told.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        (sent,) = intake.read(folder.find([path])[0])
        assert isinstance(sent, Submission)
        live = any(re.search("F7 [^<]*数额", part.decode()) for part in parts(content).values())
        assert ("F7" in {one.code for one in sent.findings}, live) == (name == "one",) * 2


def test_an_ordinary_return_covers_nothing(form: Form) -> None:
    read = read_return(template.filled(form, returned(form, {})))
    assert (read.kind, read.scope) == (Kind.RETURN, "")


def test_what_it_covers_survives_other_programs(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "上报.xlsx"
    source.write_bytes(template.region(FORMS[-1], sums(FORMS[-1]), Cover.OWN))
    for kind in ("xlsx", "ods", "xls"):
        (saved,) = office.convert([source], kind, tmp_path / kind)
        read = read_return(saved.read_bytes())
        assert (read.kind, read.scope) == (Kind.REGION, Cover.OWN)
        assert read.record.values == sums(FORMS[-1]).values


def test_people_see_what_it_covers_on_every_sheet(office: Office, tmp_path: Path) -> None:
    sources = [tmp_path / f"{form.edition}.xlsx" for form in FORMS]
    for form, source in zip(FORMS, sources, strict=True):
        source.write_bytes(template.region(form, sums(form), Cover.ALL))
    for form, saved in zip(FORMS, office.recalculate(sources, tmp_path / "saved"), strict=True):
        book = openpyxl.load_workbook(saved, data_only=True)
        shown = {book[sheet.name].cell(YEAR_ROW, 2).value for sheet in Layout(form).sheets}
        assert shown == {f"（{form.first_year}年度，全行政区域）"}


def test_it_differs_from_a_return_only_in_its_marks_and_what_it_says(form: Form) -> None:
    region = parts(template.region(form, sums(form), Cover.ALL))
    plain = parts(template.filled(form, sums(form)))
    assert region.keys() == plain.keys()
    assert region["xl/styles.xml"] == plain["xl/styles.xml"]
    assert region["xl/workbook.xml"] == plain["xl/workbook.xml"]


def test_its_marks_stand_in_the_hidden_sheet_too(form: Form) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.region(form, sums(form), Cover.OWN)))
    told = {row[0].value: row[1].value for row in book[marks.META_SHEET].iter_rows()}
    assert told[Mark.KIND] == "region"
    assert told[Mark.SCOPE] == "own"


def test_what_it_covers_is_one_of_two(form: Form) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.region(form, sums(form), Cover.OWN)))
    for entry in vars(book)["custom_doc_props"].props:
        if entry.name == Mark.SCOPE:
            entry.value = "everything"
    target = io.BytesIO()
    book.save(target)
    assert read_return(target.getvalue()).scope == ""
