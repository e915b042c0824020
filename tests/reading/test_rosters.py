"""Rosters as offices keep them: read from any list, and named cell by cell where they are wrong."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import Office
from tests.returns import codes
from toolkit import definition, resources
from toolkit.findings import Finding, Refused, Severity
from toolkit.form import Form
from toolkit.reading.returns import read_return
from toolkit.reading.room import COLLECTION
from toolkit.reading.rosters import Rostered, read_roster
from toolkit.record import Unit
from toolkit.roster import Member, Roster, Scope
from toolkit.writing import roster_book, template

OURS = "单位代码,单位名称,简称和别名,机关层级,统计范围,联系人,联系电话,报送期限"
FULL = Roster(
    (
        Member(
            Unit("某某县教育局", "007", "县级政府部门"),
            ("教育局", "县教体局"),
            Scope.OWN,
            "张三",
            "0731-1234567",
            date(2024, 1, 20),
        ),
        Member(Unit("某某县样例镇人民政府", "X2"), (), Scope.BELOW),
        Member(Unit("某某县税务局", "X3"), (), Scope.VERTICAL),
    ),
    Unit("某某县人民政府", "X0", "县级政府"),
)


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def listed(*rows: str) -> Rostered:
    """Read a list under the headings of ours."""
    return read_roster(csv(OURS, *rows))


def sheet(book: Workbook, *rows: Sequence[object]) -> Worksheet:
    page: Worksheet = book.create_sheet()
    for row in rows:
        page.append([*row])
    return page


def saved(book: Workbook) -> bytes:
    if len(book.sheetnames) > 1:
        del book["Sheet"]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def only(found: Rostered) -> Finding:
    (finding,) = found.findings
    return finding


# ---------------------------------------------------------------- what is read


def test_our_workbook_gives_back_the_roster() -> None:
    assert read_roster(roster_book.workbook(FULL, 2023)) == Rostered(FULL)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_our_workbook_saved_by_another_program(kind: str, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "名册.xlsx"
    source.write_bytes(roster_book.workbook(FULL))
    (path,) = office.convert([source], kind, tmp_path / kind)
    assert read_roster(path.read_bytes()) == Rostered(FULL)


@pytest.mark.parametrize("edition", definition.editions())
def test_the_rosters_of_the_samples(edition: str) -> None:
    samples = resources.data("samples", edition)
    book, plain = (
        read_roster((samples / f"roster.{kind}").read_bytes()) for kind in ("xlsx", "csv")
    )
    assert book == plain
    assert book.findings == ()
    units = [read_return(path.read_bytes()).record.unit for path in samples.glob("records/*.json")]
    sent = {book.roster.member(unit) for unit in units}
    assert None not in sent
    assert set(book.roster.expected) > sent
    assert book.roster.within(Scope.VERTICAL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_list_of_an_offices_own(encoding: str) -> None:
    rows = [
        "某某县2023年度政府信息公开报送单位一览,,,,,",
        "序号,部门,编码,手机,截止时间,备注",
        "1,某某县教育局,A01,13900000000,2024年1月20日,",
        "2,某某县公安局,A02,0731-22,2024/1/25,新单位",
    ]
    read = read_roster("\n".join(rows).encode(encoding))
    assert read.findings == ()
    assert read.roster.members == (
        Member(Unit("某某县教育局", "A01"), phone="13900000000", deadline=date(2024, 1, 20)),
        Member(Unit("某某县公安局", "A02"), phone="0731-22", deadline=date(2024, 1, 25)),
    )


def test_headings_in_two_rows_are_read_together() -> None:
    book = openpyxl.Workbook()
    page = sheet(
        book,
        ["报送单位清单"],
        ["单位代码", "单位全称", "联系方式"],
        [None, None, "姓名", "电话"],
        ["X1", "某某县教育局", "张三", "0731-1"],
    )
    for area in ("A2:A3", "B2:B3", "C2:D2"):
        page.merge_cells(area)
    read = read_roster(saved(book))
    assert read.findings == ()
    assert read.roster.members == (
        Member(Unit("某某县教育局", "X1"), person="张三", phone="0731-1"),
    )


def test_every_sheet_with_a_list_counts() -> None:
    book = openpyxl.Workbook()
    sheet(book, ["代码", "单位名称"], ["X1", "甲局"])
    sheet(book, ["单位名称", "代码", "范围"], ["乙镇", "X2", "下级地区"])
    sheet(book, ["怎么填"], ["一家一行"])
    hidden = sheet(book, ["代码", "单位名称"], ["X9", "旧单位"])
    hidden.sheet_state = "hidden"
    read = read_roster(saved(book))
    assert read.findings == ()
    assert [(one.unit.name, one.scope) for one in read.roster.members] == [
        ("甲局", Scope.OWN),
        ("乙镇", Scope.BELOW),
    ]


def test_headings_repeated_on_a_new_page_are_no_unit() -> None:
    assert len(listed("X1,甲局", OURS, "X2,乙局").roster.members) == 2


def test_other_names_may_stand_in_several_columns_and_be_parted_in_every_usual_way() -> None:
    read = read_roster(csv("代码,单位名称,简称,曾用名", 'X1,某局,"甲、乙；丙;丁,戊",己，甲、某局'))
    assert read.roster.members[0].aliases == ("甲", "乙", "丙", "丁", "戊", "己")


@pytest.mark.parametrize(
    ("said", "scope"),
    [("", "own"), ("本级", "own"), (" 下 级 ", "below"), ("垂管", "vertical"), ("县本级", "own")],
)
def test_scopes_are_read_as_people_write_them(said: str, scope: str) -> None:
    read = listed(f"X1,甲局,,,{said}")
    assert read == Rostered(Roster((Member(Unit("甲局", "X1"), (), Scope(scope)),)))


@pytest.mark.parametrize("typed", [datetime(2024, 1, 20), "2024-1-20", "2024.01.20", 45311])
def test_deadlines_are_read_as_people_write_them(typed: object) -> None:
    book = openpyxl.Workbook()
    sheet(book, ["代码", "单位名称", "报送期限"], ["X1", "甲局", typed])
    read = read_roster(saved(book))
    assert read.findings == ()
    assert read.roster.members[0].deadline == date(2024, 1, 20)


def test_a_code_that_is_a_number_is_read_as_it_is_shown() -> None:
    book = openpyxl.Workbook()
    sheet(book, ["代码", "单位名称", "电话"], [430101, "甲局", 13900000000])
    (member,) = read_roster(saved(book)).roster.members
    assert (member.unit.code, member.phone) == ("430101", "13900000000")


def test_a_field_above_the_list_is_no_heading() -> None:
    rows = ("填报单位：,某某县,填报人：,张三", "部门,代码,电话,", "甲局,X1,1,", "乙局,X2,2,")
    assert len(read_roster(csv(*rows)).roster.members) == 2
    assert read_roster(csv(*rows)).findings == ()


def test_the_lowest_heading_of_a_column_counts() -> None:
    book = openpyxl.Workbook()
    page = sheet(
        book,
        ["单位代码", "单位全称", "联系方式", None],
        [None, None, "处室", "手机"],
        ["X1", "甲局", "办公室", "139"],
    )
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        page.merge_cells(area)
    (member,) = read_roster(saved(book)).roster.members
    assert member.phone == "139"


def test_the_region_may_stand_behind_its_label() -> None:
    rows = ("汇总地区名称：某某县人民政府,,", "地区代码,X0,", "单位代码,单位名称,电话", "X1,甲局,1")
    assert read_roster(csv(*rows)).roster.region == Unit("某某县人民政府", "X0")


def test_a_region_that_is_left_blank_takes_nothing_from_the_next_row() -> None:
    rows = ("汇总地区名称：,,", "说明：一家一行,,", "单位代码,单位名称,电话", "X1,甲局,1")
    assert read_roster(csv(*rows)).roster.region == Unit()


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("rows", "code", "cell", "said"),
    [
        ((",甲局",), "N3", "A2", "没有填单位代码"),
        (("X1,", "X2,乙局"), "N3", "B2", "没有填单位名称"),
        ((",,,,,张三",), "N3", "A2", "没有填单位代码"),
        (("X1,甲局", "ｘ1 ,乙局"), "N4", "A3", "单位代码“ｘ1”与“甲局”（A2）的重复"),
        (("X1,甲局", "X2,甲 局"), "N5", "B3", "“甲 局”也是“甲局”（B2）的名称或别名"),
        (("X1,甲局,老甲", "X2,乙局,老甲"), "N5", "C3", "“老甲”也是“甲局”（B2）"),
        (("X1,甲局", "X2,乙局,甲局"), "N5", "C3", "“甲局”也是“甲局”（B2）"),
        (("X1,甲局,乙局", "X2,乙局"), "N5", "B3", "“乙局”也是“甲局”（B2）"),
        (("X1,甲局,,,直属",), "N6", "E2", "“直属”，只能填本级、下级、垂直管理，或留空（即本级）"),
        (("X1,甲局,,,,,,月底前",), "N7", "H2", "“月底前”，认不出是哪一天"),
        (("X1,甲局,,,,,,2024-02-30",), "N7", "H2", "“2024-02-30”"),
    ],
)
def test_what_is_wrong_with_a_unit_is_named_with_its_cell(
    rows: tuple[str, ...], code: str, cell: str, said: str
) -> None:
    wrong = listed(*rows).findings[0]
    assert (wrong.code, wrong.cell, wrong.severity) == (code, cell, Severity.ERROR)
    assert said in wrong.message
    assert wrong.sheet


def test_everything_wrong_is_said_at_once() -> None:
    read = listed("X1,甲局,,,直属", "X1,乙局,,,,,,月底", ",丙局")
    assert codes(read.findings) == ["N6", "N4", "N7", "N3"]


def test_the_same_row_twice_is_said_once() -> None:
    assert codes(listed("X1,甲局,老甲", "X1,甲局,老甲").findings) == ["N4"]


def test_what_is_double_on_another_sheet_is_named_with_it() -> None:
    book = openpyxl.Workbook()
    sheet(book, ["代码", "单位名称"], ["X1", "甲局"]).title = "部门"
    sheet(book, ["代码", "单位名称"], ["X1", "乙镇"]).title = "乡镇"
    wrong = only(read_roster(saved(book)))
    assert (wrong.sheet, wrong.cell) == ("乡镇", "A2")
    assert "（部门!A2）" in wrong.message


def test_an_unknown_level_is_left_out_with_a_warning() -> None:
    read = listed("X1,甲局,,局级")
    assert (only(read).code, only(read).severity, only(read).cell) == ("N8", Severity.WARNING, "D2")
    assert read.roster.members[0].unit.level == ""


def test_an_unknown_level_of_the_region_is_left_out_with_a_warning() -> None:
    read = read_roster(csv("汇总地区层级,局级", "单位代码,单位名称", "X1,甲局"))
    assert (only(read).code, only(read).cell) == ("N8", "B1")


@pytest.mark.parametrize(
    ("area", "wrong"),
    [
        ("B2:B3", True),  # one name for two units
        ("A2:B2", True),  # code and name in one
        ("A4:D4", True),  # a section between the units
        ("D2:D3", False),  # a column that is not read
        ("C2:D2", False),  # one column of the list
    ],
)
def test_merged_cells_that_may_hide_a_unit_are_named(area: str, wrong: bool) -> None:
    book = openpyxl.Workbook()
    page = sheet(
        book,
        ["代码", "单位名称", "电话", "备注"],
        ["X1", "甲局", "1", ""],
        ["X2", "乙局", "2", ""],
        ["X3", "丙局", "3", ""],
    )
    page.merge_cells(area)
    found = read_roster(saved(book)).findings
    first, _, _ = area.partition(":")
    named = [(one.cell, one.message) for one in found if one.code == "N9"]
    assert [cell for cell, _ in named] == ([first] if wrong else [])
    assert all(area in message for _, message in named)


def test_a_needed_column_that_is_missing_is_named() -> None:
    read = read_roster(csv("单位名称,联系电话", "甲局,1", "乙局,2"))
    assert (only(read).code, only(read).cell) == ("N2", "A1")
    assert "找不到“单位代码”一列" in only(read).message


def test_a_column_that_is_there_twice_is_named() -> None:
    read = read_roster(csv("代码,单位名称,代码,单位名称", "X1,甲局,X2,乙局"))
    assert codes(read.findings) == ["N2", "N2"]
    assert "“单位代码”有不止一列（A、C）" in read.findings[0].message


def test_of_several_words_for_a_column_the_plainest_counts() -> None:
    read = read_roster(csv("代码,部门,单位名称", "X1,办公室,甲局"))
    assert read.roster.members == (Member(Unit("甲局", "X1")),)


def test_an_empty_roster_is_said_to_be_empty() -> None:
    wrong = only(read_roster(roster_book.workbook(Roster(()))))
    assert wrong.code == "N1"
    assert "一家单位也没有" in wrong.message


def test_what_stands_beyond_what_is_read_is_an_error() -> None:
    book = openpyxl.Workbook()
    page = sheet(book, ["代码", "单位名称"], ["X1", "甲局"])
    page.cell(2, COLLECTION.columns + 1, "又名乙局")
    wrong = only(read_roster(saved(book)))
    assert (wrong.code, wrong.severity) == ("R21", Severity.ERROR)


@pytest.mark.parametrize(
    "content",
    [
        csv("姓名,电话", "张三,1", "李四,2"),
        csv("单位名称", "甲局"),
        csv("单位,数量", "甲,1", "乙,2"),
        b"%PDF-1.4",
        b"",
    ],
)
def test_what_is_no_list_of_units_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_roster(content)


def test_a_return_is_refused_as_what_it_is(form: Form) -> None:
    with pytest.raises(Refused, match="这是统计表或汇总表"):
        read_roster(template.blank(form))


def test_a_roster_is_no_return_and_says_so() -> None:
    with pytest.raises(Refused) as refused:
        read_return(roster_book.workbook(FULL))
    assert refused.value.finding.code == "R51"
    with pytest.raises(Refused) as refused:
        read_return(csv(OURS, "X1,甲局,,,,,,", "X2,乙局,,,,,,"))
    assert refused.value.finding.code == "R10"
