"""Messes of whole sheets: renamed, copied, deleted, pasted together, mixed with other editions."""

from collections.abc import Mapping
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.reading.messes.bench import Bench, bench
from tests.reading.messes.conversions import WORKBOOKS
from tests.reading.messes.moving import merge, put, unmerge
from tests.reading.messes.registry import MATRIX, Messes
from toolkit import definition
from toolkit.form import Role

mess = Messes()

_COPY = " (2)"


@mess(twice=True)
def sheets_renamed(on: Bench) -> None:
    for place, sheet in enumerate(on.sheets):
        sheet.title = f"Sheet{place + 1}"


@mess(kinds=WORKBOOKS)
def sheets_in_another_order(on: Bench) -> None:
    _reversed(on.book)


@mess(kinds=WORKBOOKS)
def the_hidden_sheets_deleted(on: Bench) -> None:
    wanted = [sheet.title for sheet in on.sheets]
    for sheet in [*on.book]:
        if sheet.title not in wanted:
            del on.book[sheet.title]


# ---------------------------------------------------------------- twice


@mess(kinds=WORKBOOKS, twice=True)
def a_sheet_copied(on: Bench) -> None:
    for sheet in on.sheets:
        _copied(on, sheet)


@mess(kinds=WORKBOOKS, twice=True)
def a_blank_copy_before_the_form(on: Bench) -> None:
    for sheet in on.sheets:
        other = _copied(on, sheet)
        for key, cell in on.figures.items():
            if cell.parent is sheet and not on.form.indicators[key].computed:
                other[cell.coordinate].value = None
    _reversed(on.book)
    on.codes.add("R91")


@mess(kinds=WORKBOOKS, twice=True)
def a_sheet_copied_and_changed(on: Bench) -> None:
    """Of two sheets alike nobody can tell which is meant where they differ."""
    for sheet in on.sheets:
        key = on.entered(sheet)[0]
        _copied(on, sheet)[on.figures[key].coordinate].value = 4321
        on.lost(key)


@mess(kinds=WORKBOOKS)
def old_figures_on_a_hidden_copy(on: Bench) -> None:
    a_sheet_copied_and_changed(on)
    for sheet in on.book:
        if sheet.title.endswith(_COPY):
            sheet.sheet_state = "hidden"


@mess(kinds=WORKBOOKS)
def a_working_sheet_without_keys(on: Bench) -> None:
    """The same layout with other figures; what is sent in is the form itself."""
    for sheet in on.sheets:
        other = _copied(on, sheet)
        for cell in on.figures.values():
            if cell.parent is sheet:
                other[cell.coordinate].value = 3
        other.delete_cols(1)


@mess(kinds=WORKBOOKS)
def a_working_sheet_before_the_form(on: Bench) -> None:
    a_working_sheet_without_keys(on)
    _reversed(on.book)


@mess(twice=True)
def a_second_table_below_with_the_same_figures(on: Bench) -> None:
    for sheet in on.sheets:
        _below(on, sheet)


@mess(twice=True)
def a_second_table_below_with_other_figures(on: Bench) -> None:
    for sheet in on.sheets:
        offset = _below(on, sheet)
        key = on.entered(sheet)[-1]
        cell = on.figures[key]
        put(sheet, cell.row + offset, cell.column, 4321)
        on.lost(key)


# ---------------------------------------------------------------- fewer, or other ones


@mess(only=MATRIX)
def a_sheet_deleted(on: Bench) -> None:
    gone = on.sheets[1]
    on.lost(*(key for key, cell in on.figures.items() if cell.parent is gone))
    del on.book[gone.title]


@mess(kinds=WORKBOOKS, only=MATRIX, twice=True)
def a_sheet_of_another_edition(on: Bench) -> None:
    """The table of another edition stands in place of one; what both have must not be mixed up."""
    editions = [definition.load(edition) for edition in definition.editions()]
    other = next(bench(form) for form in editions if form is not on.form and len(form.tables) > 1)
    gone, source = on.sheets[0], other.sheets[0]
    sheet = on.book.create_sheet("另一版", on.book.index(gone))
    _paste(source, sheet, _totals(other, source))
    on.lost(*(key for key, cell in on.figures.items() if cell.parent is gone))
    unmerge(sheet)
    sheet.delete_rows(1, other.layout(source).twin_row)
    sheet.insert_rows(1, on.layout(gone).twin_row)
    _keep_head(on, gone, sheet)
    del on.book[gone.title]


# ---------------------------------------------------------------- pasted elsewhere


@mess()
def everything_pasted_on_one_sheet(on: Bench) -> None:
    _together(on, first=1, below=True)


@mess()
def what_is_visible_pasted_on_one_sheet(on: Bench) -> None:
    _together(on, first=2, below=True)


@mess(kinds=WORKBOOKS, only=MATRIX)
def tables_side_by_side(on: Bench) -> None:
    others = [on.layout(sheet).header_row for sheet in on.sheets[1:]]
    first = on.layout(on.sheets[0])
    beside = [one.key for row, one in first.fields() if row >= min(others)]
    _together(on, first=2, below=False)
    on.doubtful(*on.form.indicators)
    on.said |= dict.fromkeys([*beside, *(one.key for one in on.form.foot)], "")
    on.said[on.field(Role.YEAR).key] = str(on.record.year)  # its marks tell it


@mess(kinds=WORKBOOKS, twice=True)
def a_table_turned_on_its_side(on: Bench) -> None:
    for sheet in on.sheets:
        unmerge(sheet)
        cells = {place: cell.value for place, cell in sheet._cells.items()}
        sheet._cells.clear()
        for (row, column), value in cells.items():
            if not (isinstance(value, str) and value.startswith("=")):
                put(sheet, column, row, value)
    on.lost(*on.form.indicators)
    told = {Role.UNIT_NAME, Role.UNIT_CODE, Role.YEAR}
    on.said |= {key: "" for key, one in on.form.fields.items() if one.role not in told}
    on.codes.add("F8")
    on.refusals = frozenset({"R10"})


# ---------------------------------------------------------------- helpers


def _reversed(book: Workbook) -> None:
    for sheet in [*book]:
        book.move_sheet(sheet, -book.index(sheet))
    book.active = 0


def _copied(on: Bench, sheet: Worksheet) -> Worksheet:
    other = on.book.copy_worksheet(sheet)
    other.title = sheet.title + _COPY
    return other


def _totals(on: Bench, sheet: Worksheet) -> Mapping[str, Any]:
    """Return what the totals of a sheet amount to, by their cells."""
    found = {key: on.figures[key] for key in on.totals}
    return {c.coordinate: on.totals[key] for key, c in found.items() if c.parent is sheet}


def _paste(
    source: Worksheet,
    target: Worksheet,
    values: Mapping[str, Any],
    *,
    down: int = 0,
    across: int = 0,
) -> None:
    """Paste a sheet as values; what would lie left of the first column is left out."""
    for (row, column), cell in [*source._cells.items()]:
        value = values.get(cell.coordinate, cell.value)
        formula = isinstance(value, str) and value.startswith("=")
        if column + across > 0 and value is not None and not formula:
            put(target, row + down, column + across, value)
    for one in [*source.merged_cells.ranges]:
        if one.min_col + across > 0:
            merge(
                target,
                one.min_row + down,
                one.min_col + across,
                one.max_row + down,
                one.max_col + across,
            )


def _together(on: Bench, *, first: int, below: bool) -> None:
    """Paste all sheets as values on one, from a column on."""
    sheets = on.sheets
    target = on.book.create_sheet("汇总", 0)
    down, across = 0, 1 - first
    for sheet in sheets:
        _paste(sheet, target, _totals(on, sheet), down=down, across=across)
        if below:
            down += on.layout(sheet).end_row + 2
        else:
            across += on.layout(sheet).last_column + 1
    for sheet in sheets:
        del on.book[sheet.title]
    on.book.active = 0


def _below(on: Bench, sheet: Worksheet) -> int:
    """Paste a sheet as values below itself and return how far below."""
    offset = on.layout(sheet).end_row + 4
    _paste(sheet, sheet, _totals(on, sheet), down=offset)
    return offset


def _keep_head(on: Bench, source: Worksheet, target: Worksheet) -> None:
    layout = on.layout(source)
    for row in range(1, layout.twin_row):
        for column in range(1, layout.last_figure + 1):
            value = source.cell(row, column).value
            if value is not None and not str(value).startswith("="):
                put(target, row, column, value)
