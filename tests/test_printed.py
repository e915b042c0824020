"""Tables as they are printed: every cell once, headings over what they span."""

from collections import Counter
from pathlib import Path

import pytest

from toolkit import definition
from toolkit.form import Form, Table
from toolkit.printed import Cell, Part, Printed, printed

DATA = Path(__file__).parent / "data"
FORMS = {
    **{edition: definition.load(edition) for edition in definition.editions()},
    "small": definition.parse((DATA / "matrix.yaml").read_text("utf-8"), "matrix.yaml"),
}
TABLES = [(form, table) for form in FORMS.values() for table in form.tables]
NEWEST = definition.load(definition.editions()[-1])


@pytest.mark.parametrize(("form", "table"), TABLES, ids=[t.name for _, t in TABLES])
def test_cells_cover_the_table_exactly_once(form: Form, table: Table) -> None:
    drawn = printed(form, table)
    covered = Counter(
        (row, column)
        for cell in drawn.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )
    whole = {(row, column) for row in range(drawn.height) for column in range(drawn.width)}
    assert covered == Counter(whole)


@pytest.mark.parametrize(("form", "table"), TABLES, ids=[t.name for _, t in TABLES])
def test_every_figure_stands_in_the_row_and_below_the_column_of_its_key(
    form: Form, table: Table
) -> None:
    drawn = printed(form, table)
    figures = {cell.key: cell for cell in drawn.cells if cell.part is Part.FIGURE}
    assert list(figures) == [i.key for i in form.indicators.values() if i.table == table.key]
    for key, figure in figures.items():
        row, _, column = key.partition("/")
        labels = [c for c in drawn.cells if c.row == figure.row and c.key == row and c.text]
        assert len(labels) == (1 if drawn.labels else 0)
        if column:
            above = [c for c in drawn.cells if c.part is Part.HEADER and c.key == column]
            own = [c for c in above if (c.column, c.columns) == (figure.column, figure.columns)]
            assert own
            assert min(c.row for c in own) < figure.row


def table_named(part: str) -> Printed:
    (table,) = [table for table in NEWEST.tables if part in table.name]
    return printed(NEWEST, table)


def texts(drawn: Printed, part: Part) -> dict[str, Cell]:
    return {cell.text: cell for cell in drawn.cells if cell.part is part}


def test_blocks_stand_one_under_the_other() -> None:
    drawn = table_named("主动公开")
    blocks = texts(drawn, Part.BLOCK)
    assert [name[-4:] for name in blocks] == ["（一）项", "（五）项", "（六）项", "（八）项"]
    assert {(cell.column, cell.columns) for cell in blocks.values()} == {(0, 4)}
    assert (drawn.labels, drawn.figures, drawn.height) == (1, 3, 14)


def test_the_last_column_of_a_narrower_block_takes_the_rest() -> None:
    wide = texts(table_named("主动公开"), Part.HEADER)["本年收费金额（单位：万元）"]
    assert (wide.column, wide.columns) == (1, 3)


def test_headings_span_the_columns_below_them() -> None:
    headings = texts(table_named("申请情况"), Part.HEADER)
    organisations, person = headings["法人或其他组织"], headings["自然人"]
    assert (organisations.row, organisations.column, organisations.columns) == (1, 4, 5)
    assert (person.row, person.rows, person.column) == (1, 2, 3)


def test_headings_span_the_rows_beside_them() -> None:
    labels = texts(table_named("申请情况"), Part.LABEL)
    results, refused = labels["三、本年度办理结果"], labels["（三）不予公开"]
    assert (results.column, results.rows) == (0, 22)
    assert (refused.column, refused.rows) == (1, 8)
    assert labels["1.属于国家秘密"].row == refused.row
    assert labels["（七）总计"].columns == 2
    assert labels["四、结转下年度继续办理"].columns == 3


def test_a_row_without_a_label_needs_no_column_for_it() -> None:
    drawn = table_named("行政诉讼")
    assert (drawn.labels, drawn.figures, drawn.height) == (0, 15, 4)


def test_rows_below_a_row_with_figures_are_indented() -> None:
    form = FORMS["small"]
    labels = texts(printed(form, form.tables[0]), Part.LABEL)
    assert (labels["收到"].indent, labels["当面"].indent) == (0, 1)
