"""Workbooks sent back: everything found stands where it belongs, and corrected they read clean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests import strategies
from tests.office import Office, pdf_text
from tests.packages import parts
from tests.writing.sent_back import at, corrected, load, open_findings, said, saved, submission
from toolkit import definition, marks, resources, words
from toolkit.check import Expected, check
from toolkit.findings import Finding, Refused, Severity, finding
from toolkit.form import Form, Role
from toolkit.marks import Kind
from toolkit.reading.returns import read_return
from toolkit.record import DOUBT, Record, Source, Unit, settle
from toolkit.submissions import Submission
from toolkit.writing import marked, template
from toolkit.writing.layout import Layout
from toolkit.writing.marked_remarks import Remarks
from toolkit.writing.places import Place, letter
from toolkit.writing.style import width_of

SHEET = words.say("marked.sheet")
CODES = words.entry("finding")
FIRST_ROW = 7
NUMBER, SEVERITY, PLACE, NAME, STOOD, MESSAGE, SAID, STATE = range(1, 9)
EDITIONS = definition.editions()
SAMPLES = [
    (edition, path.stem)
    for edition in EDITIONS
    for path in sorted(resources.data("samples", edition).glob("records/*.json"))
]
CHANNEL, FAX, MAIL, REVIEW = "channel.gazette", "request.fax", "request.mail", "review.total"


def sample(edition: str, stem: str) -> Submission:
    """Return one of the samples, checked."""
    form = definition.load(edition)
    path = resources.data("samples", edition, "records", f"{stem}.json")
    return submission(form, read_return(path.read_bytes()).record)


def listed(book: Workbook) -> Sequence[Sequence[Any]]:
    """Return the rows of the list on the first sheet."""
    return [row for row in book[SHEET].iter_rows(min_row=FIRST_ROW, values_only=True) if row[0]]


def places(form: Form, sent: Submission) -> Iterator[tuple[Finding, Place]]:
    """Yield the findings about a cell, each with where it is put right."""
    layout = Layout(form)
    assert sent.record is not None
    fields = {str(field.role): field for field in form.head} | dict(form.fields)
    for found in sent.findings:
        if found.key in sent.record.reported:
            yield found, layout.reported(found.key)
        elif found.key in form.indicators:
            yield found, layout.value(found.key)
        elif found.key:
            key = fields[found.key].key
            sheet = next(s for s in layout.sheets if key in {field.key for _, field in s.fields()})
            yield found, sheet.field(key)


def one_line(content: str) -> str:
    return " ".join(content.split())


@pytest.fixture(scope="module")
def form_2018() -> Form:
    return definition.load(EDITIONS[0])


@pytest.fixture(scope="module")
def foreign(form_2018: Form) -> Submission:
    """Return what was read of a sheet of the office's own, with every kind of finding."""
    given_ = {FAX: 12, MAIL: 9, "fee.collected": None, "training.people": -3, "channel.website": 50}
    values, reported = settle(form_2018, given_, {"request.received": 9})
    traces = {
        FAX: Source("Sheet1", "C23", "１２ 件", "F3", "label"),
        CHANNEL: Source("Sheet1", "C9", "近50", "F4", "label"),
        REVIEW: Source("Sheet1", "C50", "12、13", "", DOUBT),
        Role.YEAR: Source("Sheet1", "B2", "二零一八", "", ""),
        "date": Source("Sheet1", "B90", "=昨天", "", ""),
    }
    record = Record(
        form_2018.edition,
        None,
        Unit("=示例局", "X07"),
        values,
        reported,
        contacts={"date": "=昨天"},
        explanations={"request.received": "=1+1"},
        sources=traces,
        extra={"公开指南": "=3"},
    )
    twice = finding("R16", key=REVIEW, label="行政复议数量", places="Sheet1!C50、Sheet2!C50")
    whole = replace(finding("R18", sheet="Sheet1", count=57), sheet="Sheet1")
    return submission(form_2018, record, replace(twice, sheet="Sheet1", cell="C50"), whole)


# ---------------------------------------------------------------- the workbook as a return


@pytest.mark.parametrize(("edition", "stem"), SAMPLES)
def test_a_marked_sample_reads_as_the_sample_does(edition: str, stem: str) -> None:
    sent, form = sample(edition, stem), definition.load(edition)
    assert sent.record is not None
    content = marked.workbook(sent)
    assert content == marked.workbook(sent)
    back, filled = read_return(content), read_return(template.filled(form, sent.record))
    if year_is_wrong(sent):
        assert back.record.year is None
        filled = replace(filled, record=without_year(filled.record))
        back = replace(back, record=without_year(back.record))
    assert (back.record, back.findings) == (filled.record, filled.findings)
    assert (back.record.values, back.record.reported) == (sent.record.values, sent.record.reported)
    assert back.record.explanations == sent.record.explanations
    assert back.kind == Kind.MARKED
    assert marks.untouched(back.modified)


def year_is_wrong(sent: Submission) -> bool:
    return any(one.key == Role.YEAR for one in sent.findings)


def without_year(record: Record) -> Record:
    sources = {key: one for key, one in record.sources.items() if key != Role.YEAR}
    return replace(record, year=None, sources=sources)


def test_a_marked_copy_that_was_saved_is_known_to_be(foreign: Submission) -> None:
    back = read_return(saved(load(marked.workbook(foreign))))
    assert back.kind == Kind.MARKED
    assert not marks.untouched(back.modified)


@pytest.mark.parametrize("modified", ["", "gestern", "2024-01-15T08:00:00Z"])
def test_only_our_own_date_says_untouched(modified: str) -> None:
    assert not marks.untouched(modified)


@pytest.mark.parametrize("edition", EDITIONS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_wrong_is_marked_and_nothing_else_changes(
    edition: str, data: st.DataObject
) -> None:
    form = definition.load(edition)
    record = replace(data.draw(strategies.records(form)), form=edition)
    sent = submission(form, record)
    content = marked.workbook(sent)
    back, filled = read_return(content), read_return(template.filled(form, record))
    assert back.record.values == record.values
    assert back.record.reported == record.reported
    assert back.record.year == (None if year_is_wrong(sent) else record.year)
    for part in ("explanations", "contacts", "nil", "unit", "extra"):
        assert getattr(back.record, part) == getattr(filled.record, part)
    book = load(content)
    for found, place in places(form, sent):
        comment = at(book, place).comment
        assert comment is not None, found
        assert found.code in comment.text
        assert one_line(found.message)[:300] in one_line(comment.text)
    assert len(listed(book)) == len(sent.findings)


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize(("edition", "stem"), SAMPLES)
def test_all_findings_are_listed_strictest_first(edition: str, stem: str) -> None:
    sent = sample(edition, stem)
    book = load(marked.workbook(sent))
    assert book.sheetnames[0] == SHEET
    assert book.active is book[SHEET]
    rows = listed(book)
    assert sorted(row[MESSAGE - 1] for row in rows) == sorted(
        f"{found.code}　{found.message}" for found in sent.findings
    )
    names = [words.say(f"marked.severity.{severity}") for severity in Severity]
    ranks = [names.index(row[SEVERITY - 1]) for row in rows]
    assert ranks == sorted(ranks)
    assert [row[NUMBER - 1] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize(("edition", "stem"), SAMPLES)
def test_links_lead_to_the_cells_with_the_comments(edition: str, stem: str) -> None:
    sent, form = sample(edition, stem), definition.load(edition)
    book = load(marked.workbook(sent))
    meant = {(found.code, place) for found, place in places(form, sent)}
    linked = set()
    for row in range(FIRST_ROW, FIRST_ROW + len(sent.findings)):
        link = book[SHEET].cell(row, PLACE).hyperlink
        if link:
            sheet, _, cell = str(link.location).rpartition("!")
            code = str(book[SHEET].cell(row, MESSAGE).value).partition("　")[0]
            target = book[sheet.strip("'")][cell]
            assert code in target.comment.text
            linked.add((code, Place(target.parent.title, target.row, target.column)))
    assert linked == meant


def test_the_first_sheet_asks_for_the_file_back(foreign: Submission) -> None:
    book = load(marked.workbook(foreign))
    head = [str(row[0]) for row in book[SHEET].iter_rows(max_row=4, values_only=True)]
    for expected in ("教育局.xlsx", "=示例局", "把本文件发回", "处必须改正"):
        assert expected in head[2]
    assert "来件" not in head[2]
    assert "2018版" in head[1]


def test_where_nothing_is_to_be_done_nothing_is_asked() -> None:
    sent = sample(EDITIONS[0], "明月山-更正（虚构）")
    assert not marked.wanted(sent)
    assert "不用发回" in str(load(marked.workbook(sent))[SHEET]["A3"].value)
    assert marked.wanted(sample(EDITIONS[0], "明月山-原报"))


def test_text_of_the_file_never_becomes_a_formula(foreign: Submission) -> None:
    book = load(marked.workbook(foreign))
    ours = {SHEET: (STATE, 1), "统计表": ()}
    texts = set()
    for name, columns in ours.items():
        for row in book[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    if cell.data_type == "s":
                        texts.add(cell.value)
                    elif name == SHEET:
                        assert cell.column in columns
    assert {"=示例局", "=昨天", "=1+1", "=3"} <= texts | {
        str(row[STOOD - 1]).partition("\n")[0] for row in listed(book)
    }


def test_what_stood_there_and_where(foreign: Submission) -> None:
    rows = {
        str(row[MESSAGE - 1]).partition("　")[0]: row
        for row in listed(load(marked.workbook(foreign)))
    }
    assert rows["F4"][STOOD - 1] == "近50\n（原文件Sheet1!C9）"
    assert rows["F4"][PLACE - 1] == "统计表!D14"
    assert rows["R16"][STOOD - 1] == "12、13\n（原文件Sheet1!C50）"
    assert rows["R18"][PLACE - 1] == words.say("marked.whole")
    assert "Sheet1" in rows["R18"][STOOD - 1]
    assert rows["F9"][STOOD - 1] == "=3"
    assert rows["F1"][STOOD - 1] == "-3"


def test_the_list_prints_on_a4_with_no_text_cut(
    foreign: Submission, office: Office, tmp_path: Path
) -> None:
    content = marked.workbook(foreign)
    sheet = load(content)[SHEET]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == f"${FIRST_ROW - 1}:${FIRST_ROW - 1}"
    for row in range(FIRST_ROW, sheet.max_row + 1):
        for column in range(1, sheet.max_column + 1):
            cell = sheet.cell(row, column)
            shown = str(cell.value or "") if column != STATE else ""
            width = int(sheet.column_dimensions[letter(column)].width) - 1
            lines = sum(-(-width_of(part) // width) for part in shown.split("\n"))
            assert (sheet.row_dimensions[row].height or 0) >= 12 * lines, shown
            assert lines <= 1 or column != PLACE  # LibreOffice does not wrap links
    file = tmp_path / "退回.xlsx"
    file.write_bytes(content)
    (pdf,) = office.convert([file], "pdf", tmp_path / "pdf")
    printed = "".join(pdf_text(pdf).split())
    for found in foreign.findings:
        assert found.code in printed
    for other in (words.say("sheet.columns.reported"), "件（Sheet1!C23）"):
        assert other not in printed


# ---------------------------------------------------------------- the cells


def test_the_original_text_stands_beside_the_figure(foreign: Submission, form_2018: Form) -> None:
    book, layout = load(marked.workbook(foreign)), Layout(form_2018)
    sheet, column = book["统计表"], layout.first.last_column + 1
    assert sheet.cell(layout.first.header_row, column).value == words.say("marked.original.head")
    originals = {
        key: sheet.cell(layout.value(key).row, column).value for key in (FAX, CHANNEL, REVIEW)
    }
    # What stands in the cell itself needs no telling; what was not taken for sure asks there.
    assert originals == {
        FAX: "１２ 件（Sheet1!C23）",
        CHANNEL: None,
        REVIEW: "12、13（Sheet1!C50）",
    }
    assert at(book, layout.value(CHANNEL)).value == "近50"
    assert at(book, layout.value(REVIEW)).value == "12、13？"
    assert "原文：１２ 件（Sheet1!C23）" in at(book, layout.value(FAX)).comment.text
    assert "Sheet1!C9" in at(book, layout.value(CHANNEL)).comment.text
    area = str(sheet.print_area).rpartition(":")[2].replace("$", "")
    assert area == f"{Place('', 1, layout.first.last_printed).letter}{layout.first.last_row}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_original_texts_of_a_row_are_told_apart(edition: str) -> None:
    form = definition.load(edition)
    row = [i for i in form.entered if not i.measure.decimals][:2]
    values, reported = settle(form, {i.key: 12 for i in row}, {})
    traces = {i.key: Source("表", f"B{n}", "１２", "F3") for n, i in enumerate(row, 1)}
    record = Record(form.edition, form.first_year, Unit("局"), values, reported, sources=traces)
    book, layout = load(marked.workbook(submission(form, record))), Layout(form)
    for number, indicator in enumerate(row, 1):
        sheet = layout.sheet_of(indicator.key)
        place = Place(sheet.name, layout.value(indicator.key).row, sheet.last_column + 1)
        lines = str(at(book, place).value).split("\n")
        where = f"{indicator.column}：" if indicator.column else ""
        assert f"{where}１２（表!B{number}）" in lines


def test_what_is_found_fault_with_can_be_put_right(foreign: Submission, form_2018: Form) -> None:
    book, layout = load(marked.workbook(foreign)), Layout(form_2018)
    for found, place in places(form_2018, foreign):
        if found.key not in form_2018.indicators or not form_2018.indicators[found.key].computed:
            assert not at(book, place).protection.locked, found
    told = layout.reported("request.received")
    assert not at(book, told).protection.locked
    assert at(book, told).comment is not None
    assert at(book, layout.first.field("unit.code")).protection.locked
    assert not book["统计表"].protection.selectLockedCells  # so that links arrive


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_doubtful_year_is_neither_locked_nor_marked(edition: str) -> None:
    form = definition.load(edition)
    values, _ = settle(form, {}, {})
    record = Record(edition, form.first_year + 1, Unit("局", "X1"), values, nil=True)
    found = check(form, record, expected=Expected(edition, form.first_year))
    book = load(marked.workbook(Submission("a.xlsx", record=record, findings=found)))
    year = at(book, Layout(form).first.field("year"))
    assert not year.protection.locked
    year.value = form.first_year
    back = read_return(saved(book))
    assert back.record.year == form.first_year
    assert not [one for one in back.findings if one.severity is Severity.ERROR]


# ---------------------------------------------------------------- put right


def corrections() -> Iterator[tuple[Submission, dict[Place, Any]]]:
    """Yield samples with what a clerk does about them."""
    layout = Layout(definition.load("2018"))
    yield (
        sample("2018", "南昌高新区-原报"),
        {
            layout.value("request.mail"): 0,
            said(layout, "proactive.normative"): "含往年文件",
            said(layout, "response.topics"): "同一热点多次回应",
        },
    )
    layout = Layout(definition.load("2019"))
    yield (
        sample("2019", "示例县市场监督管理局-2020负数（虚构）"),
        {
            layout.value(found.key): 0
            for found in sample("2019", "示例县市场监督管理局-2020负数（虚构）").findings
        },
    )
    layout = Layout(definition.load("2021"))
    wrong = sample("2021", "示例县卫生健康局-2023总计不符（虚构）")
    yield wrong, {layout.reported(found.key): None for found in wrong.findings}
    yield sample("2021", "示例县水利局-2023年度填错（虚构）"), {layout.first.field("year"): 2023}


CORRECTIONS = list(corrections())


@pytest.mark.parametrize(("sent", "changes"), CORRECTIONS)
def test_put_right_it_reads_clean(sent: Submission, changes: dict[Place, Any]) -> None:
    assert sent.record is not None
    back = read_return(corrected(sent, changes))
    found = open_findings(sent.record.form, back)
    assert found == []
    assert back.record.unit == sent.record.unit
    assert not marks.untouched(back.modified)


def test_the_workbook_sees_what_was_put_right(office: Office, tmp_path: Path) -> None:
    files = []
    for number, (sent, changes) in enumerate(CORRECTIONS):
        for name, content in (("原", marked.workbook(sent)), ("改", corrected(sent, changes))):
            files.append(tmp_path / f"{number}{name}.xlsx")
            files[-1].write_bytes(content)
    results = iter(office.recalculate(files, tmp_path / "saved"))
    names = words.entry("marked.state")
    for sent, _ in CORRECTIONS:
        before, after = (
            openpyxl.load_workbook(next(results), data_only=True)[SHEET] for _ in range(2)
        )
        rows = range(FIRST_ROW, FIRST_ROW + len(sent.findings))
        for row in rows:
            was, now = (sheet.cell(row, STATE).value for sheet in (before, after))
            assert was in (names["error"], names["warning"])
            assert now in (names["settled"], names["explained"])
        assert str(after["A5"].value).endswith(words.say("sheet.ready"))


def test_states_and_colours_of_what_only_the_reader_found(
    foreign: Submission, form_2018: Form, office: Office, tmp_path: Path
) -> None:
    layout = Layout(form_2018)
    changes = {layout.value(REVIEW): 3, layout.first.field("year"): 2018}
    before, after = tmp_path / "原.xlsx", tmp_path / "改.xlsx"
    before.write_bytes(marked.workbook(foreign))
    after.write_bytes(corrected(foreign, changes))
    names, states = words.entry("marked.state"), []
    for file in office.recalculate([before, after], tmp_path / "saved"):
        rows = listed(openpyxl.load_workbook(file, data_only=True))
        states.append(
            {
                str(row[MESSAGE - 1]).partition("　")[0] + str(row[PLACE - 1]): row[STATE - 1]
                for row in rows
            }
        )
    for place in (layout.value(REVIEW), layout.first.field("year")):
        code = "R16" if place is layout.value(REVIEW) else "F8"
        where = f"{code}{place.sheet}!{place.address}"
        assert [state[where] for state in states] == [names["error"], names["settled"]]
    coloured = {
        str(area)
        for areas in load(before.read_bytes())["统计表"].conditional_formatting
        for area in areas.sqref.ranges
    }
    assert {layout.value(REVIEW).address, layout.first.field("year").address} <= coloured
    assert layout.value("request.received").address not in coloured  # the sheet's own check does


@pytest.mark.parametrize(("edition", "stem"), SAMPLES)
def test_no_conditional_format_holds_a_list_of_texts(edition: str, stem: str) -> None:
    """Excel refuses a workbook that has one."""
    for name, content in parts(marked.workbook(sample(edition, stem))).items():
        if name.startswith("xl/worksheets/sheet"):
            for rule in re.findall(rb"<cfRule.*?</cfRule>", content):
                assert b"{" not in rule


def test_a_finding_about_a_row_stands_at_its_explanation() -> None:
    form = definition.load("2021")
    layout = Layout(form)
    record = Record("2021", 2023, Unit("局"), settle(form, {}, {})[0])
    fields = template.Writer(form, template.Issue(), record).fields
    key = next(key for key in form.indicators if key.startswith("carried_over/"))
    assert Remarks(layout, fields, record, ()).place("carried_over") == said(layout, key)


# ---------------------------------------------------------------- files that could not be read


@pytest.mark.parametrize("code", ["R2", "R3", "R4", "R5", "R6", "R10", "R23", "R62", "R99"])
def test_an_unreadable_file_gets_a_note(code: str) -> None:
    entry = words.entry("finding").get(code, {})
    message = "出错了。" if not entry else entry["message"] + entry["remedy"]
    sent = Submission("来件/扫描件.pdf", refusal=Finding(code, Severity.ERROR, message))
    content = marked.workbook(sent)
    assert content == marked.workbook(sent)
    book = load(content)
    assert book.sheetnames == [SHEET]
    told = "\n".join(str(c.value) for row in book[SHEET].iter_rows() for c in row if c.value)
    assert "扫描件.pdf" in told
    assert message.partition("。")[0] in told
    assert "请对方" not in told  # the note goes to who sent the file
    with pytest.raises(Refused):
        read_return(content)


def test_another_edition_gets_a_note() -> None:
    """Corrected in its own layout it would still be the wrong form."""
    edition, other = EDITIONS[:2]
    record = sample(edition, "明月山-原报").record
    assert record is not None
    found = check(definition.load(edition), record, expected=Expected(other))
    book = load(marked.workbook(Submission("a.xlsx", record=record, findings=found)))
    assert book.sheetnames == [SHEET]
    told = [str(cell.value) for row in book[SHEET].iter_rows() for cell in row]
    assert next(one.message for one in found if not one.key) in told


def test_nobody_is_asked_for_what_is_our_own_fault() -> None:
    refusals = {code: Submission("a", refusal=Finding(code, Severity.ERROR, "")) for code in CODES}
    assert [code for code, sent in refusals.items() if not marked.wanted(sent)] == ["R1", "R22"]


def test_neither_return_nor_refusal_is_no_submission() -> None:
    with pytest.raises(ValueError, match="leer"):
        marked.workbook(Submission("leer"))


# ---------------------------------------------------------------- names of files


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("教育局.xlsx", "教育局-退回.xlsx"),
        ("新建文件夹(2)/教育局.xlsx", "新建文件夹(2)/教育局-退回.xlsx"),
        ("教育局.xls", "教育局.xls-退回.xlsx"),
        ("附件.zip/教育局.xlsx", "附件.zip/教育局-退回.xlsx"),
        ("../../etc/a.xlsx", "etc/a-退回.xlsx"),
        ("/srv/a.xlsx", "srv/a-退回.xlsx"),
        ('a:b?"c.xlsx', "a_b__c-退回.xlsx"),
        ("", "来件-退回.xlsx"),
    ],
)
def test_names_tell_the_file_and_stay_inside(path: str, name: str) -> None:
    assert marked.file_name(path) == name


@given(st.lists(st.text("aA/.教xls退回-（2）", max_size=12), max_size=8))
def test_no_two_names_are_alike(paths: list[str]) -> None:
    names = marked.file_names(Submission(path) for path in paths)
    assert names.keys() == set(paths)
    assert len({name.casefold() for name in names.values()}) == len(names)
    for name in names.values():
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert name.endswith(".xlsx")


def test_a_long_name_is_cut() -> None:
    name = marked.file_name("报" * 200 + ".xlsx")
    assert len(name.encode()) < 255


def test_what_could_not_be_held_against_last_year_is_no_business_of_the_unit(
    foreign: Submission,
) -> None:
    more = finding("R29", key=str(Role.UNIT_NAME), reason="没有这个年度")
    noted = replace(foreign, findings=(*foreign.findings, more))
    assert parts(marked.workbook(noted)) == parts(marked.workbook(foreign))
