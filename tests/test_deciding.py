"""Decisions on the command line: what they are about is found, what changes nothing is refused."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands import run
from tests.sent import record
from toolkit import definition
from toolkit.record import Unit, dump
from toolkit.roster import Member, Roster, Scope
from toolkit.writing import roster_book

pytestmark = pytest.mark.usefixtures("county")
SIGNED = ("--by", "张三", "--reason", "电话核实")
ROSTER = Roster(
    (
        Member(Unit("示例县甲局", "X1")),
        Member(Unit("示例县乙局", "X2")),
        Member(Unit("示例县气象局", "X3"), scope=Scope.VERTICAL),
    ),
    Unit("示例县人民政府", "X"),
)
BEYOND = {"training.classes": 3, "training.people": 2}
"""More classes than people: a warning."""


def write(path: Path, name: str, figures: dict[str, int], *, code: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = replace(record(name, dict(figures), code=code))
    path.write_text(dump(told), encoding="utf-8")


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a merged folder, in which the commands are run."""
    there = tmp_path / "县"
    write(there / "收" / "甲" / "表.json", "示例县甲局", BEYOND)
    write(there / "收" / "乙" / "表.json", "示例县乙局（盖章）", {"org.units": 3})
    write(there / "收" / "气象局.json", "示例县气象局", {"org.units": 9})
    (there / "收" / "图.pdf").write_bytes(b"%PDF-1.4")
    (there / "名册.xlsx").write_bytes(roster_book.workbook(ROSTER))
    monkeypatch.chdir(there)
    assert "冲突待定（1）" in merge()
    return there


def merge() -> str:
    result = run("merge", "收", "-o", "汇总.xlsx", "--roster", "名册.xlsx")
    assert result.exit_code in (0, 1)
    return result.output


def decide(action: str, *more: str) -> tuple[int, str]:
    result = run("decide", action, "汇总.ledger.sqlite", *more, *SIGNED)
    return result.exit_code, result.output


def listed() -> str:
    return run("decide", "list", "汇总.ledger.sqlite").output


# ---------------------------------------------------------------- whose it is


def test_a_return_that_nobody_knows_counts_as_soon_as_it_is_said_whose_it_is() -> None:
    assert "另有1家报来，名册上认不出" in merge()
    assert decide("use", "乙/表.json")[0] == 0
    told = merge()
    assert "没有写明是哪一家" in told
    assert "已计入1/2家" in told
    assert decide("use", "乙/表.json", "--unit", "示例县乙局")[0] == 0
    told = merge()
    assert "已计入2/2家。" in told
    assert "未报" not in told
    assert "乙/表.json（作为示例县乙局的）" in listed()


# ---------------------------------------------------------------- which file is meant


@pytest.mark.parametrize(
    "said", ["乙/表.json", "乙\\表.json", "收/乙/表.json", "./收/乙/表.json", "收/../收/乙/表.json"]
)
def test_a_file_goes_by_its_path_as_shells_complete_it(said: str) -> None:
    code, told = decide("leave-out", said)
    assert code == 0, told
    assert "乙/表.json" in listed()


def test_a_file_on_the_disk_is_known_by_its_absolute_path(county: Path) -> None:
    assert decide("leave-out", str(county / "收" / "乙" / "表.json"))[0] == 0


def test_one_name_of_several_files_is_not_enough() -> None:
    code, told = decide("use", "表.json")
    assert code == 2
    assert "乙/表.json、甲/表.json" in told


def test_a_file_that_has_changed_since_is_to_be_merged_first(county: Path) -> None:
    write(county / "收" / "乙" / "新.json", "示例县乙局", {"org.units": 3})
    code, told = decide("use", "收/乙/新.json")
    assert (code, "请先运行 toolkit merge" in told) == (2, True)


def test_a_refusal_reads_well() -> None:
    _, told = decide("use", "没有.json")
    assert told.startswith("命令有误：台账里没有“没有.json”这份文件")


# ---------------------------------------------------------------- what would change nothing


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("use", "图.pdf"), "“图.pdf”采用不了"),
        (("reject", "甲/表.json", "--indicator", "training.classes"), "没有写说明"),
        (("reject", "图.pdf", "--indicator", "training.classes"), "没有写说明"),
        (("explain", "ZZ"), "没有这样的问题（ZZ），现有：A21 --indicator"),
        (("explain", "M4", "--indicator", "org.units"), "没有这样的问题（M4）"),
        (("explain", "A21", "--indicator", "天气"), "没有“天气”这一项"),
        (("explain", "A21", "--indicator", "org.units"), "没有这样的问题（A21）"),
    ],
)
def test_a_decision_that_would_change_nothing_is_refused(
    arguments: tuple[str, ...], said: str
) -> None:
    code, told = decide(*arguments)
    assert (code, said in told) == (2, True), told
    assert "还没有决定" in listed()


def test_to_leave_out_what_could_not_be_read_is_told_with_who_decided() -> None:
    assert decide("leave-out", "图.pdf")[0] == 0
    assert "图.pdf  经人决定不计入（张三：电话核实）。" in merge()


def test_to_use_what_is_never_summed_is_listed_until_it_is_taken_back() -> None:
    assert decide("use", "气象局.json")[0] == 0
    assert "第1条决定（采用“气象局.json”）没有起作用：垂直管理单位" in merge()
    assert decide("undo", "1")[0] == 0
    assert "没有起作用" not in merge()


# ---------------------------------------------------------------- explanations


@pytest.mark.parametrize(
    "about",
    [
        ("A21",),
        ("a21", "--indicator", "training.classes"),
        ("M3",),
        ("M3", "--indicator", "举办政府信息公开专题培训班次数"),
    ],
)
def test_a_finding_in_the_sums_goes_by_its_rule(about: tuple[str, ...]) -> None:
    name = definition.load("2018").indicators["training.classes"].name
    about = tuple(name if one.startswith("举办") else one for one in about)
    assert "不符合A21" in merge()
    code, told = decide("explain", *about)
    assert code == 0, told
    assert "不符合A21" not in merge()
    assert f"A21 · {name}" in listed()


def test_an_explanation_fails_when_the_figures_change(county: Path) -> None:
    assert decide("explain", "A21")[0] == 0
    write(county / "收" / "甲" / "表.json", "示例县甲局", BEYOND | {"training.classes": 9})
    told = merge()
    assert "不符合A21" in told
    assert "原说明（张三：电话核实）因数字变化失效" in told
    assert decide("explain", "A21")[0] == 0
    assert "不符合A21" not in merge()


def test_a_code_that_several_findings_have_is_to_be_told_with_its_row(county: Path) -> None:
    figures = BEYOND | {"review.total": 4, "lawsuit.total": 5}
    write(county / "收" / "甲" / "表.json", "示例县甲局", figures)
    merge()
    code, told = decide("explain", "M3")
    assert (code, "M3不止一处" in told) == (2, True)
    known = re.findall(r"([A-Z]\d+) --indicator ([^；。]+)", told)
    assert len(known) > 2
    for rule, name in known:
        assert decide("explain", rule, "--indicator", name)[0] == 0, (rule, name, told)
    assert "汇总数的问题" not in merge()
    code, told = decide("explain", "A22", "--indicator", "天气")
    assert (code, "没有“天气”这一项" in told) == (2, True)


def test_decisions_are_listed_by_the_clock_and_by_names(county: Path) -> None:
    write(county / "收" / "甲" / "表.json", "示例县甲局", BEYOND)
    assert decide("explain", "A21")[0] == 0
    assert re.search(r"第1条  \d{4}-\d\d-\d\d \d\d:\d\d  张三  说明原因  A21 · ", listed())
