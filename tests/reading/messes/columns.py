"""Messes of columns: inserted, deleted, moved, doubled, hidden."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import WORKBOOKS
from tests.reading.messes.moving import (
    COLUMNS,
    delete,
    insert,
    merge,
    push,
    put,
    reorder_columns,
    unmerge,
)
from tests.reading.messes.registry import LIST, MATRIX, Messes
from tests.reading.messes.rows import all_keys_deleted
from toolkit import words
from toolkit.findings import Severity
from toolkit.reading import vocabulary
from toolkit.reading.labels import bare
from toolkit.writing.layout import FIRST

mess = Messes()


# ---------------------------------------------------------------- inserted


@mess(twice=True)
def columns_inserted_everywhere(on: Bench) -> None:
    for sheet in on.sheets:
        insert(sheet, columns=range(1, COLUMNS // 2))


@mess(twice=True)
def a_column_of_numbers_before_the_labels(on: Bench) -> None:
    for sheet in on.sheets:
        insert(sheet, columns=[FIRST])
        put(sheet, on.layout(sheet).header_row, FIRST, "序号")
        for place, key in enumerate(on.rows(sheet), 1):
            put(sheet, on.number(key), FIRST, place)


@mess(twice=True)
def a_column_of_remarks_before_the_figures(on: Bench) -> None:
    for sheet in on.sheets:
        layout = on.layout(sheet)
        insert(sheet, columns=[layout.first_figure])
        put(sheet, layout.header_row, layout.first_figure, "填报科室")
        for place, key in enumerate(on.rows(sheet)):
            said = f"科室{place}" if place % 2 else place
            put(sheet, on.number(key), layout.first_figure, said)


@mess(only=MATRIX, twice=True)
def an_extra_column_of_figures(on: Bench) -> None:
    for sheet in on.matrices:
        layout = on.layout(sheet)
        column = layout.last_figure + 1
        insert(sheet, columns=[column])
        for block in layout.printed.blocks:
            put(sheet, layout.key_row(block) - 1, column, "备查")
        for place, key in enumerate(on.rows(sheet)):
            put(sheet, on.number(key), column, 9000 + place)
            on.kept.add(str(9000 + place))


@mess(only=LIST, twice=True)
def last_years_figures_beside(on: Bench) -> None:
    (sheet,) = on.sheets
    column = on.layout(sheet).first_figure
    insert(sheet, columns=[column])
    _second_column(on, sheet, column, "上年统计数")


@mess(only=LIST, twice=True)
def a_second_column_with_the_same_heading(on: Bench) -> None:
    """Nobody can tell which of the two is meant."""
    (sheet,) = on.sheets
    column = on.layout(sheet).first_figure + 1
    insert(sheet, columns=[column])
    _second_column(on, sheet, column, words.say("sheet.columns.value"))
    on.lost(*on.form.indicators)


@mess(kinds=WORKBOOKS, only=LIST, twice=True)
def one_heading_over_two_columns(on: Bench) -> None:
    (sheet,) = on.sheets
    row, column = on.layout(sheet).header_row, on.layout(sheet).first_figure
    insert(sheet, columns=[column + 1])
    _second_column(on, sheet, column + 1, None)
    merge(sheet, row, column, row, column + 1)
    on.lost(*on.form.indicators)


@mess(only=LIST, twice=True)
def two_years_below_one_heading(on: Bench) -> None:
    """Last year's figures below the heading; those of the year stand beside them."""
    (sheet,) = on.sheets
    row, column = on.layout(sheet).header_row, on.layout(sheet).first_figure
    insert(sheet, columns=[column])
    _second_column(on, sheet, column, words.say("sheet.columns.value"))
    sheet.cell(row, column + 1).value = None
    insert(sheet, rows=[row + 1])
    for place, year in enumerate([(on.record.year or 0) - 1, on.record.year]):
        put(sheet, row + 1, column + place, f"{year}年")
    on.lost(*on.form.indicators)


@mess(only=LIST, twice=True)
def three_columns_instead_of_one(on: Bench) -> None:
    """A form with 区政府, 区直单位 and 乡镇 has no 统计数; none of the three is meant."""
    (sheet,) = on.sheets
    row, column = on.layout(sheet).header_row, on.layout(sheet).first_figure
    insert(sheet, columns=[column + 1] * 2)
    heads = ["区政府统计数", "区直单位统计数", "乡镇街道统计数"]
    for place, head in enumerate(heads):
        put(sheet, row, column + place, head)
        for key in on.rows(sheet):
            put(sheet, on.number(key), column + place, 10 + place)
    on.lost(*on.form.indicators)


# ---------------------------------------------------------------- deleted


@mess(only=MATRIX, twice=True)
def a_column_deleted(on: Bench) -> None:
    sheet, columns = _loose(on)[0]
    on.lost(*(k for k, c in on.figures.items() if c.parent is sheet and c.column == columns[1]))
    delete(sheet, columns=[columns[1]])


@mess(only=LIST)
def the_figures_deleted_with_their_column(on: Bench) -> None:
    (sheet,) = on.sheets
    delete(sheet, columns=[on.layout(sheet).first_figure])
    on.lost(*on.form.indicators)


@mess(only=MATRIX)
def the_headings_above_headings_deleted(on: Bench) -> None:
    """Without keys, a heading that stands in several groups names none of their columns."""
    all_keys_deleted(on)
    for sheet in on.matrices:
        on.lost(*_alike(on, sheet))
        unmerge(sheet)
        blocks = on.layout(sheet).table.blocks
        above = {one.label for block in blocks for one in block.columns if not one.key}
        for cell in on.words:
            if cell.parent is sheet and cell.value in above:
                cell.value = None


@mess(only=MATRIX)
def one_of_several_groups_left(on: Bench) -> None:
    """Nobody can tell which of the groups it is."""
    the_headings_above_headings_deleted(on)
    for sheet in on.matrices:
        alike = {key: on.figures[key].column for key in _alike(on, sheet)}
        last = {on.form.indicators[key].label: column for key, column in alike.items()}
        others = {*alike.values()} - {*last.values()}
        delete(sheet, columns=others, only=_table(on, sheet))


# ---------------------------------------------------------------- moved


@mess(twice=True)
def a_row_pushed_to_the_right(on: Bench) -> None:
    """A cell was inserted before its label; what stands in its columns now belongs elsewhere."""
    for sheet in on.labelled:
        key = on.rows(sheet)[-1]
        push(sheet, on.number(key), FIRST)
        on.lost(*on.row(key))


@mess(only=LIST, twice=True)
def unit_and_figures_change_places(on: Bench) -> None:
    (sheet,) = on.sheets
    figures = on.layout(sheet).first_figure
    reorder_columns(sheet, [figures, figures - 1], _table(on, sheet))


@mess(only=LIST, twice=True)
def the_figures_before_their_labels(on: Bench) -> None:
    (sheet,) = on.sheets
    figures = on.layout(sheet).first_figure
    reorder_columns(sheet, [figures, *range(FIRST, figures)], _table(on, sheet))


@mess(only=MATRIX)
def columns_sorted_with_their_keys(on: Bench) -> None:
    for sheet, columns in _loose(on):
        reorder_columns(sheet, reversed(columns), _table(on, sheet))


@mess(only=MATRIX, twice=True)
def all_columns_in_reverse(on: Bench) -> None:
    """Groups of columns and the columns in them, headings and all."""
    for sheet in on.matrices:
        layout = on.layout(sheet)
        columns = range(layout.last_figure, layout.first_figure - 1, -1)
        reorder_columns(sheet, columns, _table(on, sheet))


@mess(kinds=WORKBOOKS, only=MATRIX)
def columns_sorted_without_their_keys(on: Bench) -> None:
    for sheet, columns in _loose(on):
        layout = on.layout(sheet)
        (block,) = layout.printed.blocks
        keys = [sheet.cell(layout.key_row(block), column) for column in columns]
        texts = [one.value for one in keys]
        for one, text in zip(keys, [*texts[1:], texts[0]], strict=True):
            one.value = text
        here = [k for k, c in on.figures.items() if c.parent is sheet and c.column in columns]
        on.told(Severity.WARNING, *here)


@mess(kinds=WORKBOOKS)
def columns_hidden_and_shown(on: Bench) -> None:
    for sheet in on.sheets:
        layout = on.layout(sheet)
        sheet.column_dimensions["A"].hidden = False
        for column in (layout.first_figure, layout.last_figure):
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        for row in [*sheet.row_dimensions]:
            sheet.row_dimensions[row].hidden = False


# ---------------------------------------------------------------- helpers


def _table(on: Bench, sheet: Worksheet) -> range:
    """Return the rows of the table on a sheet, with its headings."""
    layout = on.layout(sheet)
    return range(layout.header_row, layout.rows[-1] + 1)


def _alike(on: Bench, sheet: Worksheet) -> Sequence[str]:
    """Return the figures in columns whose heading stands above several of their block."""
    found = []
    for block in on.layout(sheet).table.blocks:
        named = vocabulary.of(on.form).patterns[block.key].named
        columns = [one for one in block.columns if one.key and len(named[bare(one.label)]) > 1]
        rows = [line for line in block.lines if line.key]
        found += [block.cell(row, column) for row in rows for column in columns]
    return found


def _second_column(on: Bench, sheet: Worksheet, column: int, heading: str | None) -> None:
    put(sheet, on.layout(sheet).header_row, column, heading)
    for place, key in enumerate(on.rows(sheet)):
        put(sheet, on.number(key), column, 5000 + place)


def _loose(on: Bench) -> Sequence[tuple[Worksheet, list[int]]]:
    """Return columns that may be sorted among themselves: those under one heading."""
    found: dict[tuple[str, ...], tuple[Worksheet, list[int]]] = {}
    for sheet in on.matrices:
        layout = on.layout(sheet)
        if len(layout.printed.blocks) > 1:
            continue
        (block,) = layout.printed.blocks
        path, column = [layout.name], layout.first_figure
        for line in block.block.columns:
            path = [*path[: line.level + 1], line.label]
            if line.key:
                found.setdefault(tuple(path[:-1]), (sheet, []))[1].append(column)
                column += 1
    return [(sheet, columns) for sheet, columns in found.values() if len(columns) > 1]
