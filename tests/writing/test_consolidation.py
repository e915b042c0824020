"""The consolidated tables of a matrix form: as printed, every figure the live sum of 明细."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.collected import REGION, of_form
from tests.office import Office
from toolkit import definition, merge, record, resources, words
from toolkit.check import check
from toolkit.findings import in_order
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.printed import Part, printed
from toolkit.reading.summaries import read_table
from toolkit.submissions import Submission
from toolkit.writing.sheets import NAME_LIMIT
from toolkit.writing.summary import workbook

TABLE_ROW = 4
"""The first row of a consolidated table, below title, year and how many units count."""
MATRICES = [e for e in definition.editions() if definition.load(e).tables[0].is_matrix]


def submission(form: Form, path: Path) -> Submission:
    returned = record.undump(record.parse(path.read_text(encoding="utf-8")), form)
    found = in_order(one.in_file(path.name) for one in check(form, returned))
    return Submission(path.name, path.name.encode().hex(), returned, found)


@pytest.fixture(scope="module", params=MATRICES)
def summary(request: pytest.FixtureRequest) -> Summary:
    form = definition.load(request.param)
    paths = resources.data("samples", form.edition, "records").glob("*.json")
    sent = [submission(form, path) for path in sorted(paths)]
    return merge.merge(form, merge.expected(sent).year, sent)


def shown(book: Workbook, summary: Summary) -> dict[str, object]:
    """Return what the consolidated tables show, by indicator."""
    return {
        cell.key: book[table.name].cell(TABLE_ROW + cell.row, 1 + cell.column).value
        for table in summary.form.tables
        for cell in printed(summary.form, table).cells
        if cell.part is Part.FIGURE
    }


def test_every_figure_is_the_sum_of_the_units(summary: Summary) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(summary)), data_only=True)
    cells = shown(book, summary)
    assert list(cells) == list(summary.form.indicators)
    for key, total in summary.whole.totals.items():
        own = [one.record.values[key] for one in summary.adopted]
        filled = [value for value in own if value is not None]
        assert total == (sum(filled) if filled else None)
        assert cells[key] == (None if total is None else float(total)), key


def test_the_sums_are_live(summary: Summary, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "汇总.xlsx"
    # Without our results, which it would believe.
    openpyxl.load_workbook(io.BytesIO(workbook(summary))).save(source)
    (again,) = office.recalculate([source], tmp_path / "again")
    book = openpyxl.load_workbook(again, data_only=True)
    for key, value in shown(book, summary).items():
        total = summary.whole.totals[key]
        assert value == (None if total is None else pytest.approx(float(total))), key


def test_the_tables_come_first_and_say_how_many_count(summary: Summary) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(summary)))
    names = [table.name for table in summary.form.tables]
    assert book.sheetnames[: len(names)] == names
    assert book.sheetnames[len(names)] == words.say("summary.sheet.items")
    counted = words.say("summary.counted", counted=summary.counted, units=summary.units)
    assert {book[name].cell(3, 1).value for name in names} == {counted}


def test_a_summary_is_read_back_as_it_was_added_up(summary: Summary) -> None:
    table = read_table(workbook(summary))
    assert (table.form, table.year) == (summary.form.edition, summary.year)
    assert dict(table.values) == dict(summary.whole.totals)
    assert table.counted == summary.counted


@pytest.mark.parametrize("edition", MATRICES)
def test_own_offices_have_tables_of_their_own(edition: str) -> None:
    found = of_form(definition.load(edition))
    book = openpyxl.load_workbook(io.BytesIO(workbook(found)), data_only=True)
    tables = len(found.form.tables)
    names = book.sheetnames[: 2 * (tables + 1)]
    assert [f"{name}（本级）" for name in names[: tables + 1]] == names[tables + 1 :]
    assert all(len(name) <= NAME_LIMIT for name in names)
    key = found.form.entered[0].key
    table = found.form.tables[0]
    figure = next(cell for cell in printed(found.form, table).cells if cell.key == key)
    for name, total in ((table.name, 44), (f"{table.name}（本级）", 7)):
        assert book[name].cell(TABLE_ROW + figure.row, 1 + figure.column).value == total
    title, year = (book[f"{table.name}（本级）"].cell(row, 1).value for row in (1, 2))
    assert (title, year) == (f"{table.title}（本级汇总）", f"{REGION.name}（{found.year}年度）")
