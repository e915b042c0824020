"""Every edit of the sheet that was measured in an office program, and where figures end up."""

from typing import Any

import pytest

from tests.reading.drawn import (
    EXPLANATION,
    KEY,
    LABEL,
    VALUE,
    Rows,
    book,
    numbered,
    row_at,
    row_of,
    sheet,
    template,
    without_column,
)
from toolkit.findings import Severity
from toolkit.form import Form
from toolkit.reading.locate import Located, locate


def found(located: Located) -> dict[str, int]:
    """Return the figures in the located inputs."""
    return {
        key: int(placed.value.cell.raw)
        for key, placed in located.indicators.items()
        if placed.taken and placed.value.cell and placed.value.cell.raw
    }


def codes(located: Located) -> list[str]:
    return [one.code for one in located.findings]


@pytest.fixture
def rows(form: Form) -> Rows:
    return template(form, numbered(form))


# ---------------------------------------------------------------- nothing is disturbed


def test_untouched(form: Form, rows: Rows) -> None:
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert list(located.indicators) == list(form.indicators)
    assert located.keyed
    assert not located.findings
    placed = located.indicators["request.fax"]
    row = row_of(rows, "request.fax") + 1
    assert (placed.label.address, placed.value.address) == (f"B{row}", f"D{row}")
    assert placed.explanation is not None
    assert placed.reported is not None
    assert (placed.explanation.address, placed.reported.address) == (f"E{row}", f"G{row}")


def test_row_inserted(form: Form, rows: Rows) -> None:
    rows.insert(row_of(rows, "channel.weibo"), [])
    assert_undisturbed(form, rows)


def test_two_rows_on_top(form: Form, rows: Rows) -> None:
    assert_undisturbed(form, [[], [None, "附件1"], *rows])


def test_column_inserted_before_values(form: Form, rows: Rows) -> None:
    assert_undisturbed(form, [[*row[:VALUE], None, *row[VALUE:]] for row in rows])


def test_columns_swapped(form: Form, rows: Rows) -> None:
    for row in rows:
        if len(row) > EXPLANATION:
            row[VALUE], row[EXPLANATION] = row[EXPLANATION], row[VALUE]
    assert_undisturbed(form, rows)


def test_header_row_repeated_by_page_breaks(form: Form, rows: Rows) -> None:
    header = next(row for row in rows if "统计指标" in row)
    rows.insert(row_of(rows, "review.total"), list(header))
    assert_undisturbed(form, rows)


def test_sheet_renamed_and_others_beside_it(form: Form, rows: Rows) -> None:
    guide = sheet([["填报说明"], ["只填浅黄色格子", "统计指标"]], "填报说明")
    located = locate(book(guide, sheet(rows, "Sheet1")), form)
    assert found(located) == numbered(form)
    assert not located.findings


def test_sorted_with_the_key_column(form: Form, rows: Rows) -> None:
    start = row_of(rows, "channel.gazette")
    rows[start : start + 5] = reversed(rows[start : start + 5])
    assert_undisturbed(form, rows)


def assert_undisturbed(form: Form, rows: Rows) -> None:
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert not located.findings


def test_value_dragged_to_the_next_row(form: Form, rows: Rows) -> None:
    dragged = row_at(rows, "request.fax")[VALUE]
    row_at(rows, "request.fax")[VALUE] = None
    row_at(rows, "request.online")[VALUE] = dragged
    expected = numbered(form) | {"request.online": dragged}
    del expected["request.fax"]
    assert found(locate(book(rows), form)) == expected


# ---------------------------------------------------------------- rows lost or twice


def test_row_deleted(form: Form, rows: Rows) -> None:
    del rows[row_of(rows, "request.fax")]
    located = locate(book(rows), form)
    assert "request.fax" not in located.indicators
    (missing,) = located.findings
    assert (missing.code, missing.severity, missing.key) == ("R8", Severity.ERROR, "request.fax")
    assert "传真申请数" in missing.message
    assert found(located) == {k: v for k, v in numbered(form).items() if k != "request.fax"}


def test_row_duplicated_and_filled_differently(form: Form, rows: Rows) -> None:
    at = row_of(rows, "request.fax")
    rows.insert(at + 1, list(rows[at]))
    rows[at + 1][VALUE] = 7
    located = locate(book(rows), form)
    (twice,) = located.findings
    assert (twice.code, twice.severity) == ("R16", Severity.ERROR)
    assert f"统计表!D{at + 1}、统计表!D{at + 2}" in twice.message
    assert not located.indicators["request.fax"].taken
    assert "request.fax" not in found(located)


def test_row_duplicated_and_left_as_it_was(form: Form, rows: Rows) -> None:
    at = row_of(rows, "request.fax")
    rows.insert(at + 1, list(rows[at]))
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert codes(located) == ["R17"]


def test_row_duplicated_for_an_indicator_of_ones_own(form: Form, rows: Rows) -> None:
    at = row_of(rows, "request.fax")
    rows.insert(at + 1, list(rows[at]))
    rows[at + 1][LABEL], rows[at + 1][VALUE] = "5.电话申请数", 7
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert {label: spot.address for label, spot in located.extra.items()} == {
        "5.电话申请数": f"D{at + 2}"
    }
    assert not located.findings


def test_sheet_copied(form: Form, rows: Rows) -> None:
    located = locate(book(rows, sheet(rows, "统计表 (2)")), form)
    assert found(located) == numbered(form)
    (notice,) = located.findings
    assert (notice.code, notice.severity) == ("R17", Severity.NOTICE)
    assert f"{len(form.indicators)}项" in notice.message


def test_sheet_copied_and_changed(form: Form, rows: Rows) -> None:
    changed = template(form, numbered(form) | {"request.fax": 7})
    located = locate(book(rows, sheet(changed, "统计表 (2)")), form)
    assert codes(located) == ["R16", "R17"] or codes(located) == ["R17", "R16"]
    assert "request.fax" not in found(located)
    assert len(found(located)) == len(numbered(form)) - 1


def test_working_sheet_without_keys_beside_the_form(form: Form, rows: Rows) -> None:
    working = without_column(template(form, {"request.fax": 7}), KEY)
    located = locate(book(rows, sheet(working, "底稿")), form)
    assert found(located) == numbered(form)
    assert not located.findings


# ---------------------------------------------------------------- keys gone or contradicted


def test_key_column_deleted(form: Form, rows: Rows) -> None:
    located = locate(book(without_column(rows, KEY)), form)
    assert found(located) == numbered(form)
    assert not located.keyed
    assert codes(located) == ["R18"]
    # the same label stands in two sections
    assert located.indicators["review.corrected"].how == "label"
    first, second = (located.indicators[f"{name}.corrected"] for name in ("review", "lawsuit"))
    assert first.value.row < second.value.row


def test_one_key_deleted(form: Form, rows: Rows) -> None:
    row_at(rows, "request.fax")[KEY] = None
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert codes(located) == ["R18"]


def test_only_visible_columns_sorted(form: Form, rows: Rows) -> None:
    start = row_of(rows, "channel.gazette")
    rows[start : start + 5] = [
        [row[KEY], *other[LABEL:]]
        for row, other in zip(
            rows[start : start + 5], reversed(rows[start : start + 5]), strict=True
        )
    ]
    located = locate(book(rows), form)
    assert found(located) == numbered(form)
    assert codes(located) == ["R15"] * 4
    assert {one.severity for one in located.findings} == {Severity.WARNING}


def test_sorted_labels_that_are_not_certain(form: Form, rows: Rows) -> None:
    """Rows of two sections whose labels are the same end up below one heading."""
    first, second = row_of(rows, "review.corrected"), row_of(rows, "lawsuit.upheld")
    rows[first][LABEL:], rows[second][LABEL:] = rows[second][LABEL:], rows[first][LABEL:]
    located = locate(book(rows), form)
    assert "R16" in codes(located)
    assert "review.corrected" in {one.key for one in located.findings}
    assert not {"review.corrected", "lawsuit.corrected"} & set(found(located))


def test_label_changed(form: Form, rows: Rows) -> None:
    row_at(rows, "request.fax")[LABEL] = "2.短信申请数"
    located = locate(book(rows), form)
    (doubt,) = located.findings
    assert (doubt.code, doubt.severity, doubt.key) == ("R9", Severity.ERROR, "request.fax")
    assert doubt.cell == f"B{row_of(rows, 'request.fax') + 1}"
    assert "request.fax" not in found(located)
    assert not located.extra


@pytest.mark.parametrize(
    "label",
    [
        "  2. 传真申请数",
        "2、传真申请数",
        "（2）传真申请数",
        "(2)传真申请数",
        "２．传真申请数",
        "传真申请数",
        "3.传真申请数",
        "● 2.传真申请数",
        "——传真申请数",
        "*2、传真申请数",
    ],
)
def test_numbering_makes_no_difference(form: Form, rows: Rows, label: str) -> None:
    row_at(rows, "request.fax")[LABEL] = label
    assert_undisturbed(form, rows)


@pytest.mark.parametrize("unit", ["（{}）", "({})", "[{}]", "【{}】", "，{}", "（单位：{}）"])
def test_the_own_unit_behind_labels_makes_no_difference(form: Form, rows: Rows, unit: str) -> None:
    for indicator in form.indicators.values():
        row_at(rows, indicator.key)[LABEL] += unit.format(indicator.measure.name)
    located = locate(book(without_column(rows, KEY)), form)
    assert found(located) == numbered(form)
    assert codes(located) == ["R18"]


@pytest.mark.parametrize("key", ["meeting.count", "proactive.total"])
def test_slips_of_retyped_labels(form: Form, rows: Rows, key: str) -> None:
    slips = {
        "meeting.count": "(-)召开政府信息公开工作会议或专题会议数",
        "proactive.total": "(一)主动公开政府信息数",
    }
    row_at(rows, key)[LABEL] = slips[key]
    assert_undisturbed(form, rows)


# ---------------------------------------------------------------- rows of one's own, merges


def test_additional_rows(form: Form, rows: Rows) -> None:
    at = row_of(rows, "request.mail")
    rows.insert(at + 1, [None, "5.电话申请数", "件", 3])
    rows.insert(at + 2, [None, "5.电话申请数", "件", 4])
    rows.append([None, "注：以上均为全年数", None, 1])
    located = locate(book(rows), form)
    assert {label: spot.address for label, spot in located.extra.items()} == {
        "5.电话申请数": f"D{at + 2}",
        f"5.电话申请数（D{at + 3}）": f"D{at + 3}",
    }
    assert found(located) == numbered(form)


def test_figure_beside_a_heading_is_kept(form: Form, rows: Rows) -> None:
    heading = next(row for row in rows if row[LABEL:] == ["一、主动公开情况"])
    heading += ["条", 5]
    assert list(locate(book(rows), form).extra) == ["一、主动公开情况"]


def test_value_and_explanation_merged(form: Form, rows: Rows) -> None:
    row = row_of(rows, "request.fax") + 1
    located = locate(book(sheet(rows, merges=((row, 4, row, 5),))), form)
    assert found(located) == numbered(form)
    assert not located.findings


@pytest.mark.parametrize("lower", [9, None])
def test_one_figure_merged_over_two_rows_is_neithers(form: Form, rows: Rows, lower: Any) -> None:
    row_at(rows, "request.fax")[VALUE] = lower
    row = row_of(rows, "request.fax") + 1
    located = locate(book(sheet(rows, merges=((row - 1, 4, row, 4),))), form)
    spoiled = ["request.in_person", "request.fax"]
    assert [(one.code, one.key) for one in located.findings] == [("R56", key) for key in spoiled]
    assert {one.cell for one in located.findings} == {f"D{row - 1}"}
    assert found(located) == {k: v for k, v in numbered(form).items() if k not in spoiled}


def test_a_figure_hidden_under_an_empty_merged_cell(form: Form, rows: Rows) -> None:
    row_at(rows, "request.in_person")[VALUE] = None
    row = row_of(rows, "request.fax") + 1
    located = locate(book(sheet(rows, merges=((row - 1, 4, row, 4),))), form)
    (covered,) = located.findings
    assert (covered.code, covered.cell, covered.key) == ("R19", f"D{row}", "request.fax")


def test_a_figure_merged_with_the_heading_of_its_section(form: Form, rows: Rows) -> None:
    row = row_of(rows, "proactive.total")
    rows[row - 1] = [None, rows[row - 1][LABEL], None, 99]
    rows[row][VALUE] = None
    located = locate(book(sheet(rows, merges=((row, 4, row + 1, 4),))), form)
    assert [(one.code, one.key) for one in located.findings] == [("R56", "proactive.total")]


# ---------------------------------------------------------------- no form at all


@pytest.mark.parametrize("missing", ["统计指标", "统计数"])
def test_header_row_changed(form: Form, rows: Rows, missing: str) -> None:
    rows = [["" if content == missing else content for content in row] for row in rows]
    located = locate(book(rows), form)
    assert codes(located) == ["R20"]
    assert "统计指标" in located.findings[0].message
    assert not located.indicators


def test_two_value_columns(form: Form, rows: Rows) -> None:
    rows = [[*row, *row[VALUE : VALUE + 1]] for row in rows]
    assert codes(locate(book(rows), form)) == ["R90"]
