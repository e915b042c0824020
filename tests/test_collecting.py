"""The coordinator on the command line: merge, decide, merge again, status; killed at any time."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests.commands import run
from tests.sent import COUNT, FORM, MONEY, YEAR, record
from toolkit import resources
from toolkit.record import dump

SAMPLES = resources.data("samples", "2018")
LEDGER = "汇总.ledger.sqlite"
BY = ("--by", "张三", "--reason", "电话核实")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a folder with the sample roster, and the sample returns below it."""
    there = tmp_path / "二〇一八 年（报送）"
    shutil.copytree(SAMPLES / "returns", there / "报送")
    shutil.copy(SAMPLES / "roster.xlsx", there / "名册.xlsx")
    return there


def merge(county: Path, *more: str | Path) -> tuple[int, str]:
    result = run("merge", county / "报送", "-o", county / "汇总.xlsx", *more)
    return result.exit_code, result.output


def decide(county: Path, action: str, *more: str | Path) -> tuple[int, str]:
    signed = () if action == "list" else BY
    result = run("decide", action, county / LEDGER, *more, *signed)
    return result.exit_code, result.output


def total(path: Path, key: str) -> object:
    """Return a figure of a region's form as a person would see it after recalculation."""
    table = json.loads(run("read", path).stdout)
    return table["values"][key]


# ---------------------------------------------------------------- merge


def test_merging_writes_the_summary_the_regions_return_the_page_and_the_ledger(
    county: Path,
) -> None:
    code, told = merge(county, "--roster", county / "名册.xlsx", "--html", county / "核对.html")
    assert code == 1
    assert "未报（1）：示例市教育局。" in told
    assert "已计入5/6家" in told
    made = {path.name for path in county.iterdir() if path.is_file()}
    assert made == {
        "名册.xlsx",
        "汇总.xlsx",
        "汇总-上报（全行政区域）.xlsx",
        "核对.html",
        LEDGER,
    }
    assert openpyxl.load_workbook(county / "汇总.xlsx").sheetnames[0] != ""


def test_the_regions_return_is_a_return_of_the_next_level(county: Path, tmp_path: Path) -> None:
    merge(county, "--roster", county / "名册.xlsx")
    above = tmp_path / "上级"
    above.mkdir()
    shutil.copy(county / "汇总-上报（全行政区域）.xlsx", above / "示例市.xlsx")
    result = run("merge", above, "-o", tmp_path / "全省.xlsx")
    assert "已计入1/1家" in result.output
    for key in (COUNT, "request.received"):
        assert total(tmp_path / "全省-上报（全行政区域）.xlsx", key) == total(
            county / "汇总-上报（全行政区域）.xlsx", key
        )


def test_the_own_offices_alone_are_sent_up_where_that_is_asked_for(county: Path) -> None:
    merge(county, "--roster", county / "名册.xlsx", "--scope", "本级")
    part = total(county / "汇总-上报（本级）.xlsx", COUNT)
    merge(county, "--roster", county / "名册.xlsx")
    whole = total(county / "汇总-上报（全行政区域）.xlsx", COUNT)
    assert isinstance(part, int)
    assert isinstance(whole, int)
    assert 0 < part < whole


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--scope", "全国"), "没有“全国”这个范围"),
        (("--scope", "本级"), "没有本级的合计"),
    ],
)
def test_a_scope_that_there_is_not(county: Path, more: tuple[str, ...], said: str) -> None:
    code, told = merge(county, *more)
    assert (code, said in told) == (2, True)
    assert not (county / "汇总.xlsx").exists()


def test_a_region_that_is_named_stands_in_what_is_sent_up(county: Path) -> None:
    merge(county, "--unit", "示例县人民政府", "--code", "430001")
    told = json.loads(run("read", county / "汇总-上报（全行政区域）.xlsx").stdout)
    assert told["unit"]["name"] == "示例县人民政府"
    assert told["unit"]["code"] == "430001"


def test_what_would_come_out_the_same_is_not_written_again(county: Path) -> None:
    more = ("--roster", county / "名册.xlsx", "--html", county / "核对.html")
    first, told = merge(county, *more)
    assert told.count("已写出") == 3
    made = {path: path.stat() for path in county.glob("*.*")}
    again, told = merge(county, *more)
    assert (again, told.count("已写出"), told.count("没有变化")) == (first, 0, 3)
    assert all(path.stat().st_ino == stat.st_ino for path, stat in made.items())
    decide(county, "adjust", "--unit", "示例市教育局", "--indicator", "org.units", "--add", "2")
    assert merge(county, *more)[1].count("已写出") == 3
    assert total(county / "汇总-上报（全行政区域）.xlsx", "org.units") is not None


def saved(path: Path) -> bytes:
    """Open a workbook and save it, as a person does; return what it is then."""
    openpyxl.load_workbook(path).save(path)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["汇总.xlsx", "汇总-上报（全行政区域）.xlsx"])
def test_where_somebody_saved_an_output_nothing_is_written_but_everything_told(
    county: Path, name: str
) -> None:
    page = ("--html", county / "核对.html")
    merge(county, *page)
    theirs = saved(county / name)
    next((county / "报送").glob("*.xlsx")).unlink()
    before = {path: path.read_bytes() for path in county.glob("*.[xh]*")}
    code, told = merge(county, *page)
    assert code == 3
    assert f"{name} 写出以后有人打开改动过" in told
    assert "移走或改名" in told
    assert "共9份文件" in told
    assert {path: path.read_bytes() for path in county.glob("*.[xh]*")} == before
    (county / name).rename(county / "留着的.xlsx")
    assert merge(county, *page)[1].count("已写出") == 3
    assert (county / "留着的.xlsx").read_bytes() == theirs
    saved(county / name)
    assert merge(county, *page, "--force")[1].count("已写出") == 1


def test_what_has_to_be_filled_in_before_it_is_sent_up_is_said_when_it_is_written(
    county: Path,
) -> None:
    blank = "汇总-上报（全行政区域）.xlsx里的单位负责人、审核人、填报人、联系电话、填报日期还空着"
    assert merge(county, "--unit", "示例县人民政府")[1].count(blank) == 1
    assert blank not in merge(county, "--unit", "示例县人民政府")[1]


def test_two_versions_that_were_sent_up_without_a_date_are_in_conflict(
    county: Path, tmp_path: Path
) -> None:
    region = ("--unit", "示例县人民政府", "--code", "430001", "--roster", county / "名册.xlsx")
    above = tmp_path / "上级"
    above.mkdir()
    for name in ("甲.xlsx", "乙.xlsx"):
        merge(county, *region)
        shutil.copy(county / "汇总-上报（全行政区域）.xlsx", above / name)
        decide(county, "adjust", "--unit", "示例市教育局", "--indicator", "org.units", "--add", "2")
    told = run("merge", above, "-o", tmp_path / "全市.xlsx").output
    assert "冲突待定（2）" in told


# ---------------------------------------------------------------- the ledger


def test_a_new_ledger_is_said_to_be_one(county: Path) -> None:
    told = merge(county)[1]
    assert f"已新建台账 {county / LEDGER}" in told
    assert "没有算进来" not in told
    assert "台账" not in merge(county)[1]


def test_where_the_outputs_were_there_before_the_ledger_decisions_are_said_to_be_lost(
    county: Path,
) -> None:
    merge(county)
    (county / LEDGER).rename(county / "旧.sqlite")
    told = merge(county)[1]
    assert "已新建台账" in told
    assert "汇总.xlsx、汇总-上报（全行政区域）.xlsx原来就有，台账却是新建的" in told
    assert "请用 --ledger 指明" in told
    assert "台账" not in merge(county, "--ledger", county / "旧.sqlite")[1]


# ---------------------------------------------------------------- where it may write


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize("known", [False, True])
def test_no_output_is_written_over_a_file_that_was_sent(
    county: Path, force: tuple[str, ...], known: bool
) -> None:
    returns = county / "报送"
    (returns / "网页.html").write_text("<table></table>", encoding="utf-8")
    before = {path: path.read_bytes() for path in returns.iterdir()}
    theirs = next(path for path in before if path.suffix == ".xlsx")
    if known:
        merge(county)
    for more in (
        ("-o", theirs),
        ("-o", county / "汇总.xlsx", "--html", returns / "网页.html"),
        ("-o", county / "新.xlsx", "--html", returns / "网页.html", "--ledger", county / LEDGER),
    ):
        result = run("merge", returns, *more, *force)
        assert (result.exit_code, "是收来的文件，不能写到它上面" in result.output) == (2, True)
    assert {path: path.read_bytes() for path in returns.iterdir()} == before
    assert ((county / LEDGER).exists(), (county / "新.xlsx").exists()) == (known, False)


def test_no_output_is_written_over_last_years_files(county: Path) -> None:
    before = county / "上年"
    shutil.copytree(county / "报送", before)
    theirs = next(before.glob("*.xlsx"))
    content = theirs.read_bytes()
    result = run("merge", county / "报送", "-o", theirs, "--previous", before, "--force")
    assert (result.exit_code, theirs.read_bytes()) == (2, content)


def test_an_output_in_the_folder_that_somebody_saved_is_theirs(county: Path) -> None:
    returns = county / "报送"
    run("merge", returns, "-o", returns / "汇总.xlsx")
    theirs = saved(returns / "汇总-上报（全行政区域）.xlsx")
    result = run("merge", returns, "-o", returns / "汇总.xlsx", "--force")
    assert (result.exit_code, "先把它移出收件的文件夹" in result.output) == (2, True)
    assert (returns / "汇总-上报（全行政区域）.xlsx").read_bytes() == theirs


@pytest.mark.parametrize(
    ("command", "name", "ends"),
    [
        (("merge", "报送"), "汇总.csv", ".xlsx"),
        (("merge", "报送"), "汇总", ".xlsx"),
        (("merge", "报送", "-o", "汇总.xlsx", "--html"), "核对.ods", ".html"),
        (("report", "2018"), "报告.xlsx", ".docx"),
        (("compare", "甲.xlsx", "乙.xlsx"), "对比.csv", ".xlsx"),
        (("roster", "new"), "名册.csv", ".xlsx"),
    ],
)
def test_a_name_by_which_no_program_would_open_the_output_is_refused(
    county: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    name: str,
    ends: str,
) -> None:
    monkeypatch.chdir(county)
    result = run(*command, *(() if "--html" in command else ("-o",)), name)
    assert (result.exit_code, f"{name}：文件名要以 {ends} 结尾" in result.output) == (2, True)
    assert {path.name for path in county.iterdir() if path.is_file()} == {"名册.xlsx"}


def test_a_year_before_of_which_nothing_is_known_is_said(county: Path) -> None:
    (county / "上年").mkdir()
    assert "没有2017年度可以用的数" in merge(county, "--previous", county / "上年")[1]


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (["示例市教育局", "罗甸县"], "与上年对照：同口径：只比较已计入的5家，还有1家未计入。"),
        (["示例市人民政府"], "与上年对照：上年只有合计数，本年还有1家未计入"),
    ],
)
def test_what_is_compared_with_the_year_before_is_said(
    county: Path, units: list[str], said: str
) -> None:
    (county / "上年").mkdir()
    for name in units:
        told = dump(record(name, {MONEY: 1}, year=2017))
        (county / "上年" / f"{name}.json").write_text(told, encoding="utf-8")
    more = ("--roster", county / "名册.xlsx", "--previous", county / "上年")
    code, screen = merge(county, *more, "--html", county / "核对.html")
    assert (code, said in screen) == (1, True)
    assert said.partition("：")[2] in (county / "核对.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "more",
    [
        ("--ledger", "汇总.xlsx"),
        ("--ledger", "汇总-上报（本级）.xlsx"),
        ("--roster", "汇总.xlsx"),
        ("--previous", "汇总.xlsx"),
        ("--roster", "名册.xlsx", "--ledger", "报送/../名册.xlsx"),
    ],
)
def test_one_file_for_two_things_is_refused(county: Path, more: tuple[str, ...]) -> None:
    code, told = merge(county, *(county / one if "." in one else one for one in more))
    assert (code, "用了两次" in told) == (2, True)
    assert {path.name for path in county.iterdir() if path.is_file()} == {"名册.xlsx"}


@pytest.mark.parametrize("output", [".", "", "/", "报送", "..", "报送/"])
def test_a_folder_is_no_output(county: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(county)
    for more in (("-o", output), ("-o", "汇总.xlsx", "--html", output)):
        result = run("merge", "报送", *more)
        assert (result.exit_code, "这是一个文件夹" in result.output) == (3, True)
    assert [path.name for path in county.iterdir() if path.is_file()] == ["名册.xlsx"]


def test_what_was_written_into_the_folder_is_known_under_any_later_name(county: Path) -> None:
    returns, roster = county / "报送", county / "名册.xlsx"
    run("merge", returns, "-o", returns / "汇总.xlsx", "--roster", roster, "--scope", "本级")
    kept = ("--roster", roster, "--ledger", returns / LEDGER)
    assert "共10份文件" in run("merge", returns, "-o", returns / "甲.xlsx", *kept).output
    told = json.loads(run("status", returns, *kept, "--json").stdout)
    assert len(told["files"]) == 10


def test_what_was_written_into_the_folder_is_not_read_as_a_return(county: Path) -> None:
    returns = county / "报送"
    for _ in range(2):
        result = run(
            *("merge", returns, "-o", returns / "汇总.xlsx", "--html", returns / "核对.html")
        )
        assert "共10份文件" in result.output


def test_the_regions_own_return_among_those_of_its_units_is_not_added_to_them(
    county: Path,
) -> None:
    returns = county / "报送"
    run("merge", returns, "-o", returns / "汇总.xlsx", "--unit", "示例市人民政府")
    result = run("merge", returns, "-o", county / "另一份.xlsx")
    assert "共11份文件" in result.output
    assert (
        "冲突待定（1）\n  汇总-上报（全行政区域）.xlsx  各项数字正好是其余5家的合计"
        in result.output
    )


def test_the_same_ledger_open_in_another_run(county: Path) -> None:
    code = (
        "import sys, time, pathlib; from toolkit import ledger\n"
        "with ledger.opened(pathlib.Path(sys.argv[1]), create=True):\n"
        "    print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(county / LEDGER)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        exit_code, told = merge(county)
        other.kill()
    assert (exit_code, "另一次运行" in told) == (3, True)
    assert merge(county)[0] == 0


def test_a_ledger_that_is_none(county: Path) -> None:
    (county / LEDGER).write_bytes(b"PK\x03\x04" * 100)
    code, told = merge(county)
    assert (code, "不是本工具的台账" in told) == (3, True)
    assert not (county / "汇总.xlsx").exists()


# ---------------------------------------------------------------- decide


@pytest.fixture
def two(county: Path) -> Path:
    """Return a folder of two returns of one unit that no date puts in order, merged."""
    for path in (county / "报送").iterdir():
        path.unlink()
    for name, figure in (("甲1", 5), ("甲2", 6)):
        returned = dump(record("甲局", {"org.units": figure}))
        (county / "报送" / f"{name}.json").write_text(returned, encoding="utf-8")
    assert merge(county)[0] == 1
    return county


def test_a_decision_holds_for_all_further_runs_and_under_another_name(two: Path) -> None:
    assert decide(two, "use", "甲2.json") == (
        0,
        "已记下第1条决定（采用）。请重新运行 toolkit merge。\n",
    )
    for _ in range(2):
        _, told = merge(two)
        assert "采用（1）\n  甲2.json  经人决定计入（张三：电话核实）。" in told
        assert "被新件取代（1）" in told
    (two / "报送" / "甲2.json").rename(two / "报送" / "最终版.json")
    assert "采用（1）\n  最终版.json" in merge(two)[1]
    assert decide(two, "undo", "1")[0] == 0
    assert "冲突待定（2）" in merge(two)[1]


def test_a_file_left_out_leaves_the_other(two: Path) -> None:
    decide(two, "leave-out", "甲1.json")
    _, told = merge(two)
    assert "采用（1）\n  甲2.json" in told
    assert "甲1.json  经人决定不计入（张三：电话核实）。" in told


def test_an_adjustment_stands_in_what_is_sent_up_until_it_is_taken_back(two: Path) -> None:
    decide(two, "use", "甲1.json")
    code, _ = decide(two, "adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "-2")
    assert code == 0
    assert "手工调整1条" in merge(two)[1]
    assert total(two / "汇总-上报（全行政区域）.xlsx", "org.units") == 3
    decide(two, "undo", "2")
    assert "手工调整" not in merge(two)[1]
    assert total(two / "汇总-上报（全行政区域）.xlsx", "org.units") == 5


def test_what_was_decided_for_one_year_changes_nothing_in_another(two: Path) -> None:
    decide(two, "use", "甲1.json")
    decide(two, "adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "-2")
    assert "手工调整1条" in merge(two)[1]
    later = dump(record("甲局", {"org.units": 7}, year=YEAR + 1))
    (two / "报送" / "新.json").write_text(later, encoding="utf-8")
    assert "手工调整" not in merge(two, "--year", str(YEAR + 1))[1]
    assert total(two / "汇总-上报（全行政区域）.xlsx", "org.units") == 7
    run("status", two / "报送", "--ledger", two / LEDGER, "--year", str(YEAR))
    listed = decide(two, "list")[1]
    assert listed.count(f"{YEAR}年度的，不用于{YEAR + 1}年度") == 2
    assert "手工调整1条" in merge(two, "--year", str(YEAR))[1]
    assert "不用于" not in decide(two, "list")[1]


def test_all_decisions_are_listed_those_taken_back_among_them(two: Path) -> None:
    assert "还没有决定" in decide(two, "list")[1]
    decide(two, "use", "甲1.json")
    decide(two, "adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "2")
    decide(two, "undo", "1")
    lines = decide(two, "list")[1].splitlines()
    assert [line.split("  ")[0] for line in lines] == [f"第{n}条" for n in range(1, 3)]
    assert "撤回：电话核实" in lines[0]
    assert "甲局 · " in lines[1]
    assert " +2 " in lines[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("use", "丙.json"), 2, "没有“丙.json”这份文件"),
        (("adjust", "--unit", "甲局", "--indicator", "没有这项", "--add", "1"), 2, "没有这项"),
        (("adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "一"), 2, "“一”不是"),
        (("adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "0"), 2, "“0”不是"),
        (("adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "nan"), 2, "“nan”"),
        (("adjust", "--unit", "甲局", "--indicator", "org.units", "--add", "0.5"), 2, "小数位数"),
        (("adjust", "--unit", "甲局", "--indicator", MONEY, "--add", "0.125"), 2, "小数位数"),
        (("undo", "7"), 2, "没有第7条决定"),
    ],
)
def test_a_decision_on_what_there_is_not(
    two: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert decide(two, *arguments)[0] == code
    assert said in decide(two, *arguments)[1]
    assert "还没有决定" in decide(two, "list")[1]


@pytest.mark.parametrize(
    "signed", [("--by", " ", "--reason", "核实"), ("--by", "张三", "--reason", "\n")]
)
def test_a_decision_without_a_name_or_a_reason_is_refused(
    two: Path, signed: tuple[str, ...]
) -> None:
    result = run("decide", "use", two / LEDGER, "甲1.json", *signed)
    assert (result.exit_code, "不能空着" in result.output) == (2, True)


def test_a_total_is_adjusted_by_its_parts(two: Path) -> None:
    total = FORM.totals[0]
    code, told = decide(two, "adjust", "--unit", "甲局", "--indicator", total.key, "--add", "1")
    assert code == 2
    assert FORM.indicators[total.parts[0]].name in told


def test_deciding_without_a_ledger(tmp_path: Path) -> None:
    result = run("decide", "list", tmp_path / "没有.ledger.sqlite")
    assert (result.exit_code, "没有这个台账" in result.output) == (3, True)
    assert not (tmp_path / "没有.ledger.sqlite").exists()


# ---------------------------------------------------------------- status


def test_status_knows_what_was_decided(two: Path) -> None:
    result = run("status", two / "报送", "--ledger", two / LEDGER, "--json")
    assert json.loads(result.stdout)["units"][0]["state"] == "conflict"
    decide(two, "use", "甲1.json")
    result = run("status", two / "报送", "--ledger", two / LEDGER, "--json")
    assert json.loads(result.stdout)["units"][0]["state"] == "counted"


def test_status_reminds_by_the_roster(county: Path) -> None:
    result = run(
        *("status", county / "报送", "--roster", county / "名册.xlsx", "--on", "2019-02-10")
    )
    assert result.exit_code == 1
    assert "示例市教育局：贵单位2018年度" in result.stdout
    assert "已经超过" in result.stdout
    assert run("status", county / "报送", "--on", "昨天").exit_code == 2


def test_status_without_a_ledger_says_that_it_knows_of_no_decision(two: Path) -> None:
    told = "没有给台账（--ledger）：以前记下的决定没有算进来"
    result = run("status", two / "报送", "--json")
    assert told in result.stderr
    assert json.loads(result.stdout)
    assert told not in run("status", two / "报送", "--ledger", two / LEDGER).stderr


# ---------------------------------------------------------------- killed


def test_killed_at_any_moment_the_next_run_comes_to_the_same(tmp_path: Path) -> None:
    returns = tmp_path / "报送"
    returns.mkdir()
    for number in range(70):
        told = dump(record(f"{number}局", {"org.units": number}))
        (returns / f"{number}.json").write_text(told, encoding="utf-8")
    for path in returns.iterdir():
        os.utime(path, (time.time() - 3600,) * 2)
    whole = tmp_path / "一次" / "汇总.xlsx"
    assert run("merge", returns, "-o", whole, "--year", str(YEAR)).exit_code in (0, 1)
    killed = tmp_path / "多次" / "汇总.xlsx"
    command = [sys.executable, "-m", "toolkit", "merge", str(returns), "-o", str(killed)]
    ended = 0
    for attempt in range(40):
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as process:
            try:
                process.wait(0.05 * attempt)
                ended += 1
            except subprocess.TimeoutExpired:
                if attempt % 4 == 3:
                    os.killpg(process.pid, signal.SIGINT)
                else:
                    process.kill()
        if ended == 3:
            break
    assert run("merge", returns, "-o", killed, "--year", str(YEAR)).exit_code in (0, 1)
    assert killed.read_bytes() == whole.read_bytes()
    left = {path.name for path in killed.parent.iterdir() if not path.name.endswith(".tmp")}
    assert left == {path.name for path in whole.parent.iterdir()}
