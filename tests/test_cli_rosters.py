"""The commands about rosters, and templates issued by one, as they are typed."""

from pathlib import Path

import openpyxl
import pytest

from tests.commands import run
from tests.years import OVER, told
from toolkit import definition, resources
from toolkit.reading.returns import read_return
from toolkit.record import Unit, dump
from toolkit.writing.layout import Layout

ROSTER = resources.data("samples", "2021", "roster.xlsx")
LISTED = """单位代码,单位名称,简称,范围
X1,甲局,老甲局,
X2,乙镇,,下级
X3,丙局,,垂直管理
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名 册（一）.csv"
    path.write_text(LISTED, encoding="gbk")
    return path


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    return tmp_path / "发 出"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---------------------------------------------------------------- toolkit roster


def test_roster_new_writes_an_empty_roster(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    arguments = ("--unit", "某某县人民政府", "--code", "X0", "--year", "2023")
    result = run("roster", "new", "-o", path, *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"已写出 {path}\n"
    page = openpyxl.load_workbook(path)["名册"]
    assert [page["A1"].value[-8:], page["B2"].value, page["B3"].value] == [
        "（2023年度）",
        "某某县人民政府",
        "X0",
    ]


def test_roster_new_leaves_a_filled_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    run("roster", "new", "-o", path)
    book = openpyxl.load_workbook(path)
    book["名册"]["A7"] = "X1"
    book.save(path)
    result = run("roster", "new", "-o", path)
    assert result.exit_code == 3
    assert "已经存在" in result.stderr
    assert openpyxl.load_workbook(path)["名册"]["A7"].value == "X1"


def test_roster_alone_shows_its_commands() -> None:
    result = run("roster")
    assert result.exit_code == 2
    assert "new" in result.stderr
    assert run("roster", "old").exit_code == 2
    assert "例：" in run("roster", "new", "-h").stdout


def test_a_roster_in_a_folder_is_skipped_and_named(tmp_path: Path) -> None:
    (tmp_path / "名册.xlsx").write_bytes(ROSTER.read_bytes())
    (tmp_path / "甲局.json").write_text(dump(told()), encoding="utf-8")
    result = run("check", tmp_path)
    assert "未计：名册.xlsx（报送单位名册，不是单位报表）" in result.stderr
    assert "共1份" in result.stdout


# ---------------------------------------------------------------- toolkit template --roster


def test_each_unit_gets_its_own_workbook(roster: Path, issued: Path) -> None:
    result = run("template", "2021", "--roster", roster, "-o", issued, "--year", "2023")
    assert result.exit_code == 0
    assert result.stdout == "共写出2份。\n"
    assert result.stderr.splitlines()[0] == "垂直管理，不发：丙局"
    assert names(issued) == ["X1-甲局-2023.xlsx", "X2-乙镇-2023.xlsx"]
    read = read_return((issued / "X2-乙镇-2023.xlsx").read_bytes())
    assert (read.record.unit, read.record.year) == (Unit("乙镇", "X2"), 2023)


def test_a_dry_run_only_lists(roster: Path, issued: Path) -> None:
    result = run("template", "2021", "--roster", roster, "-o", issued, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        str(issued / "X1-甲局.xlsx"),
        str(issued / "X2-乙镇.xlsx"),
    ]
    assert not issued.exists()


def test_the_samples_roster_issues_every_edition(issued: Path) -> None:
    for edition in definition.editions():
        listed = resources.data("samples", edition, "roster.xlsx")
        result = run("template", edition, "--roster", listed, "-o", issued / edition)
        assert (result.exit_code, "不发：国家税务总局" in result.stderr) == (0, True)


def test_last_years_figures_stand_beside_this_years(
    roster: Path, issued: Path, tmp_path: Path
) -> None:
    last = tmp_path / "上年"
    last.mkdir()
    reported = told(2022, carried_over=7, unit=Unit("老甲局"))
    (last / "甲.json").write_text(dump(reported), encoding="utf-8")
    (last / "坏.xlsx").write_bytes(b"PK")
    arguments = ("--roster", roster, "--year", "2023", "--previous", last)
    result = run("template", "2021", "-o", issued, *arguments)
    assert result.exit_code == 0
    said = result.stderr.splitlines()
    assert any(line.startswith("上年未用：坏.xlsx") for line in said)
    assert "没有上年数：乙镇（2022年度的数里没有这家单位）" in said
    layout = Layout(definition.load("2021"), last_year=True)
    place = layout.sheet_of(OVER).of_last_year(OVER)
    book = openpyxl.load_workbook(issued / "X1-甲局-2023.xlsx")
    assert book[place.sheet].cell(place.row, place.column).value == 7
    read = read_return((issued / "X1-甲局-2023.xlsx").read_bytes())
    assert set(read.record.values.values()) == {None}


def test_one_unit_gets_last_years_figures_too(issued: Path, tmp_path: Path) -> None:
    last = tmp_path / "甲.json"
    last.write_text(dump(told(2022, unit=Unit("甲局", "X1"))), encoding="utf-8")
    arguments = ("--unit", "甲局", "--year", "2023", "--previous", last)
    assert run("template", "2021", "-o", issued, *arguments).exit_code == 0


def test_a_workbook_somebody_has_saved_keeps_none_of_the_others_back(
    roster: Path, issued: Path
) -> None:
    arguments = ("template", "2021", "--roster", roster, "-o", issued, "--year", "2023")
    run(*arguments)
    saved = issued / "X1-甲局-2023.xlsx"
    book = openpyxl.load_workbook(saved)
    book.save(saved)
    kept = saved.read_bytes()
    (issued / "X2-乙镇-2023.xlsx").unlink()
    result = run(*arguments)
    assert result.exit_code == 3
    assert f"{saved} 已经存在" in result.stderr
    assert result.stdout == "共写出1份。\n"
    assert saved.read_bytes() == kept
    assert run(*arguments, "--force").exit_code == 0
    assert saved.read_bytes() != kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unit", "甲局"), "不用再指明单位"),
        (("--year", "2018"), "不用于2018年度"),
        (("--previous", "x"), "须用 --year 指明统计年度"),
    ],
)
def test_what_does_not_go_together(
    roster: Path, issued: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("template", "2021", "--roster", roster, "-o", issued, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not issued.exists()


def test_last_year_wants_somebody_whose_it_is(issued: Path, tmp_path: Path) -> None:
    result = run("template", "2021", "-o", issued, "--year", "2023", "--previous", tmp_path)
    assert result.exit_code == 2


# ---------------------------------------------------------------- rosters that cannot be used


def test_everything_wrong_with_a_roster_is_said_and_nothing_is_done(
    roster: Path, issued: Path
) -> None:
    roster.write_text(LISTED + "X1,丁局,,直属\n,戊局,,\n", encoding="utf-8")
    result = run("template", "2021", "--roster", roster, "-o", issued)
    assert result.exit_code == 3
    for said in ("× N4  表1!A5", "× N6  表1!D5", "× N3  表1!A6"):
        assert said in result.stderr
    assert result.stderr.splitlines()[-1] == (
        f"名册 {roster} 有3处必须改正，没有继续。请改好后再运行一次。"
    )
    assert not issued.exists()


def test_what_is_only_doubtful_is_said_and_goes_on(roster: Path, issued: Path) -> None:
    roster.write_text("代码,单位名称,层级\nX1,甲局,局级\nX2,乙局,\n", encoding="utf-8")
    result = run("template", "2021", "--roster", roster, "-o", issued)
    assert result.exit_code == 0
    assert "！ N8  表1!C2" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "没有这个文件"), (b"%PDF-1.4", "PDF"), ("标题\n".encode(), "不")],
)
def test_a_roster_that_cannot_be_read_is_named(
    issued: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "名册.xlsx"
    if content is not None:
        path.write_bytes(content)
    result = run("template", "2021", "--roster", path, "-o", issued)
    assert result.exit_code == 3
    assert str(path) in result.stderr
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_return_is_no_roster(issued: Path, tmp_path: Path) -> None:
    run("template", "2021", "-o", tmp_path)
    (path,) = tmp_path.glob("*.xlsx")
    result = run("template", "2021", "--roster", path, "-o", issued)
    assert result.exit_code == 3
    assert "这是统计表或汇总表" in result.stderr
