"""From workbooks and JSON to records, and what is said on the way."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.reading.drawn import (
    EXPLANATION,
    KEY,
    LABEL,
    REPORTED,
    Fault,
    Formula,
    Rows,
    Shown,
    book,
    numbered,
    row_at,
    row_of,
    sheet,
    template,
    without_column,
)
from toolkit import record as records
from toolkit.check import check
from toolkit.findings import Finding, Refused, Severity
from toolkit.form import Form
from toolkit.reading.grid import Style
from toolkit.reading.recognise import recognise
from toolkit.reading.returns import Return, read_return, read_workbook
from toolkit.record import Record, Source, Unit
from toolkit.writing import template as writer

FAX, ONLINE, RECEIVED = "request.fax", "request.online", "request.received"


def read(form: Form, values: dict[str, Any], **head: Any) -> Return:
    """Return what is read of a template with these cells."""
    return read_workbook(book(template(form, values, **head), form=form.edition))


def codes(findings: tuple[Finding, ...], key: str) -> list[str]:
    return [one.code for one in findings if one.key == key]


# ---------------------------------------------------------------- single cells


@pytest.mark.parametrize(
    ("content", "value", "raw", "done"),
    [
        (None, None, "", ""),
        (0, 0, "0", ""),
        (12, 12, "12", ""),
        ("12.0", 12, "12.0", "F3"),
        (12.0, 12, "12", ""),
        (-3, -3, "-3", ""),
        (1.1, Decimal("1.1"), "1.1", ""),
        ("１２ 件", 12, "１２ 件", "F3"),
        ("1,180", 1180, "1,180", "F3"),
        ("约10", None, "约10", "F4"),
        ("无", None, "无", "F5"),
        ("—", None, "—", "F5"),
        ("   ", None, "   ", ""),
        ("十二", 12, "十二", "F3"),
        ("5万", 50000, "5万", "F3"),
        (True, None, "TRUE", "F2"),
        (Shown("43465", Style.DATE), None, "2018-12-31", "F2"),
        (Shown("0.5", Style.PERCENT), None, "50%", "F2"),
        (Shown("42003", Style.DATE_OF_1904), None, "2018-12-31", "F2"),
        (Shown("1180", Style.SCALED), None, "1180（单元格格式使它显示成了别的数）", "F2"),
        (Shown("-3", Style.DATE), None, "1899-12-27", "F2"),
        ("1e400", None, "1e400", "F2"),
        (Fault("#REF!"), None, "#REF!", "R11"),
        (Formula(Fault("#DIV/0!")), None, "#DIV/0!", "R11"),
        (Formula(2), 2, "2", "R13"),
        (Formula("12 件"), 12, "12 件", "R13"),
        (Formula("十二"), 12, "十二", "R13"),
        (Formula(""), None, "", "R13"),
        (Formula(None), None, "=", "R12"),
    ],
)
def test_cells(form: Form, content: Any, value: Any, raw: str, done: str) -> None:
    returned = read(form, {FAX: content}).record
    assert returned.values[FAX] == value
    assert type(returned.values[FAX]) is type(value)
    row = row_of(template(form, {}), FAX) + 1
    assert returned.sources[FAX] == Source("统计表", f"D{row}", raw, done, "key")


@pytest.mark.parametrize(
    ("content", "code", "severity"),
    [
        ("12 件", "F3", Severity.NOTICE),
        ("约10", "F4", Severity.ERROR),
        ("无", "F5", Severity.NOTICE),
        (True, "F2", Severity.ERROR),
        (Fault("#REF!"), "R11", Severity.ERROR),
        (Formula(None), "R12", Severity.ERROR),
        (Formula(3), "R13", Severity.WARNING),
    ],
)
def test_what_stands_in_a_cell_is_said_once(
    form: Form, content: Any, code: str, severity: Severity
) -> None:
    returned = read(form, {FAX: content})
    assert not returned.findings
    found = [one for one in check(form, returned.record) if one.key == FAX]
    assert [(one.code, one.severity) for one in found] == [(code, severity)]
    row = row_of(template(form, {}), FAX) + 1
    assert (found[0].sheet, found[0].cell) == ("统计表", f"D{row}")


# ---------------------------------------------------------------- totals


def test_formulas_of_totals_are_not_believed(form: Form) -> None:
    returned = read(form, numbered(form) | {RECEIVED: Formula(0)}).record
    parts = form.indicators[RECEIVED].parts
    assert returned.values[RECEIVED] == sum(numbered(form)[part] for part in parts)
    assert not returned.reported
    assert returned.sources[RECEIVED].cell
    assert returned.sources[RECEIVED].raw == ""


def test_an_untouched_template_is_untouched(form: Form) -> None:
    found = check(form, read(form, {}).record)
    assert {one.code for one in found} == {"F8", "F10"}
    assert [one.cell for one in found if one.code == "F10"] == ["C6"]


def test_formula_overwritten_with_a_number(form: Form) -> None:
    returned = read(form, {FAX: 4, ONLINE: 5, RECEIVED: 10}).record
    assert returned.values[RECEIVED] == 9
    assert returned.reported == {RECEIVED: 10}
    assert codes(check(form, returned), RECEIVED)[0] == "A10"


def test_total_overwritten_with_what_is_no_figure(form: Form) -> None:
    returned = read(form, {FAX: 4, RECEIVED: "见附件"}).record
    assert returned.values[RECEIVED] == 4
    assert not returned.reported
    assert codes(check(form, returned), RECEIVED) == ["F2"]


@pytest.mark.parametrize(("reported", "found"), [(44, ["R25"]), ("空白", ["R25"]), (10, [])])
def test_number_pasted_over_a_total_beside_a_reported_one(
    form: Form, reported: Any, found: list[str]
) -> None:
    rows = template(form, {FAX: 4, ONLINE: 5, RECEIVED: 10})
    row_at(rows, RECEIVED)[REPORTED] = reported
    returned = read_workbook(book(rows, form=form.edition))
    assert returned.record.reported == ({} if found else {RECEIVED: 10})
    assert returned.record.sources[RECEIVED].raw == (f"10、{reported}" if found else "10")
    assert [one.code for one in returned.findings] == found
    for one in returned.findings:
        assert (one.severity, one.key) == (Severity.ERROR, RECEIVED)
        assert f"填的是10，同一行的原报数却是{reported}" in one.message


@pytest.mark.parametrize(("content", "total"), [(9, 9), (44, 44), ("空白", None)])
def test_column_of_reported_totals(form: Form, content: Any, total: int | None) -> None:
    rows = template(form, {FAX: 4, ONLINE: 5})
    row_at(rows, RECEIVED)[REPORTED] = content
    returned = read_workbook(book(rows, form=form.edition)).record
    assert returned.reported == {RECEIVED: total}
    assert returned.values[RECEIVED] == 9


def test_reported_total_without_parts(form: Form) -> None:
    rows = template(form, {})
    row_at(rows, "reply.denied")[REPORTED] = 6
    returned = read_workbook(book(rows, form=form.edition)).record
    assert returned.values["reply.denied"] == 6
    assert returned.values["reply.total"] == 6
    assert returned.reported == {"reply.denied": 6}


def test_form_typed_anew(form: Form) -> None:
    typed = {FAX: 4, ONLINE: 5, RECEIVED: 10, "staff.total": None, "staff.full_time": 1}
    blank = {total.key: None for total in form.totals}
    rows = without_column(template(form, blank | typed), KEY)
    title = [f"南昌市{form.name}（2018年度）"]
    heading = [["填报单位：高新区管委会"]]
    foot: Rows = [
        ["单位负责人：张三", "审核人：", None, "填报人", "李四"],
        ["填报日期：2019年1月2日"],
    ]
    table = rows[next(n for n, row in enumerate(rows) if "统计指标" in row) : -len(form.foot)]
    typed_anew: Rows = [title, *heading, *(row[:3] for row in table), *foot]
    returned = read_workbook(book(typed_anew))
    assert [one.code for one in returned.findings] == ["R18"]
    assert returned.kind == ""
    record = returned.record
    assert (record.form, record.year) == (form.edition, 2018)
    assert record.unit == Unit("高新区管委会")
    assert record.reported == blank | {RECEIVED: 10}
    assert record.values[RECEIVED] == 9
    assert record.contacts == {"head": "张三", "clerk": "李四", "date": "2019-01-02"}
    assert record.sources["unit.name"].cell == "A2"
    assert codes(check(form, record), RECEIVED)[0] == "A10"
    assert codes(check(form, record), "staff.total")[0] == "A19"


# ---------------------------------------------------------------- head and foot


def test_head_and_foot(form: Form) -> None:
    returned = read(
        form,
        {FAX: 1},
        unit_name=" 高新区管委会 ",
        unit_code="360100",
        year=2018,
        nil="是",
        head="张三",
        phone=13800000000,
        date=Shown("43480", Style.DATE),
    )
    record = returned.record
    assert not returned.findings
    assert record.unit == Unit("高新区管委会", "360100")
    assert (record.year, record.nil) == (2018, True)
    assert record.contacts == {"head": "张三", "phone": "13800000000", "date": "2019-01-15"}
    cells = {key: record.sources[key].cell for key in ("unit.name", "unit.code", "year", "nil")}
    assert cells == {"unit.name": "C3", "unit.code": "C4", "year": "C5", "nil": "C6"}
    assert record.sources["unit.name"].raw == "高新区管委会"


@pytest.mark.parametrize(
    ("content", "year"),
    [
        (2018, 2018),
        ("2018年", 2018),
        ("２０１８ 年度", 2018),
        ("2018", 2018),
        ("二〇一八年", 2018),
        ("二○一八年度", 2018),
        ("（2018年度）", 2018),
        ("2018年1-12月", 2018),
        ("2018年1月至12月", 2018),
        ("2018年1-6月", None),
        ("去年", None),
    ],
)
def test_year_in_the_head(form: Form, content: Any, year: int | None) -> None:
    assert read(form, {}, year=content).record.year == year


@pytest.mark.parametrize("content", ["二〇一年", "18", 18])
def test_an_unreadable_year_is_quoted(form: Form, content: Any) -> None:
    (found,) = (f for f in check(form, read(form, {}, year=content).record) if f.key == "year")
    assert (found.code, found.cell) == ("F8", "C5")
    assert f"统计年度填的是“{content}”" in found.message


@pytest.mark.parametrize(
    ("content", "nil"),
    [("是", True), (" √ ", True), ("零报告", True), ("否", False), (" ", False), (None, False)],
)
def test_nil(form: Form, content: Any, nil: bool) -> None:
    returned = read(form, {}, nil=content)
    assert returned.record.nil is nil
    assert not returned.findings


@pytest.mark.parametrize(("content", "raw"), [("是的", "是的"), (True, "TRUE"), ("YES", "YES")])
def test_what_is_neither_yes_nor_no_is_an_error(form: Form, content: Any, raw: str) -> None:
    returned = read(form, {}, nil=content)
    assert returned.record.nil is False
    (found,) = returned.findings
    assert (found.code, found.severity, found.key, found.cell) == (
        "F8",
        Severity.ERROR,
        "nil",
        "C6",
    )
    assert f"填的是“{raw}”" in found.message


@pytest.mark.parametrize("content", [42018, Shown("42018", Style.DATE_OF_1904)])
def test_date_that_counts_from_1904(form: Form, content: Any) -> None:
    drawn = replace(book(template(form, {}, date=content), form=form.edition), from_1904=True)
    record = read_workbook(drawn).record
    assert record.contacts == {"date": "2019-01-15"}
    assert record.sources["date"].cell == f"C{row_of(template(form, {}), 'date') + 1}"


@pytest.mark.parametrize("year", ["2018", "2018.0"])
def test_what_the_file_was_issued_for_fills_blanks(form: Form, year: str) -> None:
    rows = template(form, {})
    returned = read_workbook(book(rows, form=form.edition, year=year, unit="360100"))
    assert (returned.record.year, returned.record.unit.code) == (2018, "360100")
    assert not returned.findings


def test_head_contradicts_what_the_file_was_issued_for(form: Form) -> None:
    rows = template(form, {}, year=2017, unit_code="360101")
    returned = read_workbook(book(rows, form=form.edition, year="2018", unit="360100"))
    assert (returned.record.year, returned.record.unit.code) == (2017, "360101")
    found = [(one.code, one.severity, one.key, one.cell) for one in returned.findings]
    assert found == [
        ("F8", Severity.ERROR, "year", "C5"),
        ("F8", Severity.ERROR, "unit.code", "C4"),
    ]
    assert "2017" in returned.findings[0].message
    assert "2018" in returned.findings[0].message


def test_blank_date_before_the_next_label(form: Form) -> None:
    rows = [row for row in template(form, {}) if row[:1] not in (["phone"], ["date"])]
    rows.append([None, "联系电话", "填报日期", "2019.1.15"])
    assert read_workbook(book(rows, form=form.edition)).record.contacts == {"date": "2019-01-15"}


# ---------------------------------------------------------------- explanations, extra rows


def test_explanations(form: Form) -> None:
    rows = template(form, {FAX: 4})
    row_at(rows, FAX)[EXPLANATION] = " 含上年结转1件 "
    row_at(rows, RECEIVED)[EXPLANATION] = "已核实"
    row_at(rows, ONLINE)[EXPLANATION] = Fault("#REF!")
    record = read_workbook(book(rows, form=form.edition)).record
    assert record.explanations == {FAX: "含上年结转1件", RECEIVED: "已核实"}


def test_explanation_closes_the_warnings_of_reading(form: Form) -> None:
    rows = template(form, {FAX: 4, ONLINE: 5})
    fax, online = row_at(rows, FAX), row_at(rows, ONLINE)
    fax[LABEL:], online[LABEL:] = online[LABEL:], fax[LABEL:]
    fax[EXPLANATION] = "已核对"
    returned = read_workbook(book(rows, form=form.edition))
    assert (returned.record.values[FAX], returned.record.values[ONLINE]) == (4, 5)
    assert [(one.key, one.open) for one in returned.findings] == [(FAX, True), (ONLINE, False)]


def test_additional_row(form: Form) -> None:
    rows = template(form, {FAX: 4})
    rows.insert(row_of(rows, FAX), [None, "5.电话申请数", "件", 3])
    record = read_workbook(book(rows, form=form.edition)).record
    assert record.extra == {"5.电话申请数": "3"}


def test_doubtful_value_is_not_taken_but_traced(form: Form) -> None:
    rows = template(form, {FAX: 4})
    row_at(rows, FAX)[LABEL] = "短信申请数"
    returned = read_workbook(book(rows, form=form.edition))
    assert returned.record.values[FAX] is None
    assert (returned.record.sources[FAX].raw, returned.record.sources[FAX].done) == ("4", "")
    assert [one.code for one in returned.findings] == ["R9"]


def test_notes_of_the_workbook(form: Form) -> None:
    drawn = book(template(form, {}), form=form.edition)
    noted = type(drawn)(drawn.sheets, {}, drawn.properties, notes=("文件带有宏。",))
    assert [(one.code, one.message) for one in read_workbook(noted).findings] == [
        ("R21", "文件带有宏。")
    ]


# ---------------------------------------------------------------- which form


def test_recognised_by_the_hidden_sheet(form: Form) -> None:
    meta = sheet([["toolkit.kind", "return"], ["toolkit.form", form.edition]], "_meta")
    assert recognise(book(meta)) is form


def test_recognised_by_labels(form: Form) -> None:
    rows = without_column(template(form, {}), KEY)
    assert recognise(book(rows)) is form
    assert recognise(book(rows[: len(rows) * 2 // 3])) is form


@pytest.mark.parametrize("rows", [[], [["姓名", "电话"], ["张三", 1]]])
def test_another_table(rows: Rows) -> None:
    with pytest.raises(Refused) as refused:
        recognise(book(rows))
    assert refused.value.finding.code == "R10"


def test_edition_that_is_not_defined() -> None:
    with pytest.raises(Refused) as refused:
        recognise(book([], form="1998"))
    assert refused.value.finding.code == "R10"
    assert "1998" in refused.value.finding.message


def test_summary(form: Form) -> None:
    with pytest.raises(Refused) as refused:
        read_workbook(book(template(form, {}), kind="summary", form=form.edition))
    assert refused.value.finding.code == "R14"


# ---------------------------------------------------------------- real files


def test_fill_and_read_give_the_record_back(form: Form) -> None:
    values, reported = records.settle(
        form, numbered(form) | {FAX: None, "fee.collected": Decimal("0.07")}, {RECEIVED: 44}
    )
    written = Record(
        form.edition,
        2018,
        Unit("高新区管委会", "360100"),
        values,
        reported,
        contacts={"head": "张三", "date": "2019-01-15"},
        explanations={RECEIVED: "已核实", ONLINE: "=1+1"},
        sources={FAX: Source(raw="无")},
    )
    returned = read_return(writer.filled(form, written))
    again = returned.record
    assert not returned.findings
    assert returned.kind == "return"
    assert (again.form, again.year, again.unit) == (written.form, written.year, written.unit)
    assert (again.values, again.reported) == (written.values, written.reported)
    assert (again.contacts, again.explanations) == (written.contacts, written.explanations)
    assert (again.sources[FAX].raw, again.sources[FAX].done) == ("无", "F5")


def test_filled_by_another_program(form: Form) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(writer.blank(form)))
    table = workbook[form.tables[0].name]
    table.title = "Sheet1"
    for cells in table.iter_rows():
        if cells[0].value in (FAX, ONLINE):
            cells[3].value = 4
        if cells[0].value == "unit.name":
            cells[2].value = "高新区管委会"
    table.insert_rows(1, 2)
    saved = io.BytesIO()
    workbook.save(saved)
    returned = read_return(saved.getvalue())
    assert not returned.findings
    assert returned.modified.startswith("20")
    assert returned.record.unit.name == "高新区管委会"
    assert returned.record.values[RECEIVED] == 8


def test_plain_workbook_without_keys(form: Form) -> None:
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    table = workbook.add_worksheet()
    table.write_row(0, 0, ["统计指标", "单位", "统计数"])
    for n, (_, line) in enumerate(form.listed(), 1):
        table.write_row(n, 0, [line.label, "", n] if line.key else [line.label])
    workbook.close()
    record = read_return(content.getvalue()).record
    lines = [line.key for _, line in form.listed()]
    assert record.values["lawsuit.corrected"] == lines.index("lawsuit.corrected") + 1
    assert set(record.reported) == {total.key for total in form.totals}


# ---------------------------------------------------------------- JSON


def test_json_of_a_record(form: Form) -> None:
    written = read(
        form, {FAX: 4, "fee.collected": 0.07}, unit_name="高新区管委会", year=2018
    ).record
    again = read_return(records.dump(written).encode()).record
    assert again.values == written.values
    assert again.unit == written.unit
    assert read_return(b"\xef\xbb\xbf" + records.dump(written).encode()).record == again


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"form": "1998"}', "R10"),
        ("{}", "R10"),
        ("[1]", "R7"),
        ('{"form": ', "R7"),
        ('{"form": NaN}', "R7"),
        ('{"form": "2018", "values": []}', "R7"),
        ('{"form": "2018", "unit": "高新区"}', "R7"),
    ],
)
def test_json_that_is_no_record(content: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_return(content.encode())
    assert refused.value.finding.code == code


def test_json_in_another_encoding() -> None:
    with pytest.raises(Refused) as refused:
        read_return('{"form": "高新区"}'.encode("gbk"))
    assert refused.value.finding.code == "R7"


def test_file_that_is_no_workbook() -> None:
    with pytest.raises(Refused) as refused:
        read_return(b"%PDF-1.7")
    assert refused.value.finding.code == "R2"
