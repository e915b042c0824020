"""Messes of rows: inserted, deleted, moved, sorted, copied, hidden; and of the keys beside them."""

from collections.abc import Sequence

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import WORKBOOKS
from tests.reading.messes.moving import COLUMNS, ROWS, delete, insert, put, reorder_rows
from tests.reading.messes.registry import LIST, MATRIX, Messes
from toolkit.findings import Severity
from toolkit.reading import vocabulary
from toolkit.writing.layout import FIRST, KEY

mess = Messes()


# ---------------------------------------------------------------- inserted


@mess(twice=True)
def empty_rows_between_all(on: Bench) -> None:
    for sheet in on.sheets:
        insert(sheet, rows=range(1, ROWS // 2))


@mess(twice=True)
def rows_on_top(on: Bench) -> None:
    for sheet in on.sheets:
        insert(sheet, rows=[1, 1, 1])
        sheet["B1"], sheet["B2"] = "附件2", "请于1月31日前报送至市政府办公室政务公开科。"


@mess(twice=True)
def notes_between_rows(on: Bench) -> None:
    for sheet in on.sheets:
        before = [on.number(key) for key in on.rows(sheet)[2::5]]
        insert(sheet, rows=before)
        for place, row in enumerate(before):
            note = f"注：{place + 2}月已与法院核对，含下属单位{place + 3}家"
            put(sheet, row + place, FIRST, note)


@mess(twice=True)
def extra_rows(on: Bench) -> None:
    """Rows that the form does not have, one with the key of the row it was copied from."""
    for sheet in on.labelled:
        row = on.number(on.rows(sheet)[-1])
        insert(sheet, rows=[row + 1, row + 1])
        for place, label in ((row + 1, "其中：下属事业单位"), (row + 2, "补充：镇街数")):
            _copy_row(sheet, row, place)
            put(sheet, place, KEY, sheet.cell(row, KEY).value if place == row + 1 else None)
            put(sheet, place, FIRST, label)
            for column in {on.figures[one].column for one in on.row(on.rows(sheet)[-1])}:
                put(sheet, place, column, 8000 + place)
            on.kept |= {label, str(8000 + place)}


@mess(only=LIST, twice=True)
def headings_repeated_on_every_page(on: Bench) -> None:
    (sheet,) = on.sheets
    layout = on.layout(sheet)
    for row in (layout.header_row + 40, layout.header_row + 20):
        insert(sheet, rows=[row])
        for column in range(FIRST, layout.last_column + 1):
            put(sheet, row, column, sheet.cell(layout.header_row, column).value)


# ---------------------------------------------------------------- copied


@mess(twice=True)
def a_row_copied_over_another(on: Bench) -> None:
    """Key and label are copied too: one row stands twice, the other is gone."""
    for sheet, rows in loose(on):
        source, target = rows[:2]
        if source in on.labels and on.labels[source].column == on.labels[target].column:
            _copy_row(sheet, on.number(source), on.number(target))
            on.lost(*on.row(target))


@mess(twice=True)
def a_row_doubled_with_the_same_figures(on: Bench) -> None:
    for sheet in on.sheets:
        row = on.number(on.rows(sheet)[-1])
        insert(sheet, rows=[row + 1])
        _copy_row(sheet, row, row + 1)


@mess(twice=True)
def a_row_doubled_with_other_figures(on: Bench) -> None:
    for sheet in on.sheets:
        key = on.rows(sheet)[-1]
        row = on.number(key)
        insert(sheet, rows=[row + 1])
        _copy_row(sheet, row, row + 1)
        for one in on.row(key):
            if not on.form.indicators[one].computed:
                put(sheet, row + 1, on.figures[one].column, 7777)
                on.lost(one)


# ---------------------------------------------------------------- deleted


@mess(twice=True)
def a_row_deleted(on: Bench) -> None:
    for sheet in on.labelled:
        key = on.rows(sheet)[len(on.rows(sheet)) // 2]
        on.lost(*on.row(key))
        delete(sheet, rows=[on.number(key)])


@mess(kinds=WORKBOOKS, only=MATRIX)
def the_only_row_deleted(on: Bench) -> None:
    """A row without a label is known by its key; without keys it would be a blank row."""
    for sheet in on.sheets:
        if sheet not in on.labelled:
            (key,) = on.rows(sheet)
            on.lost(*on.row(key))
            delete(sheet, rows=[on.number(key)])


@mess(only=LIST)
def headings_of_sections_deleted(on: Bench) -> None:
    """Without keys, what stands in two sections cannot be placed."""
    (sheet,) = on.sheets
    rows = alike(on)
    all_keys_deleted(on)
    on.lost(*rows)
    headings = {on.form.indicators[key].section for key in rows}
    on.lost(*(key for key, label in on.labels.items() if label.value in headings))
    delete(sheet, rows=[on.sections[name].row for name in headings])


@mess(only=LIST)
def one_of_two_sections_left_without_its_heading(on: Bench) -> None:
    """Nobody can tell which of the sections a label that both have is of."""
    (sheet,) = on.sheets
    sections = {on.form.indicators[key].section: None for key in alike(on)}
    rows = [key for key in on.rows(sheet) if on.form.indicators[key].section in sections]
    kept = [key for key in alike(on) if on.form.indicators[key].section == [*sections][-1]]
    all_keys_deleted(on)
    on.lost(*rows)
    delete(sheet, rows=[on.number(key) for key in rows if key not in kept])


@mess()
def hidden_rows_deleted(on: Bench) -> None:
    """With the rows of keys those of columns go; what is left has its labels."""
    for sheet in on.sheets:
        delete(sheet, rows=[row for row, one in sheet.row_dimensions.items() if one.hidden])


# ---------------------------------------------------------------- moved and sorted


@mess(only=LIST, twice=True)
def a_section_moved_to_the_end(on: Bench) -> None:
    (sheet,) = on.sheets
    starts = [cell.row for cell in on.sections.values()]
    last = on.number(on.rows(sheet)[-1])
    moved = range(starts[2], starts[3])
    reorder_rows(sheet, [*range(starts[3], last + 1), *moved])


@mess(only=LIST, twice=True)
def a_row_moved_to_another_section(on: Bench) -> None:
    (sheet,) = on.sheets
    row = on.number(on.section(0)[-1])
    last = on.number(on.rows(sheet)[-1])
    reorder_rows(sheet, [*range(row + 1, last + 1), row])


@mess(only=LIST)
def sections_in_another_order_without_keys(on: Bench) -> None:
    (sheet,) = on.sheets
    fourth, fifth = ([on.number(key) for key in on.section(place)] for place in (3, 4))
    all_keys_deleted(on)
    reorder_rows(sheet, [*fifth, *fourth])


@mess(kinds=WORKBOOKS)
def rows_sorted_with_their_keys(on: Bench) -> None:
    for sheet, rows in loose(on):
        reorder_rows(sheet, [on.number(key) for key in reversed(rows)])


@mess(kinds=WORKBOOKS)
def rows_sorted_without_their_keys(on: Bench) -> None:
    """The visible columns are sorted within their section; the hidden keys stay where they are."""
    for _, rows in loose(on):
        texts = [on.keys[key].value for key in rows]
        for key, text in zip(rows, [*texts[1:], texts[0]], strict=True):
            on.keys[key].value = text
            on.told(Severity.WARNING, *on.row(key))


@mess(kinds=WORKBOOKS, only=LIST)
def all_visible_rows_sorted_by_figure(on: Bench) -> None:
    """Labels that stand in two sections can no more be told apart."""
    (sheet,) = on.sheets
    keys = {on.number(key): key for key in on.rows(sheet)}
    reorder_rows(sheet, _shuffled([*keys]))
    for place, key in keys.items():
        put(sheet, place, KEY, key)
    moved = [key for key in on.rows(sheet) if sheet.cell(on.number(key), KEY).value != key]
    on.told(Severity.WARNING, *moved)
    on.lost(*alike(on))


@mess(only=LIST)
def all_rows_sorted_by_figure_without_keys(on: Bench) -> None:
    (sheet,) = on.sheets
    places = [on.number(key) for key in on.rows(sheet)]
    all_keys_deleted(on)
    reorder_rows(sheet, _shuffled(places))
    on.lost(*alike(on))


@mess(kinds=WORKBOOKS)
def rows_hidden(on: Bench) -> None:
    for sheet in on.sheets:
        for key in on.rows(sheet)[::3]:
            sheet.row_dimensions[on.number(key)].hidden = True


# ---------------------------------------------------------------- keys


@mess(kinds=WORKBOOKS)
def every_second_key_deleted(on: Bench) -> None:
    for sheet in on.sheets:
        for key in on.rows(sheet)[::2]:
            on.keys[key].value = None


@mess(kinds=WORKBOOKS)
def keys_shifted_by_one_row(on: Bench) -> None:
    """A cell was inserted in the column of keys; the labels decide."""
    for sheet in on.sheets:
        rows = on.rows(sheet)
        texts = [None, *(on.keys[key].value for key in rows)]
        for key, text in zip(rows, texts, strict=False):
            on.keys[key].value = text
            if text:
                on.told(Severity.WARNING, *on.row(key))


@mess(kinds=WORKBOOKS)
def keys_overwritten(on: Bench) -> None:
    """Some mean nothing any more; the labels decide, and that somebody changed keys is said."""
    for place, cell in enumerate([*on.keys.values()][::2]):
        cell.value = f"编号{place}"
    on.codes.add("R42")


@mess()
def key_column_deleted(on: Bench) -> None:
    for sheet in on.sheets:
        delete(sheet, columns=[KEY])


@mess()
def key_rows_deleted(on: Bench) -> None:
    for sheet in on.matrices:
        layout = on.layout(sheet)
        delete(sheet, rows=[layout.key_row(block) for block in layout.printed.blocks])


@mess()
def all_keys_deleted(on: Bench) -> None:
    key_rows_deleted(on)
    key_column_deleted(on)


# ---------------------------------------------------------------- helpers


def alike(on: Bench) -> list[str]:
    """Return the rows whose label another row has too."""
    rows = [leaves for leaves in vocabulary.of(on.form).named.values() if len(leaves) > 1]
    return [leaf.key for leaves in rows for leaf in leaves]


def _copy_row(sheet: Worksheet, source: int, target: int) -> None:
    for column in range(1, COLUMNS):
        one = sheet._cells.get((source, column))
        if isinstance(one, Cell):
            put(sheet, target, column, one.value).number_format = one.number_format


def _shuffled(places: list[int]) -> list[int]:
    """Return rows in an order that has nothing to do with theirs."""
    return sorted(places, key=lambda place: place * 37 % 101)


def loose(on: Bench) -> Sequence[tuple[Worksheet, list[str]]]:
    """Return rows that may be sorted among themselves: neighbours under one heading."""
    bands: list[tuple[Worksheet, list[str]]] = []
    for sheet in on.sheets:
        merged = [one for one in sheet.merged_cells.ranges if one.max_row > one.min_row]
        first = {one.min_row for one in merged} | {cell.row for cell in on.sections.values()}
        behind = {one.max_row + 1 for one in merged}
        last = 0
        for key in on.rows(sheet):
            row = on.number(key)
            if row in first | behind or row != last + 1:
                bands.append((sheet, []))
            if row not in first:
                bands[-1][1].append(key)
            last = row
    return [(sheet, rows) for sheet, rows in bands if len(rows) > 1]
