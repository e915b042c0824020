"""What LibreOffice saves in every workbook format is read alike, and as calamine reads it."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.office import Office
from tests.reading import mixed
from toolkit.reading import books
from toolkit.reading.grid import Book, Kind, State, Style

WORKBOOKS = ["xlsx", "xlsm", "xltx", "ods", "ots", "fods", "xls", "xlt"]
FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xlsm": "xlsm:Calc MS Excel 2007 VBA XML",
    "xltx": "xltx:Calc MS Excel 2007 XML Template",
}


@pytest.fixture(scope="session")
def saved(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the mixed workbook in every format."""
    folder = tmp_path_factory.mktemp("saved")
    source = folder / "mixed.xlsx"
    source.write_bytes(mixed.workbook())
    return {
        kind: office.convert([source], FILTERS.get(kind, kind), folder / kind)[0]
        for kind in WORKBOOKS
    }


@pytest.fixture(params=WORKBOOKS)
def book(saved: Mapping[str, Path], request: pytest.FixtureRequest) -> Book:
    """Return the mixed workbook as it is read from one format."""
    return books.read(saved[request.param].read_bytes())


def test_every_cell_is_what_it_was(book: Book) -> None:
    found = {name: mixed.read(cell) for name, cell in mixed.cells(book).items()}
    assert {name: found.get(name) for name in mixed.CELLS} == mixed.CELLS
    assert set(found) == {*mixed.CELLS, "C2", "D8", "D16"}


def test_a_formula_with_an_empty_text_is_no_figure(book: Book) -> None:
    empty = mixed.cells(book)["D8"]
    # An .ods does not tell it from a formula without a result.
    assert (empty.kind in {Kind.TEXT, Kind.EMPTY}, empty.raw, empty.formula) == (True, "", True)


def test_a_date_is_a_date_and_a_truth_value_no_number(book: Book) -> None:
    day, true = (mixed.cells(book)[name] for name in ("C2", "D16"))
    assert (day.raw, day.kind) in {("43465", Kind.NUMBER), ("2018-12-31", Kind.TEXT)}
    assert day.style is Style.DATE
    assert (true.kind, true.raw) == (Kind.BOOLEAN, "TRUE")


def test_what_is_not_in_cells_is_read_too(book: Book) -> None:
    sheet, guide, meta = book.sheets
    assert [sheet.name, guide.name, meta.name] == ["统计表", "说明", "_meta"]
    assert (sheet.state, guide.state) == (State.VISIBLE, State.HIDDEN)
    assert meta.state is not State.VISIBLE
    assert (sheet.protected, guide.protected) == (True, False)
    assert sheet.hidden_columns == {1}
    assert sorted(sheet.merges) == [(1, 2, 1, 6), (26, 4, 27, 5)]
    assert book.properties["toolkit.form"] == "2018"
    assert book.properties["toolkit.year"] == "2018"
    assert book.properties["issued"] in {"true", "1"}
    assert datetime.fromisoformat(book.modified)
    assert book.notes == ()
    assert not book.from_1904


def test_defined_names_point_at_their_cells(book: Book) -> None:
    spelt = {name: place.replace("$", "").replace("'", "") for name, place in book.names.items()}
    assert spelt["公开总数"].replace(".", "!") == "统计表!D2"
    assert spelt["范围"].replace(".", "!").split("!")[0] == "统计表"
    assert spelt["范围"].endswith("E3")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_calamine_reads_the_same_values(saved: Mapping[str, Path], kind: str) -> None:
    """It reads errors as blanks and keeps no white space; everything else must agree."""
    data = saved[kind].read_bytes()
    found = mixed.cells(books.read(data))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    theirs = {
        (row, column): value
        for row, values in enumerate(rows.to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }
    ours = {
        (cell.row, cell.column): cell
        for cell in found.values()
        if cell.kind is not Kind.ERROR and cell.raw
    }
    assert set(theirs) == set(ours)
    for place, value in theirs.items():
        cell = ours[place]
        match value:
            case bool():
                assert cell.raw == str(value).upper()
            case int() | float() if cell.kind is Kind.BOOLEAN:
                assert (value, cell.raw) == (1, "TRUE")
            case int() | float():
                assert float(cell.raw) == value
            case str():
                assert cell.raw.strip() == value.strip()
            case date():
                assert cell.style is Style.DATE
