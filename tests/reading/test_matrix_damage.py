"""Matrices in a workbook that was damaged: what is missing, twice, or contradicts itself."""

from dataclasses import replace
from itertools import product

import pytest

from tests.reading.matrices import (
    BLOCKS,
    cells_of,
    codes,
    documents,
    found,
    numbered,
    without,
    written,
)
from tests.reading.printouts import TEMPLATE, TYPED_ANEW, Look, Span, book, deleted, inserted, moved
from toolkit.findings import Severity
from toolkit.reading.grid import Rectangle, Sheet
from toolkit.reading.locate import Located, locate

# ---------------------------------------------------------------- rows and columns lost or twice


def only(located: Located) -> tuple[str, Severity, str, str]:
    """Return the one finding that there is."""
    (one,) = located.findings
    return one.code, one.severity, one.key, one.message


def test_a_row_deleted_is_missed_once() -> None:
    people, papers, cases = documents()
    (row,) = cells_of(papers, "papers.other")
    located = locate(book(people, deleted(papers, rows={row.row}), cases), BLOCKS)
    code, severity, key, message = only(located)
    assert (code, severity, key) == ("R8", Severity.ERROR, "papers.other")
    assert "“二、文件·2.其他”" in message
    assert found(located) == without("papers.other")


@pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW])
def test_a_column_deleted_is_missed_once(look: Look) -> None:
    people, papers, cases = documents(look=look)
    (heading,) = cells_of(papers, "制发件数")
    located = locate(book(people, deleted(papers, columns={heading.column}), cases), BLOCKS)
    lost = [one for one in located.findings if one.code != "R18"]
    assert [(one.code, one.severity) for one in lost] == [("R31", Severity.ERROR)] * 1
    assert "“二、文件和收费”中找不到“制发件数”" in lost[0].message
    assert found(located) == without("made")


def test_columns_of_one_label_are_named_by_what_they_stand_under() -> None:
    people, papers, cases = documents()
    heading = cells_of(cases, "其他")[1]
    located = locate(book(people, papers, deleted(cases, columns={heading.column})), BLOCKS)
    assert only(located)[0] == "R31"
    assert "“直接起诉·其他”" in only(located)[3]


def test_headings_repeated_without_a_column() -> None:
    people, papers, cases = documents()
    row = cells_of(papers, "papers.own")[0].row
    again = written(inserted(papers, row=row), (row, 4, "制发件数"), (row, 5, "本年增/减"))
    located = locate(book(people, again, cases), BLOCKS)
    rows = ["papers.own", "papers.other"]
    assert [(one.code, one.key) for one in located.findings if one.code != "R18"] == [
        *(("R8", f"{row}/valid") for row in rows),
        *(("R55", row) for row in rows),
    ]
    assert found(located) == without(
        *(f"{row}/{column}" for row in rows for column in ("made", "valid", "change"))
    )


def test_a_sheet_left_out() -> None:
    people, papers, _ = documents()
    code, _, _, message = only(located := locate(book(papers, people), BLOCKS))
    assert code == "R20"
    assert "“三、复议和诉讼”" in message
    assert "“维持、其他、总计”" in message
    assert len(located.indicators) == 16


def test_a_block_left_out() -> None:
    people, papers, cases = documents()
    first, last = cells_of(papers, "第一条第（二）项")[0], cells_of(papers, "fees")[0]
    rows = {*range(first.row, last.row + 1)}
    located = locate(book(people, deleted(papers, rows=rows), cases), BLOCKS)
    assert only(located)[0] == "R20"
    assert "“二、文件和收费·第一条第（二）项”" in only(located)[3]


def test_headings_left_out() -> None:
    people, papers, cases = documents()
    top = cells_of(papers, "第一条第（二）项")[0].row
    located = locate(book(people, deleted(papers, rows={top, top + 1, top + 2}), cases), BLOCKS)
    assert codes(located) == ["R20"]
    assert found(located) == without("fees")


@pytest.mark.parametrize("gone", ["第一条第（二）项", "信息内容"])
def test_headings_that_nothing_depends_on(gone: str) -> None:
    people, papers, cases = documents(look=TYPED_ANEW)
    papers = written(papers, *((c.row, c.column, None) for c in cells_of(papers, gone)))
    located = locate(book(people, papers, cases), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    assert set(codes(located)) == {"R18"}


def test_a_row_copied_and_filled_differently_is_said_once() -> None:
    people, papers, cases = documents()
    (key,) = cells_of(papers, "rules.own")
    twice = moved(papers, {n: n + (n > key.row) for n in range(1, 99)}, None)
    copies = {
        (key.row + 1, column): cell._replace(row=key.row + 1, raw=cell.raw + "0" * (column > 3))
        for (row, column), cell in papers.cells.items()
        if row == key.row and column < 7
    }
    located = locate(book(people, replace(twice, cells={**twice.cells, **copies}), cases), BLOCKS)
    code, _, where, message = only(located)
    assert (code, where) == ("R16", "rules.own")
    assert f"“一、规章·1.本级”出现在不止一处（二、文件和收费!D{key.row}、" in message
    assert found(located) == without("rules.own")


@pytest.mark.parametrize(("figure", "said"), [("", "R17"), ("9", "R16")])
def test_a_column_copied(figure: str, said: str) -> None:
    people, papers, cases = documents()
    (heading,) = cells_of(papers, "制发件数")
    top, bottom = heading.row, heading.row + 5
    copies = {
        (row, 20): cell._replace(column=20, raw=cell.raw + figure * (row > top + 1))
        for (row, column), cell in papers.cells.items()
        if column == heading.column and top <= row <= bottom
    }
    located = locate(book(people, replace(papers, cells={**papers.cells, **copies}), cases), BLOCKS)
    assert codes(located) == [said]
    if figure:
        assert "“制发件数”出现在不止一处" in located.findings[0].message
        assert found(located) == without("made")


def test_a_sheet_copied() -> None:
    people, papers, cases = documents()
    located = locate(book(people, papers, cases, replace(papers, name="副本")), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    assert codes(located) == ["R17"]


def test_working_sheets_without_keys_beside_the_form() -> None:
    working = [replace(one, name=f"底稿{one.name}") for one in documents({}, TYPED_ANEW)]
    located = locate(book(*working, *documents()), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    assert not located.findings


# ---------------------------------------------------------------- keys and labels that disagree


def swapped(one: Sheet, first: Rectangle, second: Rectangle) -> Sheet:
    """Return a sheet with the contents of two ranges of one size swapped."""
    cells = dict(one.cells)
    for source, target in ((first, second), (second, first)):
        for row, column in product(
            range(source[2] - source[0] + 1), range(source[3] - source[1] + 1)
        ):
            here, there = (
                (source[0] + row, source[1] + column),
                (target[0] + row, target[1] + column),
            )
            cells.pop(there, None) if here not in one.cells else None
            if here in one.cells:
                cells[there] = one.cells[here]._replace(row=there[0], column=there[1])
    return replace(one, cells=cells)


def test_visible_cells_of_two_rows_swapped() -> None:
    people, papers, cases = documents(look=Look(Span.REPEATED))
    first, second = cells_of(papers, "rules.own")[0].row, cells_of(papers, "papers.other")[0].row
    mixed = swapped(papers, (first, 2, first, 6), (second, 2, second, 6))
    located = locate(book(people, mixed, cases), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    assert [(one.code, one.key) for one in located.findings] == [
        ("R15", "rules.own"),
        ("R15", "papers.other"),
    ]
    assert located.findings[0].message.startswith("这一行的编号是“二、文件·2.其他”的")


def test_visible_cells_of_two_columns_swapped() -> None:
    people, papers, cases = documents()
    first, second = (cells_of(papers, name)[0] for name in ("制发件数", "有效件数"))
    places = [
        (heading.row, heading.column, heading.row + 5, heading.column)
        for heading in (first, second)
    ]
    mixed = swapped(papers, places[0], places[1])
    keys = [cells_of(papers, name)[0] for name in ("made", "valid")]
    mixed = written(mixed, *((key.row, key.column, key.raw) for key in keys))
    located = locate(book(people, mixed, cases), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    (one, two) = located.findings
    assert (one.code, one.severity, one.key) == ("R15", Severity.WARNING, "rules.own")
    assert (one.cell, two.cell) == (second.address, first.address)
    assert one.message.startswith("这一列的编号是“有效件数”的，名称却是“制发件数”")


def test_a_heading_changed() -> None:
    people, papers, cases = documents()
    (heading,) = cells_of(papers, "制发件数")
    changed = written(papers, (heading.row, heading.column, "发布次数"))
    located = locate(book(people, changed, cases), BLOCKS)
    (one,) = located.findings
    assert (one.code, one.severity, one.cell) == ("R9", Severity.ERROR, heading.address)
    assert one.message.startswith("这一列的名称是“发布次数”，编号却是“制发件数”的")
    assert found(located) == without("made")
    assert not located.extra


@pytest.mark.parametrize("look", [TEMPLATE, Look(column_keys=False)])
def test_headings_above_headings_left_out(look: Look) -> None:
    """The keys still tell columns of one label apart; nothing else does."""
    people, papers, cases = documents(look=look)
    texts = ("行政复议", "行政诉讼", "直接起诉", "复议后起诉")
    above = [cell for text in texts for cell in cells_of(cases, text)]
    cases = written(cases, *((cell.row, cell.column, None) for cell in above))
    located = locate(book(people, papers, cases), BLOCKS)
    if look.column_keys:
        assert found(located) == numbered(BLOCKS)
        assert not located.findings
    else:
        assert [code for code in codes(located) if code != "R18"] == ["R20"]


def test_a_heading_emptied() -> None:
    people, papers, cases = documents()
    (heading,) = cells_of(papers, "制发件数")
    located = locate(
        book(people, written(papers, (heading.row, heading.column, None)), cases), BLOCKS
    )
    assert codes(located) == ["R31"]


def test_a_label_changed() -> None:
    people, papers, cases = documents()
    (label,) = cells_of(papers, "行政事业性收费（含代收）")
    located = locate(
        book(people, written(papers, (label.row, label.column, "罚款")), cases), BLOCKS
    )
    (one,) = located.findings
    assert (one.code, one.key, one.cell) == ("R9", "fees", label.address)


def test_remarks_behind_labels_may_be_left_out() -> None:
    people, papers, cases = documents(look=TYPED_ANEW)
    for printed, typed in (
        ("行政事业性收费（含代收）", "行政事业性收费"),
        ("收费金额（单位：万元）", "收费金额"),
    ):
        (label,) = cells_of(papers, printed)
        papers = written(papers, (label.row, label.column, typed))
    assert found(locate(book(people, papers, cases), BLOCKS)) == numbered(BLOCKS)


@pytest.mark.parametrize("look", [TEMPLATE, TYPED_ANEW])
def test_a_row_whose_label_reaches_over_its_figures_may_be_shifted(look: Look) -> None:
    people, papers, cases = documents(look=look)
    label = cells_of(papers, "2.其他")[1]
    over = (label.row, label.column, label.row, label.column + 1)
    located = locate(book(people, replace(papers, merges=(*papers.merges, over)), cases), BLOCKS)
    (one,) = (one for one in located.findings if one.code != "R18")
    assert (one.code, one.severity, one.key) == ("R53", Severity.ERROR, "papers.other")
    assert one.cell == label.address
    assert found(located) == without("papers.other")


def test_a_key_of_another_block_beside_a_label_is_said() -> None:
    people, papers, cases = documents()
    key = cells_of(papers, "papers.own")[0]
    located = locate(book(people, written(papers, (key.row, key.column, "fees")), cases), BLOCKS)
    assert found(located) == numbered(BLOCKS)
    (one,) = located.findings
    assert (one.code, one.severity, one.key) == ("R15", Severity.WARNING, "papers.own")
