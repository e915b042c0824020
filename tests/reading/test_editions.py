"""Which edition a workbook holds: by our mark, else by what stands in it; and mixtures of two."""

from dataclasses import replace

import pytest

from tests.reading.drawn import Rows, sheet
from tests.reading.matrices import numbered
from tests.reading.printouts import TEMPLATE, TYPED_ANEW, Filled, Look, Span, book, sheets, together
from toolkit import definition
from toolkit.check import check
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.reading.grid import Kind, Sheet
from toolkit.reading.locate import locate
from toolkit.reading.recognise import recognise
from toolkit.reading.returns import Return, read_workbook

FORMS = [definition.load(edition) for edition in definition.editions()]
MATRICES = [form for form in FORMS if len(form.tables) > 1]
OLD, NEW = MATRICES
"""Two editions with the same tables."""
HEADINGS = {column.label for _, block in NEW.blocks() for column in block.columns}


def drawn(form: Form, look: Look = TYPED_ANEW, **fields: object) -> list[Sheet]:
    return sheets(form, Filled(numbered(form), fields=fields), look)


def said(returned: Return) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in returned.findings if one.code != "R18"]


# ---------------------------------------------------------------- one edition


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("keys", [True, False])
def test_recognised_by_content(form: Form, span: Span, keys: bool) -> None:
    look = Look(span, row_keys=keys, column_keys=keys, beside=keys)
    assert recognise(book(*reversed(drawn(form, look)))) is form
    assert recognise(book(together(form, Filled({}), look))) is form


@pytest.mark.parametrize("form", MATRICES, ids=lambda form: form.edition)
@pytest.mark.parametrize("table", [0, 1])
def test_one_table_is_enough(form: Form, table: int) -> None:
    assert recognise(book(drawn(form)[table])) is form


@pytest.mark.parametrize("form", MATRICES, ids=lambda form: form.edition)
def test_the_year_decides_only_where_nothing_else_does(form: Form) -> None:
    last = sheets(form, Filled({}, fields={"date": "2020-01-15"}), TYPED_ANEW)[-1]
    cells = {(row + 1, column): c._replace(row=row + 1) for (row, column), c in last.cells.items()}
    top = next(iter(last.cells.values()))
    merges = tuple((t + 1, left, b + 1, right) for t, left, b, right in last.merges)
    for year, meant in ((2019, OLD), (2023, NEW)):
        title = top._replace(row=1, kind=Kind.TEXT, raw=f"{year}年度报告")
        dated = replace(last, cells={(1, 2): title, **cells}, merges=merges)
        assert recognise(book(dated)) is meant
    assert recognise(book(last)) is NEW


@pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW])
def test_an_edition_that_does_not_serve_the_year_is_named(look: Look) -> None:
    returned = read_workbook(book(*drawn(OLD, look, year=2023)))
    assert returned.record.form == OLD.edition
    assert not said(returned)
    (wrong,) = (one for one in check(OLD, returned.record) if one.key == "year")
    assert wrong.code == "F8"
    assert f"{OLD.edition}版统计表用于" in wrong.message


# ---------------------------------------------------------------- two editions in one workbook


@pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW])
@pytest.mark.parametrize(("form", "other"), [(OLD, NEW), (NEW, OLD)], ids=lambda f: f.edition)
def test_a_table_of_another_edition(look: Look, form: Form, other: Form) -> None:
    first, *_ = drawn(other, look)
    _, *rest = drawn(form, look)
    marked = read_workbook(book(first, *rest, form=form.edition))
    (found,) = (one for one in marked.findings if one.code != "R18")
    assert (found.code, found.severity) == ("R30", Severity.ERROR)
    name = form.tables[0].name
    assert f"“{name}”是{other.edition}版的表，这份统计表是{form.edition}版的" in found.message


@pytest.mark.parametrize(("form", "other"), [(OLD, NEW), (NEW, OLD)], ids=lambda f: f.edition)
def test_a_table_of_another_edition_without_our_mark(form: Form, other: Form) -> None:
    """The table whose labels differ most decides; the other one is of another edition."""
    first, *_ = drawn(other)
    _, *rest = drawn(form)
    returned = read_workbook(book(first, *rest))
    assert returned.record.form == other.edition
    ((code, message),) = said(returned)
    assert code == "R30"
    assert f"“{form.tables[1].name}”是{form.edition}版的表" in message


@pytest.mark.parametrize(("form", "other"), [(OLD, NEW), (NEW, OLD)], ids=lambda f: f.edition)
def test_our_mark_says_another_edition_than_the_tables(form: Form, other: Form) -> None:
    returned = read_workbook(book(*drawn(other), form=form.edition))
    assert returned.record.form == form.edition
    strange = [name for code, name in said(returned)]
    assert {code for code, _ in said(returned)} == {"R30"}
    assert all(other.edition in one and form.edition in one for one in strange)
    assert form.tables[0].name in strange[0]


@pytest.mark.parametrize(("form", "other"), [(FORMS[0], NEW), (NEW, FORMS[0])])
def test_nothing_of_the_edition_that_our_mark_says(form: Form, other: Form) -> None:
    ((code, message),) = said(read_workbook(book(*drawn(other), form=form.edition)))
    assert code == "R30"
    assert f"{other.tables[-1].name}”是{other.edition}版的表" in message


@pytest.mark.parametrize("rows", [[], [["填报说明"]]])
def test_our_mark_and_nothing_else(rows: Rows) -> None:
    returned = read_workbook(book(sheet(rows), form=NEW.edition))
    assert [code for code, _ in said(returned)] == ["R20"] * len(NEW.tables)


def test_tables_without_headings_are_of_their_own_edition() -> None:
    headless = []
    for one in drawn(NEW):
        last = max(cell.row for cell in one.cells.values() if cell.raw in HEADINGS)
        cells = {place: cell for place, cell in one.cells.items() if place[0] > last}
        headless.append(replace(one, cells=cells, merges=()))
    returned = read_workbook(book(*headless, form=NEW.edition))
    assert [code for code, _ in said(returned)] == ["R20"] * len(NEW.tables)


def test_a_row_of_which_only_the_key_is_left() -> None:
    """It is no row of keys, though the key is that of a column too."""
    both = {row.partition("/")[0] for row in OLD.indicators} & {
        column.key for _, block in OLD.blocks() for column in block.columns
    }
    keyed = sheets(OLD, Filled({}), Look(beside=False))
    rows = {cell.row for cell in keyed[1].cells.values() if cell.column == 1 and cell.raw in both}
    cells = {p: c for p, c in keyed[1].cells.items() if p[0] not in rows or p[1] == 1}
    located = locate(book(keyed[0], replace(keyed[1], cells=cells), keyed[2]), OLD)
    assert both
    assert [(one.code, one.key) for one in located.findings] == [("R9", key) for key in both]


def test_a_damaged_table_is_not_one_of_another_edition() -> None:
    one, two, three = drawn(NEW)
    rows = {cell.row for cell in two.cells.values() if "逾期" in cell.raw}
    cells = {place: cell for place, cell in two.cells.items() if place[0] not in rows}
    returned = read_workbook(book(one, replace(two, cells=cells), three))
    assert returned.record.form == NEW.edition
    assert [code for code, _ in said(returned)] == ["R8", "R8"]


def test_shortened_labels_are_missed_by_name() -> None:
    one, two, three = drawn(NEW)
    cells = {
        place: cell._replace(raw=cell.raw.partition("、")[0]) if "逾期" in cell.raw else cell
        for place, cell in two.cells.items()
    }
    returned = read_workbook(book(one, replace(two, cells=cells), three))
    assert returned.record.form == NEW.edition
    assert [code for code, _ in said(returned)] == ["R8", "R8"]
    assert len(returned.record.extra) == 2
