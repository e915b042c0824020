"""The summary workbook, seen by an independent reader and by LibreOffice."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import collected
from tests.collected import BING, JIA, REGION, added, collection, collections, explained, of_form
from tests.office import Office
from tests.sent import COUNT, FORM, MONEY, TRICK, YEAR, record, refused, sent
from toolkit import definition, swings, words
from toolkit.decisions import Decisions
from toolkit.files import Unwritable
from toolkit.folder import Skipped
from toolkit.form import Form
from toolkit.marks import Kind, Mark
from toolkit.merge import Summary, merge
from toolkit.previous import of_tables
from toolkit.reading.summaries import Table
from toolkit.record import Source, Unit
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Submission
from toolkit.writing import headings, sheets
from toolkit.writing.style import Look, Looks
from toolkit.writing.summary import workbook

Sheet = Any
NAMES = ["totals", "items", "standing", "charts", "details", "findings", "sources", "files"]
TOTALS, ITEMS, STANDING, CHARTS, DETAILS, FINDINGS, SOURCES, FILES = (
    words.say(f"summary.sheet.{name}") for name in NAMES
)
OWN_TOTALS = "汇总表（本级）"
LABEL, UNIT, TOTAL, BLANKS, NOTHINGS = "BCDEF"
FIRST = 5
"""First row of figures in 明细."""


def files() -> list[Submission]:
    """Return a folder in which every kind of outcome occurs."""
    return [
        sent("a/甲.xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")}, code="X2")),
        sent("a/甲(1).xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")}, code="X2")),
        sent("乙.xlsx", record("乙局", {COUNT: 0, MONEY: Decimal("0.20")}, code="X1")),
        sent("丙.xlsx", record("丙局", {MONEY: 3}, words=(COUNT,))),
        sent("丁.xlsx", record("丁局", {COUNT: -1})),
        refused("戊.pdf", "R2", what="图片"),
    ]


def merged(*found: Submission) -> Summary:
    return merge(FORM, YEAR, found)


def opened(content: bytes, *, cached: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=cached)


def row_of(sheet: Sheet, key: str) -> int:
    return int(next(cell.row for cell in sheet["A"] if cell.value == key))


def column_of(sheet: Sheet, key: str) -> str:
    return str(next(cell.column_letter for cell in sheet[2] if cell.value == key))


def texts(sheet: Sheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_it_opens_at_the_totals_and_says_how_many_count() -> None:
    book = opened(workbook(merged(*files())))
    assert book.sheetnames == [TOTALS, STANDING, CHARTS, DETAILS, FINDINGS, SOURCES, FILES]
    assert book.active.title == TOTALS
    assert book[TOTALS]["B3"].value == "已计入 3 / 4 家"
    assert not any(sheet.protection.sheet for sheet in book)


def test_totals_are_live_sums_with_their_results() -> None:
    content = workbook(merged(*files()))
    live, cached = opened(content)[TOTALS], opened(content, cached=True)[TOTALS]
    row, letter = row_of(live, COUNT), column_of(opened(content)[DETAILS], COUNT)
    cells = f"'{DETAILS}'!${letter}${FIRST}:${letter}${FIRST + 2}"
    assert live[f"{TOTAL}{row}"].value == f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    assert [cached[f"{c}{row}"].value for c in (TOTAL, BLANKS, NOTHINGS)] == [2, 0, 1]
    assert live[f"{BLANKS}{row}"].value.startswith("=SUMPRODUCT(")
    row = row_of(live, MONEY)
    assert cached[f"{TOTAL}{row}"].value == 3.3
    assert live[f"{UNIT}{row}"].value == FORM.indicators[MONEY].measure.name


def test_own_offices_and_the_whole_region_stand_on_sheets_of_their_own() -> None:
    book = opened(workbook(collection()), cached=True)
    assert book.sheetnames[:2] == [TOTALS, OWN_TOTALS]
    heads = {name: (book[name]["B1"].value, book[name]["B3"].value) for name in book.sheetnames[:2]}
    assert heads == {
        TOTALS: (f"{REGION.name}{FORM.name}（全行政区域汇总）", "已计入 3 / 4 家，手工调整2处"),
        OWN_TOTALS: (f"{REGION.name}{FORM.name}（本级汇总）", "已计入 2 / 3 家，手工调整1处"),
    }
    row = row_of(book[TOTALS], COUNT)
    # 甲局 2 and 5 more by hand, 乙局 0, 丙镇 40 and 3 less; 气象局 is never summed
    assert [book[name][f"{TOTAL}{row}"].value for name in heads] == [44, 7]


def test_adjustments_stand_behind_the_returns_with_who_and_why() -> None:
    sheet = opened(workbook(collection()))[DETAILS]
    rows = {name: column_of(sheet, name) for name in ("unit.name", "scope", "row", "file", COUNT)}
    told = [[sheet[f"{letter}{row}"].value for letter in rows.values()] for row in (8, 9)]
    assert told == [
        [JIA.name, "本级", "手工调整", "手工调整1（李四：漏报）", 5],
        [BING.name, "下级", "手工调整", "手工调整2（李四：重复统计）", -3],
    ]
    assert [sheet[f"A{row}"].value for row in range(5, 10)] == [1, 2, 3, None, None]


def test_a_row_names_its_file_and_sheet() -> None:
    sheet = opened(workbook(merged(*files())))[DETAILS]
    file, name = (column_of(sheet, key) for key in ("file", "sheet"))
    assert (sheet[f"{file}7"].value, sheet[f"{name}7"].value) == ("丙.xlsx", None)
    places = {COUNT: Source("表一", "D7", "1"), MONEY: Source("表二", "D8", "1")}
    one, both = (replace(record(), sources=found) for found in ({COUNT: places[COUNT]}, places))
    sheet = opened(
        workbook(merged(sent("a.xlsx", replace(one, unit=Unit("子局"))), sent("b.xlsx", both)))
    )[DETAILS]
    assert {sheet[f"{name}{row}"].value for row in (5, 6)} == {"表一", "表一等2张"}


def test_every_line_of_the_form_is_there_in_order() -> None:
    sheet = opened(workbook(merged(*files())))[TOTALS]
    labels = [cell.value for cell in sheet[LABEL][4:-1]]
    assert labels == [line.label for _, line in FORM.listed()]


def test_details_keep_blank_zero_and_nothing_apart() -> None:
    sheet = opened(workbook(merged(*files())))[DETAILS]
    letter = column_of(sheet, COUNT)
    names = column_of(sheet, "unit.name")
    assert [sheet[f"{names}{row}"].value for row in range(5, 8)] == ["乙局", "甲局", "丙局"]
    assert [sheet[f"{letter}{row}"].value for row in range(5, 8)] == [0, 2, "无"]
    assert sheet[f"{column_of(sheet, 'file')}6"].value == "a/甲(1).xlsx"
    assert sheet.row_dimensions[2].hidden
    assert sheet.auto_filter.ref.startswith("A4:")
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("D5", "landscape")


def test_findings_of_all_files_are_listed() -> None:
    summary = merged(*files())
    found = [one for entry in summary.entries for one in entry.submission.all_findings]
    rows = texts(opened(workbook(summary))[FINDINGS])[2:]
    assert len(rows) == len(found) + len(summary.findings)
    wrong = next(row for row in rows if row[5] == "F1")
    assert wrong[:5] == ["丁.xlsx", "丁局", "退回", "强制性", "必须改正"]
    assert wrong[8] == FORM.indicators[COUNT].name


def test_who_is_missing_and_what_the_sums_break_is_found_too() -> None:
    summary = collection()
    rows = texts(opened(workbook(summary))[FINDINGS])[2:]
    assert [row[:6] for row in rows if row[5] == "M1"] == [
        ["（没有收到）", "示例县丁局", None, "强制性", "必须改正", "M1"]
    ]
    merged_figures = [row for row in rows if row[5] == "M3"]
    assert [row[9] for row in merged_figures] == [one.message for one in summary.findings]
    assert {row[0] for row in merged_figures} == {"（汇总数）"}


def test_what_was_decided_about_a_finding_stands_with_it() -> None:
    made = explained(collection(decisions=Decisions()))
    summary = collection(decisions=Decisions(made))
    rows = texts(opened(workbook(summary))[FINDINGS])[2:]
    decided = [row for row in rows if row[11]]
    assert decided
    assert {(row[4], row[11]) for row in decided} == {("已决定", "王五：已核实")}


def test_every_file_is_registered_and_the_account_adds_up() -> None:
    rows = texts(opened(workbook(merged(*files()), [Skipped("~$a.xlsx", "临时文件")]))[FILES])
    account = rows[1][0]
    assert account == "收到6份 = 采用3 + 重复1 + 退回1 + 无法读取1；另有1个文件未计，列在最后。"
    by_file = {row[0]: row for row in rows[3:]}
    assert len(by_file) == 7
    assert by_file["a/甲.xlsx"][1] == "重复"
    assert by_file["戊.pdf"][7] == "0" * 64
    assert by_file["丁.xlsx"][1:3] == ["退回", "待处理"]
    assert by_file["丙.xlsx"][1:3] == ["采用", "已了结"]
    assert by_file["~$a.xlsx"][1:4] == ["未计", None, "临时文件"]


def test_it_carries_our_marks_and_no_clock() -> None:
    content = workbook(merged(*files()))
    properties = {p.name: p.value for p in opened(content).custom_doc_props.props}
    assert properties[Mark.KIND] == Kind.SUMMARY
    assert properties[Mark.FORM] == FORM.edition
    assert (properties[Mark.YEAR], properties[Mark.UNITS]) == (str(YEAR), "4")
    assert content == workbook(merged(*files()))


def test_nothing_counted_is_still_a_summary() -> None:
    sheet = opened(workbook(merged(refused("a.pdf", "R5"))))[TOTALS]
    assert sheet["B3"].value == "已计入 0 / 0 家"
    assert sheet[f"{TOTAL}{row_of(sheet, COUNT)}"].value is None


def test_texts_never_become_formulas() -> None:
    tricky = record(TRICK, {COUNT: -1}, code="=1+1")
    good = record(f"{TRICK}2", code="@SUM(1)")
    good = replace(
        good, sources={COUNT: Source(TRICK, "D7", "=1", "F3")}, explanations={COUNT: TRICK}
    )
    sent_in = [sent("=1+1.xlsx", tricky), sent("+1.xlsx", good)]
    listed = Member(Unit(f"{TRICK}2", "@SUM(1)"), person=TRICK, phone="+1")
    roster = Roster((listed, Member(Unit("=4", "=5"), scope=Scope.VERTICAL)), Unit(TRICK))
    made = Decisions([added(listed.unit, 1, why=TRICK)])
    summary = collection(sent_in, made, roster)
    before = [Table(FORM.edition, YEAR - 1, dict.fromkeys(FORM.indicators, 9), listed.unit)]
    yearly = swings.year_on_year(summary, of_tables("=6", before), made)
    content = workbook(summary, [Skipped("=2+2", "=3+3")], yearly)
    with ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    formulas = {part for name in parts for part in re.findall("<f>(.*?)</f>", parts[name])}
    ours = re.compile(r"""IF\((COUNT|AND)\(|SUMPRODUCT\(""")
    assert {one for one in formulas if not ours.match(one) or "HYPERLINK" in one} == set()
    assert "hyperlink" not in "".join(parts.values()).replace("=HYPERLINK", "")
    assert "HYPERLINK" in parts["xl/sharedStrings.xml"]


def test_texts_no_workbook_can_hold_are_cut_and_mended() -> None:
    long, half = "长" * 40_000, "甲\ud800"
    names = [found.unit.name for found in (record(long), record(half))]
    content = workbook(merged(*(sent(f"{n}.json", record(name)) for n, name in enumerate(names))))
    sheet = opened(content)[DETAILS]
    shown = [sheet[f"{column_of(sheet, 'unit.name')}{row}"].value for row in (5, 6)]
    assert sorted(map(len, shown)) == [2, sheets.TEXT_LIMIT]
    assert "甲?" in shown


def test_a_write_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet.write_number", lambda *_: -1)
    with pytest.raises(Unwritable, match=STANDING):
        workbook(merged(*files()))


def test_a_row_below_the_last_one_of_a_sheet_is_an_error() -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        sheet = sheets.Sheet(book, Looks(book), DETAILS)
        sheet.text(1_048_575, 0, "最后一行", Look.TEXT)
        with pytest.raises(Unwritable, match=DETAILS):
            sheet.put(1_048_576, 0, 1, Look.FIGURE)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_change_a_byte(random: Random) -> None:
    shuffled, skipped = files(), [Skipped("a", "b"), Skipped("c", "d")]
    random.shuffle(shuffled)
    assert workbook(merged(*shuffled), skipped[::-1]) == workbook(merged(*files()), skipped)
    listed, decided = list(collected.FILES), list(collected.DECIDED.made)
    random.shuffle(listed)
    random.shuffle(decided)
    assert workbook(collection(listed, Decisions(decided))) == workbook(collection())


# ---------------------------------------------------------------- in an office program


@pytest.mark.parametrize("edition", definition.editions())
def test_an_office_program_comes_to_the_same_sums(
    edition: str, office: Office, tmp_path: Path
) -> None:
    form = definition.load(edition)
    drawn = [of_form(form), *drawn_collections(form)]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(drawn))]
    for path, summary in zip(paths, drawn, strict=True):
        opened(workbook(summary)).save(path)  # without our results, which it would believe
    name = ITEMS if form.tables[0].is_matrix else TOTALS
    recalculated = office.recalculate(paths, tmp_path / "again")
    for again, summary in zip(recalculated, drawn, strict=True):
        book = opened(again.read_bytes(), cached=True)
        for cover in summary.sums:
            hold_against(book[headings.sheet_name(name, cover)], summary, cover)


def drawn_collections(form: Form) -> list[Summary]:
    """Collect what hypothesis draws, so that it can be converted in one run."""
    collected: list[Summary] = []

    @settings(
        max_examples=6 if form.tables[0].is_matrix else 16,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(collections(form))
    def collect(summary: Summary) -> None:
        collected.append(summary)

    collect()
    return collected


def hold_against(sheet: Sheet, summary: Summary, cover: Cover) -> None:
    """Compare what a sheet shows of every indicator with the sums."""
    sums = summary.sums[cover]
    nothing = not summary.adopted and not any(Cover.ALL.has(a.scope) for a in summary.adjustments)
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    for key, total in sums.totals.items():
        shown = [sheet[f"{column}{rows[key]}"].value for column in (TOTAL, BLANKS, NOTHINGS)]
        wanted = None if total is None else pytest.approx(float(total))
        assert (shown[0] if total is not None else shown[0] or None) == wanted, (key, cover)
        counts = [sums.blanks[key], sums.nothings[key]] if not nothing else [None, None]
        assert shown[1:] == counts, (key, cover)
